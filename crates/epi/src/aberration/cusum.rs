use super::known;
use crate::Refusal;
use crate::refusal::positive;

/// How a count becomes a score that is about standard normal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Transformation {
    /// None: the count itself.
    None,
    /// `(x - m) / √m`.
    Standard,
    /// `(x - 3m + 2√(xm)) / (2√m)` (Rossi 1999).
    Rossi,
    /// `1.5 (x^{2/3} - m^{2/3}) / m^{1/6}`.
    Anscombe,
    /// `(x^{2/3} - (m^{2/3} - m^{-1/3}/9)) / (2/3 m^{1/6})`.
    AnscombeSecondOrder,
    /// `(x - m) / √(m + α m²)`.
    PearsonNegativeBinomial {
        /// Overdispersion α.
        alpha: f64,
    },
}

impl Transformation {
    fn scores(self, counts: &[f64], expected: &[f64]) -> Vec<f64> {
        let pairs = counts.iter().zip(expected);
        match self {
            // The usual one by itself, so that the processor takes several roots at once.
            Transformation::Rossi => pairs.map(|(x, m)| Transformation::Rossi.score(*x, *m)).collect(),
            other => pairs.map(|(x, m)| other.score(*x, *m)).collect(),
        }
    }

    /// The counts that have these scores.
    fn counts(self, scores: &[f64], expected: &[f64]) -> Vec<f64> {
        let pairs = scores.iter().zip(expected);
        match self {
            Transformation::Rossi => pairs.map(|(s, m)| Transformation::Rossi.count(*s, *m)).collect(),
            other => pairs.map(|(s, m)| other.count(*s, *m)).collect(),
        }
    }

    #[inline(always)]
    fn score(self, x: f64, m: f64) -> f64 {
        match self {
            Transformation::None => x,
            Transformation::Standard => (x - m) / m.sqrt(),
            // `2√(xm) / 2√m` is `√x`.
            Transformation::Rossi => (x - 3.0 * m) / (2.0 * m.sqrt()) + x.sqrt(),
            Transformation::Anscombe => 1.5 * (two_thirds(x) - two_thirds(m)) / libm::cbrt(m).sqrt(),
            Transformation::AnscombeSecondOrder => {
                (two_thirds(x) - (two_thirds(m) - 1.0 / libm::cbrt(m) / 9.0)) / (2.0 / 3.0 * libm::cbrt(m).sqrt())
            }
            Transformation::PearsonNegativeBinomial { alpha } => (x - m) / (m + alpha * m * m).sqrt(),
        }
    }

    /// The count with this score.
    #[inline(always)]
    fn count(self, s: f64, m: f64) -> f64 {
        let three_halves = |x: f64| x.max(0.0).powf(1.5);
        match self {
            Transformation::None => s,
            Transformation::Standard => (m + s * m.sqrt()).ceil().max(0.0),
            Transformation::Rossi => {
                let standard = m.sqrt();
                let root = ((4.0 * m + 2.0 * standard * s).max(0.0).sqrt() - standard).max(0.0);
                root * root
            }
            Transformation::Anscombe => three_halves(two_thirds(m) + 2.0 / 3.0 * s * libm::cbrt(m).sqrt()),
            // The established package inverts with m^{1/3}/9 where the score has m^{-1/3}/9; equal to it here.
            Transformation::AnscombeSecondOrder => {
                three_halves(two_thirds(m) - libm::cbrt(m) / 9.0 + 2.0 / 3.0 * s * libm::cbrt(m).sqrt())
            }
            Transformation::PearsonNegativeBinomial { alpha } => (m + s * (m + alpha * m * m).sqrt()).max(0.0),
        }
    }
}

fn two_thirds(x: f64) -> f64 {
    let root = libm::cbrt(x);
    root * root
}

/// How the chart is run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cusum {
    /// Reference value: half the shift, in standard deviations, that matters.
    pub k: f64,
    /// Decision interval.
    pub h: f64,
    /// Scores.
    pub transformation: Transformation,
}

impl Cusum {
    /// `k = 1.04`, `h = 2.26` on Rossi's scores.
    ///
    /// Source: Rossi G., Lampugnani L., Marchi M. Stat Med 1999;18:2111–22.
    pub const ROSSI: Cusum = Cusum { k: 1.04, h: 2.26, transformation: Transformation::Rossi };
}

/// What the chart says of one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CusumPoint {
    /// The sum.
    pub cusum: f64,
    /// From this count on it would have rung.
    pub upper: Option<f64>,
    /// Whether it rings.
    pub alarm: bool,
}

/// Are counts a little too high for several steps in a row? (Cumulative sum.)
///
/// `C_t = max(0, C_{t-1} + s_t - k)`; it rings where `C_t ≥ h`, and goes on ringing until the sum has come down: there is no
/// reset. `s_t` is the count as a score by [`Transformation`] against its expected value `m_t`.
///
/// * `counts`: the counts that are watched.
/// * `expected`: `m_t`, of the same length, above 0.
///
/// Do not use it on a season without an expected value that has the season: each year's rise would ring.
///
/// # Errors
/// [`Refusal::Parameter`] for an expected value that is not above 0, [`Refusal::Unknown`] for an unknown count,
/// [`Refusal::Lengths`].
///
/// Source: Page E.S. Biometrika 1954;41:100–15; Rossi G. et al., Stat Med 1999;18:2111–22.
pub fn cusum(counts: &[f64], expected: &[f64], settings: &Cusum) -> Result<Vec<CusumPoint>, Refusal> {
    if counts.len() != expected.len() {
        return Err(Refusal::Lengths { what: "counts/expected", left: counts.len(), right: expected.len() });
    }
    check(counts, expected)?;
    let Cusum { k, h, transformation } = *settings;
    let mut scores = transformation.scores(counts, expected);
    let mut points = vec![CusumPoint { cusum: 0.0, upper: None, alarm: false }; counts.len()];
    let mut sum = 0.0_f64;
    for (point, score) in points.iter_mut().zip(&mut scores) {
        // In place of each score, the one from which on it would have rung.
        let (to_ring, next) = (h + k - sum, sum + (*score - k));
        // One instruction where `max` would also look for what is not a number.
        sum = if next > 0.0 { next } else { 0.0 };
        *score = to_ring;
        (point.cusum, point.alarm) = (sum, sum >= h);
    }
    let uppers = transformation.counts(&scores, expected);
    points.iter_mut().zip(uppers).for_each(|(point, upper)| point.upper = known(upper));
    Ok(points)
}

fn check(counts: &[f64], expected: &[f64]) -> Result<(), Refusal> {
    let pairs = || counts.iter().zip(expected);
    // Without a branch, so that the processor looks at several at once; which one is wrong is asked only where one is.
    if pairs().fold(true, |fine, (x, m)| fine & !x.is_nan() & (*m > 0.0) & (*m < f64::INFINITY)) {
        return Ok(());
    }
    for (at, (x, m)) in pairs().enumerate() {
        if x.is_nan() {
            return Err(Refusal::Unknown { at });
        }
        positive("expected", *m)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_threshold_but_the_odd_one_just_rings() {
        let all = [
            Transformation::None,
            Transformation::Rossi,
            Transformation::Anscombe,
            Transformation::PearsonNegativeBinomial { alpha: 0.2 },
        ];
        for transformation in all {
            let settings = Cusum { k: 0.5, h: 4.0, transformation };
            let expected = [5.0; 3];
            let upper = cusum(&[6.0, 9.0, 0.0], &expected, &settings).unwrap()[2].upper.unwrap();
            let at = |x: f64| cusum(&[6.0, 9.0, x], &expected, &settings).unwrap()[2].alarm;
            assert!(at(upper + 1e-9) && !at(upper - 1e-9), "{transformation:?}");
        }
    }

    #[test]
    fn an_expected_value_of_zero_is_refused() {
        assert!(matches!(cusum(&[1.0], &[0.0], &Cusum::ROSSI), Err(Refusal::Parameter { name: "expected", .. })));
    }
}
