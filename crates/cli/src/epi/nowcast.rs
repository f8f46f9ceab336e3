//! `lianfang nowcast`: how many fell ill lately, counting those not yet reported?

use lianfang_domain::Lang;
use lianfang_epi::Probability;
use lianfang_epi::chart::{Chart, ChartPoint};
use lianfang_epi::now::nowcast::{DelayDays, Nowcast, NowcastMethod, NowcastPoint, nowcast};
use lianfang_epi::now::triangle::Triangle;

use super::args::NowcastArgs;
use super::chart::{legend, save};
use super::input::Table;
use super::output::{Cell, Results};
use super::refuse;
use crate::exit::Exit;
use crate::progress;

pub(crate) fn run(args: &NowcastArgs, lang: Lang) -> Exit {
    match estimate(args, lang) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn estimate(args: &NowcastArgs, lang: Lang) -> Result<Exit, Exit> {
    let table = Table::open(&args.table.file, lang)?;
    let (events, reports) = (table.dates("event")?, table.dates("reported")?);
    let cases: Vec<_> = events.into_iter().zip(reports).collect();
    let last = cases.iter().map(|c| c.1).max().unwrap_or(jiff::civil::Date::MIN);
    let as_of = args.table.as_of.unwrap_or(last);
    let triangle = Triangle::from_cases(&cases, as_of, args.max_delay).map_err(|r| refuse(&r, lang))?;
    let settings = settings(args, &triangle, lang)?;
    let found = progress::while_busy(lang.pick("估计", "estimate"), || nowcast(&triangle, &settings));
    let found = found.map_err(|r| refuse(&r, lang))?;
    if triangle.late > 0 {
        let (late, longest) = (triangle.late, args.max_delay);
        eprintln!(
            "{}",
            lang.pick(
                format!("有{late}例的延迟超过{longest}天，按{longest}天计。"),
                format!("{late} reports came after more than {longest} days and are counted as {longest} days."),
            )
        );
    }
    let date = |p: &NowcastPoint| triangle.first.checked_add(jiff::Span::new().days(p.day as i64)).unwrap_or(as_of);
    let rows = found.points.iter().map(|p| {
        let reported = Cell::Number(p.reported);
        vec![Cell::Date(date(p)), Cell::Number(p.observed), reported, p.median.into(), p.low.into(), p.high.into()]
    });
    let columns = vec![
        ("date", "发病日期"),
        ("reported_cases", "已报告"),
        ("share_reported", "估计已报告比例"),
        ("median", "估计中位数"),
        ("low", "95%下限"),
        ("high", "95%上限"),
    ];
    let results = Results { columns, rows: rows.collect() };
    let explained = vec![said(&found.points, as_of, lang)];
    let written = results.write(&args.table, &explained, lang);
    Ok(written.max(save(&args.table, lang, || {
        let points = found.points.iter().map(|p| ChartPoint {
            label: date(p).to_string(),
            observed: Some(p.observed),
            expected: p.median,
            band: p.low.zip(p.high),
            ..ChartPoint::default()
        });
        Some(Chart {
            title: lang.pick("即时估计", "nowcast").to_owned(),
            y_label: lang.pick("病例数", "cases").to_owned(),
            legend: legend(
                [("已报告", "reported"), ("估计", "estimate"), ("", ""), ("95% 区间", "95 % interval"), ("", "")],
                lang,
            ),
            reference: None,
            points: points.collect(),
        })
    })))
}

/// Prior mean and variance of daily cases come from the days that are complete, and are wide.
fn settings(args: &NowcastArgs, triangle: &Triangle, lang: Lang) -> Result<Nowcast, Exit> {
    let complete = triangle.last().saturating_sub(triangle.longest());
    let days = (0..=complete).map(|t| triangle.observed(t));
    let mean = (days.sum::<f64>() / (complete + 1) as f64).max(1.0);
    let level = Probability::new("level", 0.95).map_err(|r| refuse(&r, lang))?;
    let most = (0..=triangle.last()).map(|t| triangle.observed(t)).fold(100.0, f64::max) * 20.0;
    Ok(Nowcast {
        method: NowcastMethod::BayesTruncated { mean: 2.0 * mean, variance: 100.0 * mean * mean },
        window: args.delay_window,
        days: DelayDays::SinceWindow,
        kappa: 0.1,
        level,
        most: most as usize,
    })
}

fn said(points: &[NowcastPoint], as_of: jiff::civil::Date, lang: Lang) -> String {
    let reported: f64 = points.iter().map(|p| p.observed).sum();
    let expected: f64 = points.iter().filter_map(|p| p.median).sum();
    let days = points.len();
    lang.pick(
        format!("截至{as_of}，最近{days}天已报告{reported:.0}例，估计实际约{expected:.0}例，差额为尚未报告的病例。"),
        format!("As of {as_of}, {reported:.0} cases of the last {days} days are reported; about {expected:.0} are likely in the end."),
    )
}
