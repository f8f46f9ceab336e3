//! The arguments of the commands on visits.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::{Date, DateTime};

pub(crate) const EXAMPLES: &str = "\
例子 Examples:
  lianfang visits generate --data 轨迹 --persons 100000 --days 14 --seed 1
  lianfang visits import 场所码.csv --data 轨迹 --columns person=人员 --columns venue=场所
  lianfang visits contacts --data 轨迹 --person 4079378981956172225 --from 2026-11-08 --until 2026-11-16
  lianfang visits sources --data 轨迹 --person 4079378981956172225 --person 4816629158879556426 --from 2026-11-08 --until 2026-11-16

人员和场所都是编号，姓名在别处。People and venues are numbers; names are kept elsewhere.
退出码 Exit codes: 0 正常 done · 1 有损坏 damage found · 2 用法不对 wrong usage · 3 读不了 not read · 4 写不出 not written · 5 打不开 could not be opened";

#[derive(Debug, Subcommand)]
pub(crate) enum VisitsCommand {
    /// 生成虚构的区或城市 · Make up a district or city
    Generate(GenerateArgs),
    /// 导入表格（CSV 或 Parquet）· Import a table (CSV or Parquet)
    Import(ImportArgs),
    /// 按天导出，按场所和时间排序 · Export days, sorted by venue and time
    Export(ExportArgs),
    /// 把新到的数据封存到每天的文件 · Seal what came in into the files of its days
    Seal(DataArgs),
    /// 密接、次密接 · Contacts and contacts of contacts
    Contacts(ContactsArgs),
    /// 多个病例共同到过的场所，可能的来源 · Venues that cases share: likely sources
    Sources(SourcesArgs),
    /// 某场所某时段有谁 · Who was in a place
    Place(PlaceArgs),
    /// 某人的轨迹 · Where a person was
    Track(TrackArgs),
    /// 删除到期的数据 · Delete what has expired
    Expire(ExpireArgs),
    /// 删除一个人的全部记录 · Erase all visits of a person
    Erase(EraseArgs),
    /// 逐字节检查 · Check every byte
    Verify(VerifyArgs),
    /// 在本机测速 · Figures of this machine
    Bench(BenchArgs),
}

/// The folder of visits.
#[derive(Clone, Debug, Args)]
pub(crate) struct DataArgs {
    /// 数据目录 · Folder of the visits
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct GenerateArgs {
    #[command(flatten)]
    pub(crate) data: DataArgs,
    /// 人数 · Persons
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub(crate) persons: u32,
    /// 天数 · Days
    #[arg(long, value_name = "N", default_value_t = 14)]
    pub(crate) days: u32,
    /// 种子，相同则结果相同 · Seed; the same gives the same
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// 第一天 · The first day
    #[arg(long, value_name = "YYYY-MM-DD", default_value = "2026-11-02")]
    pub(crate) from: Date,
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// 表格，.csv 或 .parquet · Tables, .csv or .parquet
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) data: DataArgs,
    /// 列名不同时指明，如 person=人员 · Names of columns that differ, such as person=人员
    #[arg(long, value_name = "FIELD=NAME")]
    pub(crate) columns: Vec<String>,
    /// 把未存入的行连同原因写到这个 CSV · Write rows that were not stored, with the reason, to this CSV
    #[arg(long, value_name = "FILE")]
    pub(crate) rejected: Option<PathBuf>,
}

/// What `visits export` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    Csv,
    Parquet,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) data: DataArgs,
    /// 写到这个目录，每天一个文件 · Folder to write to, a file a day
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// 格式 · Format
    #[arg(long, value_enum, default_value = "csv")]
    pub(crate) format: TableFormat,
    /// 从这一天起 · From this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<Date>,
    /// 到这一天止（含）· Up to this day, included
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) until: Option<Date>,
}

/// When, as civil times.
#[derive(Clone, Debug, Args)]
pub(crate) struct WindowArgs {
    /// 从何时起 · From this time
    #[arg(long, value_name = "YYYY-MM-DD[THH:MM]")]
    pub(crate) from: DateTime,
    /// 到何时止（不含）· Until this time, not included
    #[arg(long, value_name = "YYYY-MM-DD[THH:MM]")]
    pub(crate) until: DateTime,
}

/// By which rules.
#[derive(Clone, Debug, Args)]
pub(crate) struct RuleArgs {
    /// 规则文件，缺省用自带的、当时有效的规则 · File of rules; the supplied ones in force at the time if not given
    #[arg(long, value_name = "FILE", conflicts_with_all = ["before", "after"])]
    pub(crate) rules: Option<PathBuf>,
    /// 不用规则：病例到达前多少分钟内在场也算 · No rules: minutes before the case came that count
    #[arg(long, value_name = "MINUTES")]
    pub(crate) before: Option<u16>,
    /// 不用规则：病例离开后多少分钟内在场也算 · No rules: minutes after the case left that count
    #[arg(long, value_name = "MINUTES")]
    pub(crate) after: Option<u16>,
}

#[derive(Debug, Args)]
pub(crate) struct ContactsArgs {
    #[command(flatten)]
    pub(crate) data: DataArgs,
    /// 病例编号，可多个 · Number of the case; may be given more than once
    #[arg(long = "person", required = true, value_name = "ID")]
    pub(crate) persons: Vec<u64>,
    #[command(flatten)]
    pub(crate) window: WindowArgs,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    /// 也找次密接 · Contacts of contacts too
    #[arg(long)]
    pub(crate) second: bool,
    /// 密接何时起隔离，缺省为 --until · When contacts are isolated; --until if not given
    #[arg(long, value_name = "YYYY-MM-DD[THH:MM]")]
    pub(crate) isolated: Option<DateTime>,
    /// 最多列出多少人，总数照报 · List at most so many; the totals are told anyway
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// 为每人列出何时何地 · Where and when, for each person
    #[arg(long)]
    pub(crate) why: bool,
    /// 只出数目，JSON · Counts only, as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SourcesArgs {
    #[command(flatten)]
    pub(crate) data: DataArgs,
    /// 病例编号 · Numbers of the cases
    #[arg(long = "person", required = true, value_name = "ID")]
    pub(crate) persons: Vec<u64>,
    #[command(flatten)]
    pub(crate) window: WindowArgs,
    /// 至少几个病例到过 · At least so many cases were there
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) at_least: usize,
    /// 住户也算 · Homes too
    #[arg(long)]
    pub(crate) households: bool,
    /// 最多列出多少个 · List at most so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
}

#[derive(Debug, Args)]
pub(crate) struct PlaceArgs {
    #[command(flatten)]
    pub(crate) data: DataArgs,
    /// 场所编号 · Number of the venue
    #[arg(long, value_name = "ID")]
    pub(crate) venue: u64,
    #[command(flatten)]
    pub(crate) window: WindowArgs,
}

#[derive(Debug, Args)]
pub(crate) struct TrackArgs {
    #[command(flatten)]
    pub(crate) data: DataArgs,
    /// 人员编号 · Number of the person
    #[arg(long, value_name = "ID")]
    pub(crate) person: u64,
}

#[derive(Debug, Args)]
pub(crate) struct ExpireArgs {
    #[command(flatten)]
    pub(crate) data: DataArgs,
    /// 保留多少天，含今天 · How many days are kept, today included
    #[arg(long, value_name = "DAYS")]
    pub(crate) keep: u32,
    /// 以哪一天为今天 · The day that is today
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<Date>,
}

#[derive(Debug, Args)]
pub(crate) struct EraseArgs {
    #[command(flatten)]
    pub(crate) data: DataArgs,
    /// 人员编号 · Number of the person
    #[arg(long, value_name = "ID")]
    pub(crate) person: u64,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) data: DataArgs,
    /// 用完好的部分重建损坏的文件 · Rebuild damaged files from what is sound
    #[arg(long)]
    pub(crate) repair: bool,
}

#[derive(Debug, Args)]
pub(crate) struct BenchArgs {
    /// 目录为空时先按这里的人数生成 · Generated first, if the folder is empty
    #[command(flatten)]
    pub(crate) world: GenerateArgs,
    /// 结果为 JSON · Figures as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// 每项重复多少次，取中位数 · How often each question is asked; the median counts
    #[arg(long, value_name = "N", default_value_t = 15)]
    pub(crate) repeat: usize,
    /// 追加测试每项持续秒数，0 为不测 · Seconds of each append figure; 0 leaves them out
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) append_seconds: u64,
}
