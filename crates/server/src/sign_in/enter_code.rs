use askama::Template;
use axum::http::HeaderMap;
use lianfang_domain::{
    UserId,
    account::{wait_words, waits_until},
};
use lianfang_store::{SignInRecord, StoreError};
use serde::Deserialize;

use super::{
    with_password::{SignInPage, admit, note_failure},
    words::SignInWords,
};
use crate::{
    Fault, Frame,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, form_page},
    second_factor::{recovery_hash, step_of},
    visit::Visit,
};

/// How long after the password the code may come.
const PATIENCE_MS: i64 = 5 * 60_000;
const PURPOSE: &str = "second factor";

/// The page that asks for the code.
#[derive(Template)]
#[template(path = "sign_in/enter_code.html")]
pub(crate) struct CodePage {
    pub(super) frame: Frame,
    pub(super) t: SignInWords,
    pub(super) ticket: String,
    pub(super) next: String,
    pub(super) errors: FormErrors,
}

form_page!(CodePage);

impl CodePage {
    /// For someone whose password was right.
    pub(super) fn new(visit: &Visit, record: &SignInRecord, next: &str, errors: FormErrors) -> CodePage {
        let t = SignInWords(visit.lang);
        let ticket = visit.app.ticket(PURPOSE, &record.user.id.to_string(), visit.now_ms + PATIENCE_MS);
        CodePage { frame: visit.frame(t.code_title(), Vec::new()), t, ticket, next: next.to_owned(), errors }
    }
}

#[derive(Deserialize)]
pub(super) struct CodeForm {
    ticket: String,
    code: String,
    #[serde(default)]
    next: String,
}

pub(super) async fn send(visit: Visit, headers: HeaderMap, Sent(form): Sent<CodeForm>) -> PageResult {
    let t = SignInWords(visit.lang);
    let user: Option<UserId> =
        visit.app.read_ticket(PURPOSE, &form.ticket, visit.now_ms).and_then(|content| content.parse().ok());
    let record = match user {
        Some(user) => visit.app.store().user_record(user).await?,
        None => None,
    };
    let Some(record) = record else {
        let mut errors = FormErrors::default();
        errors.add("login", t.code_late());
        return again(&SignInPage::new(&visit, "", &form.next, errors));
    };
    let refuse = |message: &str| {
        let mut errors = FormErrors::default();
        errors.add("code", message);
        again(&CodePage::new(&visit, &record, &form.next, errors))
    };
    if let Some(until) = waits_until(record.failures, record.failed_at_ms, visit.now_ms) {
        return refuse(&wait_words(until, visit.now_ms, visit.lang));
    }
    if let Some(step) = step_of(&record, &form.code, visit.now_ms) {
        return admit(&visit, &headers, &record, step, &form.next).await;
    }
    if form.code.trim().chars().count() > 6 && use_recovery_code(&visit, &record, &form.code).await? {
        return admit(&visit, &headers, &record, record.totp_step, &form.next).await;
    }
    note_failure(&visit, &record).await?;
    refuse(t.code_wrong())
}

/// Uses up a recovery code; false when there is no such code.
async fn use_recovery_code(visit: &Visit, record: &SignInRecord, code: &str) -> Result<bool, Fault> {
    let mut tx = visit.begin();
    tx.about("recovery_code", record.user.id, None);
    tx.use_recovery_code(record.user.id, &recovery_hash(code));
    match tx.commit().await {
        Ok(()) => Ok(true),
        Err(StoreError::Changed(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
