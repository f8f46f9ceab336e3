use crate::Refusal;
use crate::refusal::positive;

/// An event: a place and a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// Place, east.
    pub x: f64,
    /// Place, north.
    pub y: f64,
}

/// How the surveillance of events is run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stcd {
    /// Radius of a cluster, in the unit of the places.
    pub radius: f64,
    /// Relative excess that matters: 0.2 for a fifth more.
    pub epsilon: f64,
    /// Whether the largest term so far is taken (a cumulative sum) instead of the sum of terms.
    pub cusum: bool,
}

/// Is a local cluster growing, event by event? (Space-time detection of Assunção and Correa.)
///
/// `R_i = Σ_{j ≤ i} (1+ε)^{N_ij} e^{-ε μ_ij}`: `N_ij` counts events `j..i` within the radius of event j (itself too),
/// `μ_ij = (i-j+1) n_j(i) / (i+1)` what is expected of them from all events so far, i and j counted from 0.
/// With `cusum` the largest term up to event i takes the place of the sum. It rings where `R_i` exceeds the threshold; set it to the wanted mean time between false alarms, in events.
///
/// * `events`: in the order of time.
///
/// # Errors
/// [`Refusal::Parameter`] for a radius or excess that is not positive.
///
/// Source: Assunção R., Correa T. Comput Stat Data Anal 2009;53:2817–30, doi 10.1016/j.csda.2008.08.001.
pub fn stcd(events: &[Event], settings: &Stcd) -> Result<Vec<f64>, Refusal> {
    positive("radius", settings.radius)?;
    positive("epsilon", settings.epsilon)?;
    let within = settings.radius * settings.radius;
    let growth = (1.0 + settings.epsilon).ln();
    // Of each event: all events near it so far, and those from itself on.
    let mut all: Vec<f64> = Vec::with_capacity(events.len());
    let mut since: Vec<f64> = Vec::with_capacity(events.len());
    let (mut xs, mut ys) = (Vec::with_capacity(events.len()), Vec::with_capacity(events.len()));
    let mut best = f64::NEG_INFINITY;
    let mut result = Vec::with_capacity(events.len());
    for (i, new) in events.iter().enumerate() {
        let mut before = 0;
        for (((x, y), all), since) in xs.iter().zip(&ys).zip(&mut all).zip(&mut since) {
            let near = (x - new.x) * (x - new.x) + (y - new.y) * (y - new.y) < within;
            // Added without a branch, so that the processor takes several at once.
            let one = f64::from(u8::from(near));
            *all += one;
            *since += one;
            before += u32::from(near);
        }
        xs.push(new.x);
        ys.push(new.y);
        all.push(f64::from(before) + 1.0);
        since.push(1.0);
        let share = settings.epsilon / (i + 1) as f64;
        let parts = all.iter().zip(&since).enumerate();
        let logs = parts.map(|(j, (all, since))| since * growth - (i - j + 1) as f64 * all * share);
        if settings.cusum {
            best = logs.fold(best, |top, log| if log > top { log } else { top });
            result.push(best.exp());
        } else {
            result.push(logs.map(f64::exp).sum());
        }
    }
    Ok(result)
}
