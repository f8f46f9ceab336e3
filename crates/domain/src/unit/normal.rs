//! Names as they are compared: nothing that depends on the keyboard counts.

/// One character in half-width form, with one form of bracket, dash and space.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '【' | '〔' | '〈' => '(',
        '】' | '〕' | '〉' => ')',
        '—' | '–' | '‐' | '‑' | '―' | '−' => '-',
        _ if c.is_whitespace() => ' ',
        _ => c,
    }
}

/// Whether a character does not count in a name: spaces, quotes, middle dots, marks without width.
fn is_idle(c: char) -> bool {
    matches!(
        c,
        ' ' | '"' | '\'' | '“' | '”' | '‘' | '’' | '「' | '」' | '《' | '》' | '·' | '•' | '・' | '\u{200B}'
            ..='\u{200F}' | '\u{FEFF}' | '\u{AD}'
    ) || c.is_control()
}

/// A name as it is compared: half-width signs, one form of bracket, no spaces or quotes, small letters, no full stop or
/// comma at the end. Two names that differ only in these are the same name.
pub fn normal_name(text: &str) -> String {
    let mut normal: String =
        text.chars().map(half_width).filter(|c| !is_idle(*c)).map(|c| c.to_ascii_lowercase()).collect();
    let end = normal.trim_end_matches(['。', '.', ',', '、', ';', ':']).len();
    normal.truncate(end);
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_only_by_the_keyboard_are_the_same() {
        let cases = [
            ("区财政局（国资办）", "区财政局(国资办)"),
            ("区卫 健局", "区卫健局"),
            ("“清河”医院", "清河医院"),
            ("ＡＢＣ检测公司", "abc检测公司"),
            ("区卫健局。", "区卫健局"),
            ("\u{FEFF}区\u{3000}卫\u{A0}健局\u{200B}", "区卫健局"),
            ("区财政局〔国资办〕", "区财政局(国资办)"),
        ];
        for (text, normal) in cases {
            assert_eq!(normal_name(text), normal);
            assert_eq!(normal_name(normal), normal, "idempotent");
        }
    }
}
