//! CUSUM.

use lianfang_epi::aberration::cusum::{Cusum, CusumPoint, Transformation, cusum as sums};
use lianfang_epi::aberration::glr::{InControl, in_control};

use super::aberration::{Pair, each_series};
use super::tally::apart;
use super::{Case, Fault, Outcome, Tally, unsupported};

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
pub(crate) const NO_MEAN: f64 = 1e-6;

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
