use super::triangle::Triangle;
use crate::number::{gamma, normal, quadrature};
use crate::refusal::positive;
use crate::{Probability, Refusal};

/// Which numbers the frequentist method gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// The variance includes that of the delays, and what lies below the reported cases is cut off and made up for.
    #[default]
    Corrected,
    /// As R's `surveillance` 1.20: the variance leaves the uncertainty of the delays out (it is computed on a line of its own
    /// and lost), and the distribution function is divided by the upper tail only.
    Reference,
}

/// How unreported cases are found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NowcastMethod {
    /// Reverse-time hazards and a normal law.
    Lawless(Variant),
    /// Dirichlet delays that take the recent days as complete; closed form.
    BayesUntruncated,
    /// Generalised Dirichlet delays by reverse-time hazards, and a gamma prior on the daily cases; closed form but for one
    /// integral.
    BayesTruncated {
        /// Prior mean of cases per day.
        mean: f64,
        /// Prior variance of cases per day.
        variance: f64,
    },
}

/// Which days tell of a delay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DelayDays {
    /// Those from `m` days back on.
    SinceWindow,
    /// The last `m + 1` that can be known for each delay, so that all have as many.
    AsMany,
}

/// How the nowcast is run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nowcast {
    /// The method.
    pub method: NowcastMethod,
    /// Only the delays of so many days back are used; `None` for all.
    pub window: Option<usize>,
    /// Which days those are.
    pub days: DelayDays,
    /// Prior count of each delay in the Bayesian methods.
    pub kappa: f64,
    /// Level of the interval.
    pub level: Probability,
    /// Counts above are not looked at.
    pub most: usize,
}

/// What one day will have been.
#[derive(Clone, Debug, PartialEq)]
pub struct NowcastPoint {
    /// Day from the first.
    pub day: usize,
    /// Reported so far.
    pub observed: f64,
    /// Chance that a case of this day has been reported by now.
    pub reported: f64,
    /// Median; `None` if it lies beyond the counts looked at.
    pub median: Option<f64>,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
}

/// The delays and what they say of each of the last days.
#[derive(Clone, Debug, PartialEq)]
pub struct NowcastResult {
    /// Chance of at most 0, 1, … days of delay, up to the longest.
    pub delay_cdf: Vec<f64>,
    /// The last `longest + 1` days, oldest first.
    pub points: Vec<NowcastPoint>,
}

/// How many fell ill lately, counting those not yet reported?
///
/// With `n_x` cases of delay x and `N_x` of delay at most x over days for which x is known, the reverse hazards are
/// `g_x = n_x / N_x`, and `W_t = Π_{x > T-t} (1-g_x)` is the chance of having been reported.
/// Lawless: `N̂ = N/W`, variance `N(1-W)/W² + N² Var(W)/W⁴`, `Var(W) = W² Σ g_x / (N_x (1-g_x))`.
/// Bayes: `g_x ~ Beta(κ + n_x, κ x + N_x - n_x)`; cases still to come are negative binomial of size `a+N` and probability
/// `(b+W)/(b+1)`, averaged over `W`. Untruncated: beta-negative-binomial of size `N+1` on `W ~ Beta(Σ_{x≤T-t} a_x, rest)`.
///
/// * `triangle`: at least `longest` days, reports complete up to the as-of date.
///
/// Do not use it across a change of the way of reporting, and do not trust days with next to no report: the interval says so.
/// The untruncated method is too low in a growing outbreak; it is there because it needs no prior.
///
/// # Errors
/// [`Refusal::SeriesTooShort`] if there are fewer days than the longest delay, [`Refusal::Parameter`] for a window shorter than
/// the longest delay or a prior that is not positive.
///
/// Source: Lawless J.F. Can J Stat 1994;22:15–31; Höhle M., an der Heiden M. Biometrics 2014;70:993–1002, doi 10.1111/biom.12194.
pub fn nowcast(triangle: &Triangle, settings: &Nowcast) -> Result<NowcastResult, Refusal> {
    let (last, longest) = (triangle.last(), triangle.longest());
    if last < longest {
        return Err(Refusal::SeriesTooShort { have: last + 1, need: longest + 1 });
    }
    if let Some(m) = settings.window.filter(|&m| m < longest) {
        let (must_zh, must) = ("不短于最长延迟", "be no shorter than the longest delay");
        return Err(Refusal::Parameter { name: "window", value: m as f64, must_zh, must });
    }
    let delays = Delays::count(triangle, settings);
    let delay_cdf = delays.cdf(settings);
    let points = (last - longest..=last)
        .map(|day| {
            let open = last - day;
            let observed = triangle.observed(day);
            let law = delays.law(observed, open, &delay_cdf, settings)?;
            Ok(point(day, observed, delay_cdf[open.min(longest)], &law, settings))
        })
        .collect::<Result<_, Refusal>>()?;
    Ok(NowcastResult { delay_cdf, points })
}

/// Cases per delay and up to each delay.
struct Delays {
    exactly: Vec<f64>,
    at_most: Vec<f64>,
}

impl Delays {
    fn count(triangle: &Triangle, settings: &Nowcast) -> Delays {
        let last = triangle.last();
        let window = settings.window.unwrap_or(last);
        let mut delays = Delays { exactly: Vec::new(), at_most: Vec::new() };
        for x in 0..=triangle.longest() {
            let from = match settings.days {
                DelayDays::SinceWindow => last.saturating_sub(window),
                DelayDays::AsMany => last.saturating_sub(window + x),
            };
            let days = from..=last - x;
            delays.exactly.push(days.clone().filter_map(|t| triangle.known(t, x)).sum());
            delays.at_most.push(days.map(|t| triangle.up_to(t, x)).sum());
        }
        delays
    }

    fn hazard(&self, x: usize) -> f64 {
        if self.at_most[x] > 0.0 { self.exactly[x] / self.at_most[x] } else { 0.0 }
    }

    /// Parameters of the beta distribution of a reverse hazard.
    fn beta(&self, x: usize, kappa: f64) -> (f64, f64) {
        (kappa + self.exactly[x], kappa * x as f64 + self.at_most[x] - self.exactly[x])
    }

    fn cdf(&self, settings: &Nowcast) -> Vec<f64> {
        let longest = self.exactly.len() - 1;
        if settings.method == NowcastMethod::BayesUntruncated {
            let total: f64 = self.exactly.iter().map(|n| n + settings.kappa).sum();
            let mut sum = 0.0;
            return self
                .exactly
                .iter()
                .map(|n| {
                    sum += n + settings.kappa;
                    sum / total
                })
                .collect();
        }
        let mut cdf = vec![1.0; longest + 1];
        for x in (0..longest).rev() {
            let stay = match settings.method {
                NowcastMethod::Lawless(_) => 1.0 - self.hazard(x + 1),
                _ => {
                    let (a, b) = self.beta(x + 1, settings.kappa);
                    b / (a + b)
                }
            };
            cdf[x] = cdf[x + 1] * stay;
        }
        cdf
    }

    /// The distribution of a day's cases in the end, as its distribution function from the observed count on.
    fn law(&self, observed: f64, open: usize, cdf: &[f64], settings: &Nowcast) -> Result<Vec<f64>, Refusal> {
        let longest = cdf.len() - 1;
        if open >= longest {
            return Ok(vec![1.0]);
        }
        let to_come = (settings.most as f64 - observed).max(0.0) as usize;
        match settings.method {
            NowcastMethod::Lawless(variant) => Ok(self.normal_law(observed, open, cdf[open], variant, to_come)),
            NowcastMethod::BayesUntruncated => {
                let a: f64 = self.exactly[..=open].iter().map(|n| n + settings.kappa).sum();
                let b: f64 = self.exactly[open + 1..].iter().map(|n| n + settings.kappa).sum();
                Ok(beta_negative_binomial(observed + 1.0, a, b, to_come))
            }
            NowcastMethod::BayesTruncated { mean, variance } => {
                positive("prior mean", mean)?;
                positive("prior variance", variance)?;
                let prior = (mean * mean / variance, mean / variance);
                Ok(self.mixed_law(observed, open, prior, settings.kappa, to_come))
            }
        }
    }

    fn normal_law(&self, observed: f64, open: usize, reported: f64, variant: Variant, to_come: usize) -> Vec<f64> {
        let expected = observed / reported;
        let mut variance = observed * (1.0 - reported) / (reported * reported);
        if variant == Variant::Corrected {
            let relative: f64 = (open + 1..self.exactly.len())
                .map(|x| self.hazard(x) / (self.at_most[x] * (1.0 - self.hazard(x))))
                .sum();
            variance += expected * expected * relative;
        }
        let sd = variance.sqrt();
        if observed == 0.0 || sd.is_nan() || sd == 0.0 {
            return vec![1.0];
        }
        let below = |x: f64| normal::cdf((x - expected) / sd);
        let cut = below(observed - 0.5);
        (0..=to_come)
            .map(|more| {
                let count = observed + more as f64;
                match variant {
                    Variant::Reference => below(count) / (1.0 - below(observed)),
                    Variant::Corrected => (below(count + 0.5) - cut) / (1.0 - cut),
                }
            })
            .collect()
    }

    /// Averages negative binomial laws over the chance of having been reported, a product of beta variables that is taken as
    /// the beta variable of the same mean and variance.
    fn mixed_law(&self, observed: f64, open: usize, prior: (f64, f64), kappa: f64, to_come: usize) -> Vec<f64> {
        let (mut mean, mut square) = (1.0, 1.0);
        for x in open + 1..self.exactly.len() {
            let (a, b) = self.beta(x, kappa);
            mean *= b / (a + b);
            square *= b * (b + 1.0) / ((a + b) * (a + b + 1.0));
        }
        let size = (mean - square) / (square - mean * mean);
        let (a, b) = (mean * size, (1.0 - mean) * size);
        let mut law = vec![0.0; to_come + 1];
        for (reported, weight) in beta_nodes(a, b) {
            let (shape, prob) = (prior.0 + observed, (prior.1 + reported) / (prior.1 + 1.0));
            let mut term = weight * prob.powf(shape);
            for (more, sum) in law.iter_mut().enumerate() {
                *sum += term;
                term *= (shape + more as f64) / (more as f64 + 1.0) * (1.0 - prob);
            }
        }
        add_up(law)
    }
}

/// Nodes for the chance of having been reported, a beta variable, with weights that sum to 1.
///
/// The logit of the variable is spread evenly enough for a fixed number of nodes, however near 0 it lies.
fn beta_nodes(a: f64, b: f64) -> Vec<(f64, f64)> {
    let middle = (a / b).ln();
    let reach = 9.0 * (1.0 / a + 1.0 / b).sqrt();
    let density = |logit: f64| a * logit - (a + b) * logit.exp().ln_1p();
    let top = density(middle);
    let mut nodes: Vec<(f64, f64)> = quadrature::gauss_legendre(48, middle - reach, middle + reach)
        .into_iter()
        .map(|(logit, w)| (1.0 / (1.0 + (-logit).exp()), w * (density(logit) - top).exp()))
        .collect();
    let sum: f64 = nodes.iter().map(|(_, w)| w).sum();
    nodes.iter_mut().for_each(|(_, w)| *w /= sum);
    nodes
}

/// `P(Z = k) = Γ(r+k) / (k! Γ(r)) B(a+r, b+k) / B(a, b)`, added up.
fn beta_negative_binomial(r: f64, a: f64, b: f64, to_come: usize) -> Vec<f64> {
    let ln_beta = |a: f64, b: f64| gamma::ln_gamma(a) + gamma::ln_gamma(b) - gamma::ln_gamma(a + b);
    let mut term = (ln_beta(a + r, b) - ln_beta(a, b)).exp();
    let law = (0..=to_come)
        .map(|k| {
            let k = k as f64;
            let now = term;
            term *= (r + k) / (k + 1.0) * (b + k) / (a + r + b + k);
            now
        })
        .collect();
    add_up(law)
}

fn add_up(mut law: Vec<f64>) -> Vec<f64> {
    for k in 1..law.len() {
        law[k] += law[k - 1];
    }
    law
}

fn point(day: usize, observed: f64, reported: f64, law: &[f64], settings: &Nowcast) -> NowcastPoint {
    let at = |p: f64| law.iter().position(|&c| c >= p - 1e-12).map(|more| observed + more as f64);
    let tail = (1.0 - settings.level.get()) / 2.0;
    NowcastPoint { day, observed, reported, median: at(0.5), low: at(tail), high: at(1.0 - tail) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::chance::Stream;
    use jiff::ToSpan;
    use jiff::civil::date;

    /// A growing outbreak with known delays, cut off at day 40.
    fn simulated(stream: &mut Stream) -> (Triangle, Vec<f64>) {
        let first = date(2026, 1, 1);
        let (mut cases, mut truth) = (Vec::new(), vec![0.0; 41]);
        for day in 0..=40_i64 {
            for _ in 0..stream.poisson(15.0 * (0.05 * day as f64).exp()) as usize {
                let delay = (stream.gamma(2.0, 1.6).floor() as i64).min(12);
                cases.push((first + day.days(), first + (day + delay).days()));
                truth[day as usize] += 1.0;
            }
        }
        (Triangle::from_cases(&cases, first + 40.days(), 12).unwrap(), truth)
    }

    #[test]
    fn intervals_hold_what_is_reported_in_the_end() {
        let mut stream = Stream::new("nowcast", 4);
        let methods = [
            (NowcastMethod::Lawless(Variant::Corrected), 0.90),
            (NowcastMethod::BayesTruncated { mean: 50.0, variance: 5000.0 }, 0.90),
        ];
        for (method, least) in methods {
            let (mut held, mut of) = (0, 0);
            for _ in 0..40 {
                let (triangle, truth) = simulated(&mut stream);
                let settings = Nowcast {
                    method,
                    window: None,
                    days: DelayDays::SinceWindow,
                    kappa: 0.1,
                    level: Probability::new("level", 0.95).unwrap(),
                    most: 2000,
                };
                for p in nowcast(&triangle, &settings).unwrap().points {
                    if p.reported < 0.97 && p.reported > 0.1 {
                        of += 1;
                        held += usize::from(p.low.unwrap() <= truth[p.day] && truth[p.day] <= p.high.unwrap());
                    }
                }
            }
            let share = held as f64 / of as f64;
            assert!(share >= least && share <= 0.995, "{method:?}: {share} of {of}");
        }
    }

    #[test]
    fn a_report_before_its_event_is_refused() {
        let cases = [(date(2026, 2, 2), date(2026, 2, 1))];
        assert!(Triangle::from_cases(&cases, date(2026, 2, 3), 5).is_err());
    }
}
