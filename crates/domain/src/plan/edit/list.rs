use std::borrow::Cow;

use super::super::{
    Comparator, Confidence, Criterion, Deadline, DeadlinePlace, Duty, Measure, Member, Quantity, ReportFlow, Span,
    Task, Text, TimeKind, TimeRule,
};
use super::{Edit, EditKind, Reread};

/// An item that is words at a place, and perhaps what they mean.
pub(super) trait Item: Clone {
    fn span(&self) -> Span;
    fn words(&self) -> Cow<'_, str>;
    /// The same with other words, at a place, meaning what the reader found in them.
    fn with(&self, words: &str, span: Span, read: Option<&Reread>) -> Self;
}

macro_rules! items {
    ($($name:ident $words:ident $meaning:ident),* $(,)?) => {$(
        impl Item for $name {
            fn span(&self) -> Span {
                self.source.span
            }

            fn words(&self) -> Cow<'_, str> {
                Cow::Borrowed(&self.$words)
            }

            fn with(&self, words: &str, span: Span, read: Option<&Reread>) -> $name {
                let mut item = self.clone();
                item.$words = words.to_owned();
                item.source.span = span;
                $meaning(&mut item, read);
                item
            }
        }
    )*};
}

items!(
    Criterion text nothing, Duty text nothing, Measure text nothing, Text text nothing, Member name certain,
    Task text deadlines, ReportFlow text when, TimeRule text clock,
);

impl Item for Quantity {
    fn span(&self) -> Span {
        self.source.span
    }

    fn words(&self) -> Cow<'_, str> {
        Cow::Owned(self.subject_and_figure())
    }

    fn with(&self, words: &str, span: Span, read: Option<&Reread>) -> Quantity {
        let mut item = self.clone();
        if let Some(found) = read.and_then(|read| read.quantities.first()) {
            item =
                Quantity { role: self.role, whose: self.whose.clone(), source: self.source.clone(), ..found.clone() };
            // The subject is the clause around the figure; it goes on saying what the figure now says.
            item.subject = self.subject.replacen(&self.text, &found.text, 1);
        } else {
            (item.comparator, item.value, item.high) = (Comparator::Unknown, None, None);
            item.text = words.to_owned();
        }
        item.source.span = span;
        item
    }
}

fn nothing<T>(_: &mut T, _: Option<&Reread>) {}

/// A name that a person wrote is no guess.
fn certain(member: &mut Member, _: Option<&Reread>) {
    member.text.clone_from(&member.name);
    member.confidence = Confidence::Certain;
}

fn clock(time: &mut TimeRule, read: Option<&Reread>) {
    if let Some(found) = read.and_then(|read| read.times.first()) {
        time.kind = found.kind.clone();
    }
}

fn when(flow: &mut ReportFlow, read: Option<&Reread>) {
    if let Some(read) = read {
        flow.when = read.times.first().map(|time| placed(time, flow.source.span));
    }
}

/// The dates in the words of a task are those of its new words; what its bracket says stays.
fn deadlines(task: &mut Task, read: Option<&Reread>) {
    let Some(read) = read else { return };
    let source = &task.source;
    let found = read.times.iter().filter_map(|time| match time.kind {
        TimeKind::ByDate { date, ongoing } => Some(Deadline {
            date: Some(date),
            ongoing,
            place: DeadlinePlace::Text,
            text: time.text.clone(),
            source: source.clone(),
        }),
        _ => None,
    });
    let found: Vec<Deadline> = found.collect();
    task.deadlines.retain(|deadline| deadline.place != DeadlinePlace::Text);
    task.deadlines.extend(found);
}

/// A time of corrected words, where the words stand that were corrected.
pub(super) fn placed(time: &TimeRule, span: Span) -> TimeRule {
    let mut time = time.clone();
    time.source.span = span;
    time
}

/// The lines of a split.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// A list with the edits of its items done.
pub(super) fn edit_list<'a, T: Item>(items: Vec<T>, text: &str, edit_of: impl Fn(&T) -> Option<&'a Edit>) -> Vec<T> {
    let mut edited = Vec::new();
    let mut rest = items.into_iter();
    while let Some(item) = rest.next() {
        let Some(edit) = edit_of(&item) else {
            edited.push(item);
            continue;
        };
        match edit.kind {
            EditKind::Drop => {}
            EditKind::Correct => edited.push(item.with(edit.text.trim(), item.span(), edit.read.first())),
            EditKind::Split => edited.extend(
                lines(&edit.text)
                    .enumerate()
                    .map(|(place, line)| item.with(line, place_of(line, item.span(), text), edit.read.get(place))),
            ),
            EditKind::JoinNext => edited.push(match rest.next() {
                Some(next) => {
                    let span = Span { start: item.span().start, end: next.span().end.max(item.span().end) };
                    item.with(&joined(&item.words(), &next.words()), span, edit.read.first())
                }
                None => item,
            }),
            EditKind::Restore => edited.push(item),
        }
    }
    edited
}

/// Where a part of an item stands in the text, if it stands there as it is; else where the whole stands.
fn place_of(line: &str, whole: Span, text: &str) -> Span {
    let found = whole.of(text).find(line).and_then(|at| u32::try_from(at).ok());
    let length = u32::try_from(line.len()).unwrap_or(0);
    found.map_or(whole, |at| Span { start: whole.start + at, end: whole.start + at + length })
}

/// Two texts as one. A full stop that ended the first stands inside now.
fn joined(first: &str, second: &str) -> String {
    let open = first.trim_end().trim_end_matches(['。', '；', '.', ';']);
    format!("{open}{}{}", if open.len() < first.trim_end().len() { "；" } else { "" }, second.trim_start())
}
