//! The overdispersion of the past, where it is not known.

use super::in_control::{InControl, fitted, in_control};
use crate::Refusal;

/// As [`in_control`], with the overdispersion α estimated on the past too, by maximum likelihood; it comes second. What `settings`
/// say of α is not looked at.
///
/// Mean and α are fitted in turn until α stands: their estimates hardly depend on each other. Counts that vary no more than Poisson
/// counts have an α of 0.
///
/// # Errors
/// Those of [`in_control`]; [`Refusal::FractionalCount`].
///
/// Source: Lawless J.F. Can J Stat 1987;15:209–25.
pub fn in_control_dispersed(counts: &[f64], past: usize, settings: &InControl) -> Result<(Vec<f64>, f64), Refusal> {
    let known = |at: &usize| !counts[*at].is_nan();
    if let Some(at) = (0..past.min(counts.len())).filter(known).find(|&at| counts[at].fract() != 0.0) {
        return Err(Refusal::FractionalCount { at, count: counts[at] });
    }
    let mut alpha = 0.0;
    let mut mean = in_control(counts, past, &InControl { alpha, ..*settings })?;
    for _ in 0..MOST_TURNS {
        let pairs: Vec<(f64, f64)> = (0..past).filter(known).map(|at| (counts[at], mean[at])).collect();
        let next = best_alpha(&pairs);
        let stands = (next - alpha).abs() <= 1e-10 * next;
        alpha = next;
        mean = fitted(counts, past, &InControl { alpha, ..*settings }, Some(&mean))?;
        if stands {
            break;
        }
    }
    Ok((mean, alpha))
}

/// Turns of fitting mean and overdispersion; two or three do.
const MOST_TURNS: usize = 50;

/// The α of the largest likelihood of counts with known means, each a pair.
fn best_alpha(pairs: &[(f64, f64)]) -> f64 {
    // At α = 0 the likelihood rises only if the counts vary more than Poisson counts.
    if pairs.iter().map(|(y, mu)| (y - mu).powi(2) - y).sum::<f64>() <= 0.0 {
        return 0.0;
    }
    let slope = Slope::new(pairs);
    let (mut low, mut high) = (1.0, 1.0);
    while slope.at(low) <= 0.0 && low > SMALLEST_SIZE {
        low /= 4.0;
    }
    while slope.at(high) > 0.0 {
        high *= 4.0;
        if high > LARGEST_SIZE {
            return 0.0;
        }
    }
    while high / low > 1.0 + 1e-13 {
        let middle = (low * high).sqrt();
        if middle <= low || middle >= high {
            break;
        }
        if slope.at(middle) > 0.0 { low = middle } else { high = middle }
    }
    1.0 / (low * high).sqrt()
}

/// Between these the size `1/α` is looked for; beyond the largest the counts are as good as Poisson counts.
const SMALLEST_SIZE: f64 = 1e-6;
const LARGEST_SIZE: f64 = 1e8;

/// The slope of the log likelihood along the size `θ = 1/α`.
struct Slope<'a> {
    pairs: &'a [(f64, f64)],
    /// How many counts are above 0, 1, 2, …
    above: Vec<f64>,
}

impl Slope<'_> {
    fn new(pairs: &[(f64, f64)]) -> Slope<'_> {
        let most = pairs.iter().map(|p| p.0).fold(0.0, f64::max) as usize;
        let mut above = vec![0.0; most];
        for &(y, _) in pairs.iter().filter(|p| p.0 > 0.0) {
            above[y as usize - 1] += 1.0;
        }
        let mut so_far = 0.0;
        for number in above.iter_mut().rev() {
            so_far += *number;
            *number = so_far;
        }
        Slope { pairs, above }
    }

    fn at(&self, size: f64) -> f64 {
        // `ψ(y+θ) - ψ(θ)` is `Σ 1/(θ+j)` over the j below y.
        let rising: f64 = self.above.iter().enumerate().map(|(j, number)| number / (size + j as f64)).sum();
        let falling = |&(y, mu): &(f64, f64)| (mu - y) / (mu + size) - (mu / size).ln_1p();
        rising + self.pairs.iter().map(falling).sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::chance::Stream;

    fn model() -> InControl {
        InControl { harmonics: 1, trend: false, period: 52.0, alpha: 0.0 }
    }

    fn log_likelihood(pairs: &[(f64, f64)], alpha: f64) -> f64 {
        let part = |&(y, mu): &(f64, f64)| {
            let growing: f64 = (0..y as usize).map(|j| (1.0 + alpha * j as f64).ln()).sum();
            growing + y * mu.ln() - (y + 1.0 / alpha) * (alpha * mu).ln_1p()
        };
        pairs.iter().map(part).sum()
    }

    #[test]
    fn no_other_overdispersion_is_more_likely() {
        let mut stream = Stream::new("dispersion", 1);
        // A mean that is itself drawn makes counts overdispersed.
        let counts: Vec<f64> = (0..150)
            .map(|t| {
                let burst = if stream.poisson(0.3) > 0.0 { 2.5 } else { 0.7 };
                stream.poisson(burst * (6.0 + 2.0 * (f64::from(t) / 9.0).sin()))
            })
            .collect();
        let (mean, alpha) = in_control_dispersed(&counts, 150, &model()).unwrap();
        let pairs: Vec<(f64, f64)> = counts.iter().copied().zip(mean).collect();
        let best = log_likelihood(&pairs, alpha);
        assert!(alpha > 0.1, "{alpha}");
        for share in [0.5, 0.9, 0.999, 1.001, 1.1, 2.0] {
            assert!(log_likelihood(&pairs, alpha * share) < best, "{share}");
        }
    }

    #[test]
    fn counts_that_hardly_vary_are_poisson() {
        let counts: Vec<f64> = (0..104).map(|t| 5.0 + f64::from(t % 2)).collect();
        let (mean, alpha) = in_control_dispersed(&counts, 104, &model()).unwrap();
        assert!(alpha == 0.0 && mean.iter().all(|m| (m - 5.5).abs() < 1e-9), "{alpha} {mean:?}");
    }

    #[test]
    fn half_a_case_is_refused() {
        let counts = [1.0, 2.5, 3.0, 1.0, 0.0, 2.0];
        let refused = in_control_dispersed(&counts, 6, &model());
        assert!(matches!(refused, Err(Refusal::FractionalCount { at: 1, .. })));
    }
}
