use std::fmt;
use std::str::FromStr;

use lianfang_domain::{
    IncidentId, OrderBatchId, OrderId, PlanId, UnitId,
    access::Scope,
    area::{AreaCode, AreaLevel},
    order::{OrderOrigin, OrderState},
};

use super::{
    OrderRecord,
    read::{COLUMNS, SCOPED, record},
};
use crate::{
    Store, StoreError,
    query::Query,
    value::{Row, part_of},
};

/// Where an order stands in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderPlace {
    place: i64,
    id: OrderId,
}

impl fmt::Display for OrderPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.place, self.id)
    }
}

impl FromStr for OrderPlace {
    type Err = ();

    fn from_str(text: &str) -> Result<OrderPlace, ()> {
        let (place, id) = text.split_once('.').ok_or(())?;
        Ok(OrderPlace { place: place.parse().map_err(|_| ())?, id: id.parse().map_err(|_| ())? })
    }
}

/// Where a page of a list begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OrderStart {
    /// At the beginning of the list.
    #[default]
    First,
    /// After this order.
    After(OrderPlace),
    /// So that it ends before this order.
    Before(OrderPlace),
}

/// Which orders by how far they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StateFilter {
    /// All.
    #[default]
    Any,
    /// Those of which something is still to be done.
    Open,
    /// Those that wait for the unit after they were signed for.
    InHand,
    /// Those in one state.
    One(OrderState),
    /// Open and over their time.
    Late,
    /// Open and in the last quarter of their time.
    Soon,
    /// Open and due before an instant, but not over yet.
    DueBefore(i64),
    /// Being supervised.
    Supervised,
}

/// Which orders are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderSearch {
    /// Part of the words; empty for all.
    pub text: String,
    /// By how far they are.
    pub state: StateFilter,
    /// Of one incident.
    pub incident: Option<IncidentId>,
    /// Of one plan.
    pub plan: Option<PlanId>,
    /// Of one unit.
    pub unit: Option<UnitId>,
    /// In one area and below it.
    pub area: Option<AreaCode>,
    /// Under one heading; empty for all.
    pub heading: String,
    /// Of one level; empty for all.
    pub level: String,
    /// Of one act of issuing.
    pub batch: Option<OrderBatchId>,
    /// Which came up in one way.
    pub origin: Option<OrderOrigin>,
    /// What is late is told from this instant, in milliseconds.
    pub now_ms: i64,
    /// From where.
    pub start: OrderStart,
    /// How many at most.
    pub limit: u32,
}

/// An order in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderRow {
    /// The order.
    pub record: OrderRecord,
    /// The name of its unit.
    pub unit_name: String,
    /// Where it stands in the list.
    pub place: OrderPlace,
}

/// A page of a list of orders.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OrderList {
    /// The orders.
    pub rows: Vec<OrderRow>,
    /// Whether some stand before them.
    pub has_before: bool,
    /// Whether some stand after them.
    pub has_after: bool,
    /// How many match.
    pub n_found: i64,
    /// How many the scope holds.
    pub n_all: i64,
}

const OPEN: &str = "('issued', 'signed', 'doing', 'reported', 'returned')";

/// Which way the database is led to the rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// In the order of the list, passing over what lies outside.
    ByPlace,
    /// Through the few rows of a unit, a plan or a small area, which are then put in order.
    Through,
}

impl OrderSearch {
    /// Whether it leaves anything out.
    fn filters(&self) -> bool {
        *self != OrderSearch { now_ms: self.now_ms, start: self.start, limit: self.limit, ..OrderSearch::default() }
    }

    /// A wide scope is walked in the order of the list; a narrow one is looked up and sorted.
    fn way(&self, scope: &Scope) -> Way {
        let small = |area: &AreaCode| area.level() >= AreaLevel::Township;
        let narrow = !scope.units.is_empty() || !scope.everywhere && scope.areas.iter().all(small);
        let few = self.unit.is_some() || self.batch.is_some() || self.state == StateFilter::Supervised;
        if narrow || few || self.area.as_ref().is_some_and(small) { Way::Through } else { Way::ByPlace }
    }

    fn restrict(&self, query: &mut Query, scope: &Scope, way: Way) {
        if scope.units.is_empty() && way == Way::ByPlace {
            // An expression leads to no index, on either database.
            query.within("(o.division || '')", scope);
        } else {
            query.within_units(SCOPED, scope);
        }
        if let Some(area) = &self.area {
            query.text(" AND o.division >= ").value(area);
            query.text(" AND o.division < ").value(area.upper_bound());
        }
    }

    fn filter(&self, query: &mut Query, way: Way) {
        let (now, place, its_state) = (self.now_ms, way.place(), way.state());
        match self.state {
            StateFilter::Any => {}
            StateFilter::Open => drop(query.text(" AND ").text(its_state).text(" IN ").text(OPEN)),
            StateFilter::InHand => {
                query.text(" AND ").text(its_state).text(" IN ('signed', 'doing', 'returned')");
            }
            StateFilter::One(state) => {
                query.text(" AND ").text(its_state).text(" = ").value(state.code());
            }
            // Open orders with a limit stand where they are due.
            StateFilter::Late => drop(query.text(" AND ").text(place).text(" <= ").value(now)),
            StateFilter::Soon => {
                query.text(" AND ").text(place).text(" > ").value(now).text(" AND o.yellow_at_ms <= ").value(now);
                query.text(" AND o.closed_at_ms IS NULL");
            }
            StateFilter::DueBefore(until) => {
                query.text(" AND ").text(place).text(" > ").value(now);
                query.text(" AND ").text(place).text(" <= ").value(until);
            }
            StateFilter::Supervised => {
                query.text(" AND o.supervision IN ('noticed', 'answered', 'rectified')");
            }
        }
        if !self.text.trim().is_empty() {
            query.text(" AND o.words LIKE ").value(part_of(self.text.trim())).text(" ESCAPE '\\'");
        }
        if !self.heading.is_empty() {
            query.text(" AND o.heading = ").value(&self.heading);
        }
        if !self.level.is_empty() {
            query.text(" AND o.level = ").value(&self.level);
        }
        if let Some(incident) = self.incident {
            query.text(" AND o.incident = ").value(incident);
        }
        if let Some(plan) = self.plan {
            query.text(" AND o.plan = ").value(plan);
        }
        if let Some(unit) = self.unit {
            query.text(" AND o.unit = ").value(unit);
        }
        if let Some(batch) = self.batch {
            query.text(" AND o.batch = ").value(batch);
        }
        if let Some(origin) = self.origin {
            query.text(" AND o.origin = ").value(origin.code());
        }
    }

    fn page(&self, query: &mut Query, way: Way) {
        let (place, turned) = match self.start {
            OrderStart::First => (None, false),
            OrderStart::After(place) => (Some(place), false),
            OrderStart::Before(place) => (Some(place), true),
        };
        if let Some(place) = place {
            query.text(" AND (").text(way.place()).text(if turned { ", o.id) < (" } else { ", o.id) > (" });
            query.value(place.place).text(", ").value(place.id).text(")");
        }
        query.text(" ORDER BY ").text(way.place());
        query.text(if turned { " DESC, o.id DESC" } else { ", o.id" });
        query.text(" LIMIT ").value(self.limit);
    }
}

impl Way {
    /// The column of an order's place where it is to lead to an index, and where it is not.
    fn place(self) -> &'static str {
        match self {
            Way::ByPlace => "o.place",
            Way::Through => "(o.place + 0)",
        }
    }

    /// The same of its state.
    fn state(self) -> &'static str {
        match self {
            Way::ByPlace => "o.state",
            Way::Through => "(o.state || '')",
        }
    }
}

fn row(read: &Row<'_>) -> Result<OrderRow, StoreError> {
    let record = record(read)?;
    let place = OrderPlace { place: read.int(29)?, id: record.order.id };
    Ok(OrderRow { unit_name: read.opt_text(30)?.unwrap_or_default(), record, place })
}

impl Store {
    /// A page of the orders that the scope holds, what is due first before what is due later, then those without a
    /// limit, then those that have ended; with how many there are before and after filtering.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn orders(&self, search: &OrderSearch, scope: &Scope) -> Result<OrderList, StoreError> {
        let with_next = OrderSearch { limit: search.limit.saturating_add(1), ..search.clone() };
        let mut rows = self.order_rows(&with_next, scope).await?;
        let turned = matches!(search.start, OrderStart::Before(_));
        let limit = usize::try_from(search.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        if turned {
            rows.reverse();
        }
        let begun = search.start != OrderStart::First;
        let (has_before, has_after) = if turned { (more, true) } else { (begun, more) };
        let n_all = self.count_orders(&OrderSearch::default(), scope).await?;
        let n_found = if search.filters() { self.count_orders(search, scope).await? } else { n_all };
        Ok(OrderList { rows, has_before, has_after, n_found, n_all })
    }

    /// At most as many rows as the search's limit, without counting; from its end backwards where it starts before a
    /// place. For lists that are taken out whole, acts on all of them, and parts of pages.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn order_rows(&self, search: &OrderSearch, scope: &Scope) -> Result<Vec<OrderRow>, StoreError> {
        let columns = COLUMNS_WITH_NAME.get_or_init(|| {
            COLUMNS.replace(
                "o.version FROM orders o WHERE",
                "o.version, o.place, (SELECT u.name FROM unit u WHERE u.id = o.unit) FROM orders o WHERE",
            )
        });
        let way = search.way(scope);
        // Which orders they are is told from an index; only those are read.
        let mut query = Query::new(columns);
        query.text(" o.id IN (SELECT o.id FROM orders o WHERE");
        search.restrict(&mut query, scope, way);
        search.filter(&mut query, way);
        search.page(&mut query, way);
        let turned = matches!(search.start, OrderStart::Before(_));
        query.text(if turned { ") ORDER BY o.place DESC, o.id DESC" } else { ") ORDER BY o.place, o.id" });
        let (sql, values) = query.done();
        self.scan(sql, values, row).await
    }

    /// How many orders match.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn count_orders(&self, search: &OrderSearch, scope: &Scope) -> Result<i64, StoreError> {
        let mut query = Query::new("SELECT count(*) FROM orders o WHERE");
        let way = if search.filters() { search.way(scope) } else { Way::Through };
        search.restrict(&mut query, scope, way);
        search.filter(&mut query, way);
        let (sql, values) = query.done();
        Ok(self.scan(sql, values, |row| row.int(0)).await?.into_iter().next().unwrap_or(0))
    }
}

/// The columns of a row of a list.
static COLUMNS_WITH_NAME: std::sync::OnceLock<String> = std::sync::OnceLock::new();
