//! The normal distribution.

/// `P(Z ≤ x)` of the standard normal distribution, exact in both tails.
pub fn cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// Density of the standard normal distribution.
pub fn density(x: f64) -> f64 {
    (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// The z with `P(Z ≤ z) = p`; infinite at 0 and 1.
///
/// A rational start (error below 5e-4), then Halley steps on the exact distribution.
///
/// Source: Abramowitz M., Stegun I. Handbook of Mathematical Functions, 26.2.23.
pub fn quantile(p: f64) -> f64 {
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    let tail = p.min(1.0 - p);
    let t = (-2.0 * tail.ln()).sqrt();
    let start =
        t - (2.515_517 + t * (0.802_853 + t * 0.010_328)) / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)));
    // Work in the lower tail, where the distribution function keeps its digits.
    let mut z = -start;
    for _ in 0..4 {
        let u = (cdf(z) - tail) / density(z);
        let step = u / (1.0 + 0.5 * z * u);
        z -= step;
        if step.abs() <= 1e-16 * z.abs() {
            break;
        }
    }
    if p < 0.5 { z } else { -z }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: Abramowitz & Stegun, tables 26.1 and 26.5.
    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (p, z) in [
            (0.975, 1.959_963_984_540_054),
            (0.999, 3.090_232_306_167_813_5),
            (0.5, 0.0),
            (1e-10, -6.361_340_902_404_056),
        ] {
            assert!((quantile(p) - z).abs() < 2e-14, "{p}: {}", quantile(p));
        }
    }

    #[test]
    fn quantile_inverts_the_distribution() {
        for i in 1..1000 {
            let p = f64::from(i) / 1000.0;
            assert!((cdf(quantile(p)) - p).abs() < 1e-15);
        }
    }
}
