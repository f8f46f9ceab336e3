use std::sync::LazyLock;

use lianfang_domain::plan::{Comparator, FindingCode, Quantity, Severity};
use regex::Regex;

use crate::pattern::pattern;

use super::{Checked, finding::Words};

/// Sums, percentages, lost numbers and counts of named lists.
pub(super) fn check(checked: &mut Checked<'_>) {
    sums(checked);
    percentages(checked);
    lost(checked);
    lists(checked);
}

/// `储备隔离房间1752间(*县储备710间,*区储备1042间)`: parts in a bracket right behind their whole.
fn sums(checked: &mut Checked<'_>) {
    let plan = checked.plan;
    let text = &checked.ctx.doc.text;
    let quantities = &plan.quantities;
    for (index, whole) in quantities.iter().enumerate() {
        let Some(total) = whole
            .value
            .filter(|_| whole.comparator == Comparator::Exactly && whole.high.is_none() && whole.per.is_none())
        else {
            continue;
        };
        let after = text.get(whole.source.span.end as usize..).unwrap_or("");
        let Some(end) = parts_end(after) else { continue };
        let limit = whole.source.span.end as usize + end;
        let parts: Vec<&Quantity> = quantities[index + 1..]
            .iter()
            .take_while(|part| (part.source.span.end as usize) <= limit)
            .filter(|part| part.unit == whole.unit && part.per.is_none() && part.high.is_none())
            .collect();
        let known: Option<Vec<f64>> = parts.iter().map(|part| part.value.map(|v| v.0)).collect();
        let Some(known) = known.filter(|parts| parts.len() >= 2) else { continue };
        let sum: f64 = known.iter().sum();
        if (sum - total.0).abs() < 1e-6 || part_of_more(after, end) {
            continue;
        }
        let shown: Vec<String> = known.iter().map(f64::to_string).collect();
        checked.report(
            FindingCode::SumMismatch,
            Severity::Error,
            &whole.source,
            Words::new(
                format!("分项合计 {} = {sum} {unit}，与总数 {total} {unit} 不符", shown.join(" + "), unit = whole.unit),
                format!(
                    "the parts {} add up to {sum} {unit}, not {total} {unit}",
                    shown.join(" + "),
                    unit = whole.unit
                ),
            )
            .ask("总数和分项哪个有误？", "Is the total wrong, or a part?"),
        );
    }
}

/// Where the parts behind a whole end: the closing bracket, or the sentence after `其中`.
fn parts_end(after: &str) -> Option<usize> {
    static OPENS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[^。；;，,（(]{0,6}[（(](?P<b>[^（）()]{4,200})[)）]|^[，,：:]?\s?其中[：:，,]?(?P<s>[^。；;]{4,200})",
        )
    });
    // Both alternatives show within the first characters.
    if !after.chars().take(8).any(|c| matches!(c, '（' | '(' | '其')) {
        return None;
    }
    let captures = OPENS.captures(after)?;
    captures.name("b").or_else(|| captures.name("s")).map(|m| m.end())
}

/// Parts introduced by 其中…不少于 are only some of the whole.
fn part_of_more(after: &str, end: usize) -> bool {
    let words = &after[..end];
    ["不少于", "不低于", "至少", "以上", "等"].iter().any(|word| words.contains(word))
}

fn percentages(checked: &mut Checked<'_>) {
    let plan = checked.plan;
    for quantity in plan.quantities.iter().filter(|q| q.unit == "%") {
        let over = quantity.value.is_some_and(|v| v.0 > 100.0) || quantity.high.is_some_and(|v| v.0 > 100.0);
        let growth = ["增长", "提高", "超额", "增加", "同比"].iter().any(|word| quantity.subject.contains(word));
        if over && !growth {
            checked.report(
                FindingCode::PercentageOver100,
                Severity::Error,
                &quantity.source,
                Words::new(
                    format!("百分比“{}”超过 100%", quantity.text),
                    format!("the percentage “{}” is over 100 %", quantity.text),
                )
                .ask("正确的比例是多少？", "What is the right percentage?"),
            );
        }
    }
}

fn lost(checked: &mut Checked<'_>) {
    let plan = checked.plan;
    for quantity in plan.quantities.iter().filter(|q| q.comparator == Comparator::Unknown) {
        checked.report(
            FindingCode::NumberMissing,
            Severity::Question,
            &quantity.source,
            Words::new(
                format!("数字丢失：“{}”", quantity.subject),
                format!("a number is lost: “{}”", quantity.subject),
            )
            .ask("原文的数字是多少？", "What was the number?"),
        );
    }
}

fn lists(checked: &mut Checked<'_>) {
    let plan = checked.plan;
    for list in &plan.named_lists {
        let Some(stated) = list.stated.filter(|&n| n as usize != list.items.len()) else { continue };
        checked.report(
            FindingCode::CountMismatch,
            Severity::Question,
            &list.source,
            Words::new(
                format!("“{}”写明 {stated} 项，列出 {} 项", list.name, list.items.len()),
                format!("“{}” says {stated} and lists {}", list.name, list.items.len()),
            )
            .ask("是否有遗漏？", "Is one left out?"),
        );
    }
}
