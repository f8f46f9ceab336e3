use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::try_join3;
use lianfang_domain::{IncidentId, PlanId, UnitId, order::OrderState};

use crate::{
    Store, StoreError,
    sql::statements,
    value::{Row, values},
};

/// How a unit stands with its open orders of an incident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitTally {
    /// How many are open.
    pub n_open: i64,
    /// Of them, how many are over their time.
    pub n_late: i64,
    /// How many are in the last quarter of their time.
    pub n_soon: i64,
    /// How many are due before the end of the day and not over yet.
    pub n_today: i64,
    /// How many wait to be signed for.
    pub n_unsigned: i64,
    /// How many of them nobody of the unit has looked at.
    pub n_unread: i64,
    /// How many wait for whoever issued them.
    pub n_reported: i64,
}

impl UnitTally {
    /// Both together.
    #[must_use]
    pub fn and(self, other: &UnitTally) -> UnitTally {
        UnitTally {
            n_open: self.n_open + other.n_open,
            n_late: self.n_late + other.n_late,
            n_soon: self.n_soon + other.n_soon,
            n_today: self.n_today + other.n_today,
            n_unsigned: self.n_unsigned + other.n_unsigned,
            n_unread: self.n_unread + other.n_unread,
            n_reported: self.n_reported + other.n_reported,
        }
    }
}

statements! {
    BY_STATE = "SELECT t.unit, n.name, t.state, t.n, t.n_read FROM (SELECT state, unit, count(*) AS n, count(read_at_ms) AS
        n_read FROM orders WHERE incident = $1 AND state IN ('issued', 'signed', 'doing', 'reported', 'returned')
        GROUP BY state, unit) t JOIN unit n ON n.id = t.unit";
    BY_DUE = "SELECT unit, count(CASE WHEN place <= $2 THEN 1 END), count(CASE WHEN place > $2 THEN 1 END) FROM orders
        WHERE incident = $1 AND place <= $3 GROUP BY unit";
    SOON = "SELECT unit, count(*) FROM orders WHERE incident = $1 AND yellow_at_ms <= $2 AND place > $2
        AND state IN ('issued', 'signed', 'doing', 'reported', 'returned') GROUP BY unit";
    N_DONE = "SELECT count(*) FROM orders WHERE incident = $1 AND state = 'done'";
    CLAUSES = "WITH RECURSIVE walk(clause) AS (SELECT min(clause) FROM orders WHERE incident = $1 AND clause > ''
        UNION ALL SELECT (SELECT min(o.clause) FROM orders o WHERE o.incident = $1 AND o.clause > walk.clause) FROM walk
        WHERE walk.clause IS NOT NULL)
        SELECT walk.clause FROM walk WHERE EXISTS (SELECT 1 FROM orders o WHERE o.incident = $1 AND o.clause = walk.clause
        AND (o.state IN ('issued', 'signed', 'doing', 'reported', 'returned')
        OR (o.state = 'done' AND o.closed_at_ms >= $2)))";
}

/// A clause of a plan as it is kept with its orders: the plan and the key of the draft; empty for what no plan says.
pub fn clause_of(plan: PlanId, key: &str) -> String {
    if key.is_empty() { String::new() } else { format!("{}/{key}", plan.0.number()) }
}

impl Store {
    /// How each unit stands with its open orders of an incident, with the unit's name; who is latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn tally_units(
        &self,
        incident: IncidentId,
        (now_ms, end_of_day_ms): (i64, i64),
    ) -> Result<Vec<(UnitId, String, UnitTally)>, StoreError> {
        let mut units: BTreeMap<UnitId, (String, UnitTally)> = BTreeMap::new();
        let by_state = |row: &Row<'_>| Ok((UnitId(row.id(0)?), row.text(1)?, row.text(2)?, row.int(3)?, row.int(4)?));
        let by_due = |row: &Row<'_>| Ok((UnitId(row.id(0)?), row.int(1)?, row.int(2)?));
        let soon = |row: &Row<'_>| Ok((UnitId(row.id(0)?), row.int(1)?));
        let (states, dues, soons) = try_join3(
            self.scan(&BY_STATE, values![incident], by_state),
            self.scan(&BY_DUE, values![incident, now_ms, end_of_day_ms], by_due),
            self.scan(&SOON, values![incident, now_ms], soon),
        )
        .await?;
        for (unit, name, state, n, n_read) in states {
            let tally = &mut units.entry(unit).or_insert_with(|| (name, UnitTally::default())).1;
            tally.n_open += n;
            match OrderState::from_code(&state) {
                Some(OrderState::Issued) => (tally.n_unsigned, tally.n_unread) = (n, n - n_read),
                Some(OrderState::Reported) => tally.n_reported = n,
                _ => {}
            }
        }
        for (unit, n_late, n_today) in dues {
            if let Some((_, tally)) = units.get_mut(&unit) {
                (tally.n_late, tally.n_today) = (n_late, n_today);
            }
        }
        for (unit, n_soon) in soons {
            if let Some((_, tally)) = units.get_mut(&unit) {
                tally.n_soon = n_soon;
            }
        }
        let mut lines: Vec<_> = units.into_iter().map(|(unit, (name, tally))| (unit, name, tally)).collect();
        lines.sort_by(|(_, a_name, a), (_, b_name, b)| {
            (b.n_late, b.n_open).cmp(&(a.n_late, a.n_open)).then_with(|| a_name.cmp(b_name))
        });
        Ok(lines)
    }

    /// The clauses of plans that are ordered in an incident, as [`clause_of`] writes them: those with an order that is open, or was done since a moment.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn ordered_clauses(
        &self,
        incident: IncidentId,
        done_since_ms: i64,
    ) -> Result<BTreeSet<String>, StoreError> {
        let rows = self.scan(&CLAUSES, values![incident, done_since_ms], |row| row.text(0)).await?;
        Ok(rows.into_iter().collect())
    }

    /// How many orders of an incident are closed as done.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn n_orders_done(&self, incident: IncidentId) -> Result<i64, StoreError> {
        Ok(self.scan(&N_DONE, values![incident], |row| row.int(0)).await?.first().copied().unwrap_or(0))
    }
}
