use lianfang_domain::{access::Scope, order::OrderState};

use super::read::SCOPED;
use crate::{Store, StoreError, query::Query, value::Row};

/// How many orders of a scope are in each state, and how many of those are late.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderTally(pub Vec<TallyLine>);

/// The same of one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TallyLine {
    /// The state.
    pub state: OrderState,
    /// How many are in it.
    pub n: i64,
    /// Of them, how many are over their time.
    pub n_late: i64,
}

impl OrderTally {
    /// How many are in a state.
    pub fn n(&self, state: OrderState) -> i64 {
        self.0.iter().filter(|line| line.state == state).map(|line| line.n).sum()
    }

    /// How many are open and over their time.
    pub fn n_late(&self) -> i64 {
        self.0.iter().map(|line| line.n_late).sum()
    }

    /// How many are open.
    pub fn n_open(&self) -> i64 {
        self.0.iter().filter(|line| line.state.is_open()).map(|line| line.n).sum()
    }
}

impl Store {
    /// How many open orders of the scope are in each state.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn tally_orders(&self, scope: &Scope, now_ms: i64) -> Result<OrderTally, StoreError> {
        let mut query = Query::new("SELECT o.state, count(*), count(CASE WHEN o.place <= ");
        query.value(now_ms).text(" THEN 1 END) FROM orders o WHERE");
        query.within_units(SCOPED, scope);
        // A few units lead to their rows; the states then lead nowhere.
        query.text(if scope.units.is_empty() { " AND o.state IN" } else { " AND (o.state || '') IN" });
        query.text(" ('issued', 'signed', 'doing', 'reported', 'returned') GROUP BY o.state");
        let (sql, values) = query.done();
        let read = |row: &Row<'_>| {
            let code = row.text(0)?;
            let state = OrderState::from_code(&code)
                .ok_or_else(|| StoreError::Broken(format!("there is no state of orders “{code}”")))?;
            Ok(TallyLine { state, n: row.int(1)?, n_late: row.int(2)? })
        };
        Ok(OrderTally(self.scan(sql, values, read).await?))
    }
}
