use crate::number::{gamma, normal};
use crate::{Probability, Refusal};

/// How unevenly cases infect others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offspring {
    /// Mean number infected by a case.
    pub mean: f64,
    /// Dispersion k: the smaller, the more depends on a few; `None` where the counts vary no more than by chance.
    pub dispersion: Option<f64>,
    /// Ends of the interval of k; the upper one is open where `None`.
    pub interval: (f64, Option<f64>),
    /// Share of all infections that the most infectious fifth of cases causes.
    pub share_of_top_fifth: f64,
    /// Cases looked at.
    pub cases: usize,
}

/// Does a few infect most? Mean and dispersion of the number that each case infects.
///
/// Counts are negative binomial with mean R and size k; R is their mean, k maximises the likelihood
/// `Σ log Γ(x+k) - log Γ(k) + k log(k/(k+R)) + x log(R/(k+R))`; its interval holds every k within `χ²/2` of the maximum.
/// With infectiousness `ν ~ Gamma(k, R/k)` the top fifth causes `Q(k+1, q)`, `q` the 0.8 quantile of `Gamma(k, 1)`.
///
/// * `offspring`: for every traced case how many it infected, those that infected nobody included.
///
/// Do not use it on cases still followed up, nor where only cases with known offspring are listed: both bias R and k.
///
/// # Errors
/// [`Refusal::SeriesTooShort`] for fewer than 10 cases, [`Refusal::Nothing`] if nobody infected anyone.
///
/// Source: Lloyd-Smith J.O. et al., Nature 2005;438:355–9, doi 10.1038/nature04153.
pub fn offspring(offspring: &[u32], level: Probability) -> Result<Offspring, Refusal> {
    let cases = offspring.len();
    if cases < 10 {
        return Err(Refusal::SeriesTooShort { have: cases, need: 10 });
    }
    let n = cases as f64;
    let mean = offspring.iter().map(|&x| f64::from(x)).sum::<f64>() / n;
    if mean == 0.0 {
        return Err(Refusal::Nothing { what_zh: "续发病例", what: "secondary case" });
    }
    let likelihood = |log_k: f64| log_likelihood(offspring, mean, log_k.exp());
    let peak = highest(&likelihood);
    let top = likelihood(peak);
    let fall = normal::quantile((1.0 + level.get()) / 2.0).powi(2) / 2.0;
    let crossing = |from: f64, to: f64| crossing(&likelihood, top - fall, from, to);
    let even = peak > UPPER - 0.01;
    let low = crossing(peak, LOWER).unwrap_or(LOWER).exp();
    let high = if even { None } else { crossing(peak, UPPER).map(f64::exp) };
    let k = peak.exp();
    let share = if even { 0.2 } else { gamma::regularised(k + 1.0, gamma::quantile(0.8, k, 1.0)).1 };
    Ok(Offspring { mean, dispersion: (!even).then_some(k), interval: (low, high), share_of_top_fifth: share, cases })
}

/// Range of log k that is searched.
const LOWER: f64 = -7.0;
const UPPER: f64 = 9.0;

fn log_likelihood(offspring: &[u32], mean: f64, k: f64) -> f64 {
    let n = offspring.len() as f64;
    let fixed = n * (k * (k / (k + mean)).ln() - gamma::ln_gamma(k)) + n * mean * (mean / (k + mean)).ln();
    fixed + offspring.iter().map(|&x| gamma::ln_gamma(f64::from(x) + k)).sum::<f64>()
}

/// Golden-section search.
fn highest(f: &impl Fn(f64) -> f64) -> f64 {
    let ratio = (5_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (LOWER, UPPER);
    for _ in 0..100 {
        let (a, b) = (high - ratio * (high - low), low + ratio * (high - low));
        if f(a) < f(b) { low = a } else { high = b }
    }
    0.5 * (low + high)
}

/// Where the function, falling from `from` to `to`, meets a height.
fn crossing(f: &impl Fn(f64) -> f64, height: f64, from: f64, to: f64) -> Option<f64> {
    if f(to) > height {
        return None;
    }
    let (mut above, mut below) = (from, to);
    for _ in 0..100 {
        let middle = 0.5 * (above + below);
        if f(middle) > height { above = middle } else { below = middle }
    }
    Some(0.5 * (above + below))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::chance::Stream;

    #[test]
    fn a_known_dispersion_is_recovered_as_often_as_the_interval_says() {
        let mut stream = Stream::new("offspring", 5);
        let level = Probability::new("level", 0.95).unwrap();
        let mut held = 0;
        for _ in 0..200 {
            let counts: Vec<u32> = (0..250).map(|_| stream.negative_binomial(1.5, 0.3) as u32).collect();
            let found = offspring(&counts, level).unwrap();
            held += usize::from(found.interval.0 < 0.3 && found.interval.1.is_none_or(|h| h > 0.3));
        }
        assert!((182..=198).contains(&held), "{held} of 200");
    }

    /// Source: Lloyd-Smith et al. 2005: at k = 0.16 about 80 to 90 % stem from the top fifth.
    #[test]
    fn the_top_fifth_causes_most_at_small_k() {
        let mut stream = Stream::new("top fifth", 5);
        let counts: Vec<u32> = (0..4000).map(|_| stream.negative_binomial(1.0, 0.16) as u32).collect();
        let found = offspring(&counts, Probability::new("level", 0.95).unwrap()).unwrap();
        assert!((0.8..0.95).contains(&found.share_of_top_fifth), "{found:?}");
    }

    #[test]
    fn counts_that_never_vary_have_no_dispersion() {
        let found = offspring(&[2; 30], Probability::new("level", 0.95).unwrap()).unwrap();
        assert_eq!((found.dispersion, found.share_of_top_fifth), (None, 0.2));
    }
}
