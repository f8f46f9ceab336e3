use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use jiff::civil::Date;
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, Workbook as Book, XlsxError};

use crate::{Fault, fault::PageResult};

/// One cell of a workbook.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing, or nothing known.
    Empty,
    /// Text; codes and telephone numbers, too, so that no zero is lost.
    Text(String),
    /// A whole number to count with.
    Number(i64),
    /// A day.
    Day(Date),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }
}

impl From<Option<i64>> for Cell {
    fn from(number: Option<i64>) -> Cell {
        number.map_or(Cell::Empty, Cell::Number)
    }
}

impl From<Option<Date>> for Cell {
    fn from(day: Option<Date>) -> Cell {
        day.map_or(Cell::Empty, Cell::Day)
    }
}

/// A workbook with one table, written row by row: its rows go to a temporary file and not into memory.
pub(crate) struct Workbook {
    book: Book,
    day: Format,
    next: u32,
}

/// How wide a column is for its header, in characters.
fn width(header: &str) -> f64 {
    let wide: u32 = header.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    f64::from(wide.clamp(12, 40))
}

impl Workbook {
    /// A workbook with one sheet and its header, which stays in sight and is repeated in print.
    pub(crate) fn new(sheet: &str, header: &[String]) -> Result<Workbook, Fault> {
        let bold = Format::new()
            .set_bold()
            .set_background_color(Color::RGB(0x00E8_EEF5))
            .set_align(FormatAlign::VerticalCenter);
        let mut book = Book::new();
        let page = book.add_worksheet_with_constant_memory()?;
        page.set_name(sheet)?.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
        page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        for (at, text) in (0..).zip(header) {
            page.set_column_width(at, width(text))?;
            page.write_string_with_format(0, at, text, &bold)?;
        }
        Ok(Workbook { book, day: Format::new().set_num_format("yyyy-mm-dd"), next: 1 })
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: &[Cell]) -> Result<(), Fault> {
        let page = self.book.worksheet_from_index(0)?;
        for (at, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    page.write_string(self.next, at, text)?;
                }
                Cell::Number(number) => {
                    page.write_number(self.next, at, f64_of(*number))?;
                }
                Cell::Day(day) => {
                    let month = u8::try_from(day.month()).unwrap_or(1);
                    let at_day = u8::try_from(day.day()).unwrap_or(1);
                    let on = ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(1900), month, at_day)?;
                    page.write_datetime_with_format(self.next, at, &on, &self.day)?;
                }
            }
        }
        self.next += 1;
        Ok(())
    }

    /// The finished file, as an answer that the browser saves under a name.
    pub(crate) async fn downloaded(self, name: &str) -> PageResult {
        let file = tokio::task::spawn_blocking(move || self.done()).await;
        as_download(file.map_err(|error| Fault::Broken(error.to_string()))??, name)
    }

    fn done(mut self) -> Result<std::fs::File, Fault> {
        let broken = |error: std::io::Error| Fault::Broken(error.to_string());
        let file = tempfile::tempfile().map_err(broken)?;
        self.book.save_to_writer(file.try_clone().map_err(broken)?)?;
        Ok(file)
    }
}

/// Whole numbers of a spreadsheet are exact up to 2^53; population and counts are far below.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn f64_of(number: i64) -> f64 {
    number as f64
}

impl From<XlsxError> for Fault {
    fn from(error: XlsxError) -> Fault {
        Fault::Broken(error.to_string())
    }
}

/// A workbook as an answer that the browser saves under a name.
fn as_download(mut file: std::fs::File, name: &str) -> PageResult {
    use std::io::{Seek, SeekFrom};
    let broken = |error: std::io::Error| Fault::Broken(error.to_string());
    let length = file.seek(SeekFrom::End(0)).map_err(broken)?;
    file.seek(SeekFrom::Start(0)).map_err(broken)?;
    let stream = tokio_util::io::ReaderStream::new(tokio::fs::File::from_std(file));
    let encoded: String = form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>().replace('+', "%20");
    let mut response = Body::from_stream(stream).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    );
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    let saved = format!("attachment; filename=\"lianfang.xlsx\"; filename*=UTF-8''{encoded}");
    if let Ok(saved) = HeaderValue::from_str(&saved) {
        headers.insert(header::CONTENT_DISPOSITION, saved);
    }
    Ok(response)
}
