use std::ops::Range;

use super::known;
use crate::number::normal;
use crate::refusal::at_least;
use crate::{Probability, Refusal};

/// Which of the three charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EarsMethod {
    /// C1: the steps just before the current one.
    C1,
    /// C2: with a gap of two steps, so that an outbreak that has begun does not hide itself.
    C2,
    /// C3: C2 together with the excess of the two steps before.
    C3,
}

/// How EARS is run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ears {
    /// The chart.
    pub method: EarsMethod,
    /// Steps in the baseline, 7 as published.
    pub baseline: usize,
    /// The standard deviation is taken to be at least this; 0 as in the reference.
    pub min_sigma: f64,
    /// Chance of an alarm under a normal distribution.
    pub alpha: Probability,
}

impl Ears {
    /// The chart as published: 7 steps, 1 in 1000 for C1 and C2 (three standard deviations), 25 in 1000 for C3 (two).
    pub fn published(method: EarsMethod) -> Ears {
        let alpha =
            if method == EarsMethod::C3 { Probability::TWO_AND_A_HALF_PERCENT } else { Probability::ONE_PER_MILLE };
        Ears { method, baseline: 7, min_sigma: 0.0, alpha }
    }

    /// The first place that can be judged.
    pub fn first(&self) -> usize {
        self.baseline
            + match self.method {
                EarsMethod::C1 => 0,
                EarsMethod::C2 => 2,
                EarsMethod::C3 => 4,
            }
    }
}

/// What EARS says of one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EarsPoint {
    /// Place in the series.
    pub at: usize,
    /// Mean of the baseline.
    pub expected: Option<f64>,
    /// What is still usual; more rings. `None` where a count is unknown or nothing varies (C3).
    pub upper: Option<f64>,
    /// Whether it rings.
    pub alarm: Option<bool>,
}

/// Is this day or week above the days or weeks just before it? For series without years of history (EARS C1, C2, C3).
///
/// C1 and C2: `U_t = mean + z max(sd, min_sigma)` over `t-B..t-1` and `t-B-2..t-3`.
/// C3: `Z_s = (y_s - mean_s) / sd_s` by C2; `U_t = max(0, y_t + sd_t (z - max(0, Z_{t-1}-1) - max(0, Z_{t-2}-1)))`.
/// It rings where `y_t > U_t`. `z` is the `1-alpha` quantile, `sd` has the denominator `B-1`.
///
/// * `counts`: cases per step, `NaN` where unknown. A baseline with an unknown count gives no judgement.
///
/// The C3 of the reference adds the excess of the two steps before only, not of the current one; so does this.
/// Do not use it where counts are mostly zero: with `min_sigma` 0 the first case after seven empty days rings.
///
/// # Errors
/// [`Refusal::Parameter`] for a baseline below 2, [`Refusal::SeriesTooShort`] if no point of `points` can be judged.
///
/// Source: Hutwagner L. et al., J Urban Health 2003;80(2 Suppl 1):i89–96; Fricker R.D. et al., Stat Med 2008;27:3407–29.
///
/// ```
/// use lianfang_epi::aberration::ears::{Ears, EarsMethod, ears};
/// let counts = [3.0, 2.0, 4.0, 3.0, 3.0, 2.0, 4.0, 11.0];
/// let judged = ears(&counts, 7..8, &Ears::published(EarsMethod::C1))?;
/// assert_eq!(judged[0].alarm, Some(true));
/// # Ok::<(), lianfang_epi::Refusal>(())
/// ```
pub fn ears(counts: &[f64], points: Range<usize>, settings: &Ears) -> Result<Vec<EarsPoint>, Refusal> {
    at_least("baseline", settings.baseline, 2)?;
    let from = points.start.max(settings.first());
    let to = points.end.min(counts.len());
    if from >= to {
        return Err(Refusal::SeriesTooShort { have: counts.len(), need: settings.first() + 1 });
    }
    let z = normal::quantile(1.0 - settings.alpha.get());
    Ok((from..to).map(|at| judge(counts, at, z, settings)).collect())
}

/// As [`ears`] for the latest step alone, without allocation: the `z` is [`normal::quantile`] of `1-alpha`.
pub fn ears_latest(counts: &[f64], z: f64, settings: &Ears) -> Option<EarsPoint> {
    let at = counts.len().checked_sub(1)?;
    (at >= settings.first() && settings.baseline >= 2).then(|| judge(counts, at, z, settings))
}

fn judge(counts: &[f64], at: usize, z: f64, settings: &Ears) -> EarsPoint {
    let gap = if settings.method == EarsMethod::C1 { 0 } else { 2 };
    let floor = |sd: f64| if sd < settings.min_sigma { settings.min_sigma } else { sd };
    let window = |t: usize| mean_sd(&counts[t - gap - settings.baseline..t - gap]);
    let (mean, sd) = window(at);
    let upper = if settings.method == EarsMethod::C3 {
        let excess = |t: usize| {
            let (mean, sd) = window(t);
            above_zero((counts[t] - mean) / floor(sd) - 1.0)
        };
        above_zero(counts[at] + floor(sd) * (z - (excess(at - 1) + excess(at - 2))))
    } else {
        mean + z * floor(sd)
    };
    let alarm = (!upper.is_nan() && !counts[at].is_nan()).then(|| counts[at] > upper);
    EarsPoint { at, expected: known(mean), upper: known(upper), alarm }
}

/// `max(0, x)` that keeps what is unknown.
fn above_zero(x: f64) -> f64 {
    if x < 0.0 { 0.0 } else { x }
}

fn mean_sd(window: &[f64]) -> (f64, f64) {
    let n = window.len() as f64;
    let mean = window.iter().sum::<f64>() / n;
    let squares: f64 = window.iter().map(|y| (y - mean) * (y - mean)).sum();
    (mean, (squares / (n - 1.0)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_computed_c2_leaves_two_steps_out() {
        let counts = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 100.0, 100.0, 14.0];
        let point = ears(&counts, 9..10, &Ears::published(EarsMethod::C2)).unwrap()[0];
        let upper = 4.0 + 3.090_232_306_167_813_5 * (28.0_f64 / 6.0).sqrt();
        assert!((point.upper.unwrap() - upper).abs() < 1e-12);
        assert_eq!(point.alarm, Some(true));
    }

    #[test]
    fn an_unknown_count_in_the_baseline_leaves_the_step_unjudged() {
        let mut counts = vec![3.0; 20];
        counts[5] = f64::NAN;
        let judged = ears(&counts, 0..20, &Ears::published(EarsMethod::C1)).unwrap();
        assert_eq!(judged[0].alarm, None);
        assert_eq!(judged[6].alarm, Some(false));
        assert!(judged.iter().all(|p| p.upper.is_none_or(f64::is_finite)));
    }

    #[test]
    fn a_series_shorter_than_the_baseline_is_refused() {
        let refused = ears(&[1.0; 8], 0..8, &Ears::published(EarsMethod::C2)).unwrap_err();
        assert_eq!(refused, Refusal::SeriesTooShort { have: 8, need: 10 });
        assert!(refused.message_zh().contains("10"));
    }
}
