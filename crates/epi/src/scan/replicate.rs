//! What the strongest cluster would be if nothing were amiss: cases dealt out anew, and searched as the data.

use rayon::prelude::*;

use super::cluster::{Baseline, CaseTable, Scan};
use super::deal::Dealer;
use super::lanes::{Group, LANES};
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
    let mut lines = Lines::new(grid, 0.7 * (grid.windows_alive() as f64 + 1.0).ln());
    let mut scores: Vec<f64> = Vec::with_capacity(settings.replicates);
    let mut reached = 0;
    while scores.len() < settings.replicates {
        let from = scores.len();
        let to = if from == 0 { LANES } else { from + batch };
        for score in replicates.run(from, to.min(settings.replicates), &lines) {
            scores.push(score);
            reached += usize::from(score >= top * (1.0 - 1e-12));
            if settings.stop_after.is_some_and(|h| reached >= h) {
                return scores;
            }
        }
        if from == 0 && scores.len() < settings.replicates {
            lines = Lines::new(grid, middle(&scores));
        }
    }
    scores
}

fn middle(scores: &[f64]) -> f64 {
    let mut sorted = scores.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

struct Replicates<'a> {
    grid: &'a Grid<'a>,
    dealer: &'a Dealer,
    stream: &'a Stream,
}

impl Replicates<'_> {
    fn run(&self, from: usize, to: usize, lines: &Lines) -> Vec<f64> {
        let groups = (from..to).into_par_iter().step_by(LANES);
        let scores = groups.map_init(Space::default, |space, begin| {
            let members = begin..(begin + LANES).min(to);
            if self.grid.retrospective {
                members.map(|index| space.plainly(index, self.grid, self.dealer, self.stream)).collect()
            } else {
                self.side_by_side(members, lines, space)
            }
        });
        scores.collect::<Vec<Vec<f64>>>().concat()
    }

    fn side_by_side(&self, members: std::ops::Range<usize>, lines: &Lines, space: &mut Space) -> Vec<f64> {
        space.group.clear(self.grid);
        for (lane, index) in members.clone().enumerate() {
            self.dealer.deal(&mut self.stream.part(index as u64), &mut space.counts, &mut space.times);
            space.group.put(lane, &space.counts, self.grid);
        }
        let best = space.group.largest(self.grid, lines);
        let plainly = |(index, score): (usize, f64), space: &mut Space| {
            if score > lines.low { score } else { space.plainly(index, self.grid, self.dealer, self.stream) }
        };
        members.zip(best).map(|found| plainly(found, space)).collect()
    }
}

/// Room for replicates, used again.
#[derive(Default)]
struct Space {
    counts: Vec<u32>,
    times: Vec<u32>,
    room: Room,
    group: Group,
}

impl Space {
    /// The strongest score of one replicate by itself.
    fn plainly(&mut self, index: usize, grid: &Grid<'_>, dealer: &Dealer, stream: &Stream) -> f64 {
        dealer.deal(&mut stream.part(index as u64), &mut self.counts, &mut self.times);
        grid.largest(&self.counts, &mut self.room)
    }
}
