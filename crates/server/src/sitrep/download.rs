use lianfang_domain::{
    SitrepId,
    indicator::Figure,
    sitrep::{DocBlock, Document},
};

use super::{docx::docx, filled::filled, here, masthead::Masthead, words::SitrepWords};
use crate::{
    Fault,
    at::At,
    fault::PageResult,
    file::{Cell, Workbook, download},
    visit::Visit,
};

/// The report as an official document.
pub(super) async fn document(visit: Visit, At(id): At<SitrepId>) -> PageResult {
    let record = here(&visit, id).await?;
    let text = filled(&visit, &record).await?;
    let head = Masthead::of(&visit, &record).await?;
    visit.app.store().record_read(&visit.actor(), visit.act, &format!("sitrep:{id}"), Some(&record.sitrep.area), "");
    // Drawing pictures takes a while.
    let made = tokio::task::spawn_blocking(move || docx(&text.document, &head));
    let bytes = made.await.map_err(|error| Fault::Broken(error.to_string()))??;
    Ok(download(bytes, &format!("{}.docx", record.sitrep.name)))
}

/// Its figures as a table, each with where it comes from.
pub(super) async fn table(visit: Visit, At(id): At<SitrepId>) -> PageResult {
    let (record, t) = (here(&visit, id).await?, SitrepWords(visit.lang));
    let text = filled(&visit, &record).await?;
    let head = [t.part(), t.item(), t.column(), t.value(), t.as_number(), t.source_of()];
    let mut book = Workbook::new(t.figures(), &head.map(str::to_owned))?;
    for row in rows(&text.document, t) {
        book.row(&row)?;
    }
    visit.app.store().record_read(&visit.actor(), visit.act, &format!("sitrep:{id}"), Some(&record.sitrep.area), "");
    book.downloaded(&format!("{}.xlsx", record.sitrep.name)).await
}

/// A whole number to count with; what is not known, or has decimals, stays text beside it.
fn number(figure: Option<Figure>) -> Cell {
    match figure {
        Some(Figure::Known(amount)) => {
            let millionths = amount.millionths().filter(|millionths| millionths % 1_000_000 == 0);
            Cell::from(millionths.map(|millionths| millionths / 1_000_000))
        }
        _ => Cell::Empty,
    }
}

fn rows(document: &Document, t: SitrepWords) -> Vec<Vec<Cell>> {
    let of = |source: Option<usize>| {
        let source = source.and_then(|at| document.sources.get(at));
        Cell::from(source.map(|source| format!("{} {}", source.name, source.of)).unwrap_or_default())
    };
    let mut rows = Vec::new();
    let text = |text: &str| Cell::from(text);
    for block in &document.blocks {
        match block {
            DocBlock::Heading { runs, .. } | DocBlock::Paragraph(runs) => {
                for run in runs.iter().filter(|run| run.source.is_some()) {
                    let source = run.source.and_then(|at| document.sources.get(at));
                    // Of a unit that is only named the source says what is there of it.
                    let (name, value) = source.map_or(("", &run.text), |source| (&source.name, &source.text));
                    let row =
                        vec![text(t.in_text()), text(name), Cell::Empty, text(value), Cell::Empty, of(run.source)];
                    rows.push(row);
                }
            }
            DocBlock::Table { caption, head, rows: lines } => {
                for line in lines {
                    let item = line.first().map_or("", |cell| cell.text.as_str());
                    for (cell, column) in line.iter().zip(head).skip(1) {
                        let value = number(cell.figure);
                        rows.push(vec![
                            text(caption),
                            text(item),
                            text(column),
                            text(&cell.text),
                            value,
                            of(cell.source),
                        ]);
                    }
                }
            }
            DocBlock::Chart { caption, unit, points, source } => {
                for point in points {
                    let value = number(point.figure);
                    let row = vec![text(caption), text(&point.label), text(unit), text(&point.text), value];
                    rows.push(row.into_iter().chain([of(Some(*source))]).collect());
                }
            }
            DocBlock::Attachment { .. } => {}
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use lianfang_domain::indicator::Amount;

    use super::*;

    #[test]
    fn what_is_not_known_is_no_number() {
        assert_eq!(number(Some(Figure::Known(Amount::whole(0)))), Cell::Number(0));
        assert_eq!(number(Some(Figure::Known(Amount::from_millionths(1_500_000)))), Cell::Empty);
        for figure in [None, Some(Figure::Unknown), Some(Figure::Redacted), Some(Figure::NotApplicable)] {
            assert_eq!(number(figure), Cell::Empty);
        }
    }
}
