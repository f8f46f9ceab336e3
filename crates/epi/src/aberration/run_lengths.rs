//! How long a cumulative sum of Poisson counts runs in control, for one decision interval after the other.
//!
//! The sum lives on the multiples of a unit below the decision interval: a Markov chain whose run length from 0 is the first
//! unknown of `(I - R) N = 1`. The chain of a shorter interval is a corner of that of a longer one, so that one decomposition
//! `I - R = L U`, grown state by state, gives them all: with `L y = 1` and `v U = (1, 0, …)` the run length is `Σ v y`. No count takes
//! the sum down by more than the reference value, so that below its diagonal L is a narrow band. `I - R` is an M-matrix and needs no
//! pivots.
//!
//! Source: Brook D., Evans D.A. Biometrika 1972;59:539–49 (the chain); Golub G.H., Van Loan C.F. Matrix Computations, 4th ed. 2013, 3.2
//! and 4.3.

use crate::number::counts::Law;

#[derive(Clone, Debug)]
pub(crate) struct RunLengths {
    law: Law,
    /// Probabilities of 0, 1, 2, … cases, as far as they were needed, and of so many at most.
    terms: Vec<f64>,
    at_most: Vec<f64>,
    /// States that a case takes the sum up.
    step: usize,
    /// States that a step without a case takes it down.
    drop: usize,
    /// Per column of L, what stands below the diagonal.
    lower: Vec<Vec<f64>>,
    /// Per row of U, from the diagonal on.
    upper: Vec<Vec<f64>>,
    y: Vec<f64>,
    v: Vec<f64>,
    length: f64,
    /// Room for a row or a column.
    room: Vec<f64>,
}

/// States that most charts have at most.
const MANY: usize = 64;

impl RunLengths {
    pub(crate) fn new(mean: f64, k: f64, unit: f64) -> RunLengths {
        RunLengths {
            law: Law::Poisson { mean },
            terms: Vec::new(),
            at_most: Vec::new(),
            step: (1.0 / unit).round() as usize,
            drop: (k / unit).round() as usize,
            lower: Vec::new(),
            upper: Vec::new(),
            y: Vec::new(),
            v: Vec::new(),
            length: 0.0,
            room: Vec::new(),
        }
    }

    /// The run length of the interval that is one unit longer than the one before.
    pub(crate) fn next_longer(&mut self) -> f64 {
        let n = self.upper.len();
        let below = self.add_row(n);
        let (pivot, above) = self.add_column(n);
        let start = if n == 0 { 1.0 } else { 0.0 };
        self.y.push(1.0 - below);
        self.v.push((start - above) / pivot);
        self.length += self.y[n] * self.v[n];
        self.length
    }

    /// Row n of L; its product with y comes back.
    fn add_row(&mut self, n: usize) -> f64 {
        let first = n.saturating_sub(self.drop);
        let mut row = std::mem::take(&mut self.room);
        row.clear();
        row.resize(n - first, 0.0);
        // From state n, x cases lead to `n - drop + x step`; whatever would lead below 0 leads to 0.
        let least = self.drop.saturating_sub(n).div_ceil(self.step);
        for cases in least.. {
            let to = n + cases * self.step - self.drop;
            if to >= n {
                break;
            }
            row[to - first] = -self.term(cases);
        }
        if n > 0 && self.drop >= n {
            row[0] = -self.at_most((self.drop - n) / self.step);
        }
        let mut product = 0.0;
        for j in first..n {
            let (done, rest) = row[j - first..].split_at_mut(1);
            let upper = &self.upper[j];
            let factor = done[0] / upper[0];
            if factor != 0.0 {
                rest.iter_mut().zip(&upper[1..]).for_each(|(cell, u)| *cell -= factor * u);
                product += factor * self.y[j];
            }
            self.lower[j].push(factor);
        }
        self.lower.push(Vec::with_capacity(self.drop.min(MANY)));
        self.room = row;
        product
    }

    /// Column n of U; its lowest cell and its product with v come back.
    fn add_column(&mut self, n: usize) -> (f64, f64) {
        let mut column = std::mem::take(&mut self.room);
        column.clear();
        column.resize(n + 1, 0.0);
        for cases in self.drop.div_ceil(self.step).. {
            let Some(from) = (n + self.drop).checked_sub(cases * self.step) else { break };
            column[from] = -self.term(cases);
        }
        if n == 0 {
            column[0] = -self.at_most(self.drop / self.step);
        }
        column[n] += 1.0;
        let mut product = 0.0;
        for i in 0..n {
            let (done, rest) = column[i..].split_at_mut(1);
            let factor = done[0];
            if factor != 0.0 {
                rest.iter_mut().zip(&self.lower[i]).for_each(|(cell, l)| *cell -= factor * l);
                product += factor * self.v[i];
            }
            self.upper[i].push(factor);
        }
        let pivot = column[n];
        let mut row = Vec::with_capacity(MANY);
        row.push(pivot);
        self.upper.push(row);
        self.room = column;
        (pivot, product)
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
        fn the_grown_decomposition_equals_the_dense_one(mean in 0.05_f64..12.0, shift in 0.2_f64..3.0, states in 1_usize..90) {
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
