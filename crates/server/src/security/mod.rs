//! What the security administrator lays down: who must have a second factor; and signing others out.

mod api;
mod policy;
mod sign_out;
mod words;

use lianfang_domain::access::Act;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    api::routes(routes)
        .get("/security", Act::ChangePolicy, policy::show)
        .post("/security", Act::ChangePolicy, policy::send)
        .post("/users/{id}/sign-out", Act::EndSessions, sign_out::send)
}
