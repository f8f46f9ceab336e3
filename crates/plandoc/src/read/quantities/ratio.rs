//! Ratios: per so many, or one to another.

use std::sync::LazyLock;

use lianfang_domain::plan::{Number, Per, Quantity, Rule};
use regex::Regex;

use crate::pattern::pattern;

use super::bounds::bounds;
use super::figure::{Figure, inside_other_number};
use super::lost::lost_multiple;
use crate::read::{Ctx, number};

/// The base of a ratio before the number (`每万人不少于40间`, `按每3万人配备1辆`, `每增加150-200张床增配1名`).
pub(super) struct Ratio {
    pub(super) per: Per,
    pub(super) step: bool,
}

pub(super) static RATIO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:每(?P<step>增加)?|容纳)(?P<n>\d+(?:\.\d+)?(?:[-~至]+\d+)?万?|[一二两三四五六七八九十百千]+万?|万|千|百|)(?P<u>名?人口|人|张床位|张床|张|床|户|间|台|例|名|个|万人|平方米|所|家)[^,。;]{0,22}$",
    )
});

pub(super) fn ratio_base(ctx: &Ctx<'_>, text: &str, at: usize, _figure: &Figure) -> Option<Ratio> {
    let _ = ctx;
    let from = text[..at].char_indices().rev().nth(40).map_or(0, |(i, _)| i);
    let head = &text[from..at];
    let head = &head[head.rfind(['。', ';']).map_or(0, |i| i + head[i..].chars().next().map_or(1, char::len_utf8))..];
    let last_clause_start = head.rfind(',').map_or(0, |i| i + 1);
    // The base stands in the same clause, or ends the clause before (`每50张床位,至少配备1名`).
    let clause = &head[last_clause_start..];
    let joined: String;
    let searched = if clause.contains('每') || clause.contains("容纳") {
        clause
    } else if head.contains("容纳") || (head.contains('每') && clause.chars().count() <= 10) {
        joined = head.replace(',', "");
        joined.as_str()
    } else {
        return None;
    };
    let from = searched.rfind('每').or_else(|| searched.rfind("容纳"))?;
    let captures = RATIO.captures(&searched[from..])?;
    let between = captures.get(0)?.end() - captures.name("u")?.end();
    if searched[searched.len() - between..].contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = captures.name("n")?.as_str();
    let (value, high) = base_number(digits)?;
    let unit = match captures.name("u")?.as_str() {
        "名人口" | "人口" | "万人" => "人",
        "张床位" | "张床" | "床" => "张",
        other => other,
    };
    // `每个科室至少1名`: one of a kind is no ratio worth a base, but it says for each.
    if digits.is_empty() && !matches!(unit, "户" | "人" | "张") {
        return None;
    }
    Some(Ratio {
        per: Per { value: Number(value), high: high.map(Number), unit: unit.to_owned() },
        step: captures.name("step").is_some(),
    })
}

pub(super) fn base_number(digits: &str) -> Option<(f64, Option<f64>)> {
    match digits {
        "" => return Some((1.0, None)),
        "万" => return Some((10_000.0, None)),
        "千" => return Some((1000.0, None)),
        "百" => return Some((100.0, None)),
        _ => {}
    }
    let (value, len) =
        number(digits).or_else(|| digits.strip_suffix('千').and_then(number).map(|(v, l)| (v * 1000.0, l)))?;
    let rest = digits[len..].trim_start_matches(['-', '~', '至']);
    Some((value, number(rest).map(|(high, _)| high)))
}

/// `护士与床位之比不低于3:1`.
pub(super) fn colon_ratio(ctx: &Ctx<'_>, text: &str, base: usize, at: usize) -> Option<(Option<Quantity>, usize)> {
    let before = &text[..at];
    if !before.chars().rev().take(14).any(|c| c == '比') || inside_other_number(before) {
        return None;
    }
    let (value, len) = number(&text[at..])?;
    let rest = text[at + len..].strip_prefix(':')?;
    let (per, per_len) = number(rest)?;
    let end = at + len + 1 + per_len;
    let figure = Figure { value: Some(value), high: None, unit: "", end };
    let (comparator, start, end) = bounds(text, at, &figure);
    let range = (base + start, base + end);
    let mut quantity = lost_multiple(ctx, base, at);
    quantity.comparator = comparator;
    quantity.value = Some(Number(value));
    quantity.per = Some(Per { value: Number(per), high: None, unit: String::new() });
    quantity.unit = String::new();
    quantity.text = ctx.show(range);
    quantity.source = ctx.source(range, Rule::QuantityPhrase);
    Some((Some(quantity), end))
}
