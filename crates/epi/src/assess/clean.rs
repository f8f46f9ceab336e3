use jiff::civil::Date;

use crate::Refusal;
use crate::aberration::Calendar;
use crate::aberration::calendar::day_number;

/// Days or weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One count per day.
    Day,
    /// One count per week, dated by any day of the week, always the same.
    Week,
}

impl Step {
    /// Days in a step.
    pub fn days(self) -> i64 {
        match self {
            Step::Day => 1,
            Step::Week => 7,
        }
    }
}

/// A count of one date as it was reported; `None` where it is unknown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dated {
    /// First day of the step.
    pub on: Date,
    /// Cases.
    pub count: Option<f64>,
}

/// What was done to the data, or should be known of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The rows were not in the order of their dates.
    Sorted,
    /// Rows that stood more than once with the same count.
    Repeated {
        /// How many were left out.
        rows: usize,
    },
    /// Dates without a row, taken as unknown.
    Gaps {
        /// How many.
        steps: usize,
        /// The first of them.
        first: Date,
    },
    /// Counts that are not whole.
    Fractions {
        /// How many.
        steps: usize,
    },
    /// Rows after the as-of date, left out.
    AfterAsOf {
        /// How many.
        rows: usize,
    },
}

/// A series in equal steps without holes in its dates.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Date of the first step.
    pub first: Date,
    /// Days or weeks.
    pub step: Step,
    /// Counts, `NaN` where unknown.
    pub counts: Vec<f64>,
    /// What was done.
    pub notes: Vec<Note>,
}

impl Series {
    /// How years are found back.
    pub fn calendar(&self) -> Calendar {
        match self.step {
            Step::Day => Calendar::Daily { first: self.first },
            Step::Week => Calendar::Weekly { first: self.first },
        }
    }

    /// Date of a place.
    pub fn date(&self, at: usize) -> Date {
        let days = self.step.days().saturating_mul(at as i64);
        self.first.checked_add(jiff::Span::new().days(days)).unwrap_or(Date::MAX)
    }
}

/// Longest series that is taken: three centuries of days.
const LONGEST: usize = 110_000;

/// Puts dates and counts in order: sorts, merges rows that say the same, fills missing dates as unknown.
///
/// # Errors
/// [`Refusal::Nothing`] without rows up to `as_of`, [`Refusal::RepeatedDate`] for two counts of one date,
/// [`Refusal::NegativeCount`], [`Refusal::UnevenSteps`] for a date off the step (weeks of another weekday),
/// [`Refusal::Parameter`] for dates more than three centuries of steps apart.
pub fn clean(rows: &[Dated], step: Step, as_of: Date) -> Result<Series, Refusal> {
    let mut notes = Vec::new();
    let mut known: Vec<Dated> = rows.iter().copied().filter(|r| r.on <= as_of).collect();
    if known.len() < rows.len() {
        notes.push(Note::AfterAsOf { rows: rows.len() - known.len() });
    }
    if known.windows(2).any(|w| w[0].on > w[1].on) {
        known.sort_by_key(|r| r.on);
        notes.push(Note::Sorted);
    }
    let (first, last) = match (known.first(), known.last()) {
        (Some(first), Some(last)) => (first.on, last.on),
        _ => return Err(Refusal::Nothing { what_zh: "截至日期前的数据", what: "row up to the as-of date" }),
    };
    let places = (day_number(last) - day_number(first)) / step.days() + 1;
    if places > LONGEST as i64 {
        let (must_zh, must) = ("不超过三百年", "span no more than three centuries");
        return Err(Refusal::Parameter { name: "dates", value: places as f64, must_zh, must });
    }
    let mut counts: Vec<Option<f64>> = vec![None; places as usize];
    let mut seen = vec![false; places as usize];
    let (mut repeated, mut fractions) = (0, 0);
    for row in &known {
        let days = day_number(row.on) - day_number(first);
        if days % step.days() != 0 {
            return Err(Refusal::UnevenSteps { date: row.on });
        }
        let at = (days / step.days()) as usize;
        let count = row.count.filter(|c| c.is_finite());
        if let Some(count) = count.filter(|c| *c < 0.0) {
            return Err(Refusal::NegativeCount { at, count });
        }
        if seen[at] {
            if counts[at] != count {
                return Err(Refusal::RepeatedDate { date: row.on });
            }
            repeated += 1;
            continue;
        }
        seen[at] = true;
        counts[at] = count;
        fractions += usize::from(count.is_some_and(|c| c.fract() != 0.0));
    }
    if repeated > 0 {
        notes.push(Note::Repeated { rows: repeated });
    }
    if fractions > 0 {
        notes.push(Note::Fractions { steps: fractions });
    }
    let counts: Vec<f64> = counts.into_iter().map(|c| c.unwrap_or(f64::NAN)).collect();
    let mut series = Series { first, step, counts, notes };
    if let Some(gap) = series.counts.iter().position(|c| c.is_nan()) {
        let steps = series.counts.iter().filter(|c| c.is_nan()).count();
        let first = series.date(gap);
        series.notes.push(Note::Gaps { steps, first });
    }
    Ok(series)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn row(day: i8, count: f64) -> Dated {
        Dated { on: date(2026, 3, day), count: Some(count) }
    }

    #[test]
    fn rows_are_sorted_merged_and_filled() {
        let rows = [row(4, 2.0), row(1, 1.0), row(4, 2.0), row(9, 5.0), row(2, 0.5)];
        let series = clean(&rows, Step::Day, date(2026, 3, 5)).unwrap();
        assert_eq!(series.counts[..2], [1.0, 0.5]);
        assert!(series.counts[2].is_nan());
        assert_eq!(
            series.notes,
            [
                Note::AfterAsOf { rows: 1 },
                Note::Sorted,
                Note::Repeated { rows: 1 },
                Note::Fractions { steps: 1 },
                Note::Gaps { steps: 1, first: date(2026, 3, 3) }
            ]
        );
    }

    #[test]
    fn what_cannot_be_put_in_order_is_refused_by_name() {
        let today = date(2026, 3, 31);
        assert_eq!(
            clean(&[row(1, 1.0), row(1, 2.0)], Step::Day, today),
            Err(Refusal::RepeatedDate { date: date(2026, 3, 1) })
        );
        assert_eq!(
            clean(&[row(1, 1.0), row(9, 2.0)], Step::Week, today),
            Err(Refusal::UnevenSteps { date: date(2026, 3, 9) })
        );
        assert_eq!(clean(&[row(1, -1.0)], Step::Day, today), Err(Refusal::NegativeCount { at: 0, count: -1.0 }));
        assert!(matches!(clean(&[], Step::Day, today), Err(Refusal::Nothing { .. })));
    }

    #[test]
    fn weeks_run_through_a_week_53() {
        let rows: Vec<Dated> = (0..60)
            .map(|w| Dated {
                on: date(2020, 6, 1).checked_add(jiff::Span::new().days(7 * w)).unwrap(),
                count: Some(1.0),
            })
            .collect();
        let series = clean(&rows, Step::Week, date(2022, 1, 1)).unwrap();
        assert_eq!(series.counts.len(), 60);
        assert!(series.notes.is_empty());
    }
}
