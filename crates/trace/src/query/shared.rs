//! Where several cases were: venues ranked by how unlikely it is that so many of them came by chance. Looking back, these are
//! the likely sources.

use crate::class::VenueClass;
use crate::query::case::{Case, CaseList};
use crate::rules::RuleSet;
use crate::store::Snapshot;
use crate::time::{Minute, Window};
use crate::visit::{PersonId, VenueId};

/// A venue that cases share.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedVenue {
    /// Where.
    pub venue: VenueId,
    /// What kind of venue.
    pub class: VenueClass,
    /// The cases who were there in their windows, by number of the person.
    pub cases: Vec<PersonId>,
    /// From the first of their stays until the end of the last.
    pub window: Window,
    /// Different people who were there on the days of the windows.
    pub visitors: u32,
    /// How many of the cases would have been there if they were drawn from all persons by chance.
    pub by_chance: f64,
    /// The probability that at least so many of them would have been there by chance.
    pub p_value: f64,
}

/// Venues where at least `at_least` of the cases were in their windows (for a source: before onset), the least likely first.
/// Give the rules for how long visits without an end last; households are left out where `households` says so, because a family
/// shares its home anyway.
///
/// The p-value is the upper tail of the hypergeometric distribution: of N persons K visited the venue, and n cases are drawn;
/// at least k are visitors. It is a ranking, not a test: many venues are looked at, so that the smallest is small by chance too.
///
/// Source: Fisher R. A., J R Stat Soc 1935;98:39–82 (the exact test whose one-sided tail this is).
pub fn shared_venues(
    snapshot: &Snapshot,
    cases: &[Case],
    rules: &RuleSet,
    at_least: usize,
    households: Households,
) -> Vec<SharedVenue> {
    let known = CaseList::find(snapshot, cases).known;
    let mut stays: Vec<(u32, u32, Window)> = Vec::new();
    for (person, window) in &known {
        snapshot.presences(*person, *window, rules, |presence| stays.push((presence.venue, *person, presence.window)));
    }
    stays.sort_unstable();
    let days = known.iter().map(|(_, window)| window.days());
    let all_days =
        days.clone().map(|days| *days.start()).min().unwrap_or(0)..=days.map(|days| *days.end()).max().unwrap_or(0);
    let persons = snapshot.persons.len() as u64;
    let mut found: Vec<SharedVenue> = Vec::new();
    for of_venue in stays.chunk_by(|a, b| a.0 == b.0) {
        let venue = of_venue.first().map_or(0, |stay| stay.0);
        let class = snapshot.class(venue);
        let mut who: Vec<u32> = of_venue.iter().map(|stay| stay.1).collect();
        who.dedup();
        if who.len() < at_least.max(2) || (households == Households::LeftOut && class == VenueClass::Household) {
            continue;
        }
        let visitors = visitors(snapshot, venue, all_days.clone());
        let drawn = known.len() as u64;
        found.push(SharedVenue {
            venue: snapshot.venue_id(venue),
            class,
            window: Window {
                from: of_venue.iter().map(|stay| stay.2.from).min().unwrap_or_default(),
                until: of_venue.iter().map(|stay| stay.2.until).max().unwrap_or(Minute::LAST),
            },
            visitors,
            by_chance: drawn as f64 * f64::from(visitors) / persons.max(1) as f64,
            p_value: upper_tail(persons, visitors.into(), drawn, who.len() as u64),
            cases: who.iter().map(|person| snapshot.person_id(*person)).collect(),
        });
    }
    found.sort_by(|a, b| {
        a.p_value.total_cmp(&b.p_value).then(b.cases.len().cmp(&a.cases.len())).then(a.venue.cmp(&b.venue))
    });
    found
}

/// Whether homes are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Households {
    /// As other venues.
    Counted,
    /// Not at all.
    LeftOut,
}

fn visitors(snapshot: &Snapshot, venue: u32, days: std::ops::RangeInclusive<u32>) -> u32 {
    let mut persons: Vec<u32> = Vec::new();
    for (_, parts) in snapshot.days.range(days) {
        for part in &parts.parts {
            part.view().scan(venue, 0, crate::time::DAY_MINUTES, 1, |hit| persons.push(hit.person));
        }
    }
    persons.sort_unstable();
    persons.dedup();
    persons.len() as u32
}

/// P(X ≥ k) where n of N are drawn and K of N are marked.
fn upper_tail(all: u64, marked: u64, drawn: u64, at_least: u64) -> f64 {
    let most = marked.min(drawn);
    let log_choose = |n: u64, k: u64| log_factorial(n) - log_factorial(k) - log_factorial(n - k);
    let tail: f64 = (at_least..=most)
        .filter(|k| drawn - k <= all - marked)
        .map(|k| (log_choose(marked, k) + log_choose(all - marked, drawn - k) - log_choose(all, drawn)).exp())
        .sum();
    tail.min(1.0)
}

/// ln n!: exact sums up to 255, Stirling's series with three terms above (error below 1e-13 there).
fn log_factorial(n: u64) -> f64 {
    if n < 256 {
        return (2..=n).map(|i| (i as f64).ln()).sum();
    }
    let x = n as f64 + 1.0;
    let series = 1.0 / (12.0 * x) - 1.0 / (360.0 * x.powi(3)) + 1.0 / (1260.0 * x.powi(5));
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_that_of_a_small_urn() {
        // 10 persons, 4 visitors, 3 cases: P(≥2) = (C(4,2)·C(6,1) + C(4,3)) / C(10,3) = 40/120.
        assert!((upper_tail(10, 4, 3, 2) - 40.0 / 120.0).abs() < 1e-12);
        assert!((upper_tail(10, 4, 3, 0) - 1.0).abs() < 1e-12);
        assert_eq!(upper_tail(10, 4, 3, 4), 0.0);
        assert!((upper_tail(10, 10, 3, 3) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_series_goes_on_where_the_sum_ends() {
        let sum: f64 = (2..=300).map(|i| f64::from(i).ln()).sum();
        assert!((log_factorial(300) - sum).abs() < 1e-9);
    }
}
