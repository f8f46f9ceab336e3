use axum::extract::Query;
use lianfang_domain::{
    access::Act,
    area::{Area, AreaCode},
};
use lianfang_store::AreaRow;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    add::{self, AddAreaForm},
    change, export,
    list::ChangeForm,
};
use crate::{
    Fault,
    api::{Page, json, operation},
    at::At,
    fault::PageResult,
    route::Routes,
    visit::Visit,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let list = operation("listAreas", "Areas directly below one, or the highest ones").query::<Below>();
    let rename = operation("renameArea", "Give an area a name from a day on").body::<ChangeForm>();
    let count = operation("countPopulation", "Set how many people were counted on a day").body::<ChangeForm>();
    let add_one = operation("addArea", "Add an area").body::<AddAreaForm>().creates();
    routes
        .api_get("/api/areas", Act::ViewAreas, below, list.answers::<Page<AreaOut>>())
        .api_post("/api/areas", Act::ChangeAreas, add::send, add_one)
        .get("/api/areas/export.xlsx", Act::ExportAreas, export::take_out)
        .api_get("/api/areas/{code}", Act::ViewAreas, one, operation("readArea", "An area").answers::<AreaOut>())
        .api_get(
            "/api/areas/{code}/history",
            Act::ViewAreas,
            history,
            operation("readAreaHistory", "Every name and count of an area").answers::<HistoryOut>(),
        )
        .api_post("/api/areas/{code}/name", Act::ChangeAreas, change::rename, rename)
        .api_post("/api/areas/{code}/population", Act::ChangeAreas, change::count, count)
}

/// Which areas.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
struct Below {
    /// The area directly above; empty for the highest ones.
    above: String,
}

/// An area as it is today.
#[derive(Debug, Serialize, JsonSchema)]
struct AreaOut {
    /// Its code of 2, 4, 6, 9 or 12 digits.
    code: String,
    name: String,
    /// province, city, county, township or village.
    level: &'static str,
    /// People; null when unknown, which is not zero.
    population: Option<i64>,
    /// The day for which they were counted.
    counted_on: Option<String>,
    /// How many areas lie directly below it.
    n_below: i64,
    /// To be sent back with a change.
    version: i64,
}

/// What an area was called and how many people it had.
#[derive(Debug, Serialize, JsonSchema)]
struct HistoryOut {
    names: Vec<NameOut>,
    populations: Vec<CountOut>,
}

/// A name from a day on.
#[derive(Debug, Serialize, JsonSchema)]
struct NameOut {
    from_on: String,
    name: String,
    short: Option<String>,
}

/// A count of people.
#[derive(Debug, Serialize, JsonSchema)]
struct CountOut {
    counted_on: String,
    population: Option<u64>,
    source: String,
}

fn area_out(row: AreaRow) -> AreaOut {
    AreaOut {
        level: row.code.level().code(),
        code: row.code.to_string(),
        name: row.name,
        population: row.population,
        counted_on: row.counted_on.map(|on| on.to_string()),
        n_below: row.n_below,
        version: row.version,
    }
}

async fn below(visit: Visit, Query(query): Query<Below>) -> PageResult {
    let above = match query.above.trim() {
        "" => None,
        code => Some(code.parse::<AreaCode>().map_err(|fault| Fault::BadInput(fault.message(visit.lang)))?),
    };
    let rows = visit.app.store().areas_below(above.as_ref(), &visit.scope, visit.day()).await?;
    json(&Page { rows: rows.into_iter().map(area_out).collect(), next: None })
}

async fn one(visit: Visit, At(code): At<AreaCode>) -> PageResult {
    let row = visit.app.store().area_row(&code, &visit.scope, visit.day()).await?.ok_or(Fault::NotFound)?;
    json(&area_out(row))
}

async fn history(visit: Visit, At(code): At<AreaCode>) -> PageResult {
    let store = visit.app.store();
    store.area_row(&code, &visit.scope, visit.day()).await?.ok_or(Fault::NotFound)?;
    let Area { names, populations, .. } = store.area(&code, &visit.scope).await?.ok_or(Fault::NotFound)?;
    let name = |one: lianfang_domain::area::NameFrom| NameOut {
        from_on: one.from_on.to_string(),
        name: one.name,
        short: one.short,
    };
    let count = |one: lianfang_domain::area::PopulationFrom| CountOut {
        counted_on: one.on.to_string(),
        population: one.n,
        source: one.source,
    };
    json(&HistoryOut {
        names: names.into_iter().map(name).collect(),
        populations: populations.into_iter().map(count).collect(),
    })
}
