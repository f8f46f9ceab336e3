use crate::Refusal;
use crate::number::gamma;
use crate::refusal::positive;

/// Chance that the time from onset to onset is 0, 1, 2, … days; that of 0 days is 0.
#[derive(Clone, Debug, PartialEq)]
pub struct SerialInterval {
    weights: Vec<f64>,
}

impl SerialInterval {
    /// From the chances themselves.
    ///
    /// # Errors
    /// [`Refusal::Parameter`] if the first is not 0, one is negative, or their sum is not 1 within 0.01.
    pub fn from_weights(weights: Vec<f64>) -> Result<SerialInterval, Refusal> {
        let refuse = |name, value, must_zh, must| Err(Refusal::Parameter { name, value, must_zh, must });
        let sum: f64 = weights.iter().sum();
        if weights.first().is_none_or(|&w| w != 0.0) {
            let value = weights.first().copied().unwrap_or(f64::NAN);
            return refuse("w_0", value, "为0（同日发病不算一代）", "be 0: no generation takes zero days");
        }
        if let Some(&w) = weights.iter().find(|w| w.is_nan() || **w < 0.0) {
            return refuse("w_k", w, "不小于0", "be at least 0");
        }
        if sum.is_nan() || (sum - 1.0).abs() > 0.01 {
            return refuse("Σ w", sum, "等于1", "be 1");
        }
        Ok(SerialInterval { weights })
    }

    /// Which whole number of days, if the interval is 1 day plus a gamma time of this mean and standard deviation in all?
    ///
    /// Onset is uniform within its day, so that `w_k = ∫ (1-|k-u|)₊ g(u) du` with `a = ((μ-1)/σ)²`, `b = σ²/(μ-1)`,
    /// `G(x) = P(a, x/b)`, `H(x) = P(a+1, x/b)`:
    /// `w_k = k G(k) + (k-2) G(k-2) - 2(k-1) G(k-1) + ab (2 H(k-1) - H(k-2) - H(k))`, at least 0.
    ///
    /// * `mean`, `sd`: days, the mean above 1; `days`: how many chances, from 0 on.
    ///
    /// # Errors
    /// [`Refusal::Parameter`] for a mean of at most 1 or a standard deviation of at most 0.
    ///
    /// Source: Cori A. et al., Am J Epidemiol 2013;178:1505–12, web appendix 11.
    pub fn discretised(mean: f64, sd: f64, days: usize) -> Result<SerialInterval, Refusal> {
        positive("sd", sd)?;
        if mean.is_nan() || mean <= 1.0 {
            return Err(Refusal::Parameter {
                name: "mean", value: mean, must_zh: "大于1天", must: "be above 1 day"
            });
        }
        let a = ((mean - 1.0) / sd).powi(2);
        let b = sd * sd / (mean - 1.0);
        let both = |k: f64| {
            if k <= 0.0 {
                return (0.0, 0.0);
            }
            let lower = gamma::regularised(a, k / b).0;
            // P(a+1, x) = P(a, x) - x^a e^{-x} / Γ(a+1)
            (lower, (lower - gamma::poisson_term(a, k / b)).max(0.0))
        };
        let (mut two, mut one) = ((0.0, 0.0), (0.0, 0.0));
        let weights = (0..days)
            .map(|k| {
                let k = k as f64;
                let now = both(k);
                let steps = k * now.0 + (k - 2.0) * two.0 - 2.0 * (k - 1.0) * one.0;
                let moments = a * b * (2.0 * one.1 - two.1 - now.1);
                (two, one) = (one, now);
                (steps + moments).max(0.0)
            })
            .collect();
        Ok(SerialInterval { weights })
    }

    /// The chances, from 0 days on.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Mean in days.
    pub fn mean(&self) -> f64 {
        self.weights.iter().enumerate().map(|(k, w)| k as f64 * w).sum()
    }

    /// Standard deviation in days.
    pub fn sd(&self) -> f64 {
        let mean = self.mean();
        let square: f64 = self.weights.iter().enumerate().map(|(k, w)| (k as f64 - mean).powi(2) * w).sum();
        square.sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_discretised_interval_keeps_mean_and_nearly_the_spread() {
        let si = SerialInterval::discretised(5.2, 2.8, 200).unwrap();
        assert!((si.weights().iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((si.mean() - 5.2).abs() < 1e-9, "{}", si.mean());
        // The triangle adds the variance of two uniform days.
        assert!((si.sd().powi(2) - 2.8 * 2.8 - 1.0 / 6.0).abs() < 1e-3, "{}", si.sd().powi(2));
        assert_eq!(si.weights()[0], 0.0);
    }

    #[test]
    fn weights_that_are_no_chances_are_refused() {
        assert!(SerialInterval::from_weights(vec![0.1, 0.9]).is_err());
        assert!(SerialInterval::from_weights(vec![0.0, 0.5]).is_err());
        assert!(SerialInterval::from_weights(vec![0.0, 1.2, -0.2]).is_err());
        assert!(SerialInterval::from_weights(vec![0.0, 0.4, 0.6]).is_ok());
    }
}
