use crate::at::At;
use askama::Template;
use axum::http::{HeaderMap, header};
use lianfang_domain::{
    GrantId, UserId,
    access::{Act, Grant, Role},
    account::{check_password, is_login},
};
use lianfang_store::{Actor, Invitation, StoreError, Tx, User, UserState};
use serde::Deserialize;

use super::{LINK_MS, follow_link::DeadLinkPage, start_session, words::SignInWords};
use crate::{
    App, Fault, Frame,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, form_page, page, refuse},
    password,
    token::{self, Token},
    visit::Visit,
};

/// The form of the first set-up.
#[derive(Template)]
#[template(path = "sign_in/set_up.html")]
pub(crate) struct SetUpPage {
    frame: Frame,
    t: SignInWords,
    token: String,
    form: SetUpForm,
    errors: FormErrors,
}

form_page!(SetUpPage);

/// What is shown once after it: the links for the other two administrators.
#[derive(Template)]
#[template(path = "sign_in/set_up_done.html")]
pub(crate) struct SetUpDonePage {
    frame: Frame,
    t: SignInWords,
    links: Vec<(&'static str, String, String)>,
}

#[derive(Clone, Default, Deserialize)]
pub(super) struct SetUpForm {
    name: String,
    login: String,
    password: String,
    again: String,
    security_login: String,
    audit_login: String,
}

/// A link for the first set-up, where nobody can sign in yet. A link from an earlier start no longer works.
///
/// # Errors
/// [`StoreError`] when the database cannot be read or written.
pub async fn open_set_up(app: &App) -> Result<Option<String>, StoreError> {
    if app.store().n_users().await? > 0 {
        return Ok(None);
    }
    let token = Token::new().map_err(|error| StoreError::Unavailable(error.to_string()))?;
    let now_ms = app.now_ms();
    let mut tx = app.store().begin(&Actor::program(now_ms), Act::Enter);
    tx.about("set_up", "link", None);
    tx.withdraw_set_up();
    tx.invite(&token.hash, &Invitation { user: None, purpose: "set_up".to_owned(), until_ms: now_ms + LINK_MS });
    tx.commit().await?;
    Ok(Some(format!("/set-up/{}", token.text)))
}

async fn is_open(visit: &Visit, token: &str) -> Result<bool, Fault> {
    let invitation = visit.app.store().invitation(&token::hash(token)).await?;
    Ok(invitation.is_some_and(|found| found.purpose == "set_up" && found.until_ms > visit.now_ms))
}

pub(super) async fn show(visit: Visit, At(token): At<String>) -> PageResult {
    if !is_open(&visit, &token).await? {
        return refuse(&DeadLinkPage::new(&visit));
    }
    page(&set_up_page(&visit, token, SetUpForm::default(), FormErrors::default()))
}

fn set_up_page(visit: &Visit, token: String, form: SetUpForm, errors: FormErrors) -> SetUpPage {
    let t = SignInWords(visit.lang);
    // A password is never sent back.
    let form = SetUpForm { password: String::new(), again: String::new(), ..form };
    SetUpPage { frame: visit.frame(t.set_up_title(), Vec::new()), t, token, form, errors }
}

fn check(form: &SetUpForm, visit: &Visit) -> FormErrors {
    let t = SignInWords(visit.lang);
    let mut errors = FormErrors::default();
    if form.name.trim().is_empty() {
        errors.add("name", t.needed());
    } else if form.name.trim().chars().count() > 60 {
        errors.add("name", t.too_long());
    }
    let logins = [("login", &form.login), ("security_login", &form.security_login), ("audit_login", &form.audit_login)];
    for (index, (field, login)) in logins.iter().enumerate() {
        let earlier = logins[..index].iter().any(|(_, other)| other.trim().eq_ignore_ascii_case(login.trim()));
        if !is_login(login.trim()) {
            errors.add(*field, t.login_bad());
        } else if earlier {
            errors.add(*field, t.logins_same());
        }
    }
    if let Err(refusal) = check_password(&form.password, &form.again, form.login.trim()) {
        errors.add("password", refusal.words(visit.lang));
    }
    errors
}

pub(super) async fn send(
    visit: Visit,
    At(token): At<String>,
    headers: HeaderMap,
    Sent(form): Sent<SetUpForm>,
) -> PageResult {
    if !is_open(&visit, &token).await? {
        return refuse(&DeadLinkPage::new(&visit));
    }
    let errors = check(&form, &visit);
    if !errors.is_empty() {
        return again(&set_up_page(&visit, token, form, errors));
    }
    let hash = password::hash(&form.password).await?;
    let t = SignInWords(visit.lang);
    let mut tx = visit.begin();
    tx.about("set_up", form.login.trim(), None);
    tx.use_invitation(&token::hash(&token));
    let me = add_administrator(&mut tx, &visit, &form.name, &form.login, Role::SystemAdmin);
    tx.set_password(&me, &hash);
    let mut links = Vec::new();
    for (role, login) in [(Role::SecurityAdmin, &form.security_login), (Role::AuditAdmin, &form.audit_login)] {
        let user = add_administrator(&mut tx, &visit, role.words(visit.lang), login, role);
        let link = invite(&mut tx, &visit, user.id)?;
        links.push((role.words(visit.lang), user.login, visit.absolute(&link)));
    }
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or("");
    let session = start_session(&mut tx, &me, &visit, agent)?;
    tx.commit().await?;
    let done = SetUpDonePage { frame: visit.frame(t.done_title(), Vec::new()), t, links };
    visit.app.with_session(page(&done)?, &session)
}

fn add_administrator(tx: &mut Tx<'_>, visit: &Visit, name: &str, login: &str, role: Role) -> User {
    let store = visit.app.store();
    let user = User {
        id: UserId(store.new_id(visit.now_ms)),
        login: login.trim().to_owned(),
        name: name.trim().to_owned(),
        state: UserState::Invited,
        lang: visit.lang,
        version: 1,
        has_totp: false,
    };
    tx.add_user(&user);
    let id = GrantId(store.new_id(visit.now_ms));
    tx.give_role(user.id, &Grant { id, role, area: None, unit: None, from_on: visit.day(), until_on: None }, None);
    user
}

/// Gives a user a link to set a password; earlier ones no longer work.
pub(crate) fn invite(tx: &mut Tx<'_>, visit: &Visit, user: UserId) -> Result<String, Fault> {
    let token = Token::new()?;
    let invitation = Invitation { user: Some(user), purpose: "password".to_owned(), until_ms: visit.now_ms + LINK_MS };
    tx.withdraw_invitations(user);
    tx.invite(&token.hash, &invitation);
    Ok(format!("/link/{}", token.text))
}
