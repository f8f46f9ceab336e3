//! Walks through the text of a document in the order in which it is written.

use super::super::flow::{Block, Flow, Merge, Para};
use super::super::lines::Lines;
use super::super::render::{Nesting, Renderer};
use super::super::{Format, NoteCode, SourceText};
use super::element::{Element, is_skipped};
use super::numbering::Numbering;
use super::paragraph::Paragraph;
use super::styles::Styles;
use super::symbols;
use super::xml::{Fault, Node, Tag, Xml};

pub(super) struct Body<'d> {
    styles: &'d Styles,
    numbering: Numbering,
    lines: Lines,
    open: Vec<Element>,
    /// The document's own flow, and one more for each text box that is open.
    flows: Vec<Flow>,
    /// Paragraphs nest where a text box hangs on one.
    paragraphs: Vec<Paragraph>,
    /// For each open alternative, whether one way of saying it has been read.
    alternates: Vec<bool>,
    /// The text of paragraphs whose end was deleted.
    carried: String,
    counts: Counts,
}

#[derive(Default)]
struct Counts {
    images: usize,
    deletions: usize,
    hidden: usize,
    boxes: usize,
    notes: usize,
    symbols: usize,
    imports: usize,
}

impl<'d> Body<'d> {
    pub(super) fn new(styles: &'d Styles, numbering: Numbering) -> Self {
        Self {
            styles,
            numbering,
            lines: Lines::default(),
            open: Vec::new(),
            flows: vec![Flow::default()],
            paragraphs: Vec::new(),
            alternates: Vec::new(),
            carried: String::new(),
            counts: Counts::default(),
        }
    }

    /// Reads the main part. What was read before a fault is kept.
    pub(super) fn read_document(&mut self, xml: &str) -> Result<(), Fault> {
        let outcome = self.walk(&mut Xml::new(xml));
        self.settle();
        outcome
    }

    /// Reads the footnotes or endnotes, to stand after the text.
    pub(super) fn read_notes(&mut self, xml: &str) -> Result<(), Fault> {
        let (line, known) = (self.lines.next_line(), self.counts.notes);
        let outcome = self.read_document(xml);
        let found = self.counts.notes - known;
        if found > 0 {
            self.lines.note(NoteCode::FootnotesAppended, Some(line), found);
        }
        outcome
    }

    pub(super) fn is_blank(&self) -> bool {
        self.lines.is_blank()
    }

    pub(super) fn finish(self) -> SourceText {
        let (mut lines, counts) = (self.lines, self.counts);
        let found = [
            (NoteCode::ImagesIgnored, counts.images),
            (NoteCode::DeletionsDropped, counts.deletions),
            (NoteCode::HiddenDropped, counts.hidden),
            (NoteCode::TextBoxAppended, counts.boxes),
            (NoteCode::SymbolsReplaced, counts.symbols),
        ];
        for (code, count) in found {
            lines.count_note(code, count);
        }
        if counts.imports > 0 {
            lines.note(NoteCode::PartSkipped, None, "w:altChunk");
        }
        lines.finish(Format::Docx)
    }

    fn walk(&mut self, xml: &mut Xml<'_>) -> Result<(), Fault> {
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if self.passes_over(&tag) => xml.skip()?,
                Node::Open(tag) => {
                    let element = Element::named(tag.name());
                    self.enter(element, &tag);
                    self.open.push(element);
                }
                Node::Close => {
                    if let Some(element) = self.open.pop() {
                        self.leave(element);
                    }
                }
                Node::Text(text) => {
                    if self.open.last() == Some(&Element::Text) {
                        self.add_text(&text);
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether the element holds nothing of the text as it stands now.
    fn passes_over(&mut self, tag: &Tag<'_>) -> bool {
        match tag.name() {
            "del" | "moveFrom" => {
                self.deletion(tag);
                true
            }
            "mc:Choice" | "mc:Fallback" => match self.alternates.last_mut() {
                Some(taken) => std::mem::replace(taken, true),
                None => false,
            },
            "footnote" | "endnote" => {
                tag.attr("type").is_some_and(|kind| kind.contains("eparator") || kind.contains("Notice"))
            }
            name => is_skipped(name),
        }
    }

    /// A deletion among the properties takes away a paragraph's end or a whole table row.
    fn deletion(&mut self, tag: &Tag<'_>) {
        match self.open.last() {
            Some(Element::RunProperties) => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.runs_on = true;
                }
            }
            Some(Element::RowProperties) => {
                if let Some(row) = self.flow().and_then(Flow::row) {
                    row.deleted = true;
                }
            }
            _ => self.counts.deletions += usize::from(tag.name() == "del"),
        }
    }

    fn enter(&mut self, element: Element, tag: &Tag<'_>) {
        match element {
            Element::Paragraph => self.paragraphs.push(Paragraph::default()),
            Element::TextBox => {
                self.counts.boxes += 1;
                self.flows.push(Flow::default());
            }
            Element::Alternate => self.alternates.push(false),
            Element::Table => self.in_flow(Flow::open_table),
            Element::Row => self.in_flow(Flow::open_row),
            Element::Cell => self.in_flow(|flow| flow.open_cell(1, Merge::None)),
            Element::Run => self.set_hidden(false),
            _ => self.small_element(tag),
        }
    }

    fn small_element(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "tab" if self.open.last() == Some(&Element::Run) => self.add_text("\t"),
            "ptab" => self.add_text("\t"),
            "br" | "cr" => self.add_text("\n"),
            "noBreakHyphen" => self.add_text("-"),
            "sym" => self.symbol(tag),
            "vanish" if self.is_run_property() && tag.is_on() => self.set_hidden(true),
            "gridSpan" => {
                let columns = tag.number().unwrap_or(1).clamp(1, 64);
                if let Some(cell) = self.flow().and_then(Flow::cell) {
                    cell.columns = usize::try_from(columns).unwrap_or(1);
                }
            }
            "vMerge" => {
                let starts = tag.val().is_some_and(|value| value == "restart");
                if let Some(cell) = self.flow().and_then(Flow::cell) {
                    cell.merge = if starts { Merge::Start } else { Merge::Continue };
                }
            }
            "a:blip" | "v:imagedata" => self.counts.images += 1,
            "footnote" | "endnote" => self.counts.notes += 1,
            "altChunk" => self.counts.imports += 1,
            _ => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.property(tag);
                }
            }
        }
    }

    fn leave(&mut self, element: Element) {
        match element {
            Element::Paragraph => self.end_paragraph(),
            Element::TextBox => self.end_text_box(),
            Element::Alternate => {
                self.alternates.pop();
            }
            Element::Cell => self.end_carried(),
            Element::Table => {
                self.in_flow(Flow::close_table);
                self.write_out();
            }
            Element::Run => self.set_hidden(false),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.paragraphs.pop() else {
            return;
        };
        if !self.carried.is_empty() {
            paragraph.text.insert_str(0, &std::mem::take(&mut self.carried));
        }
        if paragraph.runs_on && paragraph.boxes.is_empty() {
            self.carried = paragraph.text;
            return;
        }
        let (para, boxes) = paragraph.finish(self.styles, &mut self.numbering);
        let only_boxes = para.text.trim().is_empty() && !boxes.is_empty();
        self.in_flow(|flow| {
            if !only_boxes {
                flow.para(para);
            }
            for block in boxes {
                flow.block(block);
            }
        });
        self.write_out();
    }

    /// The content of a text box follows the paragraph that it hangs on.
    fn end_text_box(&mut self) {
        self.end_carried();
        if self.flows.len() < 2 {
            return;
        }
        let blocks: Vec<Block> = self.flows.pop().map(Flow::finish).unwrap_or_default();
        match self.paragraphs.last_mut() {
            Some(paragraph) => paragraph.boxes.extend(blocks),
            None => self.in_flow(|flow| {
                for block in blocks {
                    flow.block(block);
                }
            }),
        }
    }

    /// A paragraph cannot run on past the end of its cell, text box or document.
    fn end_carried(&mut self) {
        if !self.carried.is_empty() {
            let text = std::mem::take(&mut self.carried);
            self.in_flow(|flow| {
                flow.para(Para { text, ..Para::default() });
            });
        }
    }

    /// Lays out what is complete, so that a long document is not held twice.
    fn write_out(&mut self) {
        let [flow] = self.flows.as_mut_slice() else {
            return;
        };
        if !flow.in_table() {
            let blocks = flow.take_done();
            Renderer::new(&mut self.lines, Nesting::Data, &[]).blocks(&blocks);
        }
    }

    /// Closes whatever a part left open.
    fn settle(&mut self) {
        while let Some(element) = self.open.pop() {
            self.leave(element);
        }
        self.end_carried();
        self.write_out();
    }

    fn add_text(&mut self, text: &str) {
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        if paragraph.in_hidden_run {
            self.counts.hidden += 1;
        } else {
            paragraph.text.push_str(text);
        }
    }

    fn symbol(&mut self, tag: &Tag<'_>) {
        let font = tag.attr("font").unwrap_or_default();
        let code = tag.attr("char").unwrap_or_default();
        let known = symbols::symbol(&font, &code);
        self.counts.symbols += usize::from(known.is_none());
        let mut buffer = [0; 4];
        self.add_text(known.unwrap_or(symbols::UNKNOWN).encode_utf8(&mut buffer));
    }

    fn set_hidden(&mut self, hidden: bool) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.in_hidden_run = hidden;
        }
    }

    /// The properties of a paragraph hold those of its end mark, which hides nothing.
    fn is_run_property(&self) -> bool {
        self.open.ends_with(&[Element::Run, Element::RunProperties])
    }

    fn flow(&mut self) -> Option<&mut Flow> {
        self.flows.last_mut()
    }

    fn in_flow(&mut self, act: impl FnOnce(&mut Flow)) {
        if let Some(flow) = self.flows.last_mut() {
            act(flow);
        }
    }
}
