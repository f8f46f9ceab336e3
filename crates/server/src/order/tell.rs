use std::collections::BTreeMap;

use lianfang_domain::{
    ClockId, UnitId,
    access::Role,
    area::AreaCode,
    notice::{About, Notice, NoticeKind, Urgency as Haste},
    order::{ESCALATION, OrderAct, OrderOrigin},
};
use lianfang_store::{NewClock, NewOrder, OrderRecord, Recipient, StoreError, Tx, Urgency};

use super::href;
use crate::{Fault, visit::Visit};

/// The kind under which the clocks of orders run.
const CLOCK: &str = "order";
/// Signs of an order that a notice shows.
const SHOWN: usize = 40;

/// Who is told what, found before the act is kept.
pub(super) type Told = Vec<(Vec<Recipient>, Notice)>;

/// Orders as they are named in a notice.
fn short(words: &str) -> String {
    let mut signs = words.chars();
    let start: String = signs.by_ref().take(SHOWN).collect();
    if signs.next().is_some() { format!("{start}…") } else { start }
}

/// What one unit is told about.
struct Bundle<'a> {
    words: &'a str,
    n: usize,
    href: String,
    area: &'a AreaCode,
    haste: Haste,
}

/// One notice for each unit, however many orders it is about.
async fn for_units(
    visit: &Visit,
    kind: NoticeKind,
    bundles: BTreeMap<UnitId, Bundle<'_>>,
    more: &str,
) -> Result<Told, Fault> {
    let mut told = Vec::new();
    for (unit, bundle) in bundles {
        let to = visit.app.store().users_for_unit(unit, visit.day()).await?;
        if to.is_empty() {
            continue;
        }
        let what = match bundle.n {
            1 => short(bundle.words),
            n => visit
                .lang
                .pick(format!("{}等{n}条", short(bundle.words)), format!("{} and {} more", short(bundle.words), n - 1)),
        };
        let about = About { what, more: more.to_owned(), due_ms: None };
        told.push((to, Notice { kind, about, href: bundle.href, urgency: bundle.haste, area: bundle.area.clone() }));
    }
    Ok(told)
}

fn haste(urgency: Urgency) -> Haste {
    match urgency {
        Urgency::Normal => Haste::Ordinary,
        Urgency::Urgent => Haste::Urgent,
    }
}

/// Who is told of orders that are about to be issued: each unit once. A request is told to those who answer it.
pub(super) async fn of_issue(visit: &Visit, orders: &[NewOrder]) -> Result<Told, Fault> {
    let mut bundles: BTreeMap<UnitId, Bundle<'_>> = BTreeMap::new();
    let mut told = Vec::new();
    for order in orders {
        if order.origin == OrderOrigin::Request {
            told.extend(to_office(visit, &order.issuer, NoticeKind::ToDecide, &order.words, "", href(order.id)).await?);
            continue;
        }
        let first = || Bundle {
            words: &order.words,
            n: 0,
            href: href(order.id),
            area: &order.division,
            haste: haste(order.urgency),
        };
        let bundle = bundles.entry(order.unit).or_insert_with(first);
        bundle.n += 1;
        if bundle.n > 1 {
            bundle.href = format!("/orders?batch={}&unit={}", order.batch, order.unit);
        }
        if order.urgency == Urgency::Urgent {
            bundle.haste = Haste::Urgent;
        }
    }
    told.extend(for_units(visit, NoticeKind::OrderIssued, bundles, "").await?);
    Ok(told)
}

async fn to_office(
    visit: &Visit,
    area: &AreaCode,
    kind: NoticeKind,
    words: &str,
    more: &str,
    href: String,
) -> Result<Told, Fault> {
    let to = visit.app.store().users_with_role(Role::Office, area, visit.day()).await?;
    let about = About { what: short(words), more: more.to_owned(), due_ms: None };
    Ok(vec![(to, Notice { kind, about, href, urgency: Haste::Ordinary, area: area.clone() })])
}

/// Who is told of an act with orders: what the issuer does is told to the units, what a unit reports to the issuer.
pub(super) async fn of_act(visit: &Visit, act: OrderAct, words: &str, records: &[&OrderRecord]) -> Result<Told, Fault> {
    let kind = match act {
        OrderAct::Return => NoticeKind::OrderReturned,
        OrderAct::Remind => NoticeKind::OrderReminded,
        OrderAct::Recall | OrderAct::Lift | OrderAct::Reassign => NoticeKind::OrderEnded,
        OrderAct::Close => NoticeKind::OrderClosed,
        OrderAct::Notice | OrderAct::Fail => NoticeKind::Supervision,
        OrderAct::Report | OrderAct::Answer | OrderAct::Rectify => return answered(visit, records).await,
        _ => return Ok(Vec::new()),
    };
    let mut bundles: BTreeMap<UnitId, Bundle<'_>> = BTreeMap::new();
    for record in records {
        let order = &record.order;
        let first = || Bundle {
            words: &order.words,
            n: 0,
            href: href(order.id),
            area: &order.division,
            haste: if act == OrderAct::Notice { Haste::Urgent } else { Haste::Ordinary },
        };
        let bundle = bundles.entry(order.unit).or_insert_with(first);
        bundle.n += 1;
        if bundle.n > 1 {
            bundle.href = format!("/orders?unit={}", order.unit);
        }
    }
    for_units(visit, kind, bundles, words).await
}

/// What a unit reports is told to the office that issued it, or to the unit that split it off.
async fn answered(visit: &Visit, records: &[&OrderRecord]) -> Result<Told, Fault> {
    let store = visit.app.store();
    let mut told = Vec::new();
    for record in records {
        let order = &record.order;
        let unit = store.unit(order.unit, &lianfang_domain::access::Scope::everywhere()).await?;
        let name = unit.map(|unit| unit.unit.name).unwrap_or_default();
        let Some(issuer) = order.issuer_unit else {
            let href = href(order.id);
            told.extend(to_office(visit, &order.issuer, NoticeKind::OrderAnswered, &order.words, &name, href).await?);
            continue;
        };
        let to = store.users_for_unit(issuer, visit.day()).await?;
        let about = About { what: short(&order.words), more: name, due_ms: None };
        let (kind, urgency, area) = (NoticeKind::OrderAnswered, Haste::Ordinary, order.issuer.clone());
        told.push((to, Notice { kind, about, href: href(order.id), urgency, area }));
    }
    Ok(told)
}

/// Issues orders in an act, starts their clocks, and tells their units.
pub(super) fn issue(visit: &Visit, tx: &mut Tx<'_>, orders: &[NewOrder], told: &Told) -> Result<(), StoreError> {
    for order in orders {
        tx.issue_order(order);
        let Some(clock) = order.clock.as_ref().filter(|clock| clock.limit.can_be_late()) else { continue };
        tx.start_clock(&NewClock {
            id: ClockId(visit.app.store().new_id(visit.now_ms)),
            area: order.division.clone(),
            subject_kind: CLOCK,
            subject: order.id.to_string(),
            title: short(&order.words),
            href: href(order.id),
            told_unit: Some(order.unit),
            clock: clock.clone(),
            escalation: ESCALATION,
        })?;
    }
    tell(tx, told)
}

/// Tells everybody who is to be told, in the act itself.
pub(super) fn tell(tx: &mut Tx<'_>, told: &Told) -> Result<(), StoreError> {
    told.iter().try_for_each(|(to, notice)| tx.notify(to, notice))
}
