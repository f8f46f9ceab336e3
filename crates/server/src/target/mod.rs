//! Targets: what an area is to have, until when, who answers for it, and how far it is from there, reckoned with the
//! numbers in sight.

mod api;
mod calculator;
mod edit;
mod list;
mod words;

use lianfang_domain::access::Act;

use crate::{Link, route::Routes, visit::Visit};

pub(crate) fn routes(routes: Routes) -> Routes {
    api::routes(routes)
        .get("/targets", Act::ViewIndicators, list::show)
        .get("/targets/calculator", Act::ViewIndicators, calculator::show)
        .get("/targets/new", Act::ChangeIndicators, edit::add)
        .post("/targets/new", Act::ChangeIndicators, edit::send_new)
        .get("/targets/{id}", Act::ChangeIndicators, edit::show)
        .post("/targets/{id}", Act::ChangeIndicators, edit::send)
        .post("/targets/{id}/end", Act::ChangeIndicators, edit::end)
}

/// What stands above the pages of targets.
fn trail(visit: &Visit) -> Vec<Link> {
    let mut trail = crate::indicator::trail(visit);
    trail.push(Link { name: words::TargetWords(visit.lang).title().to_owned(), href: "/targets".to_owned() });
    trail
}
