//! What was found when a store was opened or checked.

use std::fmt;

use crate::time::Day;

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A file is damaged or missing; what was sound is kept, the rest is lost.
    Damaged {
        /// The file.
        file: String,
        /// The day that it holds, where it is one of a day.
        day: Option<Day>,
        /// What is wrong with it.
        what: String,
        /// Stays that could not be read; `None` while nobody has tried to rebuild it.
        lost: Option<u64>,
    },
    /// A write at the end of a log was cut off. It was never acknowledged, unless the disk lost it.
    CutOff {
        /// The log.
        file: String,
        /// Its length in bytes.
        bytes: usize,
    },
}

impl Finding {
    /// Whether something that was acknowledged may be missing.
    pub fn is_damage(&self) -> bool {
        matches!(self, Finding::Damaged { .. })
    }

    /// 中文。
    pub fn zh(&self) -> String {
        match self {
            Finding::Damaged { file, day, what, lost } => {
                let day = day.map(|day| format!("（{day}）")).unwrap_or_default();
                let lost = match lost {
                    None => "；运行 lianfang visits verify --repair 用完好的部分重建".into(),
                    Some(0) => "；已重建，没有丢失".into(),
                    Some(lost) => format!("；已用完好的部分重建，丢失{lost}条，请从来源重新导入这一天"),
                };
                format!("{file}{day} 已损坏：{what}{lost}")
            }
            Finding::CutOff { file, bytes } => format!("{file} 末尾有{bytes}字节未写完，从未确认过，已略过"),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::Damaged { file, day, what, lost } => {
                let day = day.map(|day| format!(" ({day})")).unwrap_or_default();
                write!(f, "{file}{day} is damaged: {what}")?;
                match lost {
                    None => write!(f, "; `lianfang visits verify --repair` rebuilds it from what is sound"),
                    Some(0) => write!(f, "; it was rebuilt and nothing is lost"),
                    Some(lost) => write!(f, "; it was rebuilt, {lost} stays are lost: import that day again"),
                }
            }
            Finding::CutOff { file, bytes } => {
                write!(
                    f,
                    "the last {bytes} bytes of {file} were cut off; they were never acknowledged and are left out"
                )
            }
        }
    }
}
