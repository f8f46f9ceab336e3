use jiff::{ToSpan, civil::Date};

use crate::{Lang, unit::half_width};

/// Why a text is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// It is written in none of the usual forms.
    NotADate,
    /// Only year and month are written.
    NoDay,
    /// The year has not four digits.
    ShortYear,
    /// The calendar has no such day.
    NoSuchDay,
}

impl DateFault {
    /// What a date should be, to follow the name of the field.
    pub(super) fn words(self, lang: Lang) -> &'static str {
        match self {
            DateFault::NotADate => lang.pick("应为日期（如2026-11-22）", "must be a date (such as 2026-11-22)"),
            DateFault::NoDay => lang.pick("应写到日（如2026-11-22）", "must name the day, too (such as 2026-11-22)"),
            DateFault::ShortYear => {
                lang.pick("的年份应写四位（如2026-11-22）", "must have a year of four digits (such as 2026-11-22)")
            }
            DateFault::NoSuchDay => lang.pick("应为日历上有的日子", "must be a day of the calendar"),
        }
    }
}

/// A day as tables write it: `2026-11-22`, `2026/11/22`, `2026.11.22`, `2026年11月22日`, `20261122`, each perhaps with
/// a time behind it, or a spreadsheet's number of days (46348). Orders of day and month that depend on the country
/// are refused.
///
/// Spreadsheet numbers count from 1899-12-30, the day that makes the usual (1900) system right from 1 March 1900 on;
/// the 1904 system cannot be told apart and must be switched off before.
///
/// # Errors
/// [`DateFault`] says why not. Whether the year is absurd is asked by the field.
pub fn read_date(text: &str) -> Result<Date, DateFault> {
    let folded: String = text.trim().chars().map(half_width).collect();
    let day = without_time(&folded).ok_or(DateFault::NotADate)?;
    if let Some(days) = serial(day) {
        let start = Date::new(1899, 12, 30).map_err(|_| DateFault::NotADate)?;
        return start.checked_add(days.days()).map_err(|_| DateFault::NoSuchDay);
    }
    let plain = day.trim_end_matches(['日', '号']).replace(['年', '月', '/', '.'], "-");
    let parts: Vec<&str> = plain.split('-').map(str::trim).collect();
    if parts.iter().any(|part| part.bytes().any(|byte| !byte.is_ascii_digit())) {
        return Err(DateFault::NotADate);
    }
    match parts.as_slice() {
        [one] if one.len() == 8 => civil(&one[..4], &one[4..6], &one[6..]),
        [one] if one.len() == 6 && one.starts_with("20") => Err(DateFault::NoDay),
        [year, month] | [year, month, ""] if year.len() == 4 && !month.is_empty() => Err(DateFault::NoDay),
        [year, month, day] if year.len() == 4 => civil(year, month, day),
        [year, _, day] if year.len() == 2 && day.len() <= 2 => Err(DateFault::ShortYear),
        _ => Err(DateFault::NotADate),
    }
}

/// The text without the time of day behind it; none if what stands there is no time.
fn without_time(text: &str) -> Option<&str> {
    let Some((day, time)) = text.split_once(['T', ' ']) else {
        return Some(text);
    };
    let is_time = time.chars().all(|c| c.is_ascii_digit() || ":.+-Z".contains(c)) && time.contains(':');
    is_time.then_some(day)
}

/// A spreadsheet's number of days: five digits, perhaps with a part of a day.
fn serial(text: &str) -> Option<i64> {
    let (days, part) = text.split_once('.').unwrap_or((text, ""));
    let is_serial = days.len() == 5 && part.bytes().all(|byte| byte.is_ascii_digit());
    days.parse().ok().filter(|days: &i64| is_serial && *days >= 10_000)
}

fn civil(year: &str, month: &str, day: &str) -> Result<Date, DateFault> {
    let short = |part: &str| part.len() <= 2;
    if !short(month) || !short(day) {
        return Err(DateFault::NotADate);
    }
    let number = |part: &str| part.parse::<i8>().map_err(|_| DateFault::NotADate);
    let year = year.parse::<i16>().map_err(|_| DateFault::NotADate)?;
    Date::new(year, number(month)?, number(day)?).map_err(|_| DateFault::NoSuchDay)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_read_in_every_usual_form() {
        let texts = [
            "2026-11-22",
            "2026/11/22",
            "2026.11.22",
            "2026年11月22日",
            "2026年11月22号",
            "2026 年 11 月 22 日",
            "20261122",
            "２０２６－１１－２２",
            "２０２６年１１月２２日",
            " 2026-11-22 ",
            "2026-11-22 00:00:00",
            "2026-11-22T08:30:00",
            "46348",
            "46348.0",
            "46348.75",
        ];
        for text in texts {
            let compact = text.replace(" 年 ", "年").replace(" 月 ", "月").replace(" 日", "日");
            assert_eq!(read_date(&compact), Ok(date(2026, 11, 22)), "{text}");
        }
        assert_eq!(read_date("2026-1-2"), Ok(date(2026, 1, 2)));
        assert_eq!(read_date("2024/2/29"), Ok(date(2024, 2, 29)));
    }

    #[test]
    fn what_is_no_day_is_refused_with_its_reason() {
        let cases = [
            ("", DateFault::NotADate),
            ("去年", DateFault::NotADate),
            ("22/11/2026", DateFault::NotADate),
            ("2026-11-22 上午", DateFault::NotADate),
            ("123", DateFault::NotADate),
            ("2026-111-2", DateFault::NotADate),
            ("2026年11月", DateFault::NoDay),
            ("2026-11", DateFault::NoDay),
            ("202611", DateFault::NoDay),
            ("26-11-22", DateFault::ShortYear),
            ("11/22/26", DateFault::ShortYear),
            ("2026-02-29", DateFault::NoSuchDay),
            ("2026-13-01", DateFault::NoSuchDay),
            ("20261131", DateFault::NoSuchDay),
        ];
        for (text, fault) in cases {
            assert_eq!(read_date(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn a_spreadsheets_numbers_follow_the_calendar_day_by_day() {
        let mut day = read_date("36526").unwrap();
        assert_eq!(day, date(2000, 1, 1));
        for number in 36_527..46_349 {
            day = day.tomorrow().unwrap();
            assert_eq!(read_date(&number.to_string()), Ok(day));
        }
    }
}
