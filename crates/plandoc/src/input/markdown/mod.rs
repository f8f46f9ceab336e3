//! Markdown: its marks are taken off, what they mean becomes hints.
//!
//! A star is also how plans black out a name (`*县储备710间`), so only a clear pair of double
//! stars is taken for emphasis.

mod inline;
mod table;

use super::lines::{Lines, Marks, Rank, split_breaks};
use super::{Format, InputError, NoteCode, SourceText, decode};

pub(super) fn read(bytes: &[u8]) -> Result<SourceText, InputError> {
    let decoded = decode::decode(bytes, None)?;
    let mut reader = Reader::default();
    let mut rest = split_breaks(&decoded.text).peekable();
    while let Some(line) = rest.next() {
        let next = rest.peek().copied().unwrap_or_default();
        if reader.line(line, next) == Used::WithNext {
            rest.next();
        }
    }
    let mut lines = reader.lines;
    lines.count_note(NoteCode::ImagesIgnored, reader.images);
    let mut source = lines.finish(Format::Markdown);
    source.notes.extend(decoded.notes);
    Ok(source)
}

/// Whether a line was read alone or with the one after it, as an underlined heading is.
#[derive(PartialEq, Eq)]
enum Used {
    Alone,
    WithNext,
}

#[derive(Default)]
struct Reader {
    lines: Lines,
    in_code: bool,
    table: Option<table::Place>,
    images: usize,
}

impl Reader {
    fn line(&mut self, line: &str, next: &str) -> Used {
        let trimmed = line.trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            self.in_code = !self.in_code;
            return Used::Alone;
        }
        if self.in_code {
            self.lines.line(line);
            return Used::Alone;
        }
        if self.table_line(trimmed, next) || is_rule(trimmed) {
            return Used::Alone;
        }
        if let Some((level, text)) = heading(line) {
            self.text(text, Some(Rank::Heading(level)));
            return Used::Alone;
        }
        let underlined = !trimmed.is_empty() && is_underline(next);
        let rank = underlined.then_some(Rank::Heading(1));
        self.text(without_marker(line), rank);
        if underlined { Used::WithNext } else { Used::Alone }
    }

    fn text(&mut self, text: &str, rank: Option<Rank>) {
        let text = inline::plain(text, &mut self.images);
        self.lines.paragraph(&text, Marks { rank, numbered: false });
    }

    /// Reads the line as part of a table, if it is one.
    fn table_line(&mut self, trimmed: &str, next: &str) -> bool {
        if table::is_separator(trimmed) && (self.table.is_some() || trimmed.starts_with('|')) {
            return true;
        }
        let begins = table::is_fenced(trimmed) || (trimmed.contains('|') && table::is_separator(next.trim()));
        if !(begins || self.table.is_some() && trimmed.contains('|')) {
            self.table = None;
            return false;
        }
        let mut place = self.table.take().unwrap_or_else(|| table::Place::first(self.lines.new_table()));
        let cells: Vec<String> = table::cells(trimmed)
            .iter()
            .map(|cell| inline::plain(cell, &mut self.images).replace("<br>", " "))
            .collect();
        self.lines.hint(place.next_row());
        self.lines.line(&cells.join(" | "));
        self.table = Some(place);
        true
    }
}

/// `## Text ##` without its marks. `#1楼` and the like are text, because plans number things so.
fn heading(line: &str) -> Option<(u8, &str)> {
    let text = line.trim_start();
    let rest = text.trim_start_matches('#');
    let level = u8::try_from(text.len() - rest.len()).ok()?;
    let is_text = rest.starts_with(|c: char| c.is_ascii_digit());
    if !(1..=6).contains(&level) || is_text || rest.trim().is_empty() {
        return None;
    }
    Some((level, rest.trim().trim_end_matches('#').trim_end()))
}

/// The line without the mark of a quotation or of a point in a list.
fn without_marker(line: &str) -> &str {
    let mut text = line;
    while let Some(quoted) = text.trim_start().strip_prefix('>') {
        text = quoted.strip_prefix(' ').unwrap_or(quoted);
    }
    let start = text.trim_start();
    let point = start.strip_prefix("- ").or_else(|| start.strip_prefix("+ "));
    // `- 3 -` is a page number.
    point.filter(|point| !point.trim_end().ends_with('-')).unwrap_or(text)
}

/// A line drawn across the page.
fn is_rule(trimmed: &str) -> bool {
    ['-', '*', '_'].into_iter().any(|mark| {
        trimmed.chars().filter(|c| *c == mark).count() >= 3 && trimmed.chars().all(|c| c == mark || c == ' ')
    })
}

fn is_underline(line: &str) -> bool {
    let trimmed = line.trim();
    trimmed.len() >= 3 && trimmed.chars().all(|c| c == '=')
}

#[cfg(test)]
mod tests {
    use super::super::{HintKind, SourceText};

    fn read(text: &str) -> SourceText {
        super::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn marks_of_headings_become_hints() {
        let source = read("# 青岚县预案\n\n##总则 ##\n#1楼\n附则\n====\n正文");
        assert_eq!(source.text, "青岚县预案\n\n总则\n#1楼\n附则\n正文");
        let hints: Vec<_> = source.hints.iter().map(|h| (h.line, h.kind)).collect();
        let expected = [(0, HintKind::Heading(1)), (2, HintKind::Heading(2)), (4, HintKind::Heading(1))];
        assert_eq!(hints, expected);
    }

    #[test]
    fn a_table_loses_its_frame_and_its_separator() {
        let source = read("| 部门 | 电话 |\n|---|:--:|\n| 县局 | 13900000001 |\n\n甲 | 乙");
        assert_eq!(source.text, "部门 | 电话\n县局 | 13900000001\n\n甲 | 乙");
        let rows = source.hints.iter().filter(|hint| matches!(hint.kind, HintKind::TableRow { table: 0, .. }));
        assert_eq!(rows.count(), 2);
    }

    #[test]
    fn list_numbers_stay_and_points_go() {
        let source = read("1. 第一\n2. 第二\n- 要点\n- 3 -\n> 引文");
        assert_eq!(source.text, "1. 第一\n2. 第二\n要点\n- 3 -\n引文");
    }

    #[test]
    fn blacked_out_names_are_untouched() {
        let text = "*县储备710间，*省调集*万人\n**县**镇由**市派员";
        assert_eq!(read(text).text, text);
    }
}
