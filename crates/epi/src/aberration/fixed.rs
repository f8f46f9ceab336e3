use super::bayes::{Compared, compared};
use crate::Refusal;
use crate::refusal::positive;

/// Has what must be acted upon at once occurred? A fixed number of cases: one for plague or cholera.
///
/// Rings where `y ≥ limit`.
///
/// * `counts`: cases per step, `NaN` where unknown, which gives no judgement.
///
/// # Errors
/// [`Refusal::Parameter`] for a limit that is not above 0.
///
/// Source: Yang W. et al., Western Pac Surveill Response J 2011;2(1):10–5 (type 1 diseases).
pub fn fixed(counts: &[f64], points: std::ops::Range<usize>, limit: f64) -> Result<Vec<Compared>, Refusal> {
    positive("limit", limit)?;
    let judge = |at: usize| {
        let y = counts[at];
        Compared { alarm: (!y.is_nan()).then_some(y >= limit), ..compared(counts, at, 0.0, limit) }
    };
    Ok((points.start..points.end.min(counts.len())).map(judge).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_case_rings_and_an_unknown_day_says_nothing() {
        let judged = fixed(&[0.0, 1.0, f64::NAN], 0..3, 1.0).unwrap();
        assert_eq!(judged.iter().map(|p| p.alarm).collect::<Vec<_>>(), [Some(false), Some(true), None]);
        assert!(fixed(&[0.0], 0..1, 0.0).is_err());
    }
}
