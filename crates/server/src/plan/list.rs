use askama::Template;
use axum::extract::Query;
use lianfang_domain::{PlanId, access::Act, plan::PlanState};
use lianfang_store::PlanRecord;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{href, kind_words, words::PlanWords};
use crate::{Frame, fault::PageResult, page::page, shown::instant, visit::Visit};

/// Plans on a page.
pub(super) const PAGE: u32 = 50;

/// The list of plans.
#[derive(Template)]
#[template(path = "plan/list.html")]
pub(crate) struct PlansPage {
    frame: Frame,
    t: PlanWords,
    rows: Vec<PlanLine>,
    next: Option<String>,
    may_change: bool,
}

struct PlanLine {
    href: String,
    title: String,
    area: String,
    kind: &'static str,
    state: &'static str,
    tone: &'static str,
    uploaded: String,
    settled: String,
}

/// Where the list goes on.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "PlanQuery")]
pub(super) struct Before {
    /// The plan before which to go on.
    pub(super) before: String,
}

pub(super) fn tone(state: PlanState) -> &'static str {
    match state {
        PlanState::Draft => "warning",
        PlanState::Accepted => "good",
        PlanState::Replaced | PlanState::Dropped => "neutral",
    }
}

pub(super) async fn show(visit: Visit, Query(query): Query<Before>) -> PageResult {
    let t = PlanWords(visit.lang);
    let before = query.before.parse::<PlanId>().ok();
    let mut plans = visit.app.store().plans(&visit.scope, before, PAGE + 1).await?;
    let limit = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = plans.len() > limit;
    plans.truncate(limit);
    let next = plans.last().filter(|_| more).map(|last| format!("/plans?before={}", last.id));
    let mut rows = Vec::new();
    for plan in plans {
        let area = visit.app.store().area_row(&plan.area, &visit.scope, visit.day()).await?;
        let area = area.map_or_else(|| plan.area.to_string(), |area| area.name);
        rows.push(line(plan, area, &visit));
    }
    let may_change = visit.may(Act::ChangePlans);
    page(&PlansPage { frame: visit.frame(t.title(), Vec::new()), t, rows, next, may_change })
}

fn line(plan: PlanRecord, area: String, visit: &Visit) -> PlanLine {
    let by = |at: Option<i64>, who: &str| at.map(|at| format!("{} {who}", instant(at, visit.lang)));
    PlanLine {
        href: href(plan.id),
        area,
        kind: kind_words(&plan.kind, visit),
        state: plan.state.words(visit.lang),
        tone: tone(plan.state),
        uploaded: by(Some(plan.made_at_ms), &plan.made_by).unwrap_or_default(),
        settled: by(plan.settled_at_ms, &plan.settled_by).unwrap_or_default(),
        title: plan.title,
    }
}
