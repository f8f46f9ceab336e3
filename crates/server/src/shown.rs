//! Figures and dates as people read them.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use lianfang_domain::Lang;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A whole number grouped by thousands.
pub(crate) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    if number < 0 { format!("-{shown}") } else { shown }
}

/// `2026年11月22日`, `22 Nov 2026`.
pub(crate) fn date(date: Date, lang: Lang) -> String {
    let month = usize::try_from(date.month()).unwrap_or(1) - 1;
    lang.pick(
        format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        format!("{} {} {}", date.day(), MONTHS[month], date.year()),
    )
}

/// `2026年11月22日 15:00`, in China's time.
pub(crate) fn instant(at_ms: i64, lang: Lang) -> String {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    let Ok(at) = Timestamp::from_millisecond(at_ms) else { return String::new() };
    let at = at.to_zoned(zone);
    format!("{} {:02}:{:02}", date(at.date(), lang), at.hour(), at.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let cases =
            [(0, "0"), (999, "999"), (1000, "1,000"), (41_250, "41,250"), (1_234_567, "1,234,567"), (-1000, "-1,000")];
        for (number, shown) in cases {
            assert_eq!(grouped(number), shown);
        }
    }

    #[test]
    fn dates_and_times_follow_the_language_and_the_time_of_china() {
        let at_ms = 1_795_330_800_000;
        assert_eq!(instant(at_ms, Lang::Zh), "2026年11月22日 15:00");
        assert_eq!(instant(at_ms, Lang::En), "22 Nov 2026 15:00");
    }
}
