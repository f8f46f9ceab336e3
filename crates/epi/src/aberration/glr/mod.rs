use std::ops::Range;

use curve::{Curve, Grid, best};
use hull::{Hull, level_ratio};

use crate::Refusal;
use crate::refusal::positive;

mod curve;
mod dispersion;
mod hull;
mod in_control;

pub use dispersion::in_control_dispersed;
pub use in_control::{InControl, in_control};

/// Which way the level may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// A rise.
    Up,
    /// A fall.
    Down,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// The mean is multiplied by a known factor `e^θ` (likelihood ratio chart).
    Known {
        /// Logarithm of the factor.
        theta: f64,
    },
    /// The mean is multiplied by an unknown factor (generalised likelihood ratio chart).
    Level {
        /// Rise or fall.
        direction: Direction,
    },
    /// Each case of the step before brings λ more (epidemic change, generalised).
    Epidemic,
}

/// Which starts of the change are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Longest change, in steps beyond the current one.
    pub longest: usize,
    /// Shortest change, in steps: one less must have passed since the chart began.
    pub shortest: usize,
}

/// How the chart is run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glr {
    /// What is looked for.
    pub change: Change,
    /// The ratio from which on it rings.
    pub threshold: f64,
    /// Overdispersion α of the counts, variance `μ + α μ²`; 0 for Poisson.
    pub alpha: f64,
    /// Starts looked at; `None` for all since the chart began.
    pub window: Option<Window>,
}

/// What the chart says of one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GlrPoint {
    /// The log likelihood ratio.
    pub ratio: f64,
    /// From this count on it would have rung, for a known change.
    pub cases: Option<f64>,
    /// Whether it rings; the chart then begins anew.
    pub alarm: bool,
}

/// Has the level changed at some unknown time, and by an unknown factor? (Likelihood ratio charts.)
///
/// `GLR_n = max_k sup_κ Σ_{i=k..n} log f(x_i; μ_i e^κ) / f(x_i; μ_i)`; for Poisson counts the inner part is
/// `κ Σx + (1-e^κ) Σμ` with `κ = max(0, log Σx/Σμ)`, or `min` for a fall. It rings where `GLR_n ≥ c` and then begins anew. With a known change
/// `θ`: `L_n = max(0, L_{n-1} + θ x + (1-e^θ) μ)`, ringing where `L_n > c`. Negative binomial: `θ x - (x+1/α) log
/// ((1+αμe^θ)/(1+αμ))` in their place. Epidemic: the mean is `μ_i + λ x_{i-1}`.
///
/// * `counts`, `expected`: cases and in-control mean of each step, of equal length; `before`: the count just before the first.
///
/// Every start is covered, but not one by one: see `hull.rs` (Poisson) and `curve.rs` (negative binomial).
/// The established package searches κ (or `log λ`) by Newton's method from the result of the start before; now and then the
/// search runs off to no change at all, above all in the epidemic chart, and the package's ratio is too small. The ratio here is
/// the true maximum, so that such steps ring where the package's do not.
/// Do not use it with an in-control mean fitted on a period that holds an outbreak.
///
/// # Errors
/// [`Refusal::Parameter`] for an expected value or threshold that is not above 0, [`Refusal::Unknown`], [`Refusal::Lengths`].
///
/// Source: Höhle M., Paul M. Comput Stat Data Anal 2008;52:4357–68, doi 10.1016/j.csda.2008.02.015; Lai T.L. J R Stat Soc B
/// 1995;57:613–58 (the window).
pub fn glr(counts: &[f64], expected: &[f64], before: f64, settings: &Glr) -> Result<Vec<GlrPoint>, Refusal> {
    check(counts, expected, settings)?;
    Ok(watch(counts, expected, before, settings))
}

fn watch(counts: &[f64], expected: &[f64], before: f64, settings: &Glr) -> Vec<GlrPoint> {
    let mut chart = Chart::new(settings);
    let mut last = before;
    let judge = |(&x, &mu): (&f64, &f64)| {
        let point = chart.add(x, mu, last, settings);
        last = x;
        if point.alarm {
            chart.clear();
        }
        point
    };
    counts.iter().zip(expected).map(judge).collect()
}

/// As [`glr`] over `points` of a whole series, with the in-control mean fitted again on everything up to each alarm.
///
/// The in-control mean of each step comes first. Fit again only where an alarm means that the level is another one from then on;
/// after an outbreak that has gone by, its cases would count as usual.
///
/// # Errors
/// Those of [`glr`] and [`in_control`]; [`Refusal::SeriesTooShort`] if `points` reach beyond the series.
pub fn glr_refitted(
    counts: &[f64],
    points: Range<usize>,
    model: &InControl,
    settings: &Glr,
) -> Result<(Vec<f64>, Vec<GlrPoint>), Refusal> {
    if points.end > counts.len() {
        return Err(Refusal::SeriesTooShort { have: counts.len(), need: points.end });
    }
    let (mut means, mut judged) = (Vec::with_capacity(points.len()), Vec::with_capacity(points.len()));
    let mut from = points.start;
    while from < points.end {
        let mean = in_control(&counts[..points.end], from, model)?;
        let before = from.checked_sub(1).map_or(0.0, |t| counts[t]);
        check(&counts[from..points.end], &mean[from..], settings)?;
        let pass = watch(&counts[from..points.end], &mean[from..], before, settings);
        let length = pass.iter().position(|p| p.alarm).map_or(pass.len(), |at| at + 1);
        means.extend_from_slice(&mean[from..from + length]);
        judged.extend_from_slice(&pass[..length]);
        from += length;
    }
    Ok((means, judged))
}

/// The smallest whole count of each step with which the chart would have rung there; `None` where none up to `most` would.
///
/// For a known change the exact number is in [`GlrPoint::cases`] already. A fall rings for few cases, so that it has no such count.
///
/// # Errors
/// Those of [`glr`]; [`Refusal::Parameter`] for a fall.
pub fn least_cases(
    counts: &[f64],
    expected: &[f64],
    before: f64,
    most: u32,
    settings: &Glr,
) -> Result<Vec<Option<f64>>, Refusal> {
    check(counts, expected, settings)?;
    if settings.change == (Change::Level { direction: Direction::Down }) {
        let (must_zh, must) = ("上升：下降没有触发所需的最小病例数", "rise: a fall has no smallest count that rings");
        return Err(Refusal::Parameter { name: "direction", value: -1.0, must_zh, must });
    }
    let mut chart = Chart::new(settings);
    let mut last = before;
    let mut least = Vec::with_capacity(counts.len());
    for (&x, &mu) in counts.iter().zip(expected) {
        let rings = |count: u32| chart.clone().add(f64::from(count), mu, last, settings).alarm;
        least.push(smallest(most, rings).map(f64::from));
        if chart.add(x, mu, last, settings).alarm {
            chart.clear();
        }
        last = x;
    }
    Ok(least)
}

/// The smallest count up to `most` for which something holds that holds for every larger one.
pub(crate) fn smallest(most: u32, holds: impl Fn(u32) -> bool) -> Option<u32> {
    let mut high = 1;
    while !holds(high - 1) {
        if high > most {
            return None;
        }
        high = high.saturating_mul(2);
    }
    let mut low = 0;
    high -= 1;
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    (high <= most).then_some(high)
}

fn check(counts: &[f64], expected: &[f64], settings: &Glr) -> Result<(), Refusal> {
    if counts.len() != expected.len() {
        return Err(Refusal::Lengths { what: "counts/expected", left: counts.len(), right: expected.len() });
    }
    positive("threshold", settings.threshold)?;
    if settings.alpha.is_nan() || settings.alpha < 0.0 {
        return Err(Refusal::Parameter {
            name: "alpha",
            value: settings.alpha,
            must_zh: "不小于0",
            must: "be at least 0",
        });
    }
    if let Some(at) = counts.iter().position(|x| x.is_nan()) {
        return Err(Refusal::Unknown { at });
    }
    expected.iter().try_for_each(|&mu| positive("expected", mu).map(|_| ()))
}

/// What one pass since the last alarm has gathered.
#[derive(Clone)]
struct Chart {
    /// Sum of the known-change chart.
    sum: f64,
    hull: Hull,
    grid: Grid,
    /// Counts and means, where a window or an epidemic needs each.
    steps: Vec<(f64, f64)>,
    curves: Vec<Curve>,
}

impl Chart {
    fn new(settings: &Glr) -> Chart {
        let direction = match settings.change {
            Change::Level { direction } => direction,
            _ => Direction::Up,
        };
        Chart { sum: 0.0, hull: Hull::new(direction), grid: Grid::new(), steps: Vec::new(), curves: Vec::new() }
    }

    fn clear(&mut self) {
        self.sum = 0.0;
        self.hull.clear();
        self.grid.clear();
        self.steps.clear();
        self.curves.clear();
    }

    fn add(&mut self, x: f64, mu: f64, before: f64, settings: &Glr) -> GlrPoint {
        let alpha = settings.alpha;
        let ratio = match settings.change {
            Change::Known { theta } => return self.add_known(x, mu, theta, settings),
            Change::Level { direction } if alpha == 0.0 => self.add_poisson(x, mu, direction, settings.window),
            Change::Level { direction } => {
                self.grid.add(Curve::Level { cases: x, expected: mu, alpha, fall: direction == Direction::Down });
                let steps = self.grid.curves().len();
                let (from, to) = starts(steps, settings.window);
                self.grid.largest(from, to)
            }
            Change::Epidemic => {
                self.curves.push(Curve::Epidemic { cases: x, expected: mu, before, alpha });
                let (from, to) = starts(self.curves.len(), settings.window);
                (from..to).map(|k| best(&self.curves[k..], 0.5)).fold(0.0, f64::max)
            }
        };
        GlrPoint { ratio, cases: None, alarm: ratio >= settings.threshold }
    }

    fn add_known(&mut self, x: f64, mu: f64, theta: f64, settings: &Glr) -> GlrPoint {
        let size = 1.0 / settings.alpha;
        let drift = if settings.alpha == 0.0 {
            (1.0 - theta.exp()) * mu
        } else {
            -size * ((size + mu * theta.exp()) / (size + mu)).ln()
        };
        let per_case = if settings.alpha == 0.0 {
            theta
        } else {
            theta - ((1.0 + settings.alpha * mu * theta.exp()) / (1.0 + settings.alpha * mu)).ln()
        };
        let cases = (settings.threshold - self.sum - drift) / per_case;
        self.sum = (self.sum + per_case * x + drift).max(0.0);
        GlrPoint { ratio: self.sum, cases: Some(cases), alarm: self.sum > settings.threshold }
    }

    fn add_poisson(&mut self, x: f64, mu: f64, direction: Direction, window: Option<Window>) -> f64 {
        let Some(window) = window else { return self.hull.add(x, mu) };
        self.steps.push((x, mu));
        let n = self.steps.len() - 1;
        let Some(last) = n.checked_sub(window.shortest) else { return 0.0 };
        let (mut cases, mut expected, mut top) = (0.0, 0.0, 0.0_f64);
        for k in (n.saturating_sub(window.longest)..=n).rev() {
            cases += self.steps[k].0;
            expected += self.steps[k].1;
            if k <= last {
                top = top.max(level_ratio(cases, expected, direction));
            }
        }
        top
    }
}

/// First and behind-the-last start looked at after so many steps.
fn starts(steps: usize, window: Option<Window>) -> (usize, usize) {
    match window {
        None => (0, steps),
        Some(w) => ((steps - 1).saturating_sub(w.longest), (steps + 1).saturating_sub(w.shortest).max(1)),
    }
}

#[cfg(test)]
mod tests;
