use askama::Template;
use lianfang_domain::{UserId, account::is_login};
use lianfang_store::{User, UserState};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{send_link::given, words::UserWords};
use crate::{
    Frame, Link,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, form_page, page},
    sign_in::invite,
    visit::Visit,
};

/// The form that opens an account.
#[derive(Template)]
#[template(path = "user/open_account.html")]
pub(crate) struct OpenAccountPage {
    frame: Frame,
    t: UserWords,
    form: AccountForm,
    errors: FormErrors,
}

form_page!(OpenAccountPage);

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "AccountToOpen")]
pub(super) struct AccountForm {
    login: String,
    name: String,
}

fn open_page(visit: &Visit, form: AccountForm, errors: FormErrors) -> OpenAccountPage {
    let t = UserWords(visit.lang);
    let trail = vec![Link { name: t.title().to_owned(), href: "/users".to_owned() }];
    OpenAccountPage { frame: visit.frame(t.open(), trail), t, form, errors }
}

pub(super) async fn show(visit: Visit) -> PageResult {
    page(&open_page(&visit, AccountForm::default(), FormErrors::default()))
}

pub(super) async fn send(visit: Visit, Sent(form): Sent<AccountForm>) -> PageResult {
    let t = UserWords(visit.lang);
    let mut errors = FormErrors::default();
    if !is_login(form.login.trim()) {
        errors.add("login", t.login_bad());
    }
    match form.name.trim().chars().count() {
        0 => errors.add("name", t.needed()),
        1..=60 => {}
        _ => errors.add("name", t.too_long()),
    }
    if !errors.is_empty() {
        return again(&open_page(&visit, form, errors));
    }
    let user = User {
        id: UserId(visit.app.store().new_id(visit.now_ms)),
        login: form.login.trim().to_owned(),
        name: form.name.trim().to_owned(),
        state: UserState::Invited,
        lang: visit.lang,
        version: 1,
        has_totp: false,
    };
    let mut tx = visit.begin();
    tx.about("user", user.id, None).makes(&format!("/users/{}", user.id));
    tx.add_user(&user);
    let link = invite(&mut tx, &visit, user.id)?;
    match keep(tx, Refusals::default().or_taken("login", t.login_taken())).await? {
        Ok(()) => given(&visit, &user, &link),
        Err(errors) => again(&open_page(&visit, form, errors)),
    }
}
