//! Serial intervals and reproduction numbers.

use std::collections::BTreeMap;

use lianfang_epi::Probability;
use lianfang_epi::transmission::cori::{Incidence, Prior, cori, infectiousness};
use lianfang_epi::transmission::serial_interval::SerialInterval;
use lianfang_epi::transmission::uncertain::{Mixture, Truncated, cori_uncertain, intervals};
use lianfang_epi::transmission::wallinga_teunis::wallinga_teunis as looking_back;

use super::{Case, Rows, Tally};

/// What is left of differences of distribution functions is rounding.
const ROUNDING: f64 = 1e-13;

const COLUMNS: [(&str, f64); 7] =
    [("q025", 0.025), ("q05", 0.05), ("q25", 0.25), ("median", 0.5), ("q75", 0.75), ("q95", 0.95), ("q975", 0.975)];

fn words(e: lianfang_epi::Refusal) -> String {
    e.to_string()
}

pub(crate) fn discr_si(case: &Case, tally: &mut Tally) -> Result<(), String> {
    let output = case.table("output")?;
    let mut known: BTreeMap<String, SerialInterval> = BTreeMap::new();
    for row in 0..output.len() {
        let get = |column: &str| output.number(row, column).ok_or_else(|| format!("row {row}: no {column}"));
        let (mean, sd, k) = (get("mu")?, get("sd")?, get("k")?);
        let key = format!("{mean} {sd}");
        let si = match known.get(&key) {
            Some(si) if si.weights().len() > k as usize => si,
            _ => {
                known.insert(key.clone(), SerialInterval::discretised(mean, sd, k as usize + 200).map_err(words)?);
                &known[&key]
            }
        };
        tally.close_or(&format!("{key} k={k}"), Some(si.weights()[k as usize]), Some(get("w")?), 1e-9, ROUNDING);
    }
    Ok(())
}

/// Local and imported cases; those of the first day of a plain series are imported.
fn incidence(input: &Rows) -> (Vec<f64>, Vec<f64>) {
    let known = |name: &str| input.column(name).into_iter().map(|x| if x.is_nan() { 0.0 } else { x }).collect();
    if input.has("local") {
        return (known("local"), known("imported"));
    }
    let mut local: Vec<f64> = known("I");
    let mut imported = vec![0.0; local.len()];
    if let (Some(first), Some(outside)) = (local.first_mut(), imported.first_mut()) {
        std::mem::swap(first, outside);
    }
    (local, imported)
}

fn serial_interval(case: &Case, days: usize) -> Result<SerialInterval, String> {
    match case.numbers("si_distr") {
        Some(weights) => SerialInterval::from_weights(weights).map_err(words),
        None => SerialInterval::discretised(case.or("mean_si", 0.0), case.or("std_si", 0.0), days).map_err(words),
    }
}

pub(crate) fn estimate_r(case: &Case, tally: &mut Tally) -> Result<(), String> {
    let (local, imported) = incidence(&case.input()?);
    let incidence = Incidence { local: &local, imported: &imported };
    let prior = Prior { mean: case.or("mean_prior", 5.0), sd: case.or("std_prior", 5.0) };
    let window = case.count("window", 7);
    match case.word("method") {
        Some("parametric_si" | "non_parametric_si") => {}
        Some("uncertain_si") => return uncertain(case, &incidence, window, prior, tally),
        other => return Err(format!("method {other:?}")),
    }
    let si = serial_interval(case, local.len())?;
    if let Ok(table) = case.table("si") {
        for row in 0..table.len() {
            let k = table.number(row, "k").unwrap_or(0.0) as usize;
            // Behind the last day the reference writes a zero.
            let ours = si.weights().get(k).copied().or(Some(0.0));
            tally.close_or(&format!("w_{k}"), ours, table.number(row, "w"), 1e-9, ROUNDING);
        }
    }
    if let Ok(table) = case.table("lambda") {
        let ours = infectiousness(&incidence, &si);
        for (row, value) in ours.iter().enumerate().take(table.len()).skip(1) {
            tally.close_or(&format!("Λ_{}", row + 1), Some(*value), table.number(row, "lambda"), 1e-9, ROUNDING);
        }
    }
    let output = case.table("output")?;
    let points = cori(&incidence, &si, window, prior).map_err(words)?;
    for row in 0..output.len() {
        let end = output.number(row, "t_end").unwrap_or(0.0) as usize;
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
fn uncertain(
    case: &Case,
    incidence: &Incidence<'_>,
    window: usize,
    prior: Prior,
    tally: &mut Tally,
) -> Result<(), String> {
    let get = |name: &str| case.number(name).ok_or_else(|| format!("no {name}"));
    let cut = |mean: &str, sd: &str, min: &str, max: &str| -> Result<Truncated, String> {
        Ok(Truncated { mean: get(mean)?, sd: get(sd)?, min: get(min)?, max: get(max)? })
    };
    let mean = cut("mean_si", "std_mean_si", "min_mean_si", "max_mean_si")?;
    let sd = cut("std_si", "std_std_si", "min_std_si", "max_std_si")?;
    let (n1, n2) = (case.or("n1", 500.0), case.or("n2", 50.0));
    case.number("seed");
    let days = incidence.local.len();
    let all = intervals(&mean, &sd, days, 12).map_err(words)?;
    let exact = cori_uncertain(incidence, &all, window, prior).map_err(words)?;
    let sampled = match case.table("si_moments") {
        Ok(table) => {
            let each = (0..table.len()).filter_map(|row| table.number(row, "Mean").zip(table.number(row, "Std")));
            let given: Result<Vec<_>, _> =
                each.map(|(m, s)| SerialInterval::discretised(m, s, days).map(|si| (si, 1.0))).collect();
            Some(cori_uncertain(incidence, &given.map_err(words)?, window, prior).map_err(words)?)
        }
        Err(_) => None,
    };
    let output = case.table("output")?;
    for row in 0..output.len() {
        let end = output.number(row, "t_end").unwrap_or(0.0) as usize;
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

pub(crate) fn wallinga_teunis(case: &Case, tally: &mut Tally) -> Result<(), String> {
    let input = case.input()?;
    let counts: Vec<f64> = input.column("I").into_iter().map(|x| if x.is_nan() { 0.0 } else { x }).collect();
    case.word("method");
    let si = serial_interval(case, counts.len())?;
    let level = Probability::new("level", 0.95).map_err(words)?;
    let points = looking_back(&counts, &si, case.count("window", 7), level).map_err(words)?;
    let draws = case.or("n_sim", 0.0);
    let output = case.table("output")?;
    for row in 0..output.len() {
        let end = output.number(row, "t_end").unwrap_or(0.0) as usize;
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
