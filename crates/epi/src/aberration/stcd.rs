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
    let growth = (1.0 + settings.epsilon).ln();
    let mut cells = Cells::new(events, settings.radius);
    // Of each event: all events near it so far, and those from itself on.
    let (mut all, mut since) = (vec![1.0_f64; events.len()], vec![1.0_f64; events.len()]);
    let mut near = Vec::new();
    let mut best = f64::NEG_INFINITY;
    let mut result = Vec::with_capacity(events.len());
    for i in 0..events.len() {
        near.clear();
        cells.add(i, &mut near);
        all[i] += near.len() as f64;
        for &j in &near {
            all[j] += 1.0;
            since[j] += 1.0;
        }
        let share = settings.epsilon / (i + 1) as f64;
        let log = |j: usize| since[j] * growth - (i - j + 1) as f64 * all[j] * share;
        if settings.cusum {
            // Of an event with no new one near it the expected number only grows, so that its term was larger before.
            near.push(i);
            best = near.iter().map(|&j| log(j)).fold(best, f64::max);
            result.push(best.exp());
        } else {
            result.push((0..=i).map(|j| log(j).exp()).sum());
        }
    }
    Ok(result)
}

/// Squares at least as wide as the radius, so that what is near an event lies in its square or one of the eight around it.
struct Cells<'a> {
    events: &'a [Event],
    within: f64,
    corner: Event,
    width: f64,
    /// Squares in a row.
    row: usize,
    /// Per square, the events in it so far.
    squares: Vec<Vec<usize>>,
}

impl Cells<'_> {
    fn new(events: &[Event], radius: f64) -> Cells<'_> {
        let least = |of: fn(&Event) -> f64| events.iter().map(of).fold(f64::INFINITY, f64::min);
        let most = |of: fn(&Event) -> f64| events.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        let corner = Event { x: least(|e| e.x), y: least(|e| e.y) };
        let span = (most(|e| e.x) - corner.x).max(most(|e| e.y) - corner.y).max(0.0);
        // No more squares than events, and a touch wider, so that rounding never parts neighbours.
        let width = radius.max(span / (events.len() as f64).sqrt()) * (1.0 + 1e-9);
        let row = (span / width) as usize + 1;
        Cells { events, within: radius * radius, corner, width, row, squares: vec![Vec::new(); row * row] }
    }

    /// The number of a square along one side; 0 for what lies nowhere.
    fn along(&self, from: f64, to: f64) -> usize {
        (((to - from) / self.width) as usize).min(self.row - 1)
    }

    /// Adds an event and finds the earlier ones near it.
    fn add(&mut self, index: usize, near: &mut Vec<usize>) {
        let new = self.events[index];
        let (across, up) = (self.along(self.corner.x, new.x), self.along(self.corner.y, new.y));
        let last = self.row - 1;
        for y in up.saturating_sub(1)..=(up + 1).min(last) {
            for x in across.saturating_sub(1)..=(across + 1).min(last) {
                let others = self.squares[y * self.row + x].iter();
                near.extend(others.filter(|&&j| {
                    let (dx, dy) = (self.events[j].x - new.x, self.events[j].y - new.y);
                    dx * dx + dy * dy < self.within
                }));
            }
        }
        self.squares[up * self.row + across].push(index);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every pair compared, every term worked out.
    fn plain(events: &[Event], settings: &Stcd) -> Vec<f64> {
        let near = |a: Event, b: Event| (a.x - b.x).powi(2) + (a.y - b.y).powi(2) < settings.radius.powi(2);
        let mut best = 0.0_f64;
        let value = |i: usize| {
            let term = |j: usize| {
                let count = |from: usize| (from..=i).filter(|&k| k == j || near(events[j], events[k])).count() as f64;
                let expected = (i - j + 1) as f64 * count(0) / (i + 1) as f64;
                (1.0 + settings.epsilon).powf(count(j)) * (-settings.epsilon * expected).exp()
            };
            let terms = (0..=i).map(term);
            if settings.cusum {
                best = terms.fold(best, f64::max);
                best
            } else {
                terms.sum()
            }
        };
        (0..events.len()).map(value).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(80))]

        #[test]
        fn squares_give_what_all_pairs_give(
            at in prop::collection::vec((0_u32..40, 0_u32..40), 0..60),
            radius in 0.5_f64..30.0, epsilon in 0.05_f64..2.0, cusum: bool,
        ) {
            let events: Vec<Event> = at.into_iter().map(|(x, y)| Event { x: f64::from(x), y: f64::from(y) }).collect();
            let settings = Stcd { radius, epsilon, cusum };
            for (fast, slow) in stcd(&events, &settings).unwrap().iter().zip(plain(&events, &settings)) {
                prop_assert!((fast - slow).abs() <= 1e-11 * slow, "{fast} {slow}");
            }
        }
    }

    #[test]
    fn an_event_that_lies_nowhere_is_near_none() {
        let at = |x: f64| Event { x, y: 0.0 };
        let settings = Stcd { radius: 1.0, epsilon: 0.2, cusum: true };
        let found = stcd(&[at(0.0), at(f64::NAN), at(f64::INFINITY), at(0.5)], &settings).unwrap();
        assert_eq!(found.len(), 4);
        assert!(found.iter().all(|r| r.is_finite()));
    }
}
