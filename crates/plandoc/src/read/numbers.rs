use crate::outline::chinese_number;

/// A number in Arabic or Chinese digits, with 万 and 亿: its value and the bytes it takes.
pub(crate) fn number(text: &str) -> Option<(f64, usize)> {
    let first = text.chars().next()?;
    let (value, mut len) = if first.is_ascii_digit() { arabic(text)? } else { chinese(text)? };
    let scale = match text[len..].chars().next() {
        Some('万') => 1e4,
        Some('亿') => 1e8,
        _ => return Some((value, len)),
    };
    len += '万'.len_utf8();
    Some((value * scale, len))
}

fn arabic(text: &str) -> Option<(f64, usize)> {
    let mut end = 0;
    let (mut has_point, mut has_groups) = (false, false);
    let bytes = text.as_bytes();
    while let Some(&b) = bytes.get(end) {
        let grouped = b == b','
            && bytes[end + 1..].len() >= 3
            && bytes[end + 1..end + 4].iter().all(u8::is_ascii_digit)
            && bytes.get(end + 4).is_none_or(|b| !b.is_ascii_digit());
        let point = b == b'.' && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) && !has_point;
        if !b.is_ascii_digit() && !point && !grouped {
            break;
        }
        has_point |= point;
        has_groups |= grouped;
        end += 1;
        if end > 24 {
            return None;
        }
    }
    let value = if has_groups { text[..end].replace(',', "").parse() } else { text[..end].parse() };
    Some((value.ok()?, end))
}

fn chinese(text: &str) -> Option<(f64, usize)> {
    let end: usize = text
        .chars()
        .take(8)
        .take_while(|c| {
            matches!(c, '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '〇' | '零')
        })
        .map(char::len_utf8)
        .sum();
    let value = chinese_number(&text[..end])?;
    Some((f64::from(value), end))
}

/// A small count in Arabic or Chinese digits.
pub(crate) fn count(text: &str) -> Option<u32> {
    text.parse().ok().or_else(|| chinese_number(text))
}
