//! How many will it be? Numbers before the list is drawn.

use crate::class::VenueClass;
use crate::query::case::{Case, CaseList};
use crate::query::encounter::distinct;
use crate::query::exposure::{Seen, exposures, seen_in};
use crate::radix::sort_by_number;
use crate::rules::RuleSet;
use crate::store::Snapshot;

/// How many people shared venues with the cases, before distance and length are judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Different people in all venues together.
    pub persons: usize,
    /// Different people by class of venue; someone may be in several.
    pub by_class: [(VenueClass, usize); VenueClass::COUNT],
    /// Exposures with more people than the rule lists: they will be notices, and their people are not counted above.
    pub notices: usize,
}

/// Counts who shared a venue with the cases. It is the most that a list by the same rules can hold: everyone here becomes a
/// contact or a low-risk contact.
pub fn expected(snapshot: &Snapshot, cases: &[Case], rules: &RuleSet) -> Expected {
    let mut notices = 0;
    let mut seen: Vec<Seen> = Vec::new();
    // Class in the upper half, person in the lower.
    let mut keys: Vec<u64> = Vec::new();
    let known = CaseList::find(snapshot, cases).known;
    for case in &known {
        for exposure in exposures(snapshot, *case, rules, |_| true) {
            let rule = rules.of(exposure.class);
            seen.clear();
            seen_in(snapshot, &exposure, rule, case.0, &mut seen);
            if rule.list_at_most.is_some_and(|most| distinct(&mut seen) > most) {
                notices += 1;
                continue;
            }
            keys.extend(seen.iter().map(|one| u64::from(exposure.class.number()) << 32 | u64::from(one.person)));
        }
    }
    let mut persons: Vec<u32> = known.iter().map(|(person, _)| *person).collect();
    persons.sort_unstable();
    keys.retain(|key| persons.binary_search(&(*key as u32)).is_err());
    sort_by_number(&mut keys, |key| *key);
    keys.dedup();
    let count = |class: VenueClass| {
        let below = |number: u8| keys.partition_point(|key| key >> 32 < u64::from(number));
        below(class.number() + 1) - below(class.number())
    };
    let by_class = VenueClass::ALL.map(|class| (class, count(class)));
    sort_by_number(&mut keys, |key| key & u64::from(u32::MAX));
    keys.dedup_by_key(|key| *key as u32);
    Expected { persons: keys.len(), by_class, notices }
}
