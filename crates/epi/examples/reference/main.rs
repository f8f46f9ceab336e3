//! Compares every method with results of the established implementations.
//!
//! `cargo run --release -p lianfang-epi --example reference -- DIR` reads a folder of cases, `METHOD/NAME.params.json` with
//! `NAME.output.csv` and its inputs, runs each, and prints per method: cases, values compared, the largest relative difference,
//! values in which the reference departs from its definition in a known way, cases with a parameter that is not done here, and
//! mismatches; then what differs. It ends with 1 if anything differs or is not done here.

use std::path::PathBuf;
use std::process::ExitCode;

mod compare;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: reference DIR");
        return ExitCode::from(2);
    };
    if let Err(e) = std::fs::read_dir(&folder) {
        eprintln!("{}: {e}", folder.display());
        return ExitCode::from(2);
    }
    let tallies = compare::run(&folder);
    compare::print(&tallies);
    if tallies.is_empty() {
        eprintln!("{}: no folder of a method", folder.display());
    }
    let fine = !tallies.is_empty() && tallies.values().all(compare::Tally::is_fine);
    ExitCode::from(u8::from(!fine))
}
