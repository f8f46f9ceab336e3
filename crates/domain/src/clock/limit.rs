use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::plan::{DurationUnit, TimeOfDay};

/// A whole number of units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Length {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: DurationUnit,
}

/// What is due by when. Whether it counts from a start ([`Limit::is_a_duration`]) or stands in the calendar decides
/// whether a pause moves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Limit {
    /// At an instant.
    At {
        /// Milliseconds since 1970.
        at_ms: i64,
    },
    /// By the end of a day.
    ByDate {
        /// The last day.
        date: Date,
        /// Whether it is kept up once it has been done (`长期坚持`).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        ongoing: bool,
    },
    /// From a day on, without an end. Never late.
    FromDate {
        /// The first day.
        date: Date,
    },
    /// Within a length of time from the start. Minutes and hours count from the instant. Of days and longer units the
    /// first day is not counted and the last runs until 24:00; a month ends on the same day of the month, or on its last.
    ///
    /// Source: 《民法典》第二百零一条至第二百零三条. What it says of a last day that is a holiday is left out.
    Within {
        /// How long.
        length: Length,
    },
    /// Every day at a time.
    DailyAt {
        /// When.
        at: TimeOfDay,
    },
    /// Every day before a time.
    DailyBy {
        /// Until when.
        by: TimeOfDay,
    },
    /// So many times a day: the day is cut into equal parts, each ends with something due. The part in which it starts
    /// is the first. With `days`, there are `times × days` of them, however late on a day it starts.
    TimesPerDay {
        /// How often a day.
        times: u32,
        /// For how many days.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<u32>,
    },
    /// So many times in every period, counted from the start: each period is cut into equal parts.
    Every {
        /// The period.
        length: Length,
        /// How often in each.
        times: u32,
        /// For how many periods; without it, until stopped.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        periods: Option<u32>,
    },
    /// For a length of time from the start, to the minute. When it has passed it is over, and nobody is late.
    For {
        /// How long.
        length: Length,
    },
    /// For a multiple of an incubation period. Over when it has passed, like [`Limit::For`].
    Incubations {
        /// How many periods, in hundredths.
        hundredths: u32,
        /// Whether the maximum is meant (else the mean).
        maximum: bool,
        /// Days of all of them together.
        days: u32,
    },
    /// A standing duty: nothing is due, never late.
    Standing {
        /// Hours a day.
        hours: u32,
    },
    /// At once: yellow from the start, red after the grace that is given.
    AtOnce {
        /// Minutes until it is late.
        grace_minutes: u32,
    },
    /// Looks back over a length of time: says which records count, and runs no clock.
    LookBack {
        /// How long.
        length: Length,
    },
}

impl Limit {
    /// Whether it counts from a start, so that a pause moves what is due by its own length. What stands in the calendar
    /// (a date, 15:00 every day) stays where it is: parts of a day that end in a pause are left out, a date is not moved.
    pub fn is_a_duration(&self) -> bool {
        matches!(
            self,
            Limit::Within { .. }
                | Limit::Every { .. }
                | Limit::For { .. }
                | Limit::Incubations { .. }
                | Limit::AtOnce { .. }
        )
    }

    /// Whether it comes again.
    pub fn recurs(&self) -> bool {
        matches!(self, Limit::DailyAt { .. } | Limit::DailyBy { .. } | Limit::TimesPerDay { .. } | Limit::Every { .. })
    }

    /// Whether something can become late.
    pub fn can_be_late(&self) -> bool {
        !self.ends_by_itself()
            && !matches!(self, Limit::FromDate { .. } | Limit::Standing { .. } | Limit::LookBack { .. })
    }

    /// Whether it is over when its time has passed, without anyone doing anything.
    pub(super) fn ends_by_itself(&self) -> bool {
        matches!(self, Limit::For { .. } | Limit::Incubations { .. })
    }
}
