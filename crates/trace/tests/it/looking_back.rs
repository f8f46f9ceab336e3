//! Likely sources, clusters, common exposure and expected numbers.

use std::collections::BTreeSet;

use lianfang_trace::query::{Case, Households, clusters, common_exposure, expected, first_order, place, shared_venues};
use lianfang_trace::rules::RuleSet;
use lianfang_trace::{Minute, PersonId, Snapshot, Source, Store, VenueClass, VenueId, Visit, Window};
use proptest::prelude::*;

use crate::world;

fn visit(person: u64, venue: u64, from: u32, until: u32) -> Visit {
    let (enter, leave) = (Minute(world::START + from), Some(Minute(world::START + until)));
    Visit { person: PersonId(person), venue: VenueId(venue), enter, leave, spot: None, source: Source(0) }
}

fn case(person: u64) -> Case {
    let infectious = Window { from: Minute(world::START), until: Minute(world::START + 1440) };
    Case { person: PersonId(person), infectious }
}

/// 100 people; a market that all visit, and a small restaurant where three of four cases were.
fn town(folder: &std::path::Path) -> std::sync::Arc<Snapshot> {
    let (store, _) = Store::open(folder).unwrap();
    let mut visits: Vec<Visit> = (0..100).map(|person| visit(person, 500, 600, 700)).collect();
    visits.extend((0..3).map(|person| visit(person, 600, 720, 800)));
    visits.extend((50..54).map(|person| visit(person, 600, 1000, 1100)));
    visits.extend((0..100).map(|person| visit(person, 1000 + person / 4, 0, 400)));
    store.classify(&[(VenueId(600), VenueClass::Shop)]).unwrap();
    store.classify(&(0..25).map(|home| (VenueId(1000 + home), VenueClass::Household)).collect::<Vec<_>>()).unwrap();
    store.append(&visits).unwrap();
    store.snapshot().unwrap()
}

#[test]
fn the_unlikely_venue_comes_first_and_homes_are_left_out_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = town(folder.path());
    let rules = RuleSet::off(0, 0, 30);
    let cases: Vec<Case> = [0, 1, 2, 40].map(case).to_vec();
    let found = shared_venues(&snapshot, &cases, &rules, 2, Households::LeftOut);
    let venues: Vec<u64> = found.iter().map(|shared| shared.venue.0).collect();
    assert_eq!(venues, [600, 500]);
    assert_eq!((found[0].cases.len(), found[0].visitors, found[1].visitors), (3, 7, 100));
    assert!((found[0].by_chance - 0.28).abs() < 1e-9 && found[0].p_value < 0.001);
    assert!((found[1].p_value - 1.0).abs() < 1e-9, "everyone was there: {}", found[1].p_value);
    let counted = shared_venues(&snapshot, &cases, &rules, 2, Households::Counted);
    assert_eq!(counted[0].venue, VenueId(1000));
    assert!(shared_venues(&snapshot, &cases, &rules, 5, Households::Counted).is_empty());
}

#[test]
fn cases_who_met_are_one_cluster_and_a_lone_one_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = town(folder.path());
    // Without the market: only homes and the restaurant join.
    let rules = RuleSet::off(0, 0, 30).with(|rule| {
        if rule.class == VenueClass::Unclassified {
            rule.list_at_most = Some(10);
        }
    });
    let cases: Vec<Case> = [0, 2, 50, 51, 90].map(case).to_vec();
    let found = clusters(&snapshot, &cases, &rules);
    let members: Vec<Vec<u64>> =
        found.iter().map(|cluster| cluster.cases.iter().map(|case| case.0).collect()).collect();
    assert_eq!(members, [vec![0, 2], vec![50, 51]]);
    assert_eq!(found[0].venues, [VenueId(600), VenueId(1000)]);
}

#[test]
fn who_was_in_both_places_is_found_with_both() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = town(folder.path());
    let rules = RuleSet::off(0, 0, 30);
    let window = |from, until| Window { from: Minute(world::START + from), until: Minute(world::START + until) };
    let venues = [(VenueId(500), window(0, 1440)), (VenueId(600), window(700, 900))];
    let found = common_exposure(&snapshot, &venues, &rules, 2);
    assert_eq!(found.iter().map(|common| common.person.0).collect::<Vec<_>>(), [0, 1, 2]);
    assert!(found.iter().all(|common| common.venues == [0, 1]));
    assert_eq!(common_exposure(&snapshot, &venues, &rules, 1).len(), 100);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_expected_number_is_that_of_the_list(
        visits in proptest::collection::vec(world::visit(), 0..60), classes in world::classes(), rules in world::rules(),
        cases in world::cases(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(folder.path()).unwrap();
        store.classify(&classes).unwrap();
        store.append(&visits).unwrap();
        let snapshot = store.snapshot().unwrap();
        let list = first_order(&snapshot, &cases, &rules, 1);
        let counted = expected(&snapshot, &cases, &rules);
        prop_assert_eq!(counted.persons, list.totals.contacts + list.totals.low_risk);
        prop_assert_eq!(counted.notices, list.totals.notices);
        for (class, count) in counted.by_class {
            let of_class: BTreeSet<PersonId> =
                list.encounters(&snapshot).filter(|met| met.class == class).map(|met| met.person).collect();
            prop_assert_eq!(count, of_class.len());
        }
    }

    #[test]
    fn a_cut_list_keeps_the_most_urgent_and_its_totals(
        visits in proptest::collection::vec(world::visit(), 0..80), cases in world::cases(), at_most in 0usize..4,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(folder.path()).unwrap();
        store.append(&visits).unwrap();
        let snapshot = store.snapshot().unwrap();
        let whole = first_order(&snapshot, &cases, &RuleSet::off(0, 20, 30), 1);
        let totals = whole.totals;
        let all: Vec<(PersonId, u32)> = whole.persons(&snapshot)
            .map(|listed| (listed.person, whole.why(&snapshot, &listed).map(|met| met.near_overlap).sum()))
            .collect();
        let cut = whole.clone().by_urgency(at_most);
        let kept: BTreeSet<PersonId> = cut.persons(&snapshot).map(|listed| listed.person).collect();
        prop_assert_eq!(kept.len(), all.len().min(at_most));
        prop_assert_eq!(cut.cut_to, (all.len() > at_most).then_some(at_most));
        prop_assert_eq!(cut.totals, totals);
        let least_kept = all.iter().filter(|(person, _)| kept.contains(person)).map(|(_, near)| *near).min();
        let most_left = all.iter().filter(|(person, _)| !kept.contains(person)).map(|(_, near)| *near).max();
        if let (Some(kept), Some(left)) = (least_kept, most_left) {
            prop_assert!(kept >= left);
        }
    }
}

#[test]
fn a_place_lists_who_was_there_in_the_window_only() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = town(folder.path());
    let window = Window { from: Minute(world::START + 790), until: Minute(world::START + 1010) };
    let found = place(&snapshot, VenueId(600), window, &RuleSet::off(0, 0, 30));
    let lengths: Vec<u32> = found.iter().map(|one| one.window.minutes()).collect();
    assert_eq!(lengths, [10, 10, 10, 10, 10, 10, 10]);
}
