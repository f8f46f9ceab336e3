//! A Poisson regression with log link for the thresholds of Farrington and others.
//!
//! The columns are the levels of one factor and at most a trend. Of their weighted crossproducts only the diagonal, one border
//! and one corner are not zero, so that a step of the fit takes one pass over the observations and no matrix.

/// One observation of the reference period.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Observation {
    pub(crate) count: f64,
    /// Place in time, in steps.
    pub(crate) time: f64,
    /// Logarithm of the population, or 0.
    pub(crate) offset: f64,
    pub(crate) level: usize,
}

/// Levels that the factor can have at most.
pub(crate) const MOST_LEVELS: usize = 64;

/// Room for one fit, used again for every series.
#[derive(Clone, Debug, Default)]
pub(crate) struct LogFit {
    pub(crate) data: Vec<Observation>,
    /// Prior weights.
    pub(crate) prior: Vec<f64>,
    /// Where the linear predictor begins: `ln(y + 0.1)`.
    start: Vec<f64>,
    /// `y ln y` of each count.
    own: Vec<f64>,
    eta: Vec<f64>,
    pub(crate) mu: Vec<f64>,
    /// Working weights of the last step, that is, at the means before it.
    working: Vec<f64>,
    middle: f64,
}

/// A fit that has settled, or stopped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fitted {
    intercept: [f64; MOST_LEVELS],
    /// Σ w per level.
    weight: [f64; MOST_LEVELS],
    /// Weighted mean time per level.
    time: [f64; MOST_LEVELS],
    pub(crate) slope: Option<f64>,
    /// Σ w (t - mean of its level)².
    spread: f64,
    middle: f64,
    pub(crate) converged: bool,
    /// Observations less coefficients.
    pub(crate) freedom: f64,
}

/// Where the fit stops, as generalised linear models are usually fitted.
const TOLERANCE: f64 = 1e-8;
const MOST_STEPS: usize = 25;

impl LogFit {
    /// Begins with other observations.
    pub(crate) fn load(&mut self) {
        let n = self.data.len() as f64;
        self.middle = self.data.iter().map(|o| o.time).sum::<f64>() / n;
        self.prior.clear();
        self.prior.resize(self.data.len(), 1.0);
        self.start.clear();
        self.start.extend(self.data.iter().map(|o| (o.count + 0.1).ln()));
        self.own.clear();
        self.own.extend(self.data.iter().map(|o| if o.count > 0.0 { o.count * o.count.ln() } else { 0.0 }));
    }

    /// Iteratively reweighted least squares from `μ = y + 0.1`, until the deviance stands.
    pub(crate) fn fit(&mut self, trend: bool) -> Option<Fitted> {
        let n = self.data.len();
        self.eta.clear();
        self.eta.extend_from_slice(&self.start);
        self.mu.clear();
        self.mu.extend(self.data.iter().map(|o| o.count + 0.1));
        self.working.resize(n, 0.0);
        let mut deviance = self.deviance();
        let mut converged = false;
        let mut fitted = None;
        for _ in 0..MOST_STEPS {
            let step = self.step(trend)?;
            self.predict(&step);
            let next = self.deviance();
            fitted = Some(step);
            if !next.is_finite() {
                break;
            }
            if (next - deviance).abs() / (next.abs() + 0.1) < TOLERANCE {
                converged = true;
                break;
            }
            deviance = next;
        }
        fitted.map(|fit| Fitted { converged, ..fit })
    }

    /// Half the part of the deviance that the means change: `Σ ω (y ln(y/μ) - (y-μ))`, doubled.
    fn deviance(&self) -> f64 {
        let means = self.mu.iter().zip(&self.eta).zip(&self.own);
        let parts = self.data.iter().zip(&self.prior).zip(means);
        let sum: f64 = parts.map(|((o, w), ((mu, eta), own))| w * (own - o.count * eta - (o.count - mu))).sum();
        2.0 * sum
    }

    fn step(&mut self, trend: bool) -> Option<Fitted> {
        let mut weight = [0.0; MOST_LEVELS];
        let mut time = [0.0; MOST_LEVELS];
        let mut value = [0.0; MOST_LEVELS];
        let (mut squares, mut cross) = (0.0, 0.0);
        let mut most = 0;
        for (i, o) in self.data.iter().enumerate() {
            let mu = self.mu[i];
            let w = self.prior[i] * mu;
            self.working[i] = w;
            let z = self.eta[i] - o.offset + (o.count - mu) / mu;
            let t = o.time - self.middle;
            let (wt, l) = (w * t, o.level);
            weight[l] += w;
            time[l] += wt;
            value[l] += w * z;
            squares += wt * t;
            cross += wt * z;
            most = most.max(l);
        }
        let mut spread = squares;
        let mut rank = 0.0;
        for l in 0..=most {
            if weight[l] > 0.0 {
                spread -= time[l] * time[l] / weight[l];
                cross -= time[l] * value[l] / weight[l];
                rank += 1.0;
                time[l] /= weight[l];
            }
        }
        let slope = (trend && spread > 1e-11 * squares).then(|| cross / spread);
        let mut intercept = [0.0; MOST_LEVELS];
        for l in 0..=most {
            if weight[l] > 0.0 {
                intercept[l] = value[l] / weight[l] - slope.unwrap_or(0.0) * time[l];
            }
        }
        let freedom = self.data.len() as f64 - rank - f64::from(u8::from(slope.is_some()));
        let finite = intercept[..=most].iter().all(|a| a.is_finite()) && slope.is_none_or(f64::is_finite);
        finite.then_some(Fitted {
            intercept,
            weight,
            time,
            slope,
            spread,
            middle: self.middle,
            converged: false,
            freedom,
        })
    }

    fn predict(&mut self, fit: &Fitted) {
        let slope = fit.slope.unwrap_or(0.0);
        for (i, o) in self.data.iter().enumerate() {
            let eta = fit.intercept[o.level] + slope * (o.time - self.middle) + o.offset;
            self.eta[i] = eta;
            self.mu[i] = eta.exp().max(f64::EPSILON);
        }
    }

    /// Pearson's dispersion with the working weights of the last step, not floored.
    pub(crate) fn dispersion(&self, fit: &Fitted) -> f64 {
        let sum: f64 = (0..self.data.len())
            .map(|i| {
                let r = (self.data[i].count - self.mu[i]) / self.mu[i];
                self.working[i] * r * r
            })
            .sum();
        sum / fit.freedom
    }

    /// The dispersion that results where the prior weights stand in for the working weights.
    pub(crate) fn dispersion_by_prior(&self, fit: &Fitted) -> f64 {
        let sum: f64 = (0..self.data.len())
            .map(|i| {
                let r = (self.data[i].count - self.mu[i]) / self.mu[i];
                self.prior[i] * r * r
            })
            .sum();
        sum / fit.freedom
    }

    /// Gives reference weeks that look like outbreaks less weight, by their Anscombe residuals.
    pub(crate) fn reweight(&mut self, fit: &Fitted, dispersion: f64, threshold: f64) {
        let slope_spread = if fit.slope.is_some() { 1.0 / fit.spread } else { 0.0 };
        let n = self.data.len();
        let mut sum = 0.0;
        for i in 0..n {
            let o = self.data[i];
            let t = o.time - self.middle - fit.time[o.level];
            let hat = self.working[i] * (1.0 / fit.weight[o.level] + t * t * slope_spread);
            let root = libm::cbrt(o.count);
            let (mu_root, mu_sixth) = (self.mu[i].sqrt(), libm::cbrt(self.mu[i].sqrt()));
            let s = 1.5 * (root * root / mu_sixth - mu_root) / (dispersion * (1.0 - hat)).sqrt();
            let w = if s > threshold { 1.0 / (s * s) } else { 1.0 };
            self.prior[i] = w;
            sum += w;
        }
        let gamma = n as f64 / sum;
        self.prior.iter_mut().for_each(|w| *w *= gamma);
    }

    /// All prior weights 1 again.
    pub(crate) fn unweight(&mut self) {
        self.prior.iter_mut().for_each(|w| *w = 1.0);
    }
}

impl Fitted {
    /// Linear predictor of a point, without its offset.
    pub(crate) fn linear(&self, level: usize, time: f64) -> f64 {
        self.intercept[level] + self.slope.unwrap_or(0.0) * (time - self.middle)
    }

    /// `x' (X'WX)⁻¹ x` of a point.
    pub(crate) fn leverage(&self, level: usize, time: f64) -> f64 {
        let t = time - self.middle - self.time[level];
        let by_slope = if self.slope.is_some() { t * t / self.spread } else { 0.0 };
        1.0 / self.weight[level] + by_slope
    }

    /// Standard error of the slope for this dispersion.
    pub(crate) fn slope_error(&self, dispersion: f64) -> f64 {
        (dispersion / self.spread).sqrt()
    }

    /// Whether the level has observations.
    pub(crate) fn has_level(&self, level: usize) -> bool {
        self.weight[level] > 0.0
    }
}
