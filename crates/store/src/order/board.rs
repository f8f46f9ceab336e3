use lianfang_domain::{IncidentId, UnitId};

use crate::{Store, StoreError, query::Query, value::Row};

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

impl Store {
    /// How each unit stands with its open orders of an incident, with the unit's name.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn tally_units(
        &self,
        incident: IncidentId,
        (now_ms, end_of_day_ms): (i64, i64),
    ) -> Result<Vec<(UnitId, String, UnitTally)>, StoreError> {
        let mut query = Query::new(
            "SELECT t.unit, n.name, t.n_open, t.n_late, t.n_soon, t.n_today, t.n_unsigned, t.n_unread,
            t.n_reported FROM (SELECT o.unit AS unit, count(*) AS n_open, count(CASE WHEN o.place <= ",
        );
        query.value(now_ms).text(" THEN 1 END) AS n_late, count(CASE WHEN o.place > ").value(now_ms);
        query.text(" AND o.yellow_at_ms <= ").value(now_ms).text(" THEN 1 END) AS n_soon, count(CASE WHEN o.place > ");
        query.value(now_ms).text(" AND o.place <= ").value(end_of_day_ms).text(
            " THEN 1 END) AS n_today, count(CASE WHEN o.state = 'issued' THEN 1 END) AS n_unsigned,
            count(CASE WHEN o.state = 'issued' AND o.read_at_ms IS NULL THEN 1 END) AS n_unread,
            count(CASE WHEN o.state = 'reported' THEN 1 END) AS n_reported FROM orders o WHERE o.incident = ",
        );
        query.value(incident);
        query.text(" AND o.state IN ('issued', 'signed', 'doing', 'reported', 'returned') GROUP BY o.unit) t");
        query.text(" JOIN unit n ON n.id = t.unit ORDER BY t.n_late DESC, t.n_open DESC, n.name");
        let (sql, values) = query.done();
        let read = |row: &Row<'_>| {
            let tally = UnitTally {
                n_open: row.int(2)?,
                n_late: row.int(3)?,
                n_soon: row.int(4)?,
                n_today: row.int(5)?,
                n_unsigned: row.int(6)?,
                n_unread: row.int(7)?,
                n_reported: row.int(8)?,
            };
            Ok((UnitId(row.id(0)?), row.text(1)?, tally))
        };
        self.scan(sql, values, read).await
    }

    /// How many orders of an incident are closed as done.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn n_orders_done(&self, incident: IncidentId) -> Result<i64, StoreError> {
        let mut query = Query::new("SELECT count(*) FROM orders o WHERE o.state = 'done' AND o.incident = ");
        query.value(incident);
        let (sql, values) = query.done();
        Ok(self.scan(sql, values, |row| row.int(0)).await?.first().copied().unwrap_or(0))
    }
}
