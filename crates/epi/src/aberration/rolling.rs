use crate::Refusal;
use crate::refusal::at_least;

/// How many in the last seven days, whatever the day of the week? Rolling sums free of week boundaries.
///
/// `C_t = Σ_{i=0..length-1} y_{t-i}`; `NaN` where a day within is unknown or before the series.
///
/// * `counts`: cases per day, `NaN` where unknown.
///
/// # Errors
/// [`Refusal::Parameter`] for a length of 0.
///
/// Source: definition.
pub fn rolling(counts: &[f64], length: usize) -> Result<Vec<f64>, Refusal> {
    at_least("length", length, 1)?;
    let sum = |t: usize| (t + 1).checked_sub(length).map_or(f64::NAN, |from| counts[from..=t].iter().sum());
    Ok((0..counts.len()).map(sum).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_day_makes_its_seven_sums_unknown_and_no_more() {
        let mut counts = vec![1.0; 20];
        counts[8] = f64::NAN;
        let sums = rolling(&counts, 7).unwrap();
        let known: Vec<usize> = (0..20).filter(|&t| !sums[t].is_nan()).collect();
        assert_eq!(known, [6, 7, 15, 16, 17, 18, 19]);
        assert_eq!(sums[19], 7.0);
        assert!(rolling(&counts, 0).is_err());
    }
}
