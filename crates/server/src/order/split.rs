use std::collections::BTreeMap;

use askama::Template;
use lianfang_domain::{
    OrderBatchId, OrderId, UnitId,
    access::Scope,
    clock::{Clock, Limit},
    order::{OrderAct, OrderOrigin, OrderRole, OrderState},
};
use lianfang_store::{NewOrder, OrderRecord};

use super::{decide::decide, here, href, side::facts, tell, trail, units::Units, words::OrderWords, write::due_of};
use crate::{
    Fault, Frame, Link,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, form_page, page, see_other},
    visit::Visit,
};

/// The form that splits an order.
#[derive(Template)]
#[template(path = "order/split.html")]
pub(crate) struct SplitPage {
    frame: Frame,
    t: OrderWords,
    href: String,
    version: i64,
    words: String,
    due: String,
    units: Vec<(String, String, bool)>,
    errors: FormErrors,
}

form_page!(SplitPage);

/// `version`, `words`, `due_at` (`2026-11-22T15:00`) and `unit_ID` with `1` for each unit.
type Fields = BTreeMap<String, String>;

pub(super) async fn show(visit: Visit, At(id): At<OrderId>) -> PageResult {
    page(&split_page(&visit, &here(&visit, id).await?, &Fields::new(), FormErrors::default()).await?)
}

async fn split_page(
    visit: &Visit,
    record: &OrderRecord,
    typed: &Fields,
    errors: FormErrors,
) -> Result<SplitPage, Fault> {
    let t = OrderWords(visit.lang);
    let units = Units::read(visit, &Scope::everywhere()).await?;
    let line = |unit: UnitId| {
        let name = format!("unit_{unit}");
        let chosen = typed.is_empty() || typed.contains_key(&name);
        (name, units.name(unit), chosen)
    };
    let title: String = record.order.words.chars().take(28).collect();
    let mut trail = trail(visit);
    trail.push(Link { name: title, href: href(record.order.id) });
    Ok(SplitPage {
        frame: visit.frame(t.split_title(), trail),
        href: href(record.order.id),
        version: record.version,
        words: typed.get("words").cloned().unwrap_or_else(|| record.order.words.clone()),
        due: typed.get("due_at").cloned().unwrap_or_default(),
        units: units.below(record.order.unit).into_iter().map(line).collect(),
        errors,
        t,
    })
}

pub(super) async fn send(visit: Visit, At(id): At<OrderId>, Sent(fields): Sent<Fields>) -> PageResult {
    let (t, record) = (OrderWords(visit.lang), here(&visit, id).await?);
    let mut errors = FormErrors::default();
    let units = Units::read(&visit, &Scope::everywhere()).await?;
    let below = units.below(record.order.unit);
    let chosen: Vec<UnitId> = below.into_iter().filter(|unit| fields.contains_key(&format!("unit_{unit}"))).collect();
    if chosen.is_empty() {
        errors.add("units", t.split_pick());
    }
    let words = fields.get("words").map_or("", |words| words.trim());
    if words.is_empty() {
        errors.add("words", t.write_words_none());
    }
    let due = due_of(&visit, fields.get("due_at").map_or("", String::as_str), &mut errors);
    let facts = facts(&visit, &record, words).await?;
    let decided = match decide(&record, OrderAct::Split, &facts, words, visit.now_ms) {
        Ok(decided) if errors.is_empty() => decided,
        outcome => {
            if let Err(why) = outcome {
                errors.add("", why.words(visit.lang));
            }
            return again(&split_page(&visit, &record, &fields, errors).await?);
        }
    };
    let version = fields.get("version").and_then(|version| version.parse().ok()).unwrap_or(0);
    let seen = OrderRecord { version, ..record.clone() };
    let batch = OrderBatchId(visit.app.store().new_id(visit.now_ms));
    let orders: Vec<NewOrder> = chosen
        .iter()
        .filter_map(|unit| units.get(*unit))
        .map(|unit| NewOrder {
            id: OrderId(visit.app.store().new_id(visit.now_ms)),
            unit: unit.id,
            division: unit.area.clone(),
            above: unit.parent,
            issuer: record.order.division.clone(),
            issuer_unit: Some(record.order.unit),
            parent: Some(id),
            batch,
            plan_key: String::new(),
            role: OrderRole::Responsible,
            origin: OrderOrigin::Split,
            words: words.to_owned(),
            state: OrderState::Issued,
            clock: due.map(|at_ms| Clock::start(Limit::At { at_ms }, visit.now_ms)).or(record.order.clock.clone()),
            ..record.order.clone()
        })
        .collect();
    let told = tell::of_issue(&visit, &orders).await?;
    let mut tx = visit.begin();
    tx.about("order", id, Some(&record.order.division));
    tx.save_order(&seen, &decided.record, OrderAct::Split, "");
    tell::issue(&visit, &mut tx, &orders, &told)?;
    match keep(tx, Refusals::changed(t.changed())).await? {
        Ok(()) => Ok(see_other(&href(id))),
        Err(errors) => again(&split_page(&visit, &here(&visit, id).await?, &fields, errors).await?),
    }
}
