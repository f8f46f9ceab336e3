use jiff::civil::Date;

use crate::{Lang, clock::end_earliest_on, plan::Number};

/// What is known for the clock to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndFacts {
    /// The day on which the last local case was isolated; none if no local case was noted.
    pub last_isolated_on: Option<Date>,
    /// The day on which the response began.
    pub began_on: Date,
    /// The maximum incubation period; none if nobody has set it.
    pub max_incubation_days: Option<u32>,
}

/// The clock of 最后一例病例隔离后两个最长潜伏期: from the isolation of the last local case on. A new case starts it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndClock {
    /// From when it counts: the last isolation, or the beginning of the response where no local case was noted.
    pub counts_from: Date,
    /// How many days it runs.
    pub n_days: u32,
    /// The first day on which the condition holds.
    pub earliest_on: Date,
}

impl EndClock {
    /// The clock; none while the maximum incubation period is not known.
    pub fn of(facts: &EndFacts, multiple: u32) -> Option<EndClock> {
        let max_days = facts.max_incubation_days?;
        let counts_from = facts.last_isolated_on.unwrap_or(facts.began_on);
        let earliest_on = end_earliest_on(counts_from, max_days, Number(f64::from(multiple)));
        let n_days = max_days.saturating_mul(multiple);
        Some(EndClock { counts_from, n_days, earliest_on })
    }

    /// Whether it has run out on a day.
    pub fn is_over(&self, day: Date) -> bool {
        day >= self.earliest_on
    }

    /// How many days are left on a day; 0 when it has run out.
    pub fn days_left(&self, day: Date) -> i32 {
        let left = day.until(self.earliest_on).map_or(0, |span| span.get_days());
        left.max(0)
    }

    /// `还有12天`, `已满足`.
    pub fn words(&self, day: Date, lang: Lang) -> String {
        match self.days_left(day) {
            0 => lang.pick("已满足", "run out").to_owned(),
            1 => lang.pick("还有1天", "1 day left").to_owned(),
            left => lang.pick(format!("还有{left}天"), format!("{left} days left")),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn clock(last: Option<Date>) -> EndClock {
        let began_on = date(2026, 11, 1);
        EndClock::of(&EndFacts { last_isolated_on: last, began_on, max_incubation_days: Some(14) }, 2).unwrap()
    }

    #[test]
    fn it_counts_from_the_last_isolation_and_a_new_case_starts_it_again() {
        let first = clock(Some(date(2026, 11, 5)));
        assert_eq!(first.earliest_on, date(2026, 12, 3));
        assert!(!first.is_over(date(2026, 12, 2)) && first.is_over(date(2026, 12, 3)));
        assert_eq!(clock(Some(date(2026, 11, 20))).earliest_on, date(2026, 12, 18));
        assert_eq!((first.days_left(date(2026, 12, 1)), first.days_left(date(2027, 1, 1))), (2, 0));
    }

    #[test]
    fn without_a_local_case_it_counts_from_the_beginning_and_without_a_parameter_not_at_all() {
        assert_eq!(clock(None).earliest_on, date(2026, 11, 29));
        let unknown = EndFacts { last_isolated_on: None, began_on: date(2026, 11, 1), max_incubation_days: None };
        assert_eq!(EndClock::of(&unknown, 2), None);
    }

    #[test]
    fn months_and_leap_days_are_counted_by_the_calendar() {
        assert_eq!(clock(Some(date(2028, 2, 1))).earliest_on, date(2028, 2, 29));
        assert_eq!(clock(Some(date(2027, 12, 20))).earliest_on, date(2028, 1, 17));
    }
}
