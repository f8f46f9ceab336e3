//! Where a quantity may stand.

use std::sync::LazyLock;

use crate::words::Firsts;

/// The first place at or behind a byte where a number begins, or words in place of one: (start, end).
///
/// `百分之`, digits, `*`, `每万人 间的标准` and `的 倍` with their number lost, `三成`, `两支`, `三分之`, `翻一番`.
pub(super) fn candidate(text: &str, from: usize) -> Option<(usize, usize)> {
    static FIRSTS: LazyLock<Firsts> =
        LazyLock::new(|| Firsts::new("0123456789*每的翻一二两三四五六七八九十百".chars()));
    // A numeral without a unit behind it is passed over as a whole, however long it is.
    let mut passed = from;
    let mut from = from;
    while let Some((at, c)) = FIRSTS.next(text, from) {
        from = at + c.len_utf8();
        let rest = &text[at..];
        let length = match c {
            '0'..='9' => Some(run(rest, |c| c.is_ascii_digit())),
            '*' => Some(run(rest, |c| c == '*')),
            '每' => lost_standard(rest),
            '的' => ["的 倍", "的倍"].into_iter().find(|word| rest.starts_with(word)).map(str::len),
            '翻' => ["翻一番", "翻两番"].into_iter().find(|word| rest.starts_with(word)).map(str::len),
            _ if !is_numeral(c) => None,
            _ if at < passed => tenths(rest, c),
            _ => {
                let numeral = run(rest, is_numeral);
                passed = at + numeral;
                tenths(rest, c).or_else(|| counted(&rest[numeral..]).map(|unit| numeral + unit))
            }
        };
        if let Some(length) = length {
            return Some((at, at + length));
        }
    }
    None
}

/// How many bytes at the start of the text are characters of a kind.
fn run(text: &str, kind: impl Fn(char) -> bool) -> usize {
    text.find(|c| !kind(c)).unwrap_or(text.len())
}

fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百')
}

/// `三成`.
fn tenths(text: &str, first: char) -> Option<usize> {
    let numeral = first.len_utf8();
    let tenths = !matches!(first, '十' | '百') && text[numeral..].starts_with('成');
    tenths.then_some(numeral + '成'.len_utf8())
}

/// What makes a Chinese numeral a number that stands before the text: `分之` or a unit.
fn counted(text: &str) -> Option<usize> {
    if text.starts_with("分之") {
        return Some("分之".len());
    }
    let unit = text.chars().next().filter(|c| {
        matches!(
            c,
            '名' | '人' | '台' | '套' | '支' | '间' | '张' | '辆' | '家' | '所' | '个' | '倍' | '例' | '万' | '天'
        )
    })?;
    Some(unit.len_utf8())
}

/// `每万人 间的标准`: a base, a unit, and the word that says that a number should stand between them.
fn lost_standard(text: &str) -> Option<usize> {
    let mut at = '每'.len_utf8();
    let base = run(&text[at..], |c| matches!(c, '万' | '千' | '百' | '0'..='9'));
    if base == 0 {
        return None;
    }
    at += base;
    at += next(&text[at..], |c| matches!(c, '名' | '人' | '张' | '床'))?;
    at += next(&text[at..], char::is_whitespace).unwrap_or(0);
    at += next(&text[at..], |c| matches!(c, '间' | '张' | '名' | '辆' | '台' | '支'))?;
    at += next(&text[at..], |c| c == '的').unwrap_or(0);
    let word = ["标准", "要求", "比例"].into_iter().find(|word| text[at..].starts_with(word))?;
    Some(at + word.len())
}

/// The bytes of the first character, if it is of a kind.
fn next(text: &str, kind: impl Fn(char) -> bool) -> Option<usize> {
    text.chars().next().filter(|&c| kind(c)).map(char::len_utf8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::candidate;
    use crate::pattern::pattern;

    /// The same as a pattern: slower, but easy to see.
    const PATTERN: &str = r"百分之|[0-9]+|\*+|每[万千百0-9]+(?:名|人|张|床)\s?(?:间|张|名|辆|台|支)(?:的)?(?:标准|要求|比例)|的 倍|[一二两三四五六七八九]成|[一二两三四五六七八九十百]+(?:[名人台套支间张辆家所个倍例万天]|分之)|的倍|翻一番|翻两番";

    proptest! {
        #[test]
        fn every_candidate_is_what_the_pattern_finds(text in "[0-9*每的 倍翻一二两番百十分之万千名人张床间台支标准要求比例成个级、]{0,24}") {
            let found = pattern(PATTERN).find(&text).map(|found| (found.start(), found.end()));
            prop_assert_eq!(candidate(&text, 0), found);
        }
    }
}
