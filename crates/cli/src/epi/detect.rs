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
use lianfang_epi::chart::{Chart, Panels};
use lianfang_epi::{Probability, Refusal};

use super::args::{DetectArgs, MethodArg, StepArg};
use super::chart::{panels, save};
use super::history::history;
use super::input::{Table, by_series, only, step_of};
use super::output::{Cell, Results};
use super::words;
use crate::exit::Exit;
use crate::progress;

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
    let series = only(by_series(&table)?, &args.only, lang)?;
    let bar = progress::bar(series.len() as u64, lang.pick("判断", "judge"));
    let judge = |(name, rows): (String, Vec<Dated>)| {
        let settings = settings(args, &rows)?;
        let found = assess(&rows, &settings);
        bar.inc(1);
        Ok(Judgement { name, rows, settings, found })
    };
    let judged: Result<Vec<Judgement>, Refusal> = series.into_iter().map(judge).collect();
    bar.finish_and_clear();
    let judged = judged.map_err(|r| super::refuse(&r, lang))?;
    let explained: Vec<String> = judged.iter().map(|j| explain(j, lang)).collect();
    let written = results(&judged, lang).write(&args.table, &explained, lang);
    let drawn = save(&args.table, lang, || chart(&judged, lang));
    for j in judged.iter().filter(|_| !args.table.explain) {
        if let Err(refusal) = &j.found {
            let name = if j.name.is_empty() { String::new() } else { format!("{}: ", j.name) };
            eprintln!("{name}{}", words(refusal, lang));
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

/// Steps shown, the latest the last.
const SHOWN: usize = 104;

/// Each series that could be judged, those that ring first, then by score.
fn chart(judged: &[Judgement], lang: Lang) -> Option<Panels> {
    let mut found: Vec<(&Judgement, &Assessment)> =
        judged.iter().filter_map(|j| Some((j, j.found.as_ref().ok()?))).collect();
    let order = |a: &Assessment| (a.alarm == Some(true), a.score.unwrap_or(f64::NEG_INFINITY));
    found.sort_by(|a, b| {
        let ((rang_a, score_a), (rang_b, score_b)) = (order(a.1), order(b.1));
        rang_b.cmp(&rang_a).then(score_b.total_cmp(&score_a))
    });
    let title = lang.pick("预警：每一期按当时的数据判断", "early warning: each step judged by the data of its time");
    panels(title, &found, lang, |(judgement, found)| panel(judgement, found, lang))
}

/// The last steps of a series, each judged as it would have been at its time.
fn panel(judgement: &Judgement, found: &Assessment, lang: Lang) -> Option<Chart> {
    let series = clean(&judgement.rows, judgement.settings.step, judgement.settings.as_of).ok()?;
    let n = series.counts.len();
    let from = n.saturating_sub(SHOWN);
    // Early steps may lie before what the method needs, and are refused; each is asked for alone.
    let steps = (from..n).filter_map(|at| found.detector.judge(&series, at..at + 1).ok()).flatten();
    let method = lang.pick(found.detector.title_zh(), found.detector.title_en());
    Some(history(&judgement.name, method, &series, from, steps, lang))
}
