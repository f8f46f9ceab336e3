use jiff::civil::Date;
use lianfang_domain::{
    ReportId, ReportTemplateId, UnitId,
    access::Scope,
    area::AreaCode,
    report::{Assignment, ReportFacts, ReportState},
    unit::UnitKind,
};

use super::{
    kind_of,
    read::{SCOPED, state_of},
};
use crate::{Store, StoreError, UnitState, query::Query, value::Row};

/// A unit, as far as asking it for reports goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportingUnit {
    /// The unit.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: UnitKind,
    /// Its area.
    pub division: AreaCode,
    /// The unit above it.
    pub above: Option<UnitId>,
    /// At work or not.
    pub state: UnitState,
}

impl ReportingUnit {
    /// Whether any of several assignments asks it; one that is closed is asked nothing.
    pub fn is_asked(&self, assigned: &[Assignment]) -> bool {
        self.state == UnitState::Open && assigned.iter().any(|one| one.asks(self.id, self.kind, &self.division))
    }
}

/// The same of one day of a board, whose day is told by its place among the days that were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoardMark {
    /// The unit.
    pub unit: UnitId,
    /// The day, counted from the first of those that were asked for.
    pub day: usize,
    /// What is known of the report.
    pub facts: ReportFacts,
    /// The report.
    pub report: ReportId,
}

/// How a unit stands with the report of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardCell {
    /// The unit.
    pub unit: UnitId,
    /// The day under which the figures stand.
    pub period_on: String,
    /// What is known of the report.
    pub facts: ReportFacts,
    /// The report.
    pub report: ReportId,
}

const UNITS: &str = "SELECT u.id, u.name, u.kind, u.division, u.parent, u.state FROM unit u WHERE";

fn unit(row: &Row<'_>) -> Result<ReportingUnit, StoreError> {
    Ok(ReportingUnit {
        id: UnitId(row.id(0)?),
        name: row.text(1)?,
        kind: kind_of(&row.text(2)?),
        division: row.parsed(3)?,
        above: row.opt_id(4)?.map(UnitId),
        state: UnitState::from_code(&row.text(5)?).unwrap_or(UnitState::Closed),
    })
}

impl Store {
    /// The units that a scope holds, at work or closed, by area and name; those of one area and below it where one is
    /// given.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn reporting_units(
        &self,
        scope: &Scope,
        under: Option<&AreaCode>,
    ) -> Result<Vec<ReportingUnit>, StoreError> {
        let mut query = Query::new(UNITS);
        query.within_units(["u.division", "u.id", "u.parent"], scope).text(" AND u.state <> 'merged'");
        if let Some(area) = under {
            query.text(" AND u.division >= ").value(area).text(" AND u.division < ").value(area.upper_bound());
        }
        query.text(" ORDER BY u.division, u.name_key, u.id");
        let (sql, values) = query.done();
        self.scan(sql, values, unit).await
    }

    /// One unit, if the scope holds it; also one that was merged into another since.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn reporting_unit(&self, id: UnitId, scope: &Scope) -> Result<Option<ReportingUnit>, StoreError> {
        let mut query = Query::new(UNITS);
        query.within_units(["u.division", "u.id", "u.parent"], scope).text(" AND u.id = ").value(id);
        let (sql, values) = query.done();
        self.point(sql, &values, unit).await
    }

    /// How the units of a scope stand with a template's reports whose figures stand under days from one to another, both
    /// included. What nobody began and was not noted as missing yet has no row. Of several on a day the latest comes last.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn report_cells(
        &self,
        template: ReportTemplateId,
        (from, to): (Date, Date),
        scope: &Scope,
        under: Option<&AreaCode>,
    ) -> Result<Vec<BoardCell>, StoreError> {
        let mut query = Query::new(
            "SELECT r.unit, r.period_on, r.state, r.due_at_ms, r.first_submitted_at_ms, r.n_corrections, r.n_unknown,
            r.id FROM report r WHERE r.template = ",
        );
        query.value(template).text(" AND r.period_on >= ").value(from).text(" AND r.period_on <= ").value(to);
        query.text(" AND").within_units(SCOPED, scope);
        if let Some(area) = under {
            query.text(" AND r.division >= ").value(area).text(" AND r.division < ").value(area.upper_bound());
        }
        query.text(" ORDER BY r.period_on, r.division, r.unit, r.above, r.turn");
        let (sql, values) = query.done();
        self.scan(sql, values, cell).await
    }
}

impl Store {
    /// The same for a board of many units and days: few columns, so that tens of thousands of rows are read quickly.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn report_marks(
        &self,
        template: ReportTemplateId,
        days: &[Date],
        scope: &Scope,
        under: Option<&AreaCode>,
    ) -> Result<Vec<BoardMark>, StoreError> {
        let (Some(from), Some(to)) = (days.first(), days.last()) else { return Ok(Vec::new()) };
        let mut query = Query::new(
            "SELECT r.unit, r.period_on, r.id, CASE WHEN r.first_submitted_at_ms IS NULL THEN r.due_at_ms
            ELSE r.first_submitted_at_ms - r.due_at_ms END,
            (r.n_corrections * 1000000 + r.n_unknown) * 4 + CASE r.state WHEN 'draft' THEN 0 WHEN 'submitted' THEN 1
            WHEN 'returned' THEN 2 ELSE 3 END FROM report r WHERE r.template = ",
        );
        query.value(template).text(" AND r.period_on >= ").value(*from).text(" AND r.period_on <= ").value(*to);
        query.text(" AND").within_units(SCOPED, scope);
        if let Some(area) = under {
            query.text(" AND r.division >= ").value(area).text(" AND r.division < ").value(area.upper_bound());
        }
        query.text(" ORDER BY r.period_on, r.division, r.unit, r.above, r.turn");
        let (sql, values) = query.done();
        let days: Vec<String> = days.iter().map(ToString::to_string).collect();
        // Rows come day by day, so the day is looked for once each.
        let mut last = (String::new(), 0);
        let read = move |row: &Row<'_>| {
            let on = row.text(1)?;
            if on != last.0 {
                let at = days.iter().position(|day| *day == on);
                last = (on, at.ok_or_else(|| StoreError::Broken("a report lies outside the days".to_owned()))?);
            }
            mark(row, last.1)
        };
        self.scan(sql, values, read).await
    }
}

/// Of a report that was handed in only the distance from its due time is known; it counts from an instant of zero.
fn mark(row: &Row<'_>, day: usize) -> Result<BoardMark, StoreError> {
    const STATES: [ReportState; 4] =
        [ReportState::Draft, ReportState::Submitted, ReportState::Returned, ReportState::Omitted];
    let (at_ms, packed) = (row.int(3)?, row.int(4)?);
    let state = STATES[usize::try_from(packed % 4).unwrap_or(3)];
    let is_in = matches!(state, ReportState::Submitted | ReportState::Returned);
    let facts = ReportFacts {
        state,
        due_at_ms: if is_in { 0 } else { at_ms },
        first_submitted_at_ms: is_in.then_some(at_ms),
        n_corrections: packed / 4 / 1_000_000,
        n_unknown: packed / 4 % 1_000_000,
    };
    Ok(BoardMark { unit: UnitId(row.id(0)?), day, facts, report: ReportId(row.id(2)?) })
}

fn cell(row: &Row<'_>) -> Result<BoardCell, StoreError> {
    let facts = ReportFacts {
        state: state_of(&row.text(2)?)?,
        due_at_ms: row.int(3)?,
        first_submitted_at_ms: row.opt_int(4)?,
        n_corrections: row.int(5)?,
        n_unknown: row.int(6)?,
    };
    Ok(BoardCell { unit: UnitId(row.id(0)?), period_on: row.text(1)?, facts, report: ReportId(row.id(7)?) })
}
