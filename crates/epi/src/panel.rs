use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::Refusal;
use crate::aberration::Calendar;
use crate::aberration::ears::{Ears, EarsPoint, ears_latest};
use crate::aberration::flexible::{Flexible, FlexiblePoint, FlexibleRoom, flexible_at};
use crate::number::normal;

/// Many series of one length, two bytes a count: what a province keeps in memory every morning.
///
/// Counts are whole numbers; an unknown one and one above 65,533 are kept as well.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    length: usize,
    counts: Vec<u16>,
    wide: BTreeMap<usize, f64>,
}

const UNKNOWN: u16 = u16::MAX;
const WIDE: u16 = u16::MAX - 1;

impl Panel {
    /// An empty panel for series of this length, with room for so many.
    pub fn with_room(length: usize, series: usize) -> Panel {
        Panel { length, counts: Vec::with_capacity(length * series), wide: BTreeMap::new() }
    }

    /// Adds a series, `NaN` for unknown counts.
    ///
    /// # Errors
    /// [`Refusal::Lengths`] for another length, [`Refusal::NegativeCount`]; nothing is added then.
    pub fn add(&mut self, counts: &[f64]) -> Result<(), Refusal> {
        if counts.len() != self.length {
            return Err(Refusal::Lengths { what: "panel/series", left: self.length, right: counts.len() });
        }
        if let Some(at) = counts.iter().position(|c| *c < 0.0) {
            return Err(Refusal::NegativeCount { at, count: counts[at] });
        }
        for &count in counts {
            let narrow = if count.is_nan() {
                UNKNOWN
            } else if count.fract() == 0.0 && count < f64::from(WIDE) {
                count as u16
            } else {
                self.wide.insert(self.counts.len(), count);
                WIDE
            };
            self.counts.push(narrow);
        }
        Ok(())
    }

    /// How many series there are.
    pub fn len(&self) -> usize {
        self.counts.len().checked_div(self.length).unwrap_or(0)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Writes the last `steps` counts of a series into a buffer.
    pub fn read(&self, series: usize, steps: usize, out: &mut Vec<f64>) {
        let end = (series + 1) * self.length;
        let from = end - steps.min(self.length);
        out.clear();
        out.extend(self.counts[from..end].iter().enumerate().map(|(i, &c)| match c {
            UNKNOWN => f64::NAN,
            WIDE => self.wide.get(&(from + i)).copied().unwrap_or(f64::NAN),
            c => f64::from(c),
        }));
    }

    /// Judges the latest week of every series by Farrington's flexible method, on all threads, in the order of the series.
    pub fn latest_flexible(&self, calendar: Calendar, settings: &Flexible) -> Vec<Result<FlexiblePoint, Refusal>> {
        (0..self.len())
            .into_par_iter()
            .map_init(
                || (FlexibleRoom::default(), Vec::with_capacity(self.length)),
                |(room, counts), series| {
                    self.read(series, self.length, counts);
                    flexible_at(counts, None, calendar, self.length - 1, settings, room)
                },
            )
            .collect()
    }

    /// Judges the latest step of every series by EARS, on all threads; `None` where the series is too short.
    pub fn latest_ears(&self, settings: &Ears) -> Vec<Option<EarsPoint>> {
        let z = normal::quantile(1.0 - settings.alpha.get());
        let steps = settings.first() + 1;
        (0..self.len())
            .into_par_iter()
            .map_init(
                || Vec::with_capacity(steps),
                |counts, series| {
                    self.read(series, steps, counts);
                    let point = ears_latest(counts, z, settings)?;
                    Some(EarsPoint { at: self.length - 1, ..point })
                },
            )
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aberration::ears::{EarsMethod, ears};
    use crate::aberration::flexible::flexible;
    use crate::number::chance::Stream;

    fn panel() -> (Panel, Vec<Vec<f64>>) {
        let mut stream = Stream::new("panel", 1);
        let series: Vec<Vec<f64>> = (0..40)
            .map(|i| {
                (0..330).map(|t| if (t + i) % 97 == 0 { f64::NAN } else { stream.poisson(f64::from(i)) }).collect()
            })
            .collect();
        let mut panel = Panel::with_room(330, 40);
        series.iter().for_each(|s| panel.add(s).unwrap());
        (panel, series)
    }

    #[test]
    fn the_panel_gives_what_each_series_gives_alone() {
        let (panel, series) = panel();
        let settings = Flexible::noufaily();
        let ears_settings = Ears::published(EarsMethod::C3);
        let all = panel.latest_flexible(Calendar::Cycle(52), &settings);
        let charts = panel.latest_ears(&ears_settings);
        for (i, counts) in series.iter().enumerate() {
            let alone = flexible(counts, None, Calendar::Cycle(52), 329..330, &settings).map(|p| p[0]);
            assert_eq!(all[i], alone);
            assert_eq!(charts[i].unwrap(), ears(counts, 329..330, &ears_settings).unwrap()[0]);
        }
    }

    #[test]
    fn large_and_fractional_counts_come_back_as_they_were() {
        let mut panel = Panel::with_room(3, 1);
        panel.add(&[70_000.0, 0.5, 65_534.0]).unwrap();
        let mut out = Vec::new();
        panel.read(0, 2, &mut out);
        assert_eq!(out, [0.5, 65_534.0]);
        assert!(panel.add(&[1.0]).is_err() && panel.add(&[1.0, -1.0, 0.0]).is_err());
        assert_eq!(panel.len(), 1);
    }
}
