use jiff::civil::Date;

/// How years are found back in a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// Every year has this many steps: 52 for weeks counted by number without week 53.
    Cycle(usize),
    /// Weeks that begin on true dates: leap weeks and Feb 29 are dealt with by the calendar.
    Weekly {
        /// The day of place 0.
        first: Date,
    },
    /// Days.
    Daily {
        /// The day of place 0.
        first: Date,
    },
}

/// Days since 1970-01-01 of a civil date, Feb 29 of a common year being Mar 1.
///
/// Source: Hinnant H. chrono-Compatible Low-Level Date Algorithms, 2013.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let of_era = y - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a day since 1970-01-01.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z - era * 146_097;
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

/// The day number of a date.
pub(crate) fn day_number(date: Date) -> i64 {
    days_from_civil(i64::from(date.year()), i64::from(date.month()), i64::from(date.day()))
}

impl Calendar {
    /// The place that lies `years` years before `at`, which may be before the series begins.
    ///
    /// With weeks by date: the same day of an earlier year, moved to the nearest day of the same weekday. With days: the same
    /// day; Feb 29 goes to Mar 1 of a common year.
    pub fn years_before(self, at: usize, years: usize) -> i64 {
        let at = at as i64;
        match self {
            Calendar::Cycle(length) => at - (length * years) as i64,
            Calendar::Daily { first } => {
                let first = day_number(first);
                let (y, m, d) = civil_from_days(first + at);
                days_from_civil(y - years as i64, m, d) - first
            }
            Calendar::Weekly { first } => {
                let first = day_number(first);
                let day = first + 7 * at;
                let (y, m, d) = civil_from_days(day);
                let back = days_from_civil(y - years as i64, m, d);
                let forward = (day - back).rem_euclid(7);
                let same_weekday = if forward <= 3 { back + forward } else { back + forward - 7 };
                (same_weekday - first).div_euclid(7)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_numbers_and_dates_agree() {
        for day in (-200_000..200_000).step_by(13) {
            let (y, m, d) = civil_from_days(day);
            assert_eq!(days_from_civil(y, m, d), day);
        }
        assert_eq!(day_number(jiff::civil::date(1970, 1, 1)), 0);
        assert_eq!(day_number(jiff::civil::date(2024, 2, 29)), 19_782);
    }

    #[test]
    fn a_week_53_and_a_leap_day_find_the_nearest_same_weekday() {
        let first = jiff::civil::date(2015, 1, 5);
        let weekly = Calendar::Weekly { first };
        // Monday of ISO week 53 of 2020 is 2020-12-28; a year before lies nearest to Monday 2019-12-30.
        let at = usize::try_from((day_number(jiff::civil::date(2020, 12, 28)) - day_number(first)) / 7).unwrap();
        assert_eq!(at as i64 - weekly.years_before(at, 1), 52);
        // Monday 2016-02-29 has no such day in 2015: Mar 1, a Sunday, and the Monday next to it is Mar 2.
        let at = usize::try_from((day_number(jiff::civil::date(2016, 2, 29)) - day_number(first)) / 7).unwrap();
        assert_eq!(at as i64 - weekly.years_before(at, 1), 52);
        // Five years on, one leap week has passed.
        let at = usize::try_from((day_number(jiff::civil::date(2021, 6, 28)) - day_number(first)) / 7).unwrap();
        assert_eq!(at as i64 - weekly.years_before(at, 5), 261);
    }
}
