//! Clocks the slow way: walks day by day and minute by minute, and remembers everything it saw.

use jiff::civil::Date;
use lianfang_domain::clock::{Clock, Escalation, Length, Limit, MINUTE_MS, Pause};
use lianfang_domain::plan::DurationUnit;

const CHINA_MINUTES: i64 = 8 * 60;
const DAY: i64 = 24 * 60;

/// Minutes since 1970.
pub(crate) type Minute = i64;

/// The civil day of a minute, found by walking from 1 January 2000.
pub(crate) fn day_of(minute: Minute) -> Date {
    let mut day = jiff::civil::date(2000, 1, 1);
    let mut left = (minute + CHINA_MINUTES) / DAY - 10_957;
    while left > 0 {
        day = day.tomorrow().unwrap();
        left -= 1;
    }
    day
}

fn minute_of_day(minute: Minute) -> i64 {
    (minute + CHINA_MINUTES) % DAY
}

fn works(day: Date) -> bool {
    day.weekday().to_monday_one_offset() <= 5
}

/// How many days later a length ends, walking day by day.
fn days_later(from: Date, length: Length) -> i64 {
    let (mut day, mut days, mut months, mut working) = (from, 0, 0, 0);
    let wanted = i64::from(length.amount);
    loop {
        let reached = match length.unit {
            DurationUnit::Day => days == wanted,
            DurationUnit::Week => days == 7 * wanted,
            DurationUnit::WorkingDay => working == wanted,
            DurationUnit::Month | DurationUnit::Year => {
                let months_wanted = if length.unit == DurationUnit::Year { 12 * wanted } else { wanted };
                let last = day.tomorrow().unwrap().month() != day.month();
                months == months_wanted && (day.day() == from.day() || (last && day.day() < from.day()))
            }
            DurationUnit::Minute | DurationUnit::Hour => unreachable!("no days"),
        };
        if reached {
            return days;
        }
        let next = day.tomorrow().unwrap();
        months += i64::from(next.month() != day.month());
        working += i64::from(works(next));
        (day, days) = (next, days + 1);
    }
}

/// How many minutes a length lasts from a minute.
pub(crate) fn lasts(from: Minute, length: Length) -> i64 {
    match length.unit {
        DurationUnit::Minute => i64::from(length.amount),
        DurationUnit::Hour => i64::from(length.amount) * 60,
        _ => days_later(day_of(from), length) * DAY,
    }
}

fn in_pause(minute: Minute, pauses: &[Pause]) -> bool {
    pauses.iter().any(|p| p.from_ms < minute * MINUTE_MS && p.until_ms.is_none_or(|u| minute * MINUTE_MS <= u))
}

fn stands(minute: Minute, pauses: &[Pause]) -> bool {
    pauses.iter().any(|p| p.from_ms <= minute * MINUTE_MS && p.until_ms.is_none_or(|u| minute * MINUTE_MS < u))
}

/// The lengths of running time after which something is due.
fn due_after(limit: &Limit, start: Minute, horizon: Minute) -> Vec<i64> {
    match limit {
        Limit::Within { length } => {
            let plain = lasts(start, *length);
            let whole_days = !matches!(length.unit, DurationUnit::Minute | DurationUnit::Hour);
            let to_midnight = if whole_days { DAY - minute_of_day(start + plain) } else { 0 };
            vec![plain + to_midnight]
        }
        Limit::For { length } => vec![lasts(start, *length)],
        Limit::Incubations { days, .. } => vec![i64::from(*days) * DAY],
        Limit::AtOnce { grace_minutes } => vec![i64::from(*grace_minutes)],
        Limit::Every { length, times, periods } => {
            let (mut found, mut begin, mut period) = (Vec::new(), 0, 1);
            while start + begin <= horizon && periods.is_none_or(|most| period <= most) {
                let end = lasts(start, Length { amount: length.amount * period, unit: length.unit });
                found.extend((1..=i64::from(*times)).map(|part| begin + (end - begin) * part / i64::from(*times)));
                (begin, period) = (end, period + 1);
            }
            found
        }
        _ => Vec::new(),
    }
}

fn due_in_calendar(limit: &Limit, minute: Minute) -> bool {
    let at = |hour: u8, minute: u8| i64::from(hour) * 60 + i64::from(minute);
    match limit {
        Limit::DailyAt { at: time } | Limit::DailyBy { by: time } => {
            minute_of_day(minute) == at(time.hour, time.minute) % DAY
        }
        Limit::TimesPerDay { times, .. } => minute_of_day(minute) % (DAY / i64::from(*times)) == 0,
        _ => false,
    }
}

/// Every minute until the horizon at which something is due.
pub(crate) fn dues(clock: &Clock, horizon: Minute) -> Vec<Minute> {
    let start = clock.started_at_ms / MINUTE_MS;
    match &clock.limit {
        Limit::ByDate { date, .. } => {
            let mut minute = start - minute_of_day(start);
            let mut day = day_of(start);
            while day < *date {
                (day, minute) = (day.tomorrow().unwrap(), minute + DAY);
            }
            while day > *date {
                (day, minute) = (day.yesterday().unwrap(), minute - DAY);
            }
            vec![minute + DAY]
        }
        Limit::At { at_ms } => vec![at_ms / MINUTE_MS],
        limit if limit.is_a_duration() => {
            let after = due_after(limit, start, horizon);
            let (mut found, mut ran) = (Vec::new(), 0);
            let mut wanted = after.into_iter().peekable();
            // A zero length is due where it starts.
            for minute in start..=horizon {
                while wanted.next_if(|due| *due == ran).is_some() {
                    found.push(minute);
                }
                ran += i64::from(!stands(minute, &clock.pauses));
            }
            found
        }
        limit => {
            let most = match limit {
                Limit::TimesPerDay { times, days: Some(days) } => usize::try_from(times * days).unwrap(),
                _ => usize::MAX,
            };
            (start + 1..=horizon)
                .filter(|minute| due_in_calendar(limit, *minute) && !in_pause(*minute, &clock.pauses))
                .take(most)
                .collect()
        }
    }
}

/// How many minutes have run until each minute from the start on.
pub(crate) fn ran(clock: &Clock, horizon: Minute) -> Vec<i64> {
    let moves = clock.limit.is_a_duration();
    let mut ran = 0;
    (clock.started_at_ms / MINUTE_MS..=horizon)
        .map(|minute| {
            let until = ran;
            ran += i64::from(!moves || !stands(minute, &clock.pauses));
            until
        })
        .collect()
}

/// What is to be noticed at a minute: the light, and while it is red how much has fallen due and been brought up again.
pub(crate) fn state(
    clock: &Clock,
    dues: &[Minute],
    ran: &[i64],
    escalation: Escalation,
    now: Minute,
) -> (&'static str, usize, i64) {
    if stands(now, &clock.pauses) {
        return ("paused", 0, 0);
    }
    let start = clock.started_at_ms / MINUTE_MS;
    let through = clock.done_through_ms.map_or(i64::MIN, |ms| ms / MINUTE_MS);
    let once = !clock.limit.recurs();
    let Some(&due) = dues.iter().find(|due| once || **due > through.max(start)) else {
        return ("green", 0, 0);
    };
    if now >= due {
        if matches!(clock.limit, Limit::For { .. } | Limit::Incubations { .. }) {
            return ("done", 0, 0);
        }
        let step = if escalation.every_minutes == 0 { 0 } else { (now - due) / i64::from(escalation.every_minutes) };
        let fallen_due = dues.iter().filter(|due| **due <= now).count();
        return ("red", fallen_due, step.min(i64::from(escalation.steps)));
    }
    let begin = dues.iter().rev().find(|before| **before < due && !once).copied().unwrap_or(start);
    let begin = if clock.limit.is_a_duration() || once { begin } else { calendar_begin(clock, due, start) };
    // What lies beyond the walk runs without a pause.
    let ran = |minute: Minute| match usize::try_from(minute - start).ok().and_then(|place| ran.get(place)) {
        Some(ran) => *ran,
        None if minute < start => minute - start,
        None => ran[ran.len() - 1] + minute - start - i64::try_from(ran.len()).unwrap() + 1,
    };
    let urgent =
        matches!(clock.limit, Limit::AtOnce { .. }) || (ran(due) - ran(now)) * 4 <= (ran(due) - ran(begin)).max(0);
    (if urgent { "yellow" } else { "green" }, 0, 0)
}

/// The part before one of the calendar begins where the one before it would have ended, paused or not.
fn calendar_begin(clock: &Clock, due: Minute, start: Minute) -> Minute {
    (start + 1..due).rev().find(|minute| due_in_calendar(&clock.limit, *minute)).unwrap_or(start)
}
