//! What people correct in a plan that was read, applied without touching the reading itself.

mod list;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::{Body, Clause, ClauseKind, LevelProcedure, Plan, Quantity, Span, TimeRule};
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

/// What the reader found in words that a person wrote.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reread {
    /// The time limits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<TimeRule>,
    /// The figures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quantities: Vec<Quantity>,
}

/// What someone did to an item. Of several on one item the last holds; all of them are kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// Which item.
    pub key: ClauseKey,
    /// What is done.
    pub kind: EditKind,
    /// The new words; for a split one line each. Empty where the kind needs none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What the new words mean, line by line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub read: Vec<Reread>,
}

impl Edit {
    /// The new words, each line as its own; none where the kind needs none.
    pub fn lines(&self) -> Vec<&str> {
        match self.kind {
            EditKind::Correct => vec![self.text.trim()],
            EditKind::Split => list::lines(&self.text).collect(),
            EditKind::Drop | EditKind::JoinNext | EditKind::Restore => Vec::new(),
        }
    }
}

/// Why an edit cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotEditable {
    /// Items of this kind are more than words: a body with its leaders, a phase.
    MoreThanWords,
    /// A time limit or figure cannot be joined with another.
    NotJoined,
    /// No time limit, or more than one, was read in a line.
    NoTime,
    /// No figure, or more than one, was read in a line.
    NoFigure,
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
                "组织机构的名称、领导和工作阶段不能在此更正。请修改文件后重新上传。".to_owned(),
                "Names and leaders of bodies and phases are not corrected here. Correct the file and upload it again.".to_owned(),
            ),
            NotEditable::NotJoined => lang.pick(
                "时限和指标不能合并。请更正其中一条，删去另一条。".to_owned(),
                "Time limits and figures cannot be joined. Correct the one and drop the other.".to_owned(),
            ),
            NotEditable::NoTime => lang.pick(
                "没有读出时限，或读出了几个。每行写一个，如“接到报告后2小时内”“每日15:00前”“2027年6月底前”。".to_owned(),
                "No time limit was read in it, or several. Write one a line, in Chinese as in a plan: 接到报告后2小时内, 每日15:00前, 2027年6月底前."
                    .to_owned(),
            ),
            NotEditable::NoFigure => lang.pick(
                "没有读出指标，或读出了几个。每行写一个，如“床位不少于25张”“达到90%以上”。".to_owned(),
                "No figure was read in it, or several. Write one a line, in Chinese as in a plan: 床位不少于25张, 达到90%以上.".to_owned(),
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

/// Whether other words can stand in the place of items of a kind.
pub fn is_editable(kind: ClauseKind) -> bool {
    !matches!(kind, ClauseKind::Body | ClauseKind::Phase)
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
    let lines = edit.lines();
    let read = |place: usize| edit.read.get(place);
    match (edit.kind, edit.key.kind) {
        (EditKind::Correct, _) if edit.text.trim().is_empty() => Err(NotEditable::NoWords),
        (EditKind::Split, _) if lines.len() < 2 => Err(NotEditable::NotSplit),
        (EditKind::JoinNext, ClauseKind::Time | ClauseKind::Quantity) => Err(NotEditable::NotJoined),
        (_, ClauseKind::Time) if (0..lines.len()).any(|place| read(place).is_none_or(|read| read.times.len() != 1)) => {
            Err(NotEditable::NoTime)
        }
        (_, ClauseKind::Quantity)
            if (0..lines.len()).any(|place| read(place).is_none_or(|read| read.quantities.len() != 1)) =>
        {
            Err(NotEditable::NoFigure)
        }
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
        let as_read = self.times.clone();
        let by = Edits { edits, text: &text };
        let organisation = &mut self.organisation;
        let bodies = organisation.headquarters.iter_mut();
        for body in bodies.chain(&mut organisation.groups).chain(&mut organisation.expert_groups) {
            by.body(body);
        }
        for level in &mut self.levels {
            by.list(ClauseKind::Criterion, &mut level.criteria);
            by.list(ClauseKind::Measure, &mut level.measures);
        }
        for set in &mut self.measure_sets {
            by.list(ClauseKind::Measure, &mut set.items);
        }
        by.procedure(&mut self.level_procedure);
        for unit in &mut self.unit_duties {
            by.list(ClauseKind::Duty, &mut unit.duties);
        }
        by.list(ClauseKind::Task, &mut self.tasks);
        by.list(ClauseKind::Report, &mut self.report_flows);
        by.list(ClauseKind::Time, &mut self.times);
        by.list(ClauseKind::Quantity, &mut self.quantities);
        by.times_in_words(&as_read, &mut self.times);
        self.text = text;
        self
    }
}

/// A time limit of corrected words at their place. The reader saw the words alone: what stands there as it stood before
/// means what it meant in the whole document, with the year of the document's own date.
fn in_place_of(before: &[&TimeRule], time: &TimeRule, span: Span) -> TimeRule {
    let same = before.iter().find(|old| old.text == time.text);
    list::placed(same.copied().unwrap_or(time), span)
}

/// Edits on their way over a plan, with its text.
struct Edits<'a> {
    edits: &'a [Edit],
    text: &'a str,
}

impl Edits<'_> {
    fn body(&self, body: &mut Body) {
        self.list(ClauseKind::Member, &mut body.lead_units);
        self.list(ClauseKind::Member, &mut body.members);
        self.list(ClauseKind::Duty, &mut body.duties);
        if let Some(office) = &mut body.office {
            self.list(ClauseKind::Member, &mut office.members);
            self.list(ClauseKind::Duty, &mut office.duties);
        }
    }

    fn procedure(&self, procedure: &mut LevelProcedure) {
        for members in [&mut procedure.proposes, &mut procedure.approves, &mut procedure.files_with] {
            self.list(ClauseKind::Procedure, members);
        }
        for texts in [&mut procedure.assessment_factors, &mut procedure.raising, &mut procedure.lowering] {
            self.list(ClauseKind::Procedure, texts);
        }
        self.list(ClauseKind::Criterion, &mut procedure.termination.conditions);
        self.list(ClauseKind::Procedure, &mut procedure.termination.afterwards);
    }

    /// Where corrected words set other time limits than the words that were read, those hold: a clock never runs by
    /// words that nobody sees any more.
    fn times_in_words(&self, as_read: &[TimeRule], times: &mut Vec<TimeRule>) {
        let corrected = self.edits.iter().filter(|edit| {
            edit.kind == EditKind::Correct
                && !matches!(edit.key.kind, ClauseKind::Time | ClauseKind::Quantity | ClauseKind::Member)
                && edit_in_force(self.edits, &edit.key) == Some(*edit)
        });
        for (edit, read) in corrected.filter_map(|edit| Some((edit, edit.read.first()?))) {
            let span = edit.key.span;
            let inside = |time: &TimeRule| span.start <= time.source.span.start && time.source.span.end <= span.end;
            let before: Vec<&TimeRule> = as_read.iter().filter(|time| inside(time)).collect();
            let mut now: Vec<TimeRule> = read.times.iter().map(|time| in_place_of(&before, time, span)).collect();
            // What still stands there word for word still holds, even if alone it was not read.
            for old in before.iter().filter(|old| edit.text.contains(&old.text)) {
                if now.iter().all(|time| time.kind != old.kind) {
                    now.push(list::placed(old, span));
                }
            }
            if before.iter().map(|time| &time.kind).eq(now.iter().map(|time| &time.kind)) {
                continue;
            }
            times.retain(|time| !inside(time));
            times.extend(now);
        }
    }

    fn list<T: Item>(&self, kind: ClauseKind, items: &mut Vec<T>) {
        if items.iter().any(|item| self.of(kind, item).is_some()) {
            *items = edit_list(std::mem::take(items), self.text, |item| self.of(kind, item));
        }
    }

    fn of<T: Item>(&self, kind: ClauseKind, item: &T) -> Option<&Edit> {
        let key = ClauseKey { kind, span: item.span(), was: item.words().into_owned() };
        edit_in_force(self.edits, &key)
    }
}
