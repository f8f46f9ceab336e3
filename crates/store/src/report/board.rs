use jiff::civil::Date;
use lianfang_domain::{
    ReportId, ReportTemplateId, UnitId,
    access::Scope,
    area::AreaCode,
    report::{Assignment, ReportFacts},
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
