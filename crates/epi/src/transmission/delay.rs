use crate::number::quadrature::{gauss_legendre, minimise};
use crate::number::{gamma, normal};
use crate::{Probability, Refusal};

/// The kind of distribution that a delay follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Gamma.
    Gamma,
    /// Lognormal.
    Lognormal,
    /// Weibull.
    Weibull,
}

impl Family {
    /// All of them.
    pub const ALL: [Family; 3] = [Family::Gamma, Family::Lognormal, Family::Weibull];
}

/// A distribution of delays in days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DelayLaw {
    /// Kind.
    pub family: Family,
    /// Shape, or the mean of the logarithm.
    pub first: f64,
    /// Scale, or the standard deviation of the logarithm.
    pub second: f64,
}

impl DelayLaw {
    fn from_logs(family: Family, p: [f64; 2]) -> DelayLaw {
        let first = if family == Family::Lognormal { p[0] } else { p[0].exp() };
        DelayLaw { family, first, second: p[1].exp() }
    }

    /// Chance of at most so many days.
    pub fn cdf(&self, days: f64) -> f64 {
        if days <= 0.0 {
            return 0.0;
        }
        match self.family {
            Family::Gamma => gamma::cdf(days, self.first, self.second),
            Family::Lognormal => normal::cdf((days.ln() - self.first) / self.second),
            Family::Weibull => -(-(days / self.second).powf(self.first)).exp_m1(),
        }
    }

    /// Days within which a share p of delays lies.
    pub fn quantile(&self, p: f64) -> f64 {
        match self.family {
            Family::Gamma => gamma::quantile(p, self.first, self.second),
            Family::Lognormal => (self.first + self.second * normal::quantile(p)).exp(),
            Family::Weibull => self.second * (-(-p).ln_1p()).powf(1.0 / self.first),
        }
    }

    /// Mean in days.
    pub fn mean(&self) -> f64 {
        match self.family {
            Family::Gamma => self.first * self.second,
            Family::Lognormal => (self.first + self.second * self.second / 2.0).exp(),
            Family::Weibull => self.second * gamma::ln_gamma(1.0 + 1.0 / self.first).exp(),
        }
    }
}

/// One delay as it is known: between two stretches of time, in days on one clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observed {
    /// It began (exposure, onset) between these times.
    pub began: (f64, f64),
    /// It ended (onset, report) between these times.
    pub ended: (f64, f64),
}

/// A fitted delay.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DelayFit {
    /// The distribution.
    pub law: DelayLaw,
    /// Mean with its interval.
    pub mean: (f64, f64, f64),
    /// Akaike's criterion: the smallest fits best.
    pub aic: f64,
    /// Delays used.
    pub observations: usize,
}

/// How long is the incubation, or any delay, where beginning and end are known only to the day or to a stretch of days?
///
/// A delay that began in `[a, b]` and ended in `[c, d]` has the likelihood `1/(b-a) ∫_a^b (F(d-e) - F(c-e)) de`. Where only
/// those are known whose end lies before `as_of`, each part is divided by `F(as_of - e)` (right truncation): in a growing
/// outbreak short delays are seen first, and the mean would be too short. Interval of the mean by the curvature at the maximum.
///
/// * `observed`: times in days; a civil date is the stretch `[day, day + 1]`.
/// * `as_of`: the moment of the data, or `None` if the follow-up of all is over.
///
/// # Errors
/// [`Refusal::SeriesTooShort`] for fewer than 5 delays, [`Refusal::Parameter`] for a delay that ends before it can have
/// begun or after `as_of`, [`Refusal::NoFit`].
///
/// Source: Reich N.G. et al., Stat Med 2009;28:2769–84; Linton N.M. et al., J Clin Med 2020;9:538 (truncation).
pub fn fit_delay(
    observed: &[Observed],
    family: Family,
    as_of: Option<f64>,
    level: Probability,
) -> Result<DelayFit, Refusal> {
    if observed.len() < 5 {
        return Err(Refusal::SeriesTooShort { have: observed.len(), need: 5 });
    }
    check(observed, as_of)?;
    let middle = |(a, b): (f64, f64)| 0.5 * (a + b);
    let spans: Vec<f64> = observed.iter().map(|o| (middle(o.ended) - middle(o.began)).max(0.25)).collect();
    let mean = spans.iter().sum::<f64>() / spans.len() as f64;
    let start = match family {
        Family::Gamma => [0.7, (mean / 2.0).ln()],
        Family::Lognormal => [mean.ln(), -0.5],
        Family::Weibull => [0.4, mean.ln()],
    };
    let cost = |p: [f64; 2]| -log_likelihood(observed, &DelayLaw::from_logs(family, p), as_of);
    let (place, value) = minimise(cost, start, 0.3);
    if !value.is_finite() {
        return Err(Refusal::NoFit);
    }
    let law = DelayLaw::from_logs(family, place);
    let se = mean_error(family, place, cost).ok_or(Refusal::NoFit)?;
    let z = normal::quantile((1.0 + level.get()) / 2.0);
    let ratio = (z * se / law.mean()).exp();
    Ok(DelayFit {
        law,
        mean: (law.mean(), law.mean() / ratio, law.mean() * ratio),
        aic: 2.0 * value + 4.0,
        observations: observed.len(),
    })
}

fn check(observed: &[Observed], as_of: Option<f64>) -> Result<(), Refusal> {
    for o in observed {
        let ordered = o.began.0 < o.began.1 && o.ended.0 < o.ended.1 && o.ended.1 > o.began.0;
        if !ordered || as_of.is_some_and(|t| o.ended.0 >= t) {
            let (must_zh, must) =
                ("晚于开始且不晚于数据截止时间", "come after the beginning and before the as-of time");
            return Err(Refusal::Parameter { name: "end", value: o.ended.1, must_zh, must });
        }
    }
    Ok(())
}

fn log_likelihood(observed: &[Observed], law: &DelayLaw, as_of: Option<f64>) -> f64 {
    observed
        .iter()
        .map(|o| {
            let (from, to) = (o.began.0, o.began.1.min(o.ended.1));
            let sum: f64 = gauss_legendre(6, from, to)
                .iter()
                .map(|&(e, w)| {
                    let part = law.cdf(o.ended.1 - e) - law.cdf(o.ended.0 - e);
                    w * part / as_of.map_or(1.0, |t| law.cdf(t - e).max(1e-12))
                })
                .sum();
            (sum / (to - from)).max(1e-300).ln()
        })
        .sum()
}

/// Standard error of the mean by the delta method.
fn mean_error(family: Family, place: [f64; 2], cost: impl Fn([f64; 2]) -> f64) -> Option<f64> {
    let h = 1e-3;
    let at = |i: f64, j: f64| [place[0] + i * h, place[1] + j * h];
    let f = |i: f64, j: f64| cost(at(i, j));
    let centre = f(0.0, 0.0);
    let aa = (f(1.0, 0.0) - 2.0 * centre + f(-1.0, 0.0)) / (h * h);
    let bb = (f(0.0, 1.0) - 2.0 * centre + f(0.0, -1.0)) / (h * h);
    let ab = (f(1.0, 1.0) - f(1.0, -1.0) - f(-1.0, 1.0) + f(-1.0, -1.0)) / (4.0 * h * h);
    let mean = |i: f64, j: f64| DelayLaw::from_logs(family, at(i, j)).mean();
    let (ga, gb) = ((mean(1.0, 0.0) - mean(-1.0, 0.0)) / (2.0 * h), (mean(0.0, 1.0) - mean(0.0, -1.0)) / (2.0 * h));
    let det = aa * bb - ab * ab;
    let variance = (ga * ga * bb - 2.0 * ga * gb * ab + gb * gb * aa) / det;
    (variance > 0.0 && det > 0.0).then(|| variance.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::chance::Stream;

    fn day(t: f64) -> (f64, f64) {
        (t.floor(), t.floor() + 1.0)
    }

    #[test]
    fn a_growing_outbreak_gives_its_incubation_only_with_truncation() {
        let mut stream = Stream::new("delay", 9);
        let (mut held, mut naive_short) = (0, 0);
        for _ in 0..25 {
            let mut observed = Vec::new();
            while observed.len() < 120 {
                // Exposures grow by a fifth a day up to day 25, the as-of time.
                let exposed = 25.0 + stream.uniform().ln() / 0.2;
                let onset = exposed + stream.gamma(4.0, 1.5);
                if exposed > 0.0 && onset < 25.0 {
                    observed.push(Observed { began: day(exposed), ended: day(onset) });
                }
            }
            let level = Probability::new("level", 0.95).unwrap();
            let fitted = fit_delay(&observed, Family::Gamma, Some(25.0), level).unwrap();
            held += usize::from(fitted.mean.1 < 6.0 && 6.0 < fitted.mean.2);
            naive_short += usize::from(fit_delay(&observed, Family::Gamma, None, level).unwrap().mean.2 < 6.0);
        }
        assert!(held >= 21, "{held} of 25 intervals hold the truth");
        assert!(naive_short >= 20, "{naive_short} of 25 naive fits are too short");
    }

    #[test]
    fn the_true_family_fits_best_and_quantiles_invert() {
        let mut stream = Stream::new("families", 2);
        let observed: Vec<Observed> = (0..600)
            .map(|_| {
                let began = 10.0 * stream.uniform();
                Observed { began: day(began), ended: day(began + (1.6 + 0.5 * stream.normal()).exp()) }
            })
            .collect();
        let level = Probability::new("level", 0.95).unwrap();
        let fits = Family::ALL.map(|f| fit_delay(&observed, f, None, level).unwrap());
        assert!(fits[1].aic < fits[0].aic && fits[1].aic < fits[2].aic, "{fits:?}");
        for fit in fits {
            assert!((fit.law.cdf(fit.law.quantile(0.9)) - 0.9).abs() < 1e-9);
        }
    }
}
