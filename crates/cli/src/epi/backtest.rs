//! `lianfang backtest`: which method, with which parameters, suits our own history?

use clap::Args;
use lianfang_domain::Lang;
use lianfang_epi::Refusal;
use lianfang_epi::assess::clean::{Dated, Series, Step, clean};
use lianfang_epi::number::chance::Stream;
use lianfang_epi::signals::backtest::{BackTest, Injection, backtest, best};
use lianfang_epi::signals::candidates::candidates;

use super::args::{StepArg, TableArgs};
use super::input::{Table, step_of, without_outbreaks};
use super::output::{Cell, Results};
use super::progress::Progress;
use super::words;
use crate::exit::Exit;

pub(crate) const BACKTEST_HELP: &str = "\
列 Columns: date, count[, series][, outbreak]（outbreak 为 1 的日期是已知暴发，不作误报计 1 marks a known outbreak, left out）

做法 How: 历史上每一期按当时的数据判断，报警即为误报；再在随机时点加入一起暴发，看多快报警。
  Every step is judged as it was, and a ring is false; then outbreaks are added at random steps, to see how soon each is noticed.

例子 Examples:
  lianfang backtest 周报.csv --cases 10 --lasts 4 --most-false 2 --explain
  lianfang backtest 日报.xlsx --format xlsx --out 回测.xlsx

退出码 Exit codes: 0 有合适的方法 a method is proposed · 1 没有方法达到误报要求 none keeps the false alarms · 3 有序列无法回测 a series could not be tested";

#[derive(Debug, Args)]
pub(crate) struct BacktestArgs {
    #[command(flatten)]
    pub(crate) table: TableArgs,
    /// 加入的暴发平均多少例 · Cases of an added outbreak, on average
    #[arg(long, value_name = "N", default_value_t = 10.0)]
    pub(crate) cases: f64,
    /// 加入的暴发持续几期（天或周）· Steps (days or weeks) over which they fall ill
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub(crate) lasts: usize,
    /// 加入多少起 · How many outbreaks are tried
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(crate) trials: usize,
    /// 每年最多容许几次误报 · False alarms a year that are borne at most
    #[arg(long, value_name = "N", default_value_t = 2.0)]
    pub(crate) most_false: f64,
    /// 按日还是按周，缺省由日期间隔判断 · Days or weeks; told by the dates if not given
    #[arg(long, value_enum)]
    pub(crate) step: Option<StepArg>,
    /// 随机种子 · Seed
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
}

/// A series, and how each method does on it.
struct Tested {
    name: String,
    steps_a_year: f64,
    step: Step,
    found: Result<(Vec<BackTest>, Option<usize>), Refusal>,
}

pub(crate) fn run(args: &BacktestArgs, lang: Lang) -> Exit {
    match test_all(args, lang) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn test_all(args: &BacktestArgs, lang: Lang) -> Result<Exit, Exit> {
    if !args.most_false.is_finite() || args.most_false < 0.0 {
        eprintln!("{}", lang.pick("--most-false 应为不小于 0 的数。", "--most-false must be a number from 0 on."));
        return Err(Exit::Usage);
    }
    let table = Table::open(&args.table.file, lang)?;
    let series = without_outbreaks(&table)?;
    let mut progress = Progress::new(series.len(), lang);
    let mut tested = Vec::with_capacity(series.len());
    for (at, (name, rows)) in series.into_iter().enumerate() {
        tested.push(test(args, name, &rows));
        progress.done(at + 1);
    }
    let explained: Vec<String> = tested.iter().map(|t| explain(t, args, lang)).collect();
    let written = results(&tested, lang).write(&args.table, &explained, lang);
    let mut ended = Exit::Ok;
    for one in &tested {
        match &one.found {
            Err(refusal) => {
                if !args.table.explain {
                    eprintln!("{}", named(one, &words(refusal, lang)));
                }
                ended = ended.max(Exit::Unreadable);
            }
            Ok((_, None)) => ended = ended.max(Exit::Found),
            Ok(_) => {}
        }
    }
    Ok(written.max(ended))
}

fn test(args: &BacktestArgs, name: String, rows: &[Dated]) -> Tested {
    let step = match args.step {
        Some(StepArg::Day) => Step::Day,
        Some(StepArg::Week) => Step::Week,
        None => step_of(rows),
    };
    let steps_a_year = 365.25 / step.days() as f64;
    let as_of = args.table.as_of.or_else(|| rows.iter().map(|r| r.on).max()).unwrap_or(jiff::civil::Date::MIN);
    let found = clean(rows, step, as_of).and_then(|series| tests(args, &name, &series, steps_a_year));
    Tested { name, steps_a_year, step, found }
}

/// Every detector for which the history is long enough, and which of them is proposed.
fn tests(
    args: &BacktestArgs,
    name: &str,
    series: &Series,
    steps_a_year: f64,
) -> Result<(Vec<BackTest>, Option<usize>), Refusal> {
    let injection = Injection { cases: args.cases, steps: args.lasts, trials: args.trials };
    let all = candidates(series);
    if all.is_empty() {
        return Err(Refusal::SeriesTooShort { have: series.counts.len(), need: 20 });
    }
    let stream = Stream::new(name, args.seed);
    let tests: Result<Vec<BackTest>, Refusal> =
        all.iter().map(|detector| backtest(series, detector, injection, &stream)).collect();
    let tests = tests?;
    let proposed = best(&tests, args.most_false / steps_a_year);
    Ok((tests, proposed))
}

fn results(tested: &[Tested], lang: Lang) -> Results {
    let columns = vec![
        ("series", "序列"),
        ("method", "方法"),
        ("settings", "参数"),
        ("judged", "判断期数"),
        ("false_alarms_per_year", "每年误报次数"),
        ("detected", "发现比例"),
        ("delay", "平均延迟（期）"),
        ("proposed", "推荐"),
    ];
    let rows = tested.iter().flat_map(|one| {
        let (tests, proposed) = one.found.as_ref().map_or((&[][..], None), |(tests, at)| (tests.as_slice(), *at));
        tests.iter().enumerate().map(move |(at, test)| {
            vec![
                Cell::Text(one.name.clone()),
                Cell::Text(test.detector.name().to_owned()),
                Cell::Text(lang.pick(test.detector.settings_zh(), test.detector.settings_en())),
                Cell::Number(test.judged as f64),
                Cell::Number(test.false_alarm_rate * one.steps_a_year),
                Cell::Number(test.detected),
                Cell::Number(test.delay),
                Cell::Flag(proposed == Some(at)),
            ]
        })
    });
    Results { columns, rows: rows.collect() }
}

fn explain(one: &Tested, args: &BacktestArgs, lang: Lang) -> String {
    let said = match &one.found {
        Err(refusal) => words(refusal, lang),
        Ok((tests, None)) => lang.pick(
            format!("试了{}种方法，没有一种每年误报不超过{}次。可放宽 --most-false。", tests.len(), args.most_false),
            format!(
                "{} methods were tried, none rings for nothing at most {} times a year. Allow more with --most-false.",
                tests.len(),
                args.most_false
            ),
        ),
        Ok((tests, Some(at))) => proposed(&tests[*at], tests.len(), one, args, lang),
    };
    named(one, &said)
}

fn proposed(test: &BackTest, of: usize, one: &Tested, args: &BacktestArgs, lang: Lang) -> String {
    let a_year = test.false_alarm_rate * one.steps_a_year;
    let (detected, delay, years) = (test.detected * 100.0, test.delay, test.judged as f64 / one.steps_a_year);
    let (title_zh, title_en) = (test.detector.title_zh(), test.detector.title_en());
    let step = lang
        .pick(if one.step == Step::Day { "天" } else { "周" }, if one.step == Step::Day { "days" } else { "weeks" });
    lang.pick(
        format!(
            "试了{of}种，推荐{title_zh}（{}）：按{years:.1}年历史，每年误报{a_year:.1}次；加入的暴发（平均{}例、{}{step}）发现{detected:.0}%，平均{delay:.1}{step}后报警（未发现的按{}{step}计）。",
            test.detector.settings_zh(), args.cases, args.lasts, args.lasts,
        ),
        format!(
            "Of {of} tried, {title_en} ({}) is proposed: over {years:.1} years of history {a_year:.1} false alarms a year; of added outbreaks ({} cases on average, {} {step}) {detected:.0} % were noticed, after {delay:.1} {step} on average (those missed count as {}).",
            test.detector.settings_en(), args.cases, args.lasts, args.lasts,
        ),
    )
}

fn named(one: &Tested, said: &str) -> String {
    if one.name.is_empty() { said.to_owned() } else { format!("{} · {said}", one.name) }
}
