use serde::{Deserialize, Serialize};

use super::{Number, Source};

/// A date of which parts may be unknown. A missing year is filled only from the document's own date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PartialDate {
    /// Year, if written or taken from the document's own date.
    pub year: Option<i16>,
    /// Month, 1–12.
    pub month: Option<i8>,
    /// Day of month.
    pub day: Option<i8>,
    /// Whether the year was taken from the document's own date.
    #[serde(default, skip_serializing_if = "is_false")]
    pub year_from_document: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(b: &bool) -> bool {
    !*b
}

impl PartialDate {
    /// The full date, where all three parts are known and form a real day.
    pub fn date(self) -> Option<jiff::civil::Date> {
        jiff::civil::Date::new(self.year?, self.month?, self.day?).ok()
    }
}

impl std::fmt::Display for PartialDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => write!(f, "????")?,
        }
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimeOfDay {
    /// Hour, 0–23.
    pub hour: u8,
    /// Minute, 0–59.
    pub minute: u8,
}

impl std::fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

/// Unit of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DurationUnit {
    /// 分钟.
    Minute,
    /// 小时.
    Hour,
    /// 天、日.
    Day,
    /// 工作日.
    WorkingDay,
    /// 周.
    Week,
    /// 个月.
    Month,
    /// 年.
    Year,
}

/// A time limit in the form one clock engine can run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TimeKind {
    /// By a date (`2027年6月底前`), perhaps to be kept up afterwards (`并长期坚持`).
    ByDate {
        /// The last day.
        date: PartialDate,
        /// Whether it recurs after the date.
        ongoing: bool,
    },
    /// From a date (`自2020年1月25日起`).
    FromDate {
        /// The first day.
        date: PartialDate,
    },
    /// Within a duration of a trigger (`接到报告后2小时内`).
    Within {
        /// How long.
        amount: Number,
        /// Of what.
        unit: DurationUnit,
        /// From when, as the text says it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        trigger: Option<String>,
    },
    /// Every day at a time (`每天上午9点`).
    DailyAt {
        /// When.
        at: TimeOfDay,
    },
    /// Every day before a time (`每日下午3点前`).
    DailyBy {
        /// Until when.
        by: TimeOfDay,
    },
    /// So many times a day, perhaps for so many days (`每天两次…14天`).
    TimesPerDay {
        /// How often.
        times: u32,
        /// For how many days.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<u32>,
    },
    /// Every so often (`每周一次`, `每半年一次`).
    Every {
        /// How many units lie between.
        amount: Number,
        /// Which.
        unit: DurationUnit,
        /// How often in each period.
        times: u32,
    },
    /// For a duration (`隔离观察14天`).
    For {
        /// How long.
        amount: Number,
        /// Of what.
        unit: DurationUnit,
    },
    /// Looking back over a duration (`近14天`, `前24小时`).
    LookBack {
        /// How long.
        amount: Number,
        /// Of what.
        unit: DurationUnit,
    },
    /// Standing duty (`24小时值班`).
    Standing {
        /// Hours a day.
        hours: u32,
    },
    /// A multiple of the disease's maximum or mean incubation period.
    Incubations {
        /// How many.
        multiple: Number,
        /// Whether the maximum is meant (else the mean).
        maximum: bool,
    },
    /// At once (`立即`, `第一时间`) after a trigger the text names.
    AtOnce {
        /// After what, as the text says it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        trigger: Option<String>,
    },
}

/// A time the plan sets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimeRule {
    /// What kind of clock.
    #[serde(flatten)]
    pub kind: TimeKind,
    /// What it is about: the clause around it.
    pub subject: String,
    /// The words.
    pub text: String,
    /// Where.
    pub source: Source,
}

/// A phase of the work with its dates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Phase {
    /// Its name.
    pub name: String,
    /// First day; absent when the start is open or unsaid.
    pub from: Option<PartialDate>,
    /// Last day.
    pub to: Option<PartialDate>,
    /// Whether it starts with the document itself (`即日起`).
    pub from_issue: bool,
    /// What is to be done in it.
    pub items: Vec<super::Text>,
    /// The words of the range.
    pub text: String,
    /// Where.
    pub source: Source,
}
