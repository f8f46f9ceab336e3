//! How two versions of a plan differ, in words.

mod changes;
mod facts;
mod front;
mod leaders;
mod levels;
mod members;
mod office;
mod organisation;
mod pair;
mod procedure;
mod remainder;
mod similar;
mod tasks;
#[cfg(test)]
mod tests;
mod texts;

use serde::{Deserialize, Serialize};

use super::Plan;
use crate::Lang;
use changes::Changes;

/// What happened to a part of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Only the newer version has it.
    Added,
    /// Only the older version has it.
    Removed,
    /// Both have it, under another name.
    Renamed,
    /// Both say it, in other words.
    Reworded,
    /// Both have it, with another value: a number, a date, a person, a unit's part.
    Changed,
}

impl ChangeKind {
    /// Every kind, in the order in which they are counted.
    pub const ALL: [ChangeKind; 5] =
        [ChangeKind::Added, ChangeKind::Removed, ChangeKind::Changed, ChangeKind::Reworded, ChangeKind::Renamed];

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            ChangeKind::Added => lang.pick("新增", "Added"),
            ChangeKind::Removed => lang.pick("删去", "Removed"),
            ChangeKind::Renamed => lang.pick("更名", "Renamed"),
            ChangeKind::Reworded => lang.pick("改写", "Reworded"),
            ChangeKind::Changed => lang.pick("变更", "Changed"),
        }
    }
}

/// One difference between two versions of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// To which part: field names of the plan, and names of its bodies and tasks.
    pub path: Vec<String>,
    /// The difference as a Chinese sentence.
    pub zh: String,
    /// The difference as an English sentence; the plan's own words stay.
    pub en: String,
    /// Where it stands in the older document, as line from 1.
    pub old_line: Option<u32>,
    /// Where it stands in the newer document, as line from 1.
    pub new_line: Option<u32>,
}

impl Change {
    /// The sentence in one language.
    pub fn sentence(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// What has changed from one version of a plan to the next?
///
/// Things are matched by name first, then by how many pairs of neighbouring characters they share, so that a renamed
/// group or a reworded measure is told as one change. White space and punctuation do not count. A line that differs and
/// belongs to none of these is told as other wording, so an empty result means equal texts. Swapping the arguments swaps added and removed.
///
/// ```
/// use lianfang_domain::plan::{Plan, diff};
/// assert!(diff(&Plan::default(), &Plan::default()).is_empty());
/// ```
pub fn diff(old: &Plan, new: &Plan) -> Vec<Change> {
    let mut changes = Changes::default();
    front::compare(&mut changes, old, new);
    organisation::compare(&mut changes, old, new);
    levels::compare(&mut changes, old, new);
    procedure::compare(&mut changes, &old.level_procedure, &new.level_procedure);
    tasks::compare(&mut changes, old, new);
    texts::compare(&mut changes, old, new);
    facts::compare(&mut changes, old, new);
    remainder::compare(&mut changes, old, new);
    changes.finish(old, new)
}
