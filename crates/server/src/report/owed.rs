use std::collections::{BTreeMap, BTreeSet};

use jiff::Span;
use lianfang_domain::{
    UnitId,
    access::{Act, Role, Scope, scope},
    clock::{Clock, DAY_MS, Light, Limit},
    report::{Cadence, Cell, Due, ReportState, ReportTemplate},
};
use lianfang_store::{ReportRecord, ReportSearch, ReportingUnit};

use super::{completeness::versions_of, show::tone, words::ReportWords};
use crate::{Fault, order::light_tone, visit::Visit};

/// A report that waits for the user.
pub(crate) struct OwedLine {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) unit: String,
    pub(crate) period: String,
    pub(crate) state: String,
    pub(crate) tone: &'static str,
    pub(crate) light: String,
    pub(crate) light_tone: &'static str,
    pub(crate) is_late: bool,
    pub(crate) due_at_ms: i64,
    pub(crate) why: String,
}

/// Units whose reports are listed one by one at most; who sees more looks at the board.
const MOST_UNITS: usize = 200;
/// Reports that are looked through.
const MOST: u32 = 100;

/// What of the user's rights to report is for units of their own, not on behalf of others.
pub(super) fn own_scope(visit: &Visit) -> Scope {
    let Some(seat) = visit.seat.as_deref() else { return Scope::default() };
    let own = |role: Role| matches!(role, Role::UnitOfficer | Role::TownshipOfficer);
    let grants: Vec<_> = seat.grants.iter().filter(|grant| own(grant.role)).cloned().collect();
    scope(&grants, Act::FillReports, visit.day())
}

/// What the units of a scope have to hand in now, what is over its time first: what was begun, noted as missing or sent
/// back, and what falls due next.
pub(super) async fn owed(visit: &Visit, scope: &Scope) -> Result<Vec<OwedLine>, Fault> {
    if scope.is_nothing() {
        return Ok(Vec::new());
    }
    let store = visit.app.store();
    let mut units = store.reporting_units(scope, None).await?;
    units.truncate(MOST_UNITS);
    let open = [ReportState::Draft, ReportState::Omitted, ReportState::Returned];
    let search = ReportSearch { states: open.to_vec(), latest_first: true, limit: MOST, ..ReportSearch::default() };
    let kept = store.reports(&search, scope).await?;
    let templates: Vec<ReportTemplate> =
        store.report_templates(scope).await?.into_iter().map(|one| one.template).collect();
    let mut lines: Vec<OwedLine> = kept.iter().map(|record| kept_line(visit, record, &units, &templates)).collect();
    for template in &templates {
        lines.extend(due_lines(visit, template, &units, scope).await?);
    }
    lines.sort_by_key(|line| line.due_at_ms);
    Ok(lines)
}

fn light_of(due_at_ms: i64, now_ms: i64) -> Light {
    Clock::start(Limit::At { at_ms: due_at_ms }, due_at_ms - DAY_MS).light(now_ms)
}

fn kept_line(visit: &Visit, record: &ReportRecord, units: &[ReportingUnit], templates: &[ReportTemplate]) -> OwedLine {
    let (lang, key) = (visit.lang, &record.key);
    let cell = Cell::of(&record.facts(), visit.now_ms);
    let light = light_of(key.due_at_ms, visit.now_ms);
    let name = templates.iter().find(|one| one.id == key.template).map(|one| one.name(lang).to_owned());
    let unit = units.iter().find(|one| one.id == key.unit).map(|one| one.name.clone());
    OwedLine {
        href: format!("/reports/fill?report={}", record.id),
        title: name.unwrap_or_default(),
        unit: unit.unwrap_or_default(),
        period: ReportWords::short_day(key.period_on),
        state: cell.state.words(lang),
        tone: tone(cell.state),
        light: light.words(lang),
        light_tone: light_tone(light),
        is_late: visit.now_ms >= key.due_at_ms,
        due_at_ms: key.due_at_ms,
        why: record.why_returned.clone(),
    }
}

/// What falls due next by a template, and what fell due a moment ago and is not noted yet, where nobody has begun.
async fn due_lines(
    visit: &Visit,
    template: &ReportTemplate,
    units: &[ReportingUnit],
    scope: &Scope,
) -> Result<Vec<OwedLine>, Fault> {
    if matches!(template.cadence, Cadence::AtOnce { .. }) || !units.iter().any(|one| one.is_asked(&template.assigned)) {
        return Ok(Vec::new());
    }
    let store = visit.app.store();
    let Some(record) = store.report_template(template.id, scope).await? else { return Ok(Vec::new()) };
    let versions = versions_of(store, template.id, scope).await?;
    let mut lines = Vec::new();
    for (version, due) in due_soon(&versions, visit, record.looked_at_ms) {
        let on = due.period.on;
        let begun = store.report_cells(template.id, (on, on), scope, None).await?;
        let begun: BTreeSet<UnitId> = begun.into_iter().map(|cell| cell.unit).collect();
        let asked = units.iter().filter(|unit| unit.is_asked(&version.assigned) && !begun.contains(&unit.id));
        lines.extend(asked.map(|unit| due_line(visit, version, unit, due)));
    }
    Ok(lines)
}

/// The reports of a template that fall due next, one of each version, and those that fell due since somebody looked.
fn due_soon<'a>(versions: &'a [ReportTemplate], visit: &Visit, looked_ms: i64) -> Vec<(&'a ReportTemplate, Due)> {
    let (day, mut found) = (visit.day(), BTreeMap::new());
    let from = day.yesterday().unwrap_or(day);
    let to = day.checked_add(Span::new().days(33)).unwrap_or(day);
    for version in versions {
        let dues = version.cadence.dues(version.covers, from, to).into_iter();
        let held = dues.filter(|due| {
            ReportTemplate::in_force(versions, due.day).is_some_and(|held| held.version == version.version)
        });
        for due in held.filter(|due| due.due_at_ms > looked_ms) {
            found.entry(due.due_at_ms).or_insert((version, due));
            if due.due_at_ms > visit.now_ms {
                break;
            }
        }
    }
    let next = found.keys().copied().find(|due| *due > visit.now_ms).unwrap_or(i64::MAX);
    found.into_iter().filter(|(due, _)| *due <= next).map(|(_, one)| one).collect()
}

fn due_line(visit: &Visit, template: &ReportTemplate, unit: &ReportingUnit, due: Due) -> OwedLine {
    let cell = Cell::of_nothing(Some(due.due_at_ms), visit.now_ms);
    let light = light_of(due.due_at_ms, visit.now_ms);
    OwedLine {
        href: format!("/reports/fill?template={}&unit={}&on={}", template.id, unit.id, due.period.on),
        title: template.name(visit.lang).to_owned(),
        unit: unit.name.clone(),
        period: ReportWords::short_day(due.period.on),
        state: cell.state.words(visit.lang),
        tone: tone(cell.state),
        light: light.words(visit.lang),
        light_tone: light_tone(light),
        is_late: visit.now_ms >= due.due_at_ms,
        due_at_ms: due.due_at_ms,
        why: String::new(),
    }
}
