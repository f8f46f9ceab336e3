use lianfang_domain::{
    OrderBatchId, OrderId,
    access::Act,
    order::{OrderAct, OrderState},
};
use lianfang_store::{NewOrder, OrderRecord};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    decide::decide,
    here, href,
    show::{Typed, order_page},
    side::facts,
    tell,
    units::Units,
    words::OrderWords,
};
use crate::{
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

/// What is sent.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "ReassignOrderIn")]
pub(super) struct ReassignForm {
    /// The version that the user saw.
    version: i64,
    /// Why.
    words: String,
    /// The registered name of the other unit.
    unit: String,
}

/// Gives an order to another unit: this one ends, and the other unit gets one of its own.
pub(super) async fn send(visit: Visit, At(id): At<OrderId>, Sent(form): Sent<ReassignForm>) -> PageResult {
    let (t, record) = (OrderWords(visit.lang), here(&visit, id).await?);
    let words = form.words.trim();
    let units = Units::read(&visit, &visit.scope_of(Act::IssueOrders)).await?;
    let mut errors = FormErrors::default();
    let unit = units.find(&form.unit).and_then(|unit| units.get(unit));
    match unit {
        None => errors.add("unit", t.unit_unknown()),
        Some(unit) if unit.id == record.order.unit => errors.add("unit", t.unit_same()),
        Some(_) => {}
    }
    let facts = facts(&visit, &record, words).await?;
    let decided = match decide(&record, OrderAct::Reassign, &facts, words, visit.now_ms) {
        Ok(decided) => Some(decided),
        Err(why) => {
            errors.add("words", why.words(visit.lang));
            None
        }
    };
    if let (Some(unit), Some(decided), true) = (unit, decided, errors.is_empty()) {
        let new = NewOrder {
            id: OrderId(visit.app.store().new_id(visit.now_ms)),
            unit: unit.id,
            division: unit.area.clone(),
            above: unit.parent,
            batch: OrderBatchId(visit.app.store().new_id(visit.now_ms)),
            state: OrderState::Issued,
            ..record.order.clone()
        };
        let new = [new];
        let mut told = tell::of_issue(&visit, &new).await?;
        told.extend(tell::of_act(&visit, OrderAct::Reassign, words, &[&record]).await?);
        let seen = OrderRecord { version: form.version, ..record.clone() };
        let mut tx = visit.begin();
        tx.about("order", id, Some(&record.order.division)).because(words);
        tx.save_order(&seen, &decided.record, OrderAct::Reassign, words);
        tell::issue(&visit, &mut tx, &new, &told)?;
        match keep(tx, Refusals::changed(t.changed()).or_taken("unit", t.taken())).await? {
            Ok(()) => return Ok(see_other(&href(new[0].id))),
            Err(refused) => errors = refused,
        }
    }
    let typed = Typed { act: Some(OrderAct::Reassign), words: form.words.clone(), unit: form.unit.clone() };
    again(&order_page(&visit, &here(&visit, id).await?, &typed, errors).await?)
}
