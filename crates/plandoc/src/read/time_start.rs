//! Where a time limit may begin.

use std::sync::LazyLock;

use crate::words::Firsts;

/// The first place at or behind a byte where the words of a time may begin, and the character there: a number with a unit,
/// `每`, `近` and the like.
///
/// It may name a place where none stands, but passes over none: the pattern of times is then tried at few places of a text.
pub(super) fn next_start(text: &str, from: usize) -> Option<(usize, char)> {
    static FIRSTS: LazyLock<Firsts> = LazyLock::new(|| {
        Firsts::new("每逐日早全保实坚严近前最过此之既发一二两三四五六七八九十百半0123456789 \u{3000}".chars())
    });
    let mut from = from;
    while let Some((at, c)) = FIRSTS.next(text, from) {
        if may_begin(&text[at..], c) {
            return Some((at, c));
        }
        from = at + c.len_utf8();
    }
    None
}

fn may_begin(text: &str, first: char) -> bool {
    let rest = &text[first.len_utf8()..];
    match first {
        '每' => rest.starts_with(|c| {
            matches!(c, '天' | '日' | '晚' | '早' | '人' | '个' | '小' | '周' | '月' | '季' | '年' | '星')
                || is_numeral(c)
                || is_digit(c)
        }),
        '逐' => rest.starts_with('日'),
        '日' => rest.starts_with('均'),
        '早' => rest.starts_with(['中', '晚', '、']),
        '全' => rest.strip_prefix('天').is_some_and(|rest| all_day(rest.strip_prefix('候').unwrap_or(rest))),
        '保' => rest.strip_prefix('持').is_some_and(all_day),
        '实' => rest.strip_prefix('行').is_some_and(all_day),
        '坚' => rest.strip_prefix('持').is_some_and(all_day),
        '严' => rest.strip_prefix('格').is_some_and(all_day),
        '近' | '前' => number_behind(rest),
        '最' => rest.starts_with('长') || rest.strip_prefix('近').is_some_and(number_behind),
        '过' => rest.strip_prefix('去').is_some_and(number_behind),
        '此' | '之' => rest.strip_prefix('前').is_some_and(number_behind),
        '既' => rest.strip_prefix('往').is_some_and(number_behind),
        '发' => rest.strip_prefix("病前").is_some_and(number_behind),
        _ if is_numeral(first) => unit_behind(text, is_numeral),
        _ if is_digit(first) => unit_behind(text, is_digit),
        _ => first.is_whitespace() && rest.starts_with("24"),
    }
}

/// `24` behind words such as `实行`.
fn all_day(text: &str) -> bool {
    without_space(text).starts_with("24")
}

fn number_behind(text: &str) -> bool {
    without_space(text).starts_with(is_figure)
}

/// Whether the text is a number of up to four figures with the beginning of a unit of time behind it.
fn unit_behind(text: &str, is_of_kind: fn(char) -> bool) -> bool {
    const MOST_FIGURES: usize = 4;
    let Some((end, _)) = text.char_indices().take(MOST_FIGURES + 1).find(|&(_, c)| !is_of_kind(c)) else {
        return false;
    };
    let rest = &text[end..];
    let decimals = rest.strip_prefix('.').map_or(rest, |decimals| decimals.trim_start_matches(is_digit));
    without_space(decimals).starts_with(|c| {
        matches!(c, '个' | '工' | '小' | '分' | '天' | '日' | '周' | '月' | '年' | '最' | '平' | '潜' | '+')
    })
}

fn without_space(text: &str) -> &str {
    text.strip_prefix(char::is_whitespace).unwrap_or(text)
}

/// Whether a number may begin with the character.
pub(super) fn is_figure(c: char) -> bool {
    is_numeral(c) || is_digit(c)
}

fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '半')
}

/// Digits of any script: patterns count them all as digits.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || !c.is_ascii() && !crate::text::is_cjk(c) && c.is_numeric()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::next_start;
    use crate::{pattern::pattern, read::times::pattern_from};

    /// All times in one pattern, tried everywhere: slower, but easy to see.
    const TIME: &str = r"^(?:(?P<daily>(?:每天|每日|逐日|每晚|每早)(?:的)?\s?(?:(?P<half>上午|下午|晚上?|早上?|中午|凌晨|早晨|傍晚)\s?)?(?P<h>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:[时点:](?P<mi>\d{1,2}|半)?分?)(?:整)?(?P<by>之?前|以前)?)|(?P<perday>(?:每天|每日|每人每天|一天|一日|日均|早晚)(?P<pd>[^,。;\n]{0,10}?)(?P<pn>\d{1,2}|[一二两三四五六七八九十])(?:次|报))|(?P<meals>早中晚各|早、中、晚各|早晚各)|(?P<dayreport>(?:每天|每日))|(?P<standing>(?:全天候?|保持|实行|坚持|严格)?\s?24\s?小时[^,。;\n]{0,6}?(?:值班|值守|有人|在岗|待命|备勤|应急值|专人值|畅通|不间断))|(?P<look>(?:近|过去|最近|此前|既往|发病前|前|之前)\s?(?P<ln>N)\s?(?P<lu>个?小时|天|日|周|个?月|年)(?:内|来)?)|(?P<inc>(?P<in>N)\s?个?(?P<im>最长|平均|最大)?潜伏期)|(?P<maxinc>最长潜伏期)|(?P<every>每(?P<en>N)?(?P<eu>个?小时|天|周|个?月|季度|半年|年|两年|星期)[^,。;\n]{0,14}?(?P<et>\d{1,2}|[一二两三四五六七八九十])次)|(?P<within>(?P<wn>N)\s?(?P<wu>UNIT)(?:以内|之内|内))|(?P<plus>(?P<p1>\d{1,2})\+(?P<p2>\d{1,2})\+(?P<p3>\d{1,2}))|(?P<dur>(?P<dn>N)\s?(?P<du>UNIT)))";

    /// The name of the first group that holds something, and what was found.
    fn found<'a>(pattern: &'a regex::Regex, text: &'a str) -> Option<(&'a str, &'a str)> {
        let captures = pattern.captures(text)?;
        let name = pattern.capture_names().zip(captures.iter()).skip(1).find_map(|(name, group)| group.and(name))?;
        Some((name, captures.get(0)?.as_str()))
    }

    proptest! {
        #[test]
        fn every_time_of_the_whole_pattern_is_found(text in "[0-9一两十半每人天日晚早中、各逐均全候保持实行坚严格24小时值班畅通近过去最此前既往发病之内长平潜伏期个月周季度年星次.+ 工作分钟以内报点:]{1,14}") {
            let number = r"(?:\d{1,4}(?:\.\d+)?|[一二两三四五六七八九十百半]{1,4})";
            let unit = r"(?:个?工作日|个?小时|分钟|天|日|周|个?月|年)";
            let whole = pattern(&TIME.replace("UNIT", unit).replace(">N)", &format!(">{number})")));
            for (at, first) in text.char_indices() {
                let rest = &text[at..];
                let found_here = next_start(rest, 0) == Some((0, first));
                let parted = if found_here { found(pattern_from(first), rest) } else { None };
                prop_assert_eq!(parted, found(&whole, rest), "{}", rest);
            }
        }
    }
}
