//! Instants and days in the time of China.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{Span, Timestamp};

use super::Length;
use crate::plan::DurationUnit;

/// A minute in milliseconds.
pub const MINUTE_MS: i64 = 60_000;
/// An hour in milliseconds.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
/// A day in milliseconds; there is no summer time.
pub const DAY_MS: i64 = 24 * HOUR_MS;

const CHINA: Offset = Offset::constant(8);
const CHINA_MS: i64 = 8 * HOUR_MS;
/// 1 January 1970 was a Thursday, the fourth day of a week that begins on Monday.
const THURSDAY: i64 = 3;
const FRIDAY: i64 = 4;
const WORKING_DAYS: i64 = 5;

/// The civil time of an instant.
pub(super) fn civil(at_ms: i64) -> Option<DateTime> {
    Timestamp::from_millisecond(at_ms).ok().map(|at| CHINA.to_datetime(at))
}

/// The instant at which a day begins; none for the very first and last days of the calendar.
pub fn start_of_day_ms(day: Date) -> Option<i64> {
    CHINA.to_timestamp(day.to_datetime(jiff::civil::Time::midnight())).ok().map(Timestamp::as_millisecond)
}

/// The instant at which a day ends, 24:00, the first of the next day.
pub fn end_of_day_ms(day: Date) -> Option<i64> {
    start_of_day_ms(day)?.checked_add(DAY_MS)
}

/// The number of the day of an instant, counted from 1 January 1970.
pub(super) fn day_number(at_ms: i64) -> i64 {
    at_ms.saturating_add(CHINA_MS).div_euclid(DAY_MS)
}

/// The instant at which the day of a number begins.
pub(super) fn start_of_day_number(day: i64) -> Option<i64> {
    day.checked_mul(DAY_MS)?.checked_sub(CHINA_MS)
}

/// The end of the day in which an instant lies.
pub(super) fn end_of_its_day(at_ms: i64) -> Option<i64> {
    start_of_day_number(day_number(at_ms).checked_add(1)?)
}

/// The instant so many lengths later. Months and years lead to the same day of their month, or to its last day where it
/// is shorter; days, weeks, months and years keep the time of day.
pub(super) fn later(from_ms: i64, length: Length, times: i64) -> Option<i64> {
    let amount = i64::from(length.amount).checked_mul(times)?;
    let fixed = |unit_ms: i64| from_ms.checked_add(amount.checked_mul(unit_ms)?);
    match length.unit {
        DurationUnit::Minute => fixed(MINUTE_MS),
        DurationUnit::Hour => fixed(HOUR_MS),
        DurationUnit::Day => fixed(DAY_MS),
        DurationUnit::Week => fixed(7 * DAY_MS),
        DurationUnit::WorkingDay => working_days_later(from_ms, amount),
        DurationUnit::Month => months_later(from_ms, amount),
        DurationUnit::Year => months_later(from_ms, amount.checked_mul(12)?),
    }
}

fn months_later(from_ms: i64, months: i64) -> Option<i64> {
    let day = civil(from_ms)?.date();
    let target = day.checked_add(Span::new().try_months(months).ok()?).ok()?;
    let time_of_day = from_ms - start_of_day_number(day_number(from_ms))?;
    start_of_day_ms(target)?.checked_add(time_of_day)
}

/// The so many-th day of Monday to Friday after the day of an instant, at the same time of day. Counted from a weekend,
/// the first is Monday.
fn working_days_later(from_ms: i64, amount: i64) -> Option<i64> {
    let day = day_number(from_ms);
    let weekday = (day + THURSDAY).rem_euclid(7);
    if amount == 0 {
        return Some(from_ms);
    }
    let on_weekend = (weekday - FRIDAY).max(0);
    let from_monday = weekday.min(FRIDAY).checked_add(amount)?;
    let days = from_monday / WORKING_DAYS * 7 + from_monday % WORKING_DAYS - weekday.min(FRIDAY) - on_weekend;
    from_ms.checked_add(days.checked_mul(DAY_MS)?)
}

/// About how long a length is; only to know where to look.
pub(super) fn about_ms(length: Length) -> i64 {
    let unit = match length.unit {
        DurationUnit::Minute => MINUTE_MS,
        DurationUnit::Hour => HOUR_MS,
        DurationUnit::Day => DAY_MS,
        DurationUnit::Week => 7 * DAY_MS,
        DurationUnit::WorkingDay => 7 * DAY_MS / WORKING_DAYS,
        DurationUnit::Month => 2_629_746_000,
        DurationUnit::Year => 31_556_952_000,
    };
    i64::from(length.amount).saturating_mul(unit).max(1)
}
