use std::collections::BTreeMap;

use axum::extract::Query;
use lianfang_domain::{PlanId, access::Act};
use lianfang_store::PlanRecord;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{
    answer,
    changes::compared,
    edit::{self, EditForm},
    here,
    list::{Before, PAGE},
    place::{self, PlaceForm},
    settle, units, upload,
};
use crate::{
    Fault,
    api::{Page, json, operation},
    at::At,
    fault::PageResult,
    form::Seen,
    route::Routes,
    visit::Visit,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let list = operation("listPlans", "Plans, the latest first").query::<Before>().answers::<Page<PlanOut>>();
    let add = operation("uploadPlan", "Upload a document and have it read").query::<PlanFile>().takes_file().creates();
    let content = operation("readPlanContent", "What was read from a plan, with its text").answers::<ContentOut>();
    let changes =
        operation("comparePlan", "How a plan differs from the one whose place it takes").answers::<ChangesOut>();
    let answers = operation("answerFindings", "Answer what is doubtful").body::<AnswersIn>();
    let means = operation("settlePlanUnits", "Say which units the names in a plan mean").body::<UnitsIn>();
    routes
        .api_get("/api/plans", Act::ViewPlans, listed, list)
        .api_post("/api/plans", Act::ChangePlans, upload::send, add)
        .api_get("/api/plans/{id}", Act::ViewPlans, one, operation("readPlan", "A plan").answers::<PlanOut>())
        .api_get("/api/plans/{id}/content", Act::ViewPlans, whole, content)
        .api_get("/api/plans/{id}/changes", Act::ViewPlans, differs, changes)
        .api_post("/api/plans/{id}/answers", Act::ChangePlans, answer::send, answers)
        .api_post("/api/plans/{id}/units", Act::ChangePlans, units::send, means)
        .api_post(
            "/api/plans/{id}/clauses/{place}",
            Act::ChangePlans,
            edit::send,
            operation("editPlanItem", "Correct, drop, split or join an item of a draft").body::<EditForm>(),
        )
        .api_post(
            "/api/plans/{id}/place",
            Act::ChangePlans,
            place::send,
            operation("placePlan", "Say to which plan a draft belongs").body::<PlaceForm>(),
        )
        .api_post(
            "/api/plans/{id}/accept",
            Act::AcceptPlans,
            settle::accept,
            operation("acceptPlan", "Accept a plan").body::<Seen>(),
        )
        .api_post(
            "/api/plans/{id}/drop",
            Act::ChangePlans,
            settle::drop_it,
            operation("dropPlan", "Put a draft aside").body::<Seen>(),
        )
}

/// What stands in the address of an upload.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used, in the document")]
struct PlanFile {
    /// The name of the file.
    file: String,
    /// The area that it is for.
    area: String,
    /// The accepted plan of which it is a new version.
    follows: Option<String>,
    /// overall, special, department or annual.
    tier: Option<String>,
    /// The plan to which it belongs.
    parent: Option<String>,
}

/// `verdict_N` (`as_written`, `corrected` or `dismissed`) and `note_N` for findings, by their place from 0.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used, in the document")]
struct AnswersIn {
    #[serde(flatten)]
    answers: BTreeMap<String, String>,
}

/// `name_N` with `unit_N` (a unit, `new` or `none`).
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used, in the document")]
struct UnitsIn {
    #[serde(flatten)]
    units: BTreeMap<String, String>,
}

/// A plan.
#[derive(Debug, Serialize, JsonSchema)]
struct PlanOut {
    id: String,
    area: String,
    title: String,
    /// What kind of document the reader takes it for.
    kind: String,
    /// draft, accepted or replaced.
    state: &'static str,
    file: String,
    n_errors: i64,
    n_findings: i64,
    /// The plan of which it is a new version.
    replaces: Option<String>,
    /// overall, special, department or annual.
    tier: &'static str,
    /// The plan to which it belongs.
    parent: Option<String>,
    made_by: String,
    made_at_ms: i64,
    settled_by: String,
    settled_at_ms: Option<i64>,
    /// To be sent back with a change.
    version: i64,
}

/// What was read from a plan, as `lianfang plan read --format json` gives it, and what was said about it.
#[derive(Debug, Serialize, JsonSchema)]
struct ContentOut {
    /// The plan.
    plan: Value,
    /// What is doubtful.
    findings: Value,
    /// What was said about the findings.
    answers: Vec<AnswerOut>,
    /// Which units the names mean.
    units: Vec<MeantOut>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct AnswerOut {
    /// The place of the finding, from 0.
    finding: usize,
    verdict: &'static str,
    note: String,
    by: String,
    at_ms: i64,
}

#[derive(Debug, Serialize, JsonSchema)]
struct MeantOut {
    name: String,
    /// None where no single unit is meant.
    unit: Option<String>,
}

fn plan_out(plan: PlanRecord) -> PlanOut {
    PlanOut {
        id: plan.id.to_string(),
        area: plan.area.to_string(),
        title: plan.title,
        kind: plan.kind,
        state: plan.state.code(),
        file: plan.file,
        n_errors: plan.n_errors,
        n_findings: plan.n_findings,
        replaces: plan.replaces.map(|id| id.to_string()),
        tier: plan.tier.code(),
        parent: plan.parent.map(|id| id.to_string()),
        made_by: plan.made_by,
        made_at_ms: plan.made_at_ms,
        settled_by: plan.settled_by,
        settled_at_ms: plan.settled_at_ms,
        version: plan.version,
    }
}

/// How a plan differs from the one whose place it takes, as `lianfang plan diff --format json` gives it.
#[derive(Debug, Serialize, JsonSchema)]
struct ChangesOut {
    old: String,
    new: String,
    /// The differences.
    changes: Value,
}

async fn differs(visit: Visit, At(id): At<PlanId>) -> PageResult {
    let compared = compared(&visit, id).await?;
    let changes = serde_json::to_value(&compared.changes).map_err(|error| Fault::Broken(error.to_string()))?;
    json(&ChangesOut { old: compared.old.id.to_string(), new: compared.new.id.to_string(), changes })
}

async fn listed(visit: Visit, Query(query): Query<Before>) -> PageResult {
    let before = query.before.parse::<PlanId>().ok();
    let plans = visit.app.store().plans(&visit.scope, before, PAGE).await?;
    let full = plans.len() == usize::try_from(PAGE).unwrap_or(usize::MAX);
    let next = plans.last().filter(|_| full).map(|last| format!("/api/plans?before={}", last.id));
    json(&Page { rows: plans.into_iter().map(plan_out).collect(), next })
}

async fn one(visit: Visit, At(id): At<PlanId>) -> PageResult {
    json(&plan_out(here(&visit, id).await?))
}

async fn whole(visit: Visit, At(id): At<PlanId>) -> PageResult {
    let (record, store) = (here(&visit, id).await?, visit.app.store());
    let content = store.plan_content(&record).await?;
    store.record_read(&visit.actor(), visit.act, &format!("plan:{id}"), Some(&record.area), "");
    let value = |value: Result<Value, serde_json::Error>| value.map_err(|error| Fault::Broken(error.to_string()));
    let answers = store.plan_answers(&record).await?.into_values();
    let units = store.plan_units(&record).await?.into_iter();
    json(&ContentOut {
        plan: value(serde_json::to_value(&content.plan))?,
        findings: value(serde_json::to_value(&content.findings))?,
        answers: answers
            .map(|one| AnswerOut {
                finding: one.finding,
                verdict: one.verdict.code(),
                note: one.note,
                by: one.by,
                at_ms: one.at_ms,
            })
            .collect(),
        units: units.map(|one| MeantOut { name: one.name, unit: one.unit.map(|id| id.to_string()) }).collect(),
    })
}
