use lianfang_domain::plan::{Confidence, Member, Rule, Source, Text};

use super::cues::{Cue, Cues};
use crate::{
    outline::{Node, NodeId, Outline},
    text::Doc,
    units::{Lexicon, UnitItem},
};

/// A document with its tree, as the reading rules see it. Ranges are bytes of the folded text.
pub(crate) struct Ctx<'a> {
    pub(crate) doc: &'a Doc,
    pub(crate) outline: &'a Outline,
    /// Where the words stand that rules wait for.
    pub(crate) cues: &'a Cues,
    pub(crate) lexicon: Lexicon,
    /// Year and month of the document itself, where known.
    pub(crate) issued: Option<(i16, Option<i8>)>,
}

impl<'a> Ctx<'a> {
    /// The folded text of a range.
    pub(crate) fn text(&self, range: (usize, usize)) -> &'a str {
        &self.doc.folded[range.0..range.1]
    }

    /// Whether a range holds a word of the cue.
    pub(crate) fn says(&self, cue: Cue, range: (usize, usize)) -> bool {
        self.cues.stand_in(cue, range)
    }

    /// The words as written, white space at the ends removed.
    pub(crate) fn show(&self, range: (usize, usize)) -> String {
        self.doc.show(range.0, range.1).trim().to_owned()
    }

    /// Where a range stands.
    pub(crate) fn source(&self, range: (usize, usize), rule: Rule) -> Source {
        source_of(self.doc, range, rule)
    }

    /// Where a range stands, when one of several readings was chosen.
    pub(crate) fn unsure(&self, range: (usize, usize), rule: Rule, confidence: Confidence) -> Source {
        Source { confidence, ..self.source(range, rule) }
    }

    /// A piece of text with its place.
    pub(crate) fn quote(&self, range: (usize, usize), rule: Rule) -> Text {
        Text { text: self.show(range), source: self.source(range, rule) }
    }

    pub(crate) fn node(&self, id: NodeId) -> &'a Node {
        &self.outline.nodes[id]
    }

    /// All nodes in the order of the text.
    pub(crate) fn node_ids(&self) -> std::ops::Range<NodeId> {
        0..self.outline.nodes.len()
    }

    /// The heading of a node, folded.
    pub(crate) fn title(&self, id: NodeId) -> &'a str {
        self.text(self.node(id).title)
    }

    /// The number of a node as written.
    pub(crate) fn number(&self, id: NodeId) -> Option<String> {
        let node = self.node(id);
        let marker = node.marker.as_ref()?;
        let written = self.doc.show(node.start, node.start + marker.len).trim();
        Some(written.trim_end_matches(['、', ',', '，']).to_owned())
    }

    /// The nodes above a node, innermost first.
    pub(crate) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<'a> {
        let outline = self.outline;
        std::iter::successors(outline.nodes[id].parent, move |&parent| outline.nodes[parent].parent)
    }

    /// Own text and paragraphs of a node in reading order, without its children.
    pub(crate) fn own_text(&self, id: NodeId) -> Vec<(usize, usize)> {
        let node = self.node(id);
        let body = (node.body.0 < node.body.1).then_some(node.body);
        body.into_iter().chain(node.paragraphs.iter().copied()).collect()
    }

    /// A member from a list item.
    pub(crate) fn member(&self, item: &UnitItem, rule: Rule) -> Member {
        let confidence = if item.inherited { Confidence::Likely } else { Confidence::Certain };
        Member {
            name: item.name.clone(),
            text: item.text.clone(),
            kind: item.kind,
            aliases: item.aliases.clone(),
            confidence,
            source: self.unsure((item.start, item.end), rule, confidence),
        }
    }

    /// A range without white space and list signs at its ends.
    pub(crate) fn trimmed(&self, range: (usize, usize)) -> (usize, usize) {
        let text = self.text(range);
        let start = range.0 + (text.len() - text.trim_start_matches([' ', ',', ';', '。', ':', '、']).len());
        let end = range.1 - (text.len() - text.trim_end_matches([' ', ',', ';', '。', '、']).len());
        (start, end.max(start))
    }

    /// The sentence around a byte.
    pub(crate) fn sentence_around(&self, at: usize) -> (usize, usize) {
        let text = &self.doc.folded;
        let stops = ['。', ';', '\n', '!', '?'];
        let start = text[..at]
            .char_indices()
            .rev()
            .take(300)
            .find(|(_, c)| stops.contains(c))
            .map_or_else(|| floor(text, at.saturating_sub(900)), |(i, c)| i + c.len_utf8());
        let end = text[at..]
            .char_indices()
            .take(300)
            .find(|(_, c)| stops.contains(c))
            .map_or_else(|| floor(text, (at + 900).min(text.len())), |(i, _)| at + i);
        (start, end)
    }

    /// How many bytes the number of the piece that begins here takes.
    fn number_at(&self, at: usize) -> Option<usize> {
        let pieces = &self.outline.pieces;
        let index = pieces.partition_point(|piece| piece.start < at);
        pieces.get(index).filter(|piece| piece.start == at)?.marker.as_ref().map(|marker| marker.len)
    }

    /// The clause around a byte: to the nearest comma or stronger sign.
    pub(crate) fn clause_around(&self, at: usize) -> (usize, usize) {
        let (start, end) = self.sentence_around(at);
        let text = &self.doc.folded;
        // The colon of a clock time parts no clauses.
        let digit = |c: char| c.is_ascii_digit();
        let clock = |i: usize| text[..i].ends_with(digit) && text[i + 1..].starts_with(digit);
        let parts = |(i, c): &(usize, char)| matches!(c, ',' | '(' | ')') || (*c == ':' && !clock(*i));
        let from =
            text[start..at].char_indices().map(|(i, c)| (start + i, c)).rev().find(parts).map_or(start, |(i, _)| i + 1);
        // The number of an item is no part of what it says.
        let number = self.number_at(from).filter(|&number| from + number <= at).unwrap_or(0);
        let to = text[at..end].find([',', ')', '(']).map_or(end, |i| at + i);
        (from + number, to)
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where a range of the folded text stands.
pub(crate) fn source_of(doc: &Doc, range: (usize, usize), rule: Rule) -> Source {
    let span = doc.span(range.0, range.1);
    let (line, column) = doc.place(span.start);
    Source { span, line, column, rule, confidence: Confidence::Certain, repairs: doc.repairs_in(span) }
}

/// Cuts a range into sentences at the given signs; the sign is not part of the sentence.
///
/// The signs are ASCII or stand in the block of CJK punctuation (U+3000 to U+303F), so Han text is passed by bytes.
pub(crate) fn cut(text: &str, range: (usize, usize), signs: &[char]) -> Vec<(usize, usize)> {
    const CJK_PUNCTUATION: u8 = 0xE3;
    debug_assert!(signs.iter().all(|c| c.is_ascii() || ('\u{3000}'..='\u{303F}').contains(c)));
    let mut parts = Vec::new();
    let (mut from, mut depth, mut at) = (range.0, 0i32, range.0);
    let bytes = &text.as_bytes()[..range.1];
    while let Some(skipped) = bytes[at..].iter().position(|b| b.is_ascii() || *b == CJK_PUNCTUATION) {
        at += skipped;
        let Some(c) = text[at..].chars().next() else { break };
        match c {
            '(' | '[' | '《' => depth += 1,
            ')' | ']' | '》' => depth = (depth - 1).max(0),
            _ if depth == 0 && signs.contains(&c) => {
                parts.push((from, at));
                from = at + c.len_utf8();
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    parts.push((from, range.1));
    parts.retain(|&(from, to)| !text[from..to].trim().is_empty());
    parts
}
