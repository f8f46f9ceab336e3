use jiff::civil::Date;

use crate::aberration::calendar::day_number;

/// An alarm that was raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RaisedAlarm {
    /// When it rang first.
    pub raised_on: Date,
    /// When it last rang.
    pub last_on: Date,
    /// When somebody closed it; `None` while it is open.
    pub closed_on: Option<Date>,
}

/// When a series may ring anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlarmRule {
    /// An open alarm ends by itself after so many days without a signal.
    pub quiet_days: i64,
    /// After an alarm was closed by a person, signals within so many days go to that alarm.
    pub suppression_days: i64,
}

/// What a signal leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlarmDecision {
    /// Nothing was signalled and nothing is open.
    Quiet,
    /// A new alarm.
    Ring,
    /// One more signal of the alarm that is open.
    Attach {
        /// When that one rang first.
        to: Date,
    },
    /// It was closed a short while ago: noted, not rung.
    Suppressed {
        /// From this day on it would ring again.
        until: Date,
    },
    /// The open alarm has been quiet long enough.
    Ended {
        /// When that one rang first.
        raised_on: Date,
    },
}

/// Does this signal ring, or does it belong to an alarm that has rung? One alarm per event, however many days it signals.
///
/// A signal within `quiet_days` after the last one of an open alarm attaches to it; within `suppression_days` after a person
/// closed the alarm it is only noted; else it rings. Without a signal an open alarm ends after `quiet_days`.
///
/// * `last`: the latest alarm of the series, if any; `on`: the day that is judged, not before it.
pub fn decide(last: Option<&RaisedAlarm>, signal: bool, on: Date, rule: AlarmRule) -> AlarmDecision {
    let since = |day: Date| day_number(on) - day_number(day);
    match last {
        None if signal => AlarmDecision::Ring,
        None => AlarmDecision::Quiet,
        Some(alarm) => match alarm.closed_on {
            None if since(alarm.last_on) > rule.quiet_days && signal => AlarmDecision::Ring,
            None if since(alarm.last_on) > rule.quiet_days => AlarmDecision::Ended { raised_on: alarm.raised_on },
            None if signal => AlarmDecision::Attach { to: alarm.raised_on },
            None => AlarmDecision::Quiet,
            Some(closed) if signal && since(closed) < rule.suppression_days => {
                let until = closed.checked_add(jiff::Span::new().days(rule.suppression_days)).unwrap_or(closed);
                AlarmDecision::Suppressed { until }
            }
            Some(_) if signal => AlarmDecision::Ring,
            Some(_) => AlarmDecision::Quiet,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const RULE: AlarmRule = AlarmRule { quiet_days: 7, suppression_days: 14 };

    #[test]
    fn an_event_of_many_days_rings_once() {
        let mut last: Option<RaisedAlarm> = None;
        let mut rung = 0;
        for day in 1..=20 {
            let on = date(2026, 3, day);
            match decide(last.as_ref(), day % 3 != 0, on, RULE) {
                AlarmDecision::Ring => {
                    rung += 1;
                    last = Some(RaisedAlarm { raised_on: on, last_on: on, closed_on: None });
                }
                AlarmDecision::Attach { to } => {
                    assert_eq!(to, date(2026, 3, 1));
                    last = last.map(|a| RaisedAlarm { last_on: on, ..a });
                }
                other => assert_eq!(other, AlarmDecision::Quiet),
            }
        }
        assert_eq!(rung, 1);
    }

    #[test]
    fn a_closed_alarm_is_not_rung_again_within_its_window() {
        let day = |d| date(2026, 3, d);
        let alarm = RaisedAlarm { raised_on: day(1), last_on: day(3), closed_on: Some(day(4)) };
        assert_eq!(decide(Some(&alarm), true, day(17), RULE), AlarmDecision::Suppressed { until: day(18) });
        assert_eq!(decide(Some(&alarm), true, day(18), RULE), AlarmDecision::Ring);
        let open = RaisedAlarm { closed_on: None, ..alarm };
        assert_eq!(decide(Some(&open), false, day(11), RULE), AlarmDecision::Ended { raised_on: day(1) });
    }
}
