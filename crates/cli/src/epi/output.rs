//! A table of results as CSV, JSON or workbook.

use std::io::{self, Write};

use jiff::civil::Date;
use lianfang_domain::Lang;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};
use serde_json::{Map, Value};

use super::args::{TableArgs, TableFormat};
use crate::exit::Exit;
use crate::out::{self, Destination};

/// A cell of a result.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Text(String),
    Number(f64),
    Date(Date),
    Flag(bool),
    Unknown,
}

impl From<Option<f64>> for Cell {
    fn from(x: Option<f64>) -> Cell {
        x.filter(|x| x.is_finite()).map_or(Cell::Unknown, Cell::Number)
    }
}

impl From<Option<bool>> for Cell {
    fn from(x: Option<bool>) -> Cell {
        x.map_or(Cell::Unknown, Cell::Flag)
    }
}

/// A table: the key of each column for programs, its words for people, and the rows.
pub(super) struct Results {
    pub(super) columns: Vec<(&'static str, &'static str)>,
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Results {
    /// Writes the table to where it was asked for, and to the screen what is explained.
    pub(super) fn write(&self, args: &TableArgs, explained: &[String], lang: Lang) -> Exit {
        let destination = match Destination::choose(&args.out(), std::slice::from_ref(&args.file), lang) {
            Ok(destination) => destination,
            Err(exit) => return exit,
        };
        if args.format == TableFormat::Xlsx && destination == Destination::Screen {
            eprintln!("{}", lang.pick("工作簿请用 --out 写入文件。", "Write a workbook into a file: add --out."));
            return Exit::Usage;
        }
        if args.explain && destination == Destination::Screen {
            return out::write(&destination, lang, |out| explained.iter().try_for_each(|line| writeln!(out, "{line}")));
        }
        let written = out::write(&destination, lang, |out| match args.format {
            TableFormat::Csv => self.csv(out),
            TableFormat::Json => self.json(out),
            TableFormat::Xlsx => self.book(lang).map_err(io::Error::other).and_then(|bytes| out.write_all(&bytes)),
        });
        if args.explain && written == Exit::Ok {
            explained.iter().for_each(|line| println!("{line}"));
        }
        written
    }

    fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(self.columns.iter().map(|c| c.0))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| match cell {
                // A spreadsheet must not take text for a formula.
                Cell::Text(text) if text.starts_with(['=', '+', '-', '@']) => format!("'{text}"),
                Cell::Text(text) => text.clone(),
                Cell::Number(x) => x.to_string(),
                Cell::Date(day) => day.to_string(),
                Cell::Flag(yes) => u8::from(*yes).to_string(),
                Cell::Unknown => String::new(),
            }))?;
        }
        writer.flush()
    }

    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let value = |cell: &Cell| match cell {
            Cell::Text(text) => Value::from(text.as_str()),
            Cell::Number(x) => Value::from(*x),
            Cell::Date(day) => Value::from(day.to_string()),
            Cell::Flag(yes) => Value::from(*yes),
            Cell::Unknown => Value::Null,
        };
        let object = |row: &Vec<Cell>| {
            let fields = self.columns.iter().zip(row).map(|(c, cell)| (c.0.to_owned(), value(cell)));
            Value::Object(fields.collect::<Map<_, _>>())
        };
        let rows: Vec<Value> = self.rows.iter().map(object).collect();
        serde_json::to_writer_pretty(&mut *out, &rows)?;
        writeln!(out)
    }

    fn book(&self, lang: Lang) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name(lang.pick("结果", "results"))?.set_freeze_panes(1, 0)?;
        let (bold, dated) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
        for (at, column) in (0..).zip(&self.columns) {
            let heading = lang.pick(column.1, column.0);
            sheet.write_string_with_format(0, at, heading, &bold)?;
            sheet.set_column_width(at, 14)?;
        }
        for (row, cells) in (1..).zip(&self.rows) {
            for (at, cell) in (0..).zip(cells) {
                match cell {
                    Cell::Text(text) => sheet.write_string(row, at, text)?,
                    Cell::Number(x) => sheet.write_number(row, at, *x)?,
                    Cell::Date(day) => {
                        let (y, m, d) =
                            (day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs());
                        sheet.write_datetime_with_format(row, at, ExcelDateTime::from_ymd(y, m, d)?, &dated)?
                    }
                    Cell::Flag(yes) => sheet.write_string(row, at, yes_or_no(*yes, lang))?,
                    Cell::Unknown => sheet.write_string(row, at, lang.pick("未知", "unknown"))?,
                };
            }
        }
        book.save_to_buffer()
    }
}

fn yes_or_no(yes: bool, lang: Lang) -> &'static str {
    if yes { lang.pick("是", "yes") } else { lang.pick("否", "no") }
}
