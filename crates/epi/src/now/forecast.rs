use crate::number::chance::Stream;
use crate::number::quantile::{QuantileType, of_sorted};
use crate::refusal::at_least;
use crate::transmission::cori::Posterior;
use crate::transmission::serial_interval::SerialInterval;
use crate::{Probability, Refusal};

/// How the forecast is run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// Days ahead.
    pub days: usize,
    /// Paths that are drawn.
    pub paths: usize,
    /// Standard deviation of a day's change of `log R`: how far R may wander. 0 keeps R.
    pub drift: f64,
    /// Size k of the negative binomial counts; `None` for Poisson.
    pub dispersion: Option<f64>,
    /// Level of the inner interval.
    pub inner: Probability,
    /// Level of the outer interval.
    pub outer: Probability,
}

/// One day ahead.
#[derive(Clone, Debug, PartialEq)]
pub struct ForecastPoint {
    /// Days ahead, from 1.
    pub ahead: usize,
    /// Median.
    pub median: f64,
    /// Inner interval.
    pub inner: (f64, f64),
    /// Outer interval.
    pub outer: (f64, f64),
    /// The drawn counts in ascending order, for scoring.
    pub sample: Vec<f64>,
}

/// How many cases in the next days, if people go on as they do? (Renewal equation.)
///
/// `I_t ~ Poisson or NB(R_t Σ_k w_k I_{t-k})`, `log R_t = log R_{t-1} + drift · Z`, the first `R` drawn from its posterior; many
/// paths, summed up by quantiles (type 7) per day.
///
/// * `counts`: cases per day up to today, complete (nowcast first); `reproduction`: today's posterior.
/// * `stream`: the same stream gives the same forecast.
///
/// Do not look further than two or three serial intervals: what people do changes R, which no curve knows.
///
/// # Errors
/// [`Refusal::SeriesTooShort`] without counts, [`Refusal::Unknown`], [`Refusal::Parameter`] for fewer than 2 paths or no days.
///
/// Source: Nouvellet P. et al., Epidemics 2018;22:3–11, doi 10.1016/j.epidem.2017.02.012.
pub fn forecast(
    counts: &[f64],
    reproduction: Posterior,
    si: &SerialInterval,
    settings: &Forecast,
    stream: &Stream,
) -> Result<Vec<ForecastPoint>, Refusal> {
    at_least("days", settings.days, 1)?;
    at_least("paths", settings.paths, 2)?;
    if counts.is_empty() {
        return Err(Refusal::SeriesTooShort { have: 0, need: 1 });
    }
    if let Some(at) = counts.iter().position(|x| x.is_nan()) {
        return Err(Refusal::Unknown { at });
    }
    let reach = si.weights().len().saturating_sub(1);
    let recent = &counts[counts.len().saturating_sub(reach.max(1))..];
    let mut samples = vec![Vec::with_capacity(settings.paths); settings.days];
    for path in 0..settings.paths {
        let mut stream = stream.part(path as u64);
        let mut r = stream.gamma(reproduction.shape, reproduction.scale);
        let mut series = recent.to_vec();
        for sample in &mut samples {
            if settings.drift > 0.0 {
                r *= (settings.drift * stream.normal()).exp();
            }
            let t = series.len();
            let force: f64 = (1..=reach.min(t)).map(|k| si.weights()[k] * series[t - k]).sum();
            let mean = (r * force).min(1e9);
            let next = match settings.dispersion {
                Some(k) if mean > 0.0 => stream.negative_binomial(mean, k),
                _ => stream.poisson(mean),
            };
            series.push(next);
            sample.push(next);
        }
    }
    Ok(samples.into_iter().enumerate().map(|(day, sample)| summed_up(day + 1, sample, settings)).collect())
}

fn summed_up(ahead: usize, mut sample: Vec<f64>, settings: &Forecast) -> ForecastPoint {
    sample.sort_by(f64::total_cmp);
    let at = |p: f64| of_sorted(&sample, p, QuantileType::Linear).unwrap_or(0.0);
    let ends = |level: Probability| (at((1.0 - level.get()) / 2.0), at((1.0 + level.get()) / 2.0));
    ForecastPoint { ahead, median: at(0.5), inner: ends(settings.inner), outer: ends(settings.outer), sample }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_outbreak_is_forecast_as_often_as_the_interval_says() {
        let si = SerialInterval::discretised(3.0, 1.5, 15).unwrap();
        let settings = Forecast {
            days: 7,
            paths: 400,
            drift: 0.0,
            dispersion: None,
            inner: Probability::new("inner", 0.5).unwrap(),
            outer: Probability::new("outer", 0.9).unwrap(),
        };
        let mut truth = Stream::new("truth", 1);
        let (mut held, mut half, of) = (0, 0, 150);
        for run in 0..of {
            // Tomorrow's week is one more path of the same renewal process.
            let mut counts = vec![30.0; 15];
            for _ in 0..7 {
                let t = counts.len();
                let force: f64 = (1..15).map(|k| si.weights()[k] * counts[t - k]).sum();
                counts.push(truth.poisson(1.1 * force));
            }
            let known = Posterior { shape: 1e6, scale: 1.1e-6 };
            let ahead = forecast(&counts[..15], known, &si, &settings, &Stream::new("forecast", run)).unwrap();
            let last = &ahead[6];
            held += usize::from(last.outer.0 <= counts[21] && counts[21] <= last.outer.1);
            half += usize::from(last.inner.0 <= counts[21] && counts[21] <= last.inner.1);
        }
        assert!((124..=147).contains(&held), "{held} of {of} in 90 %");
        assert!((58..=98).contains(&half), "{half} of {of} in 50 %");
    }

    #[test]
    fn the_same_stream_gives_the_same_forecast() {
        let si = SerialInterval::discretised(3.0, 1.5, 15).unwrap();
        let settings = Forecast {
            days: 3,
            paths: 50,
            drift: 0.05,
            dispersion: Some(5.0),
            inner: Probability::new("inner", 0.5).unwrap(),
            outer: Probability::new("outer", 0.9).unwrap(),
        };
        let run = || {
            let now = Posterior { shape: 30.0, scale: 0.04 };
            forecast(&[5.0, 8.0, 9.0], now, &si, &settings, &Stream::new("forecast", 7)).unwrap()
        };
        assert_eq!(run(), run());
    }
}
