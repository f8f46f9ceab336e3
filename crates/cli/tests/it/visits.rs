use std::fs;

use tempfile::TempDir;

use crate::lianfang;

/// A folder with a small made-up district.
fn district() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let made = lianfang(&["visits", "generate", "--data", data.to_str().unwrap(), "--persons", "1500", "--days", "4"]);
    assert_eq!((made.code, made.err.as_str()), (0, ""), "{}", made.out);
    folder
}

fn at(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

/// The first person of an exported day.
fn someone(folder: &TempDir) -> String {
    let out = lianfang(&["visits", "export", "--data", &at(folder, "data"), "--out", &at(folder, "out")]);
    assert_eq!(out.code, 0, "{}", out.err);
    let day = fs::read_to_string(folder.path().join("out/visits-2026-11-02.csv")).unwrap();
    day.lines().nth(1).unwrap().split(',').next().unwrap().to_owned()
}

const WINDOW: [&str; 4] = ["--from", "2026-11-02", "--until", "2026-11-06"];

#[test]
fn contacts_are_counted_as_json_and_listed_with_their_reasons() {
    let folder = district();
    let (data, person) = (at(&folder, "data"), someone(&folder));
    let base = ["visits", "contacts", "--data", &data, "--person", &person];
    let counted = lianfang(&[&base[..], &WINDOW, &["--json", "--second"]].concat());
    assert_eq!(counted.code, 0, "{}", counted.err);
    let counts: serde_json::Value = serde_json::from_str(&counted.out).unwrap();
    let number = |key: &str| counts[key].as_u64().unwrap();
    assert!(number("contacts") > 0 && number("contacts_of_contacts") > 0, "{counts}");
    assert_eq!(number("expected"), number("contacts") + number("low_risk"));

    let listed = lianfang(&[&base[..], &WINDOW, &["--why", "--limit", "2", "--lang", "en"]].concat());
    assert_eq!(listed.code, 0, "{}", listed.err);
    assert!(listed.out.contains("2 of ") && listed.out.contains(" min"), "{}", listed.out);
    let zh = lianfang(&[&base[..], &WINDOW].concat());
    assert!(zh.out.contains("密接") && zh.out.contains("名单是建议"), "{}", zh.out);
    let off = lianfang(&[&base[..], &WINDOW, &["--before", "0", "--after", "30", "--json"]].concat());
    let off: serde_json::Value = serde_json::from_str(&off.out).unwrap();
    assert!(off["contacts"].as_u64() > counts["contacts"].as_u64(), "{off}");
}

#[test]
fn a_track_a_place_and_shared_venues_are_listed() {
    let folder = district();
    let (data, person) = (at(&folder, "data"), someone(&folder));
    let track = lianfang(&["visits", "track", "--data", &data, "--person", &person]);
    assert!(track.out.contains("住户") && track.code == 0, "{}", track.out);
    let venue = track.out.lines().next().unwrap().split("  ").nth(1).unwrap().to_owned();
    let place = lianfang(&[&["visits", "place", "--data", &data, "--venue", &venue][..], &WINDOW].concat());
    assert!(place.out.contains(&person), "{}", place.out);
    let other = place.out.lines().find_map(|line| line.split("  ").nth(1).filter(|other| *other != person));
    if let Some(other) = other {
        let asked = ["visits", "sources", "--data", &data, "--person", &person, "--person", other, "--households"];
        let sources = lianfang(&[&asked[..], &WINDOW].concat());
        assert!(sources.out.contains(&venue), "{}", sources.out);
    }
}

#[test]
fn rows_that_are_not_stored_are_counted_explained_and_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let table = at(&folder, "t.csv");
    fs::write(&table, "人员,venue,enter,leave\n1,2,2026-11-22 08:00,2026-11-22 09:00\n1,2,then,\n").unwrap();
    let data = at(&folder, "data");
    let wrong = lianfang(&["visits", "import", &table, "--data", &data]);
    assert_eq!(wrong.code, 3);
    assert!(wrong.err.contains("--columns person="), "{}", wrong.err);
    let rejected = at(&folder, "bad.csv");
    let asked = ["visits", "import", &table, "--data", &data, "--columns", "person=人员", "--rejected", &rejected];
    let done = lianfang(&asked);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("读入2行 = 存入1 + 未存入1") && done.out.contains("“then”"), "{}", done.out);
    assert!(fs::read_to_string(rejected).unwrap().contains("3,"), "the line of the row");
}

#[test]
fn damage_is_found_named_and_mended() {
    let folder = district();
    let data = at(&folder, "data");
    assert_eq!(lianfang(&["visits", "verify", "--data", &data]).code, 0);
    let day = fs::read_dir(&data)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|e| e == "seg"));
    let day = day.unwrap();
    let mut bytes = fs::read(&day).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&day, bytes).unwrap();
    let found = lianfang(&["visits", "verify", "--data", &data]);
    assert_eq!(found.code, 1);
    assert!(found.out.contains(day.file_name().unwrap().to_str().unwrap()), "{}", found.out);
    assert_eq!(lianfang(&["visits", "verify", "--data", &data, "--repair"]).code, 0);
    assert_eq!(lianfang(&["visits", "verify", "--data", &data]).code, 0);
}

#[test]
fn expired_days_and_an_erased_person_are_gone() {
    let folder = district();
    let (data, person) = (at(&folder, "data"), someone(&folder));
    let expired = lianfang(&["visits", "expire", "--data", &data, "--keep", "2", "--today", "2026-11-05"]);
    assert_eq!(expired.code, 0, "{}", expired.err);
    let track = || lianfang(&["visits", "track", "--data", &data, "--person", &person]).out;
    assert!(!track().contains("2026-11-03 ") && track().contains("2026-11-04 "), "{}", track());
    assert_eq!(lianfang(&["visits", "erase", "--data", &data, "--person", &person]).code, 0);
    assert_eq!(track(), "共0条。\n");
    assert_eq!(lianfang(&["visits", "seal", "--data", &data]).code, 0);
}

#[test]
fn the_benchmark_gives_its_figures_as_json() {
    let folder = district();
    let asked = [
        "visits",
        "bench",
        "--data",
        &at(&folder, "data"),
        "--persons",
        "1500",
        "--repeat",
        "1",
        "--json",
        "--append-seconds",
        "1",
    ];
    let ran = lianfang(&asked);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let figures: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert!(figures["rules_off"]["second_order_persons"].as_u64() > Some(0), "{figures}");
    assert!(figures["append"]["batches_of_5000"]["acknowledged_per_second"].as_f64() > Some(0.0), "{figures}");
    assert!(figures["bytes_per_stay_on_disk"].as_f64() > Some(4.0), "{figures}");
    assert!(
        fs::read_dir(folder.path()).unwrap().all(|entry| !entry
            .unwrap()
            .file_name()
            .to_string_lossy()
            .contains("bench"))
    );
}

/// Tables as they come out of one store and go into another, in the other format than text.
#[cfg(feature = "parquet")]
#[test]
fn days_go_out_as_parquet_and_come_in_again() {
    let folder = district();
    let (data, out, again) = (at(&folder, "data"), at(&folder, "parquet"), at(&folder, "again"));
    let export = |data: &str, out: &str, format: &str| {
        let done = lianfang(&["visits", "export", "--data", data, "--out", out, "--format", format]);
        assert_eq!(done.code, 0, "{}", done.err);
    };
    export(&data, &out, "parquet");
    let mut files: Vec<String> =
        fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path().to_str().unwrap().to_owned()).collect();
    files.sort();
    assert!(files.len() >= 4 && files.iter().all(|file| file.ends_with(".parquet")), "{files:?}");
    let import: Vec<&str> =
        ["visits", "import", "--data", &again].into_iter().chain(files.iter().map(String::as_str)).collect();
    let imported = lianfang(&import);
    assert_eq!(imported.code, 0, "{}", imported.err);
    assert_eq!(imported.out.matches(" + 未存入0").count(), files.len(), "{}", imported.out);
    // As text both stores hold the same rows.
    let (first, second) = (at(&folder, "first"), at(&folder, "second"));
    export(&data, &first, "csv");
    export(&again, &second, "csv");
    for entry in fs::read_dir(&first).unwrap() {
        let name = entry.unwrap().file_name();
        let rows = |folder: &str| {
            let text = fs::read_to_string(std::path::Path::new(folder).join(&name)).unwrap();
            let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
            rows.sort();
            rows
        };
        assert_eq!(rows(&first), rows(&second), "{name:?}");
        assert!(rows(&first).len() > 1000);
    }
}
