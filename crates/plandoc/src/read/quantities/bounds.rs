//! What bounds a number, and what it does in its sentence.

use std::sync::LazyLock;

use lianfang_domain::plan::{Comparator, Quantity, QuantityRole};
use regex::Regex;

use crate::pattern::pattern;

use super::figure::Figure;
use super::words::{bound_after, bound_before, bounds_at_start, comparator_of, provides};
use crate::read::Ctx;

/// `至少配备1名医生、2名护士`: the bound holds for the whole list.
pub(super) fn carry_bound(ctx: &Ctx<'_>, before: Option<&Quantity>, quantity: &mut Quantity, at: usize) {
    let Some(before) = before.filter(|before| {
        matches!(before.comparator, Comparator::AtLeast | Comparator::AtMost)
            && quantity.comparator == Comparator::Exactly
    }) else {
        return;
    };
    let folded = crate::text::fold(&before.text);
    let bounded = bounds_at_start(&folded).next().is_some();
    let between = ctx.text((ctx.doc.refold(before.source.span.end).min(at), at));
    if bounded && between.ends_with('、') && !between.contains([',', '。', ';', '(']) && between.chars().count() <= 14
    {
        quantity.comparator = before.comparator;
    }
}

/// The comparator, and the range of the words that make up the quantity.
pub(super) fn bounds(text: &str, at: usize, figure: &Figure) -> (Comparator, usize, usize) {
    let before = text[..at].trim_end();
    let after = &text[figure.end..];
    let bound = bound_before(before);
    if let Some((word, comparator)) = bound_after(after) {
        let start = bound.map_or(at, |(w, _)| before.len() - w.len());
        return (comparator, start, figure.end + word.len());
    }
    if let Some((word, comparator)) = bound {
        return (comparator, before.len() - word.len(), figure.end);
    }
    if let Some((comparator, start)) = distant_bound(before) {
        return (comparator, start, figure.end);
    }
    let limit = matches!(figure.unit, "小时" | "分钟")
        && ["到达", "完成", "基本", "查清", "到位", "赶到", "到场", "出具"].iter().any(|verb| after.starts_with(verb));
    (if limit { Comparator::AtMost } else { Comparator::Exactly }, at, figure.end)
}

/// A bound that a verb or a base parts from its number: `至少配备1名`, `不低于急救车总量的40%`.
pub(super) fn distant_bound(before: &str) -> Option<(Comparator, usize)> {
    static DISTANT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?P<w>达到|至少|不少于|最少|不得少于|不低于|不超过|不高于)(?:每[^,。;]{1,8}|配备|储备|设置|设立|组织|开展|安排|完成|召开|进行|演练|建成|建设|有|派出|培训|备|[^,。;0-9]{1,12}的)$",
        )
    });
    let captures = DISTANT.captures(before)?;
    let word = captures.name("w")?;
    let comparator = comparator_of(word.as_str())?;
    Some((comparator, word.start()))
}

/// What the number does in its clause, and whether a plain figure counts here at all.
pub(super) fn role(
    clause: &str,
    text: &str,
    start: usize,
    end: usize,
    figure: &Figure,
    comparator: Comparator,
) -> (QuantityRole, bool) {
    let after = &text[end..];
    let time_unit = matches!(figure.unit, "小时" | "分钟" | "天" | "日" | "周" | "年");
    let before = text[..start].trim_end();
    let applies = [
        "的医院",
        "的医疗机构",
        "的单位",
        "的集中隔离点",
        "的机构",
        "的,每",
        "床位的",
        "的学校",
        "的每增加",
        "的配备",
        "的至少",
    ];
    let conditional = (after.starts_with('的')
        && matches!(figure.unit, "张" | "人" | "例" | "名" | "户" | "间" | "个"))
        || before.ends_with("容纳")
        || before.ends_with("每增加")
        || (comparator != Comparator::Exactly && applies.iter().any(|w| after.starts_with(w))
            || after.starts_with("床位以下")
            || after.starts_with("床位以上"))
        || (figure.unit == "张" && after.starts_with("床位") && clause.contains("以下的"));
    if conditional {
        return (QuantityRole::Condition, true);
    }
    if time_unit {
        let target =
            comparator == Comparator::AtMost || comparator == Comparator::AtLeast && before_is_bound(&text[start..]);
        return (if target { QuantityRole::Target } else { QuantityRole::Fact }, false);
    }
    if provides(clause)
        || matches!(comparator, Comparator::AtLeast | Comparator::AtMost)
        || clause.contains("比例")
        || clause.contains("占比")
        || clause.contains('率')
    {
        return (QuantityRole::Target, true);
    }
    if matches!(comparator, Comparator::Above | Comparator::Below) {
        return (QuantityRole::Threshold, true);
    }
    let counted = text[start..].starts_with(|c: char| c.is_ascii_digit());
    (QuantityRole::Fact, counted)
}

pub(super) fn before_is_bound(text: &str) -> bool {
    bounds_at_start(text).any(|(_, comparator)| comparator == Comparator::AtLeast)
}
