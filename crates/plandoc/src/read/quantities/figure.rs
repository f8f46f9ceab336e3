//! The number itself, and numbers that count no thing.

use super::words::{ends_providing, unit_at};
use crate::read::number;

pub(super) fn number_end(text: &str, at: usize) -> usize {
    number(&text[at..]).map_or(at, |(_, len)| at + len)
}

/// A number as it stands, with what directly belongs to it.
pub(super) struct Figure {
    pub(super) value: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) unit: &'static str,
    pub(super) end: usize,
}

/// Whether the digits go on a number, date or code that began before.
pub(super) fn inside_other_number(before: &str) -> bool {
    before.ends_with(|c: char| {
        c.is_ascii_digit() || c.is_ascii_alphabetic() || matches!(c, '.' | '第' | '+' | '*' | '-' | '/')
    }) && !before.ends_with("ABO")
}

pub(super) fn figure(text: &str, at: usize) -> Option<Figure> {
    let rest = &text[at..];
    if let Some(tail) = rest.strip_prefix("百分之") {
        let (value, len) = number(tail)?;
        return Some(Figure { value: Some(value), high: None, unit: "%", end: at + "百分之".len() + len });
    }
    let (value, len) = number(rest)?;
    if rest[len..].starts_with('成') && value < 10.0 && !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(Figure { value: Some(value * 10.0), high: None, unit: "%", end: at + len + '成'.len_utf8() });
    }
    if let Some(tail) = rest[len..].strip_prefix("分之") {
        let (top, top_len) = number(tail)?;
        let end = at + len + "分之".len() + top_len;
        return Some(Figure { value: Some(round(top / value * 100.0)), high: None, unit: "%", end });
    }
    let mut end = at + len;
    let mut high = None;
    let first_unit = unit_at(&text[end..]);
    let dash = text[end + first_unit.map_or(0, str::len)..].chars().next();
    let mut percent_first = false;
    if matches!(dash, Some('-' | '~' | '至' | '到')) {
        let skip = first_unit.map_or(0, str::len) + dash.map_or(0, char::len_utf8);
        let tail = text[end + skip..].trim_start_matches('-');
        let dashes = text[end + skip..].len() - tail.len();
        if let Some((top, top_len)) = number(tail).filter(|(top, _)| *top > value) {
            percent_first = first_unit == Some("%");
            high = Some(top);
            end += skip + dashes + top_len;
        }
    }
    if text[end..].starts_with('余') || text[end..].starts_with('多') {
        end += '余'.len_utf8();
    }
    let spaces = text[end..].len() - text[end..].trim_start_matches(' ').len();
    let unit = unit_at(&text[end + spaces..]);
    let unit_len = unit.map_or(0, |u| u.len() + spaces);
    let unit = unit.or(if percent_first { Some("%") } else { None }).unwrap_or("");
    Some(Figure { value: Some(value), high, unit, end: end + unit_len })
}

pub(super) fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// Numbers that count no thing: dates, ordinals, parts of words, look-backs, counters of lists.
pub(super) fn is_no_quantity(text: &str, before: &str, at: usize, figure: &Figure) -> bool {
    let after = &text[figure.end..];
    let unit = figure.unit;
    let date = (unit == "日" && before.ends_with('月'))
        || (unit == "年" && figure.value.is_some_and(|v| v > 1900.0))
        || (unit == "天" && before.ends_with("第"));
    let word = [("个", "方面"), ("项", "制度"), ("次", "密接"), ("级", "")]
        .iter()
        .any(|(u, w)| unit == *u && !w.is_empty() && after.starts_with(w));
    let level = after.starts_with('级')
        || (unit == "个"
            && (after.starts_with("最长潜伏期")
                || after.starts_with("潜伏期")
                || after.starts_with("平均潜伏期")
                || after.starts_with("工作日")
                || after.starts_with("小时")
                || after.starts_with("月")
                || after.starts_with("工作组")
                || after.starts_with("专项组")
                || after.starts_with("等级")
                || after.starts_with("组")));
    let clock = (unit == "日" || unit == "年") && before.ends_with(['月', '年']);
    let case = (unit == "例" && (before.ends_with("最后") || before.ends_with("末") || before.ends_with("首")))
        || (unit == "日" && figure.value.is_some_and(|v| v <= 31.0) && before.ends_with("当"));
    let person = unit == "人"
        && (after.starts_with("民") || after.starts_with("大") || after.starts_with("员") || after.starts_with("群"))
        && !text[at..].starts_with(|c: char| c.is_ascii_digit());
    let whole_word = unit == "名" && after.starts_with("称")
        || unit == "部" && after.starts_with("门")
        || unit == "度"
        || unit == "场" && after.starts_with("所")
        || unit == "项" && after.starts_with("目")
        || unit == "米" && after.starts_with("线");
    let look_back = matches!(unit, "天" | "日" | "周" | "小时" | "年")
        && ["近", "前", "过去", "最近", "此前"].iter().any(|w| before.ends_with(w));
    look_back || date || word || level || clock || case || person || whole_word
}

/// A Chinese numeral counts only where something is provided or compared (`各组建两支`), not in `三个方面`.
pub(super) fn counts_in_chinese(before: &str, figure: &Figure) -> bool {
    let countable = matches!(
        figure.unit,
        "支" | "支队伍" | "名" | "辆" | "台" | "间" | "张" | "家" | "所" | "套" | "倍" | "人" | "处" | "%"
    ) || figure.value.is_some_and(|v| v >= 10_000.0);
    countable
        && [Some(before), before.strip_suffix('了'), before.strip_suffix('成')]
            .into_iter()
            .flatten()
            .any(ends_providing)
        || figure.unit == "%"
        || before.ends_with('各')
}
