//! What people correct in a plan that was read, applied without touching the reading itself.

mod list;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::{Clause, ClauseKind, Plan, Span};
use crate::Lang;
use list::{Item, edit_list};

/// What is done to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EditKind {
    /// Its words are others.
    Correct,
    /// It is no item.
    Drop,
    /// It is several, one a line.
    Split,
    /// It goes on in the next one of its list.
    JoinNext,
    /// It stands as it was read after all.
    Restore,
}

impl EditKind {
    /// Every kind.
    pub const ALL: [EditKind; 5] =
        [EditKind::Correct, EditKind::Drop, EditKind::Split, EditKind::JoinNext, EditKind::Restore];

    /// The text that is sent.
    pub fn code(self) -> &'static str {
        match self {
            EditKind::Correct => "correct",
            EditKind::Drop => "drop",
            EditKind::Split => "split",
            EditKind::JoinNext => "join_next",
            EditKind::Restore => "restore",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<EditKind> {
        EditKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            EditKind::Correct => lang.pick("更正文字", "Correct the words"),
            EditKind::Drop => lang.pick("删去（不是条目）", "Drop it (it is no item)"),
            EditKind::Split => lang.pick("拆分为多条", "Split it"),
            EditKind::JoinNext => lang.pick("与下一条合并", "Join it with the next one"),
            EditKind::Restore => lang.pick("恢复为读出的内容", "As it was read"),
        }
    }
}

/// Which item is meant: its kind, where it stands, and how it was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClauseKey {
    /// Its kind.
    pub kind: ClauseKind,
    /// Where its sentence stands.
    pub span: Span,
    /// Its words as they were read.
    pub was: String,
}

impl ClauseKey {
    /// The key of a clause.
    pub fn of(clause: &Clause) -> ClauseKey {
        ClauseKey { kind: clause.kind, span: clause.span, was: clause.text.clone() }
    }
}

/// What someone did to an item. Of several on one item the last holds; all of them are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Which item.
    pub key: ClauseKey,
    /// What is done.
    pub kind: EditKind,
    /// The new words; for a split one line each. Empty where the kind needs none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// Why an edit cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotEditable {
    /// Items of this kind are more than words: a date, a figure, a member.
    MoreThanWords,
    /// The new words are missing.
    NoWords,
    /// A split into one is none.
    NotSplit,
    /// Too many words.
    TooLong,
}

/// Longest text of an edit, in characters.
const LONGEST: usize = 4000;

impl NotEditable {
    /// What is wrong and what to do.
    pub fn words(self, lang: Lang) -> String {
        match self {
            NotEditable::MoreThanWords => lang.pick(
                "这类条目（成员、日期、数字等）不能在此更正。请修改文件后重新上传。".to_owned(),
                "Items of this kind (members, dates, figures) are not corrected here. Correct the file and upload it again."
                    .to_owned(),
            ),
            NotEditable::NoWords => lang.pick("请填写更正后的内容。".to_owned(), "Write what it should say.".to_owned()),
            NotEditable::NotSplit => {
                lang.pick("拆分至少要有两行，每行一条。".to_owned(), "A split needs two lines at least, one for each.".to_owned())
            }
            NotEditable::TooLong => lang
                .pick(format!("最多 {LONGEST} 字，请缩短。"), format!("At most {LONGEST} characters; shorten it.")),
        }
    }
}

/// Whether items of a kind consist of words alone, so that other words can stand in their place.
pub fn is_editable(kind: ClauseKind) -> bool {
    matches!(
        kind,
        ClauseKind::Criterion | ClauseKind::Measure | ClauseKind::Procedure | ClauseKind::Duty | ClauseKind::Task
    )
}

/// Whether an edit can be kept.
///
/// # Errors
/// [`NotEditable`] says what is missing.
pub fn may_edit(edit: &Edit) -> Result<(), NotEditable> {
    if !is_editable(edit.key.kind) {
        return Err(NotEditable::MoreThanWords);
    }
    if edit.text.chars().count() > LONGEST {
        return Err(NotEditable::TooLong);
    }
    match edit.kind {
        EditKind::Correct if edit.text.trim().is_empty() => Err(NotEditable::NoWords),
        EditKind::Split if list::lines(&edit.text).count() < 2 => Err(NotEditable::NotSplit),
        _ => Ok(()),
    }
}

/// The edit that holds for an item: the last one, unless it restores.
pub fn edit_in_force<'a>(edits: &'a [Edit], key: &ClauseKey) -> Option<&'a Edit> {
    edits.iter().rev().find(|edit| edit.key == *key).filter(|edit| edit.kind != EditKind::Restore)
}

impl Plan {
    /// The plan as people corrected it; `edits` in the order in which they were made. What names no item of the plan
    /// changes nothing.
    #[must_use]
    pub fn edited(mut self, edits: &[Edit]) -> Plan {
        if edits.is_empty() {
            return self;
        }
        let text = std::mem::take(&mut self.text);
        let by = Edits { edits, text: &text };
        let organisation = &mut self.organisation;
        let bodies = organisation.headquarters.iter_mut();
        for body in bodies.chain(&mut organisation.groups).chain(&mut organisation.expert_groups) {
            by.list(ClauseKind::Duty, &mut body.duties);
            if let Some(office) = &mut body.office {
                by.list(ClauseKind::Duty, &mut office.duties);
            }
        }
        for level in &mut self.levels {
            by.list(ClauseKind::Criterion, &mut level.criteria);
            by.list(ClauseKind::Measure, &mut level.measures);
        }
        for set in &mut self.measure_sets {
            by.list(ClauseKind::Measure, &mut set.items);
        }
        let procedure = &mut self.level_procedure;
        for texts in [&mut procedure.assessment_factors, &mut procedure.raising, &mut procedure.lowering] {
            by.list(ClauseKind::Procedure, texts);
        }
        by.list(ClauseKind::Criterion, &mut procedure.termination.conditions);
        by.list(ClauseKind::Procedure, &mut procedure.termination.afterwards);
        for unit in &mut self.unit_duties {
            by.list(ClauseKind::Duty, &mut unit.duties);
        }
        by.list(ClauseKind::Task, &mut self.tasks);
        self.text = text;
        self
    }
}

/// Edits on their way over a plan, with its text.
struct Edits<'a> {
    edits: &'a [Edit],
    text: &'a str,
}

impl Edits<'_> {
    fn list<T: Item>(&self, kind: ClauseKind, items: &mut Vec<T>) {
        if items.iter().any(|item| self.of(kind, item).is_some()) {
            *items = edit_list(std::mem::take(items), self.text, |item| self.of(kind, item));
        }
    }

    fn of<T: Item>(&self, kind: ClauseKind, item: &T) -> Option<&Edit> {
        let key = ClauseKey { kind, span: item.span(), was: item.words().to_owned() };
        edit_in_force(self.edits, &key)
    }
}
