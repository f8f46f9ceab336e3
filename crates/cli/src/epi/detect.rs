//! `lianfang detect`: is the latest day or week of each series unusual?

use lianfang_domain::Lang;
use lianfang_epi::aberration::Calendar;
use lianfang_epi::aberration::ears::{Ears, EarsMethod};
use lianfang_epi::aberration::farrington::Farrington;
use lianfang_epi::aberration::flexible::Flexible;
use lianfang_epi::aberration::moving_percentile::MovingPercentile;
use lianfang_epi::aberration::reference_set::ReferenceSet;
use lianfang_epi::assess::clean::{Dated, Step, clean};
use lianfang_epi::assess::detector::Detector;
use lianfang_epi::assess::{Assessment, Settings, assess};
use lianfang_epi::chart::{Chart, ChartPoint};
use lianfang_epi::{Probability, Refusal};

use super::args::{DetectArgs, MethodArg, StepArg};
use super::chart::{legend, save};
use super::input::{Table, by_series, step_of};
use super::output::{Cell, Results};
use super::progress::Progress;
use super::words;
use crate::exit::Exit;

pub(crate) fn run(args: &DetectArgs, lang: Lang) -> Exit {
    match judge_all(args, lang) {
        Ok(exit) | Err(exit) => exit,
    }
}

/// A series with its judgement.
struct Judgement {
    name: String,
    rows: Vec<Dated>,
    settings: Settings,
    found: Result<Assessment, Refusal>,
}

fn judge_all(args: &DetectArgs, lang: Lang) -> Result<Exit, Exit> {
    let table = Table::open(&args.table.file, lang)?;
    let series = by_series(&table)?;
    let mut progress = Progress::new(series.len(), lang);
    let mut judged = Vec::with_capacity(series.len());
    for (at, (name, rows)) in series.into_iter().enumerate() {
        let settings = settings(args, &rows).map_err(|r| super::refuse(&r, lang))?;
        let found = assess(&rows, &settings);
        judged.push(Judgement { name, rows, settings, found });
        progress.done(at + 1);
    }
    let explained: Vec<String> = judged.iter().map(|j| explain(j, lang)).collect();
    let written = results(&judged, lang).write(&args.table, &explained, lang);
    let drawn = save(&args.table, lang, || chart(&judged, lang));
    for j in judged.iter().filter(|_| !args.table.explain) {
        if let Err(refusal) = &j.found {
            eprintln!("{}: {}", j.name, words(refusal, lang));
        }
    }
    let rang = judged.iter().any(|j| j.found.as_ref().is_ok_and(|a| a.alarm == Some(true)));
    let refused = judged.iter().any(|j| j.found.is_err());
    let ended = if refused { Exit::Unreadable } else { Exit::Ok };
    Ok(written.max(drawn).max(ended).max(if rang { Exit::Found } else { Exit::Ok }))
}

fn settings(args: &DetectArgs, rows: &[Dated]) -> Result<Settings, Refusal> {
    let step = match args.step {
        Some(StepArg::Day) => Step::Day,
        Some(StepArg::Week) => Step::Week,
        None => step_of(rows),
    };
    let last = rows.iter().map(|r| r.on).max().unwrap_or(jiff::civil::Date::MIN);
    let as_of = args.table.as_of.unwrap_or(last);
    Ok(Settings { step, as_of, detector: detector(args, step, rows)?, every_case: args.every_case })
}

fn detector(args: &DetectArgs, step: Step, rows: &[Dated]) -> Result<Option<Detector>, Refusal> {
    let alpha = |default: Probability| args.alpha.map_or(Ok(default), |a| Probability::new("--alpha", a));
    let years = |default: usize| args.years.unwrap_or(default);
    let ears = |method| -> Result<Detector, Refusal> {
        let published = Ears::published(method);
        Ok(Detector::Ears(Ears { alpha: alpha(published.alpha)?, min_sigma: 0.5, ..published }))
    };
    Ok(Some(match args.method {
        MethodArg::Auto => return Ok(None),
        MethodArg::Fixed => Detector::Fixed { limit: args.limit },
        MethodArg::EarsC1 => ears(EarsMethod::C1)?,
        MethodArg::EarsC2 => ears(EarsMethod::C2)?,
        MethodArg::EarsC3 => ears(EarsMethod::C3)?,
        MethodArg::Bayes => {
            let set = ReferenceSet { years: years(0), half_window: 6, this_year: true, period: 52 };
            Detector::Bayes { set, alpha: alpha(Probability::ONE_PERCENT)? }
        }
        MethodArg::MovingPercentile => percentile(args, step, rows)?,
        MethodArg::HistoricalLimits => Detector::HistoricalLimits { years: years(5) },
        MethodArg::Cdc => Detector::Cdc { years: years(5), alpha: alpha(Probability::TWO_AND_A_HALF_PERCENT)? },
        MethodArg::Farrington => {
            let published = Farrington::default();
            Detector::Farrington(Farrington { years: years(5), alpha: alpha(published.alpha)?, ..published })
        }
        MethodArg::FarringtonFlexible => {
            let advised = Flexible::noufaily();
            Detector::Flexible(Flexible { years: years(5), alpha: alpha(advised.alpha)?, ..advised })
        }
    }))
}

fn percentile(args: &DetectArgs, step: Step, rows: &[Dated]) -> Result<Detector, Refusal> {
    let first = rows.iter().map(|r| r.on).min().unwrap_or(jiff::civil::Date::MIN);
    let calendar = if step == Step::Day { Calendar::Daily { first } } else { Calendar::Weekly { first } };
    let mut settings = MovingPercentile::national(calendar).ok_or(Refusal::NoFit)?;
    if let Some(percentile) = args.percentile {
        settings.percentile = Probability::new("--percentile / 100", percentile / 100.0)?;
    }
    settings.years = args.years.unwrap_or(settings.years);
    Ok(Detector::MovingPercentile(settings))
}

fn explain(judgement: &Judgement, lang: Lang) -> String {
    let said = match &judgement.found {
        Ok(found) => lang.pick(found.words_zh(), found.words_en()),
        Err(refusal) => words(refusal, lang),
    };
    if judgement.name.is_empty() { said } else { format!("{} · {said}", judgement.name) }
}

fn results(judged: &[Judgement], lang: Lang) -> Results {
    let columns = vec![
        ("series", "序列"),
        ("date", "日期"),
        ("observed", "观察数"),
        ("expected", "预期数"),
        ("threshold", "阈值"),
        ("score", "得分"),
        ("p", "概率"),
        ("alarm", "报警"),
        ("method", "方法"),
        ("reason", "理由"),
        ("window_from", "比较起始日"),
        ("as_of", "数据截止日"),
        ("notes", "说明"),
    ];
    let row = |j: &Judgement| {
        let name = Cell::Text(j.name.clone());
        let Ok(found) = &j.found else {
            let why = j.found.as_ref().err().map_or(String::new(), |r| words(r, lang));
            let mut row = vec![Cell::Unknown; columns.len()];
            (row[0], row[12]) = (name, Cell::Text(why));
            return row;
        };
        let notes: Vec<String> = found.notes.iter().map(|n| lang.pick(n.words_zh(), n.words_en())).collect();
        vec![
            name,
            Cell::Date(found.on),
            Cell::Number(found.observed),
            found.expected.into(),
            found.threshold.into(),
            found.score.into(),
            found.p.into(),
            found.alarm.into(),
            Cell::Text(found.detector.name().to_owned()),
            Cell::Text(lang.pick(found.reason.words_zh(), found.reason.words_en())),
            Cell::Date(found.window_from),
            Cell::Date(found.as_of),
            Cell::Text(notes.join("; ")),
        ]
    };
    let rows = judged.iter().map(row).collect();
    Results { columns, rows }
}

/// Steps shown before the latest one.
const SHOWN: usize = 104;

/// The first series that rings, else the first: each step judged as it would have been at its time.
fn chart(judged: &[Judgement], lang: Lang) -> Option<Chart> {
    let rings = |j: &&Judgement| j.found.as_ref().is_ok_and(|a| a.alarm == Some(true));
    let shown = judged.iter().find(rings).or_else(|| judged.iter().find(|j| j.found.is_ok()))?;
    let found = shown.found.as_ref().ok()?;
    let series = clean(&shown.rows, shown.settings.step, shown.settings.as_of).ok()?;
    let n = series.counts.len();
    let from = n.saturating_sub(SHOWN);
    let points = (from..n).map(|at| {
        // Early steps may lie before what the method needs.
        let judged = found.detector.judge(&series, at..at + 1).ok().and_then(|p| p.into_iter().find(|p| p.at == at));
        ChartPoint {
            label: series.date(at).to_string(),
            observed: judged.map_or(series.counts[at], |p| p.observed).into_known(),
            expected: judged.and_then(|p| p.expected),
            threshold: judged.and_then(|p| p.threshold),
            band: None,
            alarm: judged.is_some_and(|p| p.alarm == Some(true)),
        }
    });
    let method = lang.pick(found.detector.title_zh(), found.detector.title_en());
    Some(Chart {
        title: format!("{} {method}", shown.name).trim().to_owned(),
        y_label: lang.pick("病例数", "cases").to_owned(),
        legend: legend(
            [("病例", "cases"), ("预期", "expected"), ("阈值", "threshold"), ("", ""), ("报警", "alarm")],
            lang,
        ),
        reference: None,
        points: points.collect(),
    })
}

trait Known {
    fn into_known(self) -> Option<f64>;
}

impl Known for f64 {
    fn into_known(self) -> Option<f64> {
        (!self.is_nan()).then_some(self)
    }
}
