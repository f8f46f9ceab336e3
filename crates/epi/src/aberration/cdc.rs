use std::ops::Range;

use super::bayes::{Compared, compared};
use crate::number::normal;
use crate::{Probability, Refusal};

/// Are the last four weeks above the same four weeks of earlier years and those just before and after? (CDC.)
///
/// With the `3 b` blocks of four weeks of `b` years, their mean `m` and standard deviation `s`:
/// `U = m + z s √(1 + 1/(3b))`, z the `1-α/2` quantile; it rings where the sum of the last four weeks exceeds `U`.
///
/// * `counts`: cases per week, `NaN` where unknown; a block with an unknown week gives no judgement.
///
/// # Errors
/// [`Refusal::SeriesTooShort`] if a block lies before the series, [`Refusal::Unknown`] for an unknown week in a block.
///
/// Source: Stroup D.F., Williamson G.D., Herndon J.L., Karon J.M. Stat Med 1989;8:323–9.
pub fn cdc(
    counts: &[f64],
    points: Range<usize>,
    years: usize,
    period: usize,
    alpha: Probability,
) -> Result<Vec<Compared>, Refusal> {
    let z = normal::quantile(1.0 - alpha.get() / 2.0);
    let need = years * period + 8;
    let blocks = 3 * years;
    points
        .map(|at| {
            if at + 1 < need || at >= counts.len() || years == 0 {
                return Err(Refusal::SeriesTooShort { have: counts.len(), need });
            }
            let block = |end: usize| four_weeks(counts, end);
            let sums: Vec<f64> = (1..=years)
                .flat_map(|year| [at - year * period - 4, at - year * period, at - year * period + 4])
                .map(block)
                .collect();
            let mean = sums.iter().sum::<f64>() / blocks as f64;
            let squares: f64 = sums.iter().map(|y| (y - mean) * (y - mean)).sum();
            if mean.is_nan() {
                return Err(Refusal::Unknown { at });
            }
            let sd = (squares / (blocks as f64 - 1.0)).sqrt();
            let upper = mean + z * sd * (1.0 + 1.0 / blocks as f64).sqrt();
            let now = block(at);
            let alarm = (!now.is_nan()).then_some(now > upper);
            Ok(Compared { alarm, ..compared(counts, at, mean, upper) })
        })
        .collect()
}

/// Cases of a week and the three before it, which is what is compared.
pub(crate) fn four_weeks(counts: &[f64], end: usize) -> f64 {
    counts[end - 3..=end].iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_weeks_far_above_the_blocks_ring() {
        let mut counts: Vec<f64> = (0..120).map(|t| 10.0 + f64::from(t % 3)).collect();
        let judge = |counts: &[f64]| cdc(counts, 119..120, 2, 52, Probability::TWO_AND_A_HALF_PERCENT).unwrap()[0];
        assert_eq!(judge(&counts).alarm, Some(false));
        counts[117..].fill(20.0);
        assert_eq!(judge(&counts).alarm, Some(true));
        assert!(cdc(&counts, 100..101, 2, 52, Probability::FIVE_PERCENT).is_err());
    }
}
