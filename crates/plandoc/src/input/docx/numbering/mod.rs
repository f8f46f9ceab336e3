//! The lists of a document, which count paragraphs so that their numbers need not be typed.

mod level;
mod parse;

use std::collections::{BTreeMap, BTreeSet};

use self::level::Level;
use super::styles::{ListRef, Resolved, Styles};
use super::xml::Fault;

/// Word has nine levels in a list.
const LEVELS: usize = 9;

/// All lists with how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// The patterns that lists follow.
    patterns: BTreeMap<u32, Pattern>,
    lists: BTreeMap<u32, List>,
    /// How far each pattern has counted: lists of one pattern go on counting together.
    counts: BTreeMap<u32, [Option<u32>; LEVELS]>,
    begun: BTreeSet<u32>,
}

#[derive(Debug, Default)]
struct Pattern {
    levels: BTreeMap<usize, Level>,
    /// A pattern may only point to the list of a style.
    style: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    pattern: u32,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

impl Numbering {
    pub(super) fn parse(xml: &str) -> Result<Self, Fault> {
        parse::numbering(xml)
    }

    /// Counts a paragraph and returns its number as Word shows it, with a space after it where
    /// it would otherwise run into the text. `own` is what the paragraph itself says.
    pub(super) fn count(&mut self, own: ListRef, style: &Resolved, styles: &Styles) -> Option<String> {
        let list_id = own.list.or(style.list.list).filter(|list| *list != 0)?;
        let list = self.lists.get(&list_id)?;
        let pattern_id = self.linked(list.pattern, styles);
        let pattern = self.patterns.get(&pattern_id)?;
        let level =
            own.level.or_else(|| pattern.level_of_style(style.list_style.as_deref())).or(style.list.level).unwrap_or(0);
        let level = usize::try_from(level).ok().filter(|level| *level < LEVELS)?;
        let counts = self.counts.entry(pattern_id).or_default();
        if self.begun.insert(list_id) {
            for (level, start) in &list.starts {
                if let Some(count) = counts.get_mut(*level) {
                    *count = start.checked_sub(1);
                }
            }
        }
        let level_at = |index: usize| list.levels.get(&index).or_else(|| pattern.levels.get(&index));
        advance(counts, level, &level_at);
        let label = level_at(level)?.label(counts, level, &level_at);
        (!label.is_empty()).then(|| with_gap(label))
    }

    /// The pattern itself, or the one that it points to by way of a style.
    fn linked(&self, pattern_id: u32, styles: &Styles) -> u32 {
        self.patterns
            .get(&pattern_id)
            .filter(|pattern| pattern.levels.is_empty())
            .and_then(|pattern| pattern.style.as_deref())
            .and_then(|style| styles.resolve(Some(style)).list.list)
            .and_then(|list| self.lists.get(&list))
            .map_or(pattern_id, |list| list.pattern)
    }
}

impl Pattern {
    fn level_of_style(&self, style: Option<&str>) -> Option<u32> {
        let style = style?;
        let (index, _) = self.levels.iter().find(|(_, level)| level.style.as_deref() == Some(style))?;
        u32::try_from(*index).ok()
    }
}

/// Counts one on and lets the deeper levels begin anew.
fn advance<'l>(counts: &mut [Option<u32>; LEVELS], level: usize, level_at: &impl Fn(usize) -> Option<&'l Level>) {
    for (index, count) in counts.iter_mut().enumerate() {
        let start = level_at(index).map_or(1, |level| level.start);
        if index < level {
            count.get_or_insert(start);
        } else if index == level {
            *count = Some(count.map_or(start, |count| count.saturating_add(1)));
        } else if level_at(index).is_none_or(|level| level.restarts) {
            *count = None;
        }
    }
}

/// `第一章` and `1.1` need a space before the text, `一、` and `（一）` do not.
fn with_gap(mut label: String) -> String {
    if label.ends_with(char::is_alphanumeric) {
        label.push(' ');
    }
    label
}

#[cfg(test)]
mod tests;
