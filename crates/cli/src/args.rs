//! The command line as types. Help is Chinese first, English after.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

use crate::epi::args as epi;
use crate::epi::backtest::{BACKTEST_HELP, BacktestArgs};

/// 联防：把应急预案读成可以执行的结构 · Reads emergency plans into structure that can be carried out
#[derive(Debug, Parser)]
#[command(name = "lianfang", version, after_help = EXAMPLES)]
#[command(propagate_version = true, disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// 语言，缺省中文 · Language; Chinese unless LIANFANG_LANG or LANG starts with en
    #[arg(long, global = true, value_name = "zh|en", value_enum, hide_possible_values = true)]
    pub(crate) lang: Option<LangArg>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
例子 Examples:
  lianfang demo
  lianfang plan example
  lianfang plan read 预案.docx
  lianfang plan check *.docx
  lianfang plan diff 旧预案.docx 新预案.docx";

/// The language of messages and labels.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LangArg {
    Zh,
    En,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// 预案：读取、核对、比较 · Plans: read, check, compare
    #[command(after_help = PLAN_EXAMPLES)]
    Plan {
        #[command(subcommand)]
        command: PlanCommand,
    },
    /// 预警：最近一天或一周是否异常 · Early warning: is the latest day or week unusual
    #[command(after_help = epi::DETECT_HELP)]
    Detect(epi::DetectArgs),
    /// 回测：各种预警方法用在本地历史数据上，误报多少、多快发现 · Back-test: how the methods would have done on your own history
    #[command(after_help = BACKTEST_HELP)]
    Backtest(BacktestArgs),
    /// 聚集：何处何时病例过多 · Clusters: where and since when there are too many cases
    #[command(after_help = epi::SCAN_HELP)]
    Scan(epi::ScanArgs),
    /// 再生数 R：传播有多快 · Reproduction number: how fast it is spreading
    #[command(after_help = epi::RT_HELP)]
    Rt(epi::RtArgs),
    /// 即时估计：补上尚未报告的病例 · Nowcast: cases not yet reported
    #[command(after_help = epi::NOWCAST_HELP)]
    Nowcast(epi::NowcastArgs),
    /// 短期预测 · Short-term forecast
    #[command(after_help = epi::FORECAST_HELP)]
    Forecast(epi::ForecastArgs),
    /// 启动服务，用浏览器访问 · Start the server and open it in a browser
    #[command(after_help = SERVE_EXAMPLES)]
    Serve(ServeArgs),
    /// 配置：文件、环境变量、命令行选项 · Settings: file, environment, flags
    #[command(after_help = CONFIG_HELP)]
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// 升级数据库结构（启动服务时也会自动升级）· Bring the schema up to date; starting the server does it too
    #[command(after_help = MIGRATE_EXAMPLES)]
    Migrate(MigrateArgs),
    /// 备份到一个文件，运行中也可以 · Copy everything into a file, also while the server runs
    #[command(after_help = BACKUP_EXAMPLES)]
    Backup(BackupArgs),
    /// 用备份文件恢复 · Put a backup in place
    #[command(after_help = "例子 Example:\n  lianfang restore 备份.db --data /var/lib/lianfang")]
    Restore(RestoreArgs),
    /// 检查数据库、密钥、磁盘、时钟和文件权限 · Check database, keys, disk, clock and file permissions
    #[command(after_help = "退出码 Exit codes: 0 正常 well · 1 有问题 problems found · 5 打不开 could not be opened")]
    Doctor(OpenArgs),
    /// 数据密钥 · Data keys
    #[command(after_help = "例子 Example:\n  lianfang keys rotate --data /var/lib/lianfang")]
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// 在本机测速 · Figures of this machine
    #[command(after_help = "例子 Example:\n  lianfang bench write --data /tmp/bench --clients 256")]
    Bench {
        #[command(subcommand)]
        command: BenchCommand,
    },
    /// 轨迹与密接：谁和谁同时在同一场所 · Visits: who met whom
    #[command(after_help = crate::visits::args::EXAMPLES)]
    Visits {
        #[command(subcommand)]
        command: crate::visits::args::VisitsCommand,
    },
    /// 审计记录 · The audit record
    #[command(after_help = "例子 Example:\n  lianfang audit verify --data /var/lib/lianfang")]
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// 用虚构的清河区试一试：启动服务并列出账号 · Try everything on a made-up district: starts the server, lists the accounts
    #[command(after_help = DEMO_EXAMPLES)]
    Demo(DemoArgs),
    /// 生成命令行补全脚本 · Print a completion script for your shell
    #[command(after_help = COMPLETION_EXAMPLES)]
    Completions {
        /// 命令解释器 · Which shell
        shell: Shell,
    },
}

const SERVE_EXAMPLES: &str = "\
例子 Examples:
  lianfang serve --data /var/lib/lianfang
  lianfang serve --data /var/lib/lianfang --listen 0.0.0.0:8080
  lianfang serve --data /var/lib/lianfang --listen 0.0.0.0:443 --tls-certificate 证书.pem --tls-key 私钥.pem
  lianfang serve --data /var/lib/lianfang --database postgres://lianfang@localhost/lianfang

退出码 Exit codes: 0 正常结束 stopped as asked · 2 用法不对 wrong usage · 5 无法启动 could not start";

const CONFIG_HELP: &str = "\
命令行选项优先于环境变量，环境变量优先于配置文件。
Flags win over the environment, the environment over the file.

例子 Example，/var/lib/lianfang/lianfang.toml:
  keys = \"/etc/lianfang/keys\"
  database = \"postgres://lianfang@localhost/lianfang\"
  listen = \"127.0.0.1:8080\"
  https = true";

const MIGRATE_EXAMPLES: &str = "\
例子 Examples:
  lianfang migrate --data /var/lib/lianfang
  lianfang migrate --print-distribution | psql lianfang

退出码 Exit codes: 0 正常 done · 2 用法不对 wrong usage · 5 打不开 could not be opened";

const BACKUP_EXAMPLES: &str = "\
例子 Examples:
  lianfang backup 备份-2026-11-22.db --data /var/lib/lianfang

备份里不含主密钥（keys 目录），请另行保存。没有主密钥，备份中的加密内容任何人都无法读出。
The master key (folder keys) is not in it: keep a copy elsewhere. Without it nobody can read the sealed fields.";

#[derive(Debug, Args)]
pub(crate) struct BackupArgs {
    /// 备份文件 · The file to write
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    /// 备份文件 · The backup
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// 换用新的数据密钥，并重新加密已有内容 · Make a new data key and seal everything anew
    Rotate(OpenArgs),
}

#[derive(Debug, Subcommand)]
pub(crate) enum BenchCommand {
    /// 每秒写入多少条改动（落盘并含审计）· Durable changes with their audit row, each second
    Write(BenchWriteArgs),
    /// 查询、列表、导入、导出（先铺演示数据）· Lookups, lists, import and export, on demo data that it lays out first
    Site(BenchSiteArgs),
    /// 提出、下达、列出指令（先铺演示数据）· Proposing, issuing and listing orders, on demo data that it lays out first
    Orders(BenchOrdersArgs),
    /// 报送情况和集中上报（先铺演示数据）· Who has reported, and many handing in together, on demo data laid out first
    Reports(BenchReportsArgs),
    /// 汇总许多数据，打开指标页面（先铺演示数据）· Rolling figures up and pages of indicators, on demo data that it lays out first
    Figures(BenchFiguresArgs),
    /// 巡查许多时限，其中少数到期 · A look at many clocks of which few are due
    Clocks(BenchClocksArgs),
    /// 冷启动到第一页的时间和内存 · Cold start to the first page, and memory
    Start(OpenArgs),
    /// 列出写入测速留下的完整改动 · List what bench write kept whole
    Kept(OpenArgs),
}

#[derive(Debug, Args)]
pub(crate) struct BenchOrdersArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    /// 指令总数 · Orders in all
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub(crate) orders: usize,
    /// 单位数 · Units to which a plan is issued
    #[arg(long, value_name = "N", default_value_t = 500)]
    pub(crate) units: usize,
    /// 每项持续秒数 · Seconds for each figure
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) seconds: u64,
    /// 铺完数据后等待的秒数，供数据库自行整理 · Seconds to wait after filling, in which the database tidies up by itself
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) rest: u64,
}

#[derive(Debug, Args)]
pub(crate) struct BenchReportsArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    /// 报送情况表的单位数 · Units of the board
    #[arg(long, value_name = "N", default_value_t = 500)]
    pub(crate) units: usize,
    /// 集中上报的单位数 · Units that hand in together
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    pub(crate) submitting: usize,
    /// 每项持续秒数 · Seconds for each figure
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) seconds: u64,
    /// 铺完数据后等待的秒数，供数据库自行整理 · Seconds to wait after filling, in which the database tidies up by itself
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) rest: u64,
}

#[derive(Debug, Args)]
pub(crate) struct BenchFiguresArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    /// 数据条数 · Figures in all
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub(crate) values: usize,
    /// 每项持续秒数 · Seconds for each figure
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) seconds: u64,
    /// 铺完数据后等待的秒数，供数据库自行整理 · Seconds to wait after filling, in which the database tidies up by itself
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) rest: u64,
}

#[derive(Debug, Args)]
pub(crate) struct BenchWriteArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    /// 同时写入的客户端 · Clients at once
    #[arg(long, value_name = "N", default_value_t = 256)]
    pub(crate) clients: u32,
    /// 每项持续秒数 · Seconds for each figure
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) seconds: u64,
    /// 一直写，直到被杀掉 · Go on until killed, printing what is kept
    #[arg(long, conflicts_with = "seconds")]
    pub(crate) until_killed: bool,
}

#[derive(Debug, Args)]
pub(crate) struct BenchClocksArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    /// 时限的数目 · How many clocks
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub(crate) n: usize,
    /// 其中到期的数目 · How many of them are due
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    pub(crate) due: usize,
}

#[derive(Debug, Args)]
pub(crate) struct BenchSiteArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    /// 同时连接数 · Connections at once
    #[arg(long, value_name = "N", default_value_t = 32)]
    pub(crate) clients: usize,
    /// 每项持续秒数 · Seconds for each figure
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub(crate) seconds: u64,
    /// 导入的行数 · Rows of the import
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub(crate) rows: usize,
    /// 列表和导出的单位数 · Units in the list and the export
    #[arg(long, value_name = "N", default_value_t = 120_000)]
    pub(crate) units: usize,
}

/// Commands that only need to know which database.
#[derive(Debug, Args)]
pub(crate) struct OpenArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

/// Where things are kept. What is not given here comes from the environment or the configuration.
#[derive(Clone, Debug, Args)]
pub(crate) struct StoreArgs {
    /// 配置文件，缺省为数据目录下的 lianfang.toml（如有）· Configuration; DATA/lianfang.toml where there is one
    #[arg(long, value_name = "FILE", env = "LIANFANG_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// 数据目录：数据库、备份 · Data folder: database and backups [LIANFANG_DATA]
    #[arg(long, value_name = "DIR")]
    data: Option<String>,
    /// 密钥目录，缺省为数据目录下的 keys · Folder of the master key; keys inside the data folder if not given [LIANFANG_KEYS]
    #[arg(long, value_name = "DIR")]
    keys: Option<String>,
    /// PostgreSQL 地址，缺省用内置数据库 · Address of a PostgreSQL database; the embedded one if not given [LIANFANG_DATABASE]
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// 签发 PostgreSQL 证书的机构，PEM；给出后必须加密连接 · Authority of the database's certificate, PEM; connections are then always encrypted [LIANFANG_DATABASE_CA]
    #[arg(long, value_name = "FILE")]
    database_ca: Option<String>,
    /// 本节点编号，多个进程共用一个数据库时各不相同，缺省 0 · Number of this node among those that share a database; 0 if not given [LIANFANG_NODE]
    #[arg(long, value_name = "0-255")]
    node: Option<String>,
}

impl StoreArgs {
    /// The settings given as flags.
    pub(crate) fn given(&self) -> Vec<(&'static str, Option<String>)> {
        vec![
            ("data", self.data.clone()),
            ("keys", self.keys.clone()),
            ("database", self.database.clone()),
            ("database_ca", self.database_ca.clone()),
            ("node", self.node.clone()),
        ]
    }
}

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    /// 监听地址，缺省 127.0.0.1:8080 · Address to listen on; 127.0.0.1:8080 if not given [LIANFANG_LISTEN]
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// 浏览器经 https 访问（前面有代理）· Browsers come by https, through a proxy in front [LIANFANG_HTTPS]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    https: Option<String>,
    /// 本服务的证书（含中间证书），PEM；给出后直接提供 https · Certificate of this server with its chain, PEM; it then serves https itself [LIANFANG_TLS_CERTIFICATE]
    #[arg(long, value_name = "FILE")]
    tls_certificate: Option<String>,
    /// 证书的私钥，PEM · Private key of the certificate, PEM [LIANFANG_TLS_KEY]
    #[arg(long, value_name = "FILE")]
    tls_key: Option<String>,
    /// 在本机地址上提供 Prometheus 指标，缺省不提供 · Prometheus metrics at an address of this machine; none if not given [LIANFANG_METRICS_LISTEN]
    #[arg(long, value_name = "ADDR")]
    metrics_listen: Option<String>,
}

impl ServeArgs {
    /// The settings of the server given as flags.
    pub(crate) fn given(&self) -> Vec<(&'static str, Option<String>)> {
        vec![
            ("listen", self.listen.clone()),
            ("https", self.https.clone()),
            ("tls_certificate", self.tls_certificate.clone()),
            ("tls_key", self.tls_key.clone()),
            ("metrics_listen", self.metrics_listen.clone()),
        ]
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// 列出生效的配置及其来源，不显示密码 · Every setting in force and where it came from, passwords hidden
    #[command(after_help = "例子 Example:\n  lianfang config show --data /var/lib/lianfang")]
    Show(ServeArgs),
}

#[derive(Debug, Args)]
pub(crate) struct MigrateArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    /// 打印在 Citus 上分布各表的语句，不打开数据库 · Print the statements that spread the tables over Citus; opens nothing
    #[arg(long)]
    pub(crate) print_distribution: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// 逐行核对审计记录是否被改动 · Check every row of the audit record for tampering
    #[command(after_help = "退出码 Exit codes: 0 完好 whole · 1 有改动 tampered with · 5 打不开 could not be opened")]
    Verify(OpenArgs),
}

const PLAN_EXAMPLES: &str = "\
例子 Examples:
  lianfang plan read 预案.docx
  lianfang plan read 预案.pdf --format xlsx --out 预案.xlsx
  lianfang plan check 预案.docx
  lianfang plan diff 旧预案.docx 新预案.docx";

const COMPLETION_EXAMPLES: &str = "\
例子 Examples:
  lianfang completions bash > ~/.local/share/bash-completion/completions/lianfang
  lianfang completions fish > ~/.config/fish/completions/lianfang.fish";

#[derive(Debug, Subcommand)]
pub(crate) enum PlanCommand {
    /// 读取预案，显示其中的机构、分级、任务和时限 · Read plans and show what is in them
    #[command(after_help = READ_EXAMPLES)]
    Read(ReadArgs),
    /// 只列出需要核实的地方 · List only what should be verified
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// 用文字说明两版预案的差别 · Say in words how two versions of a plan differ
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(DiffArgs),
    /// 打印 JSON 输出的 JSON Schema · Print the JSON Schema of the JSON output
    #[command(after_help = "例子 Example:\n  lianfang plan schema > reading.schema.json")]
    Schema(SchemaArgs),
    /// 读自带的虚构预案看一看 · Read a made-up plan that comes with the program
    #[command(after_help = "例子 Example:\n  lianfang plan example --full")]
    Example(ExampleArgs),
}

const READ_EXAMPLES: &str = "\
例子 Examples:
  lianfang plan read 预案.docx
  lianfang plan read 预案.docx --full | less -R
  lianfang plan read *.docx --format json --out 全部.json
  lianfang plan read 预案.docx --format xlsx --out 预案.xlsx
  cat 预案.txt | lianfang plan read -

退出码 Exit codes: 0 正常 ok · 2 用法不对 wrong usage · 3 有文件读不了 a file was not read · 4 写不出 not written";

const CHECK_EXAMPLES: &str = "\
例子 Examples:
  lianfang plan check 预案.docx
  lianfang plan check *.docx --as-of 2027-06-30

退出码 Exit codes: 0 没有错误 no errors · 1 有错误 errors found · 2 用法不对 wrong usage · 3 有文件读不了 a file was not read";

const DIFF_EXAMPLES: &str = "\
例子 Examples:
  lianfang plan diff 2025版.docx 2026版.docx
  lianfang plan diff 2025版.docx 2026版.docx --format json

退出码 Exit codes: 0 没有差别 no changes · 1 有差别 changes · 2 用法不对 wrong usage · 3 有文件读不了 a file was not read";

/// How files are read.
#[derive(Clone, Debug, Args)]
pub(crate) struct ReadingArgs {
    /// 单个文件的上限，兆字节 · Largest file that is read, in megabytes
    #[arg(long, value_name = "MB", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub(crate) max_size: u64,
    /// 以哪一天为准判断逾期，缺省今天 · The day by which deadlines are judged; today if not given
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) as_of: Option<Date>,
}

/// Where output goes.
#[derive(Clone, Debug, Args)]
pub(crate) struct OutArgs {
    /// 写入文件，缺省写到屏幕 · Write to this file instead of the screen
    #[arg(long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
    /// 文件已存在时覆盖 · Overwrite the file if it exists
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
}

/// What `plan read` gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReadFormat {
    Tree,
    Json,
    Xlsx,
}

#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// 预案文件,- 为标准输入 · Plan files; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// 输出为文字树、JSON 或工作簿 · Tree, JSON or workbook
    #[arg(long, value_enum, default_value = "tree")]
    pub(crate) format: ReadFormat,
    /// 长列表全部显示 · Show long lists in full
    #[arg(long)]
    pub(crate) full: bool,
    #[command(flatten)]
    pub(crate) out: OutArgs,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// 预案文件,- 为标准输入 · Plan files; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// 提示也全部列出 · List every note too
    #[arg(long)]
    pub(crate) full: bool,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

/// What `plan diff` gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    Text,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// 旧版 · The older version
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// 新版 · The newer version
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    /// 输出为文字或 JSON · Sentences or JSON
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: DiffFormat,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    #[command(flatten)]
    pub(crate) out: OutArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ExampleArgs {
    /// 长列表全部显示 · Show long lists in full
    #[arg(long)]
    pub(crate) full: bool,
    /// 打印示例预案的原文 · Print the text of the plan itself
    #[arg(long, conflicts_with = "full")]
    pub(crate) text: bool,
    /// 以哪一天为准判断逾期，缺省今天 · The day by which deadlines are judged; today if not given
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) as_of: Option<Date>,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// 数据文件夹，缺省为临时文件夹，退出即删 · Folder of the data; a temporary one, deleted at the end, if not given
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// 监听地址；缺省 127.0.0.1:8080，被占用时另选 · Address to listen on; 127.0.0.1:8080, or another port where that is taken
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Option<SocketAddr>,
    /// 虚构数据的种子，相同则数据相同 · Seed of the made-up data; the same seed gives the same
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
}

const DEMO_EXAMPLES: &str = "\
例子 Examples:
  lianfang demo
  lianfang demo --data /tmp/qinghe --listen 127.0.0.1:9000

退出码 Exit codes: 0 正常结束 stopped as asked · 5 无法启动 could not start";

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "日期写成 2027-06-30 的样子 · write the date like 2027-06-30".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
