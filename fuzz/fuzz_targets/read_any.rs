//! Any bytes as a file of any kind; the first byte picks the ending of its name.

#![no_main]

#[path = "../invariants.rs"]
mod invariants;

use lianfang_plandoc::{Options, read};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 5] = ["a.txt", "a.md", "a.html", "a.docx", "a.pdf"];

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else {
        return;
    };
    let name = NAMES[usize::from(first) % NAMES.len()];
    let options = Options::new(jiff::civil::date(2026, 11, 22));
    if let Ok(reading) = read(name, rest, &options) {
        invariants::check(&reading);
    }
});
