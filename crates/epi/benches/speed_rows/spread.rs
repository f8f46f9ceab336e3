//! Reproduction numbers, nowcasts and scans.

use std::hint::black_box;

use jiff::ToSpan;
use jiff::civil::date;
use lianfang_epi::Probability;
use lianfang_epi::now::nowcast::{DelayDays, Nowcast, NowcastMethod, Variant, nowcast};
use lianfang_epi::now::triangle::Triangle;
use lianfang_epi::number::chance::Stream;
use lianfang_epi::scan::cluster::{Baseline, CaseTable, Scan, scan};
use lianfang_epi::scan::zones::{Place, ZoneLimit, Zones};
use lianfang_epi::transmission::cori::{Incidence, Prior, cori, with_normal};
use lianfang_epi::transmission::serial_interval::SerialInterval;
use lianfang_epi::transmission::uncertain::{Truncated, cori_uncertain, intervals};
use lianfang_epi::transmission::wallinga_teunis::wallinga_teunis;

use super::{Row, row, series};

const READ: [f64; 7] = [0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975];

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = reproduction();
    rows.extend(nowcasts());
    rows.extend(scans());
    rows
}

/// All windows with mean, standard deviation and seven quantiles.
fn read_all(local: &[f64], imported: &[f64], si: &SerialInterval) -> f64 {
    let at = with_normal(READ);
    let points = cori(&Incidence { local, imported }, si, 7, Prior::WIDE).unwrap_or_default();
    points.iter().filter_map(|p| p.posterior).map(|p| p.mean() + p.sd() + p.quantiles(&at)[6]).sum()
}

fn reproduction() -> Vec<Row> {
    let mut rows = Vec::new();
    let given = [0.0, 0.233, 0.359, 0.198, 0.103, 0.053, 0.027, 0.014, 0.007, 0.003, 0.002, 0.001];
    for (days, given_ms, parametric_ms) in [(32, 8.3, 9.9), (48, 12.0, 12.5), (107, 26.0, 30.0), (365, 95.0, 139.0)] {
        let (local, imported) = (series(days, 8.0), vec![0.0; days]);
        let (l, i) = (local.clone(), imported.clone());
        let si = SerialInterval::from_weights(given.to_vec()).ok();
        if days < 365 {
            rows.push(row(&format!("R by Cori, interval given, {days} days"), given_ms, 100.0, move || {
                black_box(si.as_ref().map(|si| read_all(black_box(&l), &i, si)));
            }));
        }
        rows.push(row(&format!("R by Cori, gamma interval, {days} days"), parametric_ms, 100.0, move || {
            let si = SerialInterval::discretised(black_box(2.6), 1.5, days);
            black_box(si.map(|si| read_all(&local, &imported, &si))).ok();
        }));
    }
    for (days, ms) in [(32, 3060.0), (48, 3490.0), (107, 9610.0)] {
        let (local, imported) = (series(days, 8.0), vec![0.0; days]);
        rows.push(row(&format!("R by Cori, uncertain interval, {days} days"), ms, 100.0, move || {
            let mean = Truncated { mean: 2.6, sd: 0.3, min: 1.6, max: 3.6 };
            let sd = Truncated { mean: 1.5, sd: 0.2, min: 1.0, max: 2.0 };
            let all = intervals(&mean, &sd, days, 8).unwrap_or_default();
            let incidence = Incidence { local: black_box(&local), imported: &imported };
            let points = cori_uncertain(&incidence, &all, 7, Prior::WIDE).unwrap_or_default();
            let read = |m: lianfang_epi::transmission::uncertain::Mixture| READ.map(|p| m.quantile(p));
            black_box(points.into_iter().filter_map(|p| p.mixture.map(read)).count());
        }));
    }
    for (days, ms) in [(32, 63.0), (48, 173.0), (107, 838.0)] {
        let counts = series(days, 5.0);
        let si = SerialInterval::discretised(2.6, 1.5, 30).ok();
        rows.push(row(&format!("R by Wallinga and Teunis with intervals, {days} days"), ms, 100.0, move || {
            let level = Probability::FIVE_PERCENT;
            black_box(si.as_ref().map(|si| wallinga_teunis(black_box(&counts), si, 7, level)));
        }));
    }
    rows
}

fn nowcasts() -> Vec<Row> {
    let mut stream = Stream::new("reports", 1);
    let first = date(2026, 5, 7);
    let mut cases = Vec::new();
    for day in 0..=23_i64 {
        for _ in 0..stream.poisson(25.0) as usize {
            let delay = (stream.gamma(3.0, 2.0) as i64).min(15);
            cases.push((first + day.days(), first + (day + delay).days()));
        }
    }
    let triangle = Triangle::from_cases(&cases, first + 23.days(), 15).ok();
    let methods = [
        ("Nowcast by Lawless", NowcastMethod::Lawless(Variant::Corrected), 23.0),
        ("Nowcast, Bayes, untruncated", NowcastMethod::BayesUntruncated, 38.0),
        ("Nowcast, Bayes, truncated", NowcastMethod::BayesTruncated { mean: 20.0, variance: 900.0 }, 421.0),
    ];
    methods
        .into_iter()
        .map(|(name, method, ms)| {
            let triangle = triangle.clone();
            let settings = Nowcast {
                method,
                window: None,
                days: DelayDays::SinceWindow,
                kappa: 0.1,
                level: Probability::FIVE_PERCENT,
                most: 300,
            };
            row(&format!("{name}, 23 days"), ms, 100.0, move || {
                black_box(triangle.as_ref().map(|t| nowcast(black_box(t), &settings)));
            })
        })
        .collect()
}

fn scans() -> Vec<Row> {
    // The spatial ones have as many places and cases as the data of the reference, and circles up to half the people.
    let cases = [
        ("Scan, permutation, 40 places × 30 days, 999 replicates", 40, 30, 12, 999, 1.0, 960.0),
        ("Scan, Poisson, 60 places × 45 days, 999 replicates", 60, 45, 17, 999, 1.0, 5200.0),
        ("Scan, permutation, 200 places × 60 days, 99 replicates", 200, 60, 48, 99, 1.0, 10_700.0),
        ("Scan, spatial Poisson, 67 places, 999 replicates", 67, 1, 33, 999, 10_279.0 / 67.0, 170.0),
        ("Scan, spatial Poisson, 281 places, 999 replicates", 281, 1, 140, 999, 592.0 / 281.0, 830.0),
    ];
    cases
        .into_iter()
        .map(|(name, places, days, nearest, replicates, level, ms)| {
            let shuffled = name.contains("permutation");
            let mut stream = Stream::new("places", 1);
            let at: Vec<Place> =
                (0..places).map(|_| Place::Plane { x: stream.uniform(), y: stream.uniform() }).collect();
            let zones = Zones::circles(&at, &vec![1.0; places], ZoneLimit::Nearest(nearest)).ok();
            let rows: Vec<Vec<u32>> =
                (0..places).map(|_| (0..days).map(|_| stream.poisson(level) as u32).collect()).collect();
            let table = CaseTable::new(&rows).ok();
            let baseline =
                if shuffled { Baseline::Permutation } else { Baseline::Poisson { people: vec![1.0; places * days] } };
            let plan = Scan {
                baseline,
                longest: days,
                retrospective: false,
                replicates,
                stop_after: None,
                clusters: 3,
                every_days: 1.0,
            };
            row(name, ms, 50.0, move || {
                if let (Some(zones), Some(table)) = (&zones, &table) {
                    black_box(scan(black_box(table), zones, &plan, &Stream::new("scan", 1))).ok();
                }
            })
        })
        .collect()
}
