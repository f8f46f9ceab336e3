use askama::Template;
use axum::extract::Query;
use lianfang_domain::{EntryId, IncidentId, access::Act, incident::EntryKind};
use lianfang_store::{EntryRecord, IncidentRecord};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{IncidentWords, event::EntryForm, here, href, pages, trail};
use crate::{
    Choice, Fault, Frame,
    at::At,
    fault::PageResult,
    form::FormErrors,
    page::{form_page, page},
    shown::instant,
    typed_time::field_of,
    visit::Visit,
};

/// Entries on a page.
const PAGE: u32 = 100;

/// The log of an incident.
#[derive(Template)]
#[template(path = "incident/log.html")]
pub(crate) struct LogPage {
    frame: Frame,
    t: IncidentWords,
    href: String,
    pages: Vec<(String, &'static str, bool)>,
    kinds: Vec<Choice>,
    entries: Vec<EntryLine>,
    next: Option<String>,
    form: EntryForm,
    entry_kinds: Vec<Choice>,
    may_change: bool,
    errors: FormErrors,
}

form_page!(LogPage);

/// An entry as a line of the timeline.
pub(crate) struct EntryLine {
    pub(crate) when: String,
    pub(crate) who: String,
    pub(crate) kind: &'static str,
    pub(crate) words: String,
    pub(crate) basis: String,
    pub(crate) addressees: String,
    /// When it was noted, where that was later.
    pub(crate) noted: String,
}

/// Which entries, and where the log goes on.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "LogQuery")]
pub(super) struct Page {
    /// Entries of this kind alone.
    pub(super) kind: String,
    /// Where to go on: an instant and an entry, as `next` gave it.
    pub(super) before: String,
}

impl Page {
    pub(super) fn before(&self) -> Option<(i64, EntryId)> {
        let (at_ms, id) = self.before.split_once('-')?;
        Some((at_ms.parse().ok()?, id.parse().ok()?))
    }
}

/// How the log goes on after an entry.
pub(super) fn after(entry: &EntryRecord) -> String {
    format!("{}-{}", entry.entry.at_ms, entry.id)
}

pub(super) async fn show(visit: Visit, At(id): At<IncidentId>, Query(query): Query<Page>) -> PageResult {
    let record = here(&visit, id).await?;
    let form = EntryForm { at: field_of(visit.now_ms), ..EntryForm::default() };
    page(&log_page(&visit, &record, &query, form, FormErrors::default()).await?)
}

pub(super) async fn log_page(
    visit: &Visit,
    record: &IncidentRecord,
    query: &Page,
    form: EntryForm,
    errors: FormErrors,
) -> Result<LogPage, Fault> {
    let t = IncidentWords(visit.lang);
    let kind = EntryKind::from_code(&query.kind);
    let mut found = visit.app.store().entries(record, kind, query.before(), PAGE + 1).await?;
    let limit = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let to = format!("{}/log", href(record.id));
    let next = found.last().filter(|_| more).map(|last| format!("{to}?kind={}&before={}", query.kind, after(last)));
    let is_open = record.closed_at_ms.is_none();
    let entry_kinds = [EntryKind::Event, EntryKind::Decision].map(|kind| (kind.code(), kind.words(visit.lang)));
    let entry_kind = if form.kind.is_empty() { EntryKind::Event.code() } else { &form.kind };
    Ok(LogPage {
        frame: visit.frame(t.log(), trail(visit, Some(record))),
        href: href(record.id),
        pages: pages(visit, record.id),
        kinds: Choice::all(EntryKind::ALL.map(|kind| (kind.code(), kind.words(visit.lang))), &query.kind),
        entries: found.into_iter().map(|entry| line(visit, entry)).collect(),
        next,
        entry_kinds: Choice::all(entry_kinds, entry_kind),
        form,
        may_change: is_open && visit.may(Act::ChangeIncidents),
        errors,
        t,
    })
}

/// An entry as it is shown.
pub(crate) fn line(visit: &Visit, record: EntryRecord) -> EntryLine {
    let EntryRecord { entry, noted_at_ms, who, .. } = record;
    let is_late = noted_at_ms - entry.at_ms >= 60_000;
    EntryLine {
        when: instant(entry.at_ms, visit.lang),
        who,
        kind: entry.kind.words(visit.lang),
        words: entry.words,
        basis: entry.basis,
        addressees: entry.addressees,
        noted: if is_late { instant(noted_at_ms, visit.lang) } else { String::new() },
    }
}
