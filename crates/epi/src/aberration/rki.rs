use std::ops::Range;

use super::bayes::{Compared, compared, weeks_of};
use super::reference_set::ReferenceSet;
use crate::Refusal;
use crate::refusal::at_least;

/// Is this week above the mean of reference weeks by more than twice its spread? (Robert Koch Institute.)
///
/// With the mean μ of the reference weeks above 20: `U = μ + 2 sd`. Else `U` is the upper end of the shortest 95 % interval of a
/// Poisson mean after `⌊μ⌋` cases.
/// It rings where `y > U`.
///
/// * `counts`: cases per week, `NaN` where unknown; a reference week that is unknown is refused, as the method has no rule.
///
/// # Errors
/// [`Refusal::SeriesTooShort`], [`Refusal::Unknown`], [`Refusal::Parameter`] for one reference week of more than 20 cases.
///
/// Source: Stroup D.F. et al., Stat Med 1989;8:323–9; Crow E.L., Gardner R.S. Biometrika 1959;46:441–53 (the intervals).
pub fn rki(counts: &[f64], points: Range<usize>, set: &ReferenceSet) -> Result<Vec<Compared>, Refusal> {
    let mut weeks = Vec::new();
    let whole = weeks_in(set);
    points
        .map(|at| {
            weeks_of(counts, at, set, &mut weeks)?;
            if weeks.len() < whole {
                return Err(Refusal::Unknown { at });
            }
            let n = weeks.len() as f64;
            let mean = weeks.iter().sum::<f64>() / n;
            if mean > 20.0 {
                at_least("reference weeks", weeks.len(), 2)?;
            }
            let squares: f64 = weeks.iter().map(|y| (y - mean) * (y - mean)).sum();
            let upper =
                if mean > 20.0 { mean + 2.0 * (squares / (n - 1.0)).sqrt() } else { poisson_upper(mean.floor()) };
            Ok(compared(counts, at, mean, upper))
        })
        .collect()
}

fn weeks_in(set: &ReferenceSet) -> usize {
    let this_year = if set.this_year { set.half_window } else { 0 };
    this_year + set.years * (2 * set.half_window + 1)
}

/// Upper end of the shortest 95 % interval of a Poisson mean after 0 to 20 cases.
///
/// Of the shortest runs of counts that hold 95 % at a mean, the highest is taken; the end is the largest mean whose run holds
/// the count.
const UPPER: [f64; 21] = [
    3.285, 5.323, 6.686, 8.102, 9.598, 11.177, 12.817, 13.765, 14.921, 16.768, 17.633, 19.050, 20.335, 21.364, 22.945,
    23.762, 25.400, 26.306, 27.735, 28.966, 30.017,
];

fn poisson_upper(cases: f64) -> f64 {
    UPPER[(cases.max(0.0) as usize).min(UPPER.len() - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::counts::Law;

    /// The highest of the shortest runs of counts that hold 95 % at this mean.
    fn run_at(mean: f64) -> std::ops::Range<i32> {
        let law = Law::Poisson { mean };
        let below: Vec<f64> = (0..90).map(|k| law.cdf(f64::from(k) - 1.0)).collect();
        let holds = |from: usize, length: usize| below[from + length] - below[from] >= 0.95;
        let length = (1..80).find(|&w| (0..90 - w).any(|a| holds(a, w))).unwrap();
        let from = (0..90 - length).rfind(|&a| holds(a, length)).unwrap();
        from as i32..(from + length) as i32
    }

    #[test]
    fn the_table_is_what_its_definition_gives() {
        for (cases, upper) in UPPER.iter().enumerate() {
            let cases = cases as i32;
            assert!(run_at(upper - 0.0015).contains(&cases), "{cases}");
            assert!(!run_at(upper + 0.0015).contains(&cases), "{cases}");
        }
    }
}
