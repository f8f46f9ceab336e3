//! What keeps the store from doing what it was asked.

use std::fmt;
use std::path::Path;

/// What went wrong, and with which file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The disk or the system refused.
    Io {
        /// What was tried: `open`, `write` …
        doing: &'static str,
        /// The file.
        file: String,
        /// What the system said.
        why: String,
    },
    /// A file does not hold what was written.
    Damaged {
        /// The file; empty where the bytes had none.
        file: String,
        /// What is wrong with it.
        what: String,
    },
    /// A file was written by a later program.
    Version {
        /// The version in the file.
        found: u32,
        /// The latest version that this program reads.
        known: u32,
    },
    /// Another process writes to the same folder.
    Locked(String),
    /// More than the format can hold.
    TooMany(&'static str),
    /// An earlier write failed, so that it is not known what is on the disk: the store must be opened again.
    Stopped,
}

impl Fault {
    pub(crate) fn io(doing: &'static str, path: &Path, error: &std::io::Error) -> Fault {
        Fault::Io { doing, file: path.display().to_string(), why: error.to_string() }
    }

    pub(crate) fn damaged(what: impl Into<String>) -> Fault {
        Fault::Damaged { file: String::new(), what: what.into() }
    }

    /// Names the file of a damage.
    pub(crate) fn in_file(self, path: &Path) -> Fault {
        match self {
            Fault::Damaged { what, .. } => Fault::Damaged { file: path.display().to_string(), what },
            other => other,
        }
    }

    /// 中文。
    pub fn zh(&self) -> String {
        match self {
            Fault::Io { doing, file, why } => format!("文件 {file} 操作失败（{doing}）：{why}；请检查磁盘空间和权限"),
            Fault::Damaged { file, what } => {
                format!("文件 {file} 已损坏：{what}；请运行 lianfang visits verify --repair 用完好的部分重建")
            }
            Fault::Version { found, known } => {
                format!("数据文件的版本是{found}，本程序只认识到{known}；请升级程序")
            }
            Fault::Locked(folder) => format!("目录 {folder} 正由另一个进程写入；请先停止它"),
            Fault::TooMany(what) => format!("超出格式上限：{what}"),
            Fault::Stopped => "上一次写入失败，磁盘上的状态不明；请重新打开数据目录".into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Io { doing, file, why } => {
                write!(f, "cannot {doing} {file}: {why}; check free space and permissions")
            }
            Fault::Damaged { file, what } => {
                write!(f, "{file} is damaged: {what}; `lianfang visits verify --repair` rebuilds it from what is sound")
            }
            Fault::Version { found, known } => {
                write!(f, "the data is of version {found}, this program reads up to {known}; use a newer program")
            }
            Fault::Locked(folder) => write!(f, "another process writes to {folder}; stop it first"),
            Fault::TooMany(what) => write!(f, "more {what} than the format holds"),
            Fault::Stopped => {
                write!(f, "an earlier write failed, so what is on the disk is unknown; open the folder again")
            }
        }
    }
}

impl std::error::Error for Fault {}
