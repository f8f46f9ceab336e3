//! Fast versions beside the plain ones that follow the definition word by word.

use lianfang_epi::aberration::Calendar;
use lianfang_epi::aberration::farrington::{Farrington, farrington};
use lianfang_epi::aberration::flexible::{Flexible, flexible};
use lianfang_epi::aberration::outbreak_p::outbreak_p;
use lianfang_epi::number::regress::{Design, log_counts};
use lianfang_epi::transmission::cori::{Incidence, infectiousness};
use lianfang_epi::transmission::serial_interval::SerialInterval;
use proptest::prelude::*;

/// The regression with one column per level of the season, solved as any other.
fn dense_mean(counts: &[f64], at: usize, levels: usize, half: usize, past: usize) -> Option<f64> {
    let (mut rows, mut values) = (Vec::new(), Vec::new());
    let row = |t: usize, level: usize| {
        let mut row = vec![0.0; levels + 1];
        row[level] = 1.0;
        row[levels] = t as f64 / 52.0;
        row
    };
    for year in (1..=5).rev() {
        let (here, next) = (at - 52 * year, at - 52 * (year - 1));
        let gap: Vec<usize> = (here + half + 1..next - half).collect();
        let length = gap.len();
        let blocks = levels - 1;
        for t in (here - half..=here + half).filter(|t| *t < at - past) {
            rows.push(row(t, levels - 1));
            values.push(counts.get(t).copied()?);
        }
        for (index, &t) in gap.iter().enumerate().filter(|(_, t)| **t < at - past) {
            // The first blocks are longer by one where the gap does not divide.
            let mut level = 0;
            let mut end = 0;
            for b in 0..blocks {
                end += length / blocks + usize::from(b < length % blocks);
                if index < end {
                    level = b;
                    break;
                }
            }
            rows.push(row(t, level));
            values.push(counts[t]);
        }
    }
    let b = log_counts(&Design::from_rows(rows), &values, 0.0)?;
    Some((b[levels - 1] + b[levels] * at as f64 / 52.0).exp())
}

fn plain_outbreak_p(counts: &[f64]) -> f64 {
    let mean = counts.iter().sum::<f64>() / counts.len() as f64;
    // Least squares under the order: every value is the largest of the smallest means around it.
    let average = |a: usize, b: usize| counts[a..=b].iter().sum::<f64>() / (b - a + 1) as f64;
    let n = counts.len();
    let fitted = |j: usize| {
        (0..=j).map(|a| (j..n).map(|b| average(a, b)).fold(f64::INFINITY, f64::min)).fold(f64::NEG_INFINITY, f64::max)
    };
    let part = |j: usize| if counts[j] > 0.0 { counts[j] * (fitted(j) / mean).ln() } else { 0.0 };
    (0..n).map(part).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_arrow_shaped_fit_equals_the_dense_one(counts in prop::collection::vec(1_u32..40, 300)) {
        let counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
        let settings = Flexible { reweight: None, ..Flexible::noufaily() };
        let point = flexible(&counts, None, Calendar::Cycle(52), 299..300, &settings).unwrap()[0];
        if point.trend.is_some() {
            let dense = dense_mean(&counts, 299, 10, 3, 26).unwrap();
            let fast = point.expected.unwrap();
            prop_assert!((fast / dense - 1.0).abs() < 1e-8, "{fast} {dense}");
        }
    }

    #[test]
    fn outbreak_p_equals_the_max_min_formula(counts in prop::collection::vec(0_u32..30, 1..40)) {
        let counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
        if counts.iter().sum::<f64>() > 0.0 {
            let fast = *outbreak_p(&counts).unwrap().last().unwrap();
            prop_assert!((fast - plain_outbreak_p(&counts)).abs() < 1e-8 * fast.max(1.0));
        }
    }

    #[test]
    fn infectiousness_equals_the_double_sum(counts in prop::collection::vec(0_u32..50, 1..60), mean in 1.5_f64..9.0) {
        let local: Vec<f64> = counts.into_iter().map(f64::from).collect();
        let imported = vec![1.0; local.len()];
        let si = SerialInterval::discretised(mean, 2.0, 25).unwrap();
        let fast = infectiousness(&Incidence { local: &local, imported: &imported }, &si);
        for (t, value) in fast.iter().enumerate() {
            let slow: f64 = (1..=t).filter(|k| *k < 25).map(|k| (local[t - k] + 1.0) * si.weights()[k]).sum();
            prop_assert!((value - slow).abs() < 1e-10 * slow.max(1.0));
        }
    }

    /// More cases now never make an alarm go away, and never change what was expected.
    #[test]
    fn thresholds_do_not_depend_on_the_current_week(counts in prop::collection::vec(0_u32..25, 290), more in 1_u32..90) {
        let mut counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
        let judge = |c: &[f64]| farrington(c, Calendar::Cycle(52), 289..290, &Farrington::default()).unwrap()[0];
        let before = judge(&counts);
        counts[289] += f64::from(more);
        let after = judge(&counts);
        prop_assert_eq!(before.upper, after.upper);
        prop_assert!(before.alarm <= after.alarm);
    }
}
