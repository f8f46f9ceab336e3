//! Readings as a workbook, one sheet for each kind of thing.
//!
//! What the plan leaves unsaid is written as 未写明, a number that is lost or redacted as 未知; neither is ever blank or 0.

mod cell;
mod doubts;
mod levels;
mod organisation;
mod quantities;
mod sheet;
mod tasks;
#[cfg(test)]
mod tests;
mod times;

use std::io::{self, Write};

use jiff::civil::Date;
use lianfang_domain::Lang;
use lianfang_domain::plan::{Plan, Source};
use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use crate::load::FileReading;
use cell::Cell;
use sheet::{Column, Sheet};

/// Writes the workbook. The same readings on the same day give the same bytes.
pub(crate) fn write(out: &mut dyn Write, files: &[FileReading], as_of: Date, lang: Lang) -> io::Result<()> {
    let bytes = workbook(files, as_of, lang).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(files: &[FileReading], as_of: Date, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let created = cell::excel_date(as_of).unwrap_or_default();
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let origin = Origin::of(files);
    let sheets = [
        organisation::sheet(files, origin, lang),
        levels::sheet(files, origin, lang),
        tasks::sheet(files, origin, lang),
        quantities::sheet(files, origin, lang),
        times::sheet(files, origin, lang),
        doubts::sheet(files, origin, lang),
    ];
    for sheet in &sheets {
        sheet.write(book.add_worksheet(), lang)?;
    }
    book.save_to_buffer()
}

/// Whether rows must say which document they come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// There is only one.
    Clear,
    /// A first column names it.
    Stated,
}

impl Origin {
    fn of(files: &[FileReading]) -> Origin {
        let n: usize = files.iter().map(|file| file.reading.plans.len()).sum();
        if n > 1 || files.len() > 1 { Origin::Stated } else { Origin::Clear }
    }
}

/// A sheet's rows, gathered plan by plan.
struct Rows {
    origin: Origin,
    from: String,
    rows: Vec<Vec<Cell>>,
}

impl Rows {
    fn new(origin: Origin) -> Rows {
        Rows { origin, from: String::new(), rows: Vec::new() }
    }

    fn push(&mut self, cells: impl IntoIterator<Item = Cell>) {
        let mut row = Vec::new();
        if self.origin == Origin::Stated {
            row.push(Cell::text(&self.from));
        }
        row.extend(cells);
        self.rows.push(row);
    }

    /// Calls `read` with every plan, the origin of its rows being set.
    fn each_plan(&mut self, files: &[FileReading], mut read: impl FnMut(&mut Rows, &Plan)) {
        for file in files {
            for (at, plan) in file.reading.plans.iter().enumerate() {
                self.from = origin_words(file, at);
                read(self, plan);
            }
        }
    }

    fn into_sheet(self, name: &'static str, columns: Vec<Column>, lang: Lang) -> Sheet {
        let mut all = Vec::new();
        if self.origin == Origin::Stated {
            all.push(Column::new(lang.pick("文档", "document"), 24));
        }
        all.extend(columns);
        Sheet { name, columns: all, rows: self.rows }
    }
}

/// The file's name, and the document's title where the file holds several.
fn origin_words(file: &FileReading, at: usize) -> String {
    let title = file.reading.plans.get(at).and_then(|plan| plan.title.as_ref());
    match title {
        Some(title) if file.reading.plans.len() > 1 => format!("{} · {}", file.file, title.text),
        _ => file.file.clone(),
    }
}

fn line_of(source: &Source) -> Cell {
    Cell::Number(f64::from(source.line))
}

fn not_stated(lang: Lang) -> Cell {
    Cell::Missing(lang.pick("未写明", "not stated"))
}

fn or_not_stated(words: String, lang: Lang) -> Cell {
    if words.is_empty() { not_stated(lang) } else { Cell::text(&words) }
}
