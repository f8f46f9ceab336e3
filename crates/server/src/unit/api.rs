use std::collections::BTreeMap;

use axum::extract::Query;
use lianfang_domain::{UnitId, access::Act};
use lianfang_store::{UnitRecord, UnitRow};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    add::{self, AddUnitForm},
    alias::{self, AliasForm, DropForm},
    close,
    edit::{self, EditForm},
    export,
    list::ListQuery,
    many::{self, ManyOut},
    merge::{self, MergeForm},
    rename::{self, RenameForm},
};
use crate::{
    Fault,
    api::{json, operation},
    at::At,
    fault::PageResult,
    form::Seen,
    route::Routes,
    visit::Visit,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let list = operation("listUnits", "Units, filtered and sorted").query::<ListQuery>().answers::<UnitsOut>();
    let edit = operation("changeUnit", "Change kind, area, parent and duty phone").body::<EditForm>();
    let learn = operation("learnOtherName", "Note another name of a unit").body::<AliasForm>();
    let merge = operation("mergeUnits", "Make one unit of two").body::<MergeForm>();
    routes
        .api_get("/api/units", Act::ViewUnits, listed, list)
        .api_post(
            "/api/units",
            Act::ChangeUnits,
            add::send,
            operation("addUnit", "Add a unit").body::<AddUnitForm>().creates(),
        )
        .get("/api/units/export.xlsx", Act::ExportUnits, export::take_out)
        .api_post(
            "/api/units/close-many",
            Act::ChangeUnits,
            many::close,
            operation("closeUnits", "Close many units, each by itself").body::<Chosen>().answers::<ManyOut>(),
        )
        .api_post(
            "/api/units/reopen-many",
            Act::ChangeUnits,
            many::reopen,
            operation("reopenUnits", "Put many units to work again").body::<Chosen>().answers::<ManyOut>(),
        )
        .api_get(
            "/api/units/{id}",
            Act::ViewUnits,
            one,
            operation("readUnit", "A unit; instead of one that was merged, the one that stayed").answers::<UnitOut>(),
        )
        .api_post("/api/units/{id}/edit", Act::ChangeUnits, edit::send, edit)
        .api_post(
            "/api/units/{id}/rename",
            Act::ChangeUnits,
            rename::send,
            operation("renameUnit", "Give a unit another name").body::<RenameForm>(),
        )
        .api_post("/api/units/{id}/close", Act::ChangeUnits, close::close, seen("closeUnit", "Take a unit out of work"))
        .api_post(
            "/api/units/{id}/reopen",
            Act::ChangeUnits,
            close::reopen,
            seen("reopenUnit", "Put a unit to work again"),
        )
        .api_post("/api/units/{id}/aliases", Act::ChangeUnits, alias::learn, learn)
        .api_post(
            "/api/units/{id}/aliases/drop",
            Act::ChangeUnits,
            alias::drop_one,
            operation("dropOtherName", "Drop another name of a unit").body::<DropForm>(),
        )
        .api_post("/api/units/{id}/merge", Act::MergeUnits, merge::send, merge)
}

fn seen(id: &'static str, summary: &'static str) -> crate::api::Operation {
    operation(id, summary).body::<Seen>()
}

/// Units that were chosen: `unit_ID` with the version that was seen, for each.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used, in the document")]
struct Chosen {
    #[serde(flatten)]
    units: BTreeMap<String, String>,
}

/// A unit in a list.
#[derive(Debug, Serialize, JsonSchema)]
struct UnitLineOut {
    id: String,
    name: String,
    /// The code of its kind.
    kind: &'static str,
    /// The code of its area.
    area: String,
    area_name: String,
    /// The unit above.
    parent: Option<String>,
    parent_name: Option<String>,
    duty_phone: Option<String>,
    /// open or closed.
    state: &'static str,
    n_posts: i64,
    n_vacant: i64,
}

/// A part of the list of units.
#[derive(Debug, Serialize, JsonSchema)]
struct UnitsOut {
    rows: Vec<UnitLineOut>,
    /// What to send as `after` for the rows that follow; null when these were the last.
    next: Option<String>,
    /// How many match.
    n_found: i64,
    /// How many there are.
    n_all: i64,
}

/// A unit.
#[derive(Debug, Serialize, JsonSchema)]
struct UnitOut {
    id: String,
    name: String,
    /// The code of its kind.
    kind: &'static str,
    /// The code of its area.
    area: String,
    /// The unit above.
    parent: Option<String>,
    duty_phone: Option<String>,
    /// open or closed.
    state: &'static str,
    aliases: Vec<AliasOut>,
    /// To be sent back with a change.
    version: i64,
}

/// Another name of a unit.
#[derive(Debug, Serialize, JsonSchema)]
struct AliasOut {
    name: String,
    /// bracketed, short, former or learned.
    kind: &'static str,
    noted_on: String,
}

fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn line_out(row: UnitRow) -> UnitLineOut {
    UnitLineOut {
        id: row.id.to_string(),
        name: row.name,
        kind: row.kind.code(),
        area: row.area.to_string(),
        area_name: row.area_name,
        parent: row.parent.as_ref().map(|above| above.id.to_string()),
        parent_name: row.parent.map(|above| above.name),
        duty_phone: filled(row.duty_phone),
        state: row.state.code(),
        n_posts: row.n_posts,
        n_vacant: row.n_vacant,
    }
}

fn unit_out(record: UnitRecord) -> UnitOut {
    let alias = |noted: lianfang_store::NotedAlias| AliasOut {
        name: noted.alias.text,
        kind: noted.alias.kind.code(),
        noted_on: noted.noted_on.to_string(),
    };
    let unit = record.unit;
    UnitOut {
        id: unit.id.to_string(),
        name: unit.name,
        kind: unit.kind.code(),
        area: unit.area.to_string(),
        parent: unit.parent.map(|above| above.to_string()),
        duty_phone: unit.duty_phone.map(|phone| phone.to_string()),
        state: record.state.code(),
        aliases: record.aliases.into_iter().map(alias).collect(),
        version: record.version,
    }
}

async fn listed(visit: Visit, Query(query): Query<ListQuery>) -> PageResult {
    let list = visit.app.store().units(&query.search(), &visit.scope, visit.day()).await?;
    let next = list.rows.last().filter(|_| list.has_after).map(|row| row.place.to_string());
    json(&UnitsOut {
        rows: list.rows.into_iter().map(line_out).collect(),
        next,
        n_found: list.n_found,
        n_all: list.n_all,
    })
}

async fn one(visit: Visit, At(id): At<UnitId>) -> PageResult {
    let store = visit.app.store();
    if let Some(record) = store.unit(id, &visit.scope).await? {
        return json(&unit_out(record));
    }
    // Instead of one that was merged, the one that stayed; its identifier tells.
    let survivor = store.survivor(id, &visit.scope).await?.ok_or(Fault::NotFound)?;
    json(&unit_out(store.unit(survivor, &visit.scope).await?.ok_or(Fault::NotFound)?))
}
