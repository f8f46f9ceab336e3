use super::Column;
use crate::Lang;

/// A table with its header taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    header: Vec<String>,
    header_row: usize,
    rows: Vec<Vec<String>>,
}

/// The table has no such row to be its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchRow {
    /// The row asked for, from 1.
    pub row: usize,
    /// How many rows there are.
    pub n_rows: usize,
}

impl NoSuchRow {
    /// What is wrong and what to do.
    pub fn message(self, lang: Lang) -> String {
        let NoSuchRow { row, n_rows } = self;
        lang.pick(
            format!("表格共{n_rows}行，没有第 {row} 行作表头，请重新选择表头所在行。"),
            format!("The table has {n_rows} rows and no row {row} for a header; choose the row of the header."),
        )
    }
}

impl Table {
    /// The table whose header stands in a row, counted from 1. Rows above it are titles and are not read. The header
    /// is as wide as the widest row, so that no cell stands outside.
    ///
    /// # Errors
    /// [`NoSuchRow`] if there is no such row.
    pub fn new(mut cells: Vec<Vec<String>>, header_row: usize) -> Result<Table, NoSuchRow> {
        let n_rows = cells.len();
        if header_row == 0 || header_row > n_rows {
            return Err(NoSuchRow { row: header_row, n_rows });
        }
        let rows = cells.split_off(header_row);
        let mut header = cells.pop().unwrap_or_default();
        let width = rows.iter().map(Vec::len).max().unwrap_or(0).max(header.len());
        header.resize(width, String::new());
        Ok(Table { header, header_row, rows })
    }

    /// The headers, one for each column; empty where a column has none.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// How many rows stand below the header, blank ones too.
    pub fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// The rows below the header with their numbers as the user sees them.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &[String])> {
        self.rows.iter().enumerate().map(|(index, row)| (self.header_row + 1 + index, row.as_slice()))
    }
}

/// A cell of a row; empty where the row is too short.
pub(super) fn cell(row: &[String], column: Column) -> &str {
    row.get(column.0).map_or("", String::as_str)
}
