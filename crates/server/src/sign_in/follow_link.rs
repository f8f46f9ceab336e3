use crate::at::At;
use askama::Template;
use axum::http::{HeaderMap, header};
use lianfang_domain::account::check_password;
use lianfang_store::{Actor, SignInRecord, UserState};
use serde::Deserialize;

use super::{start_session, words::SignInWords};
use crate::{
    Fault, Frame,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, form_page, page, refuse, see_other},
    password, token,
    visit::Visit,
};

/// The page behind a link that sets a password.
#[derive(Template)]
#[template(path = "sign_in/follow_link.html")]
pub(crate) struct LinkPage {
    frame: Frame,
    t: SignInWords,
    token: String,
    login: String,
    errors: FormErrors,
}

form_page!(LinkPage);

/// What is shown for a link that does not work.
#[derive(Template)]
#[template(path = "sign_in/dead_link.html")]
pub(crate) struct DeadLinkPage {
    frame: Frame,
    t: SignInWords,
}

impl DeadLinkPage {
    pub(super) fn new(visit: &Visit) -> DeadLinkPage {
        let t = SignInWords(visit.lang);
        DeadLinkPage { frame: visit.frame(t.link_bad_title(), Vec::new()), t }
    }
}

#[derive(Deserialize)]
pub(super) struct PasswordForm {
    password: String,
    again: String,
}

/// The user of a link that works.
async fn user_of(visit: &Visit, token: &str) -> Result<Option<SignInRecord>, Fault> {
    let invitation = visit.app.store().invitation(&token::hash(token)).await?;
    let user = invitation.filter(|found| found.purpose == "password" && found.until_ms > visit.now_ms);
    let Some(user) = user.and_then(|found| found.user) else { return Ok(None) };
    let record = visit.app.store().user_record(user).await?;
    Ok(record.filter(|record| record.user.state != UserState::Closed))
}

fn link_page(visit: &Visit, token: String, login: &str, errors: FormErrors) -> LinkPage {
    let t = SignInWords(visit.lang);
    LinkPage { frame: visit.frame(t.link_title(), Vec::new()), t, token, login: login.to_owned(), errors }
}

pub(super) async fn show(visit: Visit, At(token): At<String>) -> PageResult {
    match user_of(&visit, &token).await? {
        Some(record) => page(&link_page(&visit, token, &record.user.login, FormErrors::default())),
        None => refuse(&DeadLinkPage::new(&visit)),
    }
}

pub(super) async fn send(
    visit: Visit,
    At(token): At<String>,
    headers: HeaderMap,
    Sent(form): Sent<PasswordForm>,
) -> PageResult {
    let Some(record) = user_of(&visit, &token).await? else { return refuse(&DeadLinkPage::new(&visit)) };
    let user = record.user;
    if let Err(refusal) = check_password(&form.password, &form.again, &user.login) {
        let mut errors = FormErrors::default();
        errors.add("password", refusal.words(visit.lang));
        return again(&link_page(&visit, token, &user.login, errors));
    }
    let hash = password::hash(&form.password).await?;
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or("");
    // Whoever holds the link acts as the user, who is not signed in yet.
    let actor = Actor { user: Some(user.id), name: user.login.clone(), ..visit.actor() };
    let mut tx = visit.app.store().begin(&actor, visit.act);
    tx.about("set_password", user.id, None);
    tx.use_invitation(&token::hash(&token));
    tx.set_password(&user, &hash);
    tx.end_sessions(user.id);
    let session = start_session(&mut tx, &user, &visit, agent)?;
    tx.commit().await?;
    visit.app.0.seats.forget(user.id);
    visit.app.with_session(see_other("/"), &session)
}
