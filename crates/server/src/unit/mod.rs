//! Units: organisations and departments with their names, and what stands over and under them.

mod add;
mod alias;
mod api;
mod area_choices;
mod close;
mod edit;
mod export;
mod facts;
mod list;
mod many;
mod merge;
mod read;
pub(crate) mod register;
mod rename;
mod show;
mod words;

use lianfang_domain::{UnitId, access::Act};

pub(crate) use area_choices::{area_choices, offered};
pub(crate) use facts::{UnitFacts, here, may_reach, trail};
pub(crate) use read::Typed;
pub(crate) use show::Phones;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    api::routes(routes)
        .get("/units", Act::ViewUnits, list::show)
        .get("/units/export.xlsx", Act::ExportUnits, export::take_out)
        .get("/units/new", Act::ChangeUnits, add::show)
        .post("/units/new", Act::ChangeUnits, add::send)
        .post("/units/close-many", Act::ChangeUnits, many::close)
        .post("/units/reopen-many", Act::ChangeUnits, many::reopen)
        .get("/units/{id}", Act::ViewUnits, show::show)
        .get("/units/{id}/edit", Act::ChangeUnits, edit::show)
        .post("/units/{id}/edit", Act::ChangeUnits, edit::send)
        .get("/units/{id}/rename", Act::ChangeUnits, rename::show)
        .post("/units/{id}/rename", Act::ChangeUnits, rename::send)
        .post("/units/{id}/close", Act::ChangeUnits, close::close)
        .post("/units/{id}/reopen", Act::ChangeUnits, close::reopen)
        .post("/units/{id}/aliases", Act::ChangeUnits, alias::learn)
        .post("/units/{id}/aliases/drop", Act::ChangeUnits, alias::drop_one)
        .get("/units/{id}/merge", Act::MergeUnits, merge::show)
        .post("/units/{id}/merge", Act::MergeUnits, merge::send)
}

/// The address of a unit.
pub(crate) fn href(id: UnitId) -> String {
    format!("/units/{id}")
}
