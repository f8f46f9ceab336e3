//! Is this more than usual? One file per method; each says in its first line whom it answers and how.
//!
//! Counts come as slices in equal steps with `NaN` for what is unknown; points are places in the slice, from 0.

/// Bayes.
pub mod bayes;
/// How years are found back in a series.
pub mod calendar;
/// CDC's four weeks.
pub mod cdc;
/// Cumulative sums.
pub mod cusum;
/// EARS C1, C2, C3.
pub mod ears;
/// Farrington 1996.
pub mod farrington;
/// A fixed number of cases rings.
pub mod fixed;
/// Farrington flexible.
pub mod flexible;
/// Likelihood ratio charts.
pub mod glr;
/// Historical limits.
pub mod historical_limits;
mod log_fit;
/// Moving percentile.
pub mod moving_percentile;
/// OutbreakP.
pub mod outbreak_p;
/// Reference weeks of the simple methods.
pub mod reference_set;
/// Robert Koch Institute.
pub mod rki;
/// Rogerson's cumulative sum with a moving expectation.
pub mod rogerson;
/// Rolling sums.
pub mod rolling;
mod run_lengths;
/// Space-time surveillance event by event.
pub mod stcd;
mod windows;

pub use calendar::Calendar;

/// Smallest number of cases in the most recent steps below which nothing rings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EnoughCases {
    /// So many cases.
    pub cases: f64,
    /// In so many steps, the current one included.
    pub steps: usize,
}

impl EnoughCases {
    /// Five cases in four weeks.
    ///
    /// Source: Farrington C.P. et al., J R Stat Soc A 1996;159:547–63.
    pub const FIVE_IN_FOUR: EnoughCases = EnoughCases { cases: 5.0, steps: 4 };

    /// Whether there are; unknown counts keep it unknown.
    pub(crate) fn met(self, counts: &[f64], at: usize) -> Option<bool> {
        let from = (at + 1).saturating_sub(self.steps);
        let sum: f64 = counts[from..=at].iter().sum();
        (!sum.is_nan()).then_some(sum >= self.cases)
    }
}

/// A number, or `None` where there is none.
pub(crate) fn known(x: f64) -> Option<f64> {
    x.is_finite().then_some(x)
}
