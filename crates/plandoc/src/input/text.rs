//! Plain text: only its encoding and its line breaks are put in order.

use super::lines::split_breaks;
use super::{Format, InputError, SourceText, decode};

pub(super) fn read(bytes: &[u8]) -> Result<SourceText, InputError> {
    let decoded = decode::decode(bytes, None)?;
    Ok(SourceText {
        format: Format::Text,
        text: with_plain_breaks(&decoded.text),
        hints: Vec::new(),
        notes: decoded.notes,
    })
}

/// The text with `\n` for every kind of line break.
fn with_plain_breaks(text: &str) -> String {
    if !has_other_breaks(text) {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    for (index, line) in split_breaks(text).enumerate() {
        if index > 0 {
            plain.push('\n');
        }
        plain.push_str(line);
    }
    plain
}

/// Whether there is a line break other than `\n`. All but three of them are single bytes.
fn has_other_breaks(text: &str) -> bool {
    let many_bytes = ['\u{85}', '\u{2028}', '\u{2029}'];
    text.bytes().any(|b| matches!(b, 0x0B..=0x0D)) || many_bytes.iter().any(|&c| text.contains(c))
}

#[cfg(test)]
mod tests {
    use super::super::lines::is_break;
    use super::{has_other_breaks, read};

    #[test]
    fn every_break_but_the_plain_one_is_another_break() {
        for c in '\0'..='\u{3000}' {
            assert_eq!(has_other_breaks(&c.to_string()), c != '\n' && is_break(c), "{c:?}");
        }
    }

    #[test]
    fn spaces_and_widths_stay_as_they_are() {
        let text = "　　一、总则\u{A0}\u{A0}１．２\r\n  *县储备710间 ";
        let source = read(text.as_bytes()).unwrap();
        assert_eq!(source.text, "　　一、总则\u{A0}\u{A0}１．２\n  *县储备710间 ");
    }
}
