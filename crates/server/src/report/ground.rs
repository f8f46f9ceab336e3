use std::collections::BTreeMap;

use jiff::civil::Date;
use lianfang_domain::{
    IndicatorId, Lang, ReportId, ReportTemplateId, UnitId,
    access::{Act, Role, Scope},
    clock::{end_of_day_ms, start_of_day_ms},
    indicator::{Balance, Figure, Indicator, Input},
    report::{Asked, Cadence, Due, Filled, LineAsk, Period, ReportContent, ReportTemplate, StepFacts, TypedAnswer},
    unit::UnitKind,
};
use lianfang_store::{FigureSearch, ReportKey, ReportRecord, ReportingUnit};

use super::{completeness::versions_of, words::ReportWords};
use crate::{Fault, visit::Visit};

/// Days in which whatever recurs falls due at least once.
const AHEAD_DAYS: i64 = 33;

/// Which report is meant: one that is kept, or what falls due for a unit by a template.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// One that is kept.
    Kept(ReportId),
    /// What falls due; without a day what is due now, or a new one of those that are due at once.
    Due { template: ReportTemplateId, unit: UnitId, on: Option<Date> },
}

/// Everything that has to be known to show, fill in or keep a report.
pub(super) struct Ground {
    /// The version of the template by which it is filled in.
    pub(super) template: ReportTemplate,
    pub(super) unit: ReportingUnit,
    pub(super) key: ReportKey,
    pub(super) period: Period,
    pub(super) record: Option<ReportRecord>,
    /// What was filled in so far.
    pub(super) content: ReportContent,
    pub(super) indicators: Vec<Indicator>,
    /// The figures of the period before.
    pub(super) before: BTreeMap<IndicatorId, Figure>,
    pub(super) before_on: Option<Date>,
    /// What should be equal, of what this report asks for.
    balances: Vec<Balance>,
}

impl Ground {
    /// Reads what belongs to a report, if the scope holds it and it is asked of the unit.
    pub(super) async fn read(visit: &Visit, scope: &Scope, place: Place) -> Result<Ground, Fault> {
        match place {
            Place::Kept(id) => Ground::kept(visit, scope, id).await,
            Place::Due { template, unit, on } => Ground::due(visit, scope, (template, unit), on).await,
        }
    }

    async fn kept(visit: &Visit, scope: &Scope, id: ReportId) -> Result<Ground, Fault> {
        let store = visit.app.store();
        let record = store.report(id, scope).await?.ok_or(Fault::NotFound)?;
        let unit = store.reporting_unit(record.key.unit, &Scope::everywhere()).await?.ok_or(Fault::NotFound)?;
        let versions = versions_of(visit.app.store(), record.key.template, &Scope::everywhere()).await?;
        let template = versions.into_iter().find(|one| one.version == record.key.template_version);
        let template = template.ok_or(Fault::NotFound)?;
        let period = period_of(&template, &record.key);
        let content = store.report_content(&record).await?;
        let key = record.key.clone();
        complete(visit, (template, unit), (key, period), (Some(record), content)).await
    }

    async fn due(
        visit: &Visit,
        scope: &Scope,
        (template, unit): (ReportTemplateId, UnitId),
        on: Option<Date>,
    ) -> Result<Ground, Fault> {
        let store = visit.app.store();
        let unit = store.reporting_unit(unit, scope).await?.ok_or(Fault::NotFound)?;
        let here = Scope { areas: vec![unit.division.home()], ..Scope::default() };
        let versions = versions_of(store, template, &here).await?;
        let (template, due, turn) = due_now(&versions, on, visit).ok_or(Fault::NotFound)?;
        if turn == 0 {
            let kept = store.reports_of_unit(template.id, (unit.id, due.period.on), scope).await?;
            if let Some(record) = kept.first() {
                return Ground::kept(visit, scope, record.id).await;
            }
        }
        if !unit.is_asked(&template.assigned) {
            return Err(Fault::NotFound);
        }
        let key = ReportKey { turn, ..ReportKey::of(template, &unit, due) };
        let nothing = (None, ReportContent::default());
        complete(visit, (template.clone(), unit), (key, due.period), nothing).await
    }

    /// Reads what was typed, with what is doubtful of single figures and of several together.
    pub(super) fn read_typed(&self, typed: &BTreeMap<String, TypedAnswer>, is_draft: bool, lang: Lang) -> Filled {
        let lines = &self.template.lines;
        let asked = Asked { lines, indicators: &self.indicators, before: &self.before };
        let mut filled = asked.read(typed, is_draft);
        let line_of = |code: &str| {
            let indicator = self.indicators.iter().find(|one| one.code == code)?;
            lines.iter().find(|line| line.indicator() == Some(indicator.id))
        };
        for balance in &self.balances {
            let value_of = |input: &Input| match input {
                Input::Indicator(code) => line_of(code).and_then(|line| filled.content.figure(&line.key)),
                Input::Population(_) => None,
            };
            // A rule that cannot be read is for those who lay rules down, not for whoever reports.
            let Ok(Some(warning)) = balance.check(&value_of, lang) else { continue };
            let codes = balance.codes().unwrap_or_default();
            let mut keys: Vec<String> = codes.iter().filter_map(|code| Some(line_of(code)?.key.clone())).collect();
            keys.sort_by_key(|key| lines.iter().position(|line| line.key == *key));
            filled.doubt(&keys, &warning, is_draft);
        }
        filled
    }

    /// The indicator of a line.
    pub(super) fn indicator(&self, ask: &LineAsk) -> Option<&Indicator> {
        let LineAsk::Figure { indicator } = ask else { return None };
        self.indicators.iter().find(|one| one.id == *indicator)
    }

    /// On which side of the report the user stands.
    pub(super) fn facts(&self, visit: &Visit, words: &str) -> StepFacts {
        let fills = visit.scope_of(Act::FillReports);
        let own = fills.units.contains(&self.unit.id)
            || self.unit.above.is_some_and(|above| fills.units.contains(&above))
            || fills.holds_area(&self.unit.division);
        let receives = visit.scope_of(Act::ReturnReports);
        StepFacts {
            is_reporter: own,
            is_receiver: !receives.is_nothing() && receives.holds_area(&self.unit.division),
            has_words: !words.trim().is_empty(),
        }
    }

    /// As whom the user fills it in for the unit; empty where they belong to it.
    pub(super) fn on_behalf(&self, visit: &Visit) -> String {
        let Some(seat) = visit.seat.as_deref() else { return String::new() };
        let running = || seat.grants.iter().filter(|grant| grant.runs_on(visit.day()));
        let belongs = |role: Role| {
            running().any(|grant| {
                let of_unit = grant.unit == Some(self.unit.id);
                let of_town = role == Role::TownshipOfficer
                    && self.unit.kind == UnitKind::TownshipOffice
                    && grant.area.as_ref() == Some(&self.unit.division);
                grant.role == role && (of_unit || of_town)
            })
        };
        if belongs(Role::UnitOfficer) || belongs(Role::TownshipOfficer) {
            return String::new();
        }
        let roles: Vec<&str> = running().map(|grant| grant.role.words(visit.lang)).collect();
        roles.first().map(|role| (*role).to_owned()).unwrap_or_default()
    }

    /// The name of the report.
    pub(super) fn name(&self, visit: &Visit) -> String {
        self.template.name(visit.lang).to_owned()
    }

    /// What it is called in notices: the template, the unit and the day.
    pub(super) fn title(&self) -> String {
        format!("{} {}", self.template.name_zh, ReportWords::short_day(self.key.period_on))
    }
}

/// Adds the indicators that are asked for, and what the unit reported for the period before.
async fn complete(
    visit: &Visit,
    (template, unit): (ReportTemplate, ReportingUnit),
    (key, period): (ReportKey, Period),
    (record, content): (Option<ReportRecord>, ReportContent),
) -> Result<Ground, Fault> {
    let (store, home, asked) = (visit.app.store(), key.division.home(), template.indicators());
    let mut indicators = store.indicators(&home).await?;
    indicators.retain(|one| asked.contains(&one.id));
    let before_on = template.cadence.day_before(template.covers, key.period_on);
    let mut before = BTreeMap::new();
    if let Some(day) = before_on.filter(|_| !asked.is_empty()) {
        let place = &key.division;
        let search = FigureSearch { area: &home, indicators: &asked, from: day, to: day, under: place };
        // Whoever may see the report may see what the same unit reported before.
        let rows = store.figures(search, &Scope { areas: vec![place.clone()], ..Scope::default() }).await?;
        let own = rows.into_iter().filter(|row| row.unit == unit.id && row.place == *place);
        before = own.map(|row| (row.indicator, row.figure)).collect();
    }
    let asks = |code: &String| indicators.iter().any(|one| one.code == *code);
    let mut balances: Vec<Balance> = store.balances(&home).await?.into_iter().map(|one| one.balance).collect();
    balances.retain(|one| one.codes().is_ok_and(|codes| codes.iter().all(asks)));
    Ok(Ground { template, unit, key, period, record, content, indicators, before, before_on, balances })
}

/// The period of a report that is kept.
fn period_of(template: &ReportTemplate, key: &ReportKey) -> Period {
    let due = match key.turn {
        0 => template.cadence.due_of(template.covers, key.period_on),
        turn => template.cadence.asked_at(key.period_on, turn),
    };
    let whole_day = || Period {
        from_ms: start_of_day_ms(key.period_on).unwrap_or(key.due_at_ms),
        until_ms: end_of_day_ms(key.period_on).unwrap_or(key.due_at_ms),
        on: key.period_on,
    };
    due.map_or_else(whole_day, |due| due.period)
}

/// What falls due by a template: for a day, or now; and when it was asked for, of one that is due at once.
fn due_now<'a>(
    versions: &'a [ReportTemplate],
    on: Option<Date>,
    visit: &Visit,
) -> Option<(&'a ReportTemplate, Due, i64)> {
    let held = ReportTemplate::in_force(versions, visit.day());
    if let Some((held, Cadence::AtOnce { .. })) = held.map(|held| (held, held.cadence)) {
        let due = held.cadence.asked_at(visit.day(), visit.now_ms)?;
        return Some((held, due, visit.now_ms));
    }
    if let Some(on) = on {
        return ReportTemplate::due_for(versions, on).map(|(one, due)| (one, due, 0));
    }
    let held = held?;
    let ahead = visit.day().checked_add(jiff::Span::new().days(AHEAD_DAYS)).ok()?;
    let next = held.cadence.dues(held.covers, visit.day(), ahead).into_iter().next()?;
    Some((held, next, 0))
}
