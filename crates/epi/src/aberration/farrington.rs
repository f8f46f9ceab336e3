use std::ops::Range;

use super::log_fit::{Fitted, LogFit, Observation};
use super::{Calendar, EnoughCases};
use crate::number::{beta, normal};
use crate::refusal::at_least;
use crate::{Probability, Refusal};

/// On which scale the threshold is taken to be normal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Power {
    /// Two thirds: right for the skewness of Poisson counts.
    TwoThirds,
    /// One half: right for their variance.
    Half,
    /// None.
    None,
}

impl Power {
    /// The threshold above the mean `mu`, where `tau = φ + se²/μ` and `z` is a normal quantile.
    pub(crate) fn bound(self, mu: f64, tau: f64, z: f64) -> f64 {
        match self {
            Power::TwoThirds => {
                let third = libm::cbrt(mu);
                (third * third + z * (4.0 / 9.0 * third * tau).sqrt()).max(0.0).powf(1.5)
            }
            Power::Half => (mu.sqrt() + z * (tau / 4.0).sqrt()).max(0.0).powi(2),
            Power::None => (mu + z * (mu * tau).sqrt()).max(0.0),
        }
    }

    pub(crate) fn raise(self, y: f64) -> f64 {
        match self {
            Power::TwoThirds => libm::cbrt(y) * libm::cbrt(y),
            Power::Half => y.sqrt(),
            Power::None => y,
        }
    }

    /// Standard deviation of a new observation on the scale of this power.
    pub(crate) fn deviation(self, mu: f64, tau: f64) -> f64 {
        match self {
            Power::TwoThirds => (4.0 / 9.0 * libm::cbrt(mu) * tau).sqrt(),
            Power::Half => (tau / 4.0).sqrt(),
            Power::None => (mu * tau).sqrt(),
        }
    }
}

/// How Farrington's method of 1996 is run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Farrington {
    /// Years back.
    pub years: usize,
    /// Weeks on each side of the same week of those years.
    pub half_window: usize,
    /// Whether past outbreaks get less weight.
    pub reweight: bool,
    /// Two-sided level of the prediction interval.
    pub alpha: Probability,
    /// Whether a trend is looked for.
    pub trend: bool,
    /// What must have occurred for anything to ring.
    pub enough: EnoughCases,
    /// Scale of the threshold.
    pub power: Power,
}

impl Default for Farrington {
    /// As published: five years, three weeks on each side, 5 % two-sided, five cases in four weeks.
    fn default() -> Farrington {
        Farrington {
            years: 5,
            half_window: 3,
            reweight: true,
            alpha: Probability::FIVE_PERCENT,
            trend: true,
            enough: EnoughCases::FIVE_IN_FOUR,
            power: Power::TwoThirds,
        }
    }
}

/// What the method says of one week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FarringtonPoint {
    /// Place in the series.
    pub at: usize,
    /// Expected count.
    pub expected: f64,
    /// Standard error of the expected count.
    pub expected_se: f64,
    /// Upper bound of the prediction interval.
    pub upper: f64,
    /// Dispersion, at least 1.
    pub dispersion: f64,
    /// Whether a trend was kept.
    pub trend: bool,
    /// `(y - μ) / (U - μ)`; 0 where there are not enough cases, `None` where the current count is unknown.
    pub score: Option<f64>,
    /// Whether there were enough cases to ring at all.
    pub enough: Option<bool>,
    /// Whether it rings.
    pub alarm: Option<bool>,
}

/// Is this week above the same weeks of earlier years? (Farrington 1996.)
///
/// `log μ_t = α + β t` by quasi-Poisson regression on the weeks `t ± w` of `b` years; `φ = max(1, χ²/df)`. Weeks with
/// standardised Anscombe residual `s > 1` are weighted by `γ s⁻²` and the fit repeated. The trend is kept if p < 0.05, `b ≥ 3`
/// and the prediction does not exceed every reference count. With `τ = φ + se²/μ`:
/// `U = (μ^{2/3} + z √(4/9 μ^{1/3} τ))^{3/2}`; it rings where `(y-μ)/(U-μ) > 1` and the last four weeks have five cases.
///
/// * `counts`: cases per week, `NaN` where unknown; unknown reference weeks are left out.
/// * `calendar`: how the same week of earlier years is found.
///
/// Needs three years or more. For sparse counts and seasons use [`super::flexible`], which replaces it.
///
/// # Errors
/// [`Refusal::SeriesTooShort`] if no reference week exists, [`Refusal::NoFit`] if the regression fails.
///
/// Source: Farrington C.P., Andrews N.J., Beale A.D., Catchpole M.A. J R Stat Soc A 1996;159:547–63. doi 10.2307/2983331
pub fn farrington(
    counts: &[f64],
    calendar: Calendar,
    points: Range<usize>,
    settings: &Farrington,
) -> Result<Vec<FarringtonPoint>, Refusal> {
    at_least("years", settings.years, 1)?;
    let mut fit = LogFit::default();
    let z = normal::quantile(1.0 - settings.alpha.get() / 2.0);
    (points.start..points.end.min(counts.len())).map(|at| judge(counts, calendar, at, z, settings, &mut fit)).collect()
}

fn judge(
    counts: &[f64],
    calendar: Calendar,
    at: usize,
    z: f64,
    settings: &Farrington,
    fit: &mut LogFit,
) -> Result<FarringtonPoint, Refusal> {
    let most = gather(counts, calendar, at, settings, fit);
    if fit.data.len() < 3 {
        return Err(Refusal::SeriesTooShort { have: at, need: 52 + settings.half_window });
    }
    let time = at as f64;
    let mut trend = settings.trend;
    let (mut fitted, mut phi) = estimate(fit, &mut trend, settings)?;
    if trend {
        let slope = fitted.slope.unwrap_or(0.0);
        let t = slope / fitted.slope_error(fit.dispersion(&fitted));
        let kept =
            settings.years >= 3 && beta::t_two_sided(t, fitted.freedom) < 0.05 && fitted.linear(0, time).exp() <= most;
        if !kept {
            trend = false;
            (fitted, phi) = estimate(fit, &mut trend, settings)?;
        }
    }
    let mu = fitted.linear(0, time).exp().max(f64::EPSILON);
    let se = mu * (phi * fitted.leverage(0, time)).sqrt();
    let tau = phi + se * se / mu;
    let upper = settings.power.bound(mu, tau, z);
    let enough = settings.enough.met(counts, at);
    let known = !counts[at].is_nan();
    let score = enough.map(|e| if e { (counts[at] - mu) / (upper - mu) } else { 0.0 }).filter(|_| known);
    let alarm = score.map(|s| s > 1.0);
    Ok(FarringtonPoint { at, expected: mu, expected_se: se, upper, dispersion: phi, trend, score, enough, alarm })
}

/// Collects the reference weeks; the largest of their counts comes back.
fn gather(counts: &[f64], calendar: Calendar, at: usize, settings: &Farrington, fit: &mut LogFit) -> f64 {
    fit.data.clear();
    let half = settings.half_window as i64;
    for year in (1..=settings.years).rev() {
        let place = calendar.years_before(at, year);
        for t in (place - half).max(0)..(place + half + 1).min(counts.len() as i64) {
            let count = counts[t as usize];
            if !count.is_nan() {
                fit.data.push(Observation { count, time: t as f64, offset: 0.0, level: 0 });
            }
        }
    }
    fit.load();
    fit.data.iter().map(|o| o.count).fold(f64::NEG_INFINITY, f64::max)
}

/// Fit, dispersion, weights, fit again. A fit that does not settle with a trend is made without.
fn estimate(fit: &mut LogFit, trend: &mut bool, settings: &Farrington) -> Result<(Fitted, f64), Refusal> {
    fit.unweight();
    let mut fitted = fit.fit(*trend).ok_or(Refusal::NoFit)?;
    if !fitted.converged && *trend {
        *trend = false;
        fitted = fit.fit(false).ok_or(Refusal::NoFit)?;
    }
    let mut phi = fit.dispersion(&fitted).max(1.0);
    if settings.reweight {
        fit.reweight(&fitted, phi, 1.0);
        fitted = fit.fit(*trend).ok_or(Refusal::NoFit)?;
        phi = fit.dispersion(&fitted).max(1.0);
    }
    Ok((fitted, phi))
}
