//! Every document with an answer key must give what its key says.

use std::path::{Path, PathBuf};

use lianfang_domain::plan::Reading;
use lianfang_plandoc::{Options, read};
use serde_json::Value;

use crate::measure::compare;

fn options() -> Options {
    Options::new(jiff::civil::date(2026, 11, 22))
}

pub(crate) fn read_file(path: &Path) -> Reading {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy();
    read(&name, &bytes, &options()).unwrap_or_else(|e| panic!("{}: {}", path.display(), e.message(false)))
}

fn keyed_documents() -> Vec<(PathBuf, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans");
    let mut found: Vec<(PathBuf, Value)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(".key.json"))
        .map(|path| {
            let key: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            (path.with_file_name(key["file"].as_str().unwrap()), key)
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

#[test]
fn fictional_plans_give_what_their_keys_say() {
    let only = std::env::var("PLAN").unwrap_or_default();
    let (mut asked, mut wrong) = (0, 0);
    let mut report = String::new();
    for (path, key) in keyed_documents() {
        if !path.to_string_lossy().contains(&only) {
            continue;
        }
        let reading = read_file(&path);
        let documents = key["documents"].as_array().unwrap();
        report.push_str(&format!(
            "\n== {} ({} documents, key {})\n",
            path.file_name().unwrap().to_string_lossy(),
            reading.plans.len(),
            documents.len()
        ));
        for (index, document) in documents.iter().enumerate() {
            let Some(plan) = reading.plans.get(index) else {
                wrong += 10;
                report.push_str("   document missing\n");
                continue;
            };
            let comparison = compare(plan, document);
            asked += comparison.asked;
            for difference in comparison.differences {
                wrong += usize::from(!difference.starts_with("note:"));
                report.push_str(&format!("   {difference}\n"));
            }
        }
    }
    println!("{report}\nasked {asked}, wrong {wrong}");
    assert!(wrong * 1000 <= asked * 35, "{wrong} of {asked} answers differ from the keys:\n{report}");
}
