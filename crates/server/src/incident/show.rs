use askama::Template;
use lianfang_domain::{
    IncidentId,
    access::Act,
    clock::Facts,
    incident::{DiseaseClass, IncidentKind, ParameterName, first_report},
    plan::Number,
    response::{EndClock, EndFacts},
};
use lianfang_store::{CaseOrigin, IncidentRecord};

use super::{
    IncidentWords,
    board::Board,
    disease_words, here, href, level_class, level_words,
    log::{EntryLine, line},
    pages, plan_of, trail,
};
use crate::{
    Fault, Frame,
    app::day_of,
    at::At,
    fault::PageResult,
    form::FormErrors,
    page::{form_page, page},
    shown::{date, grouped, instant},
    visit::Visit,
};

/// Entries of the log shown beside the rest.
const LATEST: u32 = 12;

/// An incident at a glance: the first screen of the headquarters.
#[derive(Template)]
#[template(path = "incident/show.html")]
pub(crate) struct IncidentPage {
    frame: Frame,
    t: IncidentWords,
    href: String,
    pages: Vec<(String, &'static str, bool)>,
    version: i64,
    level: String,
    level_class: &'static str,
    since: String,
    /// The clock to the earliest possible end: how long, until when.
    end: Option<(String, String)>,
    facts: Vec<(&'static str, String)>,
    plan: Option<(String, String)>,
    /// Where the differences of a newer version of the plan are shown; empty while there is none.
    newer_plan: String,
    report: Option<ReportShown>,
    figures: Vec<(String, String, String)>,
    phase: String,
    entries: Vec<EntryLine>,
    board: Board,
    /// What waits for a decision: what it is, and where.
    waiting: Vec<(String, String)>,
    may_issue: bool,
    is_closed: bool,
    may_change: bool,
    may_close: bool,
    errors: FormErrors,
}

form_page!(IncidentPage);

struct ReportShown {
    rule: String,
    due: String,
    reported: String,
    late: String,
    source: &'static str,
}

pub(super) async fn show(visit: Visit, At(id): At<IncidentId>) -> PageResult {
    let record = here(&visit, id).await?;
    page(&incident_page(&visit, &record, FormErrors::default()).await?)
}

pub(super) async fn incident_page(
    visit: &Visit,
    record: &IncidentRecord,
    errors: FormErrors,
) -> Result<IncidentPage, Fault> {
    let (t, lang) = (IncidentWords(visit.lang), visit.lang);
    let entries = visit.app.store().entries(record, None, None, LATEST).await?;
    let clock = end_clock(visit, record).await?;
    let plan = plan_of(visit, record.plan).await?;
    let is_closed = record.closed_at_ms.is_some();
    let may_change = visit.may(Act::ChangeIncidents);
    Ok(IncidentPage {
        frame: visit.frame(&record.name, trail(visit, None)),
        href: href(record.id),
        pages: pages(visit, record.id),
        version: record.version,
        level: level_words(record.level, visit),
        level_class: level_class(record.level),
        since: record.level_since_ms.map(|at| instant(at, lang)).unwrap_or_default(),
        end: clock.map(|clock| (clock.words(visit.day(), lang), date(clock.earliest_on, lang))),
        facts: facts(visit, record).await?,
        newer_plan: newer_plan(visit, record).await?,
        plan: plan.map(|plan| (plan.title, format!("/plans/{}", plan.id))),
        report: report(visit, record).await?,
        figures: figures(visit, record).await?,
        phase: phase(visit, record).await?,
        entries: entries.into_iter().map(|entry| line(visit, entry)).collect(),
        board: Board::of(visit, record).await?,
        waiting: waiting(visit, record).await?,
        may_issue: !is_closed && record.plan.is_some() && visit.scope_of(Act::IssueOrders).holds_area(&record.area),
        is_closed,
        may_change: may_change && !is_closed,
        may_close: may_change && (is_closed || record.level.is_none()),
        errors,
        t,
    })
}

/// What the incident's parameters, as they are set now, say for the time limits of its plan.
pub(crate) async fn limit_facts(visit: &Visit, record: &IncidentRecord) -> Result<Facts, Fault> {
    let parameters = visit.app.store().parameters(record).await?;
    let value = |name| parameters.iter().rev().find(|one| one.name == name).map(|one| one.value.as_str());
    let mean = value(ParameterName::MeanIncubationDays).and_then(|days| days.parse().ok());
    Ok(Facts {
        maximum_incubation_days: value(ParameterName::MaxIncubationDays).and_then(|days| days.parse().ok()),
        mean_incubation_days: mean.map(Number),
        at_once_grace_minutes: value(ParameterName::AtOnceMinutes).and_then(|minutes| minutes.parse().ok()),
    })
}

/// What is known for the clock to the end.
pub(crate) async fn end_facts(visit: &Visit, record: &IncidentRecord) -> Result<EndFacts, Fault> {
    let cases = visit.app.store().cases_of(record).await?;
    let local = cases.iter().filter(|one| one.struck.is_none() && one.cases.origin == CaseOrigin::Local);
    Ok(EndFacts {
        last_isolated_on: local.map(|one| one.cases.isolated_on).max(),
        began_on: record.began_at_ms.map_or_else(|| visit.day(), day_of),
        max_incubation_days: limit_facts(visit, record).await?.maximum_incubation_days,
    })
}

/// The clock to the earliest end of the response that runs; none while none runs or nobody knows how long.
pub(crate) async fn end_clock(visit: &Visit, record: &IncidentRecord) -> Result<Option<EndClock>, Fault> {
    if record.level.is_none() || record.kind == IncidentKind::PlannedEvent {
        return Ok(None);
    }
    Ok(EndClock::of(&end_facts(visit, record).await?, 2))
}

async fn facts(visit: &Visit, record: &IncidentRecord) -> Result<Vec<(&'static str, String)>, Fault> {
    let (t, lang) = (IncidentWords(visit.lang), visit.lang);
    let area = visit.app.store().area_row(&record.area, &visit.scope, visit.day()).await?;
    let grade = record.grade.map(|grade| grade.words(lang)).unwrap_or_default();
    let mut facts = vec![
        (t.kind(), record.kind.words(lang).to_owned()),
        (t.area(), area.map_or_else(|| record.area.to_string(), |area| area.name)),
    ];
    if !record.disease.is_empty() {
        facts.push((t.disease(), disease_words(&record.disease, visit)));
    }
    if record.kind.must_be_reported() {
        facts.push((t.grade(), grade));
        facts.push((t.onset_on(), record.onset_on.map(|day| date(day, lang)).unwrap_or_default()));
        facts.push((t.discovered_at(), instant(record.discovered_at_ms, lang)));
    }
    if !record.summary.is_empty() {
        facts.push((t.summary(), record.summary.clone()));
    }
    Ok(facts)
}

async fn report(visit: &Visit, record: &IncidentRecord) -> Result<Option<ReportShown>, Fault> {
    let (t, lang) = (IncidentWords(visit.lang), visit.lang);
    let parameters = visit.app.store().parameters(record).await?;
    let class = parameters.iter().rev().find(|one| one.name == ParameterName::Class);
    let class = class.and_then(|one| DiseaseClass::from_code(&one.value));
    let report = first_report(record.kind, class, record.discovered_at_ms, record.reported_at_ms);
    Ok(report.map(|report| ReportShown {
        rule: report.words(lang),
        due: instant(report.due_at_ms, lang),
        reported: record
            .reported_at_ms
            .map(|at| format!("{} → {}", instant(at, lang), record.reported_to))
            .unwrap_or_default(),
        late: report.minutes_late(visit.now_ms).map(|minutes| t.late(minutes)).unwrap_or_default(),
        source: report.source,
    }))
}

/// Where the differences of the accepted plan that follows the one in use are shown.
async fn newer_plan(visit: &Visit, record: &IncidentRecord) -> Result<String, Fault> {
    let Some(plan) = record.plan else { return Ok(String::new()) };
    let newer = visit.app.store().plan_after(plan, &visit.scope_of(Act::ViewPlans)).await?;
    Ok(newer.map(|plan| format!("/plans/{}/changes", plan.id)).unwrap_or_default())
}

/// What waits for a decision: a change of level that is open.
async fn waiting(visit: &Visit, record: &IncidentRecord) -> Result<Vec<(String, String)>, Fault> {
    let proposals = visit.app.store().proposals(record).await?;
    let open = proposals.into_iter().filter(|one| one.state.is_open());
    let line = |one: lianfang_store::ProposalRecord| {
        let words = format!("{} · {}", one.change.words(visit.lang), one.state.words(visit.lang));
        (words, crate::response::proposal_href(record.id, one.id))
    };
    Ok(open.map(line).collect())
}

/// The latest of each figure: name, value, as of when.
pub(super) async fn figures(visit: &Visit, record: &IncidentRecord) -> Result<Vec<(String, String, String)>, Fault> {
    let mut latest = std::collections::BTreeMap::new();
    for one in visit.app.store().figures_of(record).await? {
        latest.insert(one.figure, (one.value, one.as_of_ms));
    }
    let shown = latest.into_iter().map(|(figure, (value, as_of))| {
        (figure.words(visit.lang).to_owned(), grouped(value), instant(as_of, visit.lang))
    });
    Ok(shown.collect())
}

async fn phase(visit: &Visit, record: &IncidentRecord) -> Result<String, Fault> {
    let day = visit.day();
    let phases = visit.app.store().phases(record).await?;
    let now = phases
        .iter()
        .find(|phase| phase.from_on.is_none_or(|from| from <= day) && phase.until_on.is_none_or(|until| day <= until));
    Ok(now.map(|phase| format!("{}（{}）", phase.name, super::phase::days(visit, phase))).unwrap_or_default())
}
