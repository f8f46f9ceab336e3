use jiff::civil::Date;

use crate::plan::Number;

/// The earliest day at whose end a response may end: so many maximum incubation periods after the last case was
/// isolated without a new one (`末例病例隔离后经过两个最长潜伏期无新发病例`).
///
/// The day of isolation is not counted; a part of a day counts as a whole one. A later case is simply a later
/// `last_isolation_on`: the count starts again from its isolation.
///
/// ```
/// use jiff::civil::date;
/// use lianfang_domain::{clock::end_earliest_on, plan::Number};
///
/// assert_eq!(end_earliest_on(date(2026, 11, 2), 14, Number(2.0)), date(2026, 11, 30));
/// // Another case is isolated on the 20th.
/// assert_eq!(end_earliest_on(date(2026, 11, 20), 14, Number(2.0)), date(2026, 12, 18));
/// ```
pub fn end_earliest_on(last_isolation_on: Date, max_incubation_days: u32, multiple: Number) -> Date {
    let span = jiff::Span::new().try_days(days_of(max_incubation_days, multiple));
    span.map_or(Date::MAX, |span| last_isolation_on.saturating_add(span))
}

/// The days of so many periods, a part of a day counted as a whole one.
pub(super) fn days_of(days: u32, multiple: Number) -> u32 {
    let exact = (f64::from(days) * multiple.0).ceil().clamp(0.0, f64::from(u32::MAX));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what a u32 holds")]
    let days = exact as u32;
    days
}
