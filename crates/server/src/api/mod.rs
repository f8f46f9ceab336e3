//! The interface for programs: everything the pages do, as JSON.
//!
//! What changes something goes through the same handlers as the pages (`answer.rs` puts their answers into JSON); what
//! reads has handlers of its own, in the file `api.rs` of each capability. The document that describes it all is made
//! from the table of routes, so that it cannot say anything else.

mod answer;
mod body;
mod docs;
mod document;
mod in_chinese;
mod once;
mod operation;

pub(crate) use answer::{for_program, json, told};
pub(crate) use body::pairs_of;
pub(crate) use document::Described;
pub(crate) use once::before;
pub(crate) use operation::{Operation, Page, operation};

use lianfang_domain::access::Act;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.get("/api/openapi.json", Act::Enter, document::show).get("/api/docs", Act::Enter, docs::show)
}
