use super::reference_set::ReferenceSet;
use crate::number::counts::Law;
use crate::{Probability, Refusal};

/// What a comparison with reference weeks says of one week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Compared {
    /// Place in the series.
    pub at: usize,
    /// Mean of the reference weeks.
    pub expected: f64,
    /// More than this rings.
    pub upper: f64,
    /// Whether it rings; `None` where the count is unknown.
    pub alarm: Option<bool>,
}

/// Is this week above what the reference weeks make likely? For low counts and short histories (Bayes).
///
/// With Jeffreys' prior and n reference weeks of sum s, the next count is negative binomial of size `s + ½` and probability
/// `n / (n+1)`. `U` is its `1-α` quantile; it rings where `y > U`.
///
/// * `counts`: cases per week, `NaN` where unknown; unknown reference weeks are left out.
///
/// Do not use it where the level moves within the reference weeks: it knows no trend and no overdispersion.
///
/// # Errors
/// [`Refusal::SeriesTooShort`] if a reference week lies before the series, [`Refusal::Nothing`] if none is known.
///
/// Source: Riebler A. Empirischer Vergleich von statistischen Methoden zur Ausbruchserkennung, LMU Munich 2004; Höhle M.
/// Comput Stat 2007;22:571–82.
pub fn bayes(
    counts: &[f64],
    points: std::ops::Range<usize>,
    set: &ReferenceSet,
    alpha: Probability,
) -> Result<Vec<Compared>, Refusal> {
    let mut weeks = Vec::new();
    points
        .map(|at| {
            weeks_of(counts, at, set, &mut weeks)?;
            let (n, sum) = (weeks.len() as f64, weeks.iter().sum::<f64>());
            let law = Law::NegativeBinomial { size: sum + 0.5, prob: n / (n + 1.0) };
            let upper = law.quantile(1.0 - alpha.get());
            Ok(compared(counts, at, sum / n, upper))
        })
        .collect()
}

pub(crate) fn compared(counts: &[f64], at: usize, expected: f64, upper: f64) -> Compared {
    let y = counts[at];
    Compared { at, expected, upper, alarm: (!y.is_nan()).then_some(y > upper) }
}

/// The known counts of the reference weeks, at least one.
pub(crate) fn weeks_of(counts: &[f64], at: usize, set: &ReferenceSet, weeks: &mut Vec<f64>) -> Result<(), Refusal> {
    let short = Refusal::SeriesTooShort { have: counts.len(), need: set.first() + 1 };
    if at >= counts.len() {
        return Err(short);
    }
    set.counts(counts, at, weeks).ok_or(short)?;
    if weeks.is_empty() {
        return Err(Refusal::Nothing { what_zh: "参考周数据", what: "known reference week" });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_empty_weeks_let_one_case_pass() {
        let set = ReferenceSet { years: 0, half_window: 6, this_year: true, period: 52 };
        let mut counts = vec![0.0; 7];
        counts[6] = 1.0;
        let point = bayes(&counts, 6..7, &set, Probability::FIVE_PERCENT).unwrap()[0];
        // NB(½, 6/7): P(0) = √(6/7) = 0.926, P(≤1) = 0.926 (1 + 1/14) = 0.992.
        assert_eq!((point.upper, point.alarm), (1.0, Some(false)));
    }
}
