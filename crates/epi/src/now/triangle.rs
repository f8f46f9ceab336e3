use jiff::civil::Date;

use crate::Refusal;
use crate::aberration::calendar::day_number;

/// Cases by day of the event and days until the report, as far as reported at the as-of date.
#[derive(Clone, Debug, PartialEq)]
pub struct Triangle {
    /// First day.
    pub first: Date,
    /// Cases per day since the first, per delay 0 to the longest; what lies behind the as-of date is 0.
    counts: Vec<Vec<f64>>,
    /// Longest delay.
    longest: usize,
    /// Reports later than the longest delay, counted with it.
    pub late: usize,
}

impl Triangle {
    /// From the dates of event and report of each case; what is reported after `as_of` is not known yet.
    ///
    /// # Errors
    /// [`Refusal::Nothing`] if no case is known at `as_of`, [`Refusal::Parameter`] for a report before its event.
    pub fn from_cases(cases: &[(Date, Date)], as_of: Date, longest: usize) -> Result<Triangle, Refusal> {
        let nothing =
            Refusal::Nothing { what_zh: "截至日期前报告的病例", what: "case reported by the as-of date" };
        let first = cases.iter().map(|c| c.0).min().filter(|&d| d <= as_of).ok_or(nothing)?;
        let (start, end) = (day_number(first), day_number(as_of));
        let mut counts = vec![vec![0.0; longest + 1]; (end - start) as usize + 1];
        let mut late = 0;
        for &(event, report) in cases {
            let delay = day_number(report) - day_number(event);
            if delay < 0 {
                let (must_zh, must) = ("不早于发病日期", "not be before the event");
                return Err(Refusal::Parameter { name: "report", value: delay as f64, must_zh, must });
            }
            if event <= as_of && report <= as_of {
                late += usize::from(delay as usize > longest);
                counts[(day_number(event) - start) as usize][(delay as usize).min(longest)] += 1.0;
            }
        }
        Ok(Triangle { first, counts, longest, late })
    }

    /// The last day, counted from the first as 0.
    pub fn last(&self) -> usize {
        self.counts.len() - 1
    }

    /// Longest delay.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// Cases of a day with a delay; `None` where they cannot be known yet.
    pub fn known(&self, day: usize, delay: usize) -> Option<f64> {
        (day + delay <= self.last()).then(|| self.counts[day][delay])
    }

    /// Cases of a day with at most this delay.
    pub fn up_to(&self, day: usize, delay: usize) -> f64 {
        self.counts[day][..=delay].iter().sum()
    }

    /// Cases of a day reported so far.
    pub fn observed(&self, day: usize) -> f64 {
        self.up_to(day, self.longest)
    }
}
