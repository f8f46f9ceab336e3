//! Counting distributions: Poisson, negative binomial, beta-negative-binomial.

use super::{beta, gamma, normal};

/// What a distribution function may lack of a probability and still count as having reached it.
///
/// Without it a quantile that falls on a step would depend on the last digit.
const FUZZ: f64 = 64.0 * f64::EPSILON;

/// Steps to walk before searching.
const WALK: usize = 40;

/// Terms to add up before searching.
const CLIMB: f64 = 500.0;

/// `1/1, 1/2, …`
static INVERSES: [f64; 64] = {
    let mut inverses = [0.0; 64];
    let mut i = 0;
    while i < 64 {
        inverses[i] = 1.0 / (i + 1) as f64;
        i += 1;
    }
    inverses
};

/// Whole numbers up to here are told apart with room to spare.
const LARGEST: f64 = 1e15;

/// A distribution on the whole numbers from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    /// Poisson.
    Poisson {
        /// Its mean.
        mean: f64,
    },
    /// Negative binomial: failures before `size` successes of probability `prob`; mean `size (1-prob)/prob`.
    NegativeBinomial {
        /// Size, also called dispersion k.
        size: f64,
        /// Probability of success.
        prob: f64,
    },
}

impl Law {
    /// Negative binomial by its mean and size.
    pub fn by_mean(mean: f64, size: f64) -> Law {
        Law::NegativeBinomial { size, prob: size / (size + mean) }
    }

    /// The mean.
    pub fn mean(self) -> f64 {
        match self {
            Law::Poisson { mean } => mean,
            Law::NegativeBinomial { size, prob } => size * (1.0 - prob) / prob,
        }
    }

    fn variance(self) -> f64 {
        match self {
            Law::Poisson { mean } => mean,
            Law::NegativeBinomial { prob, .. } => self.mean() / prob,
        }
    }

    /// `P(Y = k)`.
    pub fn term(self, k: f64) -> f64 {
        match self {
            Law::Poisson { mean } => gamma::poisson_term(k, mean),
            Law::NegativeBinomial { size, prob } => {
                size / (size + k) * beta::binomial_term(size, size + k, prob, 1.0 - prob)
            }
        }
    }

    /// `P(Y ≤ k)`.
    pub fn cdf(self, k: f64) -> f64 {
        self.both(k).0
    }

    /// `P(Y ≥ k)`: the chance of as many or more.
    pub fn at_least(self, k: f64) -> f64 {
        if k <= 0.0 { 1.0 } else { self.both(k - 1.0).1 }
    }

    fn both(self, k: f64) -> (f64, f64) {
        if k < 0.0 {
            return (0.0, 1.0);
        }
        match self {
            Law::Poisson { mean } => {
                let (lower, upper) = gamma::regularised(k + 1.0, mean);
                (upper, lower)
            }
            Law::NegativeBinomial { size, prob } => beta::both(size, k + 1.0, prob, 1.0 - prob),
        }
    }

    /// `P(Y = k+1) / P(Y = k)`.
    fn ratio(self, k: f64) -> f64 {
        match self {
            Law::Poisson { mean } => mean / (k + 1.0),
            Law::NegativeBinomial { size, prob } => (size + k) / (k + 1.0) * (1.0 - prob),
        }
    }

    /// The smallest k with `P(Y ≤ k) ≥ p`, up to rounding.
    pub fn quantile(self, p: f64) -> f64 {
        if p >= 1.0 {
            return f64::INFINITY;
        }
        let goal = p * (1.0 - FUZZ);
        let mean = self.mean();
        if mean < 30.0 { self.climb(goal) } else { self.step_to(goal, normal::quantile(p)) }
    }

    /// Adds up the terms from 0.
    fn climb(self, goal: f64) -> f64 {
        let mut term = self.term(0.0);
        let (mut sum, mut k) = (term, 0.0);
        // `P(Y = k+1) / P(Y = k) = (level + slope k) / (k+1)`, for a few terms without a division.
        let (level, slope) = match self {
            Law::Poisson { mean } => (mean, 0.0),
            Law::NegativeBinomial { size, prob } => (size * (1.0 - prob), 1.0 - prob),
        };
        for inverse in &INVERSES {
            if sum >= goal || term <= 0.0 {
                break;
            }
            term *= (level + slope * k) * inverse;
            k += 1.0;
            sum += term;
        }
        while sum < goal && term > 0.0 && k < CLIMB {
            term *= self.ratio(k);
            k += 1.0;
            sum += term;
        }
        // A sum near the step may have lost a digit, and a long tail takes too long.
        let sure = sum - goal > 1e-11 && sum - term - goal < -1e-11;
        if sure { k } else { self.search(k, goal) }
    }

    /// Starts from Cornish and Fisher's expansion.
    fn step_to(self, goal: f64, z: f64) -> f64 {
        let variance = self.variance();
        let sd = variance.sqrt();
        let skew = (2.0 * variance / self.mean() - 1.0) / sd;
        self.settle((self.mean() + sd * (z + skew * (z * z - 1.0) / 6.0)).round().max(0.0), goal)
    }

    /// Walks from a place near the quantile; what is far off is searched by doubling and halving.
    fn settle(self, start: f64, goal: f64) -> f64 {
        let (mut k, mut sum, mut term) = (start, self.cdf(start), self.term(start));
        for _ in 0..WALK {
            if sum < goal {
                term *= self.ratio(k);
                k += 1.0;
                sum += term;
                if sum >= goal {
                    return if (sum - goal).abs() < 1e-12 { self.search(k, goal) } else { k };
                }
            } else {
                if k <= 0.0 || sum - term < goal {
                    return if (sum - term - goal).abs() < 1e-12 { self.search(k, goal) } else { k };
                }
                sum -= term;
                term /= self.ratio(k - 1.0);
                k -= 1.0;
            }
        }
        self.search(k, goal)
    }

    /// Asks the distribution function itself. Beyond the whole numbers that a float can tell apart, the start is the answer.
    fn search(self, start: f64, goal: f64) -> f64 {
        if start.is_nan() || start >= LARGEST {
            return start;
        }
        let reached = |k: f64| self.cdf(k) >= goal;
        let (mut low, mut high, mut step) = (start, start, 1.0);
        while high < LARGEST && !reached(high) {
            (low, high) = (high, high + step);
            step *= 2.0;
        }
        step = 1.0;
        while low >= 0.0 && reached(low) {
            (high, low) = (low, low - step);
            step *= 2.0;
        }
        low = low.max(-1.0);
        while high - low > 1.0 {
            let middle = ((low + high) / 2.0).floor();
            if reached(middle) { high = middle } else { low = middle }
        }
        high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slow_quantile(law: Law, p: f64) -> f64 {
        (0..).map(f64::from).find(|&k| law.cdf(k) >= p * (1.0 - FUZZ)).unwrap()
    }

    #[test]
    fn quantiles_are_the_first_to_reach_the_probability() {
        let laws = [0.0, 0.1, 1.0, 7.3, 60.0, 400.0]
            .into_iter()
            .flat_map(|mean| [Law::Poisson { mean }, Law::by_mean(mean, 0.4), Law::by_mean(mean, 12.0)]);
        for law in laws {
            for p in [0.0, 0.01, 0.5, 0.95, 0.975, 0.999] {
                assert_eq!(law.quantile(p), slow_quantile(law, p), "{law:?} {p}");
            }
        }
    }

    #[test]
    fn terms_add_up_to_the_distribution() {
        let law = Law::by_mean(6.5, 0.7);
        let mut sum = 0.0;
        for k in 0..60 {
            let k = f64::from(k);
            assert!((law.at_least(k) - (1.0 - sum)).abs() < 1e-13);
            sum += law.term(k);
            assert!((law.cdf(k) - sum).abs() < 1e-13);
        }
    }
}
