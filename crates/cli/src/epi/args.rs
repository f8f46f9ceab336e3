//! The options of the commands on counts. Help is Chinese first, English after.

use std::path::PathBuf;

use clap::{ArgGroup, Args, ValueEnum};
use jiff::civil::Date;

use crate::args::OutArgs;

/// What every command reads and writes.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("written").args(["out", "chart"]).multiple(true))]
pub(crate) struct TableArgs {
    /// 数据文件，CSV 或 XLSX · The data, CSV or XLSX
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// 输出格式 · Output format
    #[arg(long, value_enum, default_value_t = TableFormat::Csv)]
    pub(crate) format: TableFormat,
    /// 写入文件，缺省写到屏幕 · Write to this file instead of the screen
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// 文件已存在时覆盖，图也是 · Overwrite the file if it exists, and the chart
    #[arg(long, requires = "written")]
    force: bool,
    /// 另存图 · Save a chart as SVG
    #[arg(long, value_name = "FILE")]
    pub(crate) chart: Option<PathBuf>,
    /// 用文字说明结果 · Say the result in words
    #[arg(long)]
    pub(crate) explain: bool,
    /// 数据截止日，缺省为最后一天 · The day up to which the data are known; the last day if not given
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
}

impl TableArgs {
    /// Where the table goes.
    pub(super) fn out(&self) -> OutArgs {
        OutArgs { out: self.out.clone(), force: self.force }
    }

    /// Where the chart goes, if one is asked for.
    pub(super) fn chart_out(&self) -> Option<OutArgs> {
        self.chart.as_ref().map(|chart| OutArgs { out: Some(chart.clone()), force: self.force })
    }
}

/// The form of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    Csv,
    Json,
    Xlsx,
}

/// Days or weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StepArg {
    Day,
    Week,
}

/// A method of early warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MethodArg {
    Auto,
    Fixed,
    EarsC1,
    EarsC2,
    EarsC3,
    Bayes,
    MovingPercentile,
    HistoricalLimits,
    Cdc,
    Farrington,
    FarringtonFlexible,
}

pub(crate) const DETECT_HELP: &str = "\
列 Columns: date, count[, series]（日期、病例数、序列）；空格为未知，0 为无病例 an empty cell is unknown, 0 is no case

例子 Examples:
  lianfang detect 周报.csv --explain
  lianfang detect 日报.xlsx --method ears-c2 --alpha 0.001 --chart 预警.svg
  lianfang detect 周报.csv --only 甲镇 --only 乙镇 --chart 两镇.svg

退出码 Exit codes: 0 无报警 no alarm · 1 有报警 an alarm · 3 有序列无法判断 a series could not be judged";

#[derive(Debug, Args)]
pub(crate) struct DetectArgs {
    #[command(flatten)]
    pub(crate) table: TableArgs,
    /// 只处理这些序列，可重复 · Only these series; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Vec<String>,
    /// 方法，缺省按数据选择并说明理由 · Method; chosen by the data, with the reason, if not given
    #[arg(long, value_enum, default_value_t = MethodArg::Auto)]
    pub(crate) method: MethodArg,
    /// 显著性水平，缺省用方法的发表值 · Level of the alarm; that of the method's publication if not given
    #[arg(long, value_name = "P")]
    pub(crate) alpha: Option<f64>,
    /// 回看年数 · Years back
    #[arg(long, value_name = "N")]
    pub(crate) years: Option<usize>,
    /// 移动百分位数，如 80 · Percentile of the moving percentile, such as 80
    #[arg(long, value_name = "N")]
    pub(crate) percentile: Option<f64>,
    /// 固定阈值 · Number of cases of the fixed threshold
    #[arg(long, value_name = "N", default_value_t = 1.0)]
    pub(crate) limit: f64,
    /// 每一例都报警（鼠疫、霍乱等）· Every case rings (plague, cholera)
    #[arg(long)]
    pub(crate) every_case: bool,
    /// 按日还是按周，缺省由日期间隔判断 · Days or weeks; told by the dates if not given
    #[arg(long, value_enum)]
    pub(crate) step: Option<StepArg>,
}

pub(crate) const SCAN_HELP: &str = "\
列 Columns: series, date, count, x, y[, population]（地点、日期、病例数、经度、纬度、人口）

例子 Examples:
  lianfang scan 病例.csv --lonlat --longest 14 --explain
  lianfang scan 病例.csv --model poisson --replicates 9999";

/// What a scan expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModelArg {
    Permutation,
    Poisson,
}

#[derive(Debug, Args)]
pub(crate) struct ScanArgs {
    #[command(flatten)]
    pub(crate) table: TableArgs,
    /// 期望的来源：病例排列或人口 · Expected by permutation of the cases or by population
    #[arg(long, value_enum, default_value_t = ModelArg::Permutation)]
    pub(crate) model: ModelArg,
    /// 圆的上限，占病例或人口的份额 · Largest circle, as a share of cases or people
    #[arg(long, value_name = "SHARE", default_value_t = 0.5)]
    pub(crate) max_share: f64,
    /// 最长时间窗（天）· Longest window in days
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    pub(crate) longest: usize,
    /// x、y 是经度和纬度 · x and y are longitude and latitude
    #[arg(long)]
    pub(crate) lonlat: bool,
    /// 也找已经结束的聚集 · Look for clusters that have ended too
    #[arg(long)]
    pub(crate) retrospective: bool,
    /// 模拟次数 · Replicates
    #[arg(long, value_name = "N", default_value_t = 999)]
    pub(crate) replicates: usize,
    /// 最多列出几个聚集 · Clusters to list at most
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) clusters: usize,
    /// 随机种子，相同种子结果相同 · Seed; the same seed gives the same result
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
}

/// The serial interval, which must be given: it belongs to the disease.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct IntervalArgs {
    /// 代间隔均值（天）· Mean serial interval in days
    #[arg(long, value_name = "DAYS")]
    pub(crate) si_mean: f64,
    /// 代间隔标准差（天）· Standard deviation of the serial interval in days
    #[arg(long, value_name = "DAYS")]
    pub(crate) si_sd: f64,
    /// 时间窗（天）· Days in a window
    #[arg(long, value_name = "DAYS", default_value_t = 7)]
    pub(crate) window: usize,
}

pub(crate) const RT_HELP: &str = "\
列 Columns: date, count[, imported]（发病日期、病例数、其中输入病例）

例子 Example:
  lianfang rt 发病.csv --si-mean 5.2 --si-sd 2.8 --chart rt.svg --explain";

#[derive(Debug, Args)]
pub(crate) struct RtArgs {
    #[command(flatten)]
    pub(crate) table: TableArgs,
    #[command(flatten)]
    pub(crate) interval: IntervalArgs,
    /// 回看每例传染数（Wallinga–Teunis），缺省为实时（Cori）· By case, looking back, instead of by day
    #[arg(long)]
    pub(crate) looking_back: bool,
}

pub(crate) const NOWCAST_HELP: &str = "\
列 Columns: event, reported（发病日期、报告日期），每例一行 one row per case

例子 Example:
  lianfang nowcast 个案.csv --max-delay 14 --chart 即时.svg --explain";

#[derive(Debug, Args)]
pub(crate) struct NowcastArgs {
    #[command(flatten)]
    pub(crate) table: TableArgs,
    /// 最长报告延迟（天）· Longest delay of a report in days
    #[arg(long, value_name = "DAYS")]
    pub(crate) max_delay: usize,
    /// 只用最近多少天的延迟，缺省全部 · Delays of so many days only; all if not given
    #[arg(long, value_name = "DAYS")]
    pub(crate) delay_window: Option<usize>,
}

pub(crate) const FORECAST_HELP: &str = "\
列 Columns: date, count（发病日期、病例数），须已完整 must be complete

例子 Example:
  lianfang forecast 发病.csv --si-mean 5.2 --si-sd 2.8 --days 14 --chart 预测.svg";

#[derive(Debug, Args)]
pub(crate) struct ForecastArgs {
    #[command(flatten)]
    pub(crate) table: TableArgs,
    #[command(flatten)]
    pub(crate) interval: IntervalArgs,
    /// 预测天数 · Days ahead
    #[arg(long, value_name = "DAYS", default_value_t = 14)]
    pub(crate) days: usize,
    /// 模拟路径数 · Paths drawn
    #[arg(long, value_name = "N", default_value_t = 2000)]
    pub(crate) paths: usize,
    /// R 每天的变动幅度（对数标准差）· How far R may move a day, as the standard deviation of its logarithm
    #[arg(long, value_name = "SD", default_value_t = 0.05)]
    pub(crate) drift: f64,
    /// 随机种子 · Seed
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
}
