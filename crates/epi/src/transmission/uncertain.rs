use super::cori::{CoriPoint, Incidence, Prior, check, cori};
use super::serial_interval::SerialInterval;
use crate::Refusal;
use crate::number::{gamma, normal, quadrature};
use crate::refusal::positive;

/// A normal distribution cut off at both ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Truncated {
    /// Mean before it is cut.
    pub mean: f64,
    /// Standard deviation before it is cut.
    pub sd: f64,
    /// Least value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
}

impl Truncated {
    /// Nodes with weights that sum to 1.
    fn nodes(&self, n: usize) -> Result<Vec<(f64, f64)>, Refusal> {
        positive("sd of the serial interval's parameter", self.sd)?;
        positive("range of the serial interval's parameter", self.max - self.min)?;
        // Beyond eight standard deviations nothing is left to integrate.
        let (from, to) = (self.min.max(self.mean - 8.0 * self.sd), self.max.min(self.mean + 8.0 * self.sd));
        let mut nodes = quadrature::gauss_legendre(n, from, to);
        nodes.iter_mut().for_each(|(x, w)| *w *= normal::density((*x - self.mean) / self.sd));
        let sum: f64 = nodes.iter().map(|(_, w)| w).sum();
        nodes.iter_mut().for_each(|(_, w)| *w /= sum);
        Ok(nodes)
    }
}

/// A mixture of gamma distributions of one shape: the reproduction number over every serial interval that may be true.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    shape: f64,
    /// Scale and weight of each part, weights summing to 1.
    parts: Vec<(f64, f64)>,
}

impl Mixture {
    /// Mean.
    pub fn mean(&self) -> f64 {
        self.parts.iter().map(|(scale, w)| w * self.shape * scale).sum()
    }

    /// Standard deviation.
    pub fn sd(&self) -> f64 {
        let square: f64 = self.parts.iter().map(|(b, w)| w * self.shape * (self.shape + 1.0) * b * b).sum();
        (square - self.mean().powi(2)).max(0.0).sqrt()
    }

    /// How many serial intervals it is made of.
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// Chance that it is at most x.
    pub fn cdf(&self, x: f64) -> f64 {
        self.parts.iter().map(|(b, w)| w * gamma::cdf(x, self.shape, *b)).sum()
    }

    /// Distribution function and density at once.
    fn both(&self, shape: &gamma::Shape, x: f64) -> (f64, f64) {
        self.parts.iter().fold((0.0, 0.0), |(sum, slope), (b, w)| {
            let (lower, _, density) = shape.at(x / b);
            (sum + w * lower, slope + w * density / b)
        })
    }

    /// The value below which it lies with probability p, by Newton's method within bounds.
    pub fn quantile(&self, p: f64) -> f64 {
        let (mean, sd) = (self.mean(), self.sd());
        let like = (mean / sd).powi(2);
        let mut x = gamma::quantile(p, like, mean / like);
        let shape = gamma::Shape::new(self.shape);
        let (mut low, mut high) = (0.0, f64::INFINITY);
        for _ in 0..100 {
            let (sum, slope) = self.both(&shape, x);
            let miss = sum - p;
            if miss < 0.0 {
                low = x
            } else {
                high = x
            }
            let newton = x - miss / slope;
            let next = if newton > low && newton < high {
                newton
            } else if high.is_finite() {
                0.5 * (low + high)
            } else {
                2.0 * x
            };
            // Newton's next step would be about the square of this one.
            if (next - x).abs() <= 1e-6 * x {
                return next;
            }
            x = next;
        }
        x
    }
}

/// A window of days and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct UncertainPoint {
    /// First day, from 0.
    pub start: usize,
    /// Last day.
    pub end: usize,
    /// The reproduction number; `None` before the shortest mean serial interval has passed.
    pub mixture: Option<Mixture>,
}

/// Every serial interval with its weight, on a grid of means and standard deviations.
///
/// # Errors
/// [`Refusal::Parameter`] for ranges that are empty or allow a mean of at most 1 day.
pub fn intervals(
    mean: &Truncated,
    sd: &Truncated,
    days: usize,
    nodes: usize,
) -> Result<Vec<(SerialInterval, f64)>, Refusal> {
    let sds = sd.nodes(nodes)?;
    let mut all = Vec::with_capacity(nodes * nodes);
    for (m, w) in mean.nodes(nodes)? {
        for &(s, v) in &sds {
            all.push((SerialInterval::discretised(m, s, days)?, w * v));
        }
    }
    Ok(all)
}

/// How fast is it spreading now, where the serial interval is known only roughly?
///
/// The reproduction number given each interval is that of [`cori`]; given all of them it is their mixture
/// `Σ_i p_i Gamma(a + Σ I, b_i)`. Means and standard deviations of the interval come from two cut-off normal distributions,
/// integrated by Gauss–Legendre quadrature: no random numbers, no sampling error. The established package samples 500
/// intervals and 50 values of each, which is the same mixture with sampling error.
///
/// # Errors
/// As [`cori`].
///
/// Source: Cori A. et al., Am J Epidemiol 2013;178(9):1505–12.
pub fn cori_uncertain(
    incidence: &Incidence<'_>,
    intervals: &[(SerialInterval, f64)],
    window: usize,
    prior: Prior,
) -> Result<Vec<UncertainPoint>, Refusal> {
    check(incidence, window, prior)?;
    let mut points: Vec<UncertainPoint> = Vec::new();
    for (si, weight) in intervals {
        let each = cori(incidence, si, window, prior)?;
        if points.is_empty() {
            points.extend(each.iter().map(|p| UncertainPoint { start: p.start, end: p.end, mixture: None }));
        }
        points.iter_mut().zip(&each).for_each(|(point, part)| add(point, part, *weight));
    }
    for mixture in points.iter_mut().filter_map(|p| p.mixture.as_mut()) {
        let sum: f64 = mixture.parts.iter().map(|(_, w)| w).sum();
        mixture.parts.iter_mut().for_each(|(_, w)| *w /= sum);
    }
    Ok(points)
}

fn add(point: &mut UncertainPoint, part: &CoriPoint, weight: f64) {
    if let Some(posterior) = part.posterior {
        let mixture = point.mixture.get_or_insert_with(|| Mixture { shape: posterior.shape, parts: Vec::new() });
        mixture.parts.push((posterior.scale, weight));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_nodes_change_nothing_that_is_read() {
        let local: Vec<f64> = [0.0, 1.0, 2.0, 2.0, 4.0, 5.0, 8.0, 11.0, 15.0, 20.0, 22.0, 31.0].to_vec();
        let mut imported = vec![0.0; local.len()];
        imported[0] = 1.0;
        let incidence = Incidence { local: &local, imported: &imported };
        let mean = Truncated { mean: 4.0, sd: 0.5, min: 3.0, max: 5.0 };
        let sd = Truncated { mean: 2.0, sd: 0.3, min: 1.4, max: 2.6 };
        let read = |nodes: usize| {
            let all = intervals(&mean, &sd, 12, nodes).unwrap();
            let points = cori_uncertain(&incidence, &all, 5, Prior::WIDE).unwrap();
            let mixture = points.last().unwrap().mixture.clone().unwrap();
            [mixture.mean(), mixture.sd(), mixture.quantile(0.025), mixture.quantile(0.975)]
        };
        for (few, many) in read(10).iter().zip(read(30)) {
            assert!((few / many - 1.0).abs() < 1e-6, "{few} {many}");
        }
    }
}
