//! `lianfang rt`: how fast is it spreading?

use lianfang_domain::Lang;
use lianfang_epi::chart::{Chart, ChartPoint};
use lianfang_epi::transmission::cori::{Incidence, Prior, cori};
use lianfang_epi::transmission::serial_interval::SerialInterval;
use lianfang_epi::transmission::wallinga_teunis::wallinga_teunis;
use lianfang_epi::{Probability, Refusal};

use super::args::RtArgs;
use super::chart::{legend, save};
use super::output::{Cell, Results};
use super::refuse;
use super::spread::{Daily, interval};
use crate::exit::Exit;
use crate::progress;

pub(crate) fn run(args: &RtArgs, lang: Lang) -> Exit {
    match estimate(args, lang) {
        Ok(exit) | Err(exit) => exit,
    }
}

/// One window, whichever the method.
struct Window {
    end: usize,
    mean: f64,
    low: f64,
    high: f64,
    above_one: Option<f64>,
}

fn estimate(args: &RtArgs, lang: Lang) -> Result<Exit, Exit> {
    let daily = Daily::read(&args.table, lang)?;
    let si = interval(&args.interval, lang)?;
    let windows = progress::while_busy(lang.pick("估计", "estimate"), || windows(args, &daily, &si));
    let windows = windows.map_err(|r| refuse(&r, lang))?;
    let date = |w: &Window| daily.series.date(w.end);
    let rows = windows.iter().map(|w| {
        vec![Cell::Date(date(w)), Cell::Number(w.mean), Cell::Number(w.low), Cell::Number(w.high), w.above_one.into()]
    });
    let columns =
        vec![("date", "日期"), ("r", "R"), ("low", "95%下限"), ("high", "95%上限"), ("above_one", "R大于1的概率")];
    let results = Results { columns, rows: rows.collect() };
    let explained: Vec<String> = windows.last().map(|w| said(w, date(w), lang)).into_iter().collect();
    let written = results.write(&args.table, &explained, lang);
    Ok(written.max(save(&args.table, lang, || {
        let points = windows.iter().map(|w| ChartPoint {
            label: date(w).to_string(),
            expected: Some(w.mean),
            band: Some((w.low, w.high)),
            ..ChartPoint::default()
        });
        Some(Chart {
            title: lang.pick("再生数 R", "reproduction number R").to_owned(),
            y_label: "R".to_owned(),
            legend: legend([("", ""), ("均值", "mean"), ("", ""), ("95% 区间", "95 % interval"), ("", "")], lang),
            reference: Some(1.0),
            points: points.collect(),
        })
    })))
}

fn windows(args: &RtArgs, daily: &Daily, si: &SerialInterval) -> Result<Vec<Window>, Refusal> {
    let window = args.interval.window;
    if args.looking_back {
        let level = Probability::new("level", 0.95)?;
        let points = wallinga_teunis(&daily.series.counts, si, window, level)?;
        let one = |(end, mean, (low, high))| Window { end, mean, low, high, above_one: None };
        return Ok(points.iter().map(|p| one((p.end, p.mean, p.interval))).collect());
    }
    let incidence = Incidence { local: &daily.local, imported: &daily.imported };
    let points = cori(&incidence, si, window, Prior::WIDE)?;
    let each = points.iter().filter_map(|p| p.posterior.map(|x| (p.end, x)));
    Ok(each
        .map(|(end, x)| Window {
            end,
            mean: x.mean(),
            low: x.quantile(0.025),
            high: x.quantile(0.975),
            above_one: Some(x.above_one()),
        })
        .collect())
}

fn said(w: &Window, on: jiff::civil::Date, lang: Lang) -> String {
    let (mean, low, high) = (w.mean, w.low, w.high);
    let trend_zh = if low > 1.0 {
        "疫情在上升"
    } else if high < 1.0 {
        "疫情在下降"
    } else {
        "升降尚不能确定"
    };
    let trend = if low > 1.0 {
        "it grows"
    } else if high < 1.0 {
        "it declines"
    } else {
        "it may grow or decline"
    };
    lang.pick(
        format!("截至{on}：R 约 {mean:.2}（95% 区间 {low:.2}–{high:.2}），{trend_zh}。最近几天如有报告延迟，R 会偏低，请先做即时估计。"),
        format!("Up to {on}: R is about {mean:.2} (95 % interval {low:.2}–{high:.2}): {trend}. Late reports make the last days too low; nowcast first."),
    )
}
