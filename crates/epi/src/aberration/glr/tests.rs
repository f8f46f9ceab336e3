use super::*;
use crate::number::chance::Stream;

/// Every start looked at one by one.
fn slow_level(counts: &[f64], expected: &[f64], alpha: f64, direction: Direction, threshold: f64) -> Vec<f64> {
    let mut begin = 0;
    (0..counts.len())
        .map(|n| {
            let ratio = |k: usize| {
                if alpha == 0.0 {
                    let (s, a): (f64, f64) = (counts[k..=n].iter().sum(), expected[k..=n].iter().sum());
                    return level_ratio(s, a, direction);
                }
                let fall = direction == Direction::Down;
                let curve = |i: usize| Curve::Level { cases: counts[i], expected: expected[i], alpha, fall };
                best(&(k..=n).map(curve).collect::<Vec<_>>(), 0.5)
            };
            let top = (begin..=n).map(ratio).fold(0.0, f64::max);
            if top >= threshold {
                begin = n + 1;
            }
            top
        })
        .collect()
}

fn simulated(seed: u64) -> (Vec<f64>, Vec<f64>) {
    let mut stream = Stream::new("glr", seed);
    let expected: Vec<f64> = (0..150).map(|t| 4.0 + 3.0 * (f64::from(t) / 8.0).sin()).collect();
    let counts = expected.iter().enumerate().map(|(t, m)| stream.poisson(if t > 90 { 1.6 * m } else { *m })).collect();
    (counts, expected)
}

#[test]
fn pruned_charts_equal_the_search_over_every_start() {
    for seed in 0..20 {
        let (counts, expected) = simulated(seed);
        let cases = [(0.0, Direction::Up), (0.0, Direction::Down), (0.15, Direction::Up), (0.15, Direction::Down)];
        for (alpha, direction) in cases {
            let settings = Glr { change: Change::Level { direction }, threshold: 6.0, alpha, window: None };
            let fast = glr(&counts, &expected, 0.0, &settings).unwrap();
            let slow = slow_level(&counts, &expected, alpha, direction, 6.0);
            for (t, (f, s)) in fast.iter().zip(slow).enumerate() {
                assert!((f.ratio - s).abs() < 1e-8 * s.max(1.0), "seed {seed} α {alpha} t {t}: {} {s}", f.ratio);
            }
        }
    }
}

#[test]
fn a_known_change_rings_at_the_count_it_names() {
    let settings = Glr { change: Change::Known { theta: 0.5 }, threshold: 4.0, alpha: 0.2, window: None };
    let cases = glr(&[3.0, 2.0, 0.0], &[2.0; 3], 0.0, &settings).unwrap()[2].cases.unwrap();
    let alarm = |x: f64| glr(&[3.0, 2.0, x], &[2.0; 3], 0.0, &settings).unwrap()[2].alarm;
    assert!(alarm(cases + 1e-9) && !alarm(cases - 1e-9));
}

#[test]
fn a_fall_of_overdispersed_counts_has_the_ratio_of_a_search_over_sizes() {
    let (counts, expected, alpha) = ([2.0, 0.0, 1.0, 0.0, 0.0], [5.0, 6.0, 5.0, 4.0, 5.0], 0.3);
    let change = Change::Level { direction: Direction::Down };
    let settings = Glr { change, threshold: 50.0, alpha, window: None };
    let found = glr(&counts, &expected, 0.0, &settings).unwrap();
    for (n, point) in found.iter().enumerate() {
        let ratio = |k: usize, kappa: f64| -> f64 {
            let part = |i: usize| {
                let size = counts[i] + 1.0 / alpha;
                kappa * counts[i]
                    - size * ((1.0 + alpha * expected[i] * kappa.exp()) / (1.0 + alpha * expected[i])).ln()
            };
            (k..=n).map(part).sum()
        };
        let sizes = (0..60_000).map(|s| -f64::from(s) * 1e-3);
        let plain = sizes.flat_map(|kappa| (0..=n).map(move |k| (k, kappa))).map(|(k, kappa)| ratio(k, kappa));
        let plain = plain.fold(0.0, f64::max);
        assert!((point.ratio - plain).abs() < 1e-6, "{n}: {} {plain}", point.ratio);
    }
}

#[test]
fn a_chart_fitted_again_is_as_if_each_pass_were_run_by_hand() {
    let (counts, _) = simulated(4);
    let model = InControl { harmonics: 0, trend: false, period: 50.0, alpha: 0.0 };
    let change = Change::Level { direction: Direction::Up };
    let settings = Glr { change, threshold: 3.0, alpha: 0.0, window: None };
    let (means, judged) = glr_refitted(&counts, 40..150, &model, &settings).unwrap();
    let first = judged.iter().position(|p| p.alarm).unwrap();
    let plain = |past: &[f64]| past.iter().sum::<f64>() / past.len() as f64;
    assert!((means[first] - plain(&counts[..40])).abs() < 1e-9);
    assert!((means[first + 1] - plain(&counts[..41 + first])).abs() < 1e-9);
    let again = glr(&counts[41 + first..], &vec![means[first + 1]; 109 - first], 0.0, &settings).unwrap();
    let next = again.iter().position(|p| p.alarm).unwrap();
    assert_eq!(judged[first + 1..=first + 1 + next], again[..=next]);
}

#[test]
fn the_least_count_that_rings_does_and_one_less_does_not() {
    let (counts, expected) = simulated(9);
    let both = [
        (Change::Level { direction: Direction::Up }, 0.0),
        (Change::Epidemic, 0.0),
        (Change::Level { direction: Direction::Up }, 0.2),
    ];
    for (change, alpha) in both {
        let settings = Glr { change, threshold: 4.0, alpha, window: None };
        let least = least_cases(&counts[..30], &expected[..30], 3.0, 1000, &settings).unwrap();
        for (t, x) in least.iter().enumerate().filter_map(|(t, x)| x.map(|x| (t, x))) {
            let rings = |x: f64| {
                let mut changed = counts[..=t].to_vec();
                changed[t] = x;
                glr(&changed, &expected[..=t], 3.0, &settings).unwrap()[t].alarm
            };
            assert!(rings(x) && (x == 0.0 || !rings(x - 1.0)), "{change:?} {t} {x}");
        }
    }
}

#[test]
fn unknown_counts_of_the_past_are_left_out_of_the_mean() {
    let (mut counts, _) = simulated(2);
    for at in [0, 7, 8, 31, 59] {
        counts[at] = f64::NAN;
    }
    let model = InControl { harmonics: 0, trend: false, period: 50.0, alpha: 0.0 };
    let known: Vec<f64> = counts[..60].iter().copied().filter(|x| !x.is_nan()).collect();
    let plain = known.iter().sum::<f64>() / known.len() as f64;
    for alpha in [0.0, 0.2] {
        let mean = in_control(&counts, 60, &InControl { alpha, ..model }).unwrap();
        assert!(mean.len() == 150 && mean.iter().all(|m| (m - plain).abs() < 1e-6), "{mean:?} {plain}");
    }
    // With season and trend the cases fitted in each known step, weighted by its column, are as many as there were.
    let model = InControl { harmonics: 1, trend: true, ..model };
    let mean = in_control(&counts, 60, &model).unwrap();
    let columns: [fn(f64) -> f64; 4] =
        [|_| 1.0, |t| t, |t| (std::f64::consts::TAU * t / 50.0).sin(), |t| (std::f64::consts::TAU * t / 50.0).cos()];
    for column in columns {
        let past = (0..60).filter(|&t| !counts[t].is_nan());
        let missing: f64 = past.map(|t| (counts[t] - mean[t]) * column(t as f64 + 1.0)).sum();
        assert!(missing.abs() < 1e-3, "{missing}");
    }
    let few: Vec<f64> = counts.iter().enumerate().map(|(t, x)| if t < 56 { f64::NAN } else { *x }).collect();
    assert_eq!(in_control(&few, 60, &model), Err(Refusal::SeriesTooShort { have: 3, need: 5 }));
}
