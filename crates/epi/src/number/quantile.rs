//! Quantiles of a sample: which of the nine definitions is meant is always said.

/// How a quantile between two observations is taken.
///
/// Source: Hyndman R.J., Fan Y. Sample quantiles in statistical packages, American Statistician 1996;50:361–5.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QuantileType {
    /// Type 1: the smallest observation that at least a share p does not exceed.
    Inverse,
    /// Type 6: `(n+1)p`, as SPSS and Excel's PERCENTILE.EXC.
    Weibull,
    /// Type 7: `1 + (n-1)p`, as Excel's PERCENTILE and R's default.
    #[default]
    Linear,
    /// Type 8: near the median of what the quantile may be, whatever the distribution.
    MedianUnbiased,
}

/// The quantile of observations in ascending order; `None` of none.
pub fn of_sorted(sorted: &[f64], p: f64, kind: QuantileType) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let n = sorted.len() as f64;
    let place = match kind {
        QuantileType::Inverse => {
            return Some(sorted[((n * p - 4.0 * f64::EPSILON).ceil() as usize).clamp(1, last + 1) - 1]);
        }
        QuantileType::Weibull => (n + 1.0) * p,
        QuantileType::Linear => 1.0 + (n - 1.0) * p,
        QuantileType::MedianUnbiased => (n + 1.0 / 3.0) * p + 1.0 / 3.0,
    };
    let floor = (place + 4.0 * f64::EPSILON).floor();
    let part = place - floor;
    let part = if part.abs() < 4.0 * f64::EPSILON { 0.0 } else { part };
    let at = |i: f64| sorted[(i.max(1.0) as usize).min(last + 1) - 1];
    let (low, high) = (at(floor), at(floor + 1.0));
    Some(low + part * (high - low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_types_differ_as_defined() {
        let sample = [1.0, 2.0, 4.0, 8.0];
        let at = |kind| of_sorted(&sample, 0.8, kind).unwrap();
        assert_eq!(at(QuantileType::Inverse), 8.0);
        assert_eq!(at(QuantileType::Weibull), 8.0);
        assert!((at(QuantileType::Linear) - 5.6).abs() < 1e-12);
        assert!((at(QuantileType::MedianUnbiased) - 7.2).abs() < 1e-12);
        assert_eq!(of_sorted(&[], 0.5, QuantileType::Linear), None);
        assert_eq!(of_sorted(&[3.0], 0.9, QuantileType::Linear), Some(3.0));
    }
}
