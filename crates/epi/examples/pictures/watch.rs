//! Early warning on one made-up series: six years of weeks with a season and an outbreak near the end.

use lianfang_epi::Probability;
use lianfang_epi::aberration::cusum::{Cusum, cusum};
use lianfang_epi::aberration::ears::{Ears, EarsMethod};
use lianfang_epi::aberration::farrington::Farrington;
use lianfang_epi::aberration::flexible::Flexible;
use lianfang_epi::aberration::glr::{Change, Direction, Glr, InControl, glr, in_control};
use lianfang_epi::aberration::moving_percentile::MovingPercentile;
use lianfang_epi::aberration::outbreak_p::outbreak_p;
use lianfang_epi::aberration::reference_set::ReferenceSet;
use lianfang_epi::aberration::rki::rki;
use lianfang_epi::aberration::rogerson::{Rogerson, decision, rogerson};
use lianfang_epi::aberration::rolling::rolling;
use lianfang_epi::aberration::stcd::{Event, Stcd, stcd};
use lianfang_epi::assess::clean::{Series, Step};
use lianfang_epi::assess::detector::Detector;
use lianfang_epi::chart::{Chart, ChartPoint};
use lianfang_epi::number::chance::Stream;
use lianfang_epi::signals::alarm::{AlarmDecision, AlarmRule, RaisedAlarm, decide};

use super::{at, picture};

const WEEKS: usize = 340;
const SHOWN: std::ops::Range<usize> = 280..WEEKS;
const LEGEND: [&str; 5] = ["病例 cases", "预期 expected", "阈值 threshold", "", "报警 alarm"];

fn series() -> Series {
    let mut stream = Stream::new("pictures", 1);
    let level = |t: usize| 10.0 * (1.0 + 0.45 * (t as f64 * std::f64::consts::TAU / 52.18).sin());
    let outbreak =
        |t: usize| if (318..325).contains(&t) { [6.0, 12.0, 22.0, 26.0, 18.0, 10.0, 5.0][t - 318] } else { 0.0 };
    let counts = (0..WEEKS).map(|t| stream.negative_binomial(level(t), 12.0) + stream.poisson(outbreak(t))).collect();
    Series { first: jiff::civil::date(2019, 1, 7), step: Step::Week, counts, notes: Vec::new() }
}

pub(crate) fn all() -> Vec<(&'static str, Chart)> {
    let series = series();
    let set = ReferenceSet { years: 2, half_window: 4, this_year: true, period: 52 };
    let alpha = Probability::ONE_PERCENT;
    let percentile = MovingPercentile::national(series.calendar());
    let mut detectors = vec![
        ("ears", Detector::Ears(Ears::published(EarsMethod::C2))),
        ("farrington", Detector::Farrington(Farrington::default())),
        ("farrington-flexible", Detector::Flexible(Flexible { alpha, ..Flexible::noufaily() })),
        ("bayes", Detector::Bayes { set, alpha }),
        ("cdc", Detector::Cdc { years: 5, alpha: Probability::TWO_AND_A_HALF_PERCENT }),
        ("historical-limits", Detector::HistoricalLimits { years: 5 }),
        ("fixed", Detector::Fixed { limit: 30.0 }),
        ("assess", Detector::Flexible(Flexible::noufaily())),
    ];
    detectors.extend(percentile.map(|p| ("moving-percentile", Detector::MovingPercentile(p))));
    let mut all: Vec<_> = detectors.into_iter().map(|(name, d)| (name, detected(&series, &d))).collect();
    all.extend([
        ("rki", by_rki(&series, &set)),
        ("cusum", sums(&series)),
        ("glr", ratios(&series)),
        ("rogerson", moving_sums(&series)),
        ("outbreak-p", rise()),
        ("stcd", events()),
        ("rolling", seven_days()),
        ("alarm", rings()),
    ]);
    all
}

fn detected(series: &Series, detector: &Detector) -> Chart {
    let points = SHOWN.map(|t| {
        let judged = detector.judge(series, t..t + 1).ok().and_then(|p| p.first().copied());
        ChartPoint {
            observed: judged.map(|p| p.observed),
            expected: judged.and_then(|p| p.expected),
            threshold: judged.and_then(|p| p.threshold),
            alarm: judged.is_some_and(|p| p.alarm == Some(true)),
            ..at(series.date(t))
        }
    });
    picture(detector.title_en(), "例 cases", LEGEND, points.collect())
}

fn by_rki(series: &Series, set: &ReferenceSet) -> Chart {
    let judged = rki(&series.counts, SHOWN, set).unwrap_or_default();
    let points = judged.iter().map(|p| ChartPoint {
        observed: Some(series.counts[p.at]),
        expected: Some(p.expected),
        threshold: Some(p.upper),
        alarm: p.alarm == Some(true),
        ..at(series.date(p.at))
    });
    picture("RKI", "例 cases", LEGEND, points.collect())
}

/// The in-control mean of the weeks shown.
fn mean(series: &Series, alpha: f64) -> Vec<f64> {
    let model = InControl { harmonics: 1, trend: false, period: 52.18, alpha };
    in_control(&series.counts, SHOWN.start, &model).map(|m| m[SHOWN].to_vec()).unwrap_or_default()
}

/// A statistic over the weeks shown, with its threshold.
fn statistic(title: &str, series: &Series, values: Vec<(f64, bool)>, threshold: f64) -> Chart {
    let points = SHOWN.zip(values).map(|(t, (value, alarm))| ChartPoint {
        observed: Some(value),
        threshold: Some(threshold),
        alarm,
        ..at(series.date(t))
    });
    picture(title, "统计量 statistic", ["统计量 statistic", "", "阈值 threshold", "", "报警 alarm"], points.collect())
}

fn sums(series: &Series) -> Chart {
    let found = cusum(&series.counts[SHOWN], &mean(series, 0.0), &Cusum::ROSSI).unwrap_or_default();
    statistic("CUSUM", series, found.iter().map(|p| (p.cusum, p.alarm)).collect(), Cusum::ROSSI.h)
}

fn ratios(series: &Series) -> Chart {
    let change = Change::Level { direction: Direction::Up };
    let settings = Glr { change, threshold: 5.0, alpha: 0.08, window: None };
    let found = glr(&series.counts[SHOWN], &mean(series, 0.08), 0.0, &settings).unwrap_or_default();
    statistic("GLR", series, found.iter().map(|p| (p.ratio, p.alarm)).collect(), 5.0)
}

fn moving_sums(series: &Series) -> Chart {
    let decisions: Vec<_> = mean(series, 0.0).into_iter().filter_map(|m| decision(m, 1.0, 500.0).ok()).collect();
    let h = decisions.first().map_or(1.0, |d| d.h);
    let settings = Rogerson { fast_start: false, limit: Some(0.5), h };
    let found = rogerson(&series.counts[SHOWN], &decisions, &settings).unwrap_or_default();
    statistic("Rogerson", series, found.iter().map(|p| (p.sum, p.alarm)).collect(), h)
}

fn rise() -> Chart {
    let mut stream = Stream::new("rise", 1);
    let counts: Vec<f64> =
        (0..26).map(|t| stream.poisson(if t < 14 { 4.0 } else { 4.0 * 1.25_f64.powi(t - 13) })).collect();
    let logs = outbreak_p(&counts).unwrap_or_default();
    let points = counts.iter().zip(&logs).enumerate().map(|(t, (c, l))| ChartPoint {
        observed: Some(*c),
        expected: Some(*l),
        threshold: Some(100_f64.ln()),
        alarm: *l > 100_f64.ln(),
        ..at(format!("W{}", t + 1))
    });
    picture("OutbreakP", "例 cases, ln P", ["病例 cases", "ln P", "ln 100", "", "报警 alarm"], points.collect())
}

fn events() -> Chart {
    let mut stream = Stream::new("events", 1);
    let place = |stream: &mut Stream, i: usize| {
        let (x, y) = (stream.uniform(), stream.uniform());
        if i > 60 && i.is_multiple_of(3) { Event { x: 0.5 + 0.05 * x, y: 0.5 + 0.05 * y } } else { Event { x, y } }
    };
    let events: Vec<Event> = (0..110).map(|i| place(&mut stream, i)).collect();
    let values = stcd(&events, &Stcd { radius: 0.1, epsilon: 0.5, cusum: true }).unwrap_or_default();
    let points = values.iter().enumerate().map(|(i, r)| ChartPoint {
        observed: Some(r.ln().max(0.0)),
        threshold: Some(30_f64.ln()),
        alarm: *r > 30.0,
        ..at(i + 1)
    });
    picture("STCD", "ln R", ["ln R", "", "ln 30", "", "报警 alarm"], points.collect())
}

fn seven_days() -> Chart {
    let mut stream = Stream::new("days", 1);
    let counts: Vec<f64> = (0..42).map(|t| stream.poisson(if t % 7 > 4 { 2.0 } else { 5.0 })).collect();
    let sums = rolling(&counts, 7).unwrap_or_default();
    let points = counts.iter().zip(&sums).enumerate().map(|(t, (c, s))| ChartPoint {
        observed: Some(*c),
        expected: (!s.is_nan()).then_some(*s),
        ..at(format!("D{}", t + 1))
    });
    picture("7 日滚动 rolling sum", "例 cases", ["每日 daily", "7 日 seven days", "", "", ""], points.collect())
}

fn rings() -> Chart {
    let rule = AlarmRule { quiet_days: 7, suppression_days: 14 };
    let mut last: Option<RaisedAlarm> = None;
    let day = |d: usize| jiff::civil::date(2026, 3, 1).checked_add(jiff::Span::new().days(d as i64));
    let points = (0..45).filter_map(|d| {
        let on = day(d).ok()?;
        let signal = (5..12).contains(&d) || (14..17).contains(&d) || (34..38).contains(&d);
        let decision = decide(last.as_ref(), signal, on, rule);
        match decision {
            AlarmDecision::Ring => last = Some(RaisedAlarm { raised_on: on, last_on: on, closed_on: None }),
            AlarmDecision::Attach { .. } => last = last.map(|a| RaisedAlarm { last_on: on, ..a }),
            _ => {}
        }
        let alarm = decision == AlarmDecision::Ring;
        Some(ChartPoint { observed: Some(f64::from(u8::from(signal))), alarm, ..at(on) })
    });
    picture("报警规则 alarm rule", "信号 signal", ["信号 signal", "", "", "", "响铃 rings"], points.collect())
}
