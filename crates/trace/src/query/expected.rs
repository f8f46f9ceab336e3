//! How many will it be? Numbers before the list is drawn.

use crate::class::VenueClass;
use crate::query::bitset::Bitset;
use crate::query::case::{Case, CaseList};
use crate::query::encounter::distinct;
use crate::query::exposure::{Exposure, Seen, exposures, seen_in};
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
    let known = CaseList::find(snapshot, cases).known;
    let mut all: Vec<(u32, Exposure)> = Vec::new();
    for case in &known {
        all.extend(exposures(snapshot, *case, rules, |_| true).into_iter().map(|exposure| (case.0, exposure)));
    }
    all.sort_by_key(|(_, exposure)| exposure.class.number());
    let mut notices = 0;
    let mut seen: Vec<Seen> = Vec::new();
    // Class in the upper half, person in the lower, class by class.
    let mut keys: Vec<u64> = Vec::new();
    for (case, exposure) in &all {
        let rule = rules.of(exposure.class);
        seen.clear();
        seen_in(snapshot, exposure, rule, *case, &mut seen);
        if rule.list_at_most.is_some_and(|most| distinct(&mut seen) > most) {
            notices += 1;
            continue;
        }
        keys.extend(seen.iter().map(|one| u64::from(exposure.class.number()) << 32 | u64::from(one.person)));
    }
    let mut cases: Vec<u32> = known.iter().map(|(person, _)| *person).collect();
    cases.sort_unstable();
    keys.retain(|key| cases.binary_search(&(*key as u32)).is_err());
    let persons = snapshot.persons.len();
    // A set of bits for everyone costs more than a sort where few were seen.
    let (persons, by_class) =
        if persons / BITS_A_HIT > keys.len() { by_sorting(keys) } else { by_bits(&keys, persons) };
    Expected { persons, by_class, notices }
}

/// Persons of the store for each who was seen, up to which a set of bits is faster than a sort.
const BITS_A_HIT: usize = 512;

type ByClass = [(VenueClass, usize); VenueClass::COUNT];

/// Different people, all and by class. `keys` stand class by class.
fn by_bits(keys: &[u64], persons: usize) -> (usize, ByClass) {
    let (mut all, mut of_class) = (Bitset::new(persons), Bitset::new(persons));
    let (mut number, mut members) = (0, Vec::new());
    let mut by_class = VenueClass::ALL.map(|class| (class, 0));
    for keys in keys.chunk_by(|a, b| a >> 32 == b >> 32) {
        members.extend(keys.iter().map(|key| *key as u32).filter(|person| of_class.add(*person)));
        let class = keys.first().map_or(VenueClass::Unclassified, |key| VenueClass::of_number((key >> 32) as u8));
        by_class.iter_mut().filter(|(of, _)| *of == class).for_each(|(_, count)| *count = members.len());
        for person in members.drain(..) {
            of_class.remove(person);
            number += usize::from(all.add(person));
        }
    }
    (number, by_class)
}

fn by_sorting(mut keys: Vec<u64>) -> (usize, ByClass) {
    keys.sort_unstable();
    keys.dedup();
    let count = |class: VenueClass| {
        let below = |number: u8| keys.partition_point(|key| key >> 32 < u64::from(number));
        below(class.number() + 1) - below(class.number())
    };
    let by_class = VenueClass::ALL.map(|class| (class, count(class)));
    keys.sort_unstable_by_key(|key| *key as u32);
    keys.dedup_by_key(|key| *key as u32);
    (keys.len(), by_class)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;

    #[test]
    fn bits_count_as_sorting_does() {
        let mut chance = Chance::new(1, 3, 1);
        for count in [0, 1, 40, 3000] {
            let mut keys: Vec<u64> = (0..count)
                .map(|_| u64::from(chance.below(VenueClass::COUNT as u32)) << 32 | u64::from(chance.below(900)))
                .collect();
            keys.sort_by_key(|key| key >> 32);
            assert_eq!(by_bits(&keys, 900), by_sorting(keys.clone()), "{count}");
        }
    }
}
