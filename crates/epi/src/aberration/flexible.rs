use std::ops::Range;

use super::farrington::Power;
use super::log_fit::{Fitted, LogFit, MOST_LEVELS, Observation};
use super::windows::{Stretch, seasons};
use super::{Calendar, EnoughCases, known};
use crate::number::counts::Law;
use crate::number::{beta, normal};
use crate::refusal::at_least;
use crate::{Probability, Refusal};

/// How the threshold is found from the fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThresholdMethod {
    /// A normal approximation on the scale of a power, by the delta method.
    Delta(Power),
    /// The quantile of the negative binomial distribution at the fitted mean.
    NegativeBinomial,
    /// The same at the upper bound of the mean.
    Muan,
}

/// Whether the numbers are those of the established package or what its formulas should give.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// Standard errors from Pearson's dispersion of the weighted fit, at least 1; scores on the scale of counts.
    #[default]
    Corrected,
    /// As R's `surveillance` 1.20–1.26: after reweighting, standard errors use `Σ ω ((y-μ)/μ)² / df`, and scores of the
    /// quantile thresholds subtract the logarithm of the mean.
    Reference,
}

/// How the flexible method is run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flexible {
    /// Years back.
    pub years: usize,
    /// Weeks on each side of the same week of those years.
    pub half_window: usize,
    /// From which standardised Anscombe residual on a past week gets less weight; `None` for no weights.
    pub reweight: Option<f64>,
    /// One-sided level of the threshold.
    pub alpha: Probability,
    /// Whether a trend is looked for.
    pub trend: bool,
    /// The trend is kept if its p-value is below; 1 always keeps it.
    pub trend_p: f64,
    /// What must have occurred for anything to ring.
    pub enough: EnoughCases,
    /// Parts of the year, the season of the week itself being one.
    pub periods: usize,
    /// Most recent weeks that are left out, so that an outbreak that has begun does not hide itself.
    pub past_weeks_not_included: usize,
    /// How the threshold is found.
    pub threshold: ThresholdMethod,
    /// Which numbers.
    pub variant: Variant,
}

impl Flexible {
    /// As Noufaily recommends and as it runs in England: ten periods, 26 weeks left out, trend always, weights from 2.58.
    pub fn noufaily() -> Flexible {
        Flexible {
            trend_p: 1.0,
            periods: 10,
            past_weeks_not_included: 26,
            threshold: ThresholdMethod::NegativeBinomial,
            ..Flexible::default()
        }
    }

    /// Weeks of history before the first week that can be judged, counting years of 52.
    pub fn need(&self) -> usize {
        52 * self.years + self.half_window + 1
    }
}

impl Default for Flexible {
    /// The defaults of the reference implementation.
    fn default() -> Flexible {
        Flexible {
            years: 5,
            half_window: 3,
            reweight: Some(2.58),
            alpha: Probability::FIVE_PERCENT,
            trend: true,
            trend_p: 0.05,
            enough: EnoughCases::FIVE_IN_FOUR,
            periods: 1,
            past_weeks_not_included: 3,
            threshold: ThresholdMethod::Delta(Power::TwoThirds),
            variant: Variant::Corrected,
        }
    }
}

/// What the method says of one week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FlexiblePoint {
    /// Place in the series.
    pub at: usize,
    /// Expected count; `None` where the fit did not settle ([`Variant::Reference`] only).
    pub expected: Option<f64>,
    /// Standard error: of the count with the delta method, of its logarithm otherwise.
    pub expected_se: Option<f64>,
    /// Threshold; `None` where the upper bound of the mean has no end.
    pub upper: Option<f64>,
    /// Dispersion, at least 1.
    pub dispersion: Option<f64>,
    /// The trend per week, where it was kept.
    pub trend: Option<f64>,
    /// How far towards the threshold: 0 at the expected, 1 at the threshold.
    pub score: Option<f64>,
    /// Chance of as many or more.
    pub p: Option<f64>,
    /// Whether there were enough cases to ring at all.
    pub enough: Option<bool>,
    /// Whether it rings.
    pub alarm: Option<bool>,
}

impl FlexiblePoint {
    fn unsettled(at: usize) -> FlexiblePoint {
        FlexiblePoint {
            at,
            expected: None,
            expected_se: None,
            upper: None,
            dispersion: None,
            trend: None,
            score: None,
            p: None,
            enough: None,
            alarm: None,
        }
    }
}

/// Room to work in, used again for every series, so that nothing is allocated per series.
#[derive(Clone, Debug, Default)]
pub struct FlexibleRoom {
    fit: LogFit,
    stretches: Vec<Stretch>,
}

/// Is this week above what season, level and trend lead us to expect? (Farrington flexible.)
///
/// `log μ_t = α + β t + season(t) (+ log population)` by quasi-Poisson regression on `b` years. The season is a factor: the
/// weeks `± w` around the same week of each year, and `periods - 1` equal blocks between. Weeks whose standardised Anscombe
/// residual exceeds 2.58 are weighted by `γ s⁻²` and the fit repeated. Threshold by [`ThresholdMethod`]; for the quantile ones
/// `U` is the `1-α` quantile of a negative binomial distribution with mean `m` and variance `φ m`.
/// It rings where the score `(y-μ)/(U-μ)` exceeds 1 and the last four weeks have five cases.
///
/// * `counts`: cases per week, `NaN` where unknown; unknown reference weeks are left out.
/// * `population`: per week, or `None` for no offset.
///
/// [`Variant::Corrected`] is for users. After reweighting the established package scales standard errors by
/// `Σ ω ((y-μ)/μ)² / df`, which lacks a factor μ: at means above 1 trends look too certain. With the package's defaults (delta
/// method, trend by test) 2.3 % of weeks get another verdict (141 of 6000 simulated ones, 406 of which ring); with ten periods,
/// trend always and the negative binomial quantile none does, only the scores differ, from which the package subtracts the
/// logarithm of the mean. At a nominal 5 % the method rings in 7 to 8 % of calm weeks: the weights make counts look less
/// dispersed than they are. On constant or empty series the package's test of the trend is rounding noise; a fit that does not
/// settle (only zeros, many periods) gives no judgement there and a threshold of 0 here.
///
/// # Errors
/// [`Refusal::SeriesTooShort`] if a reference week lies before the series, [`Refusal::NoFit`] if the regression fails,
/// [`Refusal::Parameter`] for more than 64 periods, [`Refusal::Lengths`] if population and counts differ.
///
/// Source: Noufaily A. et al., Stat Med 2013;32:1206–22, doi 10.1002/sim.5595; Salmon M. et al., J Stat Softw 2016;70(10).
pub fn flexible(
    counts: &[f64],
    population: Option<&[f64]>,
    calendar: Calendar,
    points: Range<usize>,
    settings: &Flexible,
) -> Result<Vec<FlexiblePoint>, Refusal> {
    if let Some(p) = population.filter(|p| p.len() != counts.len()) {
        return Err(Refusal::Lengths { what: "counts/population", left: counts.len(), right: p.len() });
    }
    let mut room = FlexibleRoom::default();
    (points.start..points.end.min(counts.len()))
        .map(|at| flexible_at(counts, population, calendar, at, settings, &mut room))
        .collect()
}

/// As [`flexible`] for one week, with room from outside.
///
/// # Errors
/// As [`flexible`].
pub fn flexible_at(
    counts: &[f64],
    population: Option<&[f64]>,
    calendar: Calendar,
    at: usize,
    settings: &Flexible,
    room: &mut FlexibleRoom,
) -> Result<FlexiblePoint, Refusal> {
    at_least("years", settings.years, 1)?;
    if !(1..=MOST_LEVELS).contains(&settings.periods) {
        let value = settings.periods as f64;
        return Err(Refusal::Parameter {
            name: "periods",
            value,
            must_zh: "在1与64之间",
            must: "lie between 1 and 64",
        });
    }
    let most = gather(counts, population, calendar, at, settings, room)?;
    let point = Point { level: settings.periods - 1, time: at as f64, offset: population.map_or(0.0, |p| p[at].ln()) };
    let fit = &mut room.fit;
    let mut trend = settings.trend;
    let mut model = estimate(fit, &mut trend, settings)?;
    if trend && !keep_trend(&model, point, most, settings) {
        trend = false;
        model = estimate(fit, &mut trend, settings)?;
    }
    if !model.fitted.converged && settings.variant == Variant::Reference {
        return Ok(FlexiblePoint::unsettled(at));
    }
    if !model.fitted.has_level(point.level) {
        return Err(Refusal::SeriesTooShort { have: counts.len(), need: settings.need() });
    }
    Ok(judge(counts, at, &model, point, settings))
}

/// Where the fit is asked.
#[derive(Clone, Copy)]
struct Point {
    level: usize,
    time: f64,
    offset: f64,
}

struct Model {
    fitted: Fitted,
    /// Pearson's, at least 1.
    phi: f64,
    /// What standard errors are scaled by.
    phi_of_errors: f64,
    /// What the test of the trend is scaled by.
    phi_of_test: f64,
}

/// Collects the reference weeks; the largest of their counts comes back.
fn gather(
    counts: &[f64],
    population: Option<&[f64]>,
    calendar: Calendar,
    at: usize,
    settings: &Flexible,
    room: &mut FlexibleRoom,
) -> Result<f64, Refusal> {
    let FlexibleRoom { fit, stretches } = room;
    let (years, half) = (settings.years, settings.half_window);
    seasons(calendar, at, years, half, settings.periods, settings.past_weeks_not_included, stretches);
    fit.data.clear();
    let mut most = f64::NEG_INFINITY;
    for stretch in stretches.iter() {
        let Ok(from) = usize::try_from(stretch.from) else {
            return Err(Refusal::SeriesTooShort { have: counts.len(), need: settings.need() });
        };
        for t in from..stretch.to as usize {
            let count = counts[t];
            if count.is_nan() {
                continue;
            }
            most = most.max(count);
            let offset = population.map_or(0.0, |p| p[t].ln());
            fit.data.push(Observation { count, time: t as f64, offset, level: stretch.level });
        }
    }
    if fit.data.len() < settings.periods + 2 {
        return Err(Refusal::SeriesTooShort { have: counts.len(), need: settings.need() });
    }
    fit.load();
    Ok(most)
}

/// Fit, dispersion, weights, fit again. A fit that does not settle with a trend is made without.
fn estimate(fit: &mut LogFit, trend: &mut bool, settings: &Flexible) -> Result<Model, Refusal> {
    fit.unweight();
    let mut fitted = fit.fit(*trend).ok_or(Refusal::NoFit)?;
    if !fitted.converged && *trend {
        *trend = false;
        fitted = fit.fit(false).ok_or(Refusal::NoFit)?;
    }
    let mut pearson = fit.dispersion(&fitted);
    if let Some(threshold) = settings.reweight {
        let settled = fitted.converged;
        fit.reweight(&fitted, pearson.max(1.0), threshold);
        fitted = fit.fit(*trend).ok_or(Refusal::NoFit)?;
        fitted.converged = settled;
        pearson = fit.dispersion(&fitted);
    }
    let phi = pearson.max(1.0);
    let (phi_of_errors, phi_of_test) = match (settings.variant, settings.reweight) {
        (Variant::Corrected, _) => (phi, phi),
        (Variant::Reference, None) => (pearson, pearson),
        (Variant::Reference, Some(_)) => {
            let by_prior = fit.dispersion_by_prior(&fitted);
            (by_prior, by_prior)
        }
    };
    Ok(Model { fitted, phi, phi_of_errors, phi_of_test })
}

fn keep_trend(model: &Model, point: Point, most: f64, settings: &Flexible) -> bool {
    let Some(slope) = model.fitted.slope else { return false };
    let t = slope / model.fitted.slope_error(model.phi_of_test);
    let p = beta::t_two_sided(t, model.fitted.freedom);
    let mu = (model.fitted.linear(point.level, point.time) + point.offset).exp();
    settings.years >= 3 && (p < settings.trend_p || settings.trend_p >= 1.0) && mu <= most
}

fn judge(counts: &[f64], at: usize, model: &Model, point: Point, settings: &Flexible) -> FlexiblePoint {
    let y = counts[at];
    let eta = model.fitted.linear(point.level, point.time) + point.offset;
    let se_link = (model.phi_of_errors * model.fitted.leverage(point.level, point.time)).sqrt();
    let mu = eta.exp().max(f64::EPSILON);
    let z = normal::quantile(1.0 - settings.alpha.get());
    let phi = model.phi;
    let (upper, p, from) = match settings.threshold {
        ThresholdMethod::Delta(power) => {
            let tau = phi + mu * se_link * se_link;
            let over = (power.raise(y) - power.raise(mu)) / power.deviation(mu, tau);
            (power.bound(mu, tau, z), normal::cdf(-over), mu)
        }
        ThresholdMethod::NegativeBinomial | ThresholdMethod::Muan => {
            let muan = settings.threshold == ThresholdMethod::Muan;
            let mean = if muan { (eta + z * se_link).exp() } else { mu };
            let law = if phi > 1.0 {
                Law::NegativeBinomial { size: mean / (phi - 1.0), prob: 1.0 / phi }
            } else {
                Law::Poisson { mean }
            };
            let from = if settings.variant == Variant::Reference { eta } else { mu };
            if mean.is_finite() {
                (law.quantile(1.0 - settings.alpha.get()), law.at_least(y.max(0.0)), from)
            } else {
                (f64::NAN, f64::NAN, from)
            }
        }
    };
    let enough = settings.enough.met(counts, at);
    let score = known((y - from) / (upper - from)).filter(|_| !y.is_nan());
    let rings = if settings.variant == Variant::Reference { score.is_some_and(|s| s > 1.0) } else { y > upper };
    // What does not exceed the threshold does not ring, even where the weeks before are unknown.
    let alarm = if rings && y != 0.0 { enough } else { Some(false) }.filter(|_| !y.is_nan());
    let delta = matches!(settings.threshold, ThresholdMethod::Delta(_));
    FlexiblePoint {
        at,
        expected: known(mu),
        expected_se: known(if delta { mu * se_link } else { se_link }),
        upper: known(upper),
        dispersion: known(phi),
        trend: model.fitted.slope,
        score,
        p: known(p).filter(|_| !y.is_nan()),
        enough,
        alarm,
    }
}
