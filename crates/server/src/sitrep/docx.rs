//! A report as an official document: page, fonts by name, sizes and numbering of GB/T 9704-2012.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BorderType, BreakType, Docx, Footer, LineSpacing, LineSpacingType, PageMargin, PageNum, Paragraph,
    Pic, Run, RunFonts, SpecialIndentType, Table, TableAlignmentType, TableBorder, TableBorderPosition, TableBorders,
    TableCell, TableRow, VAlignType, WidthType,
};
use lianfang_domain::sitrep::{ChartPoint, DocBlock, Document, Run as Words, TableCell as Cell};

use super::{masthead::Masthead, picture};
use crate::Fault;

/// A4 in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
/// The margins of the standard: 37 mm above, 28 mm at the binding, and what leaves 156 mm by 225 mm for the text.
const MARGINS: (i32, i32, i32, i32) = (2098, 1588, 1984, 1474);
/// 22 lines a page.
const LINE: i32 = 579;
/// Sizes in half points: 二号, 三号, 四号, 小四.
const TITLE: usize = 44;
const TEXT: usize = 32;
const FOURTH: usize = 28;
const SMALL: usize = 24;
/// Two signs of 三号.
const INDENT: i32 = 640;
/// The width of the text in twentieths of a point.
const WIDTH: usize = 8844;
/// The width of a picture in the text, in English metric units: 150 mm.
const PICTURE: u32 = 5_400_000;
const RED: &str = "D7000F";

const SONG: &str = "方正小标宋简体";
const HEI: &str = "黑体";
const KAI: &str = "楷体_GB2312";
const FANG: &str = "仿宋_GB2312";

fn fonts(chinese: &str) -> RunFonts {
    RunFonts::new().east_asia(chinese).ascii("Times New Roman").hi_ansi("Times New Roman").cs("Times New Roman")
}

fn run(text: &str, font: &str, size: usize) -> Run {
    Run::new().add_text(text).size(size).fonts(fonts(font))
}

fn line() -> Paragraph {
    Paragraph::new().line_spacing(LineSpacing::new().line_rule(LineSpacingType::Exact).line(LINE))
}

fn indented() -> Paragraph {
    line().indent(None, Some(SpecialIndentType::FirstLine(INDENT)), None, None)
}

fn joined(words: &[Words]) -> String {
    words.iter().map(|run| run.text.as_str()).collect()
}

/// The bytes of the document. The same report gives the same text; figures that are missing are said in words.
///
/// # Errors
/// [`Fault::Broken`] when it cannot be put together.
pub(super) fn docx(document: &Document, head: &Masthead) -> Result<Vec<u8>, Fault> {
    let (top, left, bottom, right) = MARGINS;
    let margins = PageMargin::new().top(top).left(left).bottom(bottom).right(right).header(851).footer(1400).gutter(0);
    let mut docx = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(margins)
        .default_fonts(fonts(FANG))
        .default_size(TEXT)
        .footer(footer(AlignmentType::Right))
        .even_footer(footer(AlignmentType::Left));
    for part in above(head) {
        docx = part.add_to(docx);
    }
    docx = docx.add_paragraph(line());
    docx = docx.add_paragraph(line().align(AlignmentType::Center).add_run(run(&joined(&document.title), SONG, TITLE)));
    docx = docx.add_paragraph(line());
    let is_attachment = |block: &&DocBlock| matches!(block, DocBlock::Attachment { .. });
    for (block, key) in document.blocks.iter().filter(|block| !is_attachment(block)).zip(0..) {
        for part in body(block, key, head)? {
            docx = part.add_to(docx);
        }
    }
    for paragraph in attachments(document, head) {
        docx = docx.add_paragraph(paragraph);
    }
    for paragraph in below(head) {
        docx = docx.add_paragraph(paragraph);
    }
    let mut bytes = Cursor::new(Vec::new());
    docx.build().pack(&mut bytes).map_err(|error| Fault::Broken(error.to_string()))?;
    Ok(bytes.into_inner())
}

/// What a document is made of.
enum Piece {
    Paragraph(Box<Paragraph>),
    Table(Box<Table>),
}

impl Piece {
    fn add_to(self, docx: Docx) -> Docx {
        match self {
            Piece::Paragraph(paragraph) => docx.add_paragraph(*paragraph),
            Piece::Table(table) => docx.add_table(*table),
        }
    }
}

fn piece(paragraph: Paragraph) -> Piece {
    Piece::Paragraph(Box::new(paragraph))
}

/// `— 1 —`, 四号, outside on each page.
fn footer(side: AlignmentType) -> Footer {
    let mark = |text: &str| Run::new().add_text(text).size(FOURTH).fonts(fonts("宋体"));
    let number = Paragraph::new().align(side).size(FOURTH);
    Footer::new().add_paragraph(number.add_run(mark("— ")).add_page_num(PageNum::new()).add_run(mark(" —")))
}

/// The red head of a periodical with its number, issuer and day; the marks that must be seen.
fn above(head: &Masthead) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for mark in &head.marks {
        pieces.push(piece(line().add_run(run(mark, HEI, TEXT).color(RED))));
    }
    if head.name.is_empty() {
        if !head.number.is_empty() {
            pieces.push(piece(line().align(AlignmentType::Center).add_run(run(&head.number, FANG, TEXT))));
        }
        return pieces;
    }
    let name = Paragraph::new().align(AlignmentType::Center).add_run(run(&head.name, SONG, 60).color(RED));
    pieces.push(piece(name));
    pieces.push(piece(line().align(AlignmentType::Center).add_run(run(&head.number, FANG, TEXT))));
    let cell = |text: &str, side| {
        let paragraph = Paragraph::new().align(side).add_run(run(text, FANG, TEXT));
        TableCell::new().add_paragraph(paragraph).width(WIDTH / 2, WidthType::Dxa)
    };
    let row = TableRow::new(vec![cell(&head.issuer, AlignmentType::Left), cell(&head.on, AlignmentType::Right)]);
    let under = TableBorder::new(TableBorderPosition::Bottom).border_type(BorderType::Single).size(18).color(RED);
    let borders = TableBorders::with_empty().set(under);
    let table = Table::new(vec![row]).set_grid(vec![WIDTH / 2, WIDTH / 2]).width(WIDTH, WidthType::Dxa);
    pieces.push(Piece::Table(Box::new(table.set_borders(borders))));
    pieces
}

fn body(block: &DocBlock, key: usize, head: &Masthead) -> Result<Vec<Piece>, Fault> {
    Ok(match block {
        DocBlock::Heading { level, number, runs } => {
            let words = format!("{number}{}", joined(runs));
            let heading = match level {
                1 => run(&words, HEI, TEXT),
                2 => run(&words, KAI, TEXT),
                3 => run(&words, FANG, TEXT).bold(),
                _ => run(&words, FANG, TEXT),
            };
            let outline = usize::from(*level).saturating_sub(1);
            vec![piece(indented().keep_next(true).outline_lvl(outline).add_run(heading))]
        }
        DocBlock::Paragraph(runs) => vec![piece(indented().add_run(run(&joined(runs), FANG, TEXT)))],
        DocBlock::Table { caption, head: names, rows } => {
            vec![piece(caption_of(caption)), Piece::Table(Box::new(table(names, rows))), piece(line())]
        }
        DocBlock::Chart { caption, unit, points, .. } => chart(caption, unit, points, key, head)?,
        DocBlock::Attachment { .. } => Vec::new(),
    })
}

fn caption_of(text: &str) -> Paragraph {
    line().align(AlignmentType::Center).keep_next(true).add_run(run(text, HEI, FOURTH))
}

fn table(names: &[String], rows: &[Vec<Cell>]) -> Table {
    let n = names.len().max(1);
    let cell = |text: &str, font, side| {
        let spacing = LineSpacing::new().line_rule(LineSpacingType::AtLeast).line(360);
        let paragraph = Paragraph::new().align(side).line_spacing(spacing).add_run(run(text, font, SMALL));
        TableCell::new().add_paragraph(paragraph).vertical_align(VAlignType::Center).width(WIDTH / n, WidthType::Dxa)
    };
    let mut lines = vec![TableRow::new(names.iter().map(|name| cell(name, HEI, AlignmentType::Center)).collect())];
    for row in rows {
        let of = |one: &Cell| {
            let side = if one.source.is_some() { AlignmentType::Right } else { AlignmentType::Left };
            cell(&one.text, FANG, side)
        };
        lines.push(TableRow::new(row.iter().map(of).collect()));
    }
    Table::new(lines).set_grid(vec![WIDTH / n; n]).width(WIDTH, WidthType::Dxa).align(TableAlignmentType::Center)
}

/// A picture with its caption, and its numbers in a table under it.
fn chart(caption: &str, unit: &str, points: &[ChartPoint], key: usize, head: &Masthead) -> Result<Vec<Piece>, Fault> {
    let (bytes, width, height) = picture::png(&picture::svg(caption, unit, points, key, head.lang))?;
    let tall = u32::try_from(u64::from(PICTURE) * u64::from(height) / u64::from(width.max(1))).unwrap_or(PICTURE);
    let picture = Pic::new_with_dimensions(bytes, width, height).size(PICTURE, tall);
    // A line of exact height would cut the picture off.
    let shown = Paragraph::new().align(AlignmentType::Center).add_run(Run::new().add_image(picture));
    let mut pieces = vec![piece(shown), piece(caption_of(caption))];
    // Seven days stand beside each other.
    for some in points.chunks(7) {
        let names: Vec<String> = some.iter().map(|point| point.label.clone()).collect();
        let value = |point: &ChartPoint| Cell { text: point.text.clone(), figure: point.figure, source: Some(0) };
        pieces.push(Piece::Table(Box::new(table(&names, &[some.iter().map(value).collect()]))));
        pieces.push(piece(line()));
    }
    Ok(pieces)
}

/// `附件：1. …`, one below the other.
fn attachments(document: &Document, head: &Masthead) -> Vec<Paragraph> {
    let named: Vec<(usize, &String)> = document
        .blocks
        .iter()
        .filter_map(
            |block| if let DocBlock::Attachment { number, name } = block { Some((*number, name)) } else { None },
        )
        .collect();
    let alone = named.len() == 1;
    let words = head.lang.pick("附件：", "Attached: ");
    let one = |(number, name): (usize, &String)| {
        let before = if number == 1 { words } else { "　　　" };
        let number = if alone { String::new() } else { format!("{number}.") };
        indented().add_run(run(&format!("{before}{number}{name}"), FANG, TEXT))
    };
    let blank = (!named.is_empty()).then(line);
    blank.into_iter().chain(named.into_iter().map(one)).collect()
}

/// Who issues it and when, at the end of a report that has no head.
fn below(head: &Masthead) -> Vec<Paragraph> {
    if !head.name.is_empty() {
        return Vec::new();
    }
    let signed = |text: &str| {
        line().align(AlignmentType::Right).indent(None, None, Some(INDENT), None).add_run(run(text, FANG, TEXT))
    };
    vec![line().add_run(Run::new().add_break(BreakType::TextWrapping)), signed(&head.issuer), signed(&head.on)]
}
