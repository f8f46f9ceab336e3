//! One row per method and case, with the measured time of the reference implementation.

use std::hint::black_box;

use lianfang_epi::Probability;
use lianfang_epi::aberration::Calendar;
use lianfang_epi::aberration::bayes::bayes;
use lianfang_epi::aberration::cdc::cdc;
use lianfang_epi::aberration::cusum::{Cusum, cusum};
use lianfang_epi::aberration::ears::{Ears, EarsMethod, ears};
use lianfang_epi::aberration::farrington::{Farrington, farrington};
use lianfang_epi::aberration::flexible::{Flexible, flexible};
use lianfang_epi::aberration::glr::{Change, Direction, Glr, InControl, glr, in_control};
use lianfang_epi::aberration::outbreak_p::outbreak_p;
use lianfang_epi::aberration::reference_set::ReferenceSet;
use lianfang_epi::aberration::rki::rki;
use lianfang_epi::aberration::rogerson::{Rogerson, decision, rogerson};
use lianfang_epi::aberration::stcd::{Event, Stcd, stcd};
use lianfang_epi::number::chance::Stream;

mod spread;

/// A row of the table: what runs once is one series of the reference.
pub(crate) struct Row {
    pub(crate) name: String,
    /// Microseconds of the reference for the same work.
    pub(crate) reference: f64,
    pub(crate) goal: f64,
    pub(crate) run: Box<dyn FnMut()>,
}

pub(crate) fn row(name: &str, reference_ms: f64, goal: f64, run: impl FnMut() + 'static) -> Row {
    Row { name: name.to_owned(), reference: reference_ms * 1000.0, goal, run: Box::new(run) }
}

pub(crate) fn all() -> Vec<Row> {
    let mut rows = windows();
    rows.extend(charts());
    rows.extend(spread::rows());
    rows
}

/// Weeks with season and a few outbreaks.
pub(crate) fn series(weeks: usize, level: f64) -> Vec<f64> {
    let mut stream = Stream::new("series", 3);
    (0..weeks)
        .map(|t| {
            let season = 1.0 + 0.5 * (t as f64 * std::f64::consts::TAU / 52.0).sin();
            stream.negative_binomial(level * season, 5.0)
        })
        .collect()
}

fn windows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (method, ms) in [(EarsMethod::C1, 9.0), (EarsMethod::C2, 8.8), (EarsMethod::C3, 13.9)] {
        let counts = series(412, 6.0);
        let settings = Ears::published(method);
        rows.push(row(&format!("EARS {method:?}, 405 weeks"), ms, 100.0, move || {
            black_box(ears(black_box(&counts), 7..412, &settings)).ok();
        }));
    }
    let counts = series(416, 6.0);
    rows.push(row("Farrington 1996, 153 weeks", 736.0, 100.0, move || {
        black_box(farrington(black_box(&counts), Calendar::Cycle(52), 263..416, &Farrington::default())).ok();
    }));
    for (name, settings, ms, goal) in [
        ("Farrington flexible, defaults, 153 weeks", Flexible::default(), 1590.0, 300.0),
        ("Farrington flexible, ten periods, 153 weeks", Flexible::noufaily(), 1820.0, 100.0),
    ] {
        let counts = series(417, 6.0);
        rows.push(row(name, ms, goal, move || {
            black_box(flexible(black_box(&counts), None, Calendar::Cycle(52), 264..417, &settings)).ok();
        }));
    }
    let counts = series(364, 6.0);
    let set = ReferenceSet { years: 1, half_window: 6, this_year: true, period: 52 };
    rows.push(row("Bayes, one year, 312 weeks", 3.8, 100.0, move || {
        black_box(bayes(black_box(&counts), 58..364, &set, Probability::FIVE_PERCENT)).ok();
    }));
    let counts = series(405, 6.0);
    let set = ReferenceSet { years: 2, half_window: 4, this_year: false, period: 52 };
    rows.push(row("RKI, two years, 297 weeks", 6.4, 100.0, move || {
        black_box(rki(black_box(&counts), 108..405, &set)).ok();
    }));
    let counts = series(420, 6.0);
    rows.push(row("CDC, five years, 145 weeks", 62.0, 100.0, move || {
        black_box(cdc(black_box(&counts), 275..420, 5, 52, Probability::TWO_AND_A_HALF_PERCENT)).ok();
    }));
    rows
}

fn charts() -> Vec<Row> {
    let mut rows = Vec::new();
    let counts = series(312, 6.0);
    let expected = vec![6.0; 312];
    let (c, e) = (counts.clone(), expected.clone());
    rows.push(row("CUSUM, Rossi, known mean, 312 weeks", 0.35, 100.0, move || {
        black_box(cusum(black_box(&c), &e, &Cusum::ROSSI)).ok();
    }));
    let fitted = InControl { harmonics: 1, trend: true, period: 52.0, alpha: 0.0 };
    let long = series(416, 6.0);
    let (l, calm) = (
        long.clone(),
        Glr { change: Change::Level { direction: Direction::Up }, threshold: 5.0, alpha: 0.0, window: None },
    );
    rows.push(row("GLR Poisson with its fit, 312 weeks", 6.7, 100.0, move || {
        if let Ok(mean) = in_control(black_box(&l), 104, &fitted) {
            black_box(glr(&l[104..], &mean[104..], 0.0, &calm)).ok();
        }
    }));
    let overdispersed = InControl { alpha: 0.2, ..fitted };
    let l = long.clone();
    let nb = Glr { alpha: 0.2, ..calm };
    rows.push(row("GLR negative binomial with its fit, 312 weeks", 246.0, 100.0, move || {
        if let Ok(mean) = in_control(black_box(&l), 104, &overdispersed) {
            black_box(glr(&l[104..], &mean[104..], 0.0, &nb)).ok();
        }
    }));
    let known = Glr { change: Change::Known { theta: 0.5 }, ..calm };
    rows.push(row("LR Poisson with its fit, 312 weeks", 5.3, 100.0, move || {
        if let Ok(mean) = in_control(black_box(&long), 104, &fitted) {
            black_box(glr(&long[104..], &mean[104..], 0.0, &known)).ok();
        }
    }));
    for (n, ms) in [(104, 23.0), (416, 365.0)] {
        let counts = series(n, 6.0);
        rows.push(row(&format!("OutbreakP, {n} weeks"), ms, 100.0, move || {
            black_box(outbreak_p(black_box(&counts))).ok();
        }));
    }
    let decisions: Vec<_> = decision(6.0, 0.5, 500.0).map(|d| vec![d; 312]).unwrap_or_default();
    rows.push(row("Rogerson, 312 weeks", 21.0, 100.0, move || {
        let settings = Rogerson { fast_start: false, limit: Some(0.5), h: decisions[0].h };
        black_box(rogerson(black_box(&counts), &decisions, &settings)).ok();
    }));
    rows.push(row("Rogerson, one decision interval", 13.0, 100.0, || {
        black_box(decision(black_box(2.0), 0.5, 500.0)).ok();
    }));
    for (n, ms) in [(200, 3.0), (800, 115.0)] {
        let mut stream = Stream::new("events", 1);
        let events: Vec<Event> = (0..n).map(|_| Event { x: stream.uniform(), y: stream.uniform() }).collect();
        rows.push(row(&format!("Space-time events, {n}"), ms, 100.0, move || {
            black_box(stcd(black_box(&events), &Stcd { radius: 0.1, epsilon: 0.2, cusum: true })).ok();
        }));
    }
    rows
}
