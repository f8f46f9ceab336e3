//! Cases of a folder, each run by its method and compared value by value.

use std::collections::BTreeMap;
use std::path::Path;

mod aberration;
mod case;
mod cusum;
mod farrington;
mod glr;
mod now;
mod rogerson;
mod scans;
mod tally;
mod transmission;

pub(crate) use case::{Case, Rows};
pub(crate) use tally::Tally;

/// Why a case could not be compared, or not in full.
#[derive(Debug)]
pub(crate) enum Fault {
    /// A parameter, or this value of it, is not done here.
    Unsupported(String),
    /// Files or data are not as they must be, or the method refuses them.
    Broken(String),
}

impl From<String> for Fault {
    fn from(words: String) -> Fault {
        Fault::Broken(words)
    }
}

impl From<&str> for Fault {
    fn from(words: &str) -> Fault {
        Fault::Broken(words.to_owned())
    }
}

impl From<lianfang_epi::Refusal> for Fault {
    fn from(refusal: lianfang_epi::Refusal) -> Fault {
        Fault::Broken(refusal.to_string())
    }
}

/// A value of a parameter that is not done here.
pub(crate) fn unsupported(parameter: &str, value: impl std::fmt::Debug) -> Fault {
    Fault::Unsupported(format!("{parameter} {value:?}"))
}

pub(crate) type Outcome = Result<(), Fault>;
type Runner = fn(&Case, &mut Tally) -> Outcome;

const METHODS: &[(&str, Runner)] = &[
    ("bayes", aberration::bayes),
    ("cdc", aberration::cdc),
    ("cusum", cusum::cusum),
    ("discr_si", transmission::discr_si),
    ("ears", aberration::ears),
    ("estimate_R", transmission::estimate_r),
    ("farrington", farrington::farrington),
    ("farringtonFlexible", farrington::flexible),
    ("glr", glr::glr),
    ("nowcast", now::nowcast),
    ("outbreakP", aberration::outbreak_p),
    ("rki", aberration::rki),
    ("rogerson", rogerson::rogerson),
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
        match runner_of(&name) {
            Some(runner) => run_method(folder, &method.path(), runner, &mut tally),
            None => tally.refuse(&format!("{}: no such method here", method.path().display())),
        }
        tallies.insert(name, tally);
    }
    tallies
}

/// The method of a folder; the names that the established packages use for one method mean the same.
fn runner_of(folder: &str) -> Option<Runner> {
    let bare = folder.trim_start_matches("algo.").trim_end_matches(|c: char| c.is_ascii_digit());
    let name = match bare {
        "earsC" => "ears",
        "glrpois" | "glrnb" => "glr",
        "scan_pb_poisson" => "scan_poisson",
        "kulldorff" => "scan_spatial_poisson",
        "outbreakp" => "outbreakP",
        "farrington_flexible" => "farringtonFlexible",
        other => other,
    };
    METHODS.iter().find(|(known, _)| *known == name || *known == folder).map(|(_, runner)| *runner)
}

fn run_method(root: &Path, folder: &Path, runner: Runner, tally: &mut Tally) {
    let mut files: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|f| f.path()).collect();
    files.sort();
    let name = |file: &Path| file.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
    let stems: Vec<String> =
        files.iter().filter_map(|file| name(file).strip_suffix(".params.json").map(str::to_owned)).collect();
    for stem in &stems {
        tally.begin(stem);
        // A fault in one case leaves the others standing, even where it is one of this program.
        let run = std::panic::AssertUnwindSafe(|| run_case(root, folder, stem, runner, tally));
        match std::panic::catch_unwind(run) {
            Ok(Ok(())) => {}
            Ok(Err(Fault::Unsupported(what))) => tally.refuse(&what),
            Ok(Err(Fault::Broken(what))) => tally.fault(what),
            Err(_) => tally.fault("the comparison broke off, see above".to_owned()),
        }
        tally.end();
    }
    for file in files.iter().filter(|file| !stems.iter().any(|s| name(file).starts_with(&format!("{s}.")))) {
        tally.begin_file(&name(file));
        tally.fault("this file belongs to no case: there is no .params.json of its name".to_owned());
        tally.end();
    }
}

fn run_case(root: &Path, folder: &Path, stem: &str, runner: Runner, tally: &mut Tally) -> Outcome {
    let case = Case::open(root, folder, stem)?;
    let before = tally.values;
    runner(&case, tally)?;
    let (unused, wrong) = (case.unused(), case.wrong());
    if let Some(first) = wrong.first() {
        return Err(Fault::Broken(first.clone()));
    }
    if !unused.is_empty() {
        return Err(Fault::Unsupported(format!("parameters {}", unused.join(", "))));
    }
    if tally.values == before {
        return Err(Fault::Broken("the output has no value to compare".to_owned()));
    }
    Ok(())
}

/// One line per method, then what differs.
pub(crate) fn print(tallies: &BTreeMap<String, Tally>) {
    println!(
        "{:<22} {:>5} {:>8} {:>10} {:>10} {:>11} {:>10}",
        "method", "cases", "values", "largest", "explained", "unsupported", "mismatches"
    );
    for (name, tally) in tallies {
        println!(
            "{name:<22} {:>5} {:>8} {:>10.2e} {:>10} {:>11} {:>10}",
            tally.cases, tally.values, tally.largest, tally.explained, tally.unsupported, tally.mismatches
        );
    }
    for (name, tally) in tallies {
        for line in &tally.words {
            println!("{name}: {line}");
        }
    }
}
