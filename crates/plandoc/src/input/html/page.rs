//! Follows the tags of a page and gathers its lines.

use std::collections::BTreeMap;

use html5gum::StartTag;

use super::super::flow::{Block, Flow, Merge, Para, Zone};
use super::super::lines::{Marks, Rank};
use super::super::numerals::Numeral;
use super::inline::Inline;
use super::tags::{self, heading, is_block};
use super::zones::{attribute, style_has, zone_of};

/// Elements nested deeper than this are passed through as if they were not there.
const DEEPEST: usize = 256;

#[derive(Default)]
pub(super) struct Page {
    flow: Flow,
    open: Vec<Open>,
    /// How many elements of each name are open, so that none is looked for in vain.
    open_names: BTreeMap<&'static str, u32>,
    /// How many elements too deep to be followed are open.
    too_deep: usize,
    /// The content of a script or the like comes next.
    in_raw: bool,
    line: Inline,
    /// Hidden words in the middle of a line, and the like: they may have to be left out alone.
    aside: Inline,
    /// The number of the list item that the next line begins.
    label: Option<String>,
    pub(super) images: usize,
}

struct Open {
    name: &'static str,
    zone: Zone,
    level: Option<u8>,
    in_article: bool,
    keeps_blanks: bool,
    list: Option<List>,
}

/// How far a list has counted.
struct List {
    next: u32,
    /// `None` for a list of points.
    numeral: Option<Numeral>,
}

impl Page {
    pub(super) fn open(&mut self, tag: &StartTag<()>) {
        self.in_raw = tags::is_raw(&tag.name);
        match tag.name.as_slice() {
            b"br" | b"hr" => return self.end_line(),
            b"img" => {
                self.images += usize::from(self.zone() == Zone::Body);
                return;
            }
            _ => {}
        }
        let Some(name) = tags::known(&tag.name) else {
            return;
        };
        if tag.self_closing && name == "svg" {
            return;
        }
        let (ended, borders) = tags::implied_ends(name);
        self.close_nearest(ended, |around| borders.contains(&around));
        if is_block(name) {
            self.end_line();
        }
        if self.open.len() == DEEPEST {
            self.too_deep += 1;
            return;
        }
        self.enter(name, tag);
        let element = self.element(name, tag);
        self.open.push(element);
        *self.open_names.entry(name).or_default() += 1;
    }

    pub(super) fn close(&mut self, name: &[u8]) {
        self.in_raw = false;
        let Some(name) = tags::known(name) else {
            return;
        };
        if is_block(name) {
            self.end_line();
        }
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if !matches!(name, "html" | "body") {
            // What follows the end of a page by mistake still belongs to it.
            self.close_nearest(&[name], |around| tags::holds_in(around, name));
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.in_raw {
            return;
        }
        let keeps_blanks = self.open.last().is_some_and(|open| open.keeps_blanks);
        if !keeps_blanks {
            self.inline(text).add(text);
            return;
        }
        for (index, line) in super::super::lines::split_breaks(text).enumerate() {
            if index > 0 {
                self.end_line();
            }
            self.inline(line).add_as_it_is(line);
        }
    }

    pub(super) fn finish(mut self) -> Vec<Block> {
        self.end_line();
        while let Some(open) = self.open.pop() {
            self.leave(&open);
        }
        self.flow.finish()
    }

    fn zone(&self) -> Zone {
        self.open.last().map_or(Zone::Body, |open| open.zone)
    }

    /// What the document's structure makes of an opening tag.
    fn enter(&mut self, name: &str, tag: &StartTag<()>) {
        match name {
            "table" => self.flow.open_table(),
            "tr" => self.flow.open_row(),
            "td" | "th" => {
                let columns = count(tag, "colspan").unwrap_or(1).clamp(1, 64);
                let merge = match count(tag, "rowspan") {
                    // A span of 0 reaches to the end of the table.
                    Some(0) => Merge::Rows(u32::MAX),
                    Some(rows @ 2..) => Merge::Rows(rows),
                    _ => Merge::None,
                };
                let columns = usize::try_from(columns).unwrap_or(1);
                self.flow.open_cell(columns, merge);
            }
            "li" => self.label = self.next_label(tag),
            _ => {}
        }
    }

    fn element(&self, name: &'static str, tag: &StartTag<()>) -> Open {
        let outer = self.open.last();
        let in_article = outer.is_some_and(|open| open.in_article);
        Open {
            name,
            zone: zone_of(tag, name, self.zone(), in_article),
            level: heading(name).or_else(|| outer.and_then(|open| open.level)),
            in_article: in_article || matches!(name, "article" | "main"),
            keeps_blanks: matches!(name, "pre" | "listing") || outer.is_some_and(|open| open.keeps_blanks),
            list: list_of(name, tag),
        }
    }

    /// Closes the innermost of the named elements with all inside it, unless a border is nearer.
    fn close_nearest(&mut self, names: &[&str], is_border: impl Fn(&str) -> bool) {
        let is_open = |name: &&str| self.open_names.get(name).is_some_and(|count| *count > 0);
        if !names.iter().any(is_open) {
            return;
        }
        let found = self.open.iter().rposition(|open| names.contains(&open.name) || is_border(open.name));
        let Some(index) = found.filter(|index| {
            let open = self.open.get(*index);
            open.is_some_and(|open| names.contains(&open.name))
        }) else {
            return;
        };
        while self.open.len() > index {
            if let Some(open) = self.open.pop() {
                self.leave(&open);
            }
        }
    }

    fn leave(&mut self, left: &Open) {
        if is_block(left.name) {
            self.end_line();
        }
        if let Some(count) = self.open_names.get_mut(left.name) {
            *count = count.saturating_sub(1);
        }
        match left.name {
            "table" => self.flow.close_table(),
            "li" => self.label = None,
            _ => {}
        }
    }

    /// The number of the next item of the innermost list.
    fn next_label(&mut self, tag: &StartTag<()>) -> Option<String> {
        let list = self.open.iter_mut().rev().find_map(|open| open.list.as_mut())?;
        let numeral = list.numeral?;
        let number = count(tag, "value").unwrap_or(list.next);
        list.next = number.saturating_add(1);
        Some(format!("{}.", numeral.write(number)))
    }

    /// The line that text of the current zone belongs to.
    fn inline(&mut self, text: &str) -> &mut Inline {
        let zone = self.zone();
        let line = if self.line.is_empty() || self.line.zone == zone { &mut self.line } else { &mut self.aside };
        if line.is_empty() && !text.trim().is_empty() {
            line.zone = zone;
        }
        line
    }

    fn end_line(&mut self) {
        let (line, aside) = (self.line.take(), self.aside.take());
        for line in [line, aside] {
            let zone = line.zone;
            let mut text = line.into_text();
            if text.chars().all(char::is_whitespace) {
                continue;
            }
            let label = self.label.take().filter(|label| !is_typed(&text, label));
            let numbered = label.is_some();
            if let Some(label) = label {
                text.insert_str(0, &label);
            }
            let rank = self.open.last().and_then(|open| open.level).map(Rank::Heading);
            self.flow.para(Para { text, marks: Marks { rank, numbered }, zone });
        }
    }
}

/// Whether the author typed the number although the list would show one.
fn is_typed(text: &str, label: &str) -> bool {
    text.strip_prefix(label.trim_end_matches('.')).is_some_and(|rest| rest.starts_with(['.', '、', '．', ')', '）']))
}

fn list_of(name: &str, tag: &StartTag<()>) -> Option<List> {
    let numeral = match name {
        "ol" if style_has(tag, "list-style:none") || style_has(tag, "list-style-type:none") => None,
        "ol" => Some(match attribute(tag, "type").as_str() {
            "a" => Numeral::LowerLetter,
            "A" => Numeral::UpperLetter,
            "i" => Numeral::LowerRoman,
            "I" => Numeral::UpperRoman,
            _ => Numeral::Decimal,
        }),
        "ul" | "menu" | "dir" => None,
        _ => return None,
    };
    Some(List { next: count(tag, "start").unwrap_or(1), numeral })
}

/// The value of an attribute that counts something.
fn count(tag: &StartTag<()>, name: &str) -> Option<u32> {
    attribute(tag, name).trim().parse().ok()
}
