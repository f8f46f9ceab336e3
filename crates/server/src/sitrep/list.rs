use askama::Template;
use axum::extract::Query;
use lianfang_domain::{access::Act, sitrep::SitrepState};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{href, number_words, seen, words::SitrepWords};
use crate::{
    Frame,
    fault::PageResult,
    page::page,
    shown::{date, instant},
    visit::Visit,
};

/// Reports on a page.
pub(super) const PAGE: u32 = 30;

/// The list of situation reports.
#[derive(Template)]
#[template(path = "sitrep/list.html")]
pub(crate) struct SitrepsPage {
    frame: Frame,
    t: SitrepWords,
    rows: Vec<SitrepLine>,
    next: String,
    is_first: bool,
    may_write: bool,
}

struct SitrepLine {
    href: String,
    name: String,
    kind: &'static str,
    state: &'static str,
    tone: &'static str,
    number: String,
    on: String,
    issued: String,
}

/// From where on the list is shown.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "SitrepQuery")]
pub(super) struct ListQuery {
    /// The identifier of the last one that was seen.
    pub(super) before: String,
}

pub(super) fn tone(state: SitrepState) -> &'static str {
    match state {
        SitrepState::Draft => "neutral",
        SitrepState::Cleared => "warning",
        SitrepState::Issued => "good",
        SitrepState::Withdrawn | SitrepState::Dropped => "bad",
    }
}

pub(super) async fn show(visit: Visit, Query(query): Query<ListQuery>) -> PageResult {
    let (t, lang) = (SitrepWords(visit.lang), visit.lang);
    let before = query.before.parse().ok();
    let found = visit.app.store().sitreps(seen(&visit), &visit.scope, before, PAGE).await?;
    let is_full = found.len() == usize::try_from(PAGE).unwrap_or(0);
    let last = found.last().filter(|_| is_full).map(|one| format!("/sitreps?before={}", one.sitrep.id));
    let rows = found.into_iter().map(|one| SitrepLine {
        href: href(one.sitrep.id),
        kind: one.sitrep.kind.words(lang),
        state: one.state.words(lang),
        tone: tone(one.state),
        number: number_words(&one, &visit),
        on: date(one.sitrep.on, lang),
        issued: one.issued_at_ms.map(|at| format!("{} {}", instant(at, lang), one.issued_by)).unwrap_or_default(),
        name: one.sitrep.name,
    });
    page(&SitrepsPage {
        frame: visit.frame(t.title(), Vec::new()),
        rows: rows.collect(),
        next: last.unwrap_or_default(),
        is_first: before.is_none(),
        may_write: visit.may(Act::WriteSitreps),
        t,
    })
}
