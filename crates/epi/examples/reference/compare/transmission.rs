//! Serial intervals and reproduction numbers.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use lianfang_epi::Probability;
use lianfang_epi::transmission::cori::{CoriPoint, Incidence, Prior, cori, infectiousness};
use lianfang_epi::transmission::serial_interval::SerialInterval;
use lianfang_epi::transmission::uncertain::{Mixture, Truncated, cori_uncertain, intervals};
use lianfang_epi::transmission::wallinga_teunis::{CasePoint, wallinga_teunis as looking_back};

use super::{Case, Fault, Outcome, Rows, Tally, unsupported};

/// What is left of differences of distribution functions is rounding.
const ROUNDING: f64 = 1e-13;

const COLUMNS: [(&str, f64); 7] =
    [("q025", 0.025), ("q05", 0.05), ("q25", 0.25), ("median", 0.5), ("q75", 0.75), ("q95", 0.95), ("q975", 0.975)];

/// First and behind-the-last day of the window of a row.
fn window(output: &Rows, row: usize) -> Result<(usize, usize), Fault> {
    let (start, end) = (output.place(row, "t_start")?, output.place(row, "t_end")? + 1);
    if start < end {
        Ok((start, end))
    } else {
        Err(Fault::Broken(format!("row {row}: the window ends before it begins")))
    }
}

pub(crate) fn discr_si(case: &Case, tally: &mut Tally) -> Outcome {
    let output = case.table("output")?;
    let mut known: BTreeMap<String, SerialInterval> = BTreeMap::new();
    for row in 0..output.len() {
        let get = |column: &str| output.number(row, column).ok_or_else(|| format!("row {row}: no {column}"));
        let (mean, sd, k) = (get("mu")?, get("sd")?, get("k")?);
        let key = format!("{mean} {sd}");
        let si = match known.get(&key) {
            Some(si) if si.weights().len() > k as usize => si,
            _ => {
                known.insert(key.clone(), SerialInterval::discretised(mean, sd, k as usize + 200)?);
                &known[&key]
            }
        };
        tally.close_or(&format!("{key} k={k}"), Some(si.weights()[k as usize]), Some(get("w")?), 1e-9, ROUNDING);
    }
    Ok(())
}

/// Local and imported cases; those of the first day of a plain series are imported.
fn incidence(input: &Rows) -> Result<(Vec<f64>, Vec<f64>), Fault> {
    let known = |name: &str| input.column(name).into_iter().map(|x| if x.is_nan() { 0.0 } else { x }).collect();
    if input.has("local") {
        input.need(&["imported"])?;
        return Ok((known("local"), known("imported")));
    }
    input.need(&["I"])?;
    let mut local: Vec<f64> = known("I");
    let mut imported = vec![0.0; local.len()];
    if let (Some(first), Some(outside)) = (local.first_mut(), imported.first_mut()) {
        std::mem::swap(first, outside);
    }
    Ok((local, imported))
}

fn serial_interval(case: &Case, days: usize) -> Result<SerialInterval, Fault> {
    match case.numbers("si_distr") {
        Some(weights) => Ok(SerialInterval::from_weights(weights)?),
        None => Ok(SerialInterval::discretised(case.or("mean_si", 0.0), case.or("std_si", 0.0), days)?),
    }
}

pub(crate) fn estimate_r(case: &Case, tally: &mut Tally) -> Outcome {
    let (local, imported) = incidence(&case.input()?)?;
    let incidence = Incidence { local: &local, imported: &imported };
    let prior = Prior { mean: case.or("mean_prior", 5.0), sd: case.or("std_prior", 5.0) };
    // The rows say which windows there are.
    for idle in ["window", "t_start", "t_end"] {
        case.value(idle);
    }
    match case.word("method") {
        Some("parametric_si" | "non_parametric_si") => {}
        Some("uncertain_si") => return uncertain(case, &incidence, prior, tally),
        Some("si_from_sample") => return from_sample(case, &incidence, prior, tally),
        other => return Err(unsupported("method", other)),
    }
    let si = serial_interval(case, local.len())?;
    if case.has_table("si") {
        let table = case.table("si")?;
        for row in 0..table.len() {
            let k = table.number(row, "k").unwrap_or(0.0) as usize;
            // Behind the last day the reference writes a zero.
            let ours = si.weights().get(k).copied().or(Some(0.0));
            tally.close_or(&format!("w_{k}"), ours, table.number(row, "w"), 1e-9, ROUNDING);
        }
    }
    if case.has_table("lambda") {
        let table = case.table("lambda")?;
        let ours = infectiousness(&incidence, &si);
        for (row, value) in ours.iter().enumerate().take(table.len()).skip(1) {
            tally.close_or(&format!("Λ_{}", row + 1), Some(*value), table.number(row, "lambda"), 1e-9, ROUNDING);
        }
    }
    let output = case.table("output")?;
    output.need(&["mean", "std"])?;
    let mut by_length: BTreeMap<usize, Vec<CoriPoint>> = BTreeMap::new();
    for row in 0..output.len() {
        let (start, end) = window(&output, row)?;
        let points = match by_length.entry(end - start) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(room) => room.insert(cori(&incidence, &si, end - start, prior)?),
        };
        let posterior = points.iter().find(|p| p.end + 1 == end).and_then(|p| p.posterior);
        let place = |column: &str| format!("t_end={end} {column}");
        tally.close(&place("mean"), posterior.map(|p| p.mean()), output.number(row, "mean"), 1e-9);
        tally.close(&place("std"), posterior.map(|p| p.sd()), output.number(row, "std"), 1e-9);
        for (column, p) in COLUMNS {
            tally.close(&place(column), posterior.map(|x| x.quantile(p)), output.number(row, column), 1e-9);
        }
    }
    Ok(())
}

/// The reference samples; its own sample of intervals, where it is given, leaves only the sampling of values to allow for.
fn uncertain(case: &Case, incidence: &Incidence<'_>, prior: Prior, tally: &mut Tally) -> Outcome {
    let get = |name: &str| case.number(name).ok_or_else(|| format!("no {name}"));
    let cut = |mean: &str, sd: &str, min: &str, max: &str| -> Result<Truncated, Fault> {
        Ok(Truncated { mean: get(mean)?, sd: get(sd)?, min: get(min)?, max: get(max)? })
    };
    let mean = cut("mean_si", "std_mean_si", "min_mean_si", "max_mean_si")?;
    let sd = cut("std_si", "std_std_si", "min_std_si", "max_std_si")?;
    let (n1, n2) = (case.or("n1", 500.0), case.or("n2", 50.0));
    let days = incidence.local.len();
    let output = case.table("output")?;
    let window = one_length(&output)?;
    let all = intervals(&mean, &sd, days, 12)?;
    let exact = cori_uncertain(incidence, &all, window, prior)?;
    let sampled = if case.has_table("si_moments") {
        let table = case.table("si_moments")?;
        table.need(&["Mean", "Std"])?;
        let each = (0..table.len()).filter_map(|row| table.number(row, "Mean").zip(table.number(row, "Std")));
        let given: Result<Vec<_>, _> =
            each.map(|(m, s)| SerialInterval::discretised(m, s, days).map(|si| (si, 1.0))).collect();
        Some(cori_uncertain(incidence, &given?, window, prior)?)
    } else {
        None
    };
    for row in 0..output.len() {
        let end = output.place(row, "t_end")? + 1;
        let of = |points: &[lianfang_epi::transmission::uncertain::UncertainPoint]| {
            points.iter().find(|p| p.end + 1 == end).and_then(|p| p.mixture.clone())
        };
        // Early windows have values for the shortest intervals only.
        let by_sample = sampled.as_ref().map(|s| of(s));
        let filled = by_sample.as_ref().map_or(n1, |m| m.as_ref().map_or(n1, |m| m.parts() as f64));
        if let Some(mixture) = by_sample {
            let place = format!("t_end={end} (sampled intervals)");
            against_draws(&place, mixture.as_ref(), (&output, row), filled * n2, tally);
        }
        against_draws(&format!("t_end={end}"), of(&exact).as_ref(), (&output, row), filled, tally);
    }
    Ok(())
}

/// The length of all windows.
fn one_length(output: &Rows) -> Result<usize, Fault> {
    let lengths: Result<BTreeSet<usize>, Fault> =
        (0..output.len()).map(|row| window(output, row).map(|(start, end)| end - start)).collect();
    match lengths?.into_iter().collect::<Vec<_>>()[..] {
        [length] => Ok(length),
        ref several => Err(unsupported("sampled intervals with windows of several lengths", several)),
    }
}

/// A sample of intervals is given, one a column; the reference draws from the mixture.
fn from_sample(case: &Case, incidence: &Incidence<'_>, prior: Prior, tally: &mut Tally) -> Outcome {
    let table = case.table("si_sample")?;
    let given: Result<Vec<(SerialInterval, f64)>, lianfang_epi::Refusal> =
        table.names().map(|name| SerialInterval::from_weights(table.column(name)).map(|si| (si, 1.0))).collect();
    let given = given?;
    let output = case.table("output")?;
    let mixed = cori_uncertain(incidence, &given, one_length(&output)?, prior)?;
    let draws = case.or("n2", 50.0);
    for row in 0..output.len() {
        let end = output.place(row, "t_end")? + 1;
        let mixture = mixed.iter().find(|p| p.end + 1 == end).and_then(|p| p.mixture.clone());
        let parts = mixture.as_ref().map_or(0, |m| m.parts()) as f64;
        against_draws(&format!("t_end={end}"), mixture.as_ref(), (&output, row), draws * parts, tally);
    }
    Ok(())
}

/// A sampled quantile must lie where the exact distribution has nearly its probability: five standard errors of so many draws.
fn against_draws(place: &str, mixture: Option<&Mixture>, (output, row): (&Rows, usize), draws: f64, tally: &mut Tally) {
    for (column, p) in COLUMNS {
        let theirs = output.number(row, column);
        let Some((mixture, value)) = mixture.zip(theirs) else {
            tally.close(&format!("{place} {column}"), mixture.map(|m| m.quantile(p)), theirs, 0.0);
            continue;
        };
        let allowed = 5.0 * (p * (1.0 - p) / draws).sqrt();
        tally.near(&format!("{place} {column}: probability below"), mixture.cdf(value), p, allowed);
    }
    if let Some((mixture, mean)) = mixture.zip(output.number(row, "mean")) {
        tally.near(&format!("{place} mean"), mixture.mean(), mean, 5.0 * mixture.sd() / draws.sqrt());
    }
}

pub(crate) fn wallinga_teunis(case: &Case, tally: &mut Tally) -> Outcome {
    let input = case.input()?;
    let counts: Vec<f64> = input.column("I").into_iter().map(|x| if x.is_nan() { 0.0 } else { x }).collect();
    input.need(&["I"])?;
    match case.word("method") {
        Some("parametric_si" | "non_parametric_si") | None => {}
        other => return Err(unsupported("method", other)),
    }
    for idle in ["window", "t_start", "t_end"] {
        case.value(idle);
    }
    let si = serial_interval(case, counts.len())?;
    let level = Probability::new("level", 0.95)?;
    let draws = case.or("n_sim", 0.0);
    let output = case.table("output")?;
    output.need(&["mean"])?;
    let mut by_length: BTreeMap<usize, Vec<CasePoint>> = BTreeMap::new();
    for row in 0..output.len() {
        let (start, end) = window(&output, row)?;
        let points = match by_length.entry(end - start) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(room) => room.insert(looking_back(&counts, &si, end - start, level)?),
        };
        let point = points.iter().find(|p| p.end + 1 == end);
        let place = |column: &str| format!("t_end={end} {column}");
        tally.close(&place("mean"), point.map(|p| p.mean), output.number(row, "mean"), 1e-9);
        let (Some(point), Some(sd)) = (point, output.number(row, "std_mc")) else { continue };
        if draws < 2.0 {
            continue;
        }
        // Sampled moments and quantiles: five standard errors, and one case more for the steps.
        let cases: f64 = counts[point.start..=point.end].iter().sum();
        let variance = (point.sd * cases).powi(2);
        let error = point.sd / 2.0 * ((2.0 + 1.0 / variance) / draws).sqrt();
        tally.near(&place("std"), point.sd, sd, 5.0 * error + 1e-12);
        let allowed = 5.0 * point.sd * 2.7 / draws.sqrt() + 1.0 / cases;
        for (column, ours) in [("q025_mc", point.interval.0), ("q975_mc", point.interval.1)] {
            if let Some(theirs) = output.number(row, column) {
                tally.near(&place(column), ours, theirs, allowed);
            }
        }
    }
    Ok(())
}
