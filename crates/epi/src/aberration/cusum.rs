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
    fn score(self, x: f64, m: f64) -> f64 {
        match self {
            Transformation::None => x,
            Transformation::Standard => (x - m) / m.sqrt(),
            Transformation::Rossi => Rossi::at(m).score(x),
            Transformation::Anscombe => 1.5 * (two_thirds(x) - two_thirds(m)) / libm::cbrt(m).sqrt(),
            Transformation::AnscombeSecondOrder => {
                (two_thirds(x) - (two_thirds(m) - 1.0 / libm::cbrt(m) / 9.0)) / (2.0 / 3.0 * libm::cbrt(m).sqrt())
            }
            Transformation::PearsonNegativeBinomial { alpha } => (x - m) / (m + alpha * m * m).sqrt(),
        }
    }

    /// The count with this score.
    fn count(self, s: f64, m: f64) -> f64 {
        let three_halves = |x: f64| x.max(0.0).powf(1.5);
        match self {
            Transformation::None => s,
            Transformation::Standard => (m + s * m.sqrt()).ceil().max(0.0),
            Transformation::Rossi => Rossi::at(m).count(s),
            Transformation::Anscombe => three_halves(two_thirds(m) + 2.0 / 3.0 * s * libm::cbrt(m).sqrt()),
            // The established package inverts with m^{1/3}/9 where the score has m^{-1/3}/9; equal to it here.
            Transformation::AnscombeSecondOrder => {
                three_halves(two_thirds(m) - libm::cbrt(m) / 9.0 + 2.0 / 3.0 * s * libm::cbrt(m).sqrt())
            }
            Transformation::PearsonNegativeBinomial { alpha } => (m + s * (m + alpha * m * m).sqrt()).max(0.0),
        }
    }
}

/// Rossi's score at one expected value.
#[derive(Clone, Copy, Debug)]
struct Rossi {
    expected: f64,
    root: f64,
    /// `1 / 2√m`.
    half: f64,
}

impl Rossi {
    #[inline(always)]
    fn at(expected: f64) -> Rossi {
        let root = expected.sqrt();
        Rossi { expected, root, half: 0.5 / root }
    }

    #[inline(always)]
    fn score(self, x: f64) -> f64 {
        // `2√(xm) / 2√m` is `√x`.
        (x - 3.0 * self.expected) * self.half + x.sqrt()
    }

    #[inline(always)]
    fn count(self, s: f64) -> f64 {
        let root = (4.0 * self.expected + 2.0 * self.root * s).max(0.0).sqrt() - self.root;
        let root = if root > 0.0 { root } else { 0.0 };
        root * root
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
    let transformation = settings.transformation;
    let pairs = || counts.iter().zip(expected);
    let Transformation::Rossi = transformation else {
        let scores: Vec<f64> = pairs().map(|(x, m)| transformation.score(*x, *m)).collect();
        return Ok(chart(&scores, settings, expected.iter().map(|&m| move |s| transformation.count(s, m))));
    };
    // The usual one by itself: all scores first, so that the processor takes several roots at once; and at one expected value, as
    // charts often have, the root of the count is the only one a score needs.
    match expected.first().map(|&m| Rossi::at(m)) {
        Some(rossi) if expected.iter().fold(true, |same, &m| same & (m == rossi.expected)) => {
            let scores: Vec<f64> = counts.iter().map(|x| rossi.score(*x)).collect();
            Ok(chart(&scores, settings, std::iter::repeat(move |s| rossi.count(s))))
        }
        _ => {
            let scores: Vec<f64> = pairs().map(|(x, m)| Rossi::at(*m).score(*x)).collect();
            Ok(chart(&scores, settings, expected.iter().map(|&m| move |s| Rossi::at(m).count(s))))
        }
    }
}

/// The sums; while the processor waits for one, it works out the count at which the one before would have rung.
fn chart<C: Fn(f64) -> f64>(scores: &[f64], settings: &Cusum, counts: impl Iterator<Item = C>) -> Vec<CusumPoint> {
    let Cusum { k, h, .. } = *settings;
    let mut sum = 0.0_f64;
    let step = |(score, count): (&f64, C)| {
        let upper = known(count(h + k - sum));
        let next = sum + (score - k);
        // One instruction where `max` would also look for what is not a number.
        sum = if next > 0.0 { next } else { 0.0 };
        CusumPoint { cusum: sum, upper, alarm: sum >= h }
    };
    scores.iter().zip(counts).map(step).collect()
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
