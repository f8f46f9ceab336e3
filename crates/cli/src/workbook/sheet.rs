use lianfang_domain::Lang;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

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

fn header() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(0x20_6B_C4))
}
