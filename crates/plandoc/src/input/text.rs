//! Plain text: only its encoding and its line breaks are put in order.

use super::lines::{is_break, split_breaks};
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
    if !text.contains(|c| c != '\n' && is_break(c)) {
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

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn spaces_and_widths_stay_as_they_are() {
        let text = "　　一、总则\u{A0}\u{A0}１．２\r\n  *县储备710间 ";
        let source = read(text.as_bytes()).unwrap();
        assert_eq!(source.text, "　　一、总则\u{A0}\u{A0}１．２\n  *县储备710间 ");
    }
}
