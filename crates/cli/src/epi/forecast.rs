//! `lianfang forecast`: how many cases in the next days?

use lianfang_domain::Lang;
use lianfang_epi::Probability;
use lianfang_epi::Refusal;
use lianfang_epi::chart::{Chart, ChartPoint};
use lianfang_epi::now::forecast::{Forecast, ForecastPoint, forecast};
use lianfang_epi::number::chance::Stream;
use lianfang_epi::transmission::cori::{Incidence, Prior, cori};

use super::args::ForecastArgs;
use super::chart::{legend, save};
use super::output::{Cell, Results};
use super::refuse;
use super::spread::{Daily, interval};
use crate::exit::Exit;
use crate::progress;

pub(crate) fn run(args: &ForecastArgs, lang: Lang) -> Exit {
    match estimate(args, lang) {
        Ok(exit) | Err(exit) => exit,
    }
}

/// Days before today in the chart.
const SHOWN: usize = 28;

fn estimate(args: &ForecastArgs, lang: Lang) -> Result<Exit, Exit> {
    let daily = Daily::read(&args.table, lang)?;
    let si = interval(&args.interval, lang)?;
    let refused = |r: Refusal| refuse(&r, lang);
    let incidence = Incidence { local: &daily.local, imported: &daily.imported };
    let busy = lang.pick("预测", "forecast");
    let points =
        progress::while_busy(busy, || cori(&incidence, &si, args.interval.window, Prior::WIDE)).map_err(refused)?;
    let have = daily.local.len();
    let short = Refusal::SeriesTooShort { have, need: si.mean().ceil() as usize + 1 };
    let today = points.last().and_then(|p| p.posterior).ok_or(short).map_err(refused)?;
    let plan = Forecast {
        days: args.days,
        paths: args.paths,
        drift: args.drift,
        dispersion: None,
        inner: Probability::new("inner", 0.5).map_err(refused)?,
        outer: Probability::new("outer", 0.95).map_err(refused)?,
    };
    let stream = Stream::new("forecast", args.seed);
    let ahead = progress::while_busy(busy, || forecast(&daily.series.counts, today, &si, &plan, &stream));
    let ahead = ahead.map_err(refused)?;
    let date = |p: &ForecastPoint| daily.series.date(have - 1 + p.ahead);
    let rows = ahead.iter().map(|p| {
        let ends = [p.median, p.inner.0, p.inner.1, p.outer.0, p.outer.1].map(Cell::Number);
        std::iter::once(Cell::Date(date(p))).chain(ends).collect()
    });
    let columns = vec![
        ("date", "日期"),
        ("median", "中位数"),
        ("low50", "50%下限"),
        ("high50", "50%上限"),
        ("low95", "95%下限"),
        ("high95", "95%上限"),
    ];
    let results = Results { columns, rows: rows.collect() };
    let explained: Vec<String> = ahead.last().map(|p| said(p, date(p), today.mean(), lang)).into_iter().collect();
    let written = results.write(&args.table, &explained, lang);
    Ok(written.max(save(&args.table, lang, || {
        let past = (have.saturating_sub(SHOWN)..have).map(|t| ChartPoint {
            label: daily.series.date(t).to_string(),
            observed: Some(daily.series.counts[t]),
            ..ChartPoint::default()
        });
        let future = ahead.iter().map(|p| ChartPoint {
            label: date(p).to_string(),
            expected: Some(p.median),
            band: Some(p.outer),
            ..ChartPoint::default()
        });
        Some(Chart {
            title: lang.pick("短期预测", "short-term forecast").to_owned(),
            y_label: lang.pick("病例数", "cases").to_owned(),
            legend: legend(
                [("病例", "cases"), ("预测中位数", "median"), ("", ""), ("95% 区间", "95 % interval"), ("", "")],
                lang,
            ),
            reference: None,
            points: past.chain(future).collect(),
        })
    })))
}

fn said(last: &ForecastPoint, on: jiff::civil::Date, r: f64, lang: Lang) -> String {
    let (median, (low, high)) = (last.median, last.outer);
    lang.pick(
        format!("若防控和行为不变（R 约 {r:.2}），{on}约{median:.0}例（95% 区间 {low:.0}–{high:.0}）。超过两三个代间隔的预测不可靠。"),
        format!("If people go on as they do (R about {r:.2}): about {median:.0} cases on {on} (95 % interval {low:.0}–{high:.0}). Beyond two or three serial intervals it cannot be relied on."),
    )
}
