//! The likelihood ratio of windows, and the largest over all of them.

use super::zones::Zones;

/// `c ln(c/μ) + (N-c) ln((N-c)/(N-μ))` where there are more cases than expected, else 0.
pub(crate) fn likelihood_ratio(cases: f64, expected: f64, total: f64) -> f64 {
    if cases <= expected || expected <= 0.0 {
        return 0.0;
    }
    let rest = total - cases;
    let outside = if rest > 0.0 { rest * (rest / (total - expected)).ln() } else { 0.0 };
    cases * (cases / expected).ln() + outside
}

/// A window: a zone from one day to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Window {
    pub(crate) centre: usize,
    pub(crate) size: usize,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) cases: f64,
    pub(crate) expected: f64,
    pub(crate) score: f64,
}

/// Which windows are looked at, with what is expected in each.
pub(crate) struct Grid<'a> {
    pub(crate) zones: &'a Zones,
    pub(crate) times: usize,
    /// Longest window.
    pub(crate) longest: usize,
    /// Whether windows may end before the last time.
    pub(crate) retrospective: bool,
    pub(crate) total: f64,
    /// Per distinct zone, what is expected from the first time up to before each.
    expected: Vec<f64>,
    /// The same in single precision.
    rounded: Vec<f32>,
    /// Per centre, the first of its distinct zones.
    pub(crate) rows: Vec<usize>,
}

impl<'a> Grid<'a> {
    /// `cells`: expected per place and time, in rows of places.
    pub(crate) fn new(
        zones: &'a Zones,
        cells: &[f64],
        times: usize,
        longest: usize,
        retrospective: bool,
        total: f64,
    ) -> Grid<'a> {
        let mut expected = Vec::new();
        let mut rows = Vec::with_capacity(zones.nested.len());
        let mut sums = vec![0.0; times + 1];
        for (list, first) in zones.nested.iter().zip(&zones.first) {
            rows.push(expected.len() / (times + 1));
            let mut zone = vec![0.0; times + 1];
            for (&place, &new) in list.iter().zip(first) {
                let mut sum = 0.0;
                for t in 0..times {
                    sum += cells[place * times + t];
                    sums[t + 1] = sum;
                }
                zone.iter_mut().zip(&sums).for_each(|(z, s)| *z += s);
                if new {
                    expected.extend_from_slice(&zone);
                }
            }
        }
        let rounded = expected.iter().map(|&e| e as f32).collect();
        Grid { zones, times, longest: longest.min(times), retrospective, total, expected, rounded, rows }
    }

    /// What is expected in the last so many times of a distinct zone.
    pub(crate) fn mean(&self, row: usize, length: usize) -> f64 {
        let zone = &self.expected[row * (self.times + 1)..];
        zone[self.times] - zone[self.times - length]
    }

    /// The number of windows that end at the last time.
    pub(crate) fn windows_alive(&self) -> usize {
        self.expected.len() / (self.times + 1) * self.longest
    }

    /// Calls back with what is expected in every window that ends at the last time: zone after zone, the shortest first.
    pub(crate) fn each_mean(&self, mut found: impl FnMut(f64)) {
        for zone in self.expected.chunks(self.times + 1) {
            (1..=self.longest).for_each(|length| found(zone[self.times] - zone[self.times - length]));
        }
    }

    fn ends(&self) -> std::ops::RangeInclusive<usize> {
        if self.retrospective { 1..=self.times } else { self.times..=self.times }
    }

    /// Calls back with every window that has more cases than expected.
    pub(crate) fn each(&self, counts: &[u32], mut found: impl FnMut(Window)) {
        self.each_excess(counts, |w| {
            found(Window { score: likelihood_ratio(w.cases, w.expected, self.total), ..w });
        });
    }

    /// The strongest window of every distinct zone that has one with more cases than expected, and the number of such windows.
    pub(crate) fn strongest_of_zones(&self, counts: &[u32]) -> (Vec<Window>, usize) {
        let (mut found, mut windows): (Vec<Window>, usize) = (Vec::new(), 0);
        self.each_excess(counts, |w| {
            windows += 1;
            let best = found.last_mut().filter(|b| (b.centre, b.size) == (w.centre, w.size));
            if best.as_ref().is_some_and(|b| !self.can_beat(w.cases, w.expected, b.score)) {
                return;
            }
            let scored = Window { score: likelihood_ratio(w.cases, w.expected, self.total), ..w };
            match best {
                Some(best) if scored.score > best.score => *best = scored,
                Some(_) => {}
                None => found.push(scored),
            }
        });
        (found, windows)
    }

    /// Calls back with every window that has more cases than expected, not yet scored.
    fn each_excess(&self, counts: &[u32], mut found: impl FnMut(Window)) {
        let width = self.times + 1;
        let mut zone = vec![0.0; width];
        let mut row = 0;
        for (centre, (list, first)) in self.zones.nested.iter().zip(&self.zones.first).enumerate() {
            zone.fill(0.0);
            for (size, (&place, &new)) in list.iter().zip(first).enumerate() {
                let mut sum = 0.0;
                for t in 0..self.times {
                    sum += f64::from(counts[place * self.times + t]);
                    zone[t + 1] += sum;
                }
                if !new {
                    continue;
                }
                let expected = &self.expected[row * width..(row + 1) * width];
                row += 1;
                for to in self.ends() {
                    for from in to.saturating_sub(self.longest)..to {
                        let (c, e) = (zone[to] - zone[from], expected[to] - expected[from]);
                        if c > e && e > 0.0 {
                            found(Window { centre, size: size + 1, from, to, cases: c, expected: e, score: 0.0 });
                        }
                    }
                }
            }
        }
    }

    /// The largest score over all windows, by a bound that spares most logarithms.
    ///
    /// With `d = c - μ` and `M = N - μ`, `c ln(c/μ) - d ≤ d²/2μ` and `(M-d) ln(1-d/M) + d ≤ d²/M`, so that a window can only
    /// beat the best so far where `d² (N + μ) > 2 μ M best`. The bound is checked in single precision with a margin.
    pub(crate) fn largest(&self, counts: &[u32], room: &mut Room) -> f64 {
        let width = self.times + 1;
        room.prepare(counts, self.zones.places, self.times);
        let total = self.total as f32 * 1.000_01;
        let mut best = 0.0;
        let mut row = 0;
        for (list, first) in self.zones.nested.iter().zip(&self.zones.first) {
            room.zone.fill(0.0);
            for (&place, &new) in list.iter().zip(first) {
                let sums = &room.sums[place * width..(place + 1) * width];
                room.zone.iter_mut().zip(sums).for_each(|(z, s)| *z += s);
                if !new {
                    continue;
                }
                let span = row * width..(row + 1) * width;
                row += 1;
                let rounded = &self.rounded[span.clone()];
                for to in self.ends() {
                    let from = to.saturating_sub(self.longest);
                    let bar = 2.0 * best as f32 * 0.999_9;
                    if may_beat(&room.zone[from..=to], &rounded[from..=to], total, bar) {
                        best = self.beat(best, &room.zone, &self.expected[span.clone()], from, to);
                    }
                }
            }
        }
        best
    }

    fn beat(&self, best: f64, zone: &[f32], expected: &[f64], from: usize, to: usize) -> f64 {
        let mut best = best;
        for t in from..to {
            let (cases, mean) = (f64::from(zone[to] - zone[t]), expected[to] - expected[t]);
            if self.can_beat(cases, mean, best) {
                best = likelihood_ratio(cases, mean, self.total).max(best);
            }
        }
        best
    }

    /// The bound of [`Grid::largest`] in double precision.
    fn can_beat(&self, cases: f64, mean: f64, best: f64) -> bool {
        let excess = cases - mean;
        excess > 0.0 && excess * excess * (self.total + mean) > 1.999_9 * best * mean * (self.total - mean)
    }
}

/// Whether any window from a time up to the last of the slices can beat the bar.
fn may_beat(zone: &[f32], expected: &[f32], total: f32, bar: f32) -> bool {
    let (Some((&end, zone)), Some((&mean_end, expected))) = (zone.split_last(), expected.split_last()) else {
        return false;
    };
    let over = |z: f32, e: f32| {
        let mean = mean_end - e;
        let excess = ((end - z) - mean).max(0.0);
        excess * excess * (total + mean) > bar * mean * (total - mean)
    };
    // Eight at a time without a branch, so that the processor takes them together.
    let (many, rest) = zone.as_chunks::<8>();
    let (many_expected, rest_expected) = expected.as_chunks::<8>();
    for (z, e) in many.iter().zip(many_expected) {
        let mut hit = 0;
        for i in 0..8 {
            hit |= u32::from(over(z[i], e[i]));
        }
        if hit != 0 {
            return true;
        }
    }
    rest.iter().zip(rest_expected).any(|(&z, &e)| over(z, e))
}

/// Room for one replicate, used again.
#[derive(Default)]
pub(crate) struct Room {
    /// Per place, cases before each time.
    sums: Vec<f32>,
    zone: Vec<f32>,
}

impl Room {
    fn prepare(&mut self, counts: &[u32], places: usize, times: usize) {
        let width = times + 1;
        self.sums.resize(places * width, 0.0);
        self.zone.resize(width, 0.0);
        for place in 0..places {
            let mut sum = 0.0;
            for t in 0..times {
                sum += counts[place * times + t] as f32;
                self.sums[place * width + t + 1] = sum;
            }
        }
    }
}
