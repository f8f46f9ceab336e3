use lianfang_domain::order::{OrderAct, OrderFacts, OrderRefusal, OrderState, next, supervise};
use lianfang_store::OrderRecord;

/// What an act makes of an order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Decided {
    pub(crate) record: OrderRecord,
    /// Of what recurs: the time for which it was done now.
    pub(crate) occurrence: Option<i64>,
}

/// Decides an act: state, supervision, clock and instants of the order after it.
///
/// # Errors
/// [`OrderRefusal`] says what keeps it from being done.
pub(crate) fn decide(
    was: &OrderRecord,
    act: OrderAct,
    facts: &OrderFacts,
    words: &str,
    now_ms: i64,
) -> Result<Decided, OrderRefusal> {
    let mut record = was.clone();
    if act.is_supervision() {
        record.supervision = supervise(was.order.state, was.supervision, act, facts)?;
        return Ok(Decided { record, occurrence: None });
    }
    record.order.state = next(was.order.state, act, facts)?;
    let occurrence = move_clock(&mut record, act, facts, words, now_ms)?;
    match act {
        OrderAct::Sign => record.signed_at_ms = Some(now_ms),
        OrderAct::Report => record.reported_at_ms = Some(now_ms),
        _ => {}
    }
    if !record.order.state.is_open() {
        record.closed_at_ms = Some(now_ms);
    }
    Ok(Decided { record, occurrence })
}

/// The clock stops with the unit's report, and goes on when the order is sent back.
fn move_clock(
    record: &mut OrderRecord,
    act: OrderAct,
    facts: &OrderFacts,
    words: &str,
    now_ms: i64,
) -> Result<Option<i64>, OrderRefusal> {
    let state = record.order.state;
    let Some(clock) = record.order.clock.as_mut() else { return Ok(None) };
    match act {
        OrderAct::Report if facts.is_recurring => {
            let due = clock.due_ms();
            if let Some(due) = due {
                clock.done_through(due);
                record.n_done += 1;
            }
            return Ok(due);
        }
        OrderAct::Report => clock.done_at_ms = Some(now_ms),
        OrderAct::Return => clock.done_at_ms = None,
        OrderAct::Pause => clock.pause(now_ms, words).map_err(|_| OrderRefusal::NoClockRuns)?,
        OrderAct::Resume => clock.resume(now_ms).map_err(|_| OrderRefusal::ClockRuns)?,
        _ if !state.is_open() && clock.done_at_ms.is_none() => clock.done_at_ms = Some(now_ms),
        _ => {}
    }
    Ok(None)
}

/// The act that is most to be done now, of those that each side does.
pub(super) fn primary(
    record: &OrderRecord,
    (is_issuer, is_receiver): (bool, bool),
    is_request: bool,
) -> Option<OrderAct> {
    use OrderState::{Doing, Issued, Reported, Returned, Signed};
    match record.order.state {
        Issued if is_receiver => Some(OrderAct::Sign),
        Signed | Doing | Returned if is_receiver => Some(OrderAct::Report),
        Reported if is_issuer || !is_request => Some(OrderAct::Close),
        _ => None,
    }
}
