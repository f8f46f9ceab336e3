use super::replicate::replicate;
use super::score::{Grid, Window, likelihood_ratio};
use super::zones::Zones;
use crate::Refusal;
use crate::number::chance::Stream;
use crate::refusal::at_least;

/// Cases per place and time.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseTable {
    pub(crate) places: usize,
    pub(crate) times: usize,
    /// In rows of places.
    pub(crate) counts: Vec<u32>,
}

impl CaseTable {
    /// From rows of places, each with its cases per time.
    ///
    /// # Errors
    /// [`Refusal::Lengths`] if rows differ, [`Refusal::Nothing`] without a case.
    pub fn new(rows: &[Vec<u32>]) -> Result<CaseTable, Refusal> {
        let times = rows.first().map_or(0, Vec::len);
        if let Some(row) = rows.iter().find(|r| r.len() != times) {
            return Err(Refusal::Lengths { what: "places × times", left: times, right: row.len() });
        }
        let counts = rows.concat();
        if counts.iter().all(|&c| c == 0) {
            return Err(Refusal::Nothing { what_zh: "病例", what: "case" });
        }
        Ok(CaseTable { places: rows.len(), times, counts })
    }

    pub(crate) fn total(&self) -> f64 {
        self.counts.iter().map(|&c| f64::from(c)).sum()
    }
}

/// What is expected where nothing is amiss.
#[derive(Clone, Debug, PartialEq)]
pub enum Baseline {
    /// Cases of a place fall on the times as all cases do: `μ = (cases of the place)(cases of the time)/N`. No population
    /// is needed; differences between places and between times count as usual.
    Permutation,
    /// In proportion to people, or to cases expected of their ages, per place and time; scaled to the cases.
    Poisson {
        /// In rows of places, as the cases.
        people: Vec<f64>,
    },
}

/// How the scan is run.
#[derive(Clone, Debug, PartialEq)]
pub struct Scan {
    /// What is expected.
    pub baseline: Baseline,
    /// Longest window, in times.
    pub longest: usize,
    /// Whether windows may have ended already (looking back) or must reach the last time (looking for what is alive).
    pub retrospective: bool,
    /// Replicates at most.
    pub replicates: usize,
    /// Replicates that beat the data after which it is clear that nothing is there; `None` runs all.
    pub stop_after: Option<usize>,
    /// Clusters to report at most.
    pub clusters: usize,
    /// Days between two scans, for the recurrence interval.
    pub every_days: f64,
}

/// A cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Its places, by number.
    pub places: Vec<usize>,
    /// The place in its middle.
    pub centre: usize,
    /// First time.
    pub from: usize,
    /// Last time.
    pub to: usize,
    /// Cases.
    pub cases: f64,
    /// Cases expected.
    pub expected: f64,
    /// Log likelihood ratio.
    pub score: f64,
    /// Cases over expected, inside divided by outside.
    pub relative_risk: f64,
    /// Chance of a cluster as strong anywhere if nothing is amiss.
    pub p: f64,
    /// One cluster as strong is seen by chance about once in so many days.
    pub recurrence_days: f64,
}

/// What a scan found.
#[derive(Clone, Debug, PartialEq)]
pub struct ScanResult {
    /// The strongest cluster and others that share no place with a stronger one.
    pub clusters: Vec<Cluster>,
    /// The strongest score of each replicate that was run.
    pub replicates: Vec<f64>,
    /// Windows looked at.
    pub windows: usize,
}

/// Where and since when are there more cases than elsewhere and otherwise? (Kulldorff's scan statistics.)
///
/// Over circles of places and stretches of time, the largest `c ln(c/μ) + (N-c) ln((N-c)/(N-μ))` with more cases than
/// expected. Its p-value is the rank of the data among replicates without clusters: times shuffled over cases
/// (permutation), or cases dealt out by expectation (Poisson): `p = (1 + #{replicates ≥ data}) / (1 + replicates)`. With
/// `stop_after = h` replicates end at the h-th that reaches the data and `p = h / run`, which is as unbiased. The recurrence
/// interval is `days between scans / p`.
///
/// * `cases`: per place and time; one time only makes the scan purely spatial.
/// * `stream`: the same stream gives the same p-values, however many threads run.
///
/// Do not read the border of a circle as the border of a cluster, nor scan again and again without looking at the recurrence
/// interval.
///
/// # Errors
/// [`Refusal::Lengths`] if zones, cases and people differ, [`Refusal::Parameter`] for no replicate or a longest window of 0,
/// [`Refusal::Nothing`] if nobody lives anywhere.
///
/// Source: Kulldorff M. Commun Stat Theory Methods 1997;26:1481–96; Kulldorff M. et al., PLoS Med 2005;2:e59,
/// doi 10.1371/journal.pmed.0020059; Besag J., Clifford P. Biometrika 1991;78:301–4 (stopping); Kleinman K. et al., Am J
/// Epidemiol 2004;159:217–24 (recurrence).
pub fn scan(cases: &CaseTable, zones: &Zones, settings: &Scan, stream: &Stream) -> Result<ScanResult, Refusal> {
    at_least("longest", settings.longest, 1)?;
    at_least("replicates", settings.replicates, 1)?;
    if zones.places != cases.places {
        return Err(Refusal::Lengths { what: "places/zones", left: cases.places, right: zones.places });
    }
    let cells = expected(cases, &settings.baseline)?;
    let total = cases.total();
    let grid = Grid::new(zones, &cells, cases.times, settings.longest, settings.retrospective, total);
    let (found, windows) = strongest(&grid, &cases.counts, settings.clusters.max(1));
    let Some(top) = found.first().map(|w| w.score) else {
        return Ok(ScanResult { clusters: Vec::new(), replicates: Vec::new(), windows });
    };
    let replicates = replicate(cases, &cells, &grid, settings, top, stream);
    let clusters = found.iter().map(|w| cluster(w, &grid, &replicates, settings)).collect();
    Ok(ScanResult { clusters, replicates, windows })
}

/// A window with more cases than expected.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredWindow {
    /// Its places, by number.
    pub places: Vec<usize>,
    /// First time.
    pub from: usize,
    /// Last time.
    pub to: usize,
    /// Log likelihood ratio.
    pub score: f64,
}

/// Every window with more cases than expected, for looking closer.
///
/// # Errors
/// As [`scan`].
pub fn every_window(cases: &CaseTable, zones: &Zones, settings: &Scan) -> Result<Vec<ScoredWindow>, Refusal> {
    let cells = expected(cases, &settings.baseline)?;
    let grid = Grid::new(zones, &cells, cases.times, settings.longest, settings.retrospective, cases.total());
    let mut all = Vec::new();
    grid.each(&cases.counts, |w| {
        let places = zones.zone(w.centre, w.size);
        all.push(ScoredWindow { places, from: w.from, to: w.to - 1, score: w.score });
    });
    Ok(all)
}

/// Expected cases per place and time.
fn expected(cases: &CaseTable, baseline: &Baseline) -> Result<Vec<f64>, Refusal> {
    let total = cases.total();
    match baseline {
        Baseline::Permutation => {
            let of_time = |t: usize| (0..cases.places).map(|p| f64::from(cases.counts[p * cases.times + t])).sum();
            let times: Vec<f64> = (0..cases.times).map(of_time).collect();
            let of_place = |row: &[u32]| row.iter().map(|&c| f64::from(c)).sum::<f64>();
            let cell = |row: &[u32]| {
                let place = of_place(row);
                times.iter().map(move |t| place * t / total).collect::<Vec<_>>()
            };
            Ok(cases.counts.chunks(cases.times).flat_map(cell).collect())
        }
        Baseline::Poisson { people } => {
            if people.len() != cases.counts.len() {
                return Err(Refusal::Lengths { what: "cases/people", left: cases.counts.len(), right: people.len() });
            }
            let sum: f64 = people.iter().sum();
            if sum.is_nan() || sum <= 0.0 {
                return Err(Refusal::Nothing { what_zh: "人口", what: "population" });
            }
            Ok(people.iter().map(|p| p * total / sum).collect())
        }
    }
}

/// The strongest window of all, then of those that share no place with a stronger one.
fn strongest(grid: &Grid<'_>, counts: &[u32], most: usize) -> (Vec<Window>, usize) {
    let (all, windows) = grid.strongest_of_zones(counts);
    let mut taken = vec![false; grid.zones.places];
    let mut found: Vec<Window> = Vec::new();
    let members = |window: &Window| &grid.zones.nested[window.centre][..window.size];
    // Of tens of thousands a few are wanted: to look through all for each of these is less work than to sort.
    while found.len() < most {
        let mut next: Option<&Window> = None;
        for window in &all {
            let stronger = next.is_none_or(|next| window.score > next.score);
            if stronger && members(window).iter().all(|&m| !taken[m]) {
                next = Some(window);
            }
        }
        let Some(next) = next else { break };
        members(next).iter().for_each(|&m| taken[m] = true);
        found.push(*next);
    }
    (found, windows)
}

fn cluster(window: &Window, grid: &Grid<'_>, replicates: &[f64], settings: &Scan) -> Cluster {
    let reached = replicates.iter().filter(|&&r| r >= window.score * (1.0 - 1e-12)).count() as f64;
    let run = replicates.len() as f64;
    let stopped = settings.stop_after.is_some_and(|h| replicates.len() < settings.replicates && reached >= h as f64);
    let p = if stopped { reached / run } else { (1.0 + reached) / (1.0 + run) };
    let outside = (grid.total - window.cases) / (grid.total - window.expected);
    Cluster {
        places: grid.zones.zone(window.centre, window.size),
        centre: grid.zones.nested[window.centre][0],
        from: window.from,
        to: window.to - 1,
        cases: window.cases,
        expected: window.expected,
        score: window.score,
        relative_risk: window.cases / window.expected / outside,
        p,
        recurrence_days: settings.every_days / p,
    }
}

/// The score of a window with so many cases where so many are expected.
pub fn window_score(cases: f64, expected: f64, total: f64) -> f64 {
    likelihood_ratio(cases, expected, total)
}

#[cfg(test)]
mod tests;
