//! The picture in the README is what the command really prints.

use std::path::Path;

use super::lianfang;

#[test]
fn the_picture_in_the_readme_is_real_output() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md")).unwrap();
    let pictures: Vec<&str> = readme.split("```text\n").skip(1).filter_map(|rest| rest.split("\n```").next()).collect();
    assert!(!pictures.is_empty(), "README.md shows no output");
    let example = lianfang(&["plan", "example", "--as-of", "2026-11-22"]).out;
    for picture in pictures {
        assert!(example.contains(picture), "not what `lianfang plan example` prints at 100 columns:\n{picture}");
    }
}
