//! Cases of a folder, each run by its method and compared value by value.

use std::collections::BTreeMap;
use std::path::Path;

mod aberration;
mod case;
mod charts;
mod farrington;
mod now;
mod scans;
mod tally;
mod transmission;

pub(crate) use case::{Case, Rows};
pub(crate) use tally::Tally;

type Runner = fn(&Case, &mut Tally) -> Result<(), String>;

const METHODS: &[(&str, Runner)] = &[
    ("bayes", aberration::bayes),
    ("cdc", aberration::cdc),
    ("cusum", charts::cusum),
    ("discr_si", transmission::discr_si),
    ("ears", aberration::ears),
    ("estimate_R", transmission::estimate_r),
    ("farrington", farrington::farrington),
    ("farringtonFlexible", farrington::flexible),
    ("glr", charts::glr),
    ("nowcast", now::nowcast),
    ("outbreakP", aberration::outbreak_p),
    ("rki", aberration::rki),
    ("rogerson", charts::rogerson),
    ("scan_permutation", scans::space_time),
    ("scan_poisson", scans::space_time),
    ("scan_spatial_poisson", scans::spatial),
    ("stcd", aberration::stcd),
    ("wallinga_teunis", transmission::wallinga_teunis),
];

/// Runs everything in the folder; the tallies come by method.
pub(crate) fn run(folder: &Path) -> BTreeMap<String, Tally> {
    let mut tallies = BTreeMap::new();
    let mut methods: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().collect();
    methods.sort_by_key(std::fs::DirEntry::path);
    for method in methods {
        let name = method.file_name().to_string_lossy().into_owned();
        if !method.path().is_dir() || name.starts_with('_') {
            continue;
        }
        let mut tally = Tally::default();
        match METHODS.iter().find(|(known, _)| *known == name) {
            Some((_, runner)) => run_method(folder, &method.path(), *runner, &mut tally),
            None => tally.fault(format!("{name}: no such method here")),
        }
        tallies.insert(name, tally);
    }
    tallies
}

fn run_method(root: &Path, folder: &Path, runner: Runner, tally: &mut Tally) {
    let mut files: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|f| f.path()).collect();
    files.sort();
    for file in files {
        let Some(stem) = file.file_name().and_then(|n| n.to_str()).and_then(|n| n.strip_suffix(".params.json")) else {
            continue;
        };
        tally.begin(stem);
        let outcome = Case::open(root, folder, stem).and_then(|case| {
            runner(&case, tally)?;
            let unknown = case.unused();
            if unknown.is_empty() { Ok(()) } else { Err(format!("unknown parameters {}", unknown.join(", "))) }
        });
        if let Err(fault) = outcome {
            tally.fault(fault);
        }
    }
}

/// One line per method, then what differs.
pub(crate) fn print(tallies: &BTreeMap<String, Tally>) {
    println!(
        "{:<22} {:>5} {:>8} {:>10} {:>10} {:>10}",
        "method", "cases", "values", "largest", "explained", "mismatches"
    );
    for (name, tally) in tallies {
        println!(
            "{name:<22} {:>5} {:>8} {:>10.2e} {:>10} {:>10}",
            tally.cases, tally.values, tally.largest, tally.explained, tally.mismatches
        );
    }
    for (name, tally) in tallies {
        for line in &tally.words {
            println!("{name}: {line}");
        }
    }
}
