//! How many will it be? Numbers before the list is drawn.

use crate::class::VenueClass;
use crate::query::bitset::Bitset;
use crate::query::case::{Case, CaseList};
use crate::query::exposure::{Seen, exposures, seen_in};
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
    let empty = || Bitset::new(snapshot.persons.len());
    let mut all = empty();
    let mut by_class: [Option<Bitset>; VenueClass::COUNT] = Default::default();
    let mut notices = 0;
    let mut seen: Vec<Seen> = Vec::new();
    let known = CaseList::find(snapshot, cases).known;
    for case in &known {
        for exposure in exposures(snapshot, *case, rules, |_| true) {
            let rule = rules.of(exposure.class);
            seen.clear();
            seen_in(snapshot, &exposure, rule, case.0, &mut seen);
            if rule.list_at_most.is_some_and(|most| crate::query::encounter::distinct(&mut seen) > most) {
                notices += 1;
                continue;
            }
            let of_class = by_class[usize::from(exposure.class.number())].get_or_insert_with(empty);
            for one in &seen {
                all.insert(one.person);
                of_class.insert(one.person);
            }
        }
    }
    for set in std::iter::once(&mut all).chain(by_class.iter_mut().flatten()) {
        known.iter().for_each(|(person, _)| set.remove(*person));
    }
    let count = |class: VenueClass| by_class[usize::from(class.number())].as_ref().map_or(0, Bitset::len);
    Expected { persons: all.len(), by_class: VenueClass::ALL.map(|class| (class, count(class))), notices }
}
