//! CUSUM, likelihood ratio charts, Rogerson.

use lianfang_epi::aberration::cusum::{Cusum, Transformation, cusum as sums};
use lianfang_epi::aberration::glr::{
    Change, Direction, Glr, GlrPoint, InControl, Window, glr as ratios, glr_refitted, in_control, least_cases,
};
use lianfang_epi::aberration::rogerson::{
    Decision, Rogerson, decision, reference_value, rogerson as moving, run_length,
};

use super::aberration::{Pair, as_cases, each_series};
use super::{Case, Fault, Outcome, Rows, Tally, unsupported};

fn transformation(case: &Case) -> Result<Transformation, Fault> {
    let alpha = case.number("alpha");
    match case.word("trans") {
        Some("rossi") => Ok(Transformation::Rossi),
        Some("standard") | None => Ok(Transformation::Standard),
        Some("anscombe") => Ok(Transformation::Anscombe),
        Some("anscombe2nd") => Ok(Transformation::AnscombeSecondOrder),
        Some("pearsonNegBin") => Ok(Transformation::PearsonNegativeBinomial { alpha: alpha.unwrap_or(0.1) }),
        Some("none") => Ok(Transformation::None),
        Some(other) => Err(unsupported("trans", other)),
    }
}

/// The expected count of each step that is judged.
fn expected(case: &Case, pair: &Pair) -> Result<Vec<f64>, Fault> {
    let points = pair.points();
    match case.word("m") {
        Some("glm") => {
            let settings = InControl { harmonics: 1, trend: false, period: pair.freq as f64, alpha: 0.0 };
            let all = in_control(&pair.counts, points.start, &settings)?;
            return Ok(all[points].to_vec());
        }
        Some(other) if case.number("m").is_none() => return Err(unsupported("m", other)),
        _ => {}
    }
    let past = &pair.counts[..points.start];
    let given = case.numbers("m").unwrap_or_else(|| vec![past.iter().sum::<f64>() / past.len() as f64]);
    if given.len() != 1 && given.len() < points.len() {
        return Err(Fault::Broken(format!("m has {} values for {} steps", given.len(), points.len())));
    }
    Ok((0..points.len()).map(|t| given[t % given.len()]).collect())
}

pub(crate) fn cusum(case: &Case, tally: &mut Tally) -> Outcome {
    let settings = Cusum { k: case.or("k", 1.04), h: case.or("h", 2.26), transformation: transformation(case)? };
    each_series(case, tally, |pair, output, tally| {
        let expected = expected(case, pair)?;
        let from = pair.points().start;
        let counts = &pair.counts[pair.points()];
        // From the first unknown count on the reference's sum is unknown.
        let known = counts.iter().position(|x| x.is_nan()).unwrap_or(counts.len());
        // Where the past has no case in part of the year, the fitted mean there is zero but for rounding.
        let empty = expected.iter().any(|&m| m.is_nan() || m < 1e-6);
        let judged = if empty { Vec::new() } else { sums(&counts[..known], &expected[..known], &settings)? };
        for &(at, row) in &pair.rows {
            let theirs = |column: &str| output.number(row, column);
            let Some(point) = judged.get(at - from) else {
                let unknown = empty || theirs("cusum").is_none();
                if unknown { tally.explain() } else { tally.fault(pair.place(at, "not judged")) }
                continue;
            };
            let (m, upper) = (expected[at - from], point.upper);
            tally.close_or(&pair.place(at, "m"), Some(m), theirs("m"), 1e-9, 1e-15);
            tally.close_or(&pair.place(at, "cusum"), Some(point.cusum), theirs("cusum"), 1e-9, 1e-12);
            tally.same(&pair.place(at, "alarm"), Some(point.alarm), theirs("alarm"));
            // Below the smallest score that a count can have there is no count; the reference takes its mirror.
            if upper == Some(0.0) && theirs("upperbound") != Some(0.0) {
                tally.explain();
                continue;
            }
            tally.close_or(&pair.place(at, "upper"), upper, theirs("upperbound"), 1e-9, 1e-12);
        }
        Ok(())
    })
}

fn glr_settings(case: &Case) -> Result<Glr, Fault> {
    let direction = match case.word("dir") {
        Some("inc") | None => Direction::Up,
        Some("dec") => Direction::Down,
        Some(other) => return Err(unsupported("dir", other)),
    };
    let change = match (case.number("theta"), case.word("change")) {
        (Some(theta), _) => Change::Known { theta },
        (None, Some("epi")) if direction == Direction::Down => return Err(unsupported("change epi with dir", "dec")),
        (None, Some("epi")) => Change::Epidemic,
        (None, Some("intercept") | None) => Change::Level { direction },
        (None, Some(other)) => return Err(unsupported("change", other)),
    };
    let longest = case.or("M", -1.0);
    let shortest = case.count("Mtilde", 1);
    let window = (longest > 0.0).then_some(Window { longest: longest as usize, shortest });
    if case.is_null("alpha") {
        return Err(unsupported("alpha estimated by the reference, found", "null"));
    }
    Ok(Glr { change, threshold: case.or("c.ARL", 5.0), alpha: case.or("alpha", 0.0), window })
}

pub(crate) fn glr(case: &Case, tally: &mut Tally) -> Outcome {
    let settings = glr_settings(case)?;
    let as_cases = as_cases(case, false)?;
    // With a known change, and for Poisson counts, the reference has a closed form too; else it searches.
    let searched =
        !matches!(settings.change, Change::Known { .. }) && (settings.alpha > 0.0 || settings.change == Change::Epidemic);
    each_series(case, tally, |pair, output, tally| {
        let model = InControl {
            harmonics: case.count("mu0.S", 1),
            trend: case.flag("mu0.trend", false),
            period: pair.freq as f64,
            alpha: settings.alpha,
        };
        let given = if case.has_inside("mu0") { None } else { case.numbers("mu0") };
        let refit = case.flag("mu0.refit", false);
        let (mean, judged) = run_glr(pair, given, (&model, refit), &settings, searched.then_some(output))?;
        let least = if as_cases { Some(least(pair, &mean, &settings)?) } else { None };
        for &(at, row) in &pair.rows {
            let theirs = |column: &str| output.number(row, column);
            let point = judged[at - pair.points().start];
            tally.close(&pair.place(at, "mu0"), Some(mean[at]), theirs("mu0"), 1e-9);
            if let Some(least) = &least {
                let ours = least[at - pair.points().start];
                tally.close(&pair.place(at, "cases"), ours, theirs("value"), 1e-9);
                tally.same(&pair.place(at, "alarm"), Some(point.alarm), theirs("alarm"));
                continue;
            }
            // The reference's Newton search may run off to no change at all; the true maximum is never below it.
            if searched && theirs("value").is_none_or(|v| point.ratio > v + 1e-5 * v.max(1e-4)) {
                tally.explain();
                continue;
            }
            let absolute = if searched { 1e-5 } else { 1e-9 };
            tally.close_or(&pair.place(at, "value"), Some(point.ratio), theirs("value"), 1e-5, absolute);
            tally.same(&pair.place(at, "alarm"), Some(point.alarm), theirs("alarm"));
        }
        Ok(())
    })
}

fn least(pair: &Pair, mean: &[f64], settings: &Glr) -> Result<Vec<Option<f64>>, Fault> {
    let points = pair.points();
    let before = points.start.checked_sub(1).map_or(0.0, |t| pair.counts[t]);
    let (counts, mean) = (&pair.counts[points.clone()], &mean[points]);
    if let Change::Known { .. } = settings.change {
        return Ok(ratios(counts, mean, before, settings)?.into_iter().map(|p| p.cases).collect());
    }
    Ok(least_cases(counts, mean, before, 10_000, settings)?)
}

/// The in-control mean of every step of the series, and the chart over those that are judged. Where the reference's search may
/// fail, the chart begins anew where the reference's did, so that one failure is one difference.
fn run_glr(
    pair: &Pair,
    given: Option<Vec<f64>>,
    (model, refit): (&InControl, bool),
    settings: &Glr,
    begin_as: Option<&Rows>,
) -> Result<(Vec<f64>, Vec<GlrPoint>), Fault> {
    let points = pair.points();
    let mut mean = match &given {
        None => in_control(&pair.counts, points.start, model)?,
        Some(given) if given.len() == 1 || given.len() >= points.len() => {
            (0..pair.counts.len()).map(|t| given[t.saturating_sub(points.start) % given.len()]).collect()
        }
        Some(given) => return Err(Fault::Broken(format!("mu0 has {} values for {} steps", given.len(), points.len()))),
    };
    let refit = refit && given.is_none();
    if refit && begin_as.is_none() {
        let (fitted, judged) = glr_refitted(&pair.counts, points.clone(), model, settings)?;
        mean[points].copy_from_slice(&fitted);
        return Ok((mean, judged));
    }
    let mut judged = Vec::new();
    let mut from = points.start;
    let ends = pair.rows.iter().filter(|(at, row)| {
        at + 1 == points.end || begin_as.is_some_and(|output| output.number(*row, "alarm") == Some(1.0))
    });
    for &(end, _) in ends {
        if refit && from > points.start {
            let again = in_control(&pair.counts, from, model)?;
            mean[from..].copy_from_slice(&again[from..]);
        }
        let before = from.checked_sub(1).map_or(0.0, |t| pair.counts[t]);
        // Within a pass the chart goes on even where the true maximum has rung already.
        let endless = Glr { threshold: if begin_as.is_some() { f64::MAX } else { settings.threshold }, ..*settings };
        let part = ratios(&pair.counts[from..=end], &mean[from..=end], before, &endless)?;
        let rings = |p: GlrPoint| GlrPoint { alarm: p.alarm || p.ratio >= settings.threshold, ..p };
        judged.extend(part.into_iter().map(|p| if begin_as.is_some() { rings(p) } else { p }));
        from = end + 1;
    }
    Ok((mean, judged))
}

pub(crate) fn rogerson(case: &Case, tally: &mut Tally) -> Outcome {
    let (input, output, table) = (case.input()?, case.table("output")?, case.table("hvalues")?);
    let digits = case.count("digits", 1) as u32;
    let (shift, wanted) = (case.or("s", 1.0), case.or("ARL0", 500.0));
    match case.word("distribution") {
        Some("poisson") | None => {}
        Some(other) => return Err(unsupported("distribution", other)),
    }
    let known = decisions(&table, shift, wanted, digits, tally)?;
    let counts = input.column("y");
    let nearest =
        |mean: f64| known.iter().copied().min_by(|a, b| (a.mean - mean).abs().total_cmp(&(b.mean - mean).abs()));
    // The reference value is that of the step's own mean, the decision interval that of the nearest mean in the table.
    let own = |m: f64| nearest(m).map(|d| Decision { k: reference_value(m, shift, digits), ..d });
    let steps: Vec<Decision> = input.column("theta0t").iter().filter_map(|&m| own(m)).collect();
    let fast_start = case.flag("FIR", false);
    let h = steps.first().map_or(1.0, |d| d.h);
    let settings = Rogerson { fast_start, limit: case.number("limit"), h };
    let judged = moving(&counts, &steps, &settings).map_err(|e| e.to_string())?;
    for (row, point) in judged.iter().enumerate() {
        let place = |column: &str| format!("t={} {column}", row + 1);
        tally.close(&place("upper"), Some(point.upper), output.number(row, "upperbound"), 1e-9);
        tally.same(&place("alarm"), Some(point.alarm), output.number(row, "alarm"));
    }
    Ok(())
}

/// The reference's table of decision intervals, each checked against the run length computed here.
fn decisions(table: &Rows, shift: f64, wanted: f64, digits: u32, tally: &mut Tally) -> Result<Vec<Decision>, Fault> {
    let mut known = Vec::new();
    for row in 0..table.len() {
        let get = |column: &str| table.number(row, column).ok_or_else(|| format!("hvalues: no {column}"));
        let (mean, h, k) = (get("theta0")?, get("h")?, get("k")?);
        let place = |column: &str| format!("θ₀={mean} {column}");
        tally.close(&place("k"), Some(reference_value(mean, shift, digits)), Some(k), 1e-9);
        let length = run_length(mean, k, h, 0.1);
        tally.close(&place("ARL"), Some(length), Some(get("ARL")?), 0.02);
        let own = decision(mean, shift, wanted).map_err(|e| e.to_string())?;
        if own.run_length < wanted {
            tally.fault(place("decision"));
        }
        known.push(Decision { mean, k, h, run_length: length });
    }
    Ok(known)
}
