use lianfang_domain::{IncidentId, OrderBatchId, access::Act, clock::Limit, order::OrderOrigin};
use lianfang_store::{Tx, Urgency};

use super::{tell, units::Units, write::Written};
use crate::{Fault, visit::Visit};

/// What a meeting decided that somebody is to do.
pub(crate) struct Decided<'a> {
    /// What.
    pub(crate) words: &'a str,
    /// Registered names, one a line.
    pub(crate) units: &'a str,
    /// By when.
    pub(crate) due_at_ms: Option<i64>,
    /// The name of the meeting.
    pub(crate) meeting: &'a str,
    /// The incident it is about.
    pub(crate) incident: Option<IncidentId>,
}

/// Adds the orders of a decision to an act: as many as there are units, or which names are no units.
pub(crate) async fn issue_decided(
    visit: &Visit,
    tx: &mut Tx<'_>,
    decided: &Decided<'_>,
    batch: OrderBatchId,
) -> Result<Result<usize, String>, Fault> {
    let units = Units::read(visit, &visit.scope_of(Act::IssueOrders)).await?;
    let chosen = match units.all_of(decided.units, visit.lang) {
        Ok(chosen) => chosen,
        Err(why) => return Ok(Err(why)),
    };
    let written = Written {
        words: decided.words,
        number: decided.meeting,
        origin: OrderOrigin::Meeting,
        incident: decided.incident,
        urgency: Urgency::Normal,
        limit: decided.due_at_ms.map(|at_ms| Limit::At { at_ms }),
    };
    let orders = written.for_units(visit, &units, &chosen, batch);
    let told = tell::of_issue(visit, &orders).await?;
    tell::issue(visit, tx, &orders, &told)?;
    Ok(Ok(orders.len()))
}
