//! What is due again and again, as a rising row of instants that is never written out.

use super::calendar::{DAY_MS, HOUR_MS, MINUTE_MS, about_ms, day_number, later, start_of_day_number};
use super::pause::Pauses;
use super::{Length, Limit};
use crate::plan::TimeOfDay;

/// Once a minute is the most that is asked for.
const MOST_TIMES: u32 = 1440;

/// How the instants of a row follow each other.
#[derive(Clone, Copy)]
enum Step {
    /// Every day at so many milliseconds after midnight, from the day of this number on.
    Days { first: i64, at: i64 },
    /// At the end of each equal part of the day, from the part of this number on.
    Parts { first: i64, times: i64 },
    /// At the end of each equal part of each period from the start.
    Periods { start_ms: i64, length: Length, times: i64 },
}

impl Step {
    fn due(self, place: i64) -> Option<i64> {
        match self {
            Step::Days { first, at } => start_of_day_number(first.checked_add(place)?)?.checked_add(at),
            Step::Parts { first, times } => {
                let end = first.checked_add(place)?.checked_add(1)?;
                start_of_day_number(end.div_euclid(times))?.checked_add(end.rem_euclid(times) * DAY_MS / times)
            }
            Step::Periods { start_ms, length, times } => {
                let begin = later(start_ms, length, place / times)?;
                let end = later(start_ms, length, place / times + 1)?;
                begin.checked_add((end - begin).checked_mul(place % times + 1)? / times)
            }
        }
    }

    /// The first place whose instant lies after this one; none beyond the calendar.
    fn first_after(self, at_ms: i64) -> Option<i64> {
        let guess = match self {
            Step::Days { first, .. } => day_number(at_ms).saturating_sub(first),
            Step::Parts { first, times } => {
                let day = day_number(at_ms);
                let since = start_of_day_number(day).map_or(0, |midnight| at_ms - midnight);
                day.checked_mul(times)?.saturating_add(since * times / DAY_MS).saturating_sub(first)
            }
            Step::Periods { start_ms, length, times } => {
                at_ms.saturating_sub(start_ms) / (about_ms(length) / times).max(1)
            }
        };
        let mut place = guess.max(0);
        self.due(place)?;
        while place > 0 && self.due(place - 1).is_none_or(|due| due > at_ms) {
            place -= 1;
        }
        while self.due(place).is_some_and(|due| due <= at_ms) {
            place += 1;
        }
        Some(place)
    }
}

/// A row of instants at which something is due, on the wall, pauses allowed for.
#[derive(Clone, Copy)]
pub(super) struct Series<'a> {
    step: Step,
    count: Option<i64>,
    start_ms: i64,
    pauses: Pauses<'a>,
    moves: bool,
}

/// Something that is due: from when its time runs, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) begin_ms: i64,
    pub(super) due_ms: i64,
}

fn time_of_day_ms(time: TimeOfDay) -> i64 {
    i64::from(time.hour) * HOUR_MS + i64::from(time.minute) * MINUTE_MS
}

impl<'a> Series<'a> {
    /// The row of a limit that recurs.
    pub(super) fn of(limit: &Limit, start_ms: i64, pauses: Pauses<'a>) -> Option<Series<'a>> {
        let daily = |time: TimeOfDay| {
            let step = Step::Days { first: day_number(start_ms), at: time_of_day_ms(time) };
            let first = day_number(start_ms) + step.first_after(start_ms)?;
            Some((Step::Days { first, at: time_of_day_ms(time) }, None))
        };
        let (step, count) = match *limit {
            Limit::DailyAt { at } => daily(at)?,
            Limit::DailyBy { by } => daily(by)?,
            Limit::TimesPerDay { times, days } => {
                let times = i64::from(times.clamp(1, MOST_TIMES));
                let first = day_number(start_ms).checked_mul(times)?;
                let first = first + Step::Parts { first, times }.first_after(start_ms)?;
                (Step::Parts { first, times }, days.map(|days| times * i64::from(days)))
            }
            Limit::Every { length, times, periods } => {
                let times = i64::from(times.clamp(1, MOST_TIMES));
                let length = Length { amount: length.amount.max(1), ..length };
                (Step::Periods { start_ms, length, times }, periods.map(|periods| times * i64::from(periods)))
            }
            _ => return None,
        };
        Some(Series { step, count, start_ms, pauses, moves: limit.is_a_duration() })
    }

    /// The first that is due after an instant; none when the row has ended or stands open.
    pub(super) fn first_after(&self, at_ms: i64) -> Option<Turn> {
        if self.moves { self.moved(at_ms) } else { self.in_calendar(at_ms) }
    }

    fn moved(&self, at_ms: i64) -> Option<Turn> {
        let place = self.step.first_after(self.pauses.to_running(at_ms))?;
        if self.count.is_some_and(|count| place >= count) {
            return None;
        }
        let before = if place == 0 { self.start_ms } else { self.step.due(place - 1)? };
        let due = self.step.due(place)?;
        Some(Turn { begin_ms: self.pauses.to_wall(before)?, due_ms: self.pauses.to_wall(due)? })
    }

    /// What would be due in a pause is left out; where so many are asked for, they are made up at the end.
    fn in_calendar(&self, at_ms: i64) -> Option<Turn> {
        let mut place = self.step.first_after(at_ms)?;
        let mut last = self.count.map_or(i64::MAX, |count| count - 1);
        for pause in self.pauses.0 {
            let first = self.step.first_after(pause.from_ms)?;
            if first > last {
                break;
            }
            let Some(until) = pause.until_ms else {
                if place >= first {
                    return None;
                }
                break;
            };
            let next = self.step.first_after(until)?;
            if (first..next).contains(&place) {
                place = next;
            }
            if self.is_counted() {
                last += next - first;
            }
        }
        if place > last {
            return None;
        }
        let before = if place == 0 { self.start_ms } else { self.step.due(place - 1)? };
        Some(Turn { begin_ms: before.max(self.start_ms), due_ms: self.step.due(place)? })
    }

    /// Whether the row comes to an end.
    pub(super) fn is_counted(&self) -> bool {
        self.count.is_some()
    }
}
