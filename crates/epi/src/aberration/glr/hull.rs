//! The largest likelihood ratio of a Poisson level change over every time it may have begun.

use super::Direction;

/// Sums before a step at which a change may have begun.
#[derive(Clone, Copy, Debug)]
struct Start {
    expected: f64,
    cases: f64,
}

/// Keeps the few starts that can ever be the best.
///
/// For a change by the factor `e^κ` the ratio from a start is linear in the sums before it, so that only corners of their
/// convex hull matter; for a rise, corners after which the slope is at least 1. Their number grows with the logarithm of the
/// length at most, where the plain search looks at every start.
///
/// Source: Ward K. et al., Poisson-FOCuS, J Am Stat Assoc 2023;118:2486–97.
#[derive(Clone, Debug)]
pub(crate) struct Hull {
    direction: Direction,
    starts: Vec<Start>,
    sum: Start,
}

impl Hull {
    pub(crate) fn new(direction: Direction) -> Hull {
        Hull { direction, starts: Vec::new(), sum: Start { expected: 0.0, cases: 0.0 } }
    }

    pub(crate) fn clear(&mut self) {
        self.starts.clear();
        self.sum = Start { expected: 0.0, cases: 0.0 };
    }

    /// Adds a step; twice the logarithm of nothing comes back, the plain log likelihood ratio.
    pub(crate) fn add(&mut self, cases: f64, expected: f64) -> f64 {
        self.push(self.sum);
        self.sum = Start { expected: self.sum.expected + expected, cases: self.sum.cases + cases };
        self.starts.iter().fold(0.0, |top, start| {
            let (cases, expected) = (self.sum.cases - start.cases, self.sum.expected - start.expected);
            // `c ln(c/μ) - (c-μ) ≤ (c-μ)² / 2μ` for a rise: most starts need no logarithm.
            let excess = cases - expected;
            if self.direction == Direction::Up && excess * excess <= 1.999_999 * expected * top {
                return top;
            }
            level_ratio(cases, expected, self.direction).max(top)
        })
    }

    fn push(&mut self, new: Start) {
        let turn = if self.direction == Direction::Up { 1.0 } else { -1.0 };
        while let [.., first, last] = self.starts[..] {
            // Whether the last corner lies on or outside of the line that would pass it by.
            let left = (last.cases - first.cases) * (new.expected - last.expected);
            let right = (new.cases - last.cases) * (last.expected - first.expected);
            if (right - left) * turn > 0.0 {
                break;
            }
            self.starts.pop();
        }
        // A rise never begins before a stretch below expectation, nor a fall before one above.
        let stale = self
            .starts
            .iter()
            .zip(self.starts.iter().skip(1).chain([&new]))
            .take_while(|(a, b)| ((b.cases - a.cases) - (b.expected - a.expected)) * turn < 0.0);
        let stale = stale.count();
        self.starts.drain(..stale);
        self.starts.push(new);
    }
}

/// `κ s + (1 - e^κ) a` at its best κ of the right sign.
pub(crate) fn level_ratio(cases: f64, expected: f64, direction: Direction) -> f64 {
    let risen = cases > expected;
    if risen != (direction == Direction::Up) {
        return 0.0;
    }
    let log = if cases > 0.0 { cases * (cases / expected).ln() } else { 0.0 };
    log + expected - cases
}
