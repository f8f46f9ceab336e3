//! Any bytes as a series, and what must hold of its assessment. The fuzz target and a property test share it.

use jiff::ToSpan;
use jiff::civil::date;
use lianfang_epi::Probability;
use lianfang_epi::aberration::ears::{Ears, EarsMethod};
use lianfang_epi::aberration::farrington::Farrington;
use lianfang_epi::aberration::flexible::Flexible;
use lianfang_epi::aberration::reference_set::ReferenceSet;
use lianfang_epi::assess::clean::{Dated, Step};
use lianfang_epi::assess::detector::Detector;
use lianfang_epi::assess::{Settings, assess};

/// A method or none, by a number.
fn detector(choice: u8) -> Option<Detector> {
    let set = ReferenceSet {
        years: usize::from(choice / 16 % 3),
        half_window: 3,
        this_year: choice.is_multiple_of(2),
        period: 52,
    };
    match choice % 10 {
        0 => Some(Detector::Fixed { limit: 1.0 }),
        1 => Some(Detector::Ears(Ears::published(EarsMethod::C1))),
        2 => Some(Detector::Ears(Ears::published(EarsMethod::C3))),
        3 => Some(Detector::Bayes { set, alpha: Probability::FIVE_PERCENT }),
        4 => Some(Detector::Cdc { years: 2, alpha: Probability::FIVE_PERCENT }),
        5 => Some(Detector::HistoricalLimits { years: 1 }),
        6 => Some(Detector::Farrington(Farrington { years: 2, ..Farrington::default() })),
        7 => Some(Detector::Flexible(Flexible { years: 1, ..Flexible::noufaily() })),
        _ => None,
    }
}

/// A count: unknown, negative, fractional, enormous or usual.
fn count(byte: u8) -> Option<f64> {
    match byte {
        255 => None,
        254 => Some(f64::NAN),
        253 => Some(f64::INFINITY),
        252 => Some(-1.0),
        251 => Some(1e12),
        250 => Some(2.5),
        b => Some(f64::from(b % 50)),
    }
}

/// Panics if a number is not a number, or an alarm does not follow from its threshold.
pub(crate) fn check(bytes: &[u8]) {
    let [choice, step, shape, counts @ ..] = bytes else { return };
    let step = if step.is_multiple_of(2) { Step::Day } else { Step::Week };
    let mut on = date(2012, 2, 20);
    let mut rows = Vec::new();
    for (index, &byte) in counts.iter().enumerate() {
        rows.push(Dated { on, count: count(byte) });
        // Now and then a gap, a repeated date, a step back or an odd day.
        let days = match (u32::from(byte) * 31 + index as u32 + u32::from(*shape)) % 97 {
            0 => 3 * step.days(),
            1 if shape.is_multiple_of(4) => 0,
            2 if shape % 4 == 1 => 1,
            3 if shape % 4 == 2 => -2 * step.days(),
            _ => step.days(),
        };
        on = on.checked_add(days.days()).unwrap_or(on);
    }
    let settings =
        Settings { step, as_of: date(2040, 1, 1), detector: detector(*choice), every_case: choice.is_multiple_of(7) };
    match assess(&rows, &settings) {
        Ok(found) => {
            let numbers = [Some(found.observed), found.expected, found.threshold, found.score, found.p];
            assert!(numbers.iter().flatten().all(|x| x.is_finite()), "{found:?}");
            assert!(found.p.is_none_or(|p| (0.0..=1.0).contains(&p)), "{found:?}");
            assert!(found.observed >= 0.0 && found.window_from <= found.on, "{found:?}");
            if let (Some(true), Some(threshold)) = (found.alarm, found.threshold) {
                assert!(found.observed >= threshold, "{found:?}");
            }
            assert!(!found.words_zh().contains("NaN") && !found.words_en().contains("NaN"));
        }
        Err(refusal) => assert!(!refusal.message_zh().is_empty() && !refusal.message_en().is_empty()),
    }
}
