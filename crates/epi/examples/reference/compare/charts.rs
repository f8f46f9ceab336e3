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
        let before = |at: usize| (at - from).checked_sub(1).map_or(0.0, |last| judged[last].cusum);
        for &(at, row) in &pair.rows {
            let theirs = |column: &str| output.number(row, column);
            let Some(point) = judged.get(at - from) else {
                let unknown = empty || theirs("cusum").is_none();
                if unknown {
                    tally.explain()
                } else {
                    tally.fault(pair.place(at, "not judged"))
                }
                continue;
            };
            // Of plain counts the reference takes the current sum from h, which is no count that rings.
            let odd = (settings.transformation == Transformation::None).then(|| (settings.h - point.cusum).max(0.0));
            let (m, upper) = (expected[at - from], odd.or(point.upper));
            tally.close_or(&pair.place(at, "m"), Some(m), theirs("m"), 1e-9, 1e-15);
            tally.close_or(&pair.place(at, "cusum"), Some(point.cusum), theirs("cusum"), 1e-9, 1e-12);
            tally.same(&pair.place(at, "alarm"), Some(point.alarm), theirs("alarm"));
            // Below the smallest score that a count can have there is no count; the reference takes its mirror.
            if odd.is_none() && upper == Some(0.0) && theirs("upperbound") != Some(0.0) {
                tally.explain();
                continue;
            }
            // A whole number is rounded up by one where the reference's last digit is another.
            let raw = expected[at - from] + (settings.h + settings.k - before(at)) * expected[at - from].sqrt();
            let whole = settings.transformation == Transformation::Standard && (raw - raw.round()).abs() < 1e-9;
            let allowed = if whole { 1.0 } else { 1e-12 };
            tally.close_or(&pair.place(at, "upper"), upper, theirs("upperbound"), 1e-9, allowed);
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
    let level_up = Change::Level { direction: Direction::Up };
    // Of a fall of Poisson counts the reference leaves out every start since which there was no case at all.
    let closed =
        matches!(settings.change, Change::Known { .. }) || (settings.alpha == 0.0 && settings.change == level_up);
    let searched = !closed;
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
            // Of an empty part of the year the fitted mean is zero but for rounding.
            tally.close_or(&pair.place(at, "mu0"), Some(mean[at]), theirs("mu0"), 1e-9, 1e-9);
            if let Some(least) = &least {
                let ours = least[at - pair.points().start];
                // The reference tries counts one by one and writes 1e99 where its search ends without an alarm.
                if theirs("value").is_some_and(|v| v > 1e90) {
                    tally.explain();
                    continue;
                }
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
    Ok(least_cases(counts, mean, before, 1_000_000, settings)?)
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
        Some(given) if given.len() == 1 && points.len() > 1 => {
            return Err(unsupported("mu0 of one value, behind which the reference reads whatever is there,", given[0]));
        }
        Some(given) if given.len() >= points.len() => {
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
    input.need(&["y", "theta0t"])?;
    output.need(&["upperbound", "alarm"])?;
    let digits = case.count("digits", 1) as u32;
    let (shift, wanted) = (case.or("s", 1.0), case.or("ARL0", 500.0));
    match case.word("distribution") {
        Some("poisson") | None => {}
        Some(other) => return Err(unsupported("distribution", other)),
    }
    let fast_start = case.flag("FIR", false);
    let known = decisions(&table, (shift, wanted, digits), fast_start, tally)?;
    let counts = input.column("y");
    if counts.len() != output.len() {
        return Err(Fault::Broken(format!("{} steps of input, {} of output", counts.len(), output.len())));
    }
    let nearest =
        |mean: f64| known.iter().copied().min_by(|a, b| (a.mean - mean).abs().total_cmp(&(b.mean - mean).abs()));
    // The reference value is that of the step's own mean, the decision interval that of the nearest mean in the table.
    let own = |m: f64| nearest(m).map(|d| Decision { k: reference_value(m, shift, digits), ..d });
    let steps: Vec<Decision> = input.column("theta0t").iter().filter_map(|&m| own(m)).collect();
    let h = steps.first().map_or(1.0, |d| d.h);
    // A chart that begins at half the interval goes back there after every alarm, whatever the limit says.
    let given = case.number("limit");
    let settings = Rogerson { fast_start, limit: if fast_start { Some(0.5) } else { given }, h };
    let judged = moving(&counts, &steps, &settings)?;
    let mut sum = if fast_start { h / 2.0 } else { 0.0 };
    for (row, point) in judged.iter().enumerate() {
        let place = |column: &str| format!("t={} {column}", row + 1);
        // A whole number is rounded up by one where the reference's last digit is another.
        let raw = (h - sum) * steps[row].h / h + steps[row].k;
        let allowed = if (raw - raw.round()).abs() < 1e-9 { 1.0 } else { 0.0 };
        tally.close_or(&place("upper"), Some(point.upper), output.number(row, "upperbound"), 1e-9, allowed);
        sum = settings.limit.filter(|_| point.alarm).map_or(point.sum, |limit| point.sum.min(limit * h));
        tally.same(&place("alarm"), Some(point.alarm), output.number(row, "alarm"));
    }
    Ok(())
}

/// The reference's table of decision intervals, each checked against the run length computed here.
fn decisions(
    table: &Rows,
    (shift, wanted, digits): (f64, f64, u32),
    fast_start: bool,
    tally: &mut Tally,
) -> Result<Vec<Decision>, Fault> {
    let mut known = Vec::new();
    let unit = 10_f64.powi(-(digits.max(1) as i32));
    for row in 0..table.len() {
        let get = |column: &str| table.number(row, column).ok_or_else(|| format!("hvalues: no {column}"));
        let (mean, h, k) = (get("theta0")?, get("h")?, get("k")?);
        let place = |column: &str| format!("θ₀={mean} {column}");
        tally.close(&place("k"), Some(reference_value(mean, shift, digits)), Some(k), 1e-9);
        let length = run_length(mean, k, h, unit);
        // The table may be of charts that begin at half the interval: their runs are shorter than those that begin at 0.
        if fast_start && length > get("ARL")? {
            tally.explain();
        } else {
            tally.close(&place("ARL"), Some(length), Some(get("ARL")?), 0.02);
        }
        let own = decision(mean, shift, wanted)?;
        if own.run_length < wanted {
            tally.fault(place("decision"));
        }
        known.push(Decision { mean, k, h, run_length: length });
    }
    Ok(known)
}
