use std::fmt;
use std::str::FromStr;

use crate::clock::{DAY_MS, HOUR_MS, MINUTE_MS};
use crate::plan::TimeOfDay;

/// The time of day in which a user does not want to be disturbed: messages wait until its end, the app shows them at
/// once. It may pass midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// From when.
    pub from: TimeOfDay,
    /// Until when; not the same.
    pub until: TimeOfDay,
}

/// A text that is no quiet time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotQuiet;

fn ms(time: TimeOfDay) -> i64 {
    i64::from(time.hour) * HOUR_MS + i64::from(time.minute) * MINUTE_MS
}

impl Quiet {
    /// When a message that is ready now may go out: now, or at the end of the quiet time.
    pub fn free_at_ms(self, now_ms: i64) -> i64 {
        let time_of_day = (now_ms + 8 * HOUR_MS).rem_euclid(DAY_MS);
        let lasts = (ms(self.until) - ms(self.from)).rem_euclid(DAY_MS);
        let since = (time_of_day - ms(self.from)).rem_euclid(DAY_MS);
        if since < lasts { now_ms - since + lasts } else { now_ms }
    }
}

impl fmt::Display for Quiet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from, self.until)
    }
}

impl FromStr for Quiet {
    type Err = NotQuiet;

    /// `22:00-07:00`.
    fn from_str(text: &str) -> Result<Quiet, NotQuiet> {
        let (from, until) = text.split_once('-').ok_or(NotQuiet)?;
        let (from, until) = (time(from)?, time(until)?);
        if from == until { Err(NotQuiet) } else { Ok(Quiet { from, until }) }
    }
}

fn time(text: &str) -> Result<TimeOfDay, NotQuiet> {
    let (hour, minute) = text.trim().split_once(':').ok_or(NotQuiet)?;
    let read = |digits: &str, most: u8| match digits.parse::<u8>() {
        Ok(number) if digits.len() <= 2 && number <= most => Ok(number),
        _ => Err(NotQuiet),
    };
    Ok(TimeOfDay { hour: read(hour, 23)?, minute: read(minute, 59)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_wait_until_the_end_of_a_quiet_time_also_past_midnight() {
        let midnight = 1_795_276_800_000; // 22 November 2026, 00:00 in China.
        let cases = [
            ("22:00-07:00", 23, 31),
            ("22:00-07:00", 3, 7),
            ("22:00-07:00", 7, 7),
            ("22:00-07:00", 12, 12),
            ("12:00-14:00", 13, 14),
            ("12:00-14:00", 11, 11),
        ];
        for (quiet, hour, free) in cases {
            let quiet: Quiet = quiet.parse().unwrap();
            assert_eq!(quiet.free_at_ms(midnight + hour * HOUR_MS), midnight + free * HOUR_MS, "{quiet} {hour}");
            assert_eq!(quiet.to_string().parse(), Ok(quiet));
        }
        for text in ["", "22:00", "22:00-22:00", "24:00-07:00", "22:60-07:00", "22-07", "+1:00-02:00x"] {
            assert_eq!(text.parse::<Quiet>(), Err(NotQuiet), "{text}");
        }
    }
}
