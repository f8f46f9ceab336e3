//! Breaks text into lines by display columns. A Chinese character is two columns wide; a line may break between any two
//! of them, but never before a closing mark, never after an opening one, and never inside a number or Latin word.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns the text takes on a terminal.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// Text that is safe to print: control characters, which could steer the terminal, become a space.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Cuts the text to `width` columns; a cut text ends in `…`.
pub(crate) fn clip(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(1);
    let mut used = 0;
    let mut kept = String::new();
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > room {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

/// Breaks running text into its smallest unbreakable pieces.
pub(crate) fn prose_pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut previous: Option<char> = None;
    for c in text.chars() {
        match pieces.last_mut() {
            Some(piece) if previous.is_some_and(|p| sticks(p, c)) => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
        previous = Some(c);
    }
    pieces
}

fn sticks(before: char, after: char) -> bool {
    is_closing(after) || is_opening(before) || (is_latin(before) && is_latin(after))
}

fn is_latin(c: char) -> bool {
    c.is_ascii() && !c.is_ascii_whitespace()
}

fn is_closing(c: char) -> bool {
    "，。、；：？！）》」』】〕”’…％℃,.;:?!)]}%".contains(c)
}

fn is_opening(c: char) -> bool {
    "（《「『【〔“‘([{".contains(c)
}

/// Fills lines of `width` columns with the pieces, in order. A piece wider than a line is cut across lines.
pub(crate) fn fill(pieces: &[String], width: usize) -> Vec<String> {
    let width = width.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces {
        if columns(&line) + columns(piece.trim_end()) > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        if line.is_empty() {
            line.push_str(piece.trim_start());
        } else {
            line.push_str(piece);
        }
        while columns(line.trim_end()) > width {
            let rest = split_off(&mut line, width);
            lines.push(std::mem::replace(&mut line, rest));
        }
    }
    if !line.trim_end().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Leaves the first `width` columns in `line` and gives back the rest; at least one character stays.
fn split_off(line: &mut String, width: usize) -> String {
    let mut used = 0;
    let cut = line
        .char_indices()
        .find(|(at, c)| {
            used += c.width().unwrap_or(0);
            used > width && *at > 0
        })
        .map_or(line.len(), |(at, _)| at);
    line.split_off(cut)
}

#[cfg(test)]
mod tests {
    use super::{clip, columns, fill, printable, prose_pieces};

    #[test]
    fn no_line_is_wider_than_asked_and_nothing_is_lost() {
        let text = "县卫健局（应急办）牵头，在2027年6月30日前建成40间/万人的隔离房间；由county CDC复核。";
        for width in [6, 9, 10, 17, 40, 100] {
            let lines = fill(&prose_pieces(text), width);
            assert!(lines.iter().all(|line| columns(line) <= width), "{width}: {lines:?}");
            let joined: String = lines.concat().chars().filter(|c| !c.is_whitespace()).collect();
            let whole: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            assert_eq!(joined, whole, "{width}");
        }
    }

    #[test]
    fn a_line_does_not_start_with_a_closing_mark_nor_end_with_an_opening_one() {
        let lines = fill(&prose_pieces("一二三四，五六七（八九十）甲乙。"), 8);
        assert!(lines.iter().all(|line| !line.starts_with(['，', '）', '。'])), "{lines:?}");
        assert!(lines.iter().all(|line| !line.ends_with('（')), "{lines:?}");
    }

    #[test]
    fn a_unit_name_in_a_list_is_not_broken_while_a_line_can_hold_it() {
        let units = ["县卫健局、", "县发改局、", "县教育局"].map(str::to_owned);
        assert_eq!(fill(&units, 12), ["县卫健局、", "县发改局、", "县教育局"]);
    }

    #[test]
    fn a_clipped_text_fits_and_says_so() {
        assert_eq!(clip("应急响应措施", 7), "应急响…");
        assert_eq!(clip("应急", 7), "应急");
    }

    #[test]
    fn an_escape_sequence_in_a_plan_does_not_reach_the_terminal() {
        assert!(!printable("a\u{1b}[2Jb").contains('\u{1b}'));
    }
}
