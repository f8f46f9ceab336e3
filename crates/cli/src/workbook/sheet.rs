use lianfang_domain::Lang;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::cell::Cell;

/// A column's heading and its width in characters.
#[derive(Clone, Debug)]
pub(super) struct Column {
    heading: &'static str,
    width: u16,
}

impl Column {
    pub(super) fn new(heading: &'static str, width: u16) -> Column {
        Column { heading, width }
    }
}

/// A sheet before it is written.
pub(super) struct Sheet {
    pub(super) name: &'static str,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// High enough for the longest cell: not every spreadsheet program fits the rows of a file it opens.
    fn row_height(&self, cells: &[Cell]) -> f64 {
        let counts = self.columns.iter().zip(cells).map(|(column, cell)| lines(cell.shown(), column.width));
        let most = counts.max().unwrap_or(1).min(MOST_LINES);
        LINE_HEIGHT * u32::try_from(most).map_or(1.0, f64::from)
    }

    /// Header frozen and filtered, text wrapped, ready to print on A4 across.
    pub(super) fn write(&self, sheet: &mut Worksheet, lang: Lang) -> Result<(), XlsxError> {
        sheet.set_name(self.name)?.set_freeze_panes(1, 0)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(0, 0)?;
        for (at, column) in (0..).zip(&self.columns) {
            sheet.set_column_width(at, column.width)?;
            sheet.write_string_with_format(0, at, column.heading, &header())?;
        }
        for (row, cells) in (1..).zip(&self.rows) {
            for (column, cell) in (0..).zip(cells) {
                cell.write(sheet, row, column, lang)?;
            }
            sheet.set_row_height(row, self.row_height(cells))?;
        }
        if self.rows.is_empty() {
            sheet.write_string(1, 0, lang.pick("没有读到这一类内容", "nothing of this kind was found"))?;
            return Ok(());
        }
        let last_row = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let last_column = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, last_row, last_column)?;
        Ok(())
    }
}

/// Points of one line of text, and the lines a row shows at most; Excel allows no row above 409 points.
const LINE_HEIGHT: f64 = 15.0;
const MOST_LINES: usize = 27;

/// How many lines a text takes in a column so wide; a Han character is two wide.
fn lines(text: &str, width: u16) -> usize {
    text.split('\n').map(|line| line.width().div_ceil(usize::from(width)).max(1)).sum()
}

fn header() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(0x20_6B_C4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_as_high_as_its_longest_cell_needs() {
        let columns = vec![Column::new("任务", 10), Column::new("行", 5)];
        let sheet = Sheet { name: "任务清单", columns, rows: Vec::new() };
        let height = |text: &str| sheet.row_height(&[Cell::text(text), Cell::Number(3.0)]);
        assert_eq!(height("五个汉字宽"), 15.0);
        assert_eq!(height("六个汉字宽了"), 30.0);
        assert_eq!(height(""), 15.0);
        assert_eq!(height(&"很长".repeat(1000)), 405.0);
    }
}
