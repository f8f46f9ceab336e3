use lianfang_domain::{
    access::{Act, Scope},
    order::{OrderFacts, OrderOrigin},
};
use lianfang_store::OrderRecord;

use crate::{Fault, visit::Visit};

/// Whether a scope holds an order's unit.
fn holds(scope: &Scope, record: &OrderRecord) -> bool {
    let order = &record.order;
    let above = order.above.is_some_and(|above| scope.units.contains(&above));
    above || scope.units.contains(&order.unit) || scope.holds_area(&order.division)
}

/// On which sides of an order the user stands: issuer, receiver.
pub(super) fn sides(visit: &Visit, record: &OrderRecord) -> (bool, bool) {
    let (issues, does) = (visit.scope_of(Act::IssueOrders), visit.scope_of(Act::DoOrders));
    let own = record.order.issuer_unit.is_some_and(|unit| does.units.contains(&unit));
    let issuer = own || !issues.is_nothing() && issues.holds_area(&record.order.issuer);
    (issuer, !does.is_nothing() && holds(&does, record))
}

/// What has to be known to say what the user may do with an order.
pub(super) async fn facts(visit: &Visit, record: &OrderRecord, words: &str) -> Result<OrderFacts, Fault> {
    let (is_issuer, is_receiver) = sides(visit, record);
    let clock = record.order.clock.as_ref();
    Ok(OrderFacts {
        is_issuer,
        is_receiver,
        has_words: !words.trim().is_empty(),
        is_recurring: clock.is_some_and(|clock| clock.limit.recurs()),
        is_request: record.order.origin == OrderOrigin::Request,
        is_late: record.is_late(visit.now_ms),
        is_paused: clock.is_some_and(|clock| clock.stands(visit.now_ms)),
        has_clock: clock.is_some_and(|clock| clock.due_ms().is_some()),
        n_open_subs: visit.app.store().n_open_sub_orders(record.order.id).await?,
    })
}
