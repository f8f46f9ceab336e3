//! What the strongest cluster would be if nothing were amiss: cases dealt out anew, and searched as the data.

use std::ops::Range;

use rayon::prelude::*;

use super::circles::{self, Circles, Crowd};
use super::cluster::{Baseline, CaseTable, Scan};
use super::deal::Dealer;
use super::lanes::{self, Group};
use super::lines::Lines;
use super::score::{Grid, Room};
use crate::number::chance::Stream;

/// Replicates run before it is looked up whether they may stop: in their order, so that threads change nothing.
const BATCH: usize = 128;

/// The strongest score of each replicate.
pub(crate) fn replicate(
    cases: &CaseTable,
    cells: &[f64],
    grid: &Grid<'_>,
    settings: &Scan,
    top: f64,
    stream: &Stream,
) -> Vec<f64> {
    let dealer = Dealer::new(cases, cells, settings.baseline == Baseline::Permutation);
    let replicates = Replicates { grid, dealer: &dealer, stream };
    let batch = if settings.stop_after.is_some() { BATCH } else { settings.replicates };
    // Any guess gives the same scores, only later: what the first replicates show serves the others.
    let mut search = Search::new(grid, cells, guess(grid));
    let mut scores: Vec<f64> = Vec::with_capacity(settings.replicates);
    let mut reached = 0;
    while scores.len() < settings.replicates {
        let from = scores.len();
        let to = if from == 0 { search.together() } else { from + batch };
        for score in replicates.run(from, to.min(settings.replicates), &search) {
            scores.push(score);
            reached += usize::from(score >= top * (1.0 - 1e-12));
            if settings.stop_after.is_some_and(|h| reached >= h) {
                return scores;
            }
        }
        if from == 0 && scores.len() < settings.replicates && !search.suits(usual(&scores)) {
            search = Search::new(grid, cells, usual(&scores));
        }
    }
    scores
}

/// About what scores will be, by the number of windows; circles share more of their cases than windows of several times do.
fn guess(grid: &Grid<'_>) -> (f64, f64) {
    let middle = if grid.longest == 1 { 0.5 } else { 0.7 } * (grid.windows_alive() as f64 + 1.0).ln();
    (middle, 0.5 * middle)
}

/// The middle and the lowest.
fn usual(scores: &[f64]) -> (f64, f64) {
    let mut sorted = scores.to_vec();
    sorted.sort_by(f64::total_cmp);
    (sorted[sorted.len() / 2], sorted[0])
}

/// How replicates are searched.
enum Search {
    /// Window by window, each replicate by itself.
    Plain,
    /// Side by side, in places and times.
    Windows(Lines),
    /// Side by side, in places alone.
    Circles(Circles),
}

impl Search {
    /// * `usual`: about the middle and the lowest of the scores.
    fn new(grid: &Grid<'_>, cells: &[f64], usual: (f64, f64)) -> Search {
        if grid.retrospective {
            return Search::Plain;
        }
        let circles = if grid.longest == 1 { Circles::new(grid, cells, usual) } else { None };
        circles.map_or_else(|| Search::Windows(Lines::new(grid, usual.0)), Search::Circles)
    }

    /// Whether a search made for what is usual now would hardly be faster.
    fn suits(&self, usual: (f64, f64)) -> bool {
        if let Search::Circles(circles) = self { circles.suit(usual) } else { false }
    }

    /// Replicates that are searched together.
    fn together(&self) -> usize {
        if let Search::Circles(_) = self { circles::LANES } else { lanes::LANES }
    }
}

struct Replicates<'a> {
    grid: &'a Grid<'a>,
    dealer: &'a Dealer,
    stream: &'a Stream,
}

impl Replicates<'_> {
    fn run(&self, from: usize, to: usize, search: &Search) -> Vec<f64> {
        let groups = (from..to).into_par_iter().step_by(search.together());
        let scores = groups.map_init(Space::default, |space, begin| {
            let members = begin..(begin + search.together()).min(to);
            match search {
                Search::Plain => members.map(|index| self.plainly(index, space)).collect(),
                Search::Windows(lines) => self.in_windows(members, lines, space),
                Search::Circles(circles) => self.in_circles(members, circles, space),
            }
        });
        scores.collect::<Vec<Vec<f64>>>().concat()
    }

    fn in_windows(&self, members: Range<usize>, lines: &Lines, space: &mut Space) -> Vec<f64> {
        space.group.clear(self.grid);
        for (lane, index) in members.clone().enumerate() {
            self.deal(index, space);
            space.group.put(lane, &space.counts, self.grid);
        }
        let best = space.group.largest(self.grid, lines);
        self.or_plainly(members, &best, lines.low, space)
    }

    fn in_circles(&self, members: Range<usize>, circles: &Circles, space: &mut Space) -> Vec<f64> {
        let at = (self.grid, circles);
        space.crowd.clear(self.grid);
        for (lane, index) in members.clone().enumerate() {
            self.deal(index, space);
            space.crowd.put(lane, &space.counts, at);
        }
        let best = space.crowd.largest(at);
        self.or_plainly(members, &best, circles.low, space)
    }

    /// The scores found, but for those that are too low to be sure of.
    fn or_plainly(&self, members: Range<usize>, best: &[f64], low: f64, space: &mut Space) -> Vec<f64> {
        let sure = |(index, &score)| if score > low { score } else { self.plainly(index, space) };
        members.zip(best).map(sure).collect()
    }

    /// The strongest score of one replicate by itself.
    fn plainly(&self, index: usize, space: &mut Space) -> f64 {
        self.deal(index, space);
        self.grid.largest(&space.counts, &mut space.room)
    }

    fn deal(&self, index: usize, space: &mut Space) {
        self.dealer.deal(&mut self.stream.part(index as u64), &mut space.counts, &mut space.times);
    }
}

/// Room for replicates, used again.
#[derive(Default)]
struct Space {
    counts: Vec<u32>,
    times: Vec<u32>,
    room: Room,
    group: Group,
    crowd: Crowd,
}
