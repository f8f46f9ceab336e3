//! Likelihood ratio charts.

use lianfang_epi::aberration::glr::{
    Change, Direction, Glr, GlrPoint, InControl, Window, glr as ratios, glr_refitted, in_control, in_control_dispersed,
    least_cases,
};

use super::aberration::{Pair, as_cases, each_series};
use super::cusum::NO_MEAN;
use super::{Case, Fault, Outcome, Rows, Tally, unsupported};

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
