//! The answers are those of the reference, wherever the visits happen to be.

use std::collections::{BTreeMap, BTreeSet};

use lianfang_trace::query::{Case, Isolation, first_order, place, second_order, track};
use lianfang_trace::rules::RuleSet;
use lianfang_trace::{Minute, PersonId, Snapshot, Store, VenueId, Window};
use proptest::prelude::*;

use crate::reference::Known;
use crate::world;

/// What is done after some visits were appended.
#[derive(Clone, Copy, Debug)]
enum Step {
    Nothing,
    Ask,
    Seal,
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![3 => Just(Step::Nothing), 2 => Just(Step::Ask), 2 => Just(Step::Seal), 1 => Just(Step::Reopen)]
}

fn minutes(window: Window) -> std::ops::Range<u32> {
    window.from.0..window.until.0
}

/// Compares every kind of question with the reference.
fn same_answers(snapshot: &Snapshot, known: &Known, cases: &[Case], rules: &RuleSet, threads: usize) {
    let isolated = Minute(world::START + 4000);
    let first = first_order(snapshot, cases, rules, threads);
    let mut encounters = first.encounters(snapshot).collect::<Vec<_>>();
    encounters.sort();
    let (expected, zones) = known.first_order(cases, rules);
    assert_eq!(encounters, expected);
    assert_eq!(first.notices, zones);
    let contacts: BTreeMap<PersonId, Minute> = (first.persons(snapshot))
        .filter(|listed| listed.grade == lianfang_trace::query::Grade::Contact)
        .map(|listed| (listed.person, listed.first_exposure))
        .collect();
    assert_eq!(contacts, Known::contacts(&expected));
    assert_eq!(first.totals.contacts, contacts.len());
    assert_eq!(first.totals.contacts + first.totals.low_risk, first.persons(snapshot).len());

    let second = second_order(snapshot, cases, &first, rules, &Isolation::of_all(isolated), threads);
    let expected = known.second_order(cases, rules, isolated);
    let persons: BTreeSet<PersonId> = second.persons(snapshot).collect();
    assert_eq!(persons, expected.keys().copied().collect());
    assert_eq!(second.len(), expected.len());
    for (person, met) in &expected {
        assert_eq!(&second.why(snapshot, rules, *person), met);
    }

    let window = Window { from: Minute(world::START + 700), until: Minute(world::START + 3100) };
    for venue in (77..83).map(VenueId) {
        let mut found: BTreeMap<PersonId, BTreeSet<u32>> = BTreeMap::new();
        for one in place(snapshot, venue, window, rules) {
            found.entry(one.person).or_default().extend(minutes(one.window));
        }
        assert_eq!(found, known.place(venue, window, rules));
    }
    for person in (0..9).map(|person| PersonId(person * 1_000_003)) {
        let mut found: BTreeMap<VenueId, BTreeSet<u32>> = BTreeMap::new();
        for one in track(snapshot, person, Window::ALWAYS, rules) {
            found.entry(one.venue).or_default().extend(minutes(one.window));
        }
        assert_eq!(found, known.track(person, rules));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_answers_are_those_of_the_reference_however_the_visits_came(
        parts in proptest::collection::vec((proptest::collection::vec(world::visit(), 0..25), step()), 1..5),
        classes in world::classes(), rules in world::rules(), cases in world::cases(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, _) = Store::open(folder.path()).unwrap();
        store.classify(&classes).unwrap();
        let mut told = Vec::new();
        for (visits, step) in parts {
            let appended = store.append(&visits).unwrap();
            prop_assert_eq!((appended.stored, appended.rejected.len()), (visits.len(), 0));
            told.extend(visits);
            match step {
                Step::Nothing => {}
                Step::Ask => same_answers(&store.snapshot().unwrap(), &world::known(told.clone(), &classes), &cases, &rules, 1),
                Step::Seal => drop(store.seal().unwrap()),
                Step::Reopen => {
                    drop(store);
                    let (again, findings) = Store::open(folder.path()).unwrap();
                    prop_assert_eq!(findings, []);
                    store = again;
                }
            }
        }
        let known = world::known(told, &classes);
        same_answers(&store.snapshot().unwrap(), &known, &cases, &rules, 2);
        same_answers(&Snapshot::open(folder.path()).unwrap(), &known, &cases, &rules, 1);
        store.seal().unwrap();
        store.seal().unwrap();
        same_answers(&store.snapshot().unwrap(), &known, &cases, &rules, 1);
        drop(store);
        same_answers(&Snapshot::open(folder.path()).unwrap(), &known, &cases, &rules, 3);
    }

    #[test]
    fn visits_past_the_log_give_the_same_answers(
        visits in proptest::collection::vec(world::visit(), 1..60), late in proptest::collection::vec(world::visit(), 0..20),
        classes in world::classes(), rules in world::rules(), cases in world::cases(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(folder.path()).unwrap();
        let mut bulk = store.bulk();
        bulk.classify(&classes).unwrap();
        bulk.extend(&visits).unwrap();
        bulk.flush().unwrap();
        bulk.extend(&late).unwrap();
        bulk.flush().unwrap();
        let known = world::known([visits, late].concat(), &classes);
        same_answers(&store.snapshot().unwrap(), &known, &cases, &rules, 2);
    }
}
