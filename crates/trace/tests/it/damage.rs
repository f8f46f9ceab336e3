//! Damaged files are found, named, and rebuilt from what is sound.

use std::path::Path;

use lianfang_trace::{Chance, Finding, Minute, PersonId, Snapshot, Source, Store, VenueId, Visit, verify};

/// A store of some days, sealed, with a side segment and a log.
fn fill(folder: &Path) {
    let (store, _) = Store::open(folder).unwrap();
    let mut chance = Chance::new(1, 0, 0);
    let mut some = |n: u64| -> Vec<Visit> {
        (0..n)
            .map(|_| {
                let enter = Minute((100 + chance.below(3)) * 1440 + chance.below(1300));
                let leave = Some(Minute(enter.0 + chance.below(300)));
                let (person, venue) = (PersonId(chance.below(300).into()), VenueId(chance.below(80).into()));
                Visit { person, venue, enter, leave, spot: None, source: Source(0) }
            })
            .collect()
    };
    store.append(&some(3000)).unwrap();
    store.seal().unwrap();
    store.append(&some(100)).unwrap();
    store.seal().unwrap();
    store.append(&some(10)).unwrap();
    store.append(&some(10)).unwrap();
}

fn files(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name != "LOCK").collect();
    names.sort();
    names
}

fn flip(path: &Path, bit: u64) {
    let mut bytes = std::fs::read(path).unwrap();
    let bit = (bit % (bytes.len() as u64 * 8)) as usize;
    bytes[bit / 8] ^= 1 << (bit % 8);
    std::fs::write(path, bytes).unwrap();
}

fn copy(from: &Path, to: &Path) {
    for name in files(from) {
        std::fs::copy(from.join(&name), to.join(&name)).unwrap();
    }
}

#[test]
fn a_flipped_bit_in_any_file_is_found_and_named() {
    let whole = tempfile::tempdir().unwrap();
    fill(whole.path());
    assert_eq!(verify(whole.path()).unwrap(), []);
    let mut chance = Chance::new(9, 0, 0);
    for name in files(whole.path()) {
        for _ in 0..12 {
            let folder = tempfile::tempdir().unwrap();
            copy(whole.path(), folder.path());
            flip(&folder.path().join(&name), chance.bits());
            let findings = verify(folder.path()).unwrap();
            let named = findings.iter().any(|finding| match finding {
                Finding::Damaged { file, .. } | Finding::CutOff { file, .. } => *file == name,
            });
            assert!(named, "{name}: {findings:?}");
        }
    }
}

#[test]
fn what_is_sound_is_kept_and_what_is_lost_is_counted() {
    let whole = tempfile::tempdir().unwrap();
    fill(whole.path());
    let all = Snapshot::open(whole.path()).unwrap().sizes().stays;
    let mut chance = Chance::new(11, 0, 0);
    for name in files(whole.path()) {
        for _ in 0..4 {
            let folder = tempfile::tempdir().unwrap();
            copy(whole.path(), folder.path());
            flip(&folder.path().join(&name), chance.bits());
            let (store, findings) = Store::open(folder.path()).unwrap();
            assert!(!findings.is_empty(), "{name}");
            let lost: u64 = (findings.iter())
                .map(|finding| match finding {
                    Finding::Damaged { lost, .. } => lost.unwrap(),
                    Finding::CutOff { bytes, .. } => bytes.div_ceil(32) as u64,
                })
                .sum();
            let snapshot = store.snapshot().unwrap();
            // A visit over midnight is two stays, and a lost frame of the log is counted in visits.
            let kept = snapshot.sizes().stays;
            assert!(kept <= all && kept + lost * 2 >= all, "{name}: {kept} of {all}, {lost} lost");
            assert_eq!(
                snapshot.losses().is_empty(),
                findings.iter().all(|finding| !loses(finding)),
                "{name}: {findings:?}"
            );
            drop(store);
            let cut_off = |finding: &Finding| matches!(finding, Finding::CutOff { .. });
            assert!(verify(folder.path()).unwrap().iter().all(cut_off), "{name}");
        }
    }
}

fn loses(finding: &Finding) -> bool {
    matches!(finding, Finding::Damaged { lost: Some(lost), .. } if *lost > 0)
}

#[test]
fn a_missing_day_is_named_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    let gone = files(folder.path()).into_iter().find(|name| name.ends_with("main.seg")).unwrap();
    std::fs::remove_file(folder.path().join(&gone)).unwrap();
    let (_, findings) = Store::open(folder.path()).unwrap();
    let [Finding::Damaged { file, lost: Some(lost), day: Some(_), .. }] = findings.as_slice() else {
        panic!("{findings:?}");
    };
    assert!(*file == gone && *lost > 500, "{findings:?}");
}
