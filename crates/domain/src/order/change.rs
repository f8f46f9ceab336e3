use std::collections::{BTreeMap, BTreeSet};

use super::{OrderDraft, base_of};
use crate::{OrderId, unit::normal_name};

/// An order that was issued from a plan and is still open, or was done since the response began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingOrder {
    /// The order.
    pub id: OrderId,
    /// The key under which it was issued. One that was given to another unit keeps it.
    pub key: String,
    /// Whether it was found to be done: it is not asked for again, and there is nothing to lift.
    pub is_done: bool,
}

/// The orders that stand under an older version of a plan, as they count under the newer one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CarriedOver {
    /// Those that the newer version asks for in the same words, under its keys.
    pub kept: Vec<StandingOrder>,
    /// Those whose clause is gone or worded otherwise.
    pub gone: Vec<OrderId>,
}

/// What becomes of orders when a newer version of the plan takes the place of the older one? A clause of the same words
/// is the same clause, wherever it stands; so nothing is ordered twice.
pub fn carry_over(standing: &[StandingOrder], before: &[OrderDraft], now: &[OrderDraft]) -> CarriedOver {
    let words: BTreeMap<&str, String> =
        before.iter().map(|draft| (draft.key.as_str(), normal_name(&draft.text))).collect();
    let new_keys: BTreeMap<String, &str> =
        now.iter().rev().map(|draft| (normal_name(&draft.text), draft.key.as_str())).collect();
    let mut carried = CarriedOver::default();
    for order in standing {
        let base = base_of(&order.key);
        match words.get(base).and_then(|words| new_keys.get(words)) {
            Some(new) => {
                let key = format!("{new}{}", &order.key[base.len()..]);
                carried.kept.push(StandingOrder { key, ..order.clone() });
            }
            None if order.is_done => {}
            None => carried.gone.push(order.id),
        }
    }
    carried
}

/// What a change of level adds to the orders that stand, what stays, and what is to be lifted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LevelChange {
    /// Drafts to be issued, each with the units that do not have it yet, or that are still to be chosen.
    pub add: Vec<OrderDraft>,
    /// Orders that go on.
    pub keep: Vec<OrderId>,
    /// Orders that the new level does not ask for.
    pub lift: Vec<OrderId>,
}

/// Compares what the old and the new level ask for with the orders that stand. What was never asked for by a level (tasks,
/// orders written freely) stays. Nothing is ordered twice, and doing it again changes nothing.
pub fn level_change(standing: &[StandingOrder], old: &[OrderDraft], new: &[OrderDraft]) -> LevelChange {
    let asked: BTreeSet<&str> = new.iter().map(|draft| draft.key.as_str()).collect();
    let was_asked: BTreeSet<&str> = old.iter().map(|draft| draft.key.as_str()).collect();
    let mut change = LevelChange::default();
    for order in standing {
        let base = base_of(&order.key);
        let lifted = !order.is_done && was_asked.contains(base) && !asked.contains(base);
        if lifted { change.lift.push(order.id) } else { change.keep.push(order.id) }
    }
    let keys: BTreeSet<&str> = standing.iter().map(|order| order.key.as_str()).collect();
    change.add = new.iter().filter_map(|draft| missing_of(draft, &keys)).collect();
    change
}

/// The part of a draft that does not stand yet. Where a person chose the unit of an owner, an order stands under the
/// draft's key that is none of its known units.
fn missing_of(draft: &OrderDraft, keys: &BTreeSet<&str>) -> Option<OrderDraft> {
    let own = |key: &&&str| base_of(key) == draft.key;
    let known: BTreeSet<String> = draft.units().map(|(unit, _)| draft.key_for(unit)).collect();
    let from = format!("{}@", draft.key);
    let n_chosen = keys.range(from.as_str()..).take_while(own).filter(|key| !known.contains(**key)).count();
    let mut n_left = n_chosen;
    let mut left = draft.clone();
    left.owners.retain(|owner| match owner.unit {
        Ok(unit) => !keys.contains(draft.key_for(unit).as_str()),
        Err(_) if n_left > 0 => {
            n_left -= 1;
            false
        }
        Err(_) => true,
    });
    (!left.owners.is_empty()).then_some(left)
}
