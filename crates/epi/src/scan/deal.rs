//! Cases dealt out anew as if nothing were amiss.

use super::alias::{Alias, alias_table, draw};
use super::cluster::CaseTable;
use crate::number::chance::Stream;
use crate::number::gamma::poisson_term;

/// Deals the cases out anew.
pub(crate) struct Dealer {
    kind: Kind,
    cells: usize,
}

enum Kind {
    /// Times are shuffled over cases.
    Permutation {
        /// Time of each case, place after place.
        times: Vec<u32>,
        /// Where the place of each case begins.
        offsets: Vec<u32>,
    },
    /// Each case falls on a cell by what is expected there.
    Poisson {
        cells: Vec<Alias>,
        cases: u32,
        /// Where cases are many: most of them at once.
        most: Option<Most>,
    },
}

impl Dealer {
    /// * `expected`: per cell, for other than permutations.
    pub(crate) fn new(cases: &CaseTable, expected: &[f64], permutation: bool) -> Dealer {
        let of = cases.counts.len();
        if !permutation {
            let total = cases.total();
            let most = (total > MANY * of as f64).then(|| Most::new(expected, total));
            let kind = Kind::Poisson { cells: alias_table(expected), cases: total as u32, most };
            return Dealer { kind, cells: of };
        }
        let (mut times, mut offsets) = (Vec::new(), Vec::new());
        for (index, &count) in cases.counts.iter().enumerate() {
            let time = index % cases.times;
            times.extend(std::iter::repeat_n(time as u32, count as usize));
            offsets.extend(std::iter::repeat_n((index - time) as u32, count as usize));
        }
        Dealer { kind: Kind::Permutation { times, offsets }, cells: of }
    }

    /// Cases per cell of one replicate; `order` is room for a permutation.
    pub(crate) fn deal(&self, stream: &mut Stream, counts: &mut Vec<u32>, order: &mut Vec<u32>) {
        counts.clear();
        counts.resize(self.cells, 0);
        match &self.kind {
            Kind::Permutation { times, offsets } => {
                order.clone_from(times);
                for i in (0..order.len()).rev() {
                    // What stands at i after the exchange is drawn; the first has no choice left.
                    let from = if i > 0 { stream.below(i as u32 + 1) as usize } else { 0 };
                    let time = order[from];
                    order[from] = order[i];
                    counts[(offsets[i] + time) as usize] += 1;
                }
            }
            Kind::Poisson { cells, cases, most } => {
                let dealt = most.as_ref().map_or(0, |most| most.deal(*cases, stream, counts));
                let (pairs, odd) = ((cases - dealt) / 2, (cases - dealt) % 2);
                for _ in 0..pairs {
                    let (first, second) = halves(stream);
                    counts[draw(cells, first) as usize] += 1;
                    counts[draw(cells, second) as usize] += 1;
                }
                for _ in 0..odd {
                    counts[draw(cells, halves(stream).0) as usize] += 1;
                }
            }
        }
    }
}

/// Two random numbers of 32 bits.
#[inline]
fn halves(stream: &mut Stream) -> (u32, u32) {
    let bits = stream.bits();
    ((bits >> 32) as u32, bits as u32)
}

/// More cases than this in a cell, and they are dealt out many at once.
const MANY: f64 = 4.0;

/// A Poisson count for each cell, a little fewer in all than there are cases.
///
/// Given their sum, independent Poisson counts are dealt out as so many single cases would be. A sum beyond the number of cases is
/// drawn again, which does not change that; what is missing follows case by case.
struct Most {
    /// Per cell, one table after the other.
    tables: Vec<Alias>,
    /// Per cell, how long its table is and the count of its first entry.
    spans: Vec<(usize, u32)>,
}

impl Most {
    fn new(expected: &[f64], total: f64) -> Most {
        // One standard deviation fewer: one draw in six is too many.
        let scale = (total - total.sqrt()) / expected.iter().sum::<f64>();
        let mut most = Most { tables: Vec::new(), spans: Vec::with_capacity(expected.len()) };
        for mean in expected.iter().map(|e| e * scale) {
            let (first, weights) = poisson_weights(mean);
            most.spans.push((weights.len(), first));
            most.tables.extend(alias_table(&weights));
        }
        most
    }

    /// How many were dealt.
    fn deal(&self, cases: u32, stream: &mut Stream, counts: &mut [u32]) -> u32 {
        loop {
            let (mut rest, mut sum) = (&self.tables[..], 0);
            for (counts, spans) in counts.chunks_mut(2).zip(self.spans.chunks(2)) {
                let (first, second) = halves(stream);
                for ((count, &(length, least)), bits) in counts.iter_mut().zip(spans).zip([first, second]) {
                    let (table, others) = rest.split_at(length);
                    *count = least + draw(table, bits);
                    sum += *count;
                    rest = others;
                }
            }
            if sum <= cases {
                return sum;
            }
        }
    }
}

/// The probabilities of counts around a mean, and the smallest of these counts; rarer ones than a draw can tell are left out.
fn poisson_weights(mean: f64) -> (u32, Vec<f64>) {
    let middle = mean.floor();
    let top = poisson_term(middle, mean);
    // The quotients do not wait for one another, as the products have to.
    let mut weights = Vec::with_capacity(16 * mean.sqrt() as usize + 32);
    weights.push(top);
    let (mut weight, mut first) = (top, middle);
    while first > 0.0 && weight > RARE {
        weight *= first / mean;
        first -= 1.0;
        weights.push(weight);
    }
    weights.reverse();
    let (mut weight, mut above) = (top, middle);
    while weight > RARE {
        above += 1.0;
        weight *= mean / above;
        weights.push(weight);
    }
    (first as u32, weights)
}

/// A draw has 32 bits, some of which say which entry of a table of hundreds it is.
const RARE: f64 = 1e-12;

#[cfg(test)]
mod tests {
    use super::*;

    /// Cases dealt out by expectation are multinomial: mean `N p`, variance `N p (1-p)`, covariance `-N p q`.
    #[test]
    fn many_cases_dealt_at_once_are_multinomial() {
        let expected = [700.0, 90.0, 0.0, 10.0, 200.0];
        let table = CaseTable::new(&[vec![1000], vec![0], vec![0], vec![0], vec![0]]).unwrap();
        let dealer = Dealer::new(&table, &expected, false);
        let (mut stream, mut counts) = (Stream::new("multinomial", 1), Vec::new());
        let runs = 20_000;
        let (mut sums, mut squares, mut cross) = ([0.0; 5], [0.0; 5], 0.0);
        for _ in 0..runs {
            dealer.deal(&mut stream, &mut counts, &mut Vec::new());
            assert_eq!(counts.iter().sum::<u32>(), 1000);
            let off: Vec<f64> = counts.iter().zip(expected).map(|(&c, e)| f64::from(c) - e).collect();
            for i in 0..5 {
                sums[i] += off[i] / f64::from(runs);
                squares[i] += off[i] * off[i] / f64::from(runs);
            }
            cross += off[0] * off[4] / f64::from(runs);
        }
        for i in 0..5 {
            let variance = expected[i] * (1.0 - expected[i] / 1000.0);
            assert!(sums[i].abs() <= 5.0 * (variance / f64::from(runs)).sqrt(), "{i}: {sums:?}");
            assert!((squares[i] - variance).abs() <= 0.06 * variance, "{i}: {squares:?}");
        }
        assert!((cross + 140.0).abs() < 10.0, "{cross}");
    }
}
