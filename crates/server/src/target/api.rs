use std::collections::BTreeMap;

use axum::extract::Query;
use lianfang_domain::{access::Act, indicator::GapVerdict};
use schemars::JsonSchema;
use serde::Serialize;

use super::{edit, list::reckoned};
use crate::{
    Fault,
    api::{Page, json, operation},
    fault::PageResult,
    form::Seen,
    indicator::{Asked, area_of},
    route::Routes,
    visit::Visit,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let list = operation("listTargets", "Targets with what is required, held and missing")
        .query::<Asked>()
        .answers::<Page<TargetOut>>();
    routes
        .api_get("/api/targets", Act::ViewIndicators, listed, list)
        .api_post(
            "/api/targets",
            Act::ChangeIndicators,
            edit::send_new,
            operation("addTarget", "Set a target").body::<TargetIn>(),
        )
        .api_post(
            "/api/targets/{id}",
            Act::ChangeIndicators,
            edit::send,
            operation("changeTarget", "Change a target").body::<TargetIn>(),
        )
        .api_post(
            "/api/targets/{id}/end",
            Act::ChangeIndicators,
            edit::end,
            operation("endTarget", "End a target").body::<Seen>(),
        )
}

/// `place`, `indicator`, `comparator` (`at_least`, `at_most`, `equal`), `how` (`amount`, `per_population`,
/// `per_indicator`, `infection_control`, `lost`) with `n`, `per`, `of`, `question`; `deadline_on`, `unit`, `basis`.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used, in the document")]
struct TargetIn {
    #[serde(flatten)]
    fields: BTreeMap<String, String>,
}

/// A target, reckoned.
#[derive(Debug, Serialize, JsonSchema)]
struct TargetOut {
    id: String,
    area: String,
    /// The code of the indicator.
    indicator: String,
    comparator: &'static str,
    /// By the lowest reading, as decimal text; null where it cannot be told.
    required_low: Option<String>,
    /// By the highest reading.
    required_high: Option<String>,
    /// How it was reckoned.
    reckoning: String,
    /// What is held, where all of it is known.
    held: Option<String>,
    /// met, short, met_by_lowest or open.
    verdict: &'static str,
    /// What is missing by the highest reading; null where it cannot be told.
    gap: Option<String>,
    /// What has to be asked first.
    question: Option<String>,
    deadline_on: Option<String>,
    basis: String,
    /// To be sent back with a change.
    version: i64,
}

async fn listed(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let area = area_of(&visit, &asked.area, &visit.scope).await?.ok_or(Fault::NotFound)?;
    let on = asked.day(&visit).unwrap_or_else(|| visit.day());
    let found = reckoned(&visit, &area.code, on).await?;
    let rows = found.into_iter().map(|one| {
        let (verdict, gap) = match &one.verdict {
            GapVerdict::Met => ("met", Some("0".to_owned())),
            GapVerdict::Short(span) => ("short", Some(span.high.to_string())),
            GapVerdict::MetByLowest(most) => ("met_by_lowest", Some(most.to_string())),
            GapVerdict::Open(most) => ("open", most.map(|most| most.to_string())),
        };
        let target = one.record.target;
        TargetOut {
            id: target.id.to_string(),
            area: target.place.to_string(),
            indicator: target.indicator,
            comparator: target.comparator.code(),
            required_low: one.requirement.span.map(|span| span.low.to_string()),
            required_high: one.requirement.span.map(|span| span.high.to_string()),
            reckoning: one.requirement.shown,
            held: one.held.amount().map(|amount| amount.to_string()),
            verdict,
            gap,
            question: one.requirement.question,
            deadline_on: target.deadline_on.map(|day| day.to_string()),
            basis: target.basis,
            version: one.record.version,
        }
    });
    json(&Page { rows: rows.collect(), next: None })
}
