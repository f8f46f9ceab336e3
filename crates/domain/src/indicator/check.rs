use super::{Amount, Figure, Indicator};
use crate::Lang;

/// What is doubtful about a figure. It may be right: whoever reports says why, and the reason is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Below what is usual.
    BelowRange {
        /// The figure.
        figure: Amount,
        /// The least that is usual.
        low: Amount,
    },
    /// Above what is usual.
    AboveRange {
        /// The figure.
        figure: Amount,
        /// The most that is usual.
        high: Amount,
    },
    /// A great change against the day before.
    Jump {
        /// The figure.
        figure: Amount,
        /// That of the day before.
        before: Amount,
        /// From how many percent on it is doubtful.
        limit_percent: u32,
    },
    /// A cumulative figure became smaller.
    Falls {
        /// The figure.
        figure: Amount,
        /// That of the day before.
        before: Amount,
    },
    /// What should be equal is not.
    OutOfBalance {
        /// The left side in words.
        left: String,
        /// How much it is.
        left_amount: Amount,
        /// The right side in words.
        right: String,
        /// How much it is.
        right_amount: Amount,
    },
}

impl Warning {
    /// What is doubtful, and that a reason is wanted.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Warning::BelowRange { figure, low } => lang.pick(
                format!("{figure} 低于通常下限 {low}，请核对；属实请说明原因。"),
                format!("{figure} is below the usual {low}. Check it; if it is right, say why."),
            ),
            Warning::AboveRange { figure, high } => lang.pick(
                format!("{figure} 高于通常上限 {high}，请核对；属实请说明原因。"),
                format!("{figure} is above the usual {high}. Check it; if it is right, say why."),
            ),
            Warning::Jump { figure, before, limit_percent } => lang.pick(
                format!("上期 {before}，本期 {figure}，变化超过 {limit_percent}%，请核对；属实请说明原因。"),
                format!("{before} before and {figure} now: a change of more than {limit_percent}%. Check it; if it is right, say why."),
            ),
            Warning::Falls { figure, before } => lang.pick(
                format!("累计数由 {before} 变为 {figure}，不应减少，请核对；属实请说明原因。"),
                format!("A cumulative figure fell from {before} to {figure}. Check it; if it is right, say why."),
            ),
            Warning::OutOfBalance { left, left_amount, right, right_amount } => lang.pick(
                format!("{left} = {left_amount}，{right} = {right_amount}，两边不平，请核对；属实请说明原因。"),
                format!("{left} = {left_amount}, but {right} = {right_amount}. Check them; if they are right, say why."),
            ),
        }
    }
}

/// Looks at a figure beside the one before: the usual range, a jump, a cumulative one that falls. What is not known is
/// not doubtful.
pub fn check(indicator: &Indicator, new: Option<Figure>, before: Option<Figure>) -> Vec<Warning> {
    let Some(figure) = new.and_then(Figure::amount) else { return Vec::new() };
    let mut warnings = Vec::new();
    if let Some(low) = indicator.low.filter(|low| figure < *low) {
        warnings.push(Warning::BelowRange { figure, low });
    }
    if let Some(high) = indicator.high.filter(|high| figure > *high) {
        warnings.push(Warning::AboveRange { figure, high });
    }
    if let Some(before) = before.and_then(Figure::amount) {
        if indicator.period == super::Period::Cumulative && figure < before {
            warnings.push(Warning::Falls { figure, before });
        }
        if let Some(limit_percent) = indicator.jump_percent.filter(|&limit| jumps(figure, before, limit)) {
            warnings.push(Warning::Jump { figure, before, limit_percent });
        }
    }
    warnings
}

/// Whether the change is more than so many percent of what was before. From zero, only the range tells what is much.
fn jumps(figure: Amount, before: Amount, limit_percent: u32) -> bool {
    let change = figure.max(before).minus(figure.min(before));
    let size = before.max(Amount::ZERO.minus(before).unwrap_or(before));
    let limit = size.times(Amount::whole(i64::from(limit_percent)));
    let change = change.and_then(|change| change.times(Amount::whole(100)));
    before != Amount::ZERO && change.zip(limit).is_some_and(|(change, limit)| change > limit)
}
