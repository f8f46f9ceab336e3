//! The only place that asks for the time.

use jiff::{Timestamp, civil::Date};

/// The day given with `--as-of`, else today.
pub(crate) fn day_of_reading(as_of: Option<Date>) -> Date {
    as_of.unwrap_or_else(today)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the binary is where the clock is read; everything below takes the day as an argument"
)]
fn today() -> Date {
    jiff::Zoned::now().date()
}

/// The present instant.
#[expect(
    clippy::disallowed_methods,
    reason = "the binary is where the clock is read; everything below takes it as an argument"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
