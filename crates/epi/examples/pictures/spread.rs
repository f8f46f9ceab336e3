//! Transmission, now and next, and several signals.

use jiff::ToSpan;
use jiff::civil::date;
use lianfang_epi::Probability;
use lianfang_epi::aberration::ears::{Ears, EarsMethod};
use lianfang_epi::assess::clean::{Series, Step};
use lianfang_epi::assess::detector::Detector;
use lianfang_epi::chart::{Chart, ChartPoint};
use lianfang_epi::now::forecast::{Forecast, forecast};
use lianfang_epi::now::nowcast::{DelayDays, Nowcast, NowcastMethod, nowcast};
use lianfang_epi::now::scoring::crps;
use lianfang_epi::now::triangle::Triangle;
use lianfang_epi::number::chance::Stream;
use lianfang_epi::number::gamma;
use lianfang_epi::scan::cluster::{Baseline, CaseTable, Scan, scan};
use lianfang_epi::scan::zones::{Place, ZoneLimit, Zones};
use lianfang_epi::signals::backtest::{Injection, backtest};
use lianfang_epi::signals::combine::{Dependence, combine};
use lianfang_epi::signals::discovery::adjusted;
use lianfang_epi::transmission::attack_rate::attack_rate;
use lianfang_epi::transmission::cori::{Incidence, Posterior, Prior, cori};
use lianfang_epi::transmission::delay::{DelayLaw, Family};
use lianfang_epi::transmission::growth::growth;
use lianfang_epi::transmission::serial_interval::SerialInterval;
use lianfang_epi::transmission::wallinga_teunis::wallinga_teunis;

use super::{at, picture};

pub(crate) fn all() -> Vec<(&'static str, Chart)> {
    let si = SerialInterval::discretised(4.7, 2.3, 20);
    let mut all = vec![
        ("nowcast", reported()),
        ("scan", cluster()),
        ("attack-rate", shares()),
        ("offspring", top_fifth()),
        ("delay", delays()),
        ("scoring", scores()),
        ("combine", combined()),
        ("discovery", discoveries()),
        ("backtest", delays_by_size()),
    ];
    if let Ok(si) = si {
        let counts = outbreak(&si);
        all.extend([
            ("serial-interval", interval(&si)),
            ("cori", by_day(&counts, &si)),
            ("wallinga-teunis", by_case(&counts, &si)),
            ("growth", grows(&counts)),
            ("forecast", ahead(&counts, &si)),
        ]);
    }
    all
}

fn level() -> Probability {
    Probability::new("level", 0.95).unwrap_or(Probability::FIVE_PERCENT)
}

/// An outbreak whose reproduction number falls from 1.8 to 0.7 on day 25.
fn outbreak(si: &SerialInterval) -> Vec<f64> {
    let mut stream = Stream::new("outbreak", 2);
    let mut counts = vec![4.0, 3.0, 5.0, 4.0];
    while counts.len() < 55 {
        let t = counts.len();
        let force: f64 = (1..si.weights().len().min(t)).map(|k| si.weights()[k] * counts[t - k]).sum();
        counts.push(stream.poisson(force * if t < 25 { 1.8 } else { 0.7 }));
    }
    counts
}

fn interval(si: &SerialInterval) -> Chart {
    let points = si.weights().iter().enumerate().map(|(k, w)| ChartPoint { observed: Some(*w * 100.0), ..at(k) });
    picture("代间隔 serial interval, 4.7 ± 2.3", "%", ["概率 chance", "", "", "", ""], points.collect())
}

const BAND: [&str; 5] = ["", "均值 mean", "", "95 %", ""];

fn by_day(counts: &[f64], si: &SerialInterval) -> Chart {
    let imported: Vec<f64> = (0..counts.len()).map(|t| if t == 0 { counts[0] } else { 0.0 }).collect();
    let local: Vec<f64> = counts.iter().zip(&imported).map(|(a, b)| a - b).collect();
    let found = cori(&Incidence { local: &local, imported: &imported }, si, 7, Prior::WIDE).unwrap_or_default();
    let points = found.iter().map(|p| ChartPoint {
        expected: p.posterior.map(|x| x.mean()),
        band: p.posterior.map(|x| (x.quantile(0.025), x.quantile(0.975))),
        ..at(format!("D{}", p.end + 1))
    });
    Chart { reference: Some(1.0), ..picture("R, Cori", "R", BAND, points.collect()) }
}

fn by_case(counts: &[f64], si: &SerialInterval) -> Chart {
    let found = wallinga_teunis(counts, si, 7, level()).unwrap_or_default();
    let points = found.iter().map(|p| ChartPoint {
        expected: Some(p.mean),
        band: Some(p.interval),
        ..at(format!("D{}", p.end + 1))
    });
    Chart { reference: Some(1.0), ..picture("R, Wallinga–Teunis", "R", BAND, points.collect()) }
}

fn grows(counts: &[f64]) -> Chart {
    let rising = &counts[..25];
    let rate = growth(rising, level()).map_or(0.0, |g| g.rate);
    let total: f64 = rising.iter().sum();
    let shape: f64 = (0..25).map(|t| (rate * f64::from(t)).exp()).sum();
    let points = rising.iter().enumerate().map(|(t, c)| ChartPoint {
        observed: Some(*c),
        expected: Some(total / shape * (rate * t as f64).exp()),
        ..at(format!("D{}", t + 1))
    });
    let title = format!("r = {rate:.3} / d");
    picture(&title, "例 cases", ["病例 cases", "拟合 fit", "", "", ""], points.collect())
}

fn ahead(counts: &[f64], si: &SerialInterval) -> Chart {
    let plan = Forecast {
        days: 12,
        paths: 1000,
        drift: 0.05,
        dispersion: None,
        inner: Probability::new("inner", 0.5).unwrap_or(Probability::FIVE_PERCENT),
        outer: level(),
    };
    let now = Posterior { shape: 60.0, scale: 1.8 / 60.0 };
    let found = forecast(&counts[..22], now, si, &plan, &Stream::new("forecast", 1)).unwrap_or_default();
    let past =
        counts[..22].iter().enumerate().map(|(t, c)| ChartPoint { observed: Some(*c), ..at(format!("D{}", t + 1)) });
    let next = found.iter().map(|p| ChartPoint {
        expected: Some(p.median),
        band: Some(p.outer),
        ..at(format!("D{}", 22 + p.ahead))
    });
    let legend = ["病例 cases", "中位数 median", "", "95 %", ""];
    picture("预测 forecast", "例 cases", legend, past.chain(next).collect())
}

fn reported() -> Chart {
    let mut stream = Stream::new("reports", 1);
    let first = date(2026, 3, 1);
    let mut cases = Vec::new();
    for day in 0..=35_i64 {
        for _ in 0..stream.poisson(10.0 * (0.05 * day as f64).exp()) as usize {
            let delay = (stream.gamma(2.0, 1.7) as i64).min(12);
            cases.push((first + day.days(), first + (day + delay).days()));
        }
    }
    let settings = Nowcast {
        method: NowcastMethod::BayesTruncated { mean: 40.0, variance: 4000.0 },
        window: None,
        days: DelayDays::SinceWindow,
        kappa: 0.1,
        level: level(),
        most: 1000,
    };
    let found = Triangle::from_cases(&cases, first + 35.days(), 12).and_then(|t| nowcast(&t, &settings));
    let points = found.map_or(Vec::new(), |f| f.points);
    let points = points.iter().map(|p| ChartPoint {
        observed: Some(p.observed),
        expected: p.median,
        band: p.low.zip(p.high),
        ..at(first + (p.day as i64).days())
    });
    picture("即时估计 nowcast", "例 cases", ["已报告 reported", "估计 estimate", "", "95 %", ""], points.collect())
}

fn cluster() -> Chart {
    let mut stream = Stream::new("villages", 1);
    let rows: Vec<Vec<u32>> = (0..25)
        .map(|p| (0..30).map(|t| stream.poisson(if p == 12 && t > 24 { 6.0 } else { 1.0 }) as u32).collect())
        .collect();
    let places: Vec<Place> = (0..25).map(|p| Place::Plane { x: f64::from(p % 5), y: f64::from(p / 5) }).collect();
    let plan = Scan {
        baseline: Baseline::Permutation,
        longest: 10,
        retrospective: false,
        replicates: 999,
        stop_after: None,
        clusters: 1,
        every_days: 1.0,
    };
    let found = Zones::circles(&places, &[1.0; 25], ZoneLimit::Share(0.4))
        .and_then(|zones| scan(&CaseTable::new(&rows)?, &zones, &plan, &Stream::new("scan", 1)));
    let top = found.ok().and_then(|f| f.clusters.first().cloned());
    let points = (0..30).map(|day| ChartPoint {
        observed: top.as_ref().map(|c| c.places.iter().map(|&p| f64::from(rows[p][day])).sum()),
        alarm: top.as_ref().is_some_and(|c| (c.from..=c.to).contains(&day)),
        ..at(format!("D{}", day + 1))
    });
    let title = top.as_ref().map_or(String::new(), |c| format!("聚集 cluster, p = {:.3}", c.p));
    picture(&title, "例 cases", ["病例 cases", "", "", "", "聚集期 cluster"], points.collect())
}

fn shares() -> Chart {
    let points = (0..=20).filter_map(|ill| {
        let rate = attack_rate(ill, 20, level()).ok()?;
        Some(ChartPoint {
            expected: Some(rate.rate * 100.0),
            band: Some((rate.exact.0 * 100.0, rate.exact.1 * 100.0)),
            ..at(ill)
        })
    });
    picture("续发率 attack rate, n = 20", "%", ["", "续发率 rate", "", "95 %", ""], points.collect())
}

fn top_fifth() -> Chart {
    let points = (-20..=20).map(|i| {
        let k = 10_f64.powf(f64::from(i) / 10.0);
        let share = gamma::regularised(k + 1.0, gamma::quantile(0.8, k, 1.0)).1;
        ChartPoint { expected: Some(share * 100.0), ..at(format!("{k:.2}")) }
    });
    picture("前 20% 病例所致占比 share of the top fifth by k", "%", ["", "占比 share", "", "", ""], points.collect())
}

fn delays() -> Chart {
    let law = |family, first, second| DelayLaw { family, first, second };
    let (a, b) = (law(Family::Gamma, 4.0, 1.5), law(Family::Lognormal, 1.66, 0.5));
    let points = (0..=20).map(|day| {
        let t = f64::from(day);
        ChartPoint { expected: Some(a.cdf(t) * 100.0), threshold: Some(b.cdf(t) * 100.0), ..at(day) }
    });
    let legend = ["", "伽马 gamma", "对数正态 lognormal", "", ""];
    picture("潜伏期 incubation", "%", legend, points.collect())
}

fn scores() -> Chart {
    let mut stream = Stream::new("scores", 1);
    let mut sample: Vec<f64> = (0..500).map(|_| stream.poisson(20.0)).collect();
    sample.sort_by(f64::total_cmp);
    let points = (0..=45).map(|y| ChartPoint { expected: crps(&sample, f64::from(y)).ok(), ..at(y) });
    picture("CRPS, Poisson 20", "CRPS", ["", "CRPS", "", "", ""], points.collect())
}

fn combined() -> Chart {
    let points = (1..=50).map(|i| {
        let p = f64::from(i) / 100.0;
        let of = |d| combine(&[p, p, p], None, d).ok();
        ChartPoint {
            expected: of(Dependence::Independent),
            threshold: of(Dependence::Any),
            observed: of(Dependence::Correlated { rho: 0.5 }),
            ..at(format!("{p:.2}"))
        }
    });
    let legend = ["Stouffer ρ = 0.5", "Fisher", "调和 harmonic", "", ""];
    picture("三个相同的 p 合并 three equal p combined", "p", legend, points.collect())
}

fn discoveries() -> Chart {
    let mut stream = Stream::new("discoveries", 1);
    let mut p: Vec<f64> = (0..60).map(|i| if i < 8 { 0.004 * stream.uniform() } else { stream.uniform() }).collect();
    p.sort_by(f64::total_cmp);
    let q = adjusted(&p, Dependence::Independent).unwrap_or_default();
    let points = p.iter().zip(&q).enumerate().map(|(i, (p, q))| ChartPoint {
        observed: Some(*p),
        expected: Some(*q),
        threshold: Some(0.05),
        alarm: *q <= 0.05,
        ..at(i + 1)
    });
    picture("60 序列 series", "p, q", ["p", "q", "0.05", "", "报警 alarm"], points.collect())
}

fn delays_by_size() -> Chart {
    let mut stream = Stream::new("history", 1);
    let counts = (0..300).map(|_| stream.poisson(6.0)).collect();
    let series = Series { first: date(2025, 1, 1), step: Step::Day, counts, notes: Vec::new() };
    let detector = Detector::Ears(Ears { min_sigma: 0.5, ..Ears::published(EarsMethod::C2) });
    let points = (1..=12).filter_map(|i| {
        let cases = f64::from(i) * 10.0;
        let injection = Injection { cases, steps: 7, trials: 200 };
        let found = backtest(&series, &detector, injection, &Stream::new("backtest", 1)).ok()?;
        Some(ChartPoint { observed: Some(found.detected * 7.0), expected: Some(found.delay), ..at(cases) })
    });
    let legend = ["发现比例 × 7 share noticed × 7", "发现天数 delay, days", "", "", ""];
    picture("回测 back-test", "天 days", legend, points.collect())
}
