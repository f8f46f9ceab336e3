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
    rounded: Vec<f32>,
    alive: Alive,
}

/// Of windows that end at the last time: what is expected, and `(N+μ) / 2μ(N-μ)`, per distinct zone and length from 1 on.
struct Alive {
    mean: Vec<f32>,
    bound: Vec<f32>,
}

impl Alive {
    fn new(expected: &[f64], times: usize, longest: usize, total: f64) -> Alive {
        let mut alive = Alive { mean: Vec::new(), bound: Vec::new() };
        for zone in expected.chunks(times + 1) {
            for length in 1..=longest {
                let mean = zone[times] - zone[times - length];
                let room = 2.0 * mean * (total - mean);
                alive.mean.push(mean as f32);
                alive.bound.push(if room > 0.0 { (1.000_01 * (total + mean) / room) as f32 } else { 0.0 });
            }
        }
        alive
    }
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
        let mut sums = vec![0.0; times + 1];
        for (list, first) in zones.nested.iter().zip(&zones.first) {
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
        let longest = longest.min(times);
        let alive = Alive::new(&expected, times, if retrospective { 0 } else { longest }, total);
        Grid { zones, times, longest, retrospective, total, expected, rounded, alive }
    }

    fn ends(&self) -> std::ops::RangeInclusive<usize> {
        if self.retrospective { 1..=self.times } else { self.times..=self.times }
    }

    /// Calls back with every window that has more cases than expected.
    pub(crate) fn each(&self, counts: &[u32], mut found: impl FnMut(Window)) {
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
                        let score = likelihood_ratio(c, e, self.total);
                        if score > 0.0 {
                            found(Window { centre, size: size + 1, from, to, cases: c, expected: e, score });
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
        if self.times == 1 {
            return self.largest_in_space(counts);
        }
        if !self.retrospective {
            return self.largest_alive(counts, room);
        }
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

    /// [`Grid::largest`] over windows that end at the last time, whose bound has a constant factor each.
    fn largest_alive(&self, counts: &[u32], room: &mut Room) -> f64 {
        let (width, times) = (self.longest, self.times);
        room.prepare_alive(counts, self.zones.places, times, width);
        let (mut best, mut bar, mut row) = (0.0, 0.0_f32, 0);
        for (list, first) in self.zones.nested.iter().zip(&self.zones.first) {
            room.zone.fill(0.0);
            for (&place, &new) in list.iter().zip(first) {
                let sums = &room.sums[place * width..(place + 1) * width];
                room.zone.iter_mut().zip(sums).for_each(|(z, s)| *z += s);
                if !new {
                    continue;
                }
                let span = row * width..(row + 1) * width;
                if alive_may_beat(&room.zone, &self.alive.mean[span.clone()], &self.alive.bound[span], bar) {
                    let expected = &self.expected[row * (times + 1)..(row + 1) * (times + 1)];
                    for (index, cases) in room.zone.iter().enumerate() {
                        let (cases, mean) = (f64::from(*cases), expected[times] - expected[times - index - 1]);
                        let excess = (cases - mean).max(0.0);
                        if excess * excess * (self.total + mean) > 1.999_9 * best * mean * (self.total - mean) {
                            best = likelihood_ratio(cases, mean, self.total).max(best);
                        }
                    }
                    bar = best as f32 * 0.999_9;
                }
                row += 1;
            }
        }
        best
    }

    /// [`Grid::largest`] where there is one time only: one sum per circle.
    fn largest_in_space(&self, counts: &[u32]) -> f64 {
        let total = self.total as f32 * 1.000_01;
        let (mut best, mut bar, mut row) = (0.0, 0.0_f32, 0);
        for (list, first) in self.zones.nested.iter().zip(&self.zones.first) {
            let mut cases = 0;
            for (&place, &new) in list.iter().zip(first) {
                cases += counts[place];
                if !new {
                    continue;
                }
                let mean = self.rounded[2 * row + 1];
                let excess = (cases as f32 - mean).max(0.0);
                if excess * excess * (total + mean) > bar * mean * (total - mean) {
                    best = likelihood_ratio(f64::from(cases), self.expected[2 * row + 1], self.total).max(best);
                    bar = 2.0 * best as f32 * 0.999_9;
                }
                row += 1;
            }
        }
        best
    }

    fn beat(&self, best: f64, zone: &[f32], expected: &[f64], from: usize, to: usize) -> f64 {
        let mut best = best;
        for t in from..to {
            let (cases, mean) = (f64::from(zone[to] - zone[t]), expected[to] - expected[t]);
            let excess = cases - mean;
            if excess > 0.0 && excess * excess * (self.total + mean) > 1.999_9 * best * mean * (self.total - mean) {
                best = likelihood_ratio(cases, mean, self.total).max(best);
            }
        }
        best
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

/// Whether any window that ends at the last time can beat the bar.
fn alive_may_beat(cases: &[f32], mean: &[f32], bound: &[f32], bar: f32) -> bool {
    let over = |c: f32, m: f32, b: f32| {
        let excess = (c - m).max(0.0);
        excess * excess * b > bar
    };
    // Eight at a time without a branch, so that the processor takes them together.
    let ((many, rest), (many_mean, rest_mean)) = (cases.as_chunks::<8>(), mean.as_chunks::<8>());
    let (many_bound, rest_bound) = bound.as_chunks::<8>();
    for ((c, m), b) in many.iter().zip(many_mean).zip(many_bound) {
        let mut hit = 0;
        for i in 0..8 {
            hit |= u32::from(over(c[i], m[i], b[i]));
        }
        if hit != 0 {
            return true;
        }
    }
    rest.iter().zip(rest_mean).zip(rest_bound).any(|((&c, &m), &b)| over(c, m, b))
}

/// Room for one replicate, used again.
#[derive(Default)]
pub(crate) struct Room {
    /// Per place, cases before each time.
    sums: Vec<f32>,
    zone: Vec<f32>,
}

impl Room {
    /// Per place, cases in the last time, the last two, and so on.
    fn prepare_alive(&mut self, counts: &[u32], places: usize, times: usize, longest: usize) {
        self.sums.resize(places * longest, 0.0);
        self.zone.resize(longest, 0.0);
        for (row, sums) in counts.chunks(times).zip(self.sums.chunks_mut(longest)) {
            let mut sum = 0;
            for (count, cell) in row.iter().rev().zip(sums) {
                sum += count;
                *cell = sum as f32;
            }
        }
    }

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
