//! A paragraph while it is being read.

use super::super::flow::{Block, Para, Zone};
use super::super::lines::{Marks, Rank};
use super::numbering::Numbering;
use super::styles::{ListRef, Styles, outline_rank};
use super::xml::Tag;

#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// The text boxes that hang on it.
    pub(super) boxes: Vec<Block>,
    /// Its end was deleted, so that it runs on into the next paragraph.
    pub(super) runs_on: bool,
    /// The run being read is hidden.
    pub(super) in_hidden_run: bool,
    style: Option<String>,
    list: ListRef,
    outline: Option<u32>,
}

impl Paragraph {
    /// Takes a property of the paragraph in, if the tag is one.
    pub(super) fn property(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "pStyle" => self.style = tag.val(),
            "numId" => self.list.list = tag.number(),
            "ilvl" => self.list.level = tag.number(),
            "outlineLvl" => self.outline = tag.number(),
            _ => {}
        }
    }

    /// The finished paragraph, with its number as text, and its text boxes.
    pub(super) fn finish(self, styles: &Styles, numbering: &mut Numbering) -> (Para, Vec<Block>) {
        let style = styles.resolve(self.style.as_deref());
        let label = numbering.count(self.list, &style, styles);
        let rank = match (style.rank, self.outline) {
            (Some(Rank::Title), _) => Some(Rank::Title),
            (_, Some(outline)) => outline_rank(outline),
            (rank, None) => rank,
        };
        let numbered = label.is_some();
        let text = match label {
            Some(label) => label + self.text.trim_start_matches([' ', '\t']),
            None => self.text,
        };
        let para = Para { text, marks: Marks { rank, numbered }, zone: Zone::Body };
        (para, self.boxes)
    }
}
