//! Any bytes as a series of dates and counts.

#![no_main]

#[path = "../assess_anything.rs"]
mod assess_anything;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    assess_anything::check(bytes);
});
