use axum::extract::Query;
use lianfang_domain::{SitrepId, access::Act, sitrep::Document};
use lianfang_store::SitrepRecord;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    begin::{self, BeginForm},
    filled::filled,
    here,
    list::{ListQuery, PAGE},
    seen,
    step::{self, StepForm},
    write::{self, WriteForm},
};
use crate::{
    api::{Page, json, operation},
    at::At,
    fault::PageResult,
    form::Nothing,
    route::Routes,
    visit::Visit,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let list = operation("listSitreps", "Situation reports, the latest first")
        .query::<ListQuery>()
        .answers::<Page<SitrepOut>>();
    let begin_it = operation("beginSitrep", "Begin a situation report").body::<BeginForm>().creates();
    let read =
        operation("readSitrep", "A situation report with its figures and their sources").answers::<SitrepWhole>();
    let take = |id, words| operation(id, words).body::<StepForm>();
    routes
        .api_get("/api/sitreps", Act::ViewSitreps, listed, list)
        .api_post("/api/sitreps", Act::WriteSitreps, begin::send, begin_it)
        .api_get("/api/sitreps/{id}", Act::ViewSitreps, one, read)
        .api_post(
            "/api/sitreps/{id}",
            Act::WriteSitreps,
            write::send,
            operation("writeSitrep", "Change the words of a draft").body::<WriteForm>(),
        )
        .api_post(
            "/api/sitreps/{id}/correct",
            Act::WriteSitreps,
            begin::correct,
            operation("correctSitrep", "Begin a report that corrects an issued one").body::<Nothing>().creates(),
        )
        .api_post("/api/sitreps/{id}/clear", Act::ClearSitreps, step::clear, take("clearSitrep", "Clear a draft"))
        .api_post(
            "/api/sitreps/{id}/send-back",
            Act::ClearSitreps,
            step::send_back,
            take("sendBackSitrep", "Send a cleared report back"),
        )
        .api_post(
            "/api/sitreps/{id}/issue",
            Act::IssueSitreps,
            step::issue,
            take("issueSitrep", "Issue a cleared report"),
        )
        .api_post(
            "/api/sitreps/{id}/withdraw",
            Act::IssueSitreps,
            step::withdraw,
            take("withdrawSitrep", "Withdraw an issued report"),
        )
}

/// A situation report.
#[derive(Debug, Serialize, JsonSchema)]
struct SitrepOut {
    id: String,
    area: String,
    /// daily, brief, follow_up, final or status.
    kind: &'static str,
    /// draft, cleared, issued or withdrawn.
    state: &'static str,
    name: String,
    on: String,
    incident: Option<String>,
    /// Its year and its number in it, once issued.
    year: Option<i64>,
    number: Option<i64>,
    corrects: Option<String>,
    issued_at_ms: Option<i64>,
    /// To be sent back with a step.
    version: i64,
}

/// A situation report with its text.
#[derive(Debug, Serialize, JsonSchema)]
struct SitrepWhole {
    #[serde(flatten)]
    sitrep: SitrepOut,
    /// The text with its placeholders.
    body: String,
    /// How it reads: blocks of runs and cells, each figure with the place of its source in `sources`.
    #[schemars(with = "serde_json::Value")]
    document: Document,
    /// Places that cannot be filled.
    faults: Vec<String>,
}

fn out(record: &SitrepRecord) -> SitrepOut {
    SitrepOut {
        id: record.sitrep.id.to_string(),
        area: record.sitrep.area.to_string(),
        kind: record.sitrep.kind.code(),
        state: record.state.code(),
        name: record.sitrep.name.clone(),
        on: record.sitrep.on.to_string(),
        incident: record.sitrep.incident.map(|id| id.to_string()),
        year: record.number.map(|(year, _)| year),
        number: record.number.map(|(_, number)| number),
        corrects: record.sitrep.corrects.map(|id| id.to_string()),
        issued_at_ms: record.issued_at_ms,
        version: record.version,
    }
}

async fn listed(visit: Visit, Query(query): Query<ListQuery>) -> PageResult {
    let found = visit.app.store().sitreps(seen(&visit), &visit.scope, query.before.parse().ok(), PAGE).await?;
    let is_full = found.len() == usize::try_from(PAGE).unwrap_or(0);
    let next = found.last().filter(|_| is_full).map(|one| format!("/api/sitreps?before={}", one.sitrep.id));
    json(&Page { rows: found.iter().map(out).collect(), next })
}

async fn one(visit: Visit, At(id): At<SitrepId>) -> PageResult {
    let record = here(&visit, id).await?;
    let text = filled(&visit, &record).await?;
    json(&SitrepWhole {
        sitrep: out(&record),
        body: record.sitrep.body.clone(),
        document: text.document,
        faults: text.faults.iter().map(|fault| fault.words(visit.lang)).collect(),
    })
}
