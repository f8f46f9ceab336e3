use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::time_of_day::since_midnight_ms;
use super::{Cadence, Covers};
use crate::clock::{DAY_MS, MINUTE_MS, start_of_day_ms};

/// The period of which a report tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// From this instant.
    pub from_ms: i64,
    /// Until before this one.
    pub until_ms: i64,
    /// The day under which its figures stand: its last day, or the day on which it is due where that comes first.
    pub on: Date,
}

/// A report that falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// On which day; of one that is due at 24:00 the day that ends then.
    pub day: Date,
    /// Of which period.
    pub period: Period,
    /// From this instant on it is late.
    pub due_at_ms: i64,
}

/// More days than lie between a period and the day on which its report is due.
const FURTHEST: i64 = 62;

impl Cadence {
    /// The day and instant at which a report is due, if one is due on that day.
    fn instant_on(self, day: Date) -> Option<i64> {
        let is_due = match self {
            Cadence::Daily { .. } => true,
            Cadence::Weekly { weekday, .. } => day.weekday().to_monday_one_offset() == weekday,
            Cadence::Monthly { day: wanted, .. } => day.day() == wanted.min(day.days_in_month()),
            Cadence::Once { on, .. } => on == day,
            Cadence::AtOnce { .. } => false,
        };
        let by = self.by().filter(|_| is_due)?;
        start_of_day_ms(day)?.checked_add(since_midnight_ms(by))
    }

    /// What is due on a day.
    pub fn due_on(self, covers: Covers, day: Date) -> Option<Due> {
        let due_at_ms = self.instant_on(day)?;
        Some(Due { day, period: self.period(covers, day, due_at_ms)?, due_at_ms })
    }

    /// What falls due from a day to another, both included, in order.
    pub fn dues(self, covers: Covers, from: Date, until: Date) -> Vec<Due> {
        let days = from.series(1.day()).take_while(|day| *day <= until);
        days.filter_map(|day| self.due_on(covers, day)).collect()
    }

    /// The report whose figures stand under a day.
    pub fn due_of(self, covers: Covers, on: Date) -> Option<Due> {
        let last = on.checked_add(Span::new().days(FURTHEST)).ok()?;
        on.series(1.day())
            .take_while(|day| *day <= last)
            .filter_map(|day| self.due_on(covers, day))
            .find(|due| due.period.on == on)
    }

    /// The day under which the figures of the period before one stand, with which they are compared; without one that
    /// recurs, the day before.
    pub fn day_before(self, covers: Covers, on: Date) -> Option<Date> {
        let first = on.checked_sub(Span::new().days(FURTHEST)).ok()?;
        let earlier = self.dues(covers, first, on).into_iter().map(|due| due.period.on);
        earlier.filter(|day| *day < on).last().or_else(|| on.yesterday().ok())
    }

    /// A report that somebody asks for at an instant, or that is begun then because something has happened.
    pub fn asked_at(self, on: Date, asked_at_ms: i64) -> Option<Due> {
        let Cadence::AtOnce { minutes } = self else { return None };
        let due_at_ms = asked_at_ms.checked_add(i64::from(minutes) * MINUTE_MS)?;
        let from_ms = start_of_day_ms(on)?;
        Some(Due { day: on, period: Period { from_ms, until_ms: from_ms + DAY_MS, on }, due_at_ms })
    }

    fn period(self, covers: Covers, day: Date, due_at_ms: i64) -> Option<Period> {
        let (first, next) = match (self, covers) {
            (_, Covers::UpToDue) => return self.up_to(day, due_at_ms),
            (Cadence::Weekly { .. }, _) => {
                let monday = day.checked_sub(Span::new().days(day.weekday().to_monday_zero_offset())).ok()?;
                (monday, monday.checked_add(1.week()).ok()?)
            }
            (Cadence::Monthly { .. }, _) => (day.first_of_month(), day.last_of_month().tomorrow().ok()?),
            _ => (day, day.tomorrow().ok()?),
        };
        let (first, next) = match covers {
            Covers::Previous => (self.one_earlier(first)?, first),
            _ => (first, next),
        };
        let on = next.yesterday().ok()?.min(day);
        Some(Period { from_ms: start_of_day_ms(first)?, until_ms: start_of_day_ms(next)?, on })
    }

    fn up_to(self, day: Date, due_at_ms: i64) -> Option<Period> {
        let time = due_at_ms - start_of_day_ms(day)?;
        let from_ms = start_of_day_ms(self.one_earlier(day)?)?.checked_add(time)?;
        Some(Period { from_ms, until_ms: due_at_ms, on: day })
    }

    /// A day, a week or a month earlier.
    fn one_earlier(self, day: Date) -> Option<Date> {
        let length = match self {
            Cadence::Weekly { .. } => 1.week(),
            Cadence::Monthly { .. } => 1.month(),
            _ => 1.day(),
        };
        day.checked_sub(length).ok()
    }
}

/// The first day for which a changed template holds: today, unless what the old one asked for today is due already.
/// What was asked for stays as it was asked.
pub fn first_day_of_version(was: Cadence, today: Date, now_ms: i64) -> Date {
    match was.instant_on(today) {
        Some(due) if due <= now_ms => today.tomorrow().unwrap_or(today),
        _ => today,
    }
}
