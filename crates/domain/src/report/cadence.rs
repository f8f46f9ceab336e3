use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Lang;
use crate::plan::TimeOfDay;

/// How often a report falls due, and when. A day that a month does not have is its last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "every", rename_all = "snake_case")]
pub enum Cadence {
    /// Every day before a time.
    Daily {
        /// Until when.
        by: TimeOfDay,
    },
    /// Once a week, on a day before a time.
    Weekly {
        /// 1 is Monday, 7 Sunday.
        weekday: i8,
        /// Until when.
        by: TimeOfDay,
    },
    /// Once a month, on a day before a time.
    Monthly {
        /// 1 to 31.
        day: i8,
        /// Until when.
        by: TimeOfDay,
    },
    /// Once, on a day before a time.
    Once {
        /// The day.
        on: Date,
        /// Until when.
        by: TimeOfDay,
    },
    /// At once when somebody asks for it, or when something has happened: so many minutes after that.
    AtOnce {
        /// Minutes until it is late.
        minutes: u32,
    },
}

/// The period of which a report tells, as seen from the day on which it is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Covers {
    /// A day, a week or a month up to the time at which it is due: the previous 24 hours of a daily one.
    UpToDue,
    /// The calendar day, week or month in which it is due.
    #[default]
    Current,
    /// The calendar day, week or month before.
    Previous,
}

impl Covers {
    /// Every one.
    pub const ALL: [Covers; 3] = [Covers::UpToDue, Covers::Current, Covers::Previous];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            Covers::UpToDue => "up_to_due",
            Covers::Current => "current",
            Covers::Previous => "previous",
        }
    }

    /// The one of a code.
    pub fn from_code(code: &str) -> Option<Covers> {
        Covers::ALL.into_iter().find(|one| one.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Covers::UpToDue => lang.pick(
                "到截止时刻为止（日报为前24小时）",
                "Up to the time it is due (a daily one: the 24 hours before)",
            ),
            Covers::Current => lang.pick("当日、当周、当月", "The day, week or month in which it is due"),
            Covers::Previous => lang.pick("前一日、前一周、前一月", "The day, week or month before"),
        }
    }
}

impl Cadence {
    /// The text that is kept and sent for how often.
    pub fn code(self) -> &'static str {
        match self {
            Cadence::Daily { .. } => "daily",
            Cadence::Weekly { .. } => "weekly",
            Cadence::Monthly { .. } => "monthly",
            Cadence::Once { .. } => "once",
            Cadence::AtOnce { .. } => "at_once",
        }
    }

    /// Every code, with its words.
    pub fn kinds(lang: Lang) -> [(&'static str, &'static str); 5] {
        [
            ("daily", lang.pick("每日", "Every day")),
            ("weekly", lang.pick("每周", "Every week")),
            ("monthly", lang.pick("每月", "Every month")),
            ("once", lang.pick("一次", "Once")),
            ("at_once", lang.pick("随时（特殊、紧急情况）", "At once (special or urgent)")),
        ]
    }

    /// The time of day until which it is due; none where it is due at once.
    pub fn by(self) -> Option<TimeOfDay> {
        match self {
            Cadence::Daily { by }
            | Cadence::Weekly { by, .. }
            | Cadence::Monthly { by, .. }
            | Cadence::Once { by, .. } => Some(by),
            Cadence::AtOnce { .. } => None,
        }
    }

    /// In words: `每日 15:00 前`.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Cadence::Daily { by } => lang.pick(format!("每日 {by} 前"), format!("Every day before {by}")),
            Cadence::Weekly { weekday, by } => {
                let day = weekday_words(weekday, lang);
                lang.pick(format!("每{day} {by} 前"), format!("Every {day} before {by}"))
            }
            Cadence::Monthly { day, by } => {
                lang.pick(format!("每月{day}日 {by} 前"), format!("Day {day} of every month before {by}"))
            }
            Cadence::Once { on, by } => lang
                .pick(format!("{}年{}月{}日 {by} 前", on.year(), on.month(), on.day()), format!("On {on} before {by}")),
            Cadence::AtOnce { minutes } => {
                lang.pick(format!("随时，{minutes} 分钟内"), format!("At once, within {minutes} minutes"))
            }
        }
    }
}

/// A day of the week, of which 1 is Monday.
fn weekday_words(weekday: i8, lang: Lang) -> &'static str {
    let zh = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    let en = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let at = usize::try_from(weekday - 1).unwrap_or(0).min(6);
    lang.pick(zh[at], en[at])
}
