//! Many replicates side by side where there is one time only: sums over circles in whole numbers of sixteen bits.
//!
//! Before the search it is worked out how many cases each circle needs to reach a ratio that nearly every replicate's strongest circle
//! reaches. The sum that is carried from circle to circle is what a replicate has beyond that: one addition, one subtraction and one
//! comparison a circle, of which the processor does eight at once. Rings are runs of circles around a centre with about as many cases
//! expected; of each, the most that any of its circles has beyond its need tells whether one can be the strongest. Logarithms are left
//! for these: what comes out is the largest ratio itself.
//!
//! Nothing is lost: needs are rounded down, and what a higher ratio takes beyond them as well ([`super::levels`]). A sum that is cut off at
//! the lowest number only rises by it. One that is cut off at the highest shows in its ring, as no circle needs more than half of that
//! beyond the one before: such a replicate is searched plainly, as is one that no circle of reaches the ratio.

use super::levels::{Further, Needed};
use super::score::{Grid, likelihood_ratio};

/// Replicates that are searched together.
pub(crate) const LANES: usize = 32;

/// One number per replicate, placed so that the processor can load several at once.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Lane([i16; LANES]);

impl Lane {
    const ZERO: Lane = Lane([0; LANES]);
    const LOWEST: Lane = Lane([i16::MIN; LANES]);

    fn raise(&mut self, other: &Lane) {
        self.0.iter_mut().zip(other.0).for_each(|(top, at)| *top = at.max(*top));
    }

    /// Whether any number is above that of the other.
    fn any_above(&self, other: &Lane) -> bool {
        self.0.iter().zip(other.0).fold(0, |any, (&at, bar)| any | i16::from(at > bar)) != 0
    }
}

/// Half of the highest number: more than a circle may need beyond the one before.
const HALF: i16 = i16::MAX / 2;

/// A circle takes in one more place.
#[derive(Clone, Copy, Debug)]
struct Step {
    place: u32,
    /// What it needs beyond the circle before.
    need: i16,
}

/// A run of circles around one centre.
#[derive(Clone, Copy, Debug)]
struct Ring {
    /// The first circle around the centre.
    first: usize,
    /// Its own first circle, and the one after its last.
    begin: usize,
    end: usize,
    /// Its class of means.
    class: usize,
}

/// All circles, and what they need.
#[derive(Debug)]
pub(crate) struct Circles {
    steps: Vec<Step>,
    /// Per step, the distinct zone; none where an earlier circle holds the same places.
    rows: Vec<Option<usize>>,
    rings: Vec<Ring>,
    /// The rings of each class.
    classes: Vec<Vec<usize>>,
    further: Further,
    /// Bits behind the binary point.
    fraction: u32,
    /// A replicate without a ratio above it has to be searched plainly.
    pub(crate) low: f64,
}

impl Circles {
    /// Circles for a grid of one time, unless cases are too many for sixteen bits.
    ///
    /// * `cells`: expected per place and time; `usual`: about the middle and the lowest of the ratios of replicates. Any guess gives
    ///   the same ratios, only later.
    pub(crate) fn new(grid: &Grid<'_>, cells: &[f64], usual: (f64, f64)) -> Option<Circles> {
        let means: Vec<f64> = cells.chunks(grid.times).filter_map(|row| row.last().copied()).collect();
        let smallest = means.iter().copied().filter(|&m| m > 0.0).reduce(f64::min)?;
        let most = means.iter().copied().fold(0.0, f64::max);
        // Room for twelve standard deviations of any circle, and for twice the cases of any place.
        let room = f64::from(HALF) / (6.0 * grid.total.sqrt() + 2.0 * most + 40.0);
        let fraction = (room >= 1.0).then(|| (room.log2() as u32).min(6))?;
        let low = low(usual);
        let mut circles = Circles {
            steps: Vec::new(),
            rows: Vec::new(),
            rings: Vec::new(),
            classes: Vec::new(),
            further: Further::new(smallest, grid.total, low, (1.7 * usual.0).max(1.2 * low)),
            fraction,
            low,
        };
        circles.classes = vec![Vec::new(); circles.further.classes()];
        let needed = Needed::new(smallest, grid.total, low);
        for centre in 0..grid.zones.nested.len() {
            circles.add_centre(centre, grid, &means, &needed);
        }
        Some(circles)
    }

    /// Whether circles made for what is usual now would hardly be better.
    pub(crate) fn suit(&self, usual: (f64, f64)) -> bool {
        self.low <= low(usual) && self.low >= 0.3 * usual.0
    }

    fn add_centre(&mut self, centre: usize, grid: &Grid<'_>, means: &[f64], needed: &Needed) {
        let scale = f64::from(1 << self.fraction);
        let first = self.steps.len();
        let (mut mean, mut before, mut row) = (0.0, 0_i32, grid.rows[centre]);
        for (&place, &new) in grid.zones.nested[centre].iter().zip(&grid.zones.first[centre]) {
            mean += means[place];
            // Whoever reaches the ratio has more than this, which is rounded down from a touch less.
            let need = (needed.at(mean) * scale) as i32;
            let step = (need - before).clamp(i32::from(i16::MIN), i32::from(HALF));
            before += step;
            let (at, class) = (self.steps.len(), self.further.class(mean));
            self.steps.push(Step { place: place as u32, need: step as i16 });
            self.rows.push(new.then_some(row));
            row += usize::from(new);
            match self.rings.last_mut().filter(|ring| at > first && ring.class == class) {
                Some(ring) => ring.end = at + 1,
                None => {
                    self.classes[class].push(self.rings.len());
                    self.rings.push(Ring { first, begin: at, end: at + 1, class });
                }
            }
        }
    }
}

/// A ratio that nearly all replicates reach, as a search of one by itself takes as long as that of a crowd.
fn low((middle, lowest): (f64, f64)) -> f64 {
    (0.75 * lowest).min(0.5 * middle).max(0.05)
}

/// Room for some replicates, used again.
#[derive(Debug, Default)]
pub(crate) struct Crowd {
    /// Per place, its cases.
    cases: Vec<Lane>,
    /// Per ring, the most that one of its circles has beyond its need.
    tops: Vec<Lane>,
    /// Per class, the highest of its rings.
    highest: Vec<Lane>,
    /// Per class, what a circle must have beyond its need to be looked at.
    bars: Vec<Lane>,
    /// Replicates with more cases in a place than the numbers hold.
    beyond: [bool; LANES],
}

/// The grid and its circles.
pub(crate) type At<'a> = (&'a Grid<'a>, &'a Circles);

impl Crowd {
    /// Makes room for a grid, with no cases anywhere.
    pub(crate) fn clear(&mut self, grid: &Grid<'_>) {
        self.cases.clear();
        self.cases.resize(grid.zones.places, Lane::ZERO);
        self.beyond = [false; LANES];
    }

    /// Puts the cases of one replicate, in rows of places, into a lane.
    pub(crate) fn put(&mut self, lane: usize, counts: &[u32], at: At<'_>) {
        let (grid, circles) = at;
        let most = i16::MAX as u32 >> circles.fraction;
        let mut highest = 0;
        for (row, cases) in counts.chunks_exact(grid.times).zip(&mut self.cases) {
            let count = row[grid.times - 1];
            highest = count.max(highest);
            cases.0[lane] = (count.min(most) << circles.fraction) as i16;
        }
        self.beyond[lane] = highest > most;
    }

    /// The largest ratio of each replicate; of one that has to be searched plainly, [`Circles::low`] or less.
    pub(crate) fn largest(&mut self, at: At<'_>) -> [f64; LANES] {
        let (_, circles) = at;
        self.rise(circles);
        self.bars.clear();
        self.bars.resize(circles.classes.len(), Lane::ZERO);
        let mut best = [0.0; LANES];
        for lane in 0..LANES {
            if self.beyond[lane] || self.highest.iter().any(|highest| highest.0[lane] >= HALF) {
                self.bars.iter_mut().for_each(|bar| bar.0[lane] = i16::MAX);
            } else if let Some(ring) = self.promising(lane, circles) {
                // It is usually that of the strongest circle, after which few others are worth a look.
                self.examine(lane, ring, at, &mut best);
            }
        }
        for index in 0..circles.rings.len() {
            let class = circles.rings[index].class;
            if self.tops[index].any_above(&self.bars[class]) {
                for lane in 0..LANES {
                    if self.tops[index].0[lane] > self.bars[class].0[lane] {
                        self.examine(lane, index, at, &mut best);
                    }
                }
            }
        }
        best
    }

    /// What each ring has at most beyond its need.
    fn rise(&mut self, circles: &Circles) {
        self.tops.clear();
        self.highest.clear();
        self.highest.resize(circles.classes.len(), Lane::LOWEST);
        let mut excess = Lane::ZERO;
        for ring in &circles.rings {
            if ring.begin == ring.first {
                excess = Lane::ZERO;
            }
            let mut top = Lane::LOWEST;
            for step in &circles.steps[ring.begin..ring.end] {
                let cases = &self.cases[step.place as usize];
                for lane in 0..LANES {
                    let more = excess.0[lane].saturating_add(cases.0[lane]).saturating_sub(step.need);
                    excess.0[lane] = more;
                    top.0[lane] = top.0[lane].max(more);
                }
            }
            self.highest[ring.class].raise(&top);
            self.tops.push(top);
        }
    }

    /// The ring of a replicate that seems to hold its strongest circle.
    fn promising(&self, lane: usize, circles: &Circles) -> Option<usize> {
        let scale = f64::from(1 << circles.fraction);
        let classes = self.highest.iter().map(|highest| highest.0[lane]).enumerate().filter(|&(_, top)| top > 0);
        let about = classes.map(|(class, top)| (circles.further.about(class, f64::from(top) / scale), class, top));
        let (_, class, top) = about.max_by(|a, b| a.0.total_cmp(&b.0))?;
        circles.classes[class].iter().copied().find(|&ring| self.tops[ring].0[lane] == top)
    }

    /// Works out the ratios of a ring's circles that can be the strongest of a replicate.
    fn examine(&mut self, lane: usize, ring: usize, at: At<'_>, best: &mut [f64; LANES]) {
        let (grid, circles) = at;
        let Ring { first, begin, end, class } = circles.rings[ring];
        let (inner, own) = (&circles.steps[first..begin], &circles.steps[begin..end]);
        let cases_of = |step: &Step| i32::from(self.cases[step.place as usize].0[lane]);
        let (mut cases, mut need) = (0, 0);
        for step in inner {
            cases += cases_of(step);
            need += i32::from(step.need);
        }
        let (mut bar, mut found) = (i32::from(self.bars[class].0[lane]), best[lane]);
        for (step, row) in own.iter().zip(&circles.rows[begin..end]) {
            cases += cases_of(step);
            need += i32::from(step.need);
            if cases - need > bar
                && let Some(row) = *row
            {
                let ratio = likelihood_ratio(f64::from(cases >> circles.fraction), grid.mean(row, 1), grid.total);
                if ratio > found {
                    found = ratio;
                    bar = beyond(circles, class, ratio);
                }
            }
        }
        if found > best[lane] {
            best[lane] = found;
            for (class, bars) in self.bars.iter_mut().enumerate() {
                bars.0[lane] = beyond(circles, class, found) as i16;
            }
        }
    }
}

/// What a circle with a larger ratio has more than beyond its need.
fn beyond(circles: &Circles, class: usize, ratio: f64) -> i32 {
    let cases = circles.further.cases(class, ratio) * f64::from(1 << circles.fraction);
    (cases as i32).min(i32::from(HALF))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::number::chance::Stream;
    use crate::scan::zones::{Place, ZoneLimit, Zones};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        /// Cases as chance deals them, and heaped up as it never would; few, many, and more than sixteen bits hold.
        #[test]
        fn a_crowd_has_the_ratios_of_a_search_circle_by_circle(
            seed in 0_u64..1_000_000, places in 1_usize..40, share in 0.1_f64..=1.0, uneven: bool,
            total in prop::sample::select(vec![3_u32, 40, 600, 9_000, 120_000, 900_000]), first in 0.3_f64..8.0,
        ) {
            let mut stream = Stream::new("crowds", seed);
            let at: Vec<Place> = (0..places).map(|_| Place::Plane { x: stream.uniform(), y: stream.uniform() }).collect();
            let people: Vec<f64> = (0..places).map(|_| if uneven { stream.gamma(0.4, 1.0) } else { 1.0 }).collect();
            let sum: f64 = people.iter().sum();
            let cells: Vec<f64> = people.iter().map(|p| p / sum * f64::from(total)).collect();
            let zones = Zones::circles(&at, &people, ZoneLimit::Share(share)).unwrap();
            let grid = Grid::new(&zones, &cells, 1, 1, false, f64::from(total));
            let Some(circles) = Circles::new(&grid, &cells, (first, 0.7 * first)) else { return Ok(()) };
            let mut crowd = Crowd::default();
            crowd.clear(&grid);
            let replicates: Vec<Vec<u32>> = (0..LANES).map(|lane| {
                let mut left = total;
                let heap = total / [u32::MAX, 40, 9, 1][lane % 4];
                let mut counts = vec![0; places];
                counts[stream.below(places as u32) as usize] += heap;
                left -= heap;
                for (count, cell) in counts.iter_mut().zip(&cells) {
                    let more = (stream.poisson(*cell) as u32).min(left);
                    *count += more;
                    left -= more;
                }
                counts[0] += left;
                counts
            }).collect();
            replicates.iter().enumerate().for_each(|(lane, counts)| crowd.put(lane, counts, (&grid, &circles)));
            for (counts, found) in replicates.iter().zip(crowd.largest((&grid, &circles))) {
                let mut plain = 0.0_f64;
                grid.each(counts, |window| plain = plain.max(window.score));
                prop_assert!(found <= circles.low || (found - plain).abs() <= 1e-12 * plain.max(1.0), "{found} {plain} {counts:?}");
            }
        }
    }
}
