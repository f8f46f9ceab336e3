//! `lianfang backtest`: which method, with which parameters, suits our own history?

use clap::Args;
use lianfang_domain::Lang;
use lianfang_epi::Refusal;
use lianfang_epi::assess::clean::{Dated, Series, Step, clean};
use lianfang_epi::chart::{Chart, Panels};
use lianfang_epi::number::chance::Stream;
use lianfang_epi::signals::backtest::{BackTest, Injection, backtest, best};
use lianfang_epi::signals::candidates::candidates;

use super::args::{StepArg, TableArgs};
use super::chart::{panels, save};
use super::history::history;
use super::input::{Table, only, step_of, without_outbreaks};
use super::output::{Cell, Results};
use super::words;
use crate::exit::Exit;
use crate::progress;

pub(crate) const BACKTEST_HELP: &str = "\
列 Columns: date, count[, series][, outbreak]（outbreak 为 1 的日期是已知暴发，不作误报计 1 marks a known outbreak, left out）

做法 How: 历史上每一期按当时的数据判断，报警即为误报；再在随机时点加入一起暴发，看多快报警。
  Every step is judged as it was, and a ring is false; then outbreaks are added at random steps, to see how soon each is noticed.

例子 Examples:
  lianfang backtest 周报.csv --cases 10 --lasts 4 --most-false 2 --explain
  lianfang backtest 日报.xlsx --format xlsx --out 回测.xlsx
  lianfang backtest 周报.csv --only 甲镇 --chart 回测.svg

退出码 Exit codes: 0 有合适的方法 a method is proposed · 1 没有方法达到误报要求 none keeps the false alarms · 3 有序列无法回测 a series could not be tested";

#[derive(Debug, Args)]
pub(crate) struct BacktestArgs {
    #[command(flatten)]
    pub(crate) table: TableArgs,
    /// 只处理这些序列，可重复 · Only these series; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Vec<String>,
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
    found: Result<Found, Refusal>,
}

/// What was tried on a series, and which of it is proposed.
struct Found {
    series: Series,
    tests: Vec<BackTest>,
    proposed: Option<usize>,
}

impl Found {
    fn best(&self) -> Option<&BackTest> {
        self.tests.get(self.proposed?)
    }
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
    let series = only(without_outbreaks(&table)?, &args.only, lang)?;
    let bar = progress::bar(series.len() as u64, lang.pick("回测", "back-test"));
    let each = |(name, rows): (String, Vec<Dated>)| {
        let tested = test(args, name, &rows);
        bar.inc(1);
        tested
    };
    let tested: Vec<Tested> = series.into_iter().map(each).collect();
    bar.finish_and_clear();
    let explained: Vec<String> = tested.iter().map(|t| explain(t, args, lang)).collect();
    let written = results(&tested, lang).write(&args.table, &explained, lang).max(draw(&tested, args, lang));
    let mut ended = Exit::Ok;
    for one in &tested {
        match &one.found {
            Err(refusal) => {
                if !args.table.explain {
                    eprintln!("{}", named(one, &words(refusal, lang)));
                }
                ended = ended.max(Exit::Unreadable);
            }
            Ok(found) if found.best().is_none() => ended = ended.max(Exit::Found),
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
    let found = clean(rows, step, as_of).and_then(|series| tests(args, &name, series, steps_a_year));
    Tested { name, steps_a_year, step, found }
}

/// Every detector for which the history is long enough, and which of them is proposed.
fn tests(args: &BacktestArgs, name: &str, series: Series, steps_a_year: f64) -> Result<Found, Refusal> {
    let injection = Injection { cases: args.cases, steps: args.lasts, trials: args.trials };
    let all = candidates(&series);
    if all.is_empty() {
        return Err(Refusal::SeriesTooShort { have: series.counts.len(), need: 20 });
    }
    let stream = Stream::new(name, args.seed);
    let tests: Result<Vec<BackTest>, Refusal> =
        all.iter().map(|detector| backtest(&series, detector, injection, &stream)).collect();
    let tests = tests?;
    let proposed = best(&tests, args.most_false / steps_a_year);
    Ok(Found { series, tests, proposed })
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
        let (tests, proposed) = one.found.as_ref().map_or((&[][..], None), |f| (f.tests.as_slice(), f.proposed));
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
        Ok(found) => match found.best() {
            Some(test) => proposed(test, found.tests.len(), one, args, lang),
            None => none_proposed(found.tests.len(), args.most_false, lang),
        },
    };
    named(one, &said)
}

fn none_proposed(of: usize, most_false: f64, lang: Lang) -> String {
    lang.pick(
        format!("试了{of}种方法，没有一种每年误报不超过{most_false}次。可放宽 --most-false。"),
        format!(
            "{of} methods were tried, none rings for nothing at most {most_false} times a year. Allow more with --most-false."
        ),
    )
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

/// The history of each series as the method proposed for it would have judged it, known outbreaks left out.
fn draw(tested: &[Tested], args: &BacktestArgs, lang: Lang) -> Exit {
    if args.table.chart.is_none() {
        return Exit::Ok;
    }
    let found: Vec<(&Tested, &Found, &BackTest)> = tested
        .iter()
        .filter_map(|one| one.found.as_ref().ok().and_then(|found| Some((one, found, found.best()?))))
        .collect();
    if found.is_empty() {
        eprintln!(
            "{}",
            lang.pick(
                "没有推荐的方法，不画图，图未生成。",
                "No method is proposed, so there is nothing to draw; no chart was made.",
            )
        );
        return Exit::Ok;
    }
    let left_out = tested.len() - found.len();
    if left_out > 0 {
        eprintln!(
            "{}",
            lang.pick(
                format!("{left_out}个序列没有推荐的方法，图中没有。"),
                format!("{left_out} series for which no method is proposed are not in the chart."),
            )
        );
    }
    let title = lang.pick(
        "回测：推荐的方法按当时的数据判断每一期（已知暴发除外）",
        "back-test: each step as the proposed method would have judged it (known outbreaks left out)",
    );
    save(&args.table, lang, || -> Option<Panels> {
        panels(title, &found, lang, |(one, found, test)| panel(one, &found.series, test, lang))
    })
}

fn panel(one: &Tested, series: &Series, test: &BackTest, lang: Lang) -> Option<Chart> {
    let (first, detector) = (test.detector.reach(series), &test.detector);
    let judged = detector.judge(series, first..series.counts.len()).ok()?;
    let a_year = test.false_alarm_rate * one.steps_a_year;
    let method = lang.pick(
        format!("{}（{}），每年误报{a_year:.1}次", detector.title_zh(), detector.settings_zh()),
        format!("{} ({}), {a_year:.1} false alarms a year", detector.title_en(), detector.settings_en()),
    );
    Some(history(&one.name, &method, series, first, judged, lang))
}
