//! Any bytes as a text file.

#![no_main]

#[path = "../invariants.rs"]
mod invariants;

use lianfang_plandoc::{Options, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = Options::new(jiff::civil::date(2026, 11, 22));
    if let Ok(reading) = read("a.txt", bytes, &options) {
        invariants::check(&reading);
    }
});
