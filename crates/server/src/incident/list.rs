use askama::Template;
use axum::extract::Query;
use lianfang_domain::{IncidentId, access::Act, incident::IncidentState};
use lianfang_store::IncidentRecord;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{IncidentWords, disease_words, href, level_class, level_words};
use crate::{Frame, fault::PageResult, page::page, shown::instant, visit::Visit};

/// Incidents on a page.
pub(super) const PAGE: u32 = 50;

/// The list of incidents.
#[derive(Template)]
#[template(path = "incident/list.html")]
pub(crate) struct IncidentsPage {
    frame: Frame,
    t: IncidentWords,
    rows: Vec<IncidentLine>,
    next: Option<String>,
    is_closed: bool,
    may_open: bool,
}

struct IncidentLine {
    href: String,
    name: String,
    kind: &'static str,
    area: String,
    disease: String,
    level: String,
    level_class: &'static str,
    since: String,
    grade: String,
    discovered: String,
}

/// Which incidents, and where the list goes on.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "IncidentQuery")]
pub(super) struct Asked {
    /// `open` (as when left out) or `closed`.
    pub(super) state: String,
    /// The incident before which to go on.
    pub(super) before: String,
}

impl Asked {
    pub(super) fn state(&self) -> IncidentState {
        IncidentState::from_code(&self.state).unwrap_or(IncidentState::Open)
    }
}

pub(super) async fn show(visit: Visit, Query(query): Query<Asked>) -> PageResult {
    let (t, state) = (IncidentWords(visit.lang), query.state());
    let before = query.before.parse::<IncidentId>().ok();
    let mut found = visit.app.store().incidents(&visit.scope, state, before, PAGE + 1).await?;
    let limit = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let next =
        found.last().filter(|_| more).map(|last| format!("/incidents?state={}&before={}", state.code(), last.id));
    let mut rows = Vec::new();
    for record in found {
        rows.push(line(&visit, record).await?);
    }
    let is_closed = state == IncidentState::Closed;
    let may_open = visit.may(Act::ChangeIncidents);
    page(&IncidentsPage { frame: visit.frame(t.title(), Vec::new()), t, rows, next, is_closed, may_open })
}

async fn line(visit: &Visit, record: IncidentRecord) -> Result<IncidentLine, crate::Fault> {
    let area = visit.app.store().area_row(&record.area, &visit.scope, visit.day()).await?;
    Ok(IncidentLine {
        href: href(record.id),
        kind: record.kind.words(visit.lang),
        area: area.map_or_else(|| record.area.to_string(), |area| area.name),
        disease: disease_words(&record.disease, visit),
        level: level_words(record.level, visit),
        level_class: level_class(record.level),
        since: record.level_since_ms.map(|at| instant(at, visit.lang)).unwrap_or_default(),
        grade: record.grade.map(|grade| grade.words(visit.lang)).unwrap_or_default(),
        discovered: instant(record.discovered_at_ms, visit.lang),
        name: record.name,
    })
}
