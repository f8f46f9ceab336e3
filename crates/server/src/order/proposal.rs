use std::collections::BTreeMap;

use lianfang_domain::{
    Lang, OrderBatchId, OrderId, UnitId,
    clock::{Clock, Limit},
    order::{OrderDraft, OrderOrigin, OrderRole, OrderState},
    plan::{ResponseLevel, TimeKind},
};
use lianfang_store::{NewOrder, Urgency};

use super::{gather::Ground, write::due_of};
use crate::{form::FormErrors, visit::Visit};

/// What was changed on the page, by the key of a draft: `drop_`, `text_`, `due_`, `unit_`, `lead_`; and `keep_` by the
/// identifier of an order that would be lifted. What was left as it is, is not sent.
pub(super) type Fields = BTreeMap<String, String>;

/// The limit of a draft as a clock runs it, or why it cannot run by itself. What counts from an event of the plan
/// (`接到报告后2小时内`) starts with that event, not with the order; a person gives the time.
pub(super) fn limit_of(draft: &OrderDraft, ground: &Ground, lang: Lang) -> Result<Option<Limit>, String> {
    let facts = &ground.facts;
    match &draft.limit {
        None => Ok(None),
        Some(time @ TimeKind::Within { trigger: Some(_), .. }) => Err(time.words(lang)),
        Some(time) => Limit::of_plan(time, facts).map(Some).map_err(|why| why.words(lang)),
    }
}

/// Whether a person took the draft away.
pub(super) fn is_dropped(draft: &OrderDraft, fields: &Fields) -> bool {
    fields.contains_key(&format!("drop_{}", draft.key))
}

fn field<'a>(fields: &'a Fields, name: &str, draft: &OrderDraft) -> Option<&'a str> {
    fields.get(&format!("{name}_{}", draft.key)).map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// The units to which a draft goes, with what was chosen for those that the plan leaves open.
fn units_of(
    draft: &OrderDraft,
    ground: &Ground,
    fields: &Fields,
    lang: Lang,
) -> Result<Vec<(UnitId, OrderRole)>, String> {
    let lead_only = fields.contains_key(&format!("lead_{}", draft.key));
    let mut units: Vec<(UnitId, OrderRole)> =
        draft.units().filter(|(_, role)| !lead_only || *role != OrderRole::Support).collect();
    let role = draft.owners.iter().find(|owner| owner.unit.is_err()).map_or(OrderRole::Responsible, |owner| owner.role);
    if let Some(typed) = field(fields, "unit", draft) {
        for unit in ground.units.all_of(typed, lang)? {
            if !units.iter().any(|(known, _)| *known == unit) {
                units.push((unit, role));
            }
        }
    }
    Ok(units)
}

/// The orders that are issued: what was not taken away, as it was changed, for every unit that is known. What is wrong
/// is said, and nothing is issued then.
pub(super) fn orders_of(
    visit: &Visit,
    ground: &Ground,
    drafts: &[OrderDraft],
    fields: &Fields,
    batch: OrderBatchId,
    errors: &mut FormErrors,
) -> Vec<NewOrder> {
    let mut orders = Vec::new();
    for draft in drafts.iter().filter(|draft| !is_dropped(draft, fields)) {
        let limit = match field(fields, "due", draft) {
            Some(typed) => due_of(visit, typed, errors).map(|at_ms| Limit::At { at_ms }),
            None => limit_of(draft, ground, visit.lang).unwrap_or_default(),
        };
        let clock = limit.map(|limit| Clock::start(limit, visit.now_ms));
        let units = units_of(draft, ground, fields, visit.lang).unwrap_or_else(|why| {
            errors.add("", why);
            Vec::new()
        });
        let known = units.into_iter().filter_map(|(unit, role)| Some((ground.units.get(unit)?, role)));
        orders.extend(known.map(|(unit, role)| NewOrder {
            id: OrderId(visit.app.store().new_id(visit.now_ms)),
            unit: unit.id,
            division: unit.area.clone(),
            above: unit.parent,
            issuer: ground.incident.as_ref().map_or(&ground.record.area, |incident| &incident.area).clone(),
            issuer_unit: None,
            parent: None,
            batch,
            incident: ground.incident.as_ref().map(|incident| incident.id),
            plan: Some(ground.record.id),
            plan_key: draft.key_for(unit.id),
            level: draft.level.map(ResponseLevel::code).unwrap_or_default().to_owned(),
            heading: draft.heading.clone(),
            role,
            origin: OrderOrigin::Plan,
            number: String::new(),
            words: field(fields, "text", draft).unwrap_or(&draft.text).to_owned(),
            urgency: Urgency::Normal,
            state: OrderState::Issued,
            clock: clock.clone(),
        }));
    }
    orders
}
