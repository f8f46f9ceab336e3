use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderMap, header};
use lianfang_domain::account::{wait_words, waits_until};
use lianfang_store::{SignInRecord, UserState};
use serde::Deserialize;

use super::{enter_code::CodePage, start_session, words::SignInWords};
use crate::{
    Fault, Frame,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, form_page, inside, page, see_other},
    password,
    visit::Visit,
};

/// The sign-in page.
#[derive(Template)]
#[template(path = "sign_in/sign_in.html")]
pub(crate) struct SignInPage {
    pub(super) frame: Frame,
    pub(super) t: SignInWords,
    pub(super) login: String,
    pub(super) next: String,
    pub(super) errors: FormErrors,
}

form_page!(SignInPage);

impl SignInPage {
    pub(super) fn new(visit: &Visit, login: &str, next: &str, errors: FormErrors) -> SignInPage {
        let t = SignInWords(visit.lang);
        let frame = visit.frame(t.title(), Vec::new());
        SignInPage { frame, t, login: login.to_owned(), next: inside(next).to_owned(), errors }
    }
}

#[derive(Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub(super) struct SignInForm {
    login: String,
    password: String,
    #[serde(default)]
    next: String,
}

pub(super) async fn show(visit: Visit, Query(query): Query<Next>) -> PageResult {
    if visit.seat.is_some() {
        return Ok(see_other(inside(&query.next)));
    }
    page(&SignInPage::new(&visit, "", &query.next, FormErrors::default()))
}

pub(super) async fn send(visit: Visit, headers: HeaderMap, Sent(form): Sent<SignInForm>) -> PageResult {
    let t = SignInWords(visit.lang);
    let refuse = |message: &str| {
        let mut errors = FormErrors::default();
        errors.add("login", message);
        again(&SignInPage::new(&visit, &form.login, &form.next, errors))
    };
    let record = visit.app.store().sign_in_record(&form.login).await?;
    let waits = record.as_ref().and_then(|record| waits_until(record.failures, record.failed_at_ms, visit.now_ms));
    if let Some(until) = waits {
        return refuse(&wait_words(until, visit.now_ms, visit.lang));
    }
    let hash = record.as_ref().and_then(|record| record.password.as_deref());
    let right = password::is_right(&form.password, hash).await?;
    let Some(record) = record else { return refuse(t.wrong()) };
    if !right {
        note_failure(&visit, &record).await?;
        return refuse(t.wrong());
    }
    if record.user.state == UserState::Closed {
        return refuse(t.closed());
    }
    if record.user.has_totp {
        return page(&CodePage::new(&visit, &record, &form.next, FormErrors::default()));
    }
    admit(&visit, &headers, &record, record.totp_step, &form.next).await
}

/// Counts a failure and puts it on record.
pub(super) async fn note_failure(visit: &Visit, record: &SignInRecord) -> Result<(), Fault> {
    let mut tx = visit.begin();
    tx.about("sign_in_failed", record.user.id, None);
    tx.count_failure(record.user.id);
    Ok(tx.commit().await?)
}

/// Starts the session and goes on.
pub(super) async fn admit(
    visit: &Visit,
    headers: &HeaderMap,
    record: &SignInRecord,
    totp_step: i64,
    next: &str,
) -> PageResult {
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or("");
    let mut tx = visit.begin();
    tx.about("sign_in", record.user.id, None);
    tx.note_success(record.user.id, totp_step);
    let token = start_session(&mut tx, &record.user, visit, agent)?;
    tx.commit().await?;
    visit.app.with_session(see_other(inside(next)), &token)
}
