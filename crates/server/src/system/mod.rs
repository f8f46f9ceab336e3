//! The state of the system, what it is made of, and health for whatever watches it.

mod about;
mod health;
mod show;
mod words;

use lianfang_domain::access::Act;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get("/healthz", Act::Enter, health::alive)
        .get("/readyz", Act::Enter, health::ready)
        .get("/system", Act::ViewSystem, show::show)
        .get("/about", Act::UseOwnAccount, about::show)
}
