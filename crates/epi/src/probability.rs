use crate::Refusal;

/// A probability strictly between 0 and 1: a level, a share, a p-value to compare with.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Probability(f64);

impl Probability {
    /// 5 in 100.
    pub const FIVE_PERCENT: Probability = Probability(0.05);
    /// 1 in 100.
    pub const ONE_PERCENT: Probability = Probability(0.01);
    /// 25 in 1000: what lies above two standard deviations.
    pub const TWO_AND_A_HALF_PERCENT: Probability = Probability(0.025);
    /// 1 in 1000: what lies above three standard deviations.
    pub const ONE_PER_MILLE: Probability = Probability(0.001);

    /// The probability, where it is one.
    ///
    /// # Errors
    /// [`Refusal::Parameter`] for what is not strictly between 0 and 1.
    pub fn new(name: &'static str, value: f64) -> Result<Probability, Refusal> {
        if value > 0.0 && value < 1.0 {
            Ok(Probability(value))
        } else {
            Err(Refusal::Parameter { name, value, must_zh: "在0与1之间", must: "lie between 0 and 1" })
        }
    }

    /// As a number.
    pub const fn get(self) -> f64 {
        self.0
    }
}
