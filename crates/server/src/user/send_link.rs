use askama::Template;
use lianfang_domain::UserId;
use lianfang_store::{User, UserState};

use super::{
    api::LinkOut,
    show::{RoleForm, user_page},
    words::UserWords,
};
use crate::{
    Fault, Frame, Link,
    api::told,
    at::At,
    fault::PageResult,
    form::{FormErrors, Nothing, Sent},
    page::{again, page},
    sign_in::invite,
    visit::Visit,
};

/// A one-time link, shown once.
#[derive(Template)]
#[template(path = "user/link.html")]
pub(crate) struct LinkPage {
    frame: Frame,
    t: UserWords,
    user: String,
    login: String,
    link: String,
}

/// Shows the link; this once.
pub(super) fn given(visit: &Visit, user: &User, link: &str) -> PageResult {
    let out = LinkOut { href: format!("/api/users/{}", user.id), link: Some(visit.absolute(link)) };
    let out = serde_json::to_value(out).map_err(|error| Fault::Broken(error.to_string()))?;
    Ok(told(page(&link_page(visit, user, link))?, out))
}

fn link_page(visit: &Visit, user: &User, link: &str) -> LinkPage {
    let t = UserWords(visit.lang);
    let trail = vec![Link { name: t.title().to_owned(), href: "/users".to_owned() }];
    LinkPage {
        frame: visit.frame(t.link_title(), trail),
        t,
        user: user.id.to_string(),
        login: user.login.clone(),
        link: visit.absolute(link),
    }
}

/// Makes a new link for someone who lost the password; what they had before stays until they use it.
pub(super) async fn send(visit: Visit, At(id): At<UserId>, Sent(Nothing {}): Sent<Nothing>) -> PageResult {
    let user = visit.app.store().user_record(id).await?.ok_or(Fault::NotFound)?.user;
    if user.state == UserState::Closed {
        let mut errors = FormErrors::default();
        errors.add("version", UserWords(visit.lang).closed());
        return again(&user_page(&visit, id, RoleForm::default(), errors).await?);
    }
    let mut tx = visit.begin();
    tx.about("user", user.id, None);
    let link = invite(&mut tx, &visit, user.id)?;
    tx.commit().await?;
    given(&visit, &user, &link)
}
