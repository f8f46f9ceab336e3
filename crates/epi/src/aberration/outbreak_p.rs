use super::glr::smallest;
use crate::Refusal;

/// Has a rise begun, whatever the level? (OutbreakP, Frisén and Andersson.)
///
/// With `ŷ` the isotonic (never falling) regression of `y_1..y_i` and `ȳ` their mean:
/// `P_i = Π_j (ŷ_j / ȳ)^{y_j}`; it rings where `P_i > k`, for 100 usually. No baseline and no parameter is estimated.
/// The statistic comes as its logarithm, which does not overflow at high counts.
///
/// * `counts`: cases per step, none unknown or negative, from before the rise on.
///
/// Do not use it over more than one season: after the first rise it stays high. It promises no rate of false alarms: at
/// `k = 100` about one chart in eight rings within fifteen calm weeks.
///
/// # Errors
/// [`Refusal::Unknown`] and [`Refusal::NegativeCount`] name the first count that is.
///
/// Source: Frisén M., Andersson E., Schiöler L. Stat Med 2009;28:2045–65, doi 10.1002/sim.3611.
pub fn outbreak_p(counts: &[f64]) -> Result<Vec<f64>, Refusal> {
    if let Some(at) = counts.iter().position(|y| y.is_nan()) {
        return Err(Refusal::Unknown { at });
    }
    if let Some(at) = counts.iter().position(|&y| y < 0.0) {
        return Err(Refusal::NegativeCount { at, count: counts[at] });
    }
    // The regression on i+1 values is that on i with the last blocks pooled: one pass serves all i.
    let mut blocks: Vec<Block> = Vec::new();
    let (mut total, mut logs) = (0.0, 0.0);
    Ok(counts
        .iter()
        .enumerate()
        .map(|(i, &y)| {
            total += y;
            let mut last = Block { sum: y, length: 1.0 };
            logs += last.part();
            while let Some(before) = blocks.last().filter(|b| b.sum * last.length >= last.sum * b.length).copied() {
                blocks.pop();
                logs -= before.part() + last.part();
                last = Block { sum: before.sum + last.sum, length: before.length + last.length };
                logs += last.part();
            }
            blocks.push(last);
            let mean = Block { sum: total, length: (i + 1) as f64 };
            if blocks.len() == 1 { 0.0 } else { logs - mean.part() }
        })
        .collect())
}

/// The smallest whole count of the last step with which the chart would have rung there at `threshold`; `None` where none up to
/// 100,000 would, and where it rings without any case.
///
/// # Errors
/// Those of [`outbreak_p`].
pub fn least_case(counts: &[f64], threshold: f64) -> Result<Option<f64>, Refusal> {
    let Some((_, past)) = counts.split_last() else { return Ok(None) };
    outbreak_p(past)?;
    let mut tried = past.to_vec();
    tried.push(0.0);
    let last = tried.len() - 1;
    let rings = |count: u32| {
        let mut tried = tried.clone();
        tried[last] = f64::from(count);
        outbreak_p(&tried).is_ok_and(|logs| logs[last] > threshold.ln())
    };
    Ok(smallest(MOST_CASES, rings).filter(|&count| count > 0).map(f64::from))
}

/// Where the search for the count that rings ends.
const MOST_CASES: u32 = 100_000;

#[derive(Clone, Copy)]
struct Block {
    sum: f64,
    length: f64,
}

impl Block {
    /// `Σ y ln ŷ` within the block.
    fn part(self) -> f64 {
        if self.sum > 0.0 { self.sum * (self.sum / self.length).ln() } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every count tried, one after the other.
    fn one_by_one(past: &[f64], threshold: f64) -> Option<f64> {
        let rings = |count: &f64| {
            let all: Vec<f64> = past.iter().copied().chain([*count]).collect();
            outbreak_p(&all).unwrap().last().is_some_and(|&log| log > threshold.ln())
        };
        (0..3000).map(f64::from).find(rings).filter(|&count| count > 0.0)
    }

    #[test]
    fn the_least_case_is_the_first_of_all_that_rings() {
        let pasts: [&[f64]; 5] =
            [&[20.0, 18.0, 25.0], &[0.0, 0.0, 1.0, 0.0], &[900.0, 1000.0, 950.0], &[3.0, 9.0, 2.0, 14.0], &[7.0]];
        for past in pasts {
            for threshold in [5.0, 100.0, 1000.0] {
                let all: Vec<f64> = past.iter().copied().chain([0.0]).collect();
                assert_eq!(least_case(&all, threshold).unwrap(), one_by_one(past, threshold), "{past:?} {threshold}");
            }
        }
    }

    #[test]
    fn the_count_of_the_step_itself_does_not_matter_to_its_least_case() {
        let least = |last: f64| least_case(&[20.0, 18.0, 25.0, last], 100.0).unwrap();
        assert_eq!((least(0.0), least(39.0), least(500.0)), (Some(39.0), Some(39.0), Some(39.0)));
    }

    #[test]
    fn where_it_rings_without_a_case_or_never_there_is_no_least_one() {
        assert_eq!(least_case(&[], 100.0), Ok(None));
        // A first step alone has nothing to be compared with.
        assert_eq!(least_case(&[4.0], 100.0), Ok(None));
        assert_eq!(least_case(&[f64::NAN, 4.0], 100.0), Err(Refusal::Unknown { at: 0 }));
    }
}
