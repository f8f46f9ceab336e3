use super::super::{Criterion, Duty, Measure, Span, Task, Text};
use super::{Edit, EditKind};

/// An item that is words at a place.
pub(super) trait Item: Clone {
    fn span(&self) -> Span;
    fn words(&self) -> &str;
    /// The same with other words, at a place.
    fn with(&self, words: &str, span: Span) -> Self;
}

macro_rules! items {
    ($($name:ident),*) => {$(
        impl Item for $name {
            fn span(&self) -> Span {
                self.source.span
            }

            fn words(&self) -> &str {
                &self.text
            }

            fn with(&self, words: &str, span: Span) -> $name {
                let mut item = self.clone();
                item.text = words.to_owned();
                item.source.span = span;
                item
            }
        }
    )*};
}

items!(Criterion, Duty, Measure, Task, Text);

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
            EditKind::Correct => edited.push(item.with(edit.text.trim(), item.span())),
            EditKind::Split => {
                edited.extend(lines(&edit.text).map(|line| item.with(line, place_of(line, item.span(), text))));
            }
            EditKind::JoinNext => edited.push(match rest.next() {
                Some(next) => {
                    let span = Span { start: item.span().start, end: next.span().end.max(item.span().end) };
                    item.with(&joined(item.words(), next.words()), span)
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
