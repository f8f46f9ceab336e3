//! Characters that Word keeps outside the text, by a number in a picture font.

/// Stands for a symbol that has no known letter.
pub(super) const UNKNOWN: char = '□';

/// The character that a symbol shows, or `None` if only the font knows.
pub(super) fn symbol(font: &str, code: &str) -> Option<char> {
    let code = u32::from_str_radix(code.trim(), 16).ok()?;
    if !(0xF000..=0xF0FF).contains(&code) {
        return char::from_u32(code).filter(|c| !c.is_control());
    }
    let font = font.to_ascii_lowercase();
    match (font.as_str(), code - 0xF000) {
        ("wingdings", 0x6F | 0x71 | 0x72 | 0xA8) => Some('□'),
        ("wingdings", 0xFE) => Some('☑'),
        ("wingdings", 0xFD) => Some('☒'),
        ("wingdings", 0xFC) => Some('✓'),
        ("wingdings", 0xFB) => Some('✗'),
        ("wingdings", 0x6C) => Some('●'),
        ("wingdings", 0x6E) => Some('■'),
        ("wingdings", 0xE0) => Some('→'),
        ("wingdings", 0x28) => Some('☎'),
        ("wingdings 2", 0x52) => Some('☑'),
        ("wingdings 2", 0x54) => Some('☒'),
        ("wingdings 2", 0xA3 | 0x2A) => Some('□'),
        ("symbol", 0xA3) => Some('≤'),
        ("symbol", 0xB3) => Some('≥'),
        ("symbol", 0xB0) => Some('°'),
        ("symbol", 0xB1) => Some('±'),
        ("symbol", 0xB4) => Some('×'),
        ("symbol", 0xB7) => Some('•'),
        ("symbol", 0x7E) => Some('~'),
        // These places of the Symbol font are plain ASCII.
        ("symbol", ascii @ (0x20 | 0x25 | 0x28..=0x29 | 0x2B..=0x2C | 0x2E..=0x3F)) => char::from_u32(ascii),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::symbol;

    #[test]
    fn known_symbols_become_letters_and_others_do_not() {
        assert_eq!(symbol("Wingdings", "F0FE"), Some('☑'));
        assert_eq!(symbol("Symbol", "F0B3"), Some('≥'));
        assert_eq!(symbol("宋体", "2103"), Some('℃'));
        assert_eq!(symbol("Webdings", "F022"), None);
        assert_eq!(symbol("Wingdings", "nonsense"), None);
    }
}
