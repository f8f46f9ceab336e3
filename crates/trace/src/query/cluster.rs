//! 聚集性: which cases hang together, and where they met.

use crate::query::bitset::Bitset;
use crate::query::case::{Case, CaseList};
use crate::query::encounter::Finder;
use crate::rules::RuleSet;
use crate::store::Snapshot;
use crate::visit::{PersonId, VenueId};

/// Cases that hang together: each shares a venue, at the same time, with another of its cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Its cases, by number of the person.
    pub cases: Vec<PersonId>,
    /// The venues where they met, by number.
    pub venues: Vec<VenueId>,
}

/// Clusters of cases, the largest first: cases are joined where one was exposed to another by the rules, in a venue that is no
/// notice zone. Cases who met none are left out.
pub fn clusters(snapshot: &Snapshot, cases: &[Case], rules: &RuleSet) -> Vec<Cluster> {
    let known = CaseList::find(snapshot, cases).known;
    let mut is_case = Bitset::new(snapshot.persons.len());
    known.iter().for_each(|(person, _)| is_case.insert(*person));
    let mut finder = Finder::default();
    known.iter().for_each(|case| finder.case(snapshot, *case, rules, |_| true));
    let met: Vec<_> = finder.met.into_iter().filter(|met| is_case.contains(met.person)).collect();
    let mut persons: Vec<u32> = known.iter().map(|(person, _)| *person).collect();
    persons.sort_unstable();
    persons.dedup();
    let place = |person: u32| persons.binary_search(&person).unwrap_or(0);
    let mut leader: Vec<usize> = (0..persons.len()).collect();
    for one in &met {
        let (a, b) = (leader_of(&leader, place(one.person)), leader_of(&leader, place(one.case)));
        leader[a.max(b)] = a.min(b);
    }
    let mut clusters: Vec<Cluster> = Vec::new();
    for first in 0..persons.len() {
        let members: Vec<u32> =
            (0..persons.len()).filter(|at| leader_of(&leader, *at) == first).map(|at| persons[at]).collect();
        if members.len() > 1 {
            let mut venues: Vec<u32> =
                met.iter().filter(|met| members.binary_search(&met.case).is_ok()).map(|met| met.venue).collect();
            venues.sort_unstable();
            venues.dedup();
            clusters.push(Cluster {
                cases: members.iter().map(|person| snapshot.person_id(*person)).collect(),
                venues: venues.iter().map(|venue| snapshot.venue_id(*venue)).collect(),
            });
        }
    }
    clusters.sort_by_key(|cluster| std::cmp::Reverse(cluster.cases.len()));
    clusters
}

fn leader_of(leader: &[usize], mut at: usize) -> usize {
    while leader[at] != at {
        at = leader[at];
    }
    at
}
