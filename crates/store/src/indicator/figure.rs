use std::collections::BTreeMap;

use lianfang_domain::{
    IndicatorId, ReportId, UnitId,
    access::Scope,
    indicator::{Amount, Figure},
};

use super::{FigureRow, FigureSearch};
use crate::{Store, StoreError, Tx, query::Query, value::Row};

/// Rows put by one statement.
const TOGETHER: usize = 50;

const PUT: &str = "INSERT INTO figure (area, indicator, on_date, place, unit, state, amount, as_of_ms, report, version,
    by_name, at_ms) VALUES ";
const REPLACE: &str = " ON CONFLICT (area, indicator, on_date, place, unit) DO UPDATE SET state = excluded.state,
    amount = excluded.amount, as_of_ms = excluded.as_of_ms, report = excluded.report, version = excluded.version,
    by_name = excluded.by_name, at_ms = excluded.at_ms";
const COLUMNS: &str = "SELECT f.area, f.indicator, f.on_date, f.place, f.unit, f.state, f.amount, f.as_of_ms, f.report,
    f.version, f.by_name, f.at_ms FROM figure f WHERE f.area = ";

impl Tx<'_> {
    /// Puts figures in their places; what stood there before is replaced. Of several for one place the last counts.
    pub fn put_figures(&mut self, rows: &[FigureRow]) {
        let key = |row: &FigureRow| (row.area.clone(), row.indicator, row.on, row.place.clone(), row.unit);
        // One statement must not name a place twice.
        let rows: BTreeMap<_, &FigureRow> = rows.iter().map(|row| (key(row), row)).collect();
        let rows: Vec<&FigureRow> = rows.into_values().collect();
        for some in rows.chunks(TOGETHER) {
            let mut query = Query::new(PUT);
            for (index, row) in some.iter().enumerate() {
                query.text(if index == 0 { "(" } else { ", (" });
                self.put_one(&mut query, row);
                query.text(")");
            }
            query.text(REPLACE);
            let (sql, values) = query.done();
            self.any(sql, "figures", values);
        }
    }

    fn put_one(&self, query: &mut Query, row: &FigureRow) {
        let amount = row.figure.amount().and_then(Amount::millionths);
        query.value(&row.area).text(", ").value(row.indicator).text(", ").value(row.on).text(", ").value(&row.place);
        query.text(", ").value(row.unit).text(", ").value(row.figure.state()).text(", ").value(amount);
        query.text(", ").value(row.as_of_ms).text(", ").value(row.report).text(", ").value(row.version);
        query.text(", ").value(self.entry.who_name.as_str()).text(", ").value(self.now_ms);
    }
}

impl Store {
    /// The figures that are asked for and that the scope holds, by indicator, day, place and unit.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn figures(&self, search: FigureSearch<'_>, scope: &Scope) -> Result<Vec<FigureRow>, StoreError> {
        let mut query = Query::new(COLUMNS);
        if !asked(&mut query, search, scope) {
            return Ok(Vec::new());
        }
        query.text(" ORDER BY f.indicator, f.on_date, f.place, f.unit");
        let (sql, values) = query.done();
        self.scan(sql, values, row).await
    }
}

/// Adds what is asked for; false if it is nothing.
pub(super) fn asked(query: &mut Query, search: FigureSearch<'_>, scope: &Scope) -> bool {
    query.value(search.area).text(" AND f.indicator IN (");
    for (index, indicator) in search.indicators.iter().enumerate() {
        query.text(if index == 0 { "" } else { ", " }).value(*indicator);
    }
    if search.from == search.to {
        query.text(") AND f.on_date = ").value(search.from);
    } else {
        query.text(") AND f.on_date >= ").value(search.from).text(" AND f.on_date <= ").value(search.to);
    }
    query.text(" AND f.place >= ").value(search.under).text(" AND f.place < ").value(search.under.upper_bound());
    // A scope that holds the whole area asked for adds nothing but work.
    if !scope.holds_area(search.under) {
        query.text(" AND").within("f.place", scope);
    }
    !search.indicators.is_empty() && !scope.is_nothing()
}

fn row(row: &Row<'_>) -> Result<FigureRow, StoreError> {
    let (state, amount) = (row.text(5)?, row.opt_int(6)?.map(Amount::from_millionths));
    Ok(FigureRow {
        area: row.parsed(0)?,
        indicator: IndicatorId(row.id(1)?),
        on: row.parsed(2)?,
        place: row.parsed(3)?,
        unit: UnitId(row.id(4)?),
        figure: Figure::from_state(&state, amount)
            .ok_or_else(|| StoreError::Broken(format!("there is no state of figures “{state}”")))?,
        as_of_ms: row.int(7)?,
        report: row.opt_id(8)?.map(ReportId),
        version: row.int(9)?,
        by: row.text(10)?,
        at_ms: row.int(11)?,
    })
}
