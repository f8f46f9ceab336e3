use jiff::civil::Date;
use lianfang_domain::Lang;
use lianfang_domain::plan::{PartialDate, ResponseLevel};
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

/// What Excel takes in one cell, counted as Excel counts: in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;

/// A cell's content.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Text(String),
    Number(f64),
    Date(Date),
    /// A response level, on its colour.
    Level(ResponseLevel, String),
    /// Unknown or unsaid, in words and set apart.
    Missing(&'static str),
    /// Does not apply.
    Blank,
}

impl Cell {
    pub(super) fn text(text: &str) -> Cell {
        if text.is_empty() { Cell::Blank } else { Cell::Text(text.to_owned()) }
    }

    /// A real date where the day is whole; the words where parts are unknown.
    pub(super) fn partial_date(date: PartialDate, lang: Lang) -> Cell {
        match date.date() {
            Some(day) if excel_date(day).is_some() => Cell::Date(day),
            _ => Cell::Text(date.words(lang)),
        }
    }

    /// The words of the cell; none for figures and dates, which fit on one line.
    pub(super) fn shown(&self) -> &str {
        match self {
            Cell::Text(text) | Cell::Level(_, text) => text,
            Cell::Missing(words) => words,
            Cell::Number(_) | Cell::Date(_) | Cell::Blank => "",
        }
    }

    /// Always as string, number or date: text that begins with `=` is never taken for a formula.
    pub(super) fn write(&self, sheet: &mut Worksheet, row: u32, column: u16, lang: Lang) -> Result<(), XlsxError> {
        match self {
            Cell::Text(text) => sheet.write_string_with_format(row, column, fitted(text), &body())?,
            Cell::Number(number) => sheet.write_number_with_format(row, column, *number, &body())?,
            Cell::Date(day) => match excel_date(*day) {
                Some(date) => sheet.write_datetime_with_format(row, column, &date, &dated(lang))?,
                None => sheet.write_string_with_format(row, column, day.to_string(), &body())?,
            },
            Cell::Level(level, words) => sheet.write_string_with_format(row, column, words, &coloured(*level))?,
            Cell::Missing(words) => sheet.write_string_with_format(row, column, *words, &missing())?,
            Cell::Blank => sheet.write_blank(row, column, &body())?,
        };
        Ok(())
    }
}

/// The date as Excel has it; none before 1900, where its calendar begins.
pub(super) fn excel_date(day: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    ExcelDateTime::from_ymd(year, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?).ok()
}

/// The text cut to what a cell holds; a cut text ends in `…`.
fn fitted(text: &str) -> String {
    let whole: usize = text.chars().map(char::len_utf16).sum();
    if whole <= LONGEST_TEXT {
        return text.to_owned();
    }
    let mut used = 1;
    let kept = text.chars().take_while(|c| {
        used += c.len_utf16();
        used <= LONGEST_TEXT
    });
    kept.chain(std::iter::once('…')).collect()
}

fn body() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Hair)
}

fn dated(lang: Lang) -> Format {
    body().set_num_format(lang.pick(r#"yyyy"年"m"月"d"日""#, "d mmm yyyy"))
}

fn missing() -> Format {
    body().set_italic().set_font_color(Color::RGB(0x80_80_80))
}

fn coloured(level: ResponseLevel) -> Format {
    let colour = match level {
        ResponseLevel::I => 0xF8_CB_CB,
        ResponseLevel::Ii => 0xFB_DD_BF,
        ResponseLevel::Iii => 0xFD_F3_BF,
        ResponseLevel::Iv => 0xCF_E2_F8,
    };
    body().set_bold().set_background_color(Color::RGB(colour))
}

#[cfg(test)]
mod tests {
    use super::{Cell, LONGEST_TEXT, fitted};
    use lianfang_domain::Lang;
    use lianfang_domain::plan::PartialDate;

    #[test]
    fn a_text_too_long_for_a_cell_is_cut_where_one_can_see_it() {
        let long = "预".repeat(LONGEST_TEXT + 5);
        let cut = fitted(&long);
        assert_eq!(cut.encode_utf16().count(), LONGEST_TEXT);
        assert!(cut.ends_with('…'));
        let exact = "预".repeat(LONGEST_TEXT);
        assert_eq!(fitted(&exact), exact);
        let wide = fitted(&"𠀀".repeat(LONGEST_TEXT));
        assert!(wide.encode_utf16().count() <= LONGEST_TEXT && wide.ends_with('…'));
    }

    #[test]
    fn only_a_whole_day_becomes_a_date() {
        let day = |day| PartialDate { year: Some(2027), month: Some(6), day, year_from_document: false };
        assert_eq!(Cell::partial_date(day(Some(30)), Lang::Zh), Cell::Date(jiff::civil::date(2027, 6, 30)));
        assert_eq!(Cell::partial_date(day(None), Lang::Zh), Cell::text("2027年6月"));
        assert_eq!(Cell::partial_date(day(Some(31)), Lang::Zh), Cell::text("2027年6月31日"));
    }
}
