//! The weeks that the simple methods compare with.

/// The weeks just before, and weeks around the same week of earlier years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReferenceSet {
    /// Earlier years.
    pub years: usize,
    /// Weeks before, and weeks on each side in earlier years.
    pub half_window: usize,
    /// Whether the weeks just before count.
    pub this_year: bool,
    /// Steps in a year.
    pub period: usize,
}

impl ReferenceSet {
    /// First place whose reference weeks all exist.
    pub fn first(&self) -> usize {
        if self.years > 0 { self.years * self.period + self.half_window } else { self.half_window }
    }

    /// The known counts of the reference weeks; `None` where one lies before the series.
    pub fn counts(&self, counts: &[f64], at: usize, out: &mut Vec<f64>) -> Option<()> {
        out.clear();
        let mut add = |from: usize, to: usize| -> Option<()> {
            // Weeks behind the end of the series, which a wide window around a short year reaches, are unknown too.
            out.extend(counts.get(from..to.min(counts.len()))?.iter().filter(|y| !y.is_nan()));
            Some(())
        };
        if self.this_year {
            add(at.checked_sub(self.half_window)?, at)?;
        }
        for year in 1..=self.years {
            let place = at.checked_sub(year * self.period)?;
            add(place.checked_sub(self.half_window)?, place + self.half_window + 1)?;
        }
        Some(())
    }
}
