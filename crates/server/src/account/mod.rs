//! One's own account: password, second factor, where one is signed in.

mod change_password;
mod end_session;
mod keys;
mod quiet;
mod second_factor;
mod show;
mod words;

use lianfang_domain::access::Act;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get("/account", Act::UseOwnAccount, show::show)
        .post("/account/password", Act::UseOwnAccount, change_password::send)
        .post("/account/sessions/end", Act::UseOwnAccount, end_session::send)
        .post("/account/keys", Act::UseOwnAccount, keys::make)
        .post("/account/keys/end", Act::UseOwnAccount, keys::end)
        .post("/account/quiet", Act::UseOwnAccount, quiet::send)
        .get("/account/second-factor", Act::UseOwnAccount, second_factor::show)
        .post("/account/second-factor", Act::UseOwnAccount, second_factor::confirm)
        .post("/account/second-factor/remove", Act::UseOwnAccount, second_factor::remove)
}
