use super::serial_interval::SerialInterval;
use crate::Refusal;
use crate::number::normal;

/// How many each case of a window of days went on to infect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CasePoint {
    /// First day, from 0.
    pub start: usize,
    /// Last day.
    pub end: usize,
    /// Mean over the cases of the window.
    pub mean: f64,
    /// Standard deviation over who may have infected whom.
    pub sd: f64,
    /// Ends of the interval of the given level.
    pub interval: (f64, f64),
}

/// How many did each case infect, looking back? (Wallinga and Teunis.)
///
/// Case i was infected by a case of day j with chance `p_ij = w_{i-j} / Σ_k I_k w_{i-k}`; `R_j = Σ_i I_i p_ij`, and a window has
/// the mean over its cases. Given the chances, the number infected by the window is a sum of independent binomial counts
/// `B(I_i, Σ_{j in window} I_j p_ij)`: its distribution is added up exactly (by a normal law with continuity beyond 3000
/// later cases), where others sample ancestries.
///
/// * `counts`: cases by onset per day, none unknown.
///
/// The last serial interval is too low: who they will infect has not fallen ill yet. Use [`super::cori`] for the present.
///
/// # Errors
/// [`Refusal::SeriesTooShort`] if there are fewer days than `window + 1`, [`Refusal::Unknown`].
///
/// Source: Wallinga J., Teunis P. Am J Epidemiol 2004;160:509–16, doi 10.1093/aje/kwh255.
pub fn wallinga_teunis(
    counts: &[f64],
    si: &SerialInterval,
    window: usize,
    level: crate::Probability,
) -> Result<Vec<CasePoint>, Refusal> {
    if window == 0 || counts.len() < window + 1 {
        return Err(Refusal::SeriesTooShort { have: counts.len(), need: window + 1 });
    }
    if let Some(at) = counts.iter().position(|x| x.is_nan()) {
        return Err(Refusal::Unknown { at });
    }
    let w = si.weights();
    let days = counts.len();
    let weight = |i: usize, j: usize| w.get(i - j).copied().unwrap_or(0.0);
    let force: Vec<f64> = (0..days).map(|i| (0..i).map(|j| counts[j] * weight(i, j)).sum()).collect();
    let first = counts.iter().position(|&x| x > 0.0).unwrap_or(days);
    let mut points = Vec::new();
    for start in 1..=days - window {
        let end = start + window - 1;
        let cases: f64 = counts[start..=end].iter().sum();
        if cases <= 0.0 || start < first {
            continue;
        }
        // Later cases per day, and the chance that one of them was infected from within the window.
        let shares: Vec<(f64, f64)> = (start + 1..days)
            .filter(|&i| counts[i] > 0.0 && force[i] > 0.0)
            .map(|i| {
                let from: f64 = (start..=end.min(i - 1)).map(|j| counts[j] * weight(i, j)).sum();
                (counts[i], (from / force[i]).min(1.0))
            })
            .filter(|(_, p)| *p > 0.0)
            .collect();
        points.push(point(start, end, cases, &shares, level.get()));
    }
    Ok(points)
}

fn point(start: usize, end: usize, cases: f64, shares: &[(f64, f64)], level: f64) -> CasePoint {
    let mean: f64 = shares.iter().map(|(n, p)| n * p).sum();
    let variance: f64 = shares.iter().map(|(n, p)| n * p * (1.0 - p)).sum();
    let (low, high) = ((1.0 - level) / 2.0, (1.0 + level) / 2.0);
    let total: f64 = shares.iter().map(|(n, _)| n).sum();
    let interval = if total > 3000.0 || shares.iter().any(|(n, _)| n.fract() != 0.0) {
        let z = normal::quantile(high);
        let reach = z * variance.sqrt();
        ((mean - reach).max(0.0), mean + reach)
    } else {
        quantiles(&distribution(shares), low, high)
    };
    let per_case = |x: f64| x / cases;
    CasePoint {
        start,
        end,
        mean: per_case(mean),
        sd: per_case(variance.sqrt()),
        interval: (per_case(interval.0), per_case(interval.1)),
    }
}

/// Distribution of a sum of binomial counts, one trial at a time.
fn distribution(shares: &[(f64, f64)]) -> Vec<f64> {
    let mut chances = vec![1.0];
    for &(n, p) in shares {
        for _ in 0..n as usize {
            chances.push(0.0);
            for k in (1..chances.len()).rev() {
                chances[k] = chances[k] * (1.0 - p) + chances[k - 1] * p;
            }
            chances[0] *= 1.0 - p;
        }
    }
    chances
}

fn quantiles(chances: &[f64], low: f64, high: f64) -> (f64, f64) {
    let reach = |p: f64| {
        let mut sum = 0.0;
        chances.iter().position(|c| {
            sum += c;
            sum >= p * (1.0 - 1e-12)
        })
    };
    let at = |p: f64| reach(p).unwrap_or(chances.len() - 1) as f64;
    (at(low), at(high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Probability;

    #[test]
    fn every_case_that_has_an_infector_is_counted_once() {
        let si = SerialInterval::from_weights(vec![0.0, 0.3, 0.5, 0.2]).unwrap();
        let counts = [2.0, 3.0, 4.0, 6.0, 8.0, 6.0, 3.0, 1.0];
        let level = Probability::new("level", 0.95).unwrap();
        let daily = wallinga_teunis(&counts, &si, 1, level).unwrap();
        let infected: f64 = daily.iter().map(|p| p.mean * counts[p.start]).sum();
        // Day 1 and 2 cases may also stem from day 0, which has no window.
        let from_first: f64 =
            3.0 + 4.0 * (2.0 * 0.5) / (2.0 * 0.5 + 3.0 * 0.3) + 6.0 * (2.0 * 0.2) / (2.0 * 0.2 + 3.0 * 0.5 + 4.0 * 0.3);
        assert!((infected + from_first - 31.0).abs() < 1e-12, "{infected}");
        assert!(daily.iter().all(|p| p.interval.0 <= p.mean + 1e-9 && p.mean <= p.interval.1 + 1e-9));
    }
}
