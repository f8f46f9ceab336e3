use std::collections::BTreeMap;

use axum::extract::Query;
use jiff::civil::Date;
use lianfang_domain::{
    Lang, UnitId,
    access::Scope,
    indicator::{Figure, Indicator},
    report::{Answer, Due, ReportContent, ReportLine, ReportTemplate},
};
use lianfang_store::ReportingUnit;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{completeness::versions_of, words::ReportWords};
use crate::{
    Fault,
    fault::PageResult,
    file::{Cell, Workbook},
    visit::Visit,
};

/// Which workbook: a template, the day under which the figures stand, and one unit or all that may be reported for.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "ReportSheetQuery")]
pub(super) struct SheetQuery {
    pub(super) template: String,
    /// One unit; all that the user may report for if left out.
    pub(super) unit: String,
    /// `2026-11-22`; what is due now if left out.
    pub(super) on: String,
}

/// What tells the first column, in which the unit and the version of the template stand.
pub(super) const FIRST: [&str; 2] = ["编号（勿改）", "Number (do not change)"];
/// Columns before those of the lines: number, unit, day.
pub(super) const BEFORE: usize = 3;

/// The template, what is due, and the units of a workbook.
pub(super) struct SheetGround {
    pub(super) template: ReportTemplate,
    pub(super) due: Due,
    pub(super) units: Vec<ReportingUnit>,
    pub(super) indicators: Vec<Indicator>,
}

/// Reads what a workbook is about, as far as the user may report.
pub(super) async fn ground(visit: &Visit, query: &SheetQuery) -> Result<SheetGround, Fault> {
    let store = visit.app.store();
    let id = query.template.parse().map_err(|_| Fault::NotFound)?;
    let versions = versions_of(store, id, &visit.scope).await?;
    let on = match query.on.parse::<Date>() {
        Ok(on) => on,
        Err(_) => {
            let held = ReportTemplate::in_force(&versions, visit.day()).ok_or(Fault::NotFound)?;
            held.cadence.due_on(held.covers, visit.day()).map_or(visit.day(), |due| due.period.on)
        }
    };
    let (template, due) = ReportTemplate::due_for(&versions, on).ok_or(Fault::NotFound)?;
    let template = template.clone();
    let mut units = store.reporting_units(&visit.scope, None).await?;
    let only = query.unit.parse::<UnitId>().ok();
    units.retain(|unit| unit.is_asked(&template.assigned) && only.is_none_or(|only| unit.id == only));
    let home = template.area.home();
    let mut indicators = store.indicators(&home).await?;
    let asked = template.indicators();
    indicators.retain(|one| asked.contains(&one.id));
    Ok(SheetGround { template, due, units, indicators })
}

/// The header of a line's column: what it asks and in what it is counted.
pub(super) fn column(line: &ReportLine, indicators: &[Indicator], lang: Lang) -> String {
    let name = line.name(indicators, lang);
    let indicator = indicators.iter().find(|one| Some(one.id) == line.indicator());
    match indicator.map(|one| one.unit_words(lang)).filter(|unit| !unit.is_empty()) {
        Some(unit) => format!("{name}（{unit}）"),
        None => name.to_owned(),
    }
}

/// The number of a row: the template, its version, the unit and the day.
pub(super) fn number(template: &ReportTemplate, unit: UnitId, on: Date) -> String {
    format!("{}.{}.{unit}.{on}", template.id, template.version)
}

/// An answer as a cell: a number that is exact, or the sign by which it is read again.
fn cell(answer: Option<&Answer>) -> Cell {
    match answer {
        None => Cell::Empty,
        Some(Answer::Text(words)) => Cell::from(words.as_str()),
        Some(Answer::Figure(Figure::Known(amount))) => match amount.millionths() {
            Some(millionths) if millionths % 1_000_000 == 0 => Cell::Number(millionths / 1_000_000),
            _ => Cell::Text(amount.to_string()),
        },
        Some(Answer::Figure(other)) => Cell::Text(other.typed()),
    }
}

/// What the units have filled in so far.
async fn contents(visit: &Visit, ground: &SheetGround) -> Result<BTreeMap<UnitId, ReportContent>, Fault> {
    let (store, on) = (visit.app.store(), ground.due.period.on);
    let mut contents = BTreeMap::new();
    let seen = Scope { ..visit.scope.clone() };
    for unit in &ground.units {
        let kept = store.reports_of_unit(ground.template.id, (unit.id, on), &seen).await?;
        if let Some(record) = kept.first() {
            contents.insert(unit.id, store.report_content(record).await?);
        }
    }
    Ok(contents)
}

/// The workbook of a report: a row for each unit, a column for each line, with what was filled in so far.
pub(super) async fn take_out(visit: Visit, Query(query): Query<SheetQuery>) -> PageResult {
    let (t, lang) = (ReportWords(visit.lang), visit.lang);
    let ground = ground(&visit, &query).await?;
    let contents = contents(&visit, &ground).await?;
    let first = [lang.pick(FIRST[0], FIRST[1]), t.unit(), t.day()].map(str::to_owned);
    let columns = ground.template.lines.iter().map(|line| column(line, &ground.indicators, lang));
    let header: Vec<String> = first.into_iter().chain(columns).collect();
    let sheet: String = ground.template.name(lang).chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(28).collect();
    let mut book = Workbook::new(&sheet, &header)?;
    let (on, nothing) = (ground.due.period.on, ReportContent::default());
    for unit in &ground.units {
        let content = contents.get(&unit.id).unwrap_or(&nothing);
        let first = [
            Cell::Text(number(&ground.template, unit.id, on)),
            Cell::from(unit.name.as_str()),
            Cell::Text(on.to_string()),
        ];
        let answers = ground.template.lines.iter().map(|line| cell(content.answers.get(&line.key)));
        book.row(&first.into_iter().chain(answers).collect::<Vec<_>>())?;
    }
    visit.app.store().record_read(&visit.actor(), visit.act, "reports", None, &visit.here);
    book.downloaded(&format!("{}-{on}.xlsx", ground.template.name(lang))).await
}
