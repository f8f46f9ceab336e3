//! Scan statistics.

use std::collections::BTreeMap;

use lianfang_epi::number::chance::Stream;
use lianfang_epi::scan::cluster::{Baseline, CaseTable, Scan, every_window, scan};
use lianfang_epi::scan::zones::{Place, ZoneLimit, Zones};

use super::{Case, Fault, Outcome, Rows, Tally, unsupported};

fn places(table: &Rows) -> Result<Vec<Place>, Fault> {
    table.need(&["x", "y"])?;
    Ok(table.column("x").into_iter().zip(table.column("y")).map(|(x, y)| Place::Plane { x, y }).collect())
}

/// Cases in rows of places.
fn cases(table: &Rows, places: usize, times: usize) -> Result<CaseTable, Fault> {
    table.need(&["location", "time", "count"])?;
    let mut rows = vec![vec![0; times]; places];
    for row in 0..table.len() {
        let at = |column: &str| table.number(row, column).unwrap_or(0.0) as usize;
        let cell = rows.get_mut(at("location")).and_then(|r| r.get_mut(at("time").wrapping_sub(1)));
        *cell.ok_or("a count outside the table")? = at("count") as u32;
    }
    Ok(CaseTable::new(&rows)?)
}

fn members(text: &str) -> Vec<usize> {
    let mut members: Vec<usize> = text.split_whitespace().filter_map(|p| p.parse().ok()).collect();
    members.sort_unstable();
    members
}

pub(crate) fn space_time(case: &Case, tally: &mut Tally) -> Outcome {
    let counts = case.table("counts")?;
    let last = counts.column("time").into_iter().filter(|t| !t.is_nan()).fold(1.0, f64::max);
    let times = case.count("n_times", last as usize);
    let locations = case.table("locations")?;
    let zones = zones(case, &locations, tally)?;
    let table = cases(&counts, locations.len(), times)?;
    let by_folder = if case.named().contains("permutation") { "permutation" } else { "poisson" };
    let baseline = match case.word("model").or(Some(by_folder)) {
        Some("permutation") => Baseline::Permutation,
        Some("poisson") => {
            let people = locations.column("population");
            Baseline::Poisson { people: people.iter().flat_map(|&p| std::iter::repeat_n(p, times)).collect() }
        }
        other => return Err(unsupported("model", other)),
    };
    if case.count("n_locations", locations.len()) != locations.len() {
        return Err(Fault::Broken(format!("n_locations, but the table has {}", locations.len())));
    }
    let plan = Scan {
        baseline,
        longest: case.count("max_duration", times),
        retrospective: false,
        replicates: case.count("n_mcsim", 999),
        stop_after: None,
        clusters: 1,
        every_days: 1.0,
    };
    compare_windows(case, &table, &zones, &plan, times, tally)?;
    let found = scan(&table, &zones, &plan, &Stream::new("scan", case.count("seed", 1) as u64))?;
    let top = found.clusters.first().ok_or("no cluster")?;
    if let Some(score) = case.number("mlc_score") {
        tally.close("score of the strongest", Some(top.score), Some(score), 1e-9);
    }
    compare_p(case, top.p, plan.replicates, tally);
    if let Ok(table) = case.table("mcsim") {
        same_distribution(&found.replicates, &table.column("score"), tally);
    }
    Ok(())
}

/// The circles built here must be the zones of the reference.
fn zones(case: &Case, locations: &Rows, tally: &mut Tally) -> Result<Zones, Fault> {
    let limit = ZoneLimit::Nearest(case.count("kmax", locations.len()));
    let zones = Zones::circles(&places(locations)?, &vec![1.0; locations.len()], limit)?;
    let table = case.table("zones")?;
    let mut theirs: Vec<Vec<usize>> = (0..table.len()).map(|row| members(table.text(row, "locations"))).collect();
    let mut ours = zones.distinct();
    theirs.sort();
    ours.sort();
    tally.close("zones", Some(ours.len() as f64), Some(case.or("n_zones", theirs.len() as f64)), 0.0);
    tally.same("the zones are the same", Some(ours == theirs), Some(1.0));
    Ok(zones)
}

fn compare_windows(
    case: &Case,
    table: &CaseTable,
    zones: &Zones,
    plan: &Scan,
    times: usize,
    tally: &mut Tally,
) -> Outcome {
    let listed = case.table("zones")?;
    let numbers: BTreeMap<Vec<usize>, usize> =
        (0..listed.len()).map(|row| (members(listed.text(row, "locations")), row + 1)).collect();
    let mut scores = BTreeMap::new();
    for window in every_window(table, zones, plan)? {
        if let Some(&zone) = numbers.get(&window.places) {
            scores.insert((zone, times - window.from), window.score);
        }
    }
    if let Some((zone, duration)) = case.number("mlc_zone").zip(case.number("mlc_duration")) {
        // Several zones may share the largest score; the reference's must be among them.
        let theirs = scores.get(&(zone as usize, duration as usize)).copied();
        let best = scores.values().copied().fold(0.0, f64::max);
        tally.close("score of the zone that the reference found strongest", theirs, Some(best), 1e-12);
    }
    let output = case.table("output")?;
    for row in 0..output.len() {
        let at = |column: &str| output.number(row, column).unwrap_or(0.0) as usize;
        let key = (at("zone"), at("duration"));
        let ours = scores.get(&key).copied().or(Some(0.0));
        tally.close(&format!("zone {} duration {}", key.0, key.1), ours, output.number(row, "score"), 1e-9);
    }
    Ok(())
}

/// Two p-values by rank of so many replicates each: five standard errors.
fn compare_p(case: &Case, ours: f64, replicates: usize, tally: &mut Tally) {
    if let Some(theirs) = case.number("mlc_p") {
        let allowed = 5.0 * (2.0 * theirs * (1.0 - theirs) / replicates as f64).sqrt() + 1.0 / replicates as f64;
        tally.near("p", ours, theirs, allowed);
    }
}

/// Kolmogorov and Smirnov's distance of two samples, at a level of 1 in 100,000.
fn same_distribution(ours: &[f64], theirs: &[f64], tally: &mut Tally) {
    let sorted = |xs: &[f64]| {
        let mut xs = xs.to_vec();
        xs.sort_by(f64::total_cmp);
        xs
    };
    let (a, b) = (sorted(ours), sorted(theirs));
    let share = |xs: &[f64], x: f64| xs.partition_point(|y| *y <= x) as f64 / xs.len() as f64;
    let distance = a.iter().chain(&b).map(|&x| (share(&a, x) - share(&b, x)).abs()).fold(0.0, f64::max);
    let (n, m) = (a.len() as f64, b.len() as f64);
    tally.near("replicates: largest distance of the distributions", distance, 0.0, 2.47 * ((n + m) / (n * m)).sqrt());
}

pub(crate) fn spatial(case: &Case, tally: &mut Tally) -> Outcome {
    let input = case.input()?;
    let weights = input.column("population");
    let limit = ZoneLimit::Share(case.or("pop_upper_bound", 0.5));
    let zones = Zones::circles(&places(&input)?, &weights, limit)?;
    let rows: Vec<Vec<u32>> = input.column("cases").iter().map(|&c| vec![c as u32]).collect();
    let table = CaseTable::new(&rows)?;
    let people = if input.has("expected") { input.column("expected") } else { weights };
    let plan = Scan {
        baseline: Baseline::Poisson { people },
        longest: 1,
        retrospective: false,
        replicates: case.count("n_sim", 999),
        stop_after: None,
        clusters: 1,
        every_days: 1.0,
    };
    case.number("alpha_level");
    let found = scan(&table, &zones, &plan, &Stream::new("scan", 1))?;
    let top = found.clusters.first().ok_or("no cluster")?;
    let output = case.table("output")?;
    tally.close("llr", Some(top.score), output.number(0, "llr"), 1e-9);
    tally.close("cases", Some(top.cases), output.number(0, "cases"), 0.0);
    tally.close("expected", Some(top.expected), output.number(0, "expected"), 1e-9);
    tally.close("smr", Some(top.cases / top.expected), output.number(0, "smr"), 1e-9);
    tally.same("places", Some(top.places == members(output.text(0, "locations"))), Some(1.0));
    compare_p(case, top.p, plan.replicates, tally);
    Ok(())
}
