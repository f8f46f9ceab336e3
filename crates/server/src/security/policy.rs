use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use lianfang_domain::access::Role;
use serde::Deserialize;

use super::words::SecurityWords;
use crate::{
    Frame,
    fault::PageResult,
    form::Sent,
    page::{page, see_other},
    visit::Visit,
};

/// The security policy.
#[derive(Template)]
#[template(path = "security/policy.html")]
pub(crate) struct PolicyPage {
    frame: Frame,
    t: SecurityWords,
    /// Code, words and whether it needs a second factor.
    roles: Vec<(&'static str, &'static str, bool)>,
}

#[derive(Deserialize)]
pub(super) struct Saved {
    #[serde(default)]
    saved: String,
}

pub(super) async fn show(visit: Visit, Query(query): Query<Saved>) -> PageResult {
    let t = SecurityWords(visit.lang);
    let needed = visit.app.store().second_factor_roles().await?;
    let mut frame = visit.frame(t.title(), Vec::new());
    frame.notice = (!query.saved.is_empty()).then(|| t.saved().to_owned());
    let role = |role: Role| (role.code(), role.words(visit.lang), needed.contains(&role));
    page(&PolicyPage { frame, t, roles: Role::ALL.map(role).to_vec() })
}

/// What was ticked: `role_…`.
type Fields = BTreeMap<String, String>;

pub(super) async fn send(visit: Visit, Sent(fields): Sent<Fields>) -> PageResult {
    let was = visit.app.store().second_factor_roles().await?;
    let ticked = |role: &Role| fields.contains_key(&format!("role_{}", role.code()));
    let roles: Vec<Role> = Role::ALL.into_iter().filter(ticked).collect();
    let mut tx = visit.begin();
    tx.about("policy", "second_factor", None);
    tx.set_second_factor_roles(&was, &roles);
    tx.commit().await?;
    visit.app.0.seats.forget_all();
    Ok(see_other("/security?saved=1"))
}
