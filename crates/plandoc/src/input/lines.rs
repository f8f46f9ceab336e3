//! Collects the lines of a document with their hints and notes.

use super::{Format, HintKind, InputNote, LineHint, NoteCode, SourceText};

/// How much text merged cells may add by being repeated, so that a small file cannot grow
/// without end.
const MOST_REPEATED_BYTES: usize = 4 * 1024 * 1024;

/// What each repeated value counts besides its length, so that empty ones run out too.
const COST_OF_ONE_REPEAT: usize = 16;

/// What a paragraph's style says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    Title,
    Heading(u8),
}

/// The hints a paragraph brings along.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) rank: Option<Rank>,
    /// The number at its start was computed.
    pub(super) numbered: bool,
}

/// The document so far.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    count: u32,
    tables: u32,
    repeated: usize,
    hints: Vec<LineHint>,
    notes: Vec<InputNote>,
}

impl Lines {
    /// The index that the next line will get.
    pub(super) fn next_line(&self) -> u32 {
        self.count
    }

    /// The number of a table that begins here.
    pub(super) fn new_table(&mut self) -> u32 {
        self.tables += 1;
        self.tables - 1
    }

    /// Whether there is nothing to read so far.
    pub(super) fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    /// A copy of a merged cell's value, until there have been too many.
    pub(super) fn repeat(&mut self, value: &str) -> Option<String> {
        let may_repeat = self.repeated < MOST_REPEATED_BYTES;
        self.repeated += value.len() + COST_OF_ONE_REPEAT;
        if self.repeated < MOST_REPEATED_BYTES {
            return Some(value.to_owned());
        }
        if may_repeat {
            self.note(NoteCode::MergesNotRepeated, Some(self.count), "");
        }
        self.repeated = MOST_REPEATED_BYTES;
        None
    }

    /// Adds a paragraph; breaks inside it part it into several lines of the same rank.
    pub(super) fn paragraph(&mut self, text: &str, marks: Marks) {
        if marks.numbered {
            self.hint(HintKind::NumberFromStyle);
        }
        for line in split_breaks(text) {
            match marks.rank {
                Some(Rank::Title) if !line.trim().is_empty() => self.hint(HintKind::Title),
                Some(Rank::Heading(n)) if !line.trim().is_empty() => {
                    self.hint(HintKind::Heading(n));
                }
                _ => {}
            }
            self.line(line);
        }
    }

    /// Adds a line that holds no breaks.
    pub(super) fn line(&mut self, line: &str) {
        if self.count > 0 {
            self.text.push('\n');
        }
        if line.contains('\0') {
            // Databases refuse NUL in text, and no document means one.
            self.text.push_str(&line.replace('\0', "\u{FFFD}"));
        } else {
            self.text.push_str(line);
        }
        self.count += 1;
    }

    /// Says something about the line that comes next.
    pub(super) fn hint(&mut self, kind: HintKind) {
        self.hints.push(LineHint { line: self.count, kind });
    }

    pub(super) fn note(&mut self, code: NoteCode, line: Option<u32>, detail: impl ToString) {
        self.notes.push(InputNote { code, line, detail: detail.to_string() });
    }

    /// Adds a note that carries a count, unless there is nothing to count.
    pub(super) fn count_note(&mut self, code: NoteCode, count: usize) {
        if count > 0 {
            self.note(code, None, count);
        }
    }

    pub(super) fn finish(self, format: Format) -> SourceText {
        SourceText { format, text: self.text, hints: self.hints, notes: self.notes }
    }
}

/// Whether a character ends a line in one of the ways that files use.
pub(super) fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Where the first break stands. All breaks but three are single bytes, and those begin with one of two bytes.
fn next_break(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(passed) = text.as_bytes()[from..].iter().position(|b| matches!(b, 0x0A..=0x0D | 0xC2 | 0xE2)) {
        let at = from + passed;
        let c = text[at..].chars().next()?;
        if is_break(c) {
            return Some(at);
        }
        from = at + c.len_utf8();
    }
    None
}

/// The lines of a text, whichever breaks it uses; CR and LF together are one break.
pub(super) fn split_breaks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let whole = rest?;
        let Some(end) = next_break(whole) else {
            rest = None;
            return Some(whole);
        };
        let (line, tail) = whole.split_at(end);
        let after = tail.strip_prefix("\r\n").or_else(|| {
            let mut chars = tail.chars();
            chars.next();
            Some(chars.as_str())
        });
        rest = after;
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Format, HintKind};
    use super::{Lines, Marks, Rank, is_break, next_break, split_breaks};

    #[test]
    fn every_break_is_found_and_nothing_else() {
        for c in '\0'..='\u{3000}' {
            assert_eq!(next_break(&format!("甲{c}乙")), is_break(c).then_some(3), "{c:?}");
        }
    }

    #[test]
    fn every_kind_of_break_parts_lines_once() {
        let lines: Vec<&str> = split_breaks("甲\r\n乙\r丙\u{2028}丁\u{0C}戊\n\n己").collect();
        assert_eq!(lines, ["甲", "乙", "丙", "丁", "戊", "", "己"]);
    }

    #[test]
    fn a_title_of_two_lines_is_a_title_on_both() {
        let mut lines = Lines::default();
        lines.paragraph("前言", Marks::default());
        let rank = Some(Rank::Title);
        lines.paragraph("青岚县\n应急预案", Marks { rank, numbered: false });
        let source = lines.finish(Format::Docx);
        assert_eq!(source.text, "前言\n青岚县\n应急预案");
        let titles: Vec<u32> = source.hints.iter().map(|hint| hint.line).collect();
        assert_eq!(titles, [1, 2]);
        assert_eq!(source.hints[0].kind, HintKind::Title);
    }

    #[test]
    fn a_nul_does_not_get_into_the_text() {
        let mut lines = Lines::default();
        lines.paragraph("甲\0乙", Marks::default());
        assert_eq!(lines.finish(Format::Docx).text, "甲\u{FFFD}乙");
    }
}
