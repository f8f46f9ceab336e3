use crate::Refusal;
use crate::number::{gamma, normal};

/// How the series that watch one area belong together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Dependence {
    /// Not at all: different people, different sources.
    Independent,
    /// Every two of them have this correlation of their normal scores.
    Correlated {
        /// The correlation, from 0 to 1.
        rho: f64,
    },
    /// In any way.
    Any,
}

/// Do several weak signals make a strong one? One p-value from those of several series.
///
/// * Independent, by Fisher: `-2 Σ ln p ~ χ²` with `2 L` degrees of freedom: one strong signal is enough.
/// * Correlated, by Stouffer: `Σ w z / √(Σ w² + ρ Σ_{i≠j} w_i w_j)`: many weak signals together.
/// * Any, by the harmonic mean: `e ln L · L / Σ 1/p` (twice the harmonic mean for two), which holds whatever the dependence.
///
/// * `p`: one per series, above 0 and at most 1; `weights`: for Stouffer, `None` for equal ones.
///
/// Do not call sources independent because they are on different pages: cough and fever syndromes watch the same patients.
///
/// # Errors
/// [`Refusal::Nothing`] without series, [`Refusal::Parameter`] for a p or correlation out of range, [`Refusal::Lengths`].
///
/// Source: Fisher R.A. Statistical Methods for Research Workers, 4th ed. 1932; Stouffer S. et al. 1949; Wilson D.J. PNAS
/// 2019;116:1195–200; Vovk V., Wang R. Biometrika 2020;107:791–808 (any dependence).
pub fn combine(p: &[f64], weights: Option<&[f64]>, dependence: Dependence) -> Result<f64, Refusal> {
    if p.is_empty() {
        return Err(Refusal::Nothing { what_zh: "信号", what: "series" });
    }
    if let Some(&value) = p.iter().find(|p| !(**p > 0.0 && **p <= 1.0)) {
        return Err(Refusal::Parameter {
            name: "p",
            value,
            must_zh: "大于0且不大于1",
            must: "be above 0 and at most 1",
        });
    }
    if let Some(w) = weights.filter(|w| w.len() != p.len()) {
        return Err(Refusal::Lengths { what: "p/weights", left: p.len(), right: w.len() });
    }
    let n = p.len() as f64;
    match dependence {
        Dependence::Independent => Ok(gamma::regularised(n, -p.iter().map(|p| p.ln()).sum::<f64>()).1),
        Dependence::Correlated { rho } => stouffer(p, weights, rho),
        Dependence::Any => {
            let harmonic = n / p.iter().map(|p| 1.0 / p).sum::<f64>();
            let factor = if p.len() == 1 { 1.0 } else { (std::f64::consts::E * n.ln()).max(2.0) };
            Ok((factor * harmonic).min(1.0))
        }
    }
}

fn stouffer(p: &[f64], weights: Option<&[f64]>, rho: f64) -> Result<f64, Refusal> {
    if !(0.0..=1.0).contains(&rho) {
        return Err(Refusal::Parameter {
            name: "rho", value: rho, must_zh: "在0与1之间", must: "lie between 0 and 1"
        });
    }
    let weight = |i: usize| weights.map_or(1.0, |w| w[i]);
    let sum: f64 = (0..p.len()).map(weight).sum();
    let squares: f64 = (0..p.len()).map(|i| weight(i).powi(2)).sum();
    // A p of exactly 1 is no proof of the contrary.
    let z: f64 = p.iter().enumerate().map(|(i, p)| -weight(i) * normal::quantile(p.min(1.0 - 1e-12))).sum();
    let variance = squares + rho * (sum * sum - squares);
    Ok(normal::cdf(-z / variance.sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::chance::Stream;

    /// Two p-values: `p₁p₂ (1 - ln p₁p₂)`.
    #[test]
    fn fisher_of_two_has_a_closed_form() {
        let product: f64 = 0.04 * 0.2;
        let found = combine(&[0.04, 0.2], None, Dependence::Independent).unwrap();
        assert!((found - product * (1.0 - product.ln())).abs() < 1e-14);
    }

    #[test]
    fn combined_values_of_correlated_series_keep_their_level() {
        let mut stream = Stream::new("combine", 3);
        let (mut stouffer, mut any, mut fisher) = (0, 0, 0);
        for _ in 0..4000 {
            let shared = stream.normal();
            let p: Vec<f64> =
                (0..5).map(|_| normal::cdf(-(0.5_f64.sqrt() * shared + 0.5_f64.sqrt() * stream.normal()))).collect();
            let rings = |d| usize::from(combine(&p, None, d).unwrap() < 0.05);
            stouffer += rings(Dependence::Correlated { rho: 0.5 });
            any += rings(Dependence::Any);
            fisher += rings(Dependence::Independent);
        }
        assert!((150..=250).contains(&stouffer), "{stouffer} of 4000");
        assert!(any <= 220, "{any} of 4000");
        assert!(fisher > 300, "called independent they ring too often: {fisher} of 4000");
    }

    #[test]
    fn a_p_of_zero_is_refused() {
        assert!(combine(&[0.0, 0.5], None, Dependence::Any).is_err());
        assert!(combine(&[], None, Dependence::Any).is_err());
    }
}
