//! Days of visits as Parquet files, sorted by venue and time, so that other engines can ask the same days and skip what they
//! do not need by the statistics of venues.

mod read;
mod write;

use std::fmt;

use lianfang_trace::table::TableFault;

pub use read::read;
pub use write::write;

/// Why a file could not be written or read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParquetFault {
    /// It is no Parquet file, or the disk refused.
    File(String),
    /// Its columns do not fit, or the store failed.
    Table(TableFault),
}

impl ParquetFault {
    /// 中文。
    pub fn zh(&self) -> String {
        match self {
            ParquetFault::File(what) => format!("Parquet 文件读写失败：{what}"),
            ParquetFault::Table(fault) => fault.zh(),
        }
    }
}

impl fmt::Display for ParquetFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParquetFault::File(what) => write!(f, "the Parquet file could not be read or written: {what}"),
            ParquetFault::Table(fault) => write!(f, "{fault}"),
        }
    }
}

impl std::error::Error for ParquetFault {}

impl From<parquet::errors::ParquetError> for ParquetFault {
    fn from(error: parquet::errors::ParquetError) -> ParquetFault {
        ParquetFault::File(error.to_string())
    }
}
