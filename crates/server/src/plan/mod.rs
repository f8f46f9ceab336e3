//! Plans: uploaded, read, shown beside their text, doubts answered, units settled, accepted.

mod answer;
mod api;
mod changes;
mod edit;
mod family;
mod file;
mod list;
mod place;
mod segments;
mod settle;
mod show;
mod template;
mod text;
mod touched;
mod units;
mod upload;
mod words;

pub(crate) use upload::{Arrived, keep_reading};

use lianfang_domain::{
    PlanId,
    access::Act,
    plan::{DocumentKind, PlanState},
};
use lianfang_store::PlanRecord;

use crate::{Fault, Link, route::Routes, visit::Visit};

pub(crate) fn routes(routes: Routes) -> Routes {
    api::routes(routes)
        .get("/plans", Act::ViewPlans, list::show)
        .get("/plans/new", Act::ChangePlans, upload::show)
        .post("/plans/new", Act::ChangePlans, upload::send)
        .get("/plans/{id}", Act::ViewPlans, show::show)
        .get("/plans/{id}/text", Act::ViewPlans, text::show)
        .get("/plans/{id}/changes", Act::ViewPlans, changes::show)
        .get("/plans/{id}/units", Act::ViewPlans, units::show)
        .post("/plans/{id}/units", Act::ChangePlans, units::send)
        .get("/plans/{id}/file", Act::ViewPlans, file::send)
        .get("/plans/{id}/clauses/{place}", Act::ChangePlans, edit::show)
        .post("/plans/{id}/clauses/{place}", Act::ChangePlans, edit::send)
        .get("/plans/{id}/template", Act::ChangePlans, template::show)
        .post("/plans/{id}/template", Act::ChangePlans, template::send)
        .post("/plans/{id}/place", Act::ChangePlans, place::send)
        .post("/plans/{id}/answers", Act::ChangePlans, answer::send)
        .post("/plans/{id}/accept", Act::AcceptPlans, settle::accept)
        .post("/plans/{id}/drop", Act::ChangePlans, settle::drop_it)
}

/// The address of a plan.
fn href(id: PlanId) -> String {
    format!("/plans/{id}")
}

/// The plan of an address, if the act reaches it and it was not put aside.
async fn here(visit: &Visit, id: PlanId) -> Result<PlanRecord, Fault> {
    let found = visit.app.store().plan(id, &visit.scope).await?;
    found.filter(|plan| plan.state != PlanState::Dropped).ok_or(Fault::NotFound)
}

/// What stands above the pages of a plan.
fn trail(visit: &Visit) -> Vec<Link> {
    vec![Link { name: words::PlanWords(visit.lang).title().to_owned(), href: "/plans".to_owned() }]
}

/// The text by which a kind of document is kept.
fn kind_code(kind: DocumentKind) -> String {
    let code = serde_json::to_value(kind).ok();
    code.and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A kind of document in words.
fn kind_words(code: &str, visit: &Visit) -> &'static str {
    let kind: DocumentKind = serde_json::from_value(code.into()).unwrap_or_default();
    kind.words(visit.lang)
}
