//! Users: accounts and the roles they hold.

mod api;
mod end_role;
mod give_role;
mod list;
mod open_account;
mod send_link;
mod set_state;
mod show;
mod words;

use lianfang_domain::access::Act;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    api::routes(routes)
        .get("/users", Act::ViewUsers, list::show)
        .get("/users/new", Act::ChangeUsers, open_account::show)
        .post("/users/new", Act::ChangeUsers, open_account::send)
        .get("/users/{id}", Act::ViewUsers, show::show)
        .post("/users/{id}/link", Act::ChangeUsers, send_link::send)
        .post("/users/{id}/state", Act::ChangeUsers, set_state::send)
        .post("/users/{id}/roles", Act::GrantRoles, give_role::send)
        .post("/users/{id}/roles/end", Act::GrantRoles, end_role::send)
}
