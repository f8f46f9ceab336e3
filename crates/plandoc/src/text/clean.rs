use lianfang_domain::plan::RepairKind;

use super::{
    LineRepair,
    fold::{fold, fold_char},
    is_cjk,
};
use crate::input::{HintKind, LineHint, SourceText};

/// A line without its noise inside. Blank lines are not kept, only whether one stood before.
#[derive(Clone, Debug, Default)]
pub(crate) struct CleanLine {
    pub(crate) text: String,
    pub(crate) folded: String,
    /// Line in the source, from 1.
    pub(crate) line: u32,
    /// (byte in `text`, column in the source line) wherever the column does not just count on.
    pub(crate) columns: Vec<(u32, u32)>,
    /// (byte in `text`, source line) where a following line was joined on.
    pub(crate) joins: Vec<(u32, u32)>,
    pub(crate) repairs: Vec<LineRepair>,
    pub(crate) hint: Option<HintKind>,
    pub(crate) blank_before: bool,
    /// Spaces before the first character; an ideographic space counts two.
    pub(crate) indent: u32,
    /// How many runs of white space were folded.
    pub(crate) folded_spaces: u32,
}

/// Cleans every line: invisible characters, alignment spaces, word-processor leftovers, letters that stand for digits.
pub(crate) fn clean_lines(source: &SourceText) -> Vec<CleanLine> {
    let mut hints = source.hints.iter().peekable();
    let mut lines = Vec::new();
    let mut blank_before = false;
    // What was dropped from lines of which nothing is left goes with the next line.
    let mut waiting = Vec::new();
    let mut chars = Vec::new();
    for (index, raw) in source.text.split('\n').enumerate() {
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        let hint = hint_of(&mut hints, number);
        chars.clear();
        chars.extend(raw.chars());
        let mut line = clean_line(&chars, raw, number + 1);
        if line.text.is_empty() {
            blank_before = true;
            waiting.append(&mut line.repairs);
            continue;
        }
        waiting.append(&mut line.repairs);
        line.repairs = std::mem::take(&mut waiting);
        line.hint = hint;
        line.blank_before = blank_before;
        blank_before = false;
        lines.push(line);
    }
    if let Some(last) = lines.last_mut() {
        last.repairs.extend(waiting.into_iter().map(|repair| LineRepair { at: last.text.len(), ..repair }));
    }
    lines
}

fn hint_of<'a>(hints: &mut std::iter::Peekable<impl Iterator<Item = &'a LineHint>>, line: u32) -> Option<HintKind> {
    let mut found = None;
    while let Some(hint) = hints.next_if(|hint| hint.line <= line) {
        if hint.line == line && found.is_none() {
            found = Some(hint.kind);
        }
    }
    found
}

/// Builds one cleaned line character by character, keeping the source column where it jumps.
struct Builder {
    out: CleanLine,
    next_column: u32,
}

impl Builder {
    fn push(&mut self, c: char, column: u32) {
        let at = u32::try_from(self.out.text.len()).unwrap_or(u32::MAX);
        let long_run = self.out.columns.last().is_none_or(|&(from, _)| at - from > 512);
        if column != self.next_column || long_run {
            self.out.columns.push((at, column));
        }
        self.next_column = column + 1;
        self.out.text.push(c);
    }

    /// A run of characters that stay as they are, the first of them in this column.
    fn push_run(&mut self, run: &str, characters: usize, column: u32) {
        let at = u32::try_from(self.out.text.len()).unwrap_or(u32::MAX);
        let long_run = self.out.columns.last().is_none_or(|&(from, _)| at - from > 512);
        if column != self.next_column || long_run {
            self.out.columns.push((at, column));
        }
        self.next_column = column + u32::try_from(characters).unwrap_or(0);
        self.out.text.push_str(run);
    }

    fn repair(&mut self, kind: RepairKind, before: &str, after: &str, column: u32) {
        let (at, line) = (self.out.text.len(), self.out.line);
        for (offset, c) in after.chars().enumerate() {
            self.push(c, column + u32::try_from(offset).unwrap_or(0));
        }
        self.out.repairs.push(LineRepair {
            kind,
            at,
            after: after.to_owned(),
            before: before.to_owned(),
            line,
            column,
        });
    }
}

/// Most characters that are passed on at once: the place of a character is counted from the last noted column.
const LONGEST_RUN: usize = 150;

/// `chars` are the characters of `raw`.
fn clean_line(chars: &[char], raw: &str, line: u32) -> CleanLine {
    let out = CleanLine { line, text: String::with_capacity(raw.len()), ..CleanLine::default() };
    let mut b = Builder { out, next_column: 0 };
    // Where in `raw` the character `seen` begins.
    let (mut i, mut seen, mut byte) = (0, 0, 0);
    while i < chars.len() {
        byte += chars[seen..i].iter().map(|c| c.len_utf8()).sum::<usize>();
        seen = i;
        let c = chars[i];
        let column = u32::try_from(i).unwrap_or(u32::MAX) + 1;
        if is_plain_han(c) {
            // Nothing below is about Han characters.
            let run = chars[i..].iter().take(LONGEST_RUN).take_while(|&&c| is_plain_han(c)).count();
            b.push_run(&raw[byte..byte + run * c.len_utf8()], run, column);
            i += run;
        } else if b.out.text.is_empty() && is_bullet(chars, i) {
            b.repair(RepairKind::WordLeftover, &c.to_string(), "", column);
            i += 1;
        } else if is_invisible(c) {
            i += 1;
        } else if is_space(c) {
            i = fold_spaces(chars, i, &mut b);
        } else if let Some(length) = word_leftover(&chars[i..]) {
            let before: String = chars[i..i + length].iter().collect();
            b.repair(RepairKind::WordLeftover, &before, "", column);
            i += length;
        } else if let Some(digit) = letter_for_digit(chars, i) {
            b.repair(RepairKind::LetterForDigit, &c.to_string(), digit, column);
            i += 1;
        } else if sign_for_stop(chars, i) {
            b.repair(RepairKind::SignForStop, &c.to_string(), "。", column);
            i += 1;
        } else {
            b.push(c, column);
            i += 1;
        }
    }
    finish(b.out)
}

fn is_plain_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

fn finish(mut out: CleanLine) -> CleanLine {
    let kept = out.text.trim_end().len();
    out.text.truncate(kept);
    for repair in &mut out.repairs {
        repair.at = repair.at.min(kept);
    }
    out.folded = fold(&out.text);
    out
}

/// A bullet in front of a line; a redaction (`*县`) is followed by no space.
fn is_bullet(chars: &[char], i: usize) -> bool {
    let spaced = chars.get(i + 1).is_some_and(|&c| is_space(c)) && chars[i + 1..].iter().any(|&c| is_cjk(c));
    match chars[i] {
        '*' | '-' | '+' | '·' => spaced && !chars[i + 1..].contains(&'-'),
        '•' | '●' | '◆' | '■' | '➢' | '★' | '☆' | '▲' | '▶' | '♦' | '◇' => true,
        _ => false,
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{202A}'..='\u{202E}' | '\u{E000}'..='\u{F8FF}')
        || (c.is_control() && c != '\t')
}

fn is_space(c: char) -> bool {
    c == '\t' || fold_char(c) == ' '
}

/// Folds a run of white space: none at the start, none inside a spaced-out word, else one.
fn fold_spaces(chars: &[char], start: usize, b: &mut Builder) -> usize {
    let mut end = start;
    let mut width = 0;
    while end < chars.len() && (is_space(chars[end]) || is_invisible(chars[end])) {
        width += if chars[end] == '\u{3000}' || chars[end] == '\t' { 2 } else { 1 };
        end += 1;
    }
    if b.out.text.is_empty() {
        b.out.indent = width;
        b.out.folded_spaces += 1;
    } else if end < chars.len() && !inside_spaced_word(chars, start, end) {
        b.push(' ', u32::try_from(start).unwrap_or(u32::MAX) + 1);
        b.out.folded_spaces += u32::from(end - start > 1 || chars[start] != ' ');
    } else {
        b.out.folded_spaces += 1;
    }
    end
}

/// Whether the spaces stand inside a spaced-out word such as `组  长：`, `黄  河`, `目 录`: one character on each side.
fn inside_spaced_word(chars: &[char], start: usize, end: usize) -> bool {
    let single_before = is_cjk(chars[start - 1]) && (start == 1 || !is_word_char(chars[start - 2]));
    let next = chars[end];
    let after_next = chars.get(end + 1).copied();
    let single_after = is_cjk(next) && after_next.is_none_or(|c| !is_word_char(c));
    // `1.总 则`, `附 件1`: the number before or after does not make the word longer.
    single_before && single_after
}

fn is_word_char(c: char) -> bool {
    is_cjk(c)
}

/// `[bookmark: _GoBack]` and field codes such as `PAGEREF _Toc123 \h`: how many characters.
fn word_leftover(rest: &[char]) -> Option<usize> {
    let starts = |word: &str| word.chars().enumerate().all(|(i, c)| rest.get(i) == Some(&c));
    if starts("[bookmark:") {
        return rest.iter().take(80).position(|&c| c == ']').map(|end| end + 1);
    }
    if starts("PAGEREF _Toc") || starts("HYPERLINK \\l \"") || starts("TOC \\o \"") {
        let end = rest.iter().take(120).position(|&c| is_cjk(c)).unwrap_or(rest.len().min(120));
        return Some(end);
    }
    None
}

/// `l4天`, `1O天`: a letter next to a digit, before a unit.
fn letter_for_digit(chars: &[char], i: usize) -> Option<&'static str> {
    let digit = match chars[i] {
        'l' | 'I' | '|' => "1",
        'O' | 'o' => "0",
        _ => return None,
    };
    let is_digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    let before = i.checked_sub(1).and_then(|j| chars.get(j));
    let mut end = i + 1;
    while is_digit(chars.get(end)) {
        end += 1;
    }
    let unit = chars.get(end).is_some_and(|c| "天日时小名人年月个例台张间辆支例%％".contains(*c));
    let next_to_digit = is_digit(chars.get(i + 1)) || is_digit(before);
    let starts_clean = before.is_none_or(|c| !c.is_ascii_alphabetic());
    (unit && next_to_digit && starts_clean && end - i <= 4).then_some(digit)
}

/// `O(三)` where a full stop belongs: a capital O between Han text and a numbered bracket.
fn sign_for_stop(chars: &[char], i: usize) -> bool {
    chars[i] == 'O'
        && i > 0
        && is_cjk(chars[i - 1])
        && matches!(chars.get(i + 1), Some('(' | '（'))
        && chars
            .get(i + 2)
            .is_some_and(|c| matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'))
        && matches!(chars.get(i + 3), Some(')' | '）' | '一'..='十'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(raw: &str, line: u32) -> CleanLine {
        clean_line(&raw.chars().collect::<Vec<_>>(), raw, line)
    }

    fn cleaned(raw: &str) -> String {
        clean(raw, 1).text
    }

    #[test]
    fn spaced_out_labels_and_names_close_up() {
        assert_eq!(cleaned("总   指   挥：赵立衡 区委副书记"), "总指挥：赵立衡 区委副书记");
        assert_eq!(cleaned("              周  川 区委常委、组织部长   "), "周川 区委常委、组织部长");
        assert_eq!(cleaned("职    责：1.落实"), "职责：1.落实");
        assert_eq!(cleaned("1.总 则"), "1.总则");
    }

    #[test]
    fn a_letter_for_a_digit_is_repaired_and_reported() {
        let line = clean("近l4天内", 3);
        assert_eq!(line.text, "近14天内");
        assert_eq!(line.repairs.len(), 1);
        assert_eq!((line.repairs[0].line, line.repairs[0].column), (3, 2));
    }

    #[test]
    fn a_bookmark_is_dropped_and_columns_count_the_original() {
        let line = clean("[bookmark: _GoBack]（三）加强", 1);
        assert_eq!(line.text, "（三）加强");
        assert_eq!(line.columns, vec![(0, 20)]);
    }
}
