//! Tables in and out.

use std::collections::BTreeSet;

use lianfang_trace::table::{BadRow, Imported, RowFault, TableFault, read_csv, write_csv};
use lianfang_trace::{Day, Rejection, Store, VenueClass, VenueId};
use proptest::prelude::*;

use crate::world;

fn import(store: &Store, text: &str, mapping: &[&str]) -> (Result<Imported, TableFault>, Vec<BadRow>) {
    let mut bad = Vec::new();
    let mapping: Vec<String> = mapping.iter().map(|&text| text.to_owned()).collect();
    let imported = read_csv(text.as_bytes(), &mapping, &mut store.bulk(), |row| bad.push(row.clone()), |_| ());
    (imported, bad)
}

#[test]
fn rows_in_are_stored_or_rejected_with_line_and_reason() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(folder.path()).unwrap();
    let text = "人员,venue,enter,leave,class\n\
        1,10,2026-11-22 08:30,2026-11-22 09:00,room\n\
        2,10,2026-11-22T08:30:59,,\n\
        x,10,2026-11-22 08:30,2026-11-22 09:00,\n\
        3,10,2026-13-22 08:30,2026-11-22 09:00,\n\
        4,10,2026-11-22 08:30,2026-11-22 08:00,\n\
        5,10,2026-11-22 08:30,2026-11-22 09:00,palace\n";
    let (imported, bad) = import(&store, text, &["person=人员"]);
    assert_eq!(imported, Ok(Imported { rows: 6, stored: 2, rejected: 4 }));
    let mut found: Vec<(u64, &RowFault)> = bad.iter().map(|row| (row.line, &row.why)).collect();
    found.sort();
    assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [4, 5, 6, 7]);
    assert_eq!(*found[2].1, RowFault::Rejected(Rejection::LeavesBeforeEntering));
    assert_eq!(found[0].1.to_string(), "person: “x” is not a number");
    let snapshot = store.snapshot().unwrap();
    assert_eq!((snapshot.sizes().stays, snapshot.class_of(VenueId(10))), (2, VenueClass::Room));
    assert!(matches!(import(&store, text, &[]).0, Err(TableFault::Columns(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_exported_can_be_imported_again(
        visits in proptest::collection::vec(world::visit(), 0..60), classes in world::classes(),
    ) {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (store, _) = Store::open(one.path()).unwrap();
        store.classify(&classes).unwrap();
        store.append(&visits).unwrap();
        let snapshot = store.snapshot().unwrap();
        let (again, _) = Store::open(other.path()).unwrap();
        let days: Vec<Day> = snapshot.days().collect();
        for day in &days {
            let mut bytes = Vec::new();
            let rows = write_csv(&snapshot, *day, &mut bytes).unwrap();
            let (imported, bad) = import(&again, std::str::from_utf8(&bytes).unwrap(), &[]);
            prop_assert_eq!(imported.unwrap(), Imported { rows, stored: rows, rejected: 0 });
            prop_assert!(bad.is_empty());
        }
        let copy = again.snapshot().unwrap();
        for day in days {
            let rows = |snapshot: &lianfang_trace::Snapshot| -> BTreeSet<String> {
                snapshot.rows(day).map(|row| format!("{row:?}")).collect()
            };
            prop_assert_eq!(rows(&snapshot), rows(&copy));
        }
    }
}
