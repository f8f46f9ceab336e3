//! CUSUM, likelihood ratio charts, Rogerson.

use lianfang_epi::aberration::cusum::{Cusum, Transformation, cusum as sums};
use lianfang_epi::aberration::glr::{Change, Direction, Glr, GlrPoint, InControl, Window, glr as ratios, in_control};
use lianfang_epi::aberration::rogerson::{
    Decision, Rogerson, decision, reference_value, rogerson as moving, run_length,
};

use super::aberration::{Pair, pairs};
use super::{Case, Rows, Tally};

fn transformation(case: &Case) -> Result<Transformation, String> {
    let alpha = case.number("alpha");
    match case.word("trans") {
        Some("rossi") => Ok(Transformation::Rossi),
        Some("standard") | None => Ok(Transformation::Standard),
        Some("anscombe") => Ok(Transformation::Anscombe),
        Some("anscombe2nd") => Ok(Transformation::AnscombeSecondOrder),
        Some("pearsonNegBin") => Ok(Transformation::PearsonNegativeBinomial { alpha: alpha.unwrap_or(0.1) }),
        Some("none") => Ok(Transformation::None),
        Some(other) => Err(format!("trans {other}")),
    }
}

/// The expected count of each step that is judged.
fn expected(case: &Case, pair: &Pair) -> Result<Vec<f64>, String> {
    let points = pair.points();
    if case.word("m") == Some("glm") {
        let settings = InControl { harmonics: 1, trend: false, period: pair.freq as f64, alpha: 0.0 };
        let all = in_control(&pair.counts, points.start, &settings).map_err(|e| e.to_string())?;
        return Ok(all[points].to_vec());
    }
    let past = &pair.counts[..points.start];
    let mean = case.number("m").unwrap_or_else(|| past.iter().sum::<f64>() / past.len() as f64);
    Ok(vec![mean; points.len()])
}

pub(crate) fn cusum(case: &Case, tally: &mut Tally) -> Result<(), String> {
    let settings = Cusum { k: case.or("k", 1.04), h: case.or("h", 2.26), transformation: transformation(case)? };
    case.word("range_start");
    let output = case.table("output")?;
    for pair in pairs(case, &output)? {
        let expected = expected(case, &pair)?;
        let judged = sums(&pair.counts[pair.points()], &expected, &settings).unwrap_or_default();
        let from = pair.points().start;
        // Where the past has no case in part of the year, the fitted mean there is zero but for rounding.
        let empty = expected.iter().any(|&m| m < 1e-6);
        for &(at, row) in &pair.rows {
            if empty {
                tally.explain();
                continue;
            }
            let theirs = |column: &str| output.number(row, column);
            let point = judged[at - from];
            tally.close_or(&pair.place(at, "m"), Some(expected[at - from]), theirs("m"), 1e-9, 1e-15);
            tally.close_or(&pair.place(at, "cusum"), Some(point.cusum), theirs("cusum"), 1e-9, 1e-13);
            // Below the smallest score that a count can have, Rossi's inverse has no count; the reference takes its mirror.
            let mirrored = settings.transformation == Transformation::Rossi && point.upper == Some(0.0);
            if mirrored && theirs("upperbound") != Some(0.0) {
                tally.explain();
                continue;
            }
            tally.close_or(&pair.place(at, "upper"), point.upper, theirs("upperbound"), 1e-9, 1e-13);
            tally.same(&pair.place(at, "alarm"), Some(point.alarm), theirs("alarm"));
        }
    }
    Ok(())
}

fn glr_settings(case: &Case) -> Result<Glr, String> {
    let direction = match case.word("dir") {
        Some("inc") | None => Direction::Up,
        Some("dec") => Direction::Down,
        Some(other) => return Err(format!("dir {other}")),
    };
    let change = match (case.number("theta"), case.word("change")) {
        (Some(theta), _) => Change::Known { theta },
        (None, Some("epi")) if direction == Direction::Down => return Err("dir dec with change epi".to_owned()),
        (None, Some("epi")) => Change::Epidemic,
        (None, Some("intercept") | None) => Change::Level { direction },
        (None, Some(other)) => return Err(format!("change {other}")),
    };
    let longest = case.or("M", -1.0);
    let shortest = case.count("Mtilde", 1);
    let window = (longest > 0.0).then_some(Window { longest: longest as usize, shortest });
    Ok(Glr { change, threshold: case.or("c.ARL", 5.0), alpha: case.or("alpha", 0.0), window })
}

pub(crate) fn glr(case: &Case, tally: &mut Tally) -> Result<(), String> {
    let settings = glr_settings(case)?;
    if case.flag("mu0.refit", false) {
        return Err("mu0.refit is not done here: the in-control mean stays that of the past".to_owned());
    }
    case.word("range_start");
    let as_cases = match case.word("ret") {
        Some("cases") => true,
        Some("value") | None => false,
        Some(other) => return Err(format!("ret {other}")),
    };
    let output = case.table("output")?;
    for pair in pairs(case, &output)? {
        let model = InControl {
            harmonics: case.count("mu0.S", 1),
            trend: case.flag("mu0.trend", false),
            period: pair.freq as f64,
            alpha: settings.alpha,
        };
        let points = pair.points();
        let given = case.numbers("mu0").unwrap_or_default();
        let mean = if given.is_empty() {
            in_control(&pair.counts, points.start, &model).map_err(|e| format!("{}: {e}", pair.name))?
        } else {
            (0..pair.counts.len()).map(|t| given[t.saturating_sub(points.start) % given.len()]).collect()
        };
        let searched = !matches!(settings.change, Change::Known { .. })
            && (settings.alpha > 0.0 || settings.change == Change::Epidemic);
        let judged = pass_by_pass(&pair, &mean, &settings, searched.then_some(&output))?;
        for &(at, row) in &pair.rows {
            let theirs = |column: &str| output.number(row, column);
            let point = judged[at - points.start];
            let value = if as_cases { point.cases } else { Some(point.ratio) };
            tally.close(&pair.place(at, "mu0"), Some(mean[at]), theirs("mu0"), 1e-9);
            // The reference's Newton search may run off to no change at all; the true maximum is never below it.
            if searched && theirs("value").is_none_or(|v| point.ratio > v + 1e-5 * v.max(1e-4)) {
                tally.explain();
                continue;
            }
            let absolute = if searched { 1e-5 } else { 1e-9 };
            tally.close_or(&pair.place(at, "value"), value, theirs("value"), 1e-5, absolute);
            tally.same(&pair.place(at, "alarm"), Some(point.alarm), theirs("alarm"));
        }
    }
    Ok(())
}

/// The chart over all points. Where the reference's search may fail, it begins anew where the reference did, so that one failure
/// is one difference.
fn pass_by_pass(pair: &Pair, mean: &[f64], settings: &Glr, begin_as: Option<&Rows>) -> Result<Vec<GlrPoint>, String> {
    let points = pair.points();
    let mut judged = Vec::new();
    let mut from = points.start;
    let ends = pair.rows.iter().filter(|(at, row)| {
        at + 1 == points.end || begin_as.is_some_and(|output| output.number(*row, "alarm") == Some(1.0))
    });
    for &(end, _) in ends {
        let before = from.checked_sub(1).map_or(0.0, |t| pair.counts[t]);
        // Within a pass the chart goes on even where the true maximum has rung already.
        let endless = Glr { threshold: if begin_as.is_some() { f64::MAX } else { settings.threshold }, ..*settings };
        let part = ratios(&pair.counts[from..=end], &mean[from..=end], before, &endless)
            .map_err(|e| format!("{}: {e}", pair.name))?;
        let rings = |p: GlrPoint| GlrPoint { alarm: p.alarm || p.ratio >= settings.threshold, ..p };
        judged.extend(part.into_iter().map(|p| if begin_as.is_some() { rings(p) } else { p }));
        from = end + 1;
    }
    Ok(judged)
}

pub(crate) fn rogerson(case: &Case, tally: &mut Tally) -> Result<(), String> {
    let (input, output, table) = (case.input()?, case.table("output")?, case.table("hvalues")?);
    let digits = case.count("digits", 1) as u32;
    let (shift, wanted) = (case.or("s", 1.0), case.or("ARL0", 500.0));
    match case.word("distribution") {
        Some("poisson") | None => {}
        Some(other) => return Err(format!("distribution {other}")),
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
fn decisions(table: &Rows, shift: f64, wanted: f64, digits: u32, tally: &mut Tally) -> Result<Vec<Decision>, String> {
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
