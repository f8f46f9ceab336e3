//! Numbers that are lost, redacted or told in words.

use lianfang_domain::plan::{Comparator, Number, Quantity, QuantityRole, Rule};

use super::subject::{subject, whose};
use super::words::{UNITS, unit_at};
use crate::read::Ctx;

/// `应按以上标准的倍配备`: the number is lost.
pub(super) fn lost_multiple(ctx: &Ctx<'_>, base: usize, at: usize) -> Quantity {
    let range = (base + at, base + at + "的倍".len());
    let clause = ctx.clause_around(range.0);
    Quantity {
        comparator: Comparator::Unknown,
        value: None,
        high: None,
        unit: "倍".to_owned(),
        per: None,
        subject: subject(ctx, range, clause),
        whose: whose(ctx, range, clause),
        role: QuantityRole::Target,
        text: ctx.show(range),
        source: ctx.source(range, Rule::QuantityPhrase),
    }
}

/// Redacted numbers (`*万人`) and numbers left out of a standard (`每万人 间的标准`): unknown, not zero.
pub(super) fn lost_number(ctx: &Ctx<'_>, text: &str, base: usize, at: usize) -> Option<(Option<Quantity>, usize)> {
    let rest = &text[at..];
    let (start, unit, end) = if rest.starts_with('*') {
        let stars = rest.len() - rest.trim_start_matches('*').len();
        let after = &rest[stars..];
        let scaled = after
            .starts_with('万')
            .then(|| UNITS.iter().copied().find(|unit| unit.starts_with('万') && after.starts_with(unit)))
            .flatten();
        let unit = scaled
            .or_else(|| unit_at(after).filter(|unit| !matches!(*unit, "日" | "年" | "组" | "度" | "部" | "场")))?;
        (at, unit, at + stars + unit.len())
    } else if rest.starts_with("的 倍") {
        (at, "倍", at + "的 倍".len())
    } else if rest.starts_with('每') {
        let tail =
            ["的标准", "的要求", "的比例", "标准", "要求", "比例"].iter().find_map(|w| rest.find(w)).unwrap_or(0);
        let unit = UNITS.iter().copied().find(|unit| rest[..tail].ends_with(unit))?;
        (at, unit, at + tail)
    } else {
        return None;
    };
    let range = (base + start, base + end);
    let mut quantity = lost_multiple(ctx, base, at);
    quantity.unit = unit.to_owned();
    quantity.text = ctx.show(range);
    quantity.subject = subject(ctx, range, ctx.clause_around(range.0));
    quantity.source = ctx.source(range, Rule::QuantityPhrase);
    Some((Some(quantity), end))
}

pub(super) fn doubling(ctx: &Ctx<'_>, text: &str, base: usize, at: usize) -> Option<(Option<Quantity>, usize)> {
    let (word, value) = if text[at..].starts_with("翻一番") {
        ("翻一番", 2.0)
    } else if text[at..].starts_with("翻两番") {
        ("翻两番", 4.0)
    } else {
        return None;
    };
    let range = (base + at, base + at + word.len());
    let mut quantity = lost_multiple(ctx, base, at);
    quantity.comparator = Comparator::Exactly;
    quantity.value = Some(Number(value));
    quantity.text = ctx.show(range);
    quantity.source = ctx.source(range, Rule::QuantityPhrase);
    Some((Some(quantity), at + word.len()))
}
