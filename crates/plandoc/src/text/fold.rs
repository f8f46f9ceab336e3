use super::script::simplified;

/// Whether the character is a Han ideograph (or `〇`, `々`).
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '〇' | '々' | '\u{20000}'..='\u{2FA1F}')
}

/// One character as the rules see it: half-width signs and digits, simplified script, one form of dash and quote.
pub(crate) fn fold_char(c: char) -> char {
    match c {
        '\0'..='\x7f' => c,
        '\u{4E00}'..='\u{9FFF}' => simplified(c),
        '\u{FF01}'..='\u{FF5E}' => match c {
            '～' => '~',
            _ => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        },
        '“' | '”' | '„' | '‟' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' | '‛' => '\'',
        '【' | '〔' | '〖' => '[',
        '】' | '〕' | '〗' => ']',
        '—' | '–' | '―' | '‐' | '‑' | '−' | '─' | '﹣' => '-',
        '∼' | '〜' => '~',
        '〈' | '﹤' => '<',
        '〉' | '﹥' => '>',
        '﹪' => '%',
        '\u{A0}' | '\u{3000}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => ' ',
        '﹒' => '.',
        '﹐' => ',',
        '﹔' => ';',
        '﹕' => ':',
        '﹑' => '、',
        '○' | '〇' => '〇',
        'Ⅰ'..='Ⅻ' => c,
        _ if is_cjk(c) => simplified(c),
        _ => c,
    }
}

/// A text as the rules see it. Characters correspond one to one.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut kept = 0;
    for (at, c) in text.char_indices() {
        let seen = fold_char(c);
        if seen != c {
            folded.push_str(&text[kept..at]);
            folded.push(seen);
            kept = at + c.len_utf8();
        }
    }
    folded.push_str(&text[kept..]);
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_the_number_of_characters() {
        let text = "（一）統一領導，１４天；“五早”—Ⅳ级";
        let folded = fold(text);
        assert_eq!(folded, "(一)统一领导,14天;\"五早\"-Ⅳ级");
        assert_eq!(folded.chars().count(), text.chars().count());
    }
}
