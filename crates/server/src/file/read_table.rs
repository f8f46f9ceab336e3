use std::io::{Cursor, Read};

use calamine::{Data, Reader, Sheets};
use encoding_rs::GB18030;
use lianfang_domain::Lang;

/// Most rows of a table.
const MOST_ROWS: usize = 200_000;
/// Most columns.
const MOST_COLUMNS: usize = 200;
/// Longest cell, in characters.
const LONGEST_CELL: usize = 2_000;
/// Most bytes to which a workbook may unfold.
const MOST_UNFOLDED: u64 = 400 * 1024 * 1024;

/// A table found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FoundTable {
    /// Its cells row by row.
    pub(crate) cells: Vec<Vec<String>>,
    /// The sheet it stands in; empty for text files.
    pub(crate) sheet: String,
    /// Sheets that hold something, too, and were not read.
    pub(crate) other_sheets: Vec<String>,
}

/// Why a file is no table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// No file, or nothing in it.
    Empty,
    /// Some other kind of file.
    NotATable,
    /// A workbook with a password.
    Locked,
    /// A damaged workbook; what the library says.
    Damaged(String),
    /// It would unfold to more than there is room for.
    TooLarge,
    /// More rows than are taken.
    TooManyRows(usize),
    /// More columns than are taken.
    TooManyColumns(usize),
    /// A cell longer than any field; its row and column from 1.
    LongCell(usize, usize),
}

impl Unreadable {
    /// What is wrong and what to do.
    pub(crate) fn message(&self, lang: Lang) -> String {
        let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
        match self {
            Unreadable::Empty => {
                say("文件是空的，请选择含有表格的文件。", "The file is empty; choose one that holds a table.")
            }
            Unreadable::NotATable => say(
                "这不是表格文件。请上传 .xlsx、.xls、.ods 或 .csv；Word 或 PDF 中的表格请先复制到电子表格。",
                "This is no table. Upload .xlsx, .xls, .ods or .csv; copy a table from Word or PDF into a spreadsheet first.",
            ),
            Unreadable::Locked => say(
                "工作簿设有密码，请取消密码后重新上传。",
                "The workbook has a password; remove it and upload again.",
            ),
            Unreadable::Damaged(why) => lang.pick(
                format!("工作簿已损坏，无法打开（{why}）。请用电子表格软件打开后另存，再上传。"),
                format!(
                    "The workbook is damaged ({why}). Open it in a spreadsheet program, save it anew and upload that."
                ),
            ),
            Unreadable::TooLarge => say(
                "工作簿展开后过大，请删去无关工作表和图片，或拆分后上传。",
                "The workbook unfolds to too much; remove other sheets and pictures, or split it.",
            ),
            Unreadable::TooManyRows(n) => lang.pick(
                format!("表格有{n}行，一次最多 {MOST_ROWS} 行，请拆分后上传。"),
                format!("The table has {n} rows; at most {MOST_ROWS} at once. Split it."),
            ),
            Unreadable::TooManyColumns(n) => lang.pick(
                format!("表格有{n}列，最多 {MOST_COLUMNS} 列，请删去无关的列。"),
                format!("The table has {n} columns; at most {MOST_COLUMNS}. Remove those that are not needed."),
            ),
            Unreadable::LongCell(row, column) => lang.pick(
                format!("第 {row} 行第 {column} 列超过 {LONGEST_CELL} 字，请缩短后上传。"),
                format!("Row {row}, column {column} has more than {LONGEST_CELL} characters; shorten it."),
            ),
        }
    }
}

/// Reads the table of a spreadsheet or text file. Of several sheets the first that holds anything is read, and the others
/// are named.
///
/// # Errors
/// [`Unreadable`] says why there is no table; nothing is ever cut off silently.
pub(crate) fn read_table(bytes: &[u8]) -> Result<FoundTable, Unreadable> {
    let mut found = if bytes.is_empty() {
        return Err(Unreadable::Empty);
    } else if bytes.starts_with(b"PK\x03\x04") {
        unfolds_within(bytes, MOST_UNFOLDED)?;
        workbook(bytes)?
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        workbook(bytes)?
    } else {
        text_table(bytes)?
    };
    let is_blank = |row: &Vec<String>| row.iter().all(|cell| cell.trim().is_empty());
    while found.cells.last().is_some_and(is_blank) {
        found.cells.pop();
    }
    check_size(&found.cells)?;
    Ok(found)
}

fn check_size(cells: &[Vec<String>]) -> Result<(), Unreadable> {
    let width = cells.iter().map(Vec::len).max().unwrap_or(0);
    if cells.is_empty() {
        return Err(Unreadable::Empty);
    }
    if cells.len() > MOST_ROWS {
        return Err(Unreadable::TooManyRows(cells.len()));
    }
    if width > MOST_COLUMNS {
        return Err(Unreadable::TooManyColumns(width));
    }
    let long = |cell: &String| cell.len() > LONGEST_CELL && cell.chars().count() > LONGEST_CELL;
    let places =
        cells.iter().enumerate().flat_map(|(row, line)| line.iter().enumerate().map(move |(at, cell)| (row, at, cell)));
    match places.into_iter().find(|(.., cell)| long(cell)) {
        Some((row, column, _)) => Err(Unreadable::LongCell(row + 1, column + 1)),
        None => Ok(()),
    }
}

/// Whether everything in an archive, unfolded, stays below a size; its own word for it is not believed.
fn unfolds_within(bytes: &[u8], most: u64) -> Result<(), Unreadable> {
    let damaged = |error: zip::result::ZipError| Unreadable::Damaged(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.file_names().flatten().any(|name| name.starts_with("word/") || name.starts_with("ppt/")) {
        return Err(Unreadable::NotATable);
    }
    let mut left = most;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        let taken = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink());
        let taken = taken.map_err(|error| Unreadable::Damaged(error.to_string()))?;
        left = left.checked_sub(taken).ok_or(Unreadable::TooLarge)?;
    }
    Ok(())
}

fn workbook(bytes: &[u8]) -> Result<FoundTable, Unreadable> {
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(locked.len()).any(|window| window == locked) {
        return Err(Unreadable::Locked);
    }
    let damaged = |error: calamine::Error| Unreadable::Damaged(error.to_string());
    let mut sheets: Sheets<_> = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(damaged)?;
    let mut read: Option<FoundTable> = None;
    for name in sheets.sheet_names() {
        let range = sheets.worksheet_range(&name).map_err(damaged)?;
        match &mut read {
            _ if range.is_empty() => {}
            Some(first) => first.other_sheets.push(name),
            None => read = Some(FoundTable { cells: cells_of(&range), sheet: name, other_sheets: Vec::new() }),
        }
    }
    read.ok_or(Unreadable::Empty)
}

/// The cells from the first row and column of the sheet on, so that their numbers are those that people see.
fn cells_of(range: &calamine::Range<Data>) -> Vec<Vec<String>> {
    let (top, left) = range.start().unwrap_or_default();
    let above = std::iter::repeat_n(Vec::new(), usize::try_from(top).unwrap_or(0));
    let beside = usize::try_from(left).unwrap_or(0);
    let row = |row: &[Data]| {
        let mut cells = vec![String::new(); beside];
        cells.extend(row.iter().map(text_of));
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        cells
    };
    above.chain(range.rows().map(row)).collect()
}

/// A cell as text. Whole numbers have no decimal point; days stay the number of days that the workbook holds.
fn text_of(cell: &Data) -> String {
    match cell {
        Data::DateTime(at) => at.as_f64().to_string(),
        Data::Error(error) => format!("#{error:?}"),
        other => other.to_string(),
    }
}

fn text_table(bytes: &[u8]) -> Result<FoundTable, Unreadable> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => std::borrow::Cow::Borrowed(text),
        Err(_) => GB18030.decode_without_bom_handling_and_without_replacement(bytes).ok_or(Unreadable::NotATable)?,
    };
    if text.chars().take(4096).any(|c| c == '\0' || c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || text.starts_with('%')
    {
        return Err(Unreadable::NotATable);
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(&text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut cells = Vec::new();
    for (record, row) in reader.records().zip(1_usize..) {
        let record = record.map_err(|error| Unreadable::Damaged(error.to_string()))?;
        // The reader passes over empty lines; the numbers of rows are to be those of the file.
        let line = record.position().and_then(|at| usize::try_from(at.line()).ok()).unwrap_or(row);
        while cells.len() + 1 < line && cells.len() < MOST_ROWS && !text.contains('"') {
            cells.push(Vec::new());
        }
        cells.push(record.iter().map(str::to_owned).collect());
    }
    Ok(FoundTable { cells, sheet: String::new(), other_sheets: Vec::new() })
}

/// What stands between the cells: whatever is most often in the first lines.
fn separator(text: &str) -> u8 {
    let head: String = text.lines().take(5).collect();
    let count = |sign: u8| head.bytes().filter(|byte| *byte == sign).count();
    [b',', b'\t', b';'].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Workbook;

    use super::*;

    fn rows(found: &FoundTable) -> Vec<Vec<&str>> {
        found.cells.iter().map(|row| row.iter().map(String::as_str).collect()).collect()
    }

    #[test]
    fn a_workbook_keeps_its_row_numbers_and_names_what_was_not_read() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("通讯录").unwrap();
        sheet.write_string(2, 1, "区划代码").unwrap();
        sheet.write_number(3, 1, 990_101_101.0).unwrap();
        book.add_worksheet().set_name("空").unwrap();
        book.add_worksheet().set_name("说明").unwrap().write_string(0, 0, "请勿改动").unwrap();
        let found = read_table(&book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(rows(&found), [vec![], vec![], vec!["", "区划代码"], vec!["", "990101101"]]);
        assert_eq!((found.sheet.as_str(), found.other_sheets.as_slice()), ("通讯录", &["说明".to_owned()][..]));
    }

    #[test]
    fn text_tables_are_read_in_either_encoding_and_with_any_separator() {
        let text = "代码,名称\r\n990101,清河区\r\n";
        let expected = [["代码", "名称"], ["990101", "清河区"]];
        let in_gb = encoding_rs::GB18030.encode(text).0.into_owned();
        for bytes in [text.as_bytes(), &[b"\xEF\xBB\xBF", text.as_bytes()].concat(), &in_gb] {
            assert_eq!(rows(&read_table(bytes).unwrap()), expected);
        }
        assert_eq!(rows(&read_table("代码\t名称\n990101\t清河区".as_bytes()).unwrap()), expected);
    }

    #[test]
    fn what_is_no_table_is_refused_in_words() {
        assert_eq!(read_table(b""), Err(Unreadable::Empty));
        assert_eq!(read_table(b"%PDF-1.7\n..."), Err(Unreadable::NotATable));
        assert_eq!(read_table(&[0x89, b'P', b'N', b'G', 0, 1, 2, 0xFF]), Err(Unreadable::NotATable));
        assert!(matches!(read_table(b"PK\x03\x04broken"), Err(Unreadable::Damaged(_))));
        let long = format!("名称\n{}", "很".repeat(3000));
        assert_eq!(read_table(long.as_bytes()), Err(Unreadable::LongCell(2, 1)));
        let wide = "甲,".repeat(300);
        assert_eq!(read_table(wide.as_bytes()), Err(Unreadable::TooManyColumns(301)));
    }

    #[test]
    fn an_archive_that_unfolds_without_end_is_refused() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for row in 0..2000 {
            sheet.write_string(row, 0, "很".repeat(500)).unwrap();
        }
        let bytes = book.save_to_buffer().unwrap();
        assert_eq!(unfolds_within(&bytes, 1000), Err(Unreadable::TooLarge));
        assert_eq!(unfolds_within(&bytes, MOST_UNFOLDED), Ok(()));
    }
}
