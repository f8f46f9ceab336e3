use lianfang_domain::{
    Lang,
    sitrep::{DocBlock, Document, Run},
};

use super::picture;

/// A part of a report as a page shows it.
pub(super) enum Shown {
    /// A heading: its level from 1 to 4, number and words.
    Heading(u8, String, Vec<Run>),
    Paragraph(Vec<Run>),
    /// Caption, head, and rows of cells: text, whether it is a figure, whether it is missing.
    Table(String, Vec<String>, Vec<Vec<(String, bool, bool)>>),
    /// Caption, picture, and its numbers.
    Chart(String, String, Vec<(String, String)>),
    Attachment(usize, String),
}

/// The parts of a report, in order.
pub(super) fn shown(document: &Document, lang: Lang) -> Vec<Shown> {
    let part = |(key, block): (usize, &DocBlock)| match block {
        DocBlock::Heading { level, number, runs } => Shown::Heading(*level, number.clone(), runs.clone()),
        DocBlock::Paragraph(runs) => Shown::Paragraph(runs.clone()),
        DocBlock::Table { caption, head, rows } => {
            let cell = |cell: &lianfang_domain::sitrep::TableCell| {
                let is_figure = cell.source.is_some();
                (cell.text.clone(), is_figure, is_figure && cell.figure.and_then(|one| one.amount()).is_none())
            };
            let rows = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
            Shown::Table(caption.clone(), head.clone(), rows)
        }
        DocBlock::Chart { caption, unit, points, .. } => {
            let numbers = points.iter().map(|point| (point.label.clone(), point.text.clone())).collect();
            Shown::Chart(caption.clone(), picture::svg(caption, unit, points, key, lang), numbers)
        }
        DocBlock::Attachment { number, name } => Shown::Attachment(*number, name.clone()),
    };
    document.blocks.iter().enumerate().map(|(key, block)| part((key, block))).collect()
}
