use lianfang_domain::{
    Id, IncidentId, OrderBatchId, OrderId, PlanId, UnitId,
    access::Scope,
    order::{OrderAct, OrderOrigin, OrderRole, OrderState, StandingOrder, Supervision},
};

use super::{NewOrder, OrderEvent, OrderOccurrence, OrderRecord, Urgency};
use crate::{
    Store, StoreError,
    query::Query,
    sql::statements,
    value::{Row, values},
};

statements! {
    EVENTS = "SELECT act, words, by_name, at_ms FROM order_event WHERE area = $1 AND order_id = $2 ORDER BY id DESC";
    OCCURRENCES = "SELECT due_at_ms, done_at_ms, words, by_name FROM order_occurrence WHERE area = $1 AND order_id = $2
        ORDER BY due_at_ms DESC LIMIT $3";
    OPEN_SUBS = "SELECT count(*) FROM orders WHERE parent = $1 AND state IN ('issued', 'signed', 'doing', 'reported',
        'returned')";
    STANDING = "SELECT id, plan_key, state FROM orders WHERE plan = $1 AND plan_key <> '' AND coalesce(incident, 0) = $2
        AND (state IN ('issued', 'signed', 'doing', 'reported', 'returned') OR (state = 'done' AND closed_at_ms >= $3))
        ORDER BY id";
}

/// The columns of a whole order, in the order in which [`record`] reads them.
pub(super) const COLUMNS: &str = "SELECT o.id, o.division, o.unit, o.above, o.issuer_division, o.issuer_unit, o.parent,
    o.batch, o.incident, o.plan, o.plan_key, o.level, o.heading, o.role, o.origin, o.number, o.words, o.urgency, o.state,
    o.supervision, o.clock, o.n_done, o.issued_by_name, o.issued_at_ms, o.read_at_ms, o.signed_at_ms, o.reported_at_ms,
    o.closed_at_ms, o.version FROM orders o WHERE";

/// The columns by which a scope restricts orders: the unit's area, the unit, and the unit above it.
pub(super) const SCOPED: [&str; 3] = ["o.division", "o.unit", "o.above"];

/// A code that is kept, as what it stands for.
fn coded<T>(row: &Row<'_>, column: usize, of: fn(&str) -> Option<T>) -> Result<T, StoreError> {
    let code = row.text(column)?;
    of(&code).ok_or_else(|| StoreError::Broken(format!("an order's column {column} holds “{code}”")))
}

pub(super) fn record(row: &Row<'_>) -> Result<OrderRecord, StoreError> {
    let clock = row.text(20)?;
    let clock = if clock.is_empty() { None } else { Some(serde_json::from_str(&clock)) };
    let above = row.int(3)?;
    let order = NewOrder {
        id: OrderId(row.id(0)?),
        division: row.parsed(1)?,
        unit: UnitId(row.id(2)?),
        above: (above != 0).then(|| UnitId(Id::from_number(above))),
        issuer: row.parsed(4)?,
        issuer_unit: row.opt_id(5)?.map(UnitId),
        parent: row.opt_id(6)?.map(OrderId),
        batch: OrderBatchId(row.id(7)?),
        incident: row.opt_id(8)?.map(IncidentId),
        plan: row.opt_id(9)?.map(PlanId),
        plan_key: row.text(10)?,
        level: row.text(11)?,
        heading: row.text(12)?,
        role: coded(row, 13, OrderRole::from_code)?,
        origin: coded(row, 14, OrderOrigin::from_code)?,
        number: row.text(15)?,
        words: row.text(16)?,
        urgency: coded(row, 17, Urgency::from_code)?,
        state: coded(row, 18, OrderState::from_code)?,
        clock: clock.transpose().map_err(|error| StoreError::Broken(error.to_string()))?,
    };
    Ok(OrderRecord {
        order,
        supervision: coded(row, 19, Supervision::from_code)?,
        n_done: row.int(21)?,
        issued_by: row.text(22)?,
        issued_at_ms: row.int(23)?,
        read_at_ms: row.opt_int(24)?,
        signed_at_ms: row.opt_int(25)?,
        reported_at_ms: row.opt_int(26)?,
        closed_at_ms: row.opt_int(27)?,
        version: row.int(28)?,
    })
}

impl Store {
    /// One order, if the scope holds it.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn order(&self, id: OrderId, scope: &Scope) -> Result<Option<OrderRecord>, StoreError> {
        let mut query = Query::new(COLUMNS);
        query.within_units(SCOPED, scope).text(" AND o.id = ").value(id);
        let (sql, values) = query.done();
        self.point(sql, &values, record).await
    }

    /// The orders split off an order, the first issued first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn sub_orders(&self, parent: OrderId) -> Result<Vec<OrderRecord>, StoreError> {
        let mut query = Query::new(COLUMNS);
        query.text(" o.parent = ").value(parent).text(" ORDER BY o.id");
        let (sql, values) = query.done();
        self.scan(sql, values, record).await
    }

    /// How many of the orders split off an order are still open.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn n_open_sub_orders(&self, parent: OrderId) -> Result<usize, StoreError> {
        let n = self.point(&OPEN_SUBS, &values![parent], |row| row.int(0)).await?.unwrap_or(0);
        Ok(usize::try_from(n).unwrap_or(0))
    }

    /// What was done with an order, the latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn order_events(&self, order: &OrderRecord) -> Result<Vec<OrderEvent>, StoreError> {
        let read = |row: &Row<'_>| {
            let act = coded(row, 0, OrderAct::from_code)?;
            Ok(OrderEvent { act, words: row.text(1)?, by: row.text(2)?, at_ms: row.int(3)? })
        };
        self.scan(&EVENTS, values![order.home(), order.order.id], read).await
    }

    /// The last times at which something that recurs was done, at most so many.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn order_occurrences(&self, order: &OrderRecord, most: u32) -> Result<Vec<OrderOccurrence>, StoreError> {
        let read = |row: &Row<'_>| {
            let (due_at_ms, done_at_ms) = (row.int(0)?, row.int(1)?);
            Ok(OrderOccurrence { due_at_ms, done_at_ms, words: row.text(2)?, by: row.text(3)? })
        };
        self.scan(&OCCURRENCES, values![order.home(), order.order.id, most], read).await
    }

    /// The orders of a plan in an incident, or outside any, that are open or were done since a moment, whoever carries them
    /// out: what a change of level is compared with, so that nothing is ordered twice.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn standing_orders(
        &self,
        plan: PlanId,
        incident: Option<IncidentId>,
        done_since_ms: i64,
    ) -> Result<Vec<StandingOrder>, StoreError> {
        let read = |row: &Row<'_>| {
            let is_done = row.text(2)? == OrderState::Done.code();
            Ok(StandingOrder { id: OrderId(row.id(0)?), key: row.text(1)?, is_done })
        };
        let incident = incident.map_or(0, |incident| incident.0.number());
        self.scan(&STANDING, values![plan, incident, done_since_ms], read).await
    }
}
