//! How good forecasts were: every score is the smaller the better.

use crate::number::counts::Law;
use crate::{Probability, Refusal};

/// Continuous ranked probability score of a sample: `mean |X - y| - ½ mean |X - X'|`.
///
/// * `sorted`: draws in ascending order; `observed`: what came.
///
/// # Errors
/// [`Refusal::Nothing`] for an empty sample.
///
/// Source: Gneiting T., Raftery A.E. J Am Stat Assoc 2007;102:359–78; Laio F., Tamea S. Hydrol Earth Syst Sci 2007;11:1267–77.
pub fn crps(sorted: &[f64], observed: f64) -> Result<f64, Refusal> {
    let n = sorted.len() as f64;
    if sorted.is_empty() {
        return Err(Refusal::Nothing { what_zh: "预测样本", what: "draw" });
    }
    let sum: f64 = sorted
        .iter()
        .enumerate()
        .map(|(i, x)| {
            let below = if observed < *x { n } else { 0.0 };
            (x - observed) * (below - (i as f64 + 1.0) + 0.5)
        })
        .sum();
    Ok(2.0 / (n * n) * sum)
}

/// An interval of a forecast with its level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Level.
    pub level: Probability,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Whether it holds what came.
    pub fn holds(&self, observed: f64) -> bool {
        self.low <= observed && observed <= self.high
    }

    /// Interval score: the width, and `2/α` for each unit by which it is missed.
    pub fn score(&self, observed: f64) -> f64 {
        let alpha = 1.0 - self.level.get();
        let missed = (self.low - observed).max(0.0) + (observed - self.high).max(0.0);
        self.high - self.low + 2.0 / alpha * missed
    }
}

/// Weighted interval score: `1/(K+½) (½ |y - median| + Σ α_k/2 IS_k)`.
///
/// Source: Bracher J. et al., PLoS Comput Biol 2021;17:e1008618, doi 10.1371/journal.pcbi.1008618.
pub fn weighted_interval_score(median: f64, intervals: &[Interval], observed: f64) -> f64 {
    let parts: f64 = intervals.iter().map(|i| (1.0 - i.level.get()) / 2.0 * i.score(observed)).sum();
    (0.5 * (observed - median).abs() + parts) / (intervals.len() as f64 + 0.5)
}

/// Share of observations that lie in their intervals; `None` of none.
pub fn coverage(intervals: &[Interval], observed: &[f64]) -> Option<f64> {
    let n = intervals.len().min(observed.len());
    let held = intervals.iter().zip(observed).filter(|(i, y)| i.holds(**y)).count();
    (n > 0).then(|| held as f64 / n as f64)
}

/// Logarithmic score of a counting law: `-log P(Y = y)`.
pub fn log_score(law: Law, observed: f64) -> f64 {
    -law.term(observed).ln()
}

/// Dawid and Sebastiani's score: `((y-μ)/σ)² + 2 log σ`.
pub fn dawid_sebastiani(mean: f64, sd: f64, observed: f64) -> f64 {
    ((observed - mean) / sd).powi(2) + 2.0 * sd.ln()
}

/// Bias between -1 (always too low) and 1 (always too high): `1 - P(X ≤ y) - P(X < y)` of a sample.
pub fn bias(sorted: &[f64], observed: f64) -> f64 {
    let n = sorted.len() as f64;
    let at_most = sorted.partition_point(|x| *x <= observed) as f64;
    let below = sorted.partition_point(|x| *x < observed) as f64;
    1.0 - (at_most + below) / n
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slow_crps(sample: &[f64], y: f64) -> f64 {
        let n = sample.len() as f64;
        let apart: f64 = sample.iter().map(|x| (x - y).abs()).sum::<f64>() / n;
        let spread: f64 = sample.iter().flat_map(|a| sample.iter().map(move |b| (a - b).abs())).sum::<f64>() / (n * n);
        apart - spread / 2.0
    }

    #[test]
    fn the_sorted_form_equals_the_double_sum() {
        let sample = [1.0, 2.0, 2.0, 5.0, 9.0];
        for y in [0.0, 2.0, 4.5, 20.0] {
            assert!((crps(&sample, y).unwrap() - slow_crps(&sample, y)).abs() < 1e-12);
        }
        assert!(crps(&[], 1.0).is_err());
    }

    #[test]
    fn the_weighted_score_is_twice_the_mean_pinball_loss() {
        let level = |l: f64| Probability::new("level", l).unwrap();
        let intervals =
            [Interval { level: level(0.5), low: 4.0, high: 8.0 }, Interval { level: level(0.9), low: 2.0, high: 12.0 }];
        let quantiles = [(0.05, 2.0), (0.25, 4.0), (0.5, 6.0), (0.75, 8.0), (0.95, 12.0)];
        for y in [1.0, 6.0, 13.0] {
            let pinball = |(p, q): (f64, f64)| if y < q { (1.0 - p) * (q - y) } else { p * (y - q) };
            let mean = quantiles.iter().map(|&q| pinball(q)).sum::<f64>() / 5.0;
            assert!((weighted_interval_score(6.0, &intervals, y) - 2.0 * mean).abs() < 1e-12);
        }
        assert_eq!(coverage(&intervals, &[5.0, 1.0]), Some(0.5));
    }

    #[test]
    fn a_sample_on_both_sides_has_no_bias() {
        assert_eq!(bias(&[1.0, 3.0], 2.0), 0.0);
        assert_eq!(bias(&[3.0, 4.0], 2.0), 1.0);
    }
}
