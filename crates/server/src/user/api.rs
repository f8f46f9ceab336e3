use axum::extract::Query;
use lianfang_domain::{
    UserId,
    access::{Act, Grant},
};
use lianfang_store::User;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    end_role::{self, EndForm},
    give_role,
    list::{After, PAGE},
    open_account::{self, AccountForm},
    send_link,
    set_state::{self, StateForm},
    show::RoleForm,
};
use crate::{
    Fault,
    api::{Page, json, operation},
    at::At,
    fault::PageResult,
    form::Nothing,
    route::Routes,
    visit::Visit,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let open = operation("openAccount", "Open an account; the link to set a password is given once");
    let list = operation("listUsers", "Users by login name").query::<After>().answers::<Page<UserOut>>();
    routes
        .api_get("/api/users", Act::ViewUsers, listed, list)
        .api_post(
            "/api/users",
            Act::ChangeUsers,
            open_account::send,
            open.body::<AccountForm>().answers::<LinkOut>().creates(),
        )
        .api_get(
            "/api/users/{id}",
            Act::ViewUsers,
            one,
            operation("readUser", "A user with roles").answers::<UserOut>(),
        )
        .api_post(
            "/api/users/{id}/link",
            Act::ChangeUsers,
            send_link::send,
            operation("sendLink", "Make a new link to set a password").body::<Nothing>().answers::<LinkOut>(),
        )
        .api_post(
            "/api/users/{id}/state",
            Act::ChangeUsers,
            set_state::send,
            operation("setAccountState", "Close or open an account").body::<StateForm>(),
        )
        .api_post(
            "/api/users/{id}/roles",
            Act::GrantRoles,
            give_role::send,
            operation("giveRole", "Give a role").body::<RoleForm>(),
        )
        .api_post(
            "/api/users/{id}/roles/end",
            Act::GrantRoles,
            end_role::send,
            operation("endRole", "Take a role away").body::<EndForm>(),
        )
        .api_get(
            "/api/me",
            Act::SeeOwnAccount,
            me,
            operation("readMe", "Who one is and what one holds").answers::<UserOut>(),
        )
}

/// A user.
#[derive(Debug, Serialize, JsonSchema)]
struct UserOut {
    id: String,
    login: String,
    name: String,
    /// invited, active or closed.
    state: &'static str,
    has_second_factor: bool,
    roles: Vec<RoleOut>,
    /// To be sent back with a change.
    version: i64,
}

/// A role that a user holds or will hold.
#[derive(Debug, Serialize, JsonSchema)]
struct RoleOut {
    grant: String,
    role: &'static str,
    area: Option<String>,
    unit: Option<String>,
    from_on: String,
    until_on: Option<String>,
}

/// A link that is given once.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LinkOut {
    /// Where the user can be read.
    pub(super) href: String,
    /// The address with which a password is set, for 72 hours; absent when a request is answered once more.
    pub(super) link: Option<String>,
}

fn role_out(grant: &Grant) -> RoleOut {
    RoleOut {
        grant: grant.id.to_string(),
        role: grant.role.code(),
        area: grant.area.as_ref().map(ToString::to_string),
        unit: grant.unit.map(|unit| unit.to_string()),
        from_on: grant.from_on.to_string(),
        until_on: grant.until_on.map(|on| on.to_string()),
    }
}

async fn user_out(visit: &Visit, user: User) -> Result<UserOut, Fault> {
    let grants = visit.app.store().grants(user.id).await?;
    Ok(UserOut {
        id: user.id.to_string(),
        state: user.state.code(),
        has_second_factor: user.has_totp,
        roles: grants.iter().map(role_out).collect(),
        version: user.version,
        login: user.login,
        name: user.name,
    })
}

async fn listed(visit: Visit, Query(query): Query<After>) -> PageResult {
    let mut users = visit.app.store().users_after(&query.after, PAGE + 1).await?;
    let more = users.len() > PAGE as usize;
    users.truncate(PAGE as usize);
    let next = more.then(|| users.last().map(|user| user.login.clone())).flatten();
    let mut rows = Vec::new();
    for user in users {
        rows.push(user_out(&visit, user).await?);
    }
    json(&Page { rows, next })
}

async fn one(visit: Visit, At(id): At<UserId>) -> PageResult {
    let user = visit.app.store().user_record(id).await?.ok_or(Fault::NotFound)?.user;
    json(&user_out(&visit, user).await?)
}

async fn me(visit: Visit) -> PageResult {
    let user = visit.app.store().user_record(visit.seat()?.user).await?.ok_or(Fault::NotFound)?.user;
    json(&user_out(&visit, user).await?)
}
