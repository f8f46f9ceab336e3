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
                let curve = |i: usize| Curve::Level { cases: counts[i], expected: expected[i], alpha };
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
        let cases = [(0.0, Direction::Up), (0.0, Direction::Down), (0.15, Direction::Up)];
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
fn a_fall_of_overdispersed_counts_is_refused() {
    let change = Change::Level { direction: Direction::Down };
    let settings = Glr { change, threshold: 5.0, alpha: 0.1, window: None };
    assert!(matches!(glr(&[1.0], &[2.0], 0.0, &settings), Err(Refusal::Parameter { name: "alpha", .. })));
}
