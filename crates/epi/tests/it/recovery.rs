//! Known outbreaks are found, and found in time.

use jiff::civil::date;
use lianfang_epi::aberration::flexible::Flexible;
use lianfang_epi::aberration::outbreak_p::outbreak_p;
use lianfang_epi::assess::clean::{Series, Step};
use lianfang_epi::assess::detector::Detector;
use lianfang_epi::number::chance::Stream;
use lianfang_epi::signals::backtest::{Injection, backtest};

/// Six years of weeks with a season.
fn history(seed: u64) -> Series {
    let mut stream = Stream::new("history", seed);
    let season = |t: i32| 10.0 * (1.0 + 0.4 * (f64::from(t) / 8.28).sin());
    let counts = (0..340).map(|t| stream.negative_binomial(season(t), 20.0)).collect();
    Series { first: date(2018, 1, 1), step: Step::Week, counts, notes: Vec::new() }
}

#[test]
fn an_outbreak_of_six_standard_deviations_is_noticed_nine_times_in_ten() {
    let settings = Flexible { alpha: lianfang_epi::Probability::ONE_PERCENT, ..Flexible::noufaily() };
    let injection = Injection { cases: 70.0, steps: 4, trials: 150 };
    let found = backtest(&history(1), &Detector::Flexible(settings), injection, &Stream::new("backtest", 1)).unwrap();
    assert!(found.detected > 0.9, "{found:?}");
    assert!(found.false_alarm_rate < 0.05 && found.delay < 1.5, "{found:?}");
}

#[test]
fn the_rise_of_a_season_is_noticed_soon_and_its_calm_is_not() {
    let mut stream = Stream::new("onset", 4);
    let (mut early, mut late, mut false_rings) = (0, 0, 0);
    for _ in 0..100 {
        let counts: Vec<f64> =
            (0..30).map(|t| stream.poisson(if t < 15 { 3.0 } else { 3.0 * 1.35_f64.powi(t - 14) })).collect();
        let logs = outbreak_p(&counts).unwrap();
        match logs.iter().position(|l| *l > 100.0_f64.ln()) {
            Some(t) if t < 15 => false_rings += 1,
            Some(t) if t < 22 => early += 1,
            _ => late += 1,
        }
    }
    // No rate of false alarms is promised: about one chart in eight rings within fifteen calm weeks.
    assert!(early >= 75 && false_rings <= 20, "{early} early, {late} late, {false_rings} false");
}
