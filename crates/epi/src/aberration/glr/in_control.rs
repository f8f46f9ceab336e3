use crate::Refusal;
use crate::number::regress::{Design, log_counts, log_counts_from, seasonal};

/// How the in-control mean is fitted on the past.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InControl {
    /// Waves in a year.
    pub harmonics: usize,
    /// Whether the level has a trend.
    pub trend: bool,
    /// Steps in a year.
    pub period: f64,
    /// Overdispersion α, 0 for Poisson.
    pub alpha: f64,
}

/// The in-control mean of every step, from a log-linear fit of level, trend and season to the first `past` steps;
/// unknown counts are left out.
///
/// # Errors
/// [`Refusal::SeriesTooShort`] if the past is shorter than the coefficients, [`Refusal::NoFit`].
pub fn in_control(counts: &[f64], past: usize, settings: &InControl) -> Result<Vec<f64>, Refusal> {
    fitted(counts, past, settings, None)
}

/// From the means of an earlier fit, where there is one.
pub(super) fn fitted(
    counts: &[f64],
    past: usize,
    settings: &InControl,
    from: Option<&[f64]>,
) -> Result<Vec<f64>, Refusal> {
    let need = 2 + usize::from(settings.trend) + 2 * settings.harmonics;
    let known = |at: &usize| !counts[*at].is_nan();
    let places: Vec<usize> = (0..past.min(counts.len())).filter(known).collect();
    if places.len() < need || past > counts.len() {
        return Err(Refusal::SeriesTooShort { have: places.len(), need });
    }
    let design = seasonal(counts.len(), settings.trend, settings.harmonics, settings.period);
    let thinned = (places.len() < past).then(|| {
        Design::from_rows(design.rows().zip(counts).take(past).filter(|(_, x)| !x.is_nan()).map(|(row, _)| row))
    });
    let of_past = thinned.as_ref().unwrap_or(&design);
    let past: Vec<f64> = places.iter().map(|&at| counts[at]).collect();
    let b = match from {
        None => log_counts(of_past, &past, settings.alpha),
        Some(from) => log_counts_from(of_past, &past, settings.alpha, places.iter().map(|&at| from[at]).collect()),
    };
    let b = b.ok_or(Refusal::NoFit)?;
    let mean = |row: &[f64]| row.iter().zip(&b).map(|(x, b)| x * b).sum::<f64>().exp().max(f64::EPSILON);
    Ok(design.rows().map(mean).collect())
}
