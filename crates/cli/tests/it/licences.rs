use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::repository;

/// Where the about page reads what others made that is in the binary.
const KEPT: &str = "crates/server/src/system/crates.tsv";

/// Name, version, licence and address of every package of others in the binary for Linux, as the lock file has them.
fn packages() -> Vec<[String; 4]> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let told = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version", "1", "--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(root)
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    let by_id = |list: &Value| -> BTreeMap<String, Value> {
        list.as_array().unwrap().iter().map(|one| (one["id"].as_str().unwrap().to_owned(), one.clone())).collect()
    };
    let (known, nodes) = (by_id(&told["packages"]), by_id(&told["resolve"]["nodes"]));
    let mut wanted = vec![known.iter().find(|(_, one)| one["name"] == "lianfang-cli").unwrap().0.clone()];
    let mut seen = BTreeSet::new();
    while let Some(id) = wanted.pop() {
        let linked =
            |needed: &&Value| needed["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"].is_null());
        let needed = nodes[&id]["deps"].as_array().unwrap().iter().filter(linked);
        if seen.insert(id.clone()) {
            wanted.extend(needed.map(|needed| needed["pkg"].as_str().unwrap().to_owned()));
        }
    }
    let text = |one: &Value, field: &str| one[field].as_str().unwrap_or_default().to_owned();
    let others = seen.iter().map(|id| &known[id]).filter(|one| !one["source"].is_null());
    let mut all: Vec<[String; 4]> =
        others.map(|one| ["name", "version", "license", "repository"].map(|field| text(one, field))).collect();
    all.sort();
    all
}

#[test]
fn the_about_page_names_everything_that_others_made_with_its_licence() {
    let packages = packages();
    let lines: String = packages.iter().map(|package| package.join("\t") + "\n").collect();
    if std::env::var_os("LIANFANG_WRITE").is_some() {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(KEPT), &lines).unwrap();
    }
    assert_eq!(
        repository(KEPT),
        lines,
        "LIANFANG_WRITE=1 cargo test -p lianfang-cli --test it licences writes it anew"
    );
    for [name, version, licence, _] in &packages {
        // One of the licences on offer must allow it in a work under Apache-2.0.
        let allowed = [
            "MIT",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "ISC",
            "Zlib",
            "Unlicense",
            "Unicode-3.0",
            "BSL-1.0",
            "CC0-1.0",
        ];
        assert!(allowed.iter().any(|one| licence.contains(one)), "{name} {version}: {licence}");
    }
}
