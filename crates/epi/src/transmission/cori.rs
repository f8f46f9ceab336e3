use super::serial_interval::SerialInterval;
use crate::Refusal;
use crate::number::{gamma, normal};
use crate::refusal::positive;

/// New cases per day by onset, those infected here and those infected elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Incidence<'a> {
    /// Infected here.
    pub local: &'a [f64],
    /// Infected elsewhere: they infect but were not infected here.
    pub imported: &'a [f64],
}

/// What is believed of the reproduction number before any case: a gamma distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
}

impl Prior {
    /// Mean 5 and standard deviation 5: wide, and rather high, so that control is not concluded too early.
    ///
    /// Source: Cori A. et al., as [`cori`].
    pub const WIDE: Prior = Prior { mean: 5.0, sd: 5.0 };
}

/// The reproduction number over a window, as a gamma distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Posterior {
    /// Shape.
    pub shape: f64,
    /// Scale.
    pub scale: f64,
}

impl Posterior {
    /// Mean.
    pub fn mean(&self) -> f64 {
        self.shape * self.scale
    }

    /// Standard deviation.
    pub fn sd(&self) -> f64 {
        self.shape.sqrt() * self.scale
    }

    /// The value below which it lies with probability p.
    pub fn quantile(&self, p: f64) -> f64 {
        gamma::quantile(p, self.shape, self.scale)
    }

    /// As [`Posterior::quantile`] for several probabilities by their normal quantiles, which are found once.
    pub fn quantiles<const N: usize>(&self, at: &[(f64, f64); N]) -> [f64; N] {
        let shape = gamma::Shape::new(self.shape);
        at.map(|(p, z)| self.scale * shape.quantile(p, z))
    }

    /// Chance that it is above 1: that the outbreak grows.
    pub fn above_one(&self) -> f64 {
        gamma::regularised(self.shape, 1.0 / self.scale).1
    }
}

/// Probabilities with their normal quantiles, for [`Posterior::quantiles`].
pub fn with_normal<const N: usize>(p: [f64; N]) -> [(f64, f64); N] {
    p.map(|p| (p, normal::quantile(p)))
}

/// A window of days and what it says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoriPoint {
    /// First day, from 0.
    pub start: usize,
    /// Last day.
    pub end: usize,
    /// The reproduction number; `None` before one mean serial interval has passed.
    pub posterior: Option<Posterior>,
}

/// The total infectiousness of each day: `Λ_t = Σ_{k=1..t} I_{t-k} w_k`, of local and imported cases.
pub fn infectiousness(incidence: &Incidence<'_>, si: &SerialInterval) -> Vec<f64> {
    let total: Vec<f64> = incidence.local.iter().zip(incidence.imported).map(|(a, b)| a + b).collect();
    let w = si.weights();
    (0..total.len())
        .map(|t| {
            let reach = t.min(w.len().saturating_sub(1));
            total[t - reach..t].iter().rev().zip(&w[1..]).map(|(i, w)| i * w).sum()
        })
        .collect()
}

/// How fast is it spreading now? The mean number of people each case infects, day by day (Cori et al.).
///
/// `R_t ~ Gamma(a + Σ I_s, 1 / (1/b + Σ Λ_s))`, sums over the `window` days ending on day t, `I` local cases,
/// `Λ_s = Σ_k (I + imported)_{s-k} w_k`; `a = (mean/sd)²` and `b = sd²/mean` of the prior.
///
/// * `incidence`: cases by *onset* date, complete up to the last day; the cases of the first day belong to `imported`, as
///   nobody before them is seen.
/// * `si`: `w_1 + w_2 + … = 1`, in whole days.
///
/// Do not use it when most cases are imported, or before `1/cv² - a` cases are in: the interval then says little. The last
/// days are too low where reports are delayed: nowcast first.
///
/// # Errors
/// [`Refusal::SeriesTooShort`] if there are fewer days than `window + 1`, [`Refusal::Unknown`], [`Refusal::NegativeCount`],
/// [`Refusal::Lengths`], [`Refusal::Parameter`] for a prior that is not positive.
///
/// Source: Cori A. et al., Am J Epidemiol 2013;178(9):1505–12, doi 10.1093/aje/kwt133; Thompson R.N. et al., Epidemics
/// 2019;29:100356 (imported cases).
///
/// ```
/// use lianfang_epi::transmission::cori::{Incidence, Prior, cori};
/// use lianfang_epi::transmission::serial_interval::SerialInterval;
/// let si = SerialInterval::discretised(3.0, 1.5, 20)?;
/// let local = [0.0, 1.0, 2.0, 2.0, 4.0, 5.0, 8.0, 11.0, 15.0, 20.0];
/// let imported = [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
/// let points = cori(&Incidence { local: &local, imported: &imported }, &si, 7, Prior::WIDE)?;
/// assert!(points.last().unwrap().posterior.unwrap().above_one() > 0.99);
/// # Ok::<(), lianfang_epi::Refusal>(())
/// ```
pub fn cori(
    incidence: &Incidence<'_>,
    si: &SerialInterval,
    window: usize,
    prior: Prior,
) -> Result<Vec<CoriPoint>, Refusal> {
    check(incidence, window, prior)?;
    let pressure = infectiousness(incidence, si);
    let mean = si.weights().iter().take(incidence.local.len()).enumerate().map(|(k, w)| k as f64 * w).sum::<f64>();
    let (shape, rate) = ((prior.mean / prior.sd).powi(2), prior.mean / (prior.sd * prior.sd));
    Ok((1..=incidence.local.len() - window)
        .map(|start| {
            let end = start + window - 1;
            let cases: f64 = incidence.local[start..=end].iter().sum();
            let force: f64 = pressure[start..=end].iter().sum();
            let posterior = Posterior { shape: shape + cases, scale: 1.0 / (rate + force) };
            CoriPoint { start, end, posterior: ((end + 1) as f64 > mean).then_some(posterior) }
        })
        .collect())
}

pub(crate) fn check(incidence: &Incidence<'_>, window: usize, prior: Prior) -> Result<(), Refusal> {
    let (left, right) = (incidence.local.len(), incidence.imported.len());
    if left != right {
        return Err(Refusal::Lengths { what: "local/imported", left, right });
    }
    if window == 0 || left < window + 1 {
        return Err(Refusal::SeriesTooShort { have: left, need: window + 1 });
    }
    for counts in [incidence.local, incidence.imported] {
        if let Some(at) = counts.iter().position(|x| x.is_nan()) {
            return Err(Refusal::Unknown { at });
        }
        if let Some(at) = counts.iter().position(|&x| x < 0.0) {
            return Err(Refusal::NegativeCount { at, count: counts[at] });
        }
    }
    positive("prior mean", prior.mean)?;
    positive("prior sd", prior.sd)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::chance::Stream;

    /// Counts of an outbreak with a known reproduction number.
    fn outbreak(r: f64, days: usize, si: &SerialInterval, stream: &mut Stream) -> Vec<f64> {
        let mut counts = vec![10.0; 8];
        while counts.len() < days {
            let t = counts.len();
            let force: f64 = (1..=t.min(si.weights().len() - 1)).map(|k| counts[t - k] * si.weights()[k]).sum();
            counts.push(stream.poisson(r * force));
        }
        counts
    }

    #[test]
    fn the_interval_holds_a_known_reproduction_number_as_often_as_it_says() {
        let si = SerialInterval::discretised(4.0, 2.0, 30).unwrap();
        let mut stream = Stream::new("recovery", 11);
        let (mut held, mut of) = (0, 0);
        for _ in 0..150 {
            let r = 0.7 + 1.0 * stream.uniform();
            let mut local = outbreak(r, 30, &si, &mut stream);
            let mut imported = vec![0.0; local.len()];
            imported[0] = std::mem::take(&mut local[0]);
            let point =
                *cori(&Incidence { local: &local, imported: &imported }, &si, 7, Prior::WIDE).unwrap().last().unwrap();
            let posterior = point.posterior.unwrap();
            if local[20..].iter().sum::<f64>() > 20.0 {
                of += 1;
                held += usize::from(posterior.quantile(0.025) < r && r < posterior.quantile(0.975));
            }
        }
        let share = held as f64 / of as f64;
        assert!(of > 60 && (0.90..=0.99).contains(&share), "{held} of {of}");
    }
}
