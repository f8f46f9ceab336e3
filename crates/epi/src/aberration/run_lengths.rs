//! How long a cumulative sum of Poisson counts runs in control, for one decision interval after the other.
//!
//! The sum lives on a lattice below the decision interval: a Markov chain whose run length from 0 is the first unknown of
//! `(I - R) N = 1`. What a step does is the same in every state, but that what would lead below 0 leads to 0: with T for a chain that ends
//! there, and `-q` for the chances to end there from each state, `I - R` is T with q added to its first column, so that
//! `N₀ = (T⁻¹ 1)₀ / (1 + (T⁻¹ q)₀)`. All diagonals of T are constant, so that the solutions for one state more follow from those
//! before by Levinson's recursion: a few numbers for each state in place of a decomposition. T is an M-matrix, whose inverse has nothing
//! below 0; no step of the recursion but that of one number takes a difference.
//!
//! Source: Brook D., Evans D.A. Biometrika 1972;59:539–49 (the chain); Golub G.H., Van Loan C.F. Matrix Computations, 4th ed. 2013, 4.7
//! (Levinson's recursion).

use crate::number::counts::Law;

#[derive(Clone, Debug)]
pub(crate) struct RunLengths {
    law: Law,
    /// Probabilities of 0, 1, 2, … cases, as far as they were needed, and of so many at most.
    terms: Vec<f64>,
    at_most: Vec<f64>,
    /// Units between two states.
    lattice: usize,
    /// States that a case takes the sum up.
    step: usize,
    /// States that a step without a case takes it down.
    drop: usize,
    /// Units of the decision interval.
    units: usize,
    /// The first and the last column of T⁻¹.
    first: Vec<f64>,
    last: Vec<f64>,
    /// T⁻¹ times 1, and times q.
    ones: Vec<f64>,
    ends: Vec<f64>,
    /// Room for the columns of one state more.
    room: (Vec<f64>, Vec<f64>),
}

impl RunLengths {
    pub(crate) fn new(mean: f64, k: f64, unit: f64) -> RunLengths {
        let (step, drop) = ((1.0 / unit).round() as usize, (k / unit).round() as usize);
        // Of the multiples of the unit, the sum only ever meets those of the common divisor.
        let lattice = common_divisor(step, drop);
        RunLengths {
            law: Law::Poisson { mean },
            terms: Vec::new(),
            at_most: Vec::new(),
            lattice,
            step: step / lattice,
            drop: drop / lattice,
            units: 0,
            first: Vec::new(),
            last: Vec::new(),
            ones: Vec::new(),
            ends: Vec::new(),
            room: (Vec::new(), Vec::new()),
        }
    }

    /// The run length of the interval that is one unit longer than the one before.
    pub(crate) fn next_longer(&mut self) -> f64 {
        if self.units.is_multiple_of(self.lattice) {
            self.add_state();
        }
        self.units += 1;
        // Where rounding can no longer tell the chance to pass the interval from none, the run is at least as long as it could.
        self.ones[0] / (1.0 + self.ends[0]).max(f64::EPSILON)
    }

    fn add_state(&mut self) {
        let n = self.first.len();
        let [below, ones, ends] = self.of_new_row(n);
        let above = self.above(n);
        // The chance to end below 0 from the new state.
        let end = if n < self.drop { self.at_most((self.drop - n - 1) / self.step) } else { 0.0 };
        if n == 0 {
            let stays = if self.drop.is_multiple_of(self.step) { self.term(self.drop / self.step) } else { 0.0 };
            self.first.push(1.0 / (1.0 - stays));
            self.last.push(1.0 / (1.0 - stays));
        } else {
            self.lengthen(below, above);
        }
        let last = &self.last[..];
        for (solution, missing) in [(&mut self.ones, 1.0 - ones), (&mut self.ends, -end - ends)] {
            solution.push(0.0);
            solution.iter_mut().zip(last).for_each(|(x, l)| *x += missing * l);
        }
    }

    /// The columns for one state more, from their products with the new row and the new column of T.
    fn lengthen(&mut self, below: f64, above: f64) {
        let scale = 1.0 / (1.0 - below * above);
        let (first, last) = (&mut self.first, &mut self.last);
        let (longer_first, longer_last) = (&mut self.room.0, &mut self.room.1);
        longer_first.clear();
        longer_last.clear();
        first.push(0.0);
        // The last column moves down by one.
        let moved = || std::iter::once(0.0).chain(last.iter().copied());
        longer_first.extend(first.iter().zip(moved()).map(|(f, l)| (f - below * l) * scale));
        longer_last.extend(first.iter().zip(moved()).map(|(f, l)| (l - above * f) * scale));
        std::mem::swap(first, longer_first);
        std::mem::swap(last, longer_last);
    }

    /// The products of row n of T, left of its diagonal, with the first column and the solutions.
    fn of_new_row(&mut self, n: usize) -> [f64; 3] {
        let mut products = [0.0; 3];
        // From state n, x cases lead to `n - drop + x step`.
        for cases in self.drop.saturating_sub(n).div_ceil(self.step).. {
            let to = n + cases * self.step - self.drop;
            if to >= n {
                break;
            }
            let term = self.term(cases);
            let parts = [self.first[to], self.ones[to], self.ends[to]];
            products.iter_mut().zip(parts).for_each(|(product, part)| *product -= term * part);
        }
        products
    }

    /// The product of the first row of T, right of its diagonal, with the last column moved down by one.
    fn above(&mut self, n: usize) -> f64 {
        let mut product = 0.0;
        for cases in self.drop / self.step + 1.. {
            let to = cases * self.step - self.drop;
            if to > n {
                break;
            }
            product -= self.term(cases) * self.last[to - 1];
        }
        product
    }

    fn term(&mut self, cases: usize) -> f64 {
        while self.terms.len() <= cases {
            let term = self.law.term(self.terms.len() as f64);
            self.at_most.push(self.at_most.last().copied().unwrap_or(0.0) + term);
            self.terms.push(term);
        }
        self.terms[cases]
    }

    fn at_most(&mut self, cases: usize) -> f64 {
        self.term(cases);
        self.at_most[cases]
    }
}

fn common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The whole matrix, eliminated from the last unknown with pivots.
    fn dense(mean: f64, k: f64, h: f64, unit: f64) -> f64 {
        let states = (h / unit).round() as usize;
        let (step, drop) = ((1.0 / unit).round() as i64, (k / unit).round() as i64);
        let mut matrix = vec![vec![0.0; states + 1]; states];
        for (from, row) in matrix.iter_mut().enumerate() {
            row[from] += 1.0;
            row[states] = 1.0;
            for x in 0.. {
                let to = (from as i64 + x * step - drop).max(0) as usize;
                if to >= states {
                    break;
                }
                row[to] -= Law::Poisson { mean }.term(x as f64);
            }
        }
        for j in (0..states).rev() {
            let pivot = (0..=j).max_by(|&a, &b| matrix[a][j].abs().total_cmp(&matrix[b][j].abs())).unwrap();
            matrix.swap(pivot, j);
            let (above, rest) = matrix.split_at_mut(j);
            for other in above {
                let factor = other[j] / rest[0][j];
                other.iter_mut().zip(&rest[0]).for_each(|(a, b)| *a -= factor * b);
            }
        }
        matrix[0][states] / matrix[0][0]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn the_recursion_equals_the_dense_elimination(mean in 0.05_f64..12.0, shift in 0.2_f64..3.0, states in 1_usize..90) {
            let k = (10.0 * (mean + shift)).round() / 10.0;
            let mut lengths = RunLengths::new(mean, k, 0.1);
            let all: Vec<f64> = (0..states).map(|_| lengths.next_longer()).collect();
            for (index, length) in all.iter().enumerate().step_by(7) {
                let plain = dense(mean, k, (index + 1) as f64 / 10.0, 0.1);
                // The longer the run, the closer the matrix is to one that has no inverse.
                let allowed = plain * (1e-10 + 1e-15 * plain);
                prop_assert!((length - plain).abs() < allowed, "{index}: {length} {plain}");
            }
            prop_assert!(all.is_sorted_by(|a, b| *a <= *b * (1.0 + 1e-10 + 1e-15 * b)));
        }
    }
}
