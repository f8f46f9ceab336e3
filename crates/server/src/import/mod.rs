//! Tables taken in: uploaded, their columns found, tried out, stored, and taken back if they were wrong.

mod api;
mod columns;
mod files;
mod go_on;
mod home;
mod progress;
mod run;
mod show;
mod store_step;
mod take_back;
mod trial;
mod upload;
mod words;

pub(crate) use run::{STORE_ROWS, Started, start, store_rows};
pub(crate) use take_back::{TAKE_BACK, undo_all};
pub(crate) use upload::keep_upload;

use jiff::civil::Date;
use lianfang_domain::{
    ImportId,
    access::Act,
    import::{ImportTemplate, area_template, unit_template},
};
use lianfang_store::{ImportKind, ImportRecord};

use crate::{Fault, route::Routes, visit::Visit};

pub(crate) fn routes(routes: Routes) -> Routes {
    let routes = api::routes(routes)
        .get("/areas/import", Act::ImportAreas, home::show)
        .post("/areas/import", Act::ImportAreas, upload::send)
        .get("/areas/import/form.xlsx", Act::ImportAreas, files::empty_form)
        .get("/areas/import/{import}", Act::ImportAreas, show::show)
        .post("/areas/import/{import}/columns", Act::ImportAreas, columns::send)
        .post("/areas/import/{import}/run", Act::ImportAreas, run::send)
        .post("/areas/import/{import}/drop", Act::ImportAreas, take_back::drop_it)
        .post("/areas/import/{import}/go-on", Act::ImportAreas, go_on::send)
        .post("/areas/import/{import}/undo", Act::ImportAreas, take_back::send)
        .get("/areas/import/{import}/rejected.xlsx", Act::ImportAreas, files::rejected);
    routes
        .get("/units/import", Act::ImportUnits, home::show)
        .post("/units/import", Act::ImportUnits, upload::send)
        .get("/units/import/form.xlsx", Act::ImportUnits, files::empty_form)
        .get("/units/import/{import}", Act::ImportUnits, show::show)
        .post("/units/import/{import}/columns", Act::ImportUnits, columns::send)
        .post("/units/import/{import}/run", Act::ImportUnits, run::send)
        .post("/units/import/{import}/drop", Act::ImportUnits, take_back::drop_it)
        .post("/units/import/{import}/go-on", Act::ImportUnits, go_on::send)
        .post("/units/import/{import}/undo", Act::ImportUnits, take_back::send)
        .get("/units/import/{import}/rejected.xlsx", Act::ImportUnits, files::rejected)
}

/// What is imported by an act.
fn kind_of(act: Act) -> ImportKind {
    if act == act_of(ImportKind::Areas) { ImportKind::Areas } else { ImportKind::Units }
}

/// The act that imports a kind.
pub(crate) fn act_of(kind: ImportKind) -> Act {
    match kind {
        ImportKind::Areas => Act::ImportAreas,
        ImportKind::Units => Act::ImportUnits,
    }
}

/// Where the imports of a kind are.
fn base(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Areas => "/areas/import",
        ImportKind::Units => "/units/import",
    }
}

fn href(import: &ImportRecord) -> String {
    format!("{}/{}", base(import.kind), import.id)
}

fn template_of(kind: ImportKind, today: Date) -> ImportTemplate {
    match kind {
        ImportKind::Areas => area_template(today),
        ImportKind::Units => unit_template(today),
    }
}

/// The import of an address, if it is the user's own and of this kind.
async fn here(visit: &Visit, id: ImportId) -> Result<ImportRecord, Fault> {
    let found = visit.app.store().import(id, visit.seat()?.user).await?;
    found.filter(|import| import.kind == kind_of(visit.act)).ok_or(Fault::NotFound)
}
