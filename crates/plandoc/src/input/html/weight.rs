//! Decides how much of a page may be left out as frame.

use super::super::NoteCode;
use super::super::flow::{Block, Para, Zone};
use super::super::lines::Lines;
use super::super::wide::is_wide;

/// How much of the Chinese text has to remain, in per cent.
const LEAST_KEPT: u64 = 40;

/// A Chinese character outweighs any Latin letters, which count only on pages without Chinese.
const WEIGHT_OF_CHINESE: u64 = 1000;

/// What is left out, from the most to the least. Sites of one kind wrap the whole page in a form,
/// so a form is the first to be taken back in.
const CHOICES: [&[Zone]; 4] =
    [&[Zone::Form, Zone::Frame, Zone::Hidden], &[Zone::Frame, Zone::Hidden], &[Zone::Hidden], &[]];

/// What is left out of a page.
pub(super) struct Choice {
    pub(super) dropped: &'static [Zone],
    lines: usize,
    hidden: usize,
    first: Vec<String>,
}

/// Leaves out as much as may be.
pub(super) fn choose(blocks: &[Block]) -> Choice {
    let mut paras = Vec::new();
    collect(blocks, &mut paras);
    let weight = |zones: &[Zone]| -> u64 {
        paras.iter().filter(|para| !zones.contains(&para.zone)).map(|para| weight_of(&para.text)).sum()
    };
    let all = weight(&[]);
    let dropped = CHOICES
        .into_iter()
        .find(|zones| weight(zones).saturating_mul(100) >= all.saturating_mul(LEAST_KEPT))
        .unwrap_or_default();
    let left_out = |zone: Zone| paras.iter().filter(move |para| para.zone == zone && dropped.contains(&zone));
    let frame = || left_out(Zone::Form).chain(left_out(Zone::Frame));
    Choice {
        dropped,
        lines: frame().count(),
        hidden: left_out(Zone::Hidden).count(),
        first: frame().take(3).map(|para| para.text.chars().take(20).collect()).collect(),
    }
}

impl Choice {
    /// Says what was left out, or that it could not be told apart.
    pub(super) fn note(&self, lines: &mut Lines) {
        if self.lines > 0 {
            let detail = format!("{} ({} …)", self.lines, self.first.join(" / "));
            lines.note(NoteCode::FrameDropped, None, detail);
        }
        lines.count_note(NoteCode::HiddenDropped, self.hidden);
        if !self.dropped.contains(&Zone::Frame) {
            lines.note(NoteCode::FrameKept, None, "");
        }
    }
}

/// All paragraphs, those in tables too; tables nest no deeper than the flow lets them.
fn collect<'b>(blocks: &'b [Block], paras: &mut Vec<&'b Para>) {
    for block in blocks {
        match block {
            Block::Para(para) => paras.push(para),
            Block::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    collect(&cell.blocks, paras);
                }
            }
        }
    }
}

fn weight_of(text: &str) -> u64 {
    text.chars()
        .map(|c| match c {
            _ if is_wide(c) => WEIGHT_OF_CHINESE,
            _ if c.is_alphabetic() => 1,
            _ => 0,
        })
        .sum()
}
