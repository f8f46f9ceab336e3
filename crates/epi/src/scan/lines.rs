//! Straight lines above the likelihood ratios of windows.

use super::score::{Grid, likelihood_ratio};

/// `(cases - zero) × slope`, at least the ratio of its window wherever that lies between the ends of [`Lines`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) zero: f32,
    pub(crate) slope: f32,
}

impl Line {
    /// Where the ratio is certainly 0.
    pub(crate) const FLAT: Line = Line { zero: 0.0, slope: 0.0 };

    #[inline]
    pub(crate) fn at(self, cases: f32) -> f32 {
        (cases - self.zero) * self.slope
    }
}

/// The lines of all windows that end at the last time, per distinct zone and length from 1 on.
#[derive(Debug)]
pub(crate) struct Lines {
    pub(crate) lines: Vec<Line>,
    /// Below it the lines say nothing: a replicate without a stronger window has to be searched plainly.
    pub(crate) low: f64,
    /// Above it a line says no more than that it is passed.
    high: f64,
}

impl Lines {
    /// Lines around the ratio that the strongest window of a replicate usually has.
    pub(crate) fn new(grid: &Grid<'_>, usual: f64) -> Lines {
        let usual = usual.max(0.1);
        let mut ends = Ends { total: grid.total, low: 0.25 * usual, high: 1.6 * usual, reached: 0.25 * usual };
        let windows = grid.windows_alive();
        let shared = Shared::new(&mut ends, windows);
        let mut lines = Vec::with_capacity(windows);
        grid.each_mean(|mean| lines.push(shared.line(mean).unwrap_or_else(|| ends.line(mean))));
        Lines { lines, low: ends.reached, high: ends.high }
    }

    /// What a line must pass to be looked at where this is the best so far; single precision has a margin.
    pub(crate) fn bar(&self, best: f64) -> f32 {
        (best.max(self.low).min(self.high) * (1.0 - 1e-5)) as f32
    }
}

/// Lines at means `(i/100)²`. The ratio falls as the mean rises, so that the line of a mean holds for larger ones too, and between
/// neighbours it loses little: about a hundredth of `√(2 ratio)`.
struct Shared(Vec<Line>);

impl Shared {
    const STEPS: f64 = 100.0;
    /// Below it neighbours lie too far apart in proportion.
    const FIRST: usize = 10;

    /// Only where the windows are many more than the lines.
    fn new(ends: &mut Ends, windows: usize) -> Shared {
        let most = (ends.total.sqrt() * Shared::STEPS) as usize;
        let last = if most * 2 < windows { most } else { 0 };
        let at = |i: usize| (i as f64 / Shared::STEPS).powi(2);
        Shared((0..=last).map(|i| if i < Shared::FIRST { Line::FLAT } else { ends.line(at(i)) }).collect())
    }

    fn line(&self, mean: f64) -> Option<Line> {
        // A touch less, so that rounding never takes the line of a larger mean.
        let index = (mean.sqrt() * (Shared::STEPS * (1.0 - 1e-12))) as usize;
        self.0.get(index).filter(|_| index >= Shared::FIRST).copied()
    }
}

/// Steps towards the left end of a line; one or two are enough but where nearly everybody lives inside.
const NEWTON: usize = 20;

/// Between which ratios the lines hold.
struct Ends {
    total: f64,
    low: f64,
    high: f64,
    /// The highest left end of any line.
    reached: f64,
}

impl Ends {
    /// The line of a window, from a ratio not far above `low` to one of at least `high`.
    fn line(&mut self, mean: f64) -> Line {
        let total = self.total;
        if mean <= 0.0 || mean >= total {
            return Line::FLAT;
        }
        let begin = far_enough(mean, self.low);
        let (mut left, mut at_left) = (mean, 0.0);
        if begin < total {
            // From the right of the root of a convex function, Newton's steps stay right of it.
            (left, at_left) = (begin, f64::INFINITY);
            for _ in 0..NEWTON {
                if at_left <= 1.3 * self.low {
                    break;
                }
                let (inside, outside) = ((left / mean).ln(), ((total - left) / (total - mean)).ln());
                at_left = left * inside + (total - left) * outside;
                if at_left > 1.3 * self.low {
                    left -= (at_left - self.low) / (inside - outside);
                }
            }
            self.reached = self.reached.max(at_left);
        } else if total * (total / mean).ln() <= self.low {
            return Line::FLAT;
        }
        let right = far_enough(mean, self.high).min(total);
        let slope = (likelihood_ratio(right, mean, total) - at_left) / (right - left);
        let zero = left - at_left / slope;
        // Rounded to the side on which the line is higher.
        Line { zero: (zero - zero.abs() * 1e-6) as f32, slope: (slope * (1.0 + 1e-6)) as f32 }
    }
}

/// So many cases that the ratio is at least `ratio`: the inverse of `(1+x) ln(1+x) - x ≥ x² / (2 + 2x/3)`.
///
/// Source: Boucheron S., Lugosi G., Massart P. Concentration Inequalities, 2013, 2.7 (Bernstein's and Bennett's inequalities).
pub(crate) fn far_enough(mean: f64, ratio: f64) -> f64 {
    let y = ratio / mean;
    mean * (1.0 + y / 3.0 + (y * y / 9.0 + 2.0 * y).sqrt())
}
