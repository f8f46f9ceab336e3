//! What is written is read back.

use std::fs::File;

use lianfang_trace::generate::District;
use lianfang_trace::table::ExportRow;
use lianfang_trace::{Day, Store, VenueId};

#[test]
fn a_day_goes_through_a_file_and_comes_back_sorted_by_venue_and_time() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(&folder.path().join("one")).unwrap();
    let (day, mut visits) = (Day(20_000), Vec::new());
    District::new(800, 3).day(day, 0..800, &mut visits);
    let classes: Vec<(VenueId, _)> =
        visits.iter().map(|visit| (visit.venue, District::class_of(visit.venue))).collect();
    store.classify(&classes).unwrap();
    store.append(&visits).unwrap();
    let path = folder.path().join("day.parquet");
    let rows = lianfang_parquet::write(&store.snapshot().unwrap(), day, File::create(&path).unwrap()).unwrap();

    let (again, _) = Store::open(&folder.path().join("other")).unwrap();
    let imported = lianfang_parquet::read(File::open(&path).unwrap(), &[], &mut again.bulk(), |row| panic!("{row:?}"));
    let imported = imported.unwrap();
    assert_eq!((imported.rows, imported.stored, imported.rejected), (rows, rows, 0));

    let sorted = |store: &Store| -> Vec<String> {
        let mut rows: Vec<String> = store.snapshot().unwrap().rows(day).map(|row| format!("{row:?}")).collect();
        rows.sort();
        rows
    };
    assert_eq!(sorted(&store), sorted(&again));
    assert!(rows > 3000);
    let snapshot = again.snapshot().unwrap();
    let written: Vec<ExportRow> = snapshot.rows(day).collect();
    assert!(written.is_sorted_by_key(|row| (row.venue, row.enter)));
}

#[test]
fn a_file_of_another_kind_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("day.parquet");
    std::fs::write(&path, "person,venue\n").unwrap();
    let (store, _) = Store::open(&folder.path().join("one")).unwrap();
    let read = lianfang_parquet::read(File::open(&path).unwrap(), &[], &mut store.bulk(), |_| ());
    assert!(matches!(read, Err(lianfang_parquet::ParquetFault::File(_))));
}
