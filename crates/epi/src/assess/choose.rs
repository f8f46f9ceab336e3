use super::clean::{Series, Step};
use super::detector::Detector;
use crate::aberration::ears::{Ears, EarsMethod};
use crate::aberration::flexible::Flexible;
use crate::aberration::moving_percentile::MovingPercentile;
use crate::aberration::reference_set::ReferenceSet;
use crate::{Probability, Refusal};

/// Why a method was taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// The user named it.
    Asked,
    /// Every case counts.
    EveryCase,
    /// Years of weeks: season, level and trend can be told apart.
    YearsOfWeeks {
        /// Whole years of history.
        years: usize,
    },
    /// Years of days: the same weeks of earlier years can be compared.
    YearsOfDays {
        /// Whole years of history.
        years: usize,
    },
    /// A short history with few cases.
    ShortAndLow {
        /// Mean count of the recent steps.
        mean: f64,
    },
    /// A short history with enough cases.
    ShortAndSteady {
        /// Mean count of the recent steps.
        mean: f64,
    },
}

/// Recent steps by which level and zeros are judged.
const RECENT: usize = 13;
/// Below this mean, counts are low: a normal limit would ring too often.
const LOW: f64 = 3.0;

/// Which method fits the series, and why?
///
/// * Weeks, three years or more: Farrington flexible with as many years as there are, five at most.
/// * Days, three years or more: the moving percentile.
/// * Shorter, with a mean below 3 or mostly zeros: Bayes on the six steps before.
/// * Shorter, with more cases: EARS C2 with a standard deviation of at least ½.
///
/// # Errors
/// [`Refusal::SeriesTooShort`] for fewer than 10 steps.
pub fn choose(series: &Series) -> Result<(Detector, Reason), Refusal> {
    let have = series.counts.len();
    let before = have.saturating_sub(1);
    match series.step {
        Step::Week => {
            // A leap week and the weeks around the earliest season must exist too.
            let years = before.saturating_sub(6) / 53;
            if years >= 3 {
                let years = years.min(5);
                return Ok((
                    Detector::Flexible(Flexible { years, ..Flexible::noufaily() }),
                    Reason::YearsOfWeeks { years },
                ));
            }
        }
        Step::Day => {
            let years = before.saturating_sub(21) / 366;
            if let Some(settings) = MovingPercentile::national(series.calendar()).filter(|_| years >= 3) {
                let years = years.min(5);
                let detector = Detector::MovingPercentile(MovingPercentile { years, ..settings });
                return Ok((detector, Reason::YearsOfDays { years }));
            }
        }
    }
    if have < 10 {
        return Err(Refusal::SeriesTooShort { have, need: 10 });
    }
    let recent: Vec<f64> =
        series.counts[before.saturating_sub(RECENT)..before].iter().copied().filter(|c| !c.is_nan()).collect();
    let mean = recent.iter().sum::<f64>() / (recent.len() as f64).max(1.0);
    let zeros = recent.iter().filter(|c| **c == 0.0).count();
    if mean < LOW || 2 * zeros > recent.len() {
        let set = ReferenceSet { years: 0, half_window: 6, this_year: true, period: 52 };
        let detector = Detector::Bayes { set, alpha: Probability::ONE_PERCENT };
        return Ok((detector, Reason::ShortAndLow { mean }));
    }
    let settings = Ears { min_sigma: 0.5, ..Ears::published(EarsMethod::C2) };
    Ok((Detector::Ears(settings), Reason::ShortAndSteady { mean }))
}
