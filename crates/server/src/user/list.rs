use askama::Template;
use axum::extract::Query;
use lianfang_domain::access::Act;
use lianfang_store::{User, UserState};
use schemars::JsonSchema;
use serde::Deserialize;

use super::words::UserWords;
use crate::{Frame, fault::PageResult, page::page, visit::Visit};

/// Users on a page.
pub(super) const PAGE: u32 = 50;

/// The list of users.
#[derive(Template)]
#[template(path = "user/list.html")]
pub(crate) struct UsersPage {
    frame: Frame,
    t: UserWords,
    rows: Vec<UserLine>,
    next: Option<String>,
    may_change: bool,
}

/// A user in the table.
pub(super) struct UserLine {
    pub(super) id: String,
    pub(super) login: String,
    pub(super) name: String,
    pub(super) state: &'static str,
    pub(super) tone: &'static str,
    pub(super) has_totp: bool,
    pub(super) roles: String,
}

/// Where a list goes on.
#[derive(Deserialize, JsonSchema)]
pub(super) struct After {
    /// The login name after which to go on.
    #[serde(default)]
    pub(super) after: String,
}

impl UserLine {
    pub(super) fn of(user: &User, roles: String, t: UserWords) -> UserLine {
        let (state, tone) = match user.state {
            UserState::Invited => (t.invited(), "warning"),
            UserState::Active => (t.active(), "good"),
            UserState::Closed => (t.closed(), "neutral"),
        };
        UserLine {
            id: user.id.to_string(),
            login: user.login.clone(),
            name: user.name.clone(),
            state,
            tone,
            has_totp: user.has_totp,
            roles,
        }
    }
}

pub(super) async fn show(visit: Visit, Query(query): Query<After>) -> PageResult {
    let t = UserWords(visit.lang);
    let store = visit.app.store();
    let mut users = store.users_after(&query.after, PAGE + 1).await?;
    let more = users.len() > PAGE as usize;
    users.truncate(PAGE as usize);
    let next = more.then(|| users.last().map(|user| user.login.clone())).flatten();
    let mut rows = Vec::new();
    for user in &users {
        let grants = store.grants(user.id).await?;
        let running = grants.iter().filter(|grant| grant.runs_on(visit.day()));
        let mut roles: Vec<&str> = running.map(|grant| grant.role.words(visit.lang)).collect();
        roles.dedup();
        rows.push(UserLine::of(user, roles.join(visit.lang.pick("、", ", ")), t));
    }
    let may_change = visit.may(Act::ChangeUsers);
    page(&UsersPage { frame: visit.frame(t.title(), Vec::new()), t, rows, next, may_change })
}
