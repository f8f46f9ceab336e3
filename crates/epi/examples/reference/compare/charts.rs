//! CUSUM, likelihood ratio charts, Rogerson.

use lianfang_epi::aberration::cusum::{Cusum, CusumPoint, Transformation, cusum as sums};
use lianfang_epi::aberration::glr::{
    Change, Direction, Glr, GlrPoint, InControl, Window, glr as ratios, glr_refitted, in_control, in_control_dispersed,
    least_cases,
};
use lianfang_epi::aberration::rogerson::{
    Decision, Rogerson, decision, reference_value, rogerson as moving, run_length,
};

use super::aberration::{Pair, as_cases, each_series};
use super::tally::apart;
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
        // Plain counts need no expected value.
        let plain = settings.transformation == Transformation::None;
        let used = if plain { vec![1.0; counts.len()] } else { expected.clone() };
        // From the first unknown count or expected value on the sum is unknown.
        let is_known = |(x, m): (&f64, &f64)| !x.is_nan() && *m > 0.0;
        let known = counts.iter().zip(&used).take_while(|&pair| is_known(pair)).count();
        let judged = sums(&counts[..known], &used[..known], &settings)?;
        let mut noise = false;
        for &(at, row) in &pair.rows {
            let (step, theirs) = (at - from, |column: &str| output.number(row, column));
            let (m, point) = (expected[step], judged.get(step));
            // Where the past has no case in part of the year, the fitted mean there is zero but for rounding, and the score of
            // any count is noise, which the sum carries on until it has come down to the same value again.
            noise |= m < NO_MEAN && !plain;
            let no_mean = || m < NO_MEAN && theirs("m").is_some_and(|m| m < NO_MEAN);
            tally.close_unless(&pair.place(at, "m"), (known_number(m), theirs("m")), (1e-9, 1e-15), no_mean);
            let sum = (point.map(|p| p.cusum), theirs("cusum"));
            tally.close_unless(&pair.place(at, "cusum"), sum, (1e-9, 1e-12), || noise);
            tally.same_unless(&pair.place(at, "alarm"), point.map(|p| p.alarm), theirs("alarm"), || noise);
            let before = step.checked_sub(1).map_or(Some(0.0), |last| judged.get(last).map(|p| p.cusum));
            let bound = (point.and_then(|p| p.upper), theirs("upperbound"));
            let own = |(p, before): (&CusumPoint, f64)| own_bound(&settings, m, (before, p.cusum), bound.1);
            // Where its sum is unknown the reference still writes a bound: of the sum before, then of none.
            let odd = || noise || sum == (None, None) || point.zip(before).is_some_and(own);
            tally.close_unless(&pair.place(at, "upper"), bound, (1e-9, 1e-12), odd);
            noise &= m < NO_MEAN || apart(sum.0, sum.1, 1e-12).is_none_or(|relative| relative > 1e-9);
        }
        Ok(())
    })
}

/// Below this a fitted mean is zero but for rounding.
const NO_MEAN: f64 = 1e-6;

fn known_number(x: f64) -> Option<f64> {
    Some(x).filter(|x| x.is_finite())
}

/// Whether the count that rings is what the reference makes of a step on its own way, between sums `before` and `now`.
fn own_bound(settings: &Cusum, m: f64, (before, now): (f64, f64), theirs: Option<f64>) -> bool {
    let score = settings.h + settings.k - before;
    let root = m.sqrt();
    let equal = |own: f64| apart(known_number(own), theirs, 1e-12).is_some_and(|relative| relative <= 1e-9);
    match settings.transformation {
        // Of plain counts it takes the current sum from h, which is no count that rings.
        Transformation::None => equal((settings.h - now).max(0.0)) || equal(settings.h - now),
        // A whole number is rounded up by one where its last digit is another; below nothing it goes on.
        Transformation::Standard => {
            let raw = m + score * root;
            let whole = (raw - raw.round()).abs() < 1e-9;
            equal(raw.ceil()) || whole && (equal(raw.round()) || equal(raw.round() + 1.0))
        }
        // Below the smallest score that a count can have there is no count: it takes the mirror, or what is below nothing.
        Transformation::Rossi => equal(((4.0 * m + 2.0 * root * score).sqrt() - root).powi(2)),
        Transformation::Anscombe => equal((m.powf(2.0 / 3.0) + 2.0 / 3.0 * score * m.powf(1.0 / 6.0)).powf(1.5)),
        Transformation::AnscombeSecondOrder => {
            equal((m.powf(2.0 / 3.0) - m.cbrt() / 9.0 + 2.0 / 3.0 * score * m.powf(1.0 / 6.0)).powf(1.5))
        }
        Transformation::PearsonNegativeBinomial { alpha } => equal(m + score * (m + alpha * m * m).sqrt()),
    }
}

fn glr_settings(case: &Case) -> Result<Glr, Fault> {
    let direction = match case.word("dir") {
        Some("inc") | None => Direction::Up,
        Some("dec") => Direction::Down,
        Some(other) => return Err(unsupported("dir", other)),
    };
    let change = match (case.number("theta"), case.word("change")) {
        (Some(theta), _) => Change::Known { theta },
        // An epidemic only adds cases: the reference gives the same whichever way is asked for.
        (None, Some("epi")) => Change::Epidemic,
        (None, Some("intercept") | None) => Change::Level { direction },
        (None, Some(other)) => return Err(unsupported("change", other)),
    };
    let longest = case.or("M", -1.0);
    let shortest = case.count("Mtilde", 1);
    let window = (longest > 0.0).then_some(Window { longest: longest as usize, shortest });
    Ok(Glr { change, threshold: case.or("c.ARL", 5.0), alpha: case.or("alpha", 0.0), window })
}

/// Whether the overdispersion is estimated on the past: where it is not given to the chart that knows of any.
fn estimates_alpha(case: &Case) -> bool {
    let absent = case.value("alpha").is_none();
    absent && case.named() != "glrpois" && (case.is_null("alpha") || case.named() == "glrnb")
}

pub(crate) fn glr(case: &Case, tally: &mut Tally) -> Outcome {
    let asked = glr_settings(case)?;
    let estimated = estimates_alpha(case);
    let as_cases = as_cases(case, false)?;
    let most = case.or("xMax", 1e4);
    // The reference's estimate of the overdispersion stands to six digits, and all that rests on it.
    let estimate = if estimated { 1e-5 } else { 0.0 };
    each_series(case, tally, |pair, output, tally| {
        let mut model = InControl {
            harmonics: case.count("mu0.S", 1),
            trend: case.flag("mu0.trend", false),
            period: pair.freq as f64,
            alpha: asked.alpha,
        };
        let mut given = if case.has_inside("mu0") { None } else { case.numbers("mu0") };
        let refit = case.flag("mu0.refit", false);
        if estimated {
            let (mean, alpha) = in_control_dispersed(&pair.counts, pair.points().start, &model)?;
            model.alpha = alpha;
            given = Some(mean[pair.points()].to_vec()).filter(|_| !refit);
        }
        let settings = Glr { alpha: model.alpha, ..asked };
        // With a known change, and for Poisson counts, the reference has a closed form too; else it searches.
        let level_up = Change::Level { direction: Direction::Up };
        let closed =
            matches!(settings.change, Change::Known { .. }) || (settings.alpha == 0.0 && settings.change == level_up);
        let searched = !closed;
        // Of a single mean the reference takes the first step only, and reads whatever lies behind it for the others.
        let single = given.as_ref().is_some_and(|given| given.len() == 1);
        let follow = searched && !single;
        let (mean, judged) = run_glr(pair, given, (&model, refit), &settings, follow.then_some(output))?;
        let least = if as_cases { Some(least(pair, &mean, &settings)?) } else { None };
        for &(at, row) in &pair.rows {
            let theirs = |column: &str| output.number(row, column);
            let point = judged[at - pair.points().start];
            // Of an empty part of the year the fitted mean is zero but for rounding.
            let no_mean = || mean[at] < NO_MEAN && theirs("mu0").is_some_and(|m| m < NO_MEAN);
            tally.close_unless(
                &pair.place(at, "mu0"),
                (Some(mean[at]), theirs("mu0")),
                (1e-9_f64.max(estimate), 0.0),
                no_mean,
            );
            if let Some(least) = &least {
                let ours = least[at - pair.points().start];
                // The reference tries counts one by one and writes 1e99 where its search ends without an alarm: at counts beyond
                // its bound, and in a week without a case, in which its Newton search finds no change for any count.
                let beyond = ours.is_none_or(|x| x > most) || pair.counts[at] == 0.0;
                let ended = || beyond && theirs("value").is_some_and(|v| v > 1e90);
                tally.close_unless(&pair.place(at, "cases"), (ours, theirs("value")), (1e-9, 0.0), ended);
                tally.same(&pair.place(at, "alarm"), Some(point.alarm), theirs("alarm"));
                continue;
            }
            let smaller = || {
                single && at > pair.points().start
                    || searched && its_search_falls_short((pair, at), &mean, &settings, output, (point, row))
            };
            let tolerance = (1e-5, estimate.max(if searched { 1e-5 } else { 1e-9 }));
            tally.close_unless(&pair.place(at, "value"), (Some(point.ratio), theirs("value")), tolerance, smaller);
            tally.same_unless(&pair.place(at, "alarm"), Some(point.alarm), theirs("alarm"), smaller);
        }
        Ok(())
    })
}

/// Whether the reference's ratio is below the largest one in a way that is known.
///
/// Of a fall of Poisson counts it leaves out every start since which there was no case at all: its ratio is the largest of the
/// others. With other charts its Newton search may run off to no change at all: its ratio is below the largest, or none.
fn its_search_falls_short(
    (pair, at): (&Pair, usize),
    mean: &[f64],
    settings: &Glr,
    output: &Rows,
    (point, row): (GlrPoint, usize),
) -> bool {
    let theirs = output.number(row, "value");
    if settings.alpha > 0.0 || settings.change == Change::Epidemic {
        return theirs.is_none_or(|v| point.ratio > v);
    }
    let rang = |&&(before, row): &&(usize, usize)| before < at && output.number(row, "alarm") == Some(1.0);
    let begin = pair.rows.iter().filter(rang).map(|(before, _)| before + 1).max().unwrap_or(pair.points().start);
    let (earliest, latest) = match settings.window {
        None => (begin, Some(at)),
        Some(w) => (begin.max(at.saturating_sub(w.longest)), at.checked_sub(w.shortest)),
    };
    let (mut cases, mut expected, mut top) = (0.0, 0.0, 0.0_f64);
    for k in (earliest..=at).rev() {
        cases += pair.counts[k];
        expected += mean[k];
        if cases > 0.0 && cases < expected && latest.is_some_and(|latest| k <= latest) {
            top = top.max(cases * (cases / expected).ln() + expected - cases);
        }
    }
    theirs.is_some_and(|v| (v - top).abs() <= 1e-9 * top.max(1.0))
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
        let bound = (Some(point.upper), output.number(row, "upperbound"));
        let other_digit =
            || (raw - raw.round()).abs() < 1e-9 && bound.1.is_some_and(|u| (u - point.upper).abs() == 1.0);
        tally.close_unless(&place("upper"), bound, (1e-9, 0.0), other_digit);
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
        // The table may be of charts that begin at half the interval, whose runs are shorter than those that begin at 0.
        let wanted_length = get("ARL")?;
        let head_start = || fast_start && close_to(run_from_half(mean, k, h, unit), wanted_length);
        tally.close_unless(&place("ARL"), (Some(length), Some(wanted_length)), (0.02, 0.0), head_start);
        let own = decision(mean, shift, wanted)?;
        if own.run_length < wanted {
            tally.fault(place("decision"));
        }
        known.push(Decision { mean, k, h, run_length: length });
    }
    Ok(known)
}

fn close_to(ours: f64, theirs: f64) -> bool {
    apart(Some(ours), Some(theirs), 0.0).is_some_and(|relative| relative <= 0.02)
}

/// The run length in control of a Poisson chart that begins at half its interval: `(I - R) N = 1`, solved by sweeps.
fn run_from_half(mean: f64, k: f64, h: f64, unit: f64) -> f64 {
    let (states, step, drop) =
        ((h / unit).round() as usize, (1.0 / unit).round() as usize, (k / unit).round() as usize);
    let mut chances = vec![(-mean).exp()];
    while chances.len() <= (states + drop) / step {
        chances.push(chances[chances.len() - 1] * mean / chances.len() as f64);
    }
    let mut lengths = vec![0.0_f64; states];
    for _ in 0..MOST_SWEEPS {
        let mut moved = 0.0_f64;
        for from in 0..states {
            let to = |cases: usize| (from + cases * step).saturating_sub(drop);
            let onwards = chances.iter().enumerate().filter(|(cases, _)| to(*cases) < states);
            let next = 1.0 + onwards.map(|(cases, p)| p * lengths[to(cases)]).sum::<f64>();
            moved = moved.max((next - lengths[from]) / next);
            lengths[from] = next;
        }
        if moved < 1e-7 {
            break;
        }
    }
    lengths[states / 2]
}

/// Far more than the longest run length of a table needs.
const MOST_SWEEPS: usize = 100_000;
