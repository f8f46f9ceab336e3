use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use lianfang_domain::{
    IndicatorId, UnitId,
    access::Scope,
    area::AreaCode,
    report::{Cell, CellState, ReportTemplate},
};
use lianfang_store::{Store, StoreError};

use super::completeness::{Wanted, matrix_by, versions_kept};

/// A unit that is asked for a figure.
pub(crate) struct Reporter {
    /// The unit.
    pub(crate) unit: UnitId,
    /// Its name.
    pub(crate) name: String,
    /// Its area.
    pub(crate) division: AreaCode,
    /// Whether a report that asks for it was handed in.
    pub(crate) is_in: bool,
}

/// Whose figures are awaited, by indicator and day.
pub(crate) type Reporters = BTreeMap<(IndicatorId, Date), Vec<Reporter>>;

/// The units of an area that are asked by reports for some indicators, from a day to another, and whether they have
/// reported. A unit that two reports ask for the same figure is awaited once.
pub(crate) async fn reporters(
    store: &Store,
    scope: &Scope,
    under: &AreaCode,
    (from, to): (Date, Date),
    indicators: &[IndicatorId],
) -> Result<Reporters, StoreError> {
    let mut found: BTreeMap<(IndicatorId, Date), BTreeMap<UnitId, Reporter>> = BTreeMap::new();
    if indicators.is_empty() {
        return Ok(Reporters::new());
    }
    let county = Scope { areas: vec![under.home()], ..Scope::default() };
    let days: Vec<Date> = from.series(1.day()).take_while(|day| *day <= to).collect();
    // Whether something is over its time does not matter here, only whether it is there.
    let wanted = Wanted { from, to, under: Some(under), now_ms: i64::MAX };
    let mut units = None;
    for record in store.report_templates(&county).await? {
        let versions = versions_kept(store, &record).await?;
        let asked_on = |day: &Date| {
            let held = ReportTemplate::due_for(&versions, *day).map(|(held, _)| held.indicators()).unwrap_or_default();
            held.into_iter().filter(|one| indicators.contains(one)).collect::<Vec<_>>()
        };
        let asked: Vec<Vec<IndicatorId>> = days.iter().map(asked_on).collect();
        if asked.iter().all(Vec::is_empty) {
            continue;
        }
        let units = match &units {
            Some(units) => units,
            None => units.insert(store.reporting_units(scope, Some(under)).await?),
        };
        let rows = matrix_by(store, (&record, &versions), scope, &wanted, units).await?.rows;
        for row in &rows {
            for ((cell, _), (day, indicators)) in row.cells.iter().zip(days.iter().zip(&asked)) {
                for indicator in indicators.iter().filter(|_| cell.state != CellState::NotAsked) {
                    let reporters = found.entry((*indicator, *day)).or_default();
                    let known = reporters.entry(row.unit.id).or_insert_with(|| Reporter {
                        unit: row.unit.id,
                        name: row.unit.name.clone(),
                        division: row.unit.division.clone(),
                        is_in: false,
                    });
                    known.is_in |= has_figures(cell);
                }
            }
        }
    }
    Ok(found.into_iter().map(|(key, reporters)| (key, reporters.into_values().collect())).collect())
}

/// What was sent back still says what it said.
fn has_figures(cell: &Cell) -> bool {
    cell.state.is_in() || cell.state == CellState::Returned
}
