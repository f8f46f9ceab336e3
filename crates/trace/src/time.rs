//! Time on the district's clock, kept to the minute.

use std::fmt;

/// Minutes of a day.
pub const DAY_MINUTES: u16 = 1440;

/// A minute of civil time, counted from 1970-01-01 00:00 on the district's clock. A visit is kept to the minute: its
/// first minute counts, and so does the one in which it ends, so that no overlap is lost by rounding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minute(pub u32);

/// A civil day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub u32);

impl Minute {
    /// The last minute that can be kept.
    pub const LAST: Minute = Minute(u32::MAX - DAY_MINUTES as u32);

    /// The day that the minute is in.
    pub fn day(self) -> Day {
        Day(self.0 / u32::from(DAY_MINUTES))
    }

    /// Minutes since midnight, below [`DAY_MINUTES`].
    pub fn of_day(self) -> u16 {
        (self.0 % u32::from(DAY_MINUTES)) as u16
    }

    /// This many minutes earlier, not before the first minute.
    pub fn minus(self, minutes: u32) -> Minute {
        Minute(self.0.saturating_sub(minutes))
    }

    /// This many minutes later, not after the last minute.
    pub fn plus(self, minutes: u32) -> Minute {
        Minute(self.0.saturating_add(minutes)).min(Minute::LAST)
    }

    /// The minute with this civil date and time of day, if it can be kept.
    pub fn from_civil(at: jiff::civil::DateTime) -> Option<Minute> {
        let day = Day::from_civil(at.date())?;
        let minutes = u32::from(at.hour().unsigned_abs()) * 60 + u32::from(at.minute().unsigned_abs());
        day.0.checked_mul(u32::from(DAY_MINUTES))?.checked_add(minutes).map(Minute).filter(|at| *at <= Minute::LAST)
    }
}

impl Day {
    /// Midnight at its start.
    pub fn start(self) -> Minute {
        Minute(self.0.saturating_mul(u32::from(DAY_MINUTES)))
    }

    /// The day with this civil date, if it is not before 1970.
    pub fn from_civil(date: jiff::civil::Date) -> Option<Day> {
        let epoch = jiff::civil::date(1970, 1, 1);
        let days = (date - epoch).get_days();
        u32::try_from(days).ok().map(Day)
    }

    /// Its civil date; the last date of the calendar for days beyond it.
    pub fn civil(self) -> jiff::civil::Date {
        let days = i64::from(self.0);
        jiff::civil::date(1970, 1, 1).saturating_add(jiff::Span::new().try_days(days).unwrap_or_default())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.civil())
    }
}

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:02}:{:02}", self.day(), self.of_day() / 60, self.of_day() % 60)
    }
}

/// A stretch of time: from its first minute until before its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    /// The first minute.
    pub from: Minute,
    /// The first minute after it.
    pub until: Minute,
}

impl Window {
    /// All of time.
    pub const ALWAYS: Window = Window { from: Minute(0), until: Minute::LAST };

    /// What both have in common, if it is a minute or more.
    pub fn meet(self, other: Window) -> Option<Window> {
        let both = Window { from: self.from.max(other.from), until: self.until.min(other.until) };
        (both.from < both.until).then_some(both)
    }

    /// Longer by this many minutes on either side.
    pub fn widened(self, before: u16, after: u16) -> Window {
        Window { from: self.from.minus(before.into()), until: self.until.plus(after.into()) }
    }

    /// Its length in minutes.
    pub fn minutes(self) -> u32 {
        self.until.0.saturating_sub(self.from.0)
    }

    /// The days that it touches, in order.
    pub fn days(self) -> std::ops::RangeInclusive<u32> {
        self.from.day().0..=self.until.minus(1).max(self.from).day().0
    }

    /// What of it lies in a day, as minutes of that day; empty windows give nothing.
    pub fn in_day(self, day: Day) -> Option<(u16, u16)> {
        let start = day.start();
        let from = self.from.max(start).0 - start.0;
        let until = self.until.0.checked_sub(start.0)?.min(DAY_MINUTES.into());
        (from < until).then_some((from as u16, until as u16))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_a_minute_go_to_civil_time_and_back() {
        let at = jiff::civil::date(2026, 11, 22).at(7, 30, 59, 0);
        let minute = Minute::from_civil(at).unwrap();
        assert_eq!(minute.to_string(), "2026-11-22 07:30");
        assert_eq!(minute.of_day(), 450);
        assert_eq!(Day::from_civil(at.date()), Some(minute.day()));
        assert_eq!(Day::from_civil(jiff::civil::date(1969, 12, 31)), None);
    }

    #[test]
    fn a_window_over_midnight_lies_in_two_days() {
        let night = Window { from: Minute(1430), until: Minute(1450) };
        assert_eq!(night.days(), 0..=1);
        assert_eq!(night.in_day(Day(0)), Some((1430, 1440)));
        assert_eq!(night.in_day(Day(1)), Some((0, 10)));
        assert_eq!(night.in_day(Day(2)), None);
    }
}
