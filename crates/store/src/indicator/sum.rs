use lianfang_domain::{
    IndicatorId,
    access::Scope,
    area::{AreaCode, AreaLevel},
    indicator::{Amount, Total},
};

use super::{FigureSearch, FigureSum, figure::asked};
use crate::{Store, StoreError, query::Query, value::Row};

/// Whole ones and millionths are added up apart, so that no sum of figures runs over 64 bits.
const SUMS: &str = ", count(f.amount), count(CASE WHEN f.state = 'unknown' THEN 1 END),
    count(CASE WHEN f.state = 'redacted' THEN 1 END), count(CASE WHEN f.state = 'not_applicable' THEN 1 END),
    CAST(coalesce(sum(f.amount / 1000000), 0) AS bigint), CAST(coalesce(sum(f.amount % 1000000), 0) AS bigint),
    max(f.amount), max(f.as_of_ms), count(DISTINCT f.place) FROM figure f WHERE f.area = ";

/// The beginning of a place's code, down to a level.
fn part_of(level: AreaLevel) -> &'static str {
    match level {
        AreaLevel::Province | AreaLevel::City => "substr(f.place, 1, 4)",
        AreaLevel::County => "substr(f.place, 1, 6)",
        AreaLevel::Township => "substr(f.place, 1, 9)",
        AreaLevel::Village => "substr(f.place, 1, 12)",
        AreaLevel::Grid => "substr(f.place, 1, 15)",
        AreaLevel::Compound | AreaLevel::Building | AreaLevel::Door => "f.place",
    }
}

impl Store {
    /// The figures that are asked for and that the scope holds, put together by indicator, day and area of a level.
    /// Who has not reported is for the caller to know: it has no row.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn roll_up(
        &self,
        search: FigureSearch<'_>,
        level: AreaLevel,
        scope: &Scope,
    ) -> Result<Vec<FigureSum>, StoreError> {
        let mut query = Query::new("SELECT f.indicator, f.on_date, ");
        let whole = level <= search.under.level();
        if whole {
            // The area itself: no beginning of a code to group by, so that the rows are read in their order.
            query.text("CAST(").value(search.under).text(" AS text)").text(SUMS);
        } else {
            query.text(part_of(level)).text(SUMS);
        }
        if !asked(&mut query, search, scope) {
            return Ok(Vec::new());
        }
        query.text(" GROUP BY f.indicator, f.on_date");
        if !whole {
            query.text(", ").text(part_of(level));
        }
        query.text(" ORDER BY 1, 2, 3");
        let (sql, values) = query.done();
        let under = search.under.clone();
        self.scan(sql, values, move |row| sum(row, &under)).await
    }
}

fn sum(row: &Row<'_>, under: &AreaCode) -> Result<FigureSum, StoreError> {
    let n = |column| row.int(column).map(|n| u64::try_from(n).unwrap_or(0));
    Ok(FigureSum {
        indicator: IndicatorId(row.id(0)?),
        on: row.parsed(1)?,
        // Where a level is not there, the beginning of a code is no area of its own.
        place: row.text(2)?.parse().unwrap_or_else(|_| under.clone()),
        total: Total {
            known: Amount::from_parts(row.int(7)?, row.int(8)?),
            n_known: n(3)?,
            n_unknown: n(4)?,
            n_redacted: n(5)?,
            n_not_applicable: n(6)?,
            n_not_reported: 0,
        },
        greatest: row.opt_int(9)?.map(Amount::from_millionths),
        as_of_ms: row.int(10)?,
        n_places: n(11)?,
    })
}
