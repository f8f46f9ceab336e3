use super::serial_interval::SerialInterval;
use crate::number::{normal, regress};
use crate::refusal::positive;
use crate::{Probability, Refusal};

/// Growth per day with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// Growth rate per day; negative for decline.
    pub rate: f64,
    /// Ends of its interval.
    pub interval: (f64, f64),
    /// Dispersion of the counts about the fitted curve, at least 1.
    pub dispersion: f64,
}

impl Growth {
    /// Days in which cases double, or halve if negative; `None` where nothing grows.
    pub fn doubling_days(&self) -> Option<f64> {
        (self.rate != 0.0).then(|| std::f64::consts::LN_2 / self.rate)
    }
}

/// By how much do cases grow a day? A log-linear curve through daily counts.
///
/// `log E(I_t) = α + r t` by quasi-Poisson regression; interval `r ± z se`, the standard error scaled by `√φ`, φ at least 1.
///
/// * `counts`: cases per day over the stretch in question, unknown days as `NaN` (left out), by onset and complete.
///
/// Do not use it across a turning point: choose the stretch by eye.
///
/// # Errors
/// [`Refusal::SeriesTooShort`] for fewer than 4 known days, [`Refusal::Nothing`] without a case, [`Refusal::NoFit`].
///
/// Source: Wallinga J., Lipsitch M. Proc R Soc B 2007;274:599–604; McCullagh P., Nelder J.A. Generalized Linear Models, 1989.
pub fn growth(counts: &[f64], level: Probability) -> Result<Growth, Refusal> {
    let known: Vec<(f64, f64)> =
        counts.iter().enumerate().filter(|(_, y)| !y.is_nan()).map(|(t, y)| (t as f64, *y)).collect();
    if known.len() < 4 {
        return Err(Refusal::SeriesTooShort { have: known.len(), need: 4 });
    }
    let values: Vec<f64> = known.iter().map(|(_, y)| *y).collect();
    if values.iter().sum::<f64>() <= 0.0 {
        return Err(Refusal::Nothing { what_zh: "病例", what: "case" });
    }
    let design = regress::Design::from_rows(known.iter().map(|(t, _)| [1.0, *t]));
    let b = regress::log_counts(&design, &values, 0.0).ok_or(Refusal::NoFit)?;
    let mu: Vec<f64> = known.iter().map(|(t, _)| (b[0] + b[1] * t).exp()).collect();
    let chi: f64 = values.iter().zip(&mu).map(|(y, m)| (y - m).powi(2) / m).sum();
    let dispersion = (chi / (values.len() as f64 - 2.0)).max(1.0);
    let weight: f64 = mu.iter().sum();
    let middle: f64 = known.iter().zip(&mu).map(|((t, _), m)| t * m).sum::<f64>() / weight;
    let spread: f64 = known.iter().zip(&mu).map(|((t, _), m)| m * (t - middle).powi(2)).sum();
    let reach = normal::quantile((1.0 + level.get()) / 2.0) * (dispersion / spread).sqrt();
    Ok(Growth { rate: b[1], interval: (b[1] - reach, b[1] + reach), dispersion })
}

/// The reproduction number that goes with a growth rate: `R = 1 / Σ_k w_k e^{-rk}`.
///
/// Source: Wallinga J., Lipsitch M. Proc R Soc B 2007;274:599–604, doi 10.1098/rspb.2006.3754.
pub fn reproduction_of(rate: f64, si: &SerialInterval) -> f64 {
    1.0 / si.weights().iter().enumerate().map(|(k, w)| w * (-rate * k as f64).exp()).sum::<f64>()
}

/// The growth rate that goes with a reproduction number, the inverse of [`reproduction_of`].
///
/// # Errors
/// [`Refusal::Parameter`] for a reproduction number that is not positive.
pub fn rate_of(reproduction: f64, si: &SerialInterval) -> Result<f64, Refusal> {
    positive("R", reproduction)?;
    let (mut low, mut high) = (-1.0, 1.0);
    while reproduction_of(low, si) > reproduction {
        low *= 2.0;
    }
    while reproduction_of(high, si) < reproduction {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if reproduction_of(middle, si) < reproduction { low = middle } else { high = middle }
    }
    Ok(0.5 * (low + high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubling_every_five_days_is_found() {
        let counts: Vec<f64> = (0..30).map(|t| 10.0 * 2_f64.powf(f64::from(t) / 5.0)).collect();
        let found = growth(&counts, Probability::new("level", 0.95).unwrap()).unwrap();
        assert!((found.doubling_days().unwrap() - 5.0).abs() < 1e-9);
        assert!(found.interval.0 < found.rate && found.rate < found.interval.1);
    }

    #[test]
    fn rate_and_reproduction_number_invert_each_other() {
        let si = SerialInterval::discretised(6.0, 3.0, 60).unwrap();
        for r in [0.3, 0.9, 1.0, 1.7, 6.0] {
            assert!((reproduction_of(rate_of(r, &si).unwrap(), &si) - r).abs() < 1e-10);
        }
        assert!(rate_of(1.0, &si).unwrap().abs() < 1e-12);
    }
}
