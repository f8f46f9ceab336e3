//! The whole tree of every fictional plan, as committed. A change shows line by line.

use std::path::Path;

use super::lianfang;

#[test]
fn every_fictional_plan_gives_its_committed_tree() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../plandoc/tests/plans");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending != "json"));
    files.sort();
    assert!(files.len() >= 30, "the fictional plans are missing");
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let ran = lianfang(&["plan", "read", path.to_str().unwrap(), "--full", "--as-of", "2026-11-22"]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
        insta::assert_snapshot!(name, ran.out);
    }
}
