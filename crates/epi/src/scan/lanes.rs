//! Many replicates side by side: what is the same for all of them is read once, and the processor takes several at a time.
//!
//! The likelihood ratio of a window is convex in its cases. Between two ratios, one that replicates surely reach and one that they
//! hardly reach, it lies below a straight line, so that one subtraction and one product say whether a window can be the strongest.
//! Logarithms are left for the few that can: what comes out is the largest ratio itself, not a bound.

use super::lines::{Line, Lines};
use super::score::{Grid, likelihood_ratio};

/// Replicates that are searched together.
pub(crate) const LANES: usize = 16;

/// One number per replicate, placed so that the processor can load several at once.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Lane([f32; LANES]);

impl Lane {
    const ZERO: Lane = Lane([0.0; LANES]);
}

/// Room for some replicates, used again.
#[derive(Debug, Default)]
pub(crate) struct Group {
    /// Per place: cases in the last time, the last two, and so on.
    sums: Vec<Lane>,
    zone: Vec<Lane>,
    /// The zone of one replicate.
    one: Vec<f32>,
    /// Per centre, the highest line of its windows.
    tops: Vec<Lane>,
}

impl Group {
    /// Makes room for a grid, with no cases anywhere.
    pub(crate) fn clear(&mut self, grid: &Grid<'_>) {
        self.sums.clear();
        self.sums.resize(grid.zones.places * grid.longest, Lane::ZERO);
        self.zone.clear();
        self.zone.resize(grid.longest, Lane::ZERO);
        self.tops.clear();
    }

    /// Puts the cases of one replicate, in rows of places, into a lane.
    pub(crate) fn put(&mut self, lane: usize, counts: &[u32], grid: &Grid<'_>) {
        for (row, sums) in counts.chunks(grid.times).zip(self.sums.chunks_mut(grid.longest)) {
            let mut sum = 0;
            for (count, cell) in row.iter().rev().zip(sums) {
                sum += count;
                cell.0[lane] = sum as f32;
            }
        }
    }

    /// The largest ratio of each replicate; of one that stays below [`Lines::low`], less.
    pub(crate) fn largest(&mut self, grid: &Grid<'_>, lines: &Lines) -> [f64; LANES] {
        let mut best = Best { ratio: [0.0; LANES], bar: [lines.bar(0.0); LANES] };
        let (mut highest, mut promising) = (best.bar, [None; LANES]);
        for centre in 0..grid.zones.nested.len() {
            let top = self.top(centre, grid, lines);
            for (lane, height) in top.0.into_iter().enumerate() {
                if height > highest[lane] {
                    (highest[lane], promising[lane]) = (height, Some(centre));
                }
            }
            self.tops.push(top);
        }
        // The centre with the highest line is usually that of the strongest window, after which few others are worth a look.
        for (lane, centre) in promising.into_iter().enumerate() {
            if let Some(centre) = centre {
                self.examine_one(lane, centre, (grid, lines), &mut best);
            }
        }
        for centre in 0..self.tops.len() {
            let top = self.tops[centre].0;
            match (0..LANES).filter(|&l| top[l] > best.bar[l]).count() {
                0 => {}
                1..=3 => {
                    for (lane, height) in top.into_iter().enumerate() {
                        if height > best.bar[lane] {
                            self.examine_one(lane, centre, (grid, lines), &mut best);
                        }
                    }
                }
                _ => self.examine(centre, (grid, lines), &mut best),
            }
        }
        best.ratio
    }

    /// The highest line of a centre's windows.
    fn top(&mut self, centre: usize, grid: &Grid<'_>, lines: &Lines) -> Lane {
        let width = grid.longest;
        let mut top = Lane::ZERO;
        let mut rest = &lines.lines[grid.rows[centre] * width..];
        self.zone.fill(Lane::ZERO);
        for (&place, &new) in grid.zones.nested[centre].iter().zip(&grid.zones.first[centre]) {
            let sums = &self.sums[place * width..(place + 1) * width];
            if new {
                let (own, others) = rest.split_at(width);
                rest = others;
                widen_and_rise(&mut self.zone, sums, own, &mut top);
            } else {
                widen(&mut self.zone, sums);
            }
        }
        top
    }

    /// Works out the ratios of a centre's windows that can be the strongest of any replicate.
    fn examine(&mut self, centre: usize, at: (&Grid<'_>, &Lines), best: &mut Best) {
        let (grid, lines) = at;
        let width = grid.longest;
        let mut row = grid.rows[centre];
        self.zone.fill(Lane::ZERO);
        for (&place, &new) in grid.zones.nested[centre].iter().zip(&grid.zones.first[centre]) {
            let sums = &self.sums[place * width..(place + 1) * width];
            if !new {
                widen(&mut self.zone, sums);
                continue;
            }
            let own = &lines.lines[row * width..(row + 1) * width];
            let mut top = Lane::ZERO;
            widen_and_rise(&mut self.zone, sums, own, &mut top);
            for (lane, height) in top.0.into_iter().enumerate() {
                if height > best.bar[lane] {
                    best.work_out(lane, self.zone.iter().map(|z| z.0[lane]), row, at);
                }
            }
            row += 1;
        }
    }

    /// [`Group::examine`] for one replicate.
    fn examine_one(&mut self, lane: usize, centre: usize, at: (&Grid<'_>, &Lines), best: &mut Best) {
        let (grid, lines) = at;
        let width = grid.longest;
        let mut row = grid.rows[centre];
        self.one.clear();
        self.one.resize(width, 0.0);
        for (&place, &new) in grid.zones.nested[centre].iter().zip(&grid.zones.first[centre]) {
            let sums = &self.sums[place * width..(place + 1) * width];
            self.one.iter_mut().zip(sums).for_each(|(z, s)| *z += s.0[lane]);
            if new {
                let own = &lines.lines[row * width..(row + 1) * width];
                if self.one.iter().zip(own).any(|(&z, line)| line.at(z) > best.bar[lane]) {
                    best.work_out(lane, self.one.iter().copied(), row, at);
                }
                row += 1;
            }
        }
    }
}

/// The best so far of each replicate.
struct Best {
    ratio: [f64; LANES],
    bar: [f32; LANES],
}

impl Best {
    /// The ratios of a zone whose lines pass the bar.
    fn work_out(&mut self, lane: usize, zone: impl Iterator<Item = f32>, row: usize, at: (&Grid<'_>, &Lines)) {
        let (grid, lines) = at;
        let own = &lines.lines[row * grid.longest..];
        for (index, (cases, line)) in zone.zip(own).enumerate() {
            if line.at(cases) > self.bar[lane] {
                let ratio = likelihood_ratio(f64::from(cases), grid.mean(row, index + 1), grid.total);
                if ratio > self.ratio[lane] {
                    self.ratio[lane] = ratio;
                    self.bar[lane] = lines.bar(ratio);
                }
            }
        }
    }
}

/// Adds a place to a zone.
#[inline]
fn widen(zone: &mut [Lane], sums: &[Lane]) {
    for (z, s) in zone.iter_mut().zip(sums) {
        for lane in 0..LANES {
            z.0[lane] += s.0[lane];
        }
    }
}

/// Adds a place to a zone and takes the highest line of its windows.
#[inline]
fn widen_and_rise(zone: &mut [Lane], sums: &[Lane], lines: &[Line], top: &mut Lane) {
    let mut highest = *top;
    for ((z, s), line) in zone.iter_mut().zip(sums).zip(lines) {
        for lane in 0..LANES {
            z.0[lane] += s.0[lane];
            let height = line.at(z.0[lane]);
            highest.0[lane] = if height > highest.0[lane] { height } else { highest.0[lane] };
        }
    }
    *top = highest;
}
