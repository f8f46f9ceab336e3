//! Properties of the history of a level.

use lianfang_domain::plan::ResponseLevel;
use lianfang_domain::response::{BrokenHistory, LevelChange, LevelStep, replay};
use proptest::prelude::*;

fn level() -> impl Strategy<Value = Option<ResponseLevel>> {
    proptest::option::of((1_u32..=4).prop_map(|n| ResponseLevel::from_number(n).unwrap_or(ResponseLevel::Iv)))
}

/// The steps that lead through these levels; what goes nowhere is no step.
fn steps(levels: &[Option<ResponseLevel>]) -> Vec<LevelStep> {
    let (mut now, mut steps) = (None, Vec::new());
    for (at_ms, to) in (0..).zip(levels.iter().copied()) {
        let change = LevelChange { from: now, to };
        if change.kind().is_some() {
            steps.push(LevelStep { change, at_ms, approved_by: "指挥长".to_owned() });
            now = to;
        }
    }
    steps
}

proptest! {
    #[test]
    fn a_history_replays_to_the_level_that_was_set_last(levels in proptest::collection::vec(level(), 0..30)) {
        prop_assert_eq!(replay(&steps(&levels)), Ok(levels.last().copied().flatten()));
    }

    #[test]
    fn a_step_that_is_taken_out_or_put_elsewhere_is_found(
        levels in proptest::collection::vec(level(), 3..30),
        at in any::<proptest::sample::Index>(),
    ) {
        let whole = steps(&levels);
        prop_assume!(whole.len() > 2);
        let at = at.index(whole.len() - 1);
        let mut cut = whole.clone();
        cut.remove(at);
        // The step after it starts where the missing one ended, unless that led back to where it came from.
        let came_back = whole[at].change.from == whole[at + 1].change.from;
        let broken = Err(BrokenHistory { at });
        prop_assert!(came_back || replay(&cut) == broken);
        let mut unsigned = whole.clone();
        unsigned[at].approved_by.clear();
        prop_assert_eq!(replay(&unsigned), Err(BrokenHistory { at }));
        let mut swapped = whole;
        swapped.swap(at, at + 1);
        prop_assert!(replay(&swapped).is_err());
    }
}
