use super::run_lengths::RunLengths;
use crate::Refusal;
use crate::refusal::positive;

/// Reference value and decision interval of a chart at one in-control mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decision {
    /// In-control mean it is for.
    pub mean: f64,
    /// Reference value.
    pub k: f64,
    /// Decision interval.
    pub h: f64,
    /// Mean number of steps between false alarms.
    pub run_length: f64,
}

/// The reference value between the in-control mean and `shift` standard deviations above, rounded to `digits`.
///
/// `k = (θ₁-θ₀) / (log θ₁ - log θ₀)`, `θ₁ = θ₀ + s √θ₀`. A whole or half number is moved by one unit
/// towards the side on which the unrounded value lies, so that the sum does not live on a few points only.
pub fn reference_value(mean: f64, shift: f64, digits: u32) -> f64 {
    let out = mean + shift * mean.sqrt();
    let k = (out - mean) / (out.ln() - mean.ln());
    let unit = 10_f64.powi(digits as i32);
    let rounded = (k * unit).round() / unit;
    if (rounded * 2.0).fract() != 0.0 {
        return rounded;
    }
    let moved = if k > rounded { rounded * unit + 1.0 } else { rounded * unit - 1.0 };
    moved.round() / unit
}

/// Mean number of steps until a Poisson chart with these values rings in control, exactly.
///
/// The sum lives on the multiples of `unit` (a tenth), so that it is a Markov chain; the run length solves
/// `(I - R) N = 1`.
///
/// Source: Brook D., Evans D.A. Biometrika 1972;59:539–49; Hawkins D.M. J Qual Technol 1992;24:97–102.
pub fn run_length(mean: f64, k: f64, h: f64, unit: f64) -> f64 {
    let mut lengths = RunLengths::new(mean, k, unit);
    let states = (h / unit).round() as usize;
    (0..states).fold(f64::NAN, |_, _| lengths.next_longer())
}

/// The smallest decision interval on tenths whose run length in control is at least the wanted one.
///
/// # Errors
/// [`Refusal::Parameter`] for a mean, shift or run length that is not positive.
pub fn decision(mean: f64, shift: f64, wanted: f64) -> Result<Decision, Refusal> {
    positive("mean", mean)?;
    positive("shift", shift)?;
    positive("run length", wanted)?;
    let k = reference_value(mean, shift, 1);
    let mut lengths = RunLengths::new(mean, k, 0.1);
    let mut found = Decision { mean, k, h: 0.0, run_length: 0.0 };
    for tenths in 1..=MOST_TENTHS {
        found = Decision { h: tenths as f64 / 10.0, run_length: lengths.next_longer(), ..found };
        if found.run_length >= wanted {
            break;
        }
    }
    Ok(found)
}

/// Where the search for a decision interval ends.
const MOST_TENTHS: usize = 2560;

/// What happens to the sum at the start and after an alarm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rogerson {
    /// Whether it begins at half the decision interval (fast initial response).
    pub fast_start: bool,
    /// After an alarm the sum is cut to this share of the decision interval; `None` to let it run.
    pub limit: Option<f64>,
    /// Decision interval of the chart; those of the steps are scaled to it.
    pub h: f64,
}

/// What the chart says of one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RogersonPoint {
    /// The sum.
    pub sum: f64,
    /// From this whole count on it would have rung.
    pub upper: f64,
    /// Whether it rings.
    pub alarm: bool,
}

/// Are counts a little too high for several steps, where what is usual moves with season and population? (Rogerson.)
///
/// `S_t = max(0, S_{t-1} + c_t (x_t - k_t))` with `c_t = h / h_t`; it rings where `S_t ≥ h`. `k_t` and `h_t` are those that
/// give the wanted run length at the in-control mean of step t ([`decision`]).
///
/// * `counts`: cases per step; `decisions`: one per step.
///
/// # Errors
/// [`Refusal::Lengths`], [`Refusal::Unknown`], [`Refusal::Parameter`] for a decision interval that is not positive.
///
/// Source: Rogerson P.A., Yamada I. Stat Med 2004;23:2195–214, doi 10.1002/sim.1806; Lucas J.M., Crosier R.B. Technometrics
/// 1982;24:199–205 (fast initial response).
pub fn rogerson(counts: &[f64], decisions: &[Decision], settings: &Rogerson) -> Result<Vec<RogersonPoint>, Refusal> {
    if counts.len() != decisions.len() {
        return Err(Refusal::Lengths { what: "counts/decisions", left: counts.len(), right: decisions.len() });
    }
    let h = positive("h", settings.h)?;
    let mut sum = if settings.fast_start { h / 2.0 } else { 0.0 };
    let mut points = Vec::with_capacity(counts.len());
    for (at, (&x, decision)) in counts.iter().zip(decisions).enumerate() {
        if x.is_nan() {
            return Err(Refusal::Unknown { at });
        }
        let scale = h / positive("h", decision.h)?;
        let upper = ((h - sum) / scale + decision.k).ceil().max(0.0);
        sum = (sum + scale * (x - decision.k)).max(0.0);
        let alarm = sum >= h;
        points.push(RogersonPoint { sum, upper, alarm });
        if let Some(limit) = settings.limit.filter(|_| alarm) {
            sum = sum.min(limit * h);
        }
    }
    Ok(points)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::chance::Stream;

    #[test]
    fn simulated_charts_run_as_long_as_computed() {
        let exact = run_length(1.5, 1.9, 3.7, 0.1);
        let mut stream = Stream::new("run length", 3);
        let runs = 3000;
        let total: f64 = (0..runs)
            .map(|_| {
                let (mut sum, mut length) = (0.0_f64, 0.0);
                while sum < 3.7 - 1e-9 {
                    sum = (sum + stream.poisson(1.5) - 1.9).max(0.0);
                    length += 1.0;
                }
                length
            })
            .sum();
        let mean = total / f64::from(runs);
        assert!((mean / exact - 1.0).abs() < 0.08, "{mean} {exact}");
    }

    #[test]
    fn a_decision_reaches_the_wanted_run_length_and_no_shorter_one_does() {
        let d = decision(2.5, 0.5, 500.0).unwrap();
        assert!(d.run_length >= 500.0);
        assert!(run_length(2.5, d.k, d.h - 0.1, 0.1) < 500.0);
    }
}
