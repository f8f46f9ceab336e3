use crate::{Lang, plan::ResponseLevel};

/// From one level to another; none means that no response runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LevelChange {
    /// The level now.
    pub from: Option<ResponseLevel>,
    /// The level it is to be.
    pub to: Option<ResponseLevel>,
}

/// Which way a level changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// 启动.
    Activate,
    /// 提级.
    Raise,
    /// 降级.
    Lower,
    /// 终止.
    End,
}

impl ChangeKind {
    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            ChangeKind::Activate => lang.pick("启动", "Activate"),
            ChangeKind::Raise => lang.pick("提级", "Raise"),
            ChangeKind::Lower => lang.pick("降级", "Lower"),
            ChangeKind::End => lang.pick("终止", "End"),
        }
    }

    /// Whether more is done afterwards than before.
    pub fn is_upward(self) -> bool {
        matches!(self, ChangeKind::Activate | ChangeKind::Raise)
    }
}

/// Why a level cannot be changed like that at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoChange {
    /// It is that level already.
    Same,
    /// The plan lets levels be changed step by step only.
    StepByStep {
        /// The next step.
        next: Option<ResponseLevel>,
    },
    /// The plan knows no such level.
    NotInPlan(ResponseLevel),
}

impl NoChange {
    /// What is wrong and what to do.
    pub fn words(self, lang: Lang) -> String {
        match self {
            NoChange::Same => lang.pick("已是该级别。", "It is at that level already.").to_owned(),
            NoChange::StepByStep { next: Some(next) } => lang.pick(
                format!("预案规定逐级调整，下一步为{}级。", next.numeral()),
                format!("The plan changes levels step by step; the next one is level {}.", next.numeral()),
            ),
            NoChange::StepByStep { next: None } => lang
                .pick(
                    "预案规定逐级调整，下一步为终止响应。",
                    "The plan changes levels step by step; the next step is to end.",
                )
                .to_owned(),
            NoChange::NotInPlan(level) => lang.pick(
                format!("所依据的预案没有{}级响应。", level.numeral()),
                format!("The plan it rests on has no level {}.", level.numeral()),
            ),
        }
    }
}

impl LevelChange {
    /// Which way it goes; none if it goes nowhere.
    pub fn kind(self) -> Option<ChangeKind> {
        match (self.from, self.to) {
            (None, None) => None,
            (None, Some(_)) => Some(ChangeKind::Activate),
            (Some(_), None) => Some(ChangeKind::End),
            (Some(from), Some(to)) if to < from => Some(ChangeKind::Raise),
            (Some(from), Some(to)) if to > from => Some(ChangeKind::Lower),
            _ => None,
        }
    }

    /// `Ⅳ级 → Ⅱ级`, `启动Ⅳ级`, `终止Ⅲ级`.
    pub fn words(self, lang: Lang) -> String {
        let level =
            |level: ResponseLevel| lang.pick(format!("{}级", level.numeral()), format!("level {}", level.numeral()));
        match (self.from, self.to) {
            (Some(from), Some(to)) => {
                let upper = lang.pick(level(from), format!("Level {}", from.numeral()));
                format!("{upper} → {}", level(to))
            }
            (None, Some(to)) => lang.pick(format!("启动{}响应", level(to)), format!("Activate {}", level(to))),
            (Some(from), None) => lang.pick(format!("终止{}响应", level(from)), format!("End {}", level(from))),
            (None, None) => lang.pick("未启动响应", "No response").to_owned(),
        }
    }

    /// How many levels it passes: 1 from Ⅳ to Ⅲ, 2 from Ⅳ to Ⅱ; ending and starting count from below Ⅳ.
    pub fn n_steps(self) -> u8 {
        let height = |level: Option<ResponseLevel>| level.map_or(0, |level| 5 - level.number());
        height(self.from).abs_diff(height(self.to))
    }
}

#[cfg(test)]
mod tests {
    use ResponseLevel::{Ii, Iii, Iv};

    use super::*;

    #[test]
    fn the_way_of_a_change_is_told_by_its_ends() {
        let kind = |from, to| LevelChange { from, to }.kind();
        assert_eq!(kind(None, Some(Iv)), Some(ChangeKind::Activate));
        assert_eq!(kind(Some(Iv), Some(Ii)), Some(ChangeKind::Raise));
        assert_eq!(kind(Some(Ii), Some(Iii)), Some(ChangeKind::Lower));
        assert_eq!(kind(Some(Iii), None), Some(ChangeKind::End));
        assert_eq!(kind(Some(Iii), Some(Iii)), None);
        assert_eq!(LevelChange { from: Some(Iv), to: Some(Ii) }.n_steps(), 2);
        assert_eq!(LevelChange { from: None, to: Some(Iv) }.n_steps(), 1);
    }
}
