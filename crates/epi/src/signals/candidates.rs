use crate::Probability;
use crate::aberration::ears::{Ears, EarsMethod};
use crate::aberration::farrington::Farrington;
use crate::aberration::flexible::Flexible;
use crate::aberration::moving_percentile::MovingPercentile;
use crate::aberration::reference_set::ReferenceSet;
use crate::assess::clean::{Series, Step};
use crate::assess::detector::Detector;

/// Levels that are tried.
const LEVELS: [Probability; 4] = [
    Probability::FIVE_PERCENT,
    Probability::TWO_AND_A_HALF_PERCENT,
    Probability::ONE_PERCENT,
    Probability::ONE_PER_MILLE,
];

/// Which detectors are worth a back-test on this series?
///
/// Methods on the steps just before (EARS C1 to C3, Bayes) at four levels; for as many years as there are, five at most: the moving
/// percentile at P50 to P95, historical limits, and for weeks Farrington 1996 and flexible at four levels. What the history is too
/// short for is left out: half of it remains to be judged.
pub fn candidates(series: &Series) -> Vec<Detector> {
    let n = series.counts.len();
    let mut all = Vec::new();
    for alpha in LEVELS {
        for method in [EarsMethod::C1, EarsMethod::C2, EarsMethod::C3] {
            all.push(Detector::Ears(Ears { alpha, min_sigma: 0.5, ..Ears::published(method) }));
        }
        let set = ReferenceSet { years: 0, half_window: 6, this_year: true, period: 52 };
        all.push(Detector::Bayes { set, alpha });
    }
    for years in [3, 5] {
        all.extend(percentiles(series, years));
        all.push(Detector::HistoricalLimits { years });
        if series.step == Step::Week {
            for alpha in LEVELS {
                all.push(Detector::Farrington(Farrington { years, alpha, ..Farrington::default() }));
                all.push(Detector::Flexible(Flexible { years, alpha, ..Flexible::noufaily() }));
            }
        }
    }
    all.retain(|detector| detector.reach(series) * 2 <= n);
    all
}

fn percentiles(series: &Series, years: usize) -> Vec<Detector> {
    let Some(national) = MovingPercentile::national(series.calendar()) else {
        return Vec::new();
    };
    let shares = (50..=95).step_by(5).filter_map(|p| Probability::new("percentile", f64::from(p) / 100.0).ok());
    shares
        .map(|percentile| Detector::MovingPercentile(MovingPercentile { percentile, years, ..national.clone() }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(step: Step, n: usize) -> Series {
        Series { first: jiff::civil::date(2015, 1, 5), step, counts: vec![2.0; n], notes: Vec::new() }
    }

    #[test]
    fn a_short_history_tries_the_steps_just_before_and_a_long_one_the_years() {
        let short = candidates(&series(Step::Week, 40));
        assert_eq!(short.len(), 16);
        assert!(short.iter().all(|d| matches!(d, Detector::Ears(_) | Detector::Bayes { .. })));
        let long = candidates(&series(Step::Week, 12 * 53));
        assert!(long.len() > 16 + 2 * (10 + 1 + 8) - 1, "{}", long.len());
        let days = candidates(&series(Step::Day, 12 * 366));
        assert!(!days.iter().any(|d| matches!(d, Detector::Farrington(_) | Detector::Flexible(_))));
        assert!(days.iter().any(|d| matches!(d, Detector::MovingPercentile(m) if m.years == 5)));
    }
}
