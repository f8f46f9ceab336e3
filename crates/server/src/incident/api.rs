use axum::extract::Query;
use lianfang_domain::{IncidentId, access::Act};
use lianfang_store::{EntryRecord, IncidentRecord};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    cases, change, close, event, here,
    list::{Asked, PAGE},
    log, open, parameter, report,
};
use crate::{
    api::{Page, json, operation},
    at::At,
    fault::PageResult,
    form::Seen,
    incident::{grade, list},
    route::Routes,
    visit::Visit,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let list = operation("listIncidents", "Incidents, the latest first").query::<Asked>();
    let note = operation("noteEntry", "Put an event or decision into the log").body::<event::EntryForm>();
    let set = operation("setParameter", "Set a parameter of the disease").body::<parameter::ParameterForm>();
    let cases = operation("noteCases", "Note cases that became known").body::<cases::CasesForm>();
    let entries = operation("listEntries", "The log of an incident, the latest first").query::<log::Page>();
    let open = operation("openIncident", "Open an incident").body::<open::OpenForm>().creates();
    let change = operation("changeIncident", "Change what an incident is").body::<change::ChangeForm>();
    let report = operation("reportIncident", "Note the first report").body::<report::ReportForm>();
    let graded = operation("gradeIncident", "Set how grave the event is").body::<grade::GradeForm>();
    let change_it = Act::ChangeIncidents;
    routes
        .api_get("/api/incidents", Act::ViewIncidents, listed, list.answers::<Page<IncidentOut>>())
        .api_post("/api/incidents", change_it, open::send, open)
        .api_get(
            "/api/incidents/{id}",
            Act::ViewIncidents,
            one,
            operation("readIncident", "An incident").answers::<IncidentOut>(),
        )
        .api_post("/api/incidents/{id}", change_it, change::send, change)
        .api_post("/api/incidents/{id}/report", change_it, report::send, report)
        .api_post("/api/incidents/{id}/grade", change_it, grade::send, graded)
        .api_post("/api/incidents/{id}/parameters", change_it, parameter::send, set)
        .api_post("/api/incidents/{id}/cases", change_it, cases::send, cases)
        .api_get("/api/incidents/{id}/log", Act::ViewIncidents, entries_of, entries.answers::<Page<EntryOut>>())
        .api_post("/api/incidents/{id}/log", change_it, event::send, note)
        .api_post(
            "/api/incidents/{id}/close",
            change_it,
            close::send,
            operation("closeIncident", "Close an incident of which no response runs").body::<Seen>(),
        )
        .api_post(
            "/api/incidents/{id}/reopen",
            change_it,
            close::reopen,
            operation("reopenIncident", "Open a closed incident again").body::<Seen>(),
        )
}

/// An incident.
#[derive(Debug, Serialize, JsonSchema)]
struct IncidentOut {
    id: String,
    area: String,
    /// outbreak, cluster, other or `planned_event`.
    kind: &'static str,
    name: String,
    /// open or closed.
    state: &'static str,
    disease: String,
    /// 1 (gravest) to 4; null until someone sets it.
    grade: Option<u8>,
    /// 1 (gravest) to 4; null while no response runs.
    level: Option<u8>,
    level_since_ms: Option<i64>,
    plan: Option<String>,
    onset_on: Option<String>,
    discovered_at_ms: i64,
    reported_at_ms: Option<i64>,
    summary: String,
    made_by: String,
    made_at_ms: i64,
    closed_at_ms: Option<i64>,
    /// To be sent back with a change.
    version: i64,
}

/// An entry in the log.
#[derive(Debug, Serialize, JsonSchema)]
struct EntryOut {
    id: String,
    kind: &'static str,
    at_ms: i64,
    noted_at_ms: i64,
    who: String,
    words: String,
    basis: String,
    addressees: String,
}

fn out(record: IncidentRecord) -> IncidentOut {
    IncidentOut {
        id: record.id.to_string(),
        area: record.area.to_string(),
        kind: record.kind.code(),
        name: record.name,
        state: record.state.code(),
        disease: record.disease,
        grade: record.grade.map(|grade| grade.number()),
        level: record.level.map(|level| level.number()),
        level_since_ms: record.level_since_ms,
        plan: record.plan.map(|plan| plan.to_string()),
        onset_on: record.onset_on.map(|day| day.to_string()),
        discovered_at_ms: record.discovered_at_ms,
        reported_at_ms: record.reported_at_ms,
        summary: record.summary,
        made_by: record.made_by,
        made_at_ms: record.made_at_ms,
        closed_at_ms: record.closed_at_ms,
        version: record.version,
    }
}

fn entry_out(record: EntryRecord) -> EntryOut {
    EntryOut {
        id: record.id.to_string(),
        kind: record.entry.kind.code(),
        at_ms: record.entry.at_ms,
        noted_at_ms: record.noted_at_ms,
        who: record.who,
        words: record.entry.words,
        basis: record.entry.basis,
        addressees: record.entry.addressees,
    }
}

async fn listed(visit: Visit, Query(query): Query<list::Asked>) -> PageResult {
    let before = query.before.parse::<IncidentId>().ok();
    let found = visit.app.store().incidents(&visit.scope, query.state(), before, PAGE).await?;
    let full = found.len() == usize::try_from(PAGE).unwrap_or(usize::MAX);
    let state = query.state().code();
    let next = found.last().filter(|_| full).map(|last| format!("/api/incidents?state={state}&before={}", last.id));
    json(&Page { rows: found.into_iter().map(out).collect(), next })
}

async fn one(visit: Visit, At(id): At<IncidentId>) -> PageResult {
    json(&out(here(&visit, id).await?))
}

async fn entries_of(visit: Visit, At(id): At<IncidentId>, Query(query): Query<log::Page>) -> PageResult {
    let record = here(&visit, id).await?;
    let kind = lianfang_domain::incident::EntryKind::from_code(&query.kind);
    let found = visit.app.store().entries(&record, kind, query.before(), PAGE).await?;
    let full = found.len() == usize::try_from(PAGE).unwrap_or(usize::MAX);
    let next = found
        .last()
        .filter(|_| full)
        .map(|last| format!("/api/incidents/{id}/log?kind={}&before={}", query.kind, log::after(last)));
    json(&Page { rows: found.into_iter().map(entry_out).collect(), next })
}
