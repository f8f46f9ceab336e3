//! Numbers in front of headings and items.

/// The style of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Style {
    /// `第一部分`.
    Part,
    /// `第一章`.
    Chapter,
    /// `第一节`.
    Division,
    /// `1 总则`, and `1.总则` at the top of a decimal document.
    DecimalTop,
    /// `1.1`, `2.3.1`: the number of parts is the depth.
    Decimal(u8),
    /// A heading style of the word processor or page, `h2`.
    Hint(u8),
    /// `一、`.
    Chinese,
    /// `A.`.
    Letter,
    /// `第一条`.
    Article,
    /// `（一）`.
    BracketChinese,
    /// `1.`, `1、`.
    Arabic,
    /// `（1）`, `⑴`.
    BracketArabic,
    /// `1)`.
    HalfBracket,
    /// `①`.
    Circled,
    /// `一是`.
    ChineseIs,
    /// A heading without a number.
    None,
}

/// A number in front of a heading or item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marker {
    pub(crate) style: Style,
    /// The last part of the number.
    pub(crate) value: u32,
    /// All parts of a decimal number. Most numbers are plain and have none, so the list is kept apart.
    parts: Option<Box<[u32]>>,
    /// Bytes it takes in the folded text, following spaces included.
    pub(crate) len: usize,
    /// The sign after a plain number: `.`, `、`, or none.
    pub(crate) sign: char,
}

impl Marker {
    /// The first part of the number: 2 of `2.3.1`.
    pub(crate) fn first(&self) -> u32 {
        self.parts().first().copied().unwrap_or(self.value)
    }

    /// All parts of a decimal number; empty for a plain one.
    pub(crate) fn parts(&self) -> &[u32] {
        self.parts.as_deref().unwrap_or_default()
    }
}

/// Whether a Chinese numeral may hold the character.
fn is_chinese_digit(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '〇' | '零')
}

/// Reads a Chinese numeral up to 999. `None` if it is not one.
pub(crate) fn chinese_number(text: &str) -> Option<u32> {
    if text.is_empty() || !text.chars().all(|c| is_chinese_digit(c) || c == '两') {
        return None;
    }
    let (mut total, mut digit) = (0u32, None);
    for c in text.chars() {
        match c {
            '十' => total += digit.take().unwrap_or(1) * 10,
            '百' => total += digit.take().unwrap_or(1) * 100,
            '〇' | '零' => digit = None,
            '两' => digit = Some(2),
            _ => {
                let value = chinese_digit(c)?;
                if digit.is_some() {
                    return None;
                }
                digit = Some(value);
            }
        }
    }
    Some(total + digit.unwrap_or(0)).filter(|&n| n > 0)
}

fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The marker at the start of a folded line or clause.
pub(crate) fn marker_at(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    match first {
        '第' => ordinal(text),
        '(' => bracketed(text),
        '0'..='9' => arabic(text),
        '①'..='⑳' => Some(single(text, Style::Circled, first as u32 - '①' as u32 + 1)),
        '⑴'..='⒇' => Some(single(text, Style::BracketArabic, first as u32 - '⑴' as u32 + 1)),
        '㈠'..='㈩' => Some(single(text, Style::BracketChinese, first as u32 - '㈠' as u32 + 1)),
        '壹' | '贰' | '叁' | '肆' | '伍' | '陆' | '柒' | '捌' | '玖' | '拾' => formal(text, first),
        'Ⅰ'..='Ⅻ' => roman(text, first),
        'A'..='K' => letter(text, first),
        '⒈'..='⒛' => Some(single(text, Style::Arabic, first as u32 - '⒈' as u32 + 1)),
        _ if is_chinese_digit(first) => chinese(text),
        _ => None,
    }
}

fn marker(text: &str, style: Style, value: u32, len: usize, sign: char) -> Marker {
    let spaces = text[len..].len() - text[len..].trim_start_matches(' ').len();
    Marker { style, value, parts: None, len: len + spaces, sign }
}

fn single(text: &str, style: Style, value: u32) -> Marker {
    let len = text.chars().next().map_or(0, char::len_utf8);
    let sign_len = usize::from(matches!(text[len..].chars().next(), Some('.' | ',')));
    let dun = if text[len..].starts_with('、') { '、'.len_utf8() } else { sign_len };
    marker(text, style, value, len + dun, ' ')
}

/// `壹 指导思想`, `贰、工作目标`.
fn formal(text: &str, first: char) -> Option<Marker> {
    let value = "壹贰叁肆伍陆柒捌玖拾".chars().position(|c| c == first)? as u32 + 1;
    let len = first.len_utf8();
    let sign = text[len..].chars().next().filter(|c| matches!(c, ' ' | '、' | '.'))?;
    Some(marker(text, Style::Chinese, value, len + sign.len_utf8(), sign))
}

/// `Ⅰ 保障目标`, `Ⅱ、指挥体系`; `Ⅰ级` is a level.
fn roman(text: &str, first: char) -> Option<Marker> {
    let len = first.len_utf8();
    let sign = text[len..].chars().next().filter(|c| matches!(c, ' ' | '、' | '.'))?;
    let next = text[len + sign.len_utf8()..].trim_start();
    (!next.starts_with('级'))
        .then(|| marker(text, Style::Chinese, first as u32 - 'Ⅰ' as u32 + 1, len + sign.len_utf8(), sign))
}

/// `A. 市级指挥部`.
fn letter(text: &str, first: char) -> Option<Marker> {
    let sign = text[1..].chars().next().filter(|c| matches!(c, '.' | '、'))?;
    let next = text[1 + sign.len_utf8()..].trim_start().chars().next()?;
    crate::text::is_cjk(next)
        .then(|| marker(text, Style::Letter, first as u32 - 'A' as u32 + 1, 1 + sign.len_utf8(), sign))
}

fn run(text: &str, set: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !set(c)).unwrap_or(text.len());
    &text[..end]
}

/// `第一章`, `第一条`, `第3条`.
fn ordinal(text: &str) -> Option<Marker> {
    let rest = &text['第'.len_utf8()..];
    let rest_trimmed = rest.trim_start_matches(' ');
    let gap = rest.len() - rest_trimmed.len();
    let digits = run(rest_trimmed, |c| is_chinese_digit(c) || c.is_ascii_digit());
    let value = chinese_number(digits).or_else(|| digits.parse().ok())?;
    let after = rest_trimmed[digits.len()..].trim_start_matches(' ');
    let gap_after = rest_trimmed.len() - digits.len() - after.len();
    let (style, word) =
        [(Style::Part, "部分"), (Style::Chapter, "章"), (Style::Division, "节"), (Style::Article, "条")]
            .into_iter()
            .find(|(_, word)| after.starts_with(word))?;
    let tail = &after[word.len()..];
    let sign = tail.chars().next().filter(|c| matches!(c, '、' | ',' | ':' | '.' | '。'));
    // `第一条措施` is a phrase, `第一条 为了` a heading: an article is followed by a space or by its text at once.
    let len = '第'.len_utf8() + gap + digits.len() + gap_after + word.len() + sign.map_or(0, char::len_utf8);
    Some(marker(text, style, value, len, ' '))
}

/// `(一)`, `(1)`.
fn bracketed(text: &str) -> Option<Marker> {
    // A line may be long and hold nothing but brackets: only the bytes that a number can take are looked at.
    let inner_end = text.bytes().take(17).position(|b| b == b')')?;
    let inner = text[1..inner_end].trim();
    let mut len = inner_end + 1;
    if let Some(sign) = text[len..].chars().next().filter(|c| matches!(c, '、' | '.')) {
        len += sign.len_utf8();
    }
    if let Some(value) = chinese_number(inner) {
        return Some(marker(text, Style::BracketChinese, value, len, ' '));
    }
    let value: u32 = inner.parse().ok().filter(|&v| (1..=99).contains(&v))?;
    Some(marker(text, Style::BracketArabic, value, len, ' '))
}

/// `一、`, `一.`, `一是`.
fn chinese(text: &str) -> Option<Marker> {
    let digits = run(text, is_chinese_digit);
    let value = chinese_number(digits)?;
    let after = &text[digits.len()..];
    let sign = after.chars().next()?;
    match sign {
        '、' | '.' => Some(marker(text, Style::Chinese, value, digits.len() + sign.len_utf8(), sign)),
        ' ' if value <= 20 && !after.trim_start().is_empty() => {
            Some(marker(text, Style::Chinese, value, digits.len() + 1, ' '))
        }
        '是' if value <= 20 => {
            let len = digits.len() + '是'.len_utf8();
            Some(marker(text, Style::ChineseIs, value, len, ' '))
        }
        _ => None,
    }
}

/// `2.7天内…`: the second item of a list whose text begins with a number. Only the list around it can tell.
pub(crate) fn marker_before_number(text: &str) -> Option<Marker> {
    let digits = run(text, |c| c.is_ascii_digit());
    let rest = text[digits.len()..].strip_prefix('.')?;
    let value: u32 = digits.parse().ok().filter(|v| (1..=40).contains(v))?;
    let second = run(rest, |c| c.is_ascii_digit());
    let unit = rest[second.len()..].chars().next()?;
    (!second.is_empty() && starts_unit(unit)).then(|| marker(text, Style::Arabic, value, digits.len() + 1, '.'))
}

/// Whether a unit begins that makes a leading number a quantity, not a marker (`14天内`, `24小时`).
fn starts_unit(c: char) -> bool {
    matches!(
        c,
        '倍' | '天'
            | '日'
            | '月'
            | '年'
            | '时'
            | '小'
            | '分'
            | '秒'
            | '名'
            | '人'
            | '个'
            | '例'
            | '台'
            | '张'
            | '间'
            | '辆'
            | '支'
            | '家'
            | '所'
            | '万'
            | '亿'
            | '千'
            | '百'
            | '%'
            | ':'
            | '-'
            | '/'
            | '~'
            | '×'
            | '度'
            | '米'
            | '元'
            | '号'
            | '级'
            | '类'
            | '项'
            | '次'
            | '份'
            | '批'
            | '只'
            | '套'
            | '吨'
            | '岁'
            | '周'
            | '期'
    )
}

/// `1.`, `1、`, `1)`, `1.1`, `1 总则`.
fn arabic(text: &str) -> Option<Marker> {
    let (value, mut at) = part(text)?;
    // Most numbers have one part and need no list of them.
    let mut parts = Vec::new();
    while text[at..].starts_with('.') && text[at + 1..].starts_with(|c: char| c.is_ascii_digit()) {
        if parts.is_empty() {
            parts.push(value);
        }
        let (more, length) = part(&text[at + 1..])?;
        parts.push(more);
        at += 1 + length;
    }
    if value == 0 || parts.contains(&0) || parts.last().is_some_and(|&last| last > 60) {
        return None;
    }
    if parts.len() > 1 {
        return decimal(text, parts, at);
    }
    if value > 60 {
        return None;
    }
    let sign = text[at..].chars().next()?;
    match sign {
        '.' | '、' | ',' => {
            let next = text[at + sign.len_utf8()..].trim_start().chars().next()?;
            (!next.is_ascii_digit() || sign == '、')
                .then(|| marker(text, Style::Arabic, value, at + sign.len_utf8(), sign))
        }
        ')' => Some(marker(text, Style::HalfBracket, value, at + 1, ')')),
        ' ' => {
            let next = text[at..].trim_start().chars().next()?;
            super::is_heading_start(next).then(|| marker(text, Style::DecimalTop, value, at + 1, ' '))
        }
        _ if super::is_heading_start(sign) && !starts_unit(sign) => {
            Some(marker(text, Style::DecimalTop, value, at, ' '))
        }
        _ => None,
    }
}

/// One part of a number, and its digits.
fn part(text: &str) -> Option<(u32, usize)> {
    let digits = run(text, |c| c.is_ascii_digit());
    if digits.len() > 2 {
        return None;
    }
    Some((digits.parse().ok()?, digits.len()))
}

fn decimal(text: &str, parts: Vec<u32>, mut at: usize) -> Option<Marker> {
    let value = *parts.last()?;
    let next = text[at..].chars().next()?;
    // `2.5米`, `37.3℃` are quantities; `4.2分级响应`, `7.1名词术语` are headings.
    let counted =
        next != ' ' && text[at + next.len_utf8()..].starts_with(['内', '以', '之', '。', ',', ';', '、', ')', '的']);
    if matches!(next, '%' | '倍' | '米' | '万' | '亿' | '元' | '℃' | '度' | '千' | '公' | '-' | '/' | '~' | ':' | '×')
        || (starts_unit(next) && counted)
    {
        return None;
    }
    if matches!(next, '.' | '、') {
        at += next.len_utf8();
    }
    let depth = u8::try_from(parts.len()).ok()?;
    let spaces = text[at..].len() - text[at..].trim_start_matches(' ').len();
    Some(Marker { style: Style::Decimal(depth), value, parts: Some(parts.into()), len: at + spaces, sign: '.' })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(text: &str) -> Option<(Style, u32)> {
        marker_at(text).map(|m| (m.style, m.value))
    }

    #[test]
    fn all_usual_numbers_are_known() {
        assert_eq!(style("一、总则"), Some((Style::Chinese, 1)));
        assert_eq!(style("十二、附则"), Some((Style::Chinese, 12)));
        assert_eq!(style("(三)组长"), Some((Style::BracketChinese, 3)));
        assert_eq!(style("3、组长"), Some((Style::Arabic, 3)));
        assert_eq!(style("3.组长"), Some((Style::Arabic, 3)));
        assert_eq!(style("1.1编制目的"), Some((Style::Decimal(2), 1)));
        assert_eq!(style("2.3.1 监测"), Some((Style::Decimal(3), 1)));
        assert_eq!(style("1 总则"), Some((Style::DecimalTop, 1)));
        assert_eq!(style("1总则"), Some((Style::DecimalTop, 1)));
        assert_eq!(style("(8) 重点人员包保组"), Some((Style::BracketArabic, 8)));
        assert_eq!(style("1)启动"), Some((Style::HalfBracket, 1)));
        assert_eq!(style("⑸核酸"), Some((Style::BracketArabic, 5)));
        assert_eq!(style("①核酸"), Some((Style::Circled, 1)));
        assert_eq!(style("第十条 为了"), Some((Style::Article, 10)));
        assert_eq!(style("一是加强"), Some((Style::ChineseIs, 1)));
    }

    #[test]
    fn quantities_are_no_markers() {
        assert_eq!(style("24小时内"), None);
        assert_eq!(style("2.5米"), None);
        assert_eq!(style("14天"), None);
        assert_eq!(style("2026年"), None);
        assert_eq!(style("一般"), None);
        assert_eq!(style("三级"), None);
    }
}
