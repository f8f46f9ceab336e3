use super::LevelChange;
use crate::plan::ResponseLevel;

/// A change of level that was approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelStep {
    /// From which level to which.
    pub change: LevelChange,
    /// When it was approved, in milliseconds.
    pub at_ms: i64,
    /// Who approved it.
    pub approved_by: String,
}

/// A history that cannot have happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenHistory {
    /// The place of the step that does not follow from the one before.
    pub at: usize,
}

/// The level that a history leads to, every step starting where the one before ended, none going nowhere, in the order of
/// time, each approved by someone.
///
/// # Errors
/// [`BrokenHistory`] names the first step that does not fit.
pub fn replay(steps: &[LevelStep]) -> Result<Option<ResponseLevel>, BrokenHistory> {
    let mut level = None;
    let mut at_ms = i64::MIN;
    for (at, step) in steps.iter().enumerate() {
        let fits = step.change.from == level && step.change.kind().is_some() && step.at_ms >= at_ms;
        if !fits || step.approved_by.is_empty() {
            return Err(BrokenHistory { at });
        }
        (level, at_ms) = (step.change.to, step.at_ms);
    }
    Ok(level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::ResponseLevel::{Ii, Iv};

    fn step(from: Option<ResponseLevel>, to: Option<ResponseLevel>, at_ms: i64) -> LevelStep {
        LevelStep { change: LevelChange { from, to }, at_ms, approved_by: "指挥长".to_owned() }
    }

    #[test]
    fn a_history_replays_to_its_level_and_a_gap_or_an_unsigned_step_is_found() {
        let steps = [step(None, Some(Iv), 1), step(Some(Iv), Some(Ii), 2), step(Some(Ii), None, 3)];
        assert_eq!(replay(&steps), Ok(None));
        assert_eq!(replay(&steps[..2]), Ok(Some(Ii)));
        assert_eq!(replay(&[steps[0].clone(), steps[2].clone()]), Err(BrokenHistory { at: 1 }));
        let unsigned = LevelStep { approved_by: String::new(), ..steps[0].clone() };
        assert_eq!(replay(&[unsigned]), Err(BrokenHistory { at: 0 }));
    }
}
