use super::Calendar;
use crate::Refusal;
use crate::refusal::at_least;

/// The last four weeks against the same four weeks of earlier years.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LimitsPoint {
    /// Place in the series.
    pub at: usize,
    /// Cases in the last four weeks.
    pub current: f64,
    /// Mean of the earlier periods.
    pub expected: f64,
    /// Upper limit: mean and two standard deviations.
    pub upper: f64,
    /// Lower limit.
    pub lower: f64,
    /// Current over expected; `None` where nothing is expected.
    pub ratio: Option<f64>,
    /// Whether it rings; `None` where a week of the current four is unknown.
    pub alarm: Option<bool>,
}

/// Are the last four weeks outside of what five years lead us to expect? (Historical limits.)
///
/// `3 b` totals of four weeks: the same ones, those before and those after, in `b` earlier years; limits `mean ± 2 sd`.
/// Rings where the current total exceeds the upper limit.
///
/// * `counts`: cases per week, `NaN` where unknown; a period with an unknown week is left out.
///
/// Do not use it at low counts: the limits are those of a normal law.
///
/// # Errors
/// [`Refusal::SeriesTooShort`] if a period lies before the series or fewer than two are known, [`Refusal::Parameter`].
///
/// Source: Stroup D.F. et al., Stat Med 1989;8:323–9; Morbidity and Mortality Weekly Report, figure 1.
pub fn historical_limits(
    counts: &[f64],
    calendar: Calendar,
    points: std::ops::Range<usize>,
    years: usize,
) -> Result<Vec<LimitsPoint>, Refusal> {
    at_least("years", years, 1)?;
    let total = |end: i64| -> Option<f64> {
        let end = usize::try_from(end).ok()?;
        Some(counts.get(end.checked_sub(3)?..=end)?.iter().sum())
    };
    let short = Refusal::SeriesTooShort { have: counts.len(), need: 52 * years + 9 };
    (points.start..points.end.min(counts.len()))
        .map(|at| {
            let mut known = Vec::with_capacity(3 * years);
            for year in 1..=years {
                let same = calendar.years_before(at, year);
                for end in [same - 4, same, same + 4] {
                    known.extend(Some(total(end).ok_or_else(|| short.clone())?).filter(|t| !t.is_nan()));
                }
            }
            if known.len() < 2 {
                return Err(short.clone());
            }
            let n = known.len() as f64;
            let mean = known.iter().sum::<f64>() / n;
            let sd = (known.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
            let current = total(at as i64).ok_or_else(|| short.clone())?;
            Ok(LimitsPoint {
                at,
                current,
                expected: mean,
                upper: mean + 2.0 * sd,
                lower: (mean - 2.0 * sd).max(0.0),
                ratio: (mean > 0.0 && !current.is_nan()).then(|| current / mean),
                alarm: (!current.is_nan()).then_some(current > mean + 2.0 * sd),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twice_the_usual_is_outside_and_the_usual_inside() {
        let mut counts: Vec<f64> = (0..170).map(|t| 20.0 + f64::from(t % 4)).collect();
        let judge = |c: &[f64]| historical_limits(c, Calendar::Cycle(52), 169..170, 3).unwrap()[0];
        assert_eq!(judge(&counts).alarm, Some(false));
        counts[166..].fill(45.0);
        let point = judge(&counts);
        assert_eq!(point.alarm, Some(true));
        assert!((point.ratio.unwrap() - 180.0 / 86.0).abs() < 1e-12);
    }
}
