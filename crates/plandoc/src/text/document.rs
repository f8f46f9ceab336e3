use lianfang_domain::plan::{Repair, Span};

use super::{CleanLine, LineRepair};
use crate::input::HintKind;

/// A line of the normalised text.
#[derive(Clone, Debug)]
pub(crate) struct DocLine {
    /// Bytes in the folded text, without the line end.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) hint: Option<HintKind>,
    pub(crate) blank_before: bool,
}

/// One document of a file: its normalised text, the same text as the rules see it, and the way back to the original.
#[derive(Debug, Default)]
pub(crate) struct Doc {
    pub(crate) text: String,
    pub(crate) folded: String,
    pub(crate) lines: Vec<DocLine>,
    pub(crate) repairs: Vec<Repair>,
    pub(crate) white_space_folded: u32,
    /// (folded byte, text byte) after each character whose two lengths differ.
    shifts: Vec<(u32, u32)>,
    /// (text byte, source line, source column) wherever the place does not just count on.
    anchors: Vec<(u32, u32, u32)>,
}

fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// How many bytes a character takes, by its first one.
fn length_of(lead: u8) -> usize {
    match lead {
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

impl Doc {
    /// Puts the lines of one document together.
    pub(crate) fn build(lines: Vec<CleanLine>) -> Doc {
        let mut doc = Doc::default();
        let capacity = lines.iter().map(|line| line.text.len() + 1).sum();
        doc.text.reserve(capacity);
        doc.folded.reserve(capacity);
        for line in lines {
            doc.push(line);
        }
        doc
    }

    fn push(&mut self, line: CleanLine) {
        let base = self.text.len();
        let mut joins = line.joins.iter().peekable();
        let mut source_line = line.line;
        for &(at, column) in &line.columns {
            while let Some(&(_, joined)) = joins.next_if(|&&(from, _)| from <= at) {
                source_line = joined;
            }
            self.anchors.push((offset(base) + at, source_line, column));
        }
        for repair in line.repairs {
            self.add_repair(base, repair);
        }
        let start = self.folded.len();
        self.append(&line.text, &line.folded);
        self.lines.push(DocLine { start, end: self.folded.len(), hint: line.hint, blank_before: line.blank_before });
        self.append("\n", "\n");
        self.white_space_folded += line.folded_spaces + u32::from(line.blank_before);
    }

    fn add_repair(&mut self, base: usize, repair: LineRepair) {
        let at = base + repair.at;
        let span = Span { start: offset(at), end: offset(at + repair.after.len()) };
        self.repairs.push(Repair {
            kind: repair.kind,
            span,
            line: repair.line,
            column: repair.column,
            before: repair.before,
            after: repair.after,
        });
    }

    /// Appends a text and its folded form, which correspond character by character.
    fn append(&mut self, text: &str, folded: &str) {
        let (base_text, base_folded) = (self.text.len(), self.folded.len());
        self.text.push_str(text);
        self.folded.push_str(folded);
        if text.len() == folded.len() {
            return;
        }
        let (mut at, mut folded_at) = (0, 0);
        while let (Some(&lead), Some(&folded_lead)) = (text.as_bytes().get(at), folded.as_bytes().get(folded_at)) {
            let (length, folded_length) = (length_of(lead), length_of(folded_lead));
            at += length;
            folded_at += folded_length;
            if length != folded_length {
                self.shifts.push((offset(base_folded + folded_at), offset(base_text + at)));
            }
        }
    }

    /// The byte in the normalised text for a byte in the folded text.
    pub(crate) fn unfold(&self, at: usize) -> usize {
        let at = offset(at);
        let index = self.shifts.partition_point(|&(folded, _)| folded <= at);
        match index.checked_sub(1).map(|i| self.shifts[i]) {
            Some((folded, text)) => (text + (at - folded)) as usize,
            None => at as usize,
        }
    }

    /// The byte in the folded text for a byte in the normalised text: the way back of [`Doc::unfold`].
    pub(crate) fn refold(&self, at: u32) -> usize {
        let index = self.shifts.partition_point(|&(_, text)| text <= at);
        match index.checked_sub(1).map(|i| self.shifts[i]) {
            Some((folded, text)) => (folded + (at - text)) as usize,
            None => at as usize,
        }
    }

    /// The span in the normalised text for a range in the folded text.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        Span { start: offset(self.unfold(start)), end: offset(self.unfold(end)) }
    }

    /// The words as written for a range in the folded text.
    pub(crate) fn show(&self, start: usize, end: usize) -> &str {
        self.span(start, end).of(&self.text)
    }

    /// Line and column in the original for a byte of the normalised text.
    pub(crate) fn place(&self, at: u32) -> (u32, u32) {
        let index = self.anchors.partition_point(|&(anchor, _, _)| anchor <= at);
        let Some(&(anchor, line, column)) = index.checked_sub(1).and_then(|i| self.anchors.get(i)) else {
            return (1, 1);
        };
        let between = self.text.get(anchor as usize..at as usize).map_or(0, |s| s.chars().count());
        (line, column + offset(between))
    }

    /// Indices of the repairs inside a span.
    pub(crate) fn repairs_in(&self, span: Span) -> Vec<u32> {
        let from = self.repairs.partition_point(|repair| repair.span.start < span.start);
        self.repairs[from..]
            .iter()
            .take_while(|repair| repair.span.start < span.end)
            .enumerate()
            .map(|(i, _)| offset(from + i))
            .collect()
    }
}
