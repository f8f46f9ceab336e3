//! Instants as people type them, in China's time.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

fn zone() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(8))
}

/// The instant of `2026-11-22T15:00` or `2026-11-22 15:00`, in milliseconds; none where it is neither.
pub(crate) fn instant_of(typed: &str) -> Option<i64> {
    let typed = typed.trim().replace(' ', "T");
    // A day alone would be read as its first minute.
    let at: DateTime = typed.contains('T').then_some(typed)?.parse().ok()?;
    Some(at.to_zoned(zone()).ok()?.timestamp().as_millisecond())
}

/// An instant as a field for date and time holds it.
pub(crate) fn field_of(at_ms: i64) -> String {
    let Ok(at) = Timestamp::from_millisecond(at_ms) else { return String::new() };
    at.to_zoned(zone()).strftime("%Y-%m-%dT%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_shown_again_and_nonsense_is_none() {
        let at_ms = instant_of("2026-11-22T15:00").unwrap();
        assert_eq!(at_ms, 1_795_330_800_000);
        assert_eq!(field_of(at_ms), "2026-11-22T15:00");
        assert_eq!(instant_of("2026-11-22 15:00"), Some(at_ms));
        assert!(["", "2026-11-22", "2026-13-22T15:00", "昨天"].iter().all(|typed| instant_of(typed).is_none()));
    }
}
