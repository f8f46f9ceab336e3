//! Areas: the division tree with dated names and population.

mod add;
mod api;
mod change;
mod export;
mod list;
mod read;
mod tree;
mod words;

use lianfang_domain::access::Act;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    api::routes(routes)
        .get("/areas", Act::ViewAreas, list::top)
        .get("/areas/export.xlsx", Act::ExportAreas, export::take_out)
        .get("/areas/{code}", Act::ViewAreas, list::one)
        .get("/areas/new", Act::ChangeAreas, add::show)
        .post("/areas/new", Act::ChangeAreas, add::send)
        .post("/areas/{code}/name", Act::ChangeAreas, change::rename)
        .post("/areas/{code}/population", Act::ChangeAreas, change::count)
}
