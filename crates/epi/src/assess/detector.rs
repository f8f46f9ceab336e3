use super::clean::Series;
use crate::Probability;
use crate::Refusal;
use crate::aberration::bayes::{Compared, bayes, weeks_of};
use crate::aberration::cdc::{cdc, four_weeks};
use crate::aberration::ears::{Ears, ears};
use crate::aberration::farrington::{Farrington, farrington};
use crate::aberration::fixed::fixed;
use crate::aberration::flexible::{Flexible, flexible};
use crate::aberration::historical_limits::historical_limits;
use crate::aberration::moving_percentile::{MovingPercentile, moving_percentile};
use crate::aberration::reference_set::ReferenceSet;
use crate::number::counts::Law;
use crate::number::normal;

/// A method with its parameters.
#[derive(Clone, Debug, PartialEq)]
pub enum Detector {
    /// A fixed number of cases.
    Fixed {
        /// From so many on.
        limit: f64,
    },
    /// EARS.
    Ears(Ears),
    /// Bayes, on reference weeks.
    Bayes {
        /// The weeks.
        set: ReferenceSet,
        /// Level.
        alpha: Probability,
    },
    /// Moving percentile.
    MovingPercentile(MovingPercentile),
    /// Historical limits.
    HistoricalLimits {
        /// Years back.
        years: usize,
    },
    /// CDC's four weeks.
    Cdc {
        /// Years back.
        years: usize,
        /// Level.
        alpha: Probability,
    },
    /// Farrington 1996.
    Farrington(Farrington),
    /// Farrington flexible.
    Flexible(Flexible),
}

/// What a method says of one step, whatever the method.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// Place in the series.
    pub at: usize,
    /// What was compared: the count, or the cases of a block of steps.
    pub observed: f64,
    /// What was expected.
    pub expected: Option<f64>,
    /// More than this rings; a fixed number rings when it is reached.
    pub threshold: Option<f64>,
    /// 0 at the expected, 1 at the threshold.
    pub score: Option<f64>,
    /// Chance of as many or more, where the method gives one.
    pub p: Option<f64>,
    /// Whether it rings; `None` where it cannot be said.
    pub alarm: Option<bool>,
}

impl Judged {
    fn new(at: usize, observed: f64, expected: Option<f64>, threshold: Option<f64>, alarm: Option<bool>) -> Judged {
        let score = expected.zip(threshold).filter(|(e, t)| t > e).map(|(e, t)| (observed - e) / (t - e));
        Judged { at, observed, expected, threshold, score: score.filter(|s| s.is_finite()), p: None, alarm }
    }

    fn compared(counts: &[f64], point: &Compared) -> Judged {
        Judged::new(point.at, counts[point.at], Some(point.expected), Some(point.upper), point.alarm)
    }
}

impl Detector {
    /// The name that files and commands use.
    pub fn name(&self) -> &'static str {
        match self {
            Detector::Fixed { .. } => "fixed",
            Detector::Ears(e) => match e.method {
                crate::aberration::ears::EarsMethod::C1 => "ears-c1",
                crate::aberration::ears::EarsMethod::C2 => "ears-c2",
                crate::aberration::ears::EarsMethod::C3 => "ears-c3",
            },
            Detector::Bayes { .. } => "bayes",
            Detector::MovingPercentile(_) => "moving-percentile",
            Detector::HistoricalLimits { .. } => "historical-limits",
            Detector::Cdc { .. } => "cdc",
            Detector::Farrington(_) => "farrington",
            Detector::Flexible(_) => "farrington-flexible",
        }
    }

    /// Steps of history before the first step that can be judged, and how many before the judged one are looked at.
    pub fn reach(&self, series: &Series) -> usize {
        let year = if series.step == super::clean::Step::Day { 366 } else { 53 };
        match self {
            Detector::Fixed { .. } => 0,
            Detector::Ears(e) => e.first(),
            Detector::Bayes { set, .. } => set.first(),
            Detector::MovingPercentile(m) => m.years * year + (m.each_side + 1) * m.block,
            Detector::HistoricalLimits { years } | Detector::Cdc { years, .. } => years * year + 8,
            Detector::Farrington(f) => f.years * year + f.half_window,
            Detector::Flexible(f) => f.years * year + f.half_window,
        }
    }

    /// Judges steps of a series.
    ///
    /// # Errors
    /// Those of the method.
    pub fn judge(&self, series: &Series, points: std::ops::Range<usize>) -> Result<Vec<Judged>, Refusal> {
        let counts = &series.counts;
        match self {
            Detector::Fixed { limit } => fixed(counts, points, *limit).map(|found| {
                let reached =
                    |p: &Compared| Judged { score: Some(counts[p.at] / limit), ..Judged::compared(counts, p) };
                found.iter().map(reached).collect()
            }),
            Detector::Ears(settings) => ears(counts, points, settings).map(|found| {
                let z = normal::quantile(1.0 - settings.alpha.get());
                found
                    .iter()
                    .map(|p| {
                        let judged = Judged::new(p.at, counts[p.at], p.expected, p.upper, p.alarm);
                        // The score is a share of z standard deviations; C3 has no single distribution.
                        let c3 = settings.method == crate::aberration::ears::EarsMethod::C3;
                        Judged { p: judged.score.filter(|_| !c3).map(|s| normal::cdf(-s * z)), ..judged }
                    })
                    .collect()
            }),
            Detector::Bayes { set, alpha } => bayes(counts, points, set, *alpha).and_then(|found| {
                let mut weeks = Vec::new();
                let each = |p: &Compared| {
                    // Unknown reference weeks are left out.
                    weeks_of(counts, p.at, set, &mut weeks)?;
                    let n = weeks.len() as f64;
                    let law = Law::NegativeBinomial { size: p.expected * n + 0.5, prob: n / (n + 1.0) };
                    let known = (!counts[p.at].is_nan()).then(|| law.at_least(counts[p.at]));
                    Ok(Judged { p: known, ..Judged::compared(counts, p) })
                };
                found.iter().map(each).collect()
            }),
            Detector::Cdc { years, alpha } => cdc(counts, points, *years, 52, *alpha).map(|found| {
                let each = |p: &Compared| {
                    Judged::new(p.at, four_weeks(counts, p.at), Some(p.expected), Some(p.upper), p.alarm)
                };
                found.iter().map(each).collect()
            }),
            Detector::MovingPercentile(settings) => {
                moving_percentile(counts, series.calendar(), points, settings).map(|found| {
                    let each = |p: &crate::aberration::moving_percentile::PercentilePoint| {
                        let current = p.current.unwrap_or(f64::NAN);
                        Judged::new(p.at, current, Some(p.expected), Some(p.upper), p.alarm)
                    };
                    found.iter().map(each).collect()
                })
            }
            Detector::HistoricalLimits { years } => {
                historical_limits(counts, series.calendar(), points, *years).map(|found| {
                    found
                        .iter()
                        .map(|p| Judged::new(p.at, p.current, Some(p.expected), Some(p.upper), p.alarm))
                        .collect()
                })
            }
            Detector::Farrington(settings) => farrington(counts, series.calendar(), points, settings).map(|found| {
                let each = |p: &crate::aberration::farrington::FarringtonPoint| {
                    let judged = Judged::new(p.at, counts[p.at], Some(p.expected), Some(p.upper), p.alarm);
                    Judged { score: p.score, ..judged }
                };
                found.iter().map(each).collect()
            }),
            Detector::Flexible(settings) => flexible(counts, None, series.calendar(), points, settings).map(|found| {
                let each = |p: &crate::aberration::flexible::FlexiblePoint| {
                    let judged = Judged::new(p.at, counts[p.at], p.expected, p.upper, p.alarm);
                    Judged { score: p.score, p: p.p, ..judged }
                };
                found.iter().map(each).collect()
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::clean::Step;

    fn weeks(counts: Vec<f64>) -> Series {
        Series { first: jiff::civil::date(2018, 1, 1), step: Step::Week, counts, notes: Vec::new() }
    }

    #[test]
    fn four_weeks_are_shown_where_four_weeks_are_compared() {
        let mut counts = vec![1.0; 120];
        counts[117] = 40.0;
        let detector = Detector::Cdc { years: 2, alpha: Probability::FIVE_PERCENT };
        let judged = detector.judge(&weeks(counts), 119..120).unwrap()[0];
        assert_eq!((judged.observed, judged.expected, judged.alarm), (43.0, Some(4.0), Some(true)));
    }

    /// NB(2 known weeks): size 3 + ½, probability 2/3.
    #[test]
    fn a_week_that_is_not_known_does_not_count_as_one_of_the_reference() {
        let set = ReferenceSet { years: 0, half_window: 3, this_year: true, period: 52 };
        let detector = Detector::Bayes { set, alpha: Probability::FIVE_PERCENT };
        let judged = detector.judge(&weeks(vec![1.0, f64::NAN, 2.0, 4.0]), 3..4).unwrap()[0];
        let law = Law::NegativeBinomial { size: 3.5, prob: 2.0 / 3.0 };
        assert_eq!(judged.p, Some(law.at_least(4.0)));
    }
}
