use crate::clock::{HOUR_MS, MINUTE_MS};
use crate::plan::TimeOfDay;

/// The time of day of a text such as `15:00`, `9：30` or `24:00`; none where it is none.
pub fn time_of_day(text: &str) -> Option<TimeOfDay> {
    let (hour, minute) = text.trim().split_once([':', '：'])?;
    let is_number = |digits: &str| digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let read = |digits: &str| is_number(digits).then(|| digits.parse::<u8>().ok()).flatten();
    let (hour, minute) = (read(hour)?, read(minute)?);
    let exists = hour < 24 && minute < 60 || hour == 24 && minute == 0;
    exists.then_some(TimeOfDay { hour, minute })
}

/// Milliseconds from the start of a day.
pub(super) fn since_midnight_ms(time: TimeOfDay) -> i64 {
    i64::from(time.hour) * HOUR_MS + i64::from(time.minute) * MINUTE_MS
}
