//! 共同暴露: who was in several places that are under suspicion.

use crate::query::track::place;
use crate::rules::RuleSet;
use crate::store::Snapshot;
use crate::time::Window;
use crate::visit::{PersonId, VenueId};

/// Someone who was in several of the venues that are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommonExposure {
    /// Who.
    pub person: PersonId,
    /// In which of the venues, as places in what was asked.
    pub venues: Vec<usize>,
}

/// Who was in at least `at_least` of some venues, each in its window; those in most of them first.
pub fn common_exposure(
    snapshot: &Snapshot,
    venues: &[(VenueId, Window)],
    rules: &RuleSet,
    at_least: usize,
) -> Vec<CommonExposure> {
    let mut seen: Vec<(PersonId, usize)> = Vec::new();
    for (index, (venue, window)) in venues.iter().enumerate() {
        let visitors = place(snapshot, *venue, *window, rules);
        seen.extend(visitors.into_iter().map(|visitor| (visitor.person, index)));
    }
    seen.sort_unstable();
    seen.dedup();
    let mut found: Vec<CommonExposure> = (seen.chunk_by(|a, b| a.0 == b.0))
        .filter(|of_person| of_person.len() >= at_least)
        .filter_map(|of_person| {
            let (person, _) = of_person.first()?;
            Some(CommonExposure { person: *person, venues: of_person.iter().map(|(_, index)| *index).collect() })
        })
        .collect();
    found.sort_by_key(|common| (std::cmp::Reverse(common.venues.len()), common.person));
    found
}
