//! Visits come, are sealed, expire and are erased.

use std::sync::Arc;

use lianfang_trace::query::track;
use lianfang_trace::rules::RuleSet;
use lianfang_trace::{
    Day, Days, Fault, Minute, PersonId, Rejection, Snapshot, Source, Store, VenueId, Visit, Window, verify,
};

fn visit(person: u64, venue: u64, day: u32, minute: u32, length: u32) -> Visit {
    let enter = Minute(day * 1440 + minute);
    let leave = Some(Minute(enter.0 + length));
    Visit { person: PersonId(person), venue: VenueId(venue), enter, leave, spot: None, source: Source(0) }
}

fn names(folder: &std::path::Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn where_was(snapshot: &Snapshot, person: u64) -> Vec<(u32, u64)> {
    let rules = RuleSet::off(0, 0, 60);
    let stays = track(snapshot, PersonId(person), Window::ALWAYS, &rules);
    stays.iter().map(|stay| (stay.window.from.day().0, stay.venue.0)).collect()
}

/// Whether eight bytes stand anywhere in the files of a folder.
fn is_readable(folder: &std::path::Path, id: u64) -> bool {
    names(folder).iter().any(|name| {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        bytes.windows(8).any(|window| window == id.to_le_bytes())
    })
}

#[test]
fn late_visits_stand_beside_their_day_and_are_merged_at_the_next_seal() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(folder.path()).unwrap();
    store.append(&[visit(1, 10, 100, 60, 30), visit(2, 10, 100, 60, 30)]).unwrap();
    assert_eq!(store.seal().unwrap().days, [Day(100)]);
    store.append(&[visit(3, 10, 100, 70, 30)]).unwrap();
    store.seal().unwrap();
    let count = |kind: &str| names(folder.path()).iter().filter(|name| name.ends_with(kind)).count();
    assert_eq!((count("main.seg"), count("side.seg")), (1, 1));
    assert_eq!(store.snapshot().unwrap().sizes().stays, 3);
    assert_eq!(store.seal().unwrap().stays, 3);
    assert_eq!((count("main.seg"), count("side.seg")), (1, 0));
    assert_eq!(store.seal().unwrap().days, []);
    assert_eq!(verify(folder.path()).unwrap(), []);
}

#[test]
fn a_list_of_ids_is_written_anew_only_when_it_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(folder.path()).unwrap();
    let lists = |kind: &str| names(folder.path()).into_iter().filter(|name| name.starts_with(kind)).collect::<Vec<_>>();
    store.append(&[visit(1, 10, 100, 60, 30)]).unwrap();
    store.seal().unwrap();
    let (persons, venues) = (lists("persons"), lists("venues"));
    assert_eq!((persons.len(), venues.len()), (2, 2));
    store.append(&[visit(1, 11, 101, 60, 30)]).unwrap();
    store.seal().unwrap();
    assert_eq!(lists("persons"), persons);
    assert_ne!(lists("venues"), venues);
    let venues = lists("venues");
    store.append(&[visit(2, 11, 101, 60, 30)]).unwrap();
    store.seal().unwrap();
    assert_ne!(lists("persons"), persons);
    assert_eq!(lists("venues"), venues);
    drop(store);
    assert_eq!(verify(folder.path()).unwrap(), []);
    let (store, _) = Store::open(folder.path()).unwrap();
    assert_eq!(where_was(&store.snapshot().unwrap(), 2), [(101, 11)]);
    assert_eq!(where_was(&store.snapshot().unwrap(), 1), [(100, 10), (101, 11)]);
}

#[test]
fn an_open_visit_from_midnight_is_closed_by_one_that_runs_over_it() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(folder.path()).unwrap();
    let open = |person, day| Visit { leave: None, ..visit(person, 10, day, 0, 0) };
    store.append(&[visit(1, 10, 100, 1400, 90), open(1, 101), visit(2, 10, 100, 1400, 40), open(2, 101)]).unwrap();
    let ends = |person: u64| -> Vec<(u32, bool)> {
        let snapshot = store.snapshot().unwrap();
        let track = track(&snapshot, PersonId(person), Window::ALWAYS, &RuleSet::off(0, 0, 60));
        track.iter().map(|stay| (stay.window.until.0 - 100 * 1440, stay.assumed)).collect()
    };
    for _ in 0..2 {
        assert_eq!(ends(1), [(1490, false)]);
        assert_eq!(ends(2), [(1440, false), (1500, true)]);
        store.seal().unwrap();
    }
}

#[test]
fn an_expired_day_is_gone_from_segments_and_logs_and_is_not_taken_again() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(folder.path()).unwrap();
    let old = 0x1122_3344_5566_7788;
    store.append(&[visit(old, 10, 100, 1400, 90), visit(2, 10, 101, 60, 30)]).unwrap();
    store.seal().unwrap();
    store.append(&[visit(old, 11, 100, 5, 9), visit(3, 12, 114, 60, 30)]).unwrap();
    store.expire(Day(114), Days(14)).unwrap();
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.days().collect::<Vec<_>>(), [Day(101), Day(114)]);
    assert_eq!(where_was(&snapshot, old), [(101, 10)], "the part after midnight is younger");
    assert!(!names(folder.path()).iter().any(|name| name.contains(&Day(100).to_string())));
    let late = store.append(&[visit(old, 10, 100, 60, 5), visit(old, 10, 101, 60, 5)]).unwrap();
    assert_eq!((late.stored, late.rejected[0].index, late.rejected[0].why), (1, 0, Rejection::Expired(Day(101))));
    drop(store);
    let (store, _) = Store::open(folder.path()).unwrap();
    assert_eq!(where_was(&store.snapshot().unwrap(), old), [(101, 10), (101, 10)]);
}

#[test]
fn an_erased_person_is_nowhere_and_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(folder.path()).unwrap();
    let gone = 0x0102_0304_0506_0708;
    store.append(&[visit(gone, 10, 100, 60, 30), visit(2, 10, 100, 60, 30), visit(gone, 10, 101, 60, 30)]).unwrap();
    store.seal().unwrap();
    store.append(&[visit(gone, 12, 100, 10, 30), visit(gone, 12, 105, 10, 30)]).unwrap();
    assert!(is_readable(folder.path(), gone));
    assert!(store.erase(PersonId(gone)).unwrap());
    assert!(!is_readable(folder.path(), gone));
    assert_eq!(where_was(&store.snapshot().unwrap(), gone), []);
    assert_eq!(store.snapshot().unwrap().sizes().stays, 1);
    assert!(!store.erase(PersonId(gone)).unwrap());
    store.append(&[visit(gone, 13, 106, 10, 30)]).unwrap();
    drop(store);
    let snapshot = Snapshot::open(folder.path()).unwrap();
    assert_eq!((where_was(&snapshot, gone), where_was(&snapshot, 2)), (vec![(106, 13)], vec![(100, 10)]));
}

#[test]
fn one_process_writes_and_others_read_what_is_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(folder.path()).unwrap();
    assert!(matches!(Store::open(folder.path()), Err(Fault::Locked(_))));
    store.append(&[visit(1, 10, 100, 60, 30)]).unwrap();
    assert_eq!(where_was(&Snapshot::open(folder.path()).unwrap(), 1), [(100, 10)]);
    store.seal().unwrap();
    store.append(&[visit(1, 11, 101, 60, 30)]).unwrap();
    assert_eq!(where_was(&Snapshot::open(folder.path()).unwrap(), 1), [(100, 10), (101, 11)]);
}

#[test]
fn readers_keep_their_answers_while_days_are_sealed_and_expire() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(folder.path()).unwrap();
    store.append(&[visit(1, 10, 100, 60, 30)]).unwrap();
    store.seal().unwrap();
    let before = store.snapshot().unwrap();
    store.expire(Day(300), Days(7)).unwrap();
    assert_eq!(where_was(&before, 1), [(100, 10)]);
    assert_eq!(where_was(&store.snapshot().unwrap(), 1), []);
}

#[test]
fn many_threads_append_at_once_and_each_visit_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(folder.path()).unwrap();
    std::thread::scope(|scope| {
        for client in 0..16u64 {
            let store = &store;
            scope.spawn(move || {
                for step in 0..20 {
                    store.append(&[visit(client, 100 + step, 100, 60, 30)]).unwrap();
                    if step == 10 && client % 5 == 0 {
                        store.seal().unwrap();
                    }
                }
            });
        }
    });
    let whole = |snapshot: &Snapshot| (0..16).all(|client| where_was(snapshot, client).len() == 20);
    assert!(whole(&store.snapshot().unwrap()));
    drop(store);
    assert!(whole(&Snapshot::open(folder.path()).unwrap()));
}

#[test]
fn a_visit_that_cannot_be_is_given_back_with_its_place_and_reason() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(folder.path()).unwrap();
    let mut backwards = visit(1, 10, 100, 60, 30);
    backwards.leave = Some(Minute(5));
    let appended = store.append(&[visit(1, 10, 100, 60, 30), backwards, visit(2, 10, 100, 60, 30)]).unwrap();
    assert_eq!(appended.stored, 2);
    assert_eq!((appended.rejected[0].index, appended.rejected[0].why), (1, Rejection::LeavesBeforeEntering));
}

#[test]
fn what_comes_in_is_sealed_in_the_background_whenever_enough_waits() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(Store::open(folder.path()).unwrap().0);
    store.append(&[visit(1, 1, 100, 0, 5)]).unwrap();
    let sealing = store.seal_in_background(10).unwrap();
    assert!(store.seal_in_background(10).is_none(), "one is enough");
    for person in 2..=200 {
        store.append(&[visit(person, 1 + person % 7, 100 + person as u32 % 3, person as u32, 5)]).unwrap();
    }
    assert!(!sealing.has_failed());
    let sealed = sealing.stop().unwrap();
    assert_eq!(sealed.days, [Day(100), Day(101), Day(102)]);
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.sizes().stays, 200);
    assert!((1..=200).all(|person| where_was(&snapshot, person).len() == 1));
    store.append(&[visit(201, 1, 100, 0, 5)]).unwrap();
    let again = store.seal_in_background(1).unwrap();
    assert!(again.stop().unwrap().stays > 0, "what waited before is sealed first");
    drop(store);
    assert_eq!(Store::open(folder.path()).unwrap().1, []);
}

#[test]
fn sealing_in_the_background_ends_with_a_fault_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(Store::open(folder.path()).unwrap().0);
    let sealing = store.seal_in_background(2).unwrap();
    // The name that the next file of the day would have is taken by a folder.
    for generation in 0..9 {
        let day = Day(100);
        std::fs::create_dir(folder.path().join(format!("day-{day}-{generation:010}-main.seg"))).unwrap();
    }
    store.append(&[visit(1, 1, 100, 0, 5), visit(2, 1, 100, 0, 5)]).unwrap();
    assert!(sealing.stop().is_err());
    assert_eq!(store.snapshot().unwrap().sizes().stays, 2);
    for generation in 0..9 {
        let _gone = std::fs::remove_dir(folder.path().join(format!("day-{}-{generation:010}-main.seg", Day(100))));
    }
    assert_eq!(store.seal().unwrap().stays, 2);
}
