use askama::Template;
use lianfang_domain::{
    access::Act,
    report::{Cadence, Cell, ReportState, ReportTemplate},
};
use lianfang_store::ReportSearch;

use super::{
    completeness::{day_line, versions_of},
    href,
    owed::{OwedLine, owed, own_scope},
    show::tone,
    words::ReportWords,
};
use crate::{Fault, Frame, fault::PageResult, page::page, shown::instant, visit::Visit};

/// What has to be handed in now, what was handed in last, and for those who receive reports how complete today is.
#[derive(Template)]
#[template(path = "report/mine.html")]
pub(crate) struct MinePage {
    frame: Frame,
    t: ReportWords,
    reports: bool,
    late: Vec<OwedLine>,
    next: Vec<OwedLine>,
    /// Templates by which something urgent is reported at once: name and address.
    at_once: Vec<(String, String)>,
    days: Vec<DayLine>,
    latest: Vec<LatestLine>,
    may_see_templates: bool,
    may_fill: bool,
}

struct DayLine {
    name: String,
    words: String,
    tone: &'static str,
    due: String,
    href: String,
}

struct LatestLine {
    href: String,
    title: String,
    unit: String,
    when: String,
    state: String,
    tone: &'static str,
}

/// Reports handed in last that are shown.
const LATEST: u32 = 12;
/// Units named in a line.
const NAMES: usize = 6;

pub(super) async fn show(visit: Visit) -> PageResult {
    let t = ReportWords(visit.lang);
    let own = own_scope(&visit);
    let (late, next) = owed(&visit, &own).await?.into_iter().partition(|line| line.is_late || !line.why.is_empty());
    let receives = visit.may(Act::ReturnReports) || own.is_nothing();
    page(&MinePage {
        frame: visit.frame(t.title(), Vec::new()),
        t,
        reports: !own.is_nothing(),
        late,
        next,
        at_once: at_once(&visit).await?,
        days: if receives { days(&visit).await? } else { Vec::new() },
        latest: latest(&visit).await?,
        may_see_templates: visit.may(Act::ViewReportTemplates),
        may_fill: visit.may(Act::FillReports),
    })
}

/// The templates by which the user's units report at once.
async fn at_once(visit: &Visit) -> Result<Vec<(String, String)>, Fault> {
    let (store, own) = (visit.app.store(), own_scope(visit));
    if own.is_nothing() {
        return Ok(Vec::new());
    }
    let units = store.reporting_units(&own, None).await?;
    let mut found = Vec::new();
    for record in store.report_templates(&own).await? {
        let template = record.template;
        let is_one = matches!(template.cadence, Cadence::AtOnce { .. });
        let mut asked = units.iter().filter(|unit| unit.is_asked(&template.assigned));
        if let (true, Some(unit)) = (is_one, asked.next()) {
            let href = format!("/reports/fill?template={}&unit={}", template.id, unit.id);
            found.push((template.name(visit.lang).to_owned(), href));
        }
    }
    Ok(found)
}

/// How complete the present report of each template is.
async fn days(visit: &Visit) -> Result<Vec<DayLine>, Fault> {
    let (store, lang) = (visit.app.store(), visit.lang);
    let units = store.reporting_units(&visit.scope, None).await?;
    let mut days = Vec::new();
    for record in store.report_templates(&visit.scope).await? {
        let versions = versions_of(store, record.template.id, &visit.scope).await?;
        let held = ReportTemplate::in_force(&versions, visit.day());
        let Some(due) = held.and_then(|held| held.cadence.due_on(held.covers, visit.day())) else { continue };
        let at = (due.period.on, visit.now_ms);
        let (all, words) = day_line(store, record.template.id, (&visit.scope, &units), at, (NAMES, lang)).await?;
        if all.n_asked() == 0 {
            continue;
        }
        let tone = if all.n_missing + all.n_returned > 0 {
            "bad"
        } else if all.n_in() == all.n_asked() {
            "good"
        } else {
            "neutral"
        };
        days.push(DayLine {
            name: record.template.name(lang).to_owned(),
            words,
            tone,
            due: instant(due.due_at_ms, lang),
            href: format!("/reports/board?template={}", record.template.id),
        });
    }
    Ok(days)
}

async fn latest(visit: &Visit) -> Result<Vec<LatestLine>, Fault> {
    let store = visit.app.store();
    let search = ReportSearch {
        states: vec![ReportState::Submitted],
        latest_first: true,
        limit: LATEST,
        ..ReportSearch::default()
    };
    let templates = store.report_templates(&visit.scope).await?;
    let mut lines = Vec::new();
    for record in store.reports(&search, &visit.scope).await? {
        let unit = store.reporting_unit(record.key.unit, &visit.scope).await?;
        let name = templates.iter().find(|one| one.template.id == record.key.template);
        let cell = Cell::of(&record.facts(), visit.now_ms);
        lines.push(LatestLine {
            href: href(record.id),
            title: name.map(|one| one.template.name(visit.lang).to_owned()).unwrap_or_default(),
            unit: unit.map(|unit| unit.name).unwrap_or_default(),
            when: record.last_submitted_at_ms.map(|at_ms| instant(at_ms, visit.lang)).unwrap_or_default(),
            state: cell.state.words(visit.lang),
            tone: tone(cell.state),
        });
    }
    Ok(lines)
}
