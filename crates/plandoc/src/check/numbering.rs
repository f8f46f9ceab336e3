use lianfang_domain::plan::{FindingCode, Severity};

use super::{Checked, finding::Words};
use crate::outline::{NodeId, Style};

/// Gaps, repeats, lost numbers and odd styles among siblings.
pub(super) fn check(checked: &mut Checked<'_>) {
    let outline = checked.ctx.outline;
    siblings(checked, &outline.roots);
    for node in &outline.nodes {
        siblings(checked, &node.children);
    }
    for id in 0..outline.nodes.len() {
        if outline.nodes[id].style_differs {
            let number = checked.ctx.number(id).unwrap_or_default();
            checked.report_range(
                FindingCode::NumberStyle,
                Severity::Note,
                (outline.nodes[id].start, outline.nodes[id].title.1),
                Words::new(
                    format!("编号“{number}”与同级编号写法不同"),
                    format!("the number “{number}” is written in another style than its neighbours"),
                ),
            );
        }
    }
}

fn siblings(checked: &mut Checked<'_>, ids: &[NodeId]) {
    let ctx = checked.ctx;
    let mut last: Option<(u32, Style)> = None;
    let mut lost: Vec<NodeId> = Vec::new();
    for &id in ids {
        let node = ctx.node(id);
        if node.number_lost {
            lost.push(id);
            continue;
        }
        let Some(marker) = &node.marker else { continue };
        let comparable = last.filter(|(_, style)| *style == marker.style || node.style_differs);
        match comparable {
            Some((before, _)) => step(checked, id, before, marker.value, std::mem::take(&mut lost)),
            None => {
                report_lost(checked, &std::mem::take(&mut lost), None);
                starts(checked, id, marker.style, marker.value, last.is_none());
            }
        }
        last = Some((marker.value, marker.style));
    }
    report_lost(checked, &lost, last.map(|(value, _)| value));
}

/// A list that does not start at one.
fn starts(checked: &mut Checked<'_>, id: NodeId, style: Style, value: u32, first: bool) {
    let listed = matches!(
        style,
        Style::Chinese
            | Style::BracketChinese
            | Style::Arabic
            | Style::BracketArabic
            | Style::HalfBracket
            | Style::Chapter
            | Style::DecimalTop
    );
    if value > 1 && value < 30 && listed && first {
        let range = (checked.ctx.node(id).start, checked.ctx.node(id).title.1);
        checked.report_range(
            FindingCode::NumberGap,
            Severity::Warning,
            range,
            Words::new(
                format!("编号从 {value} 开始，前面缺 {} 项", value - 1),
                format!("the numbering starts at {value}; {} before it missing", items(value - 1)),
            )
            .ask("前面的内容是否遗漏？", "Is something left out before it?"),
        );
    }
}

fn items(count: u32) -> String {
    if count == 1 { "1 item".to_owned() } else { format!("{count} items") }
}

fn step(checked: &mut Checked<'_>, id: NodeId, before: u32, value: u32, lost: Vec<NodeId>) {
    let ctx = checked.ctx;
    let range = (ctx.node(id).start, ctx.node(id).title.1);
    let gap = value.saturating_sub(before + 1);
    if value == before {
        let number = ctx.number(id).unwrap_or_default();
        checked.report_range(
            FindingCode::NumberRepeated,
            Severity::Warning,
            range,
            Words::new(format!("编号“{number}”重复"), format!("the number “{number}” is used twice"))
                .ask("其中一个编号是否应顺延？", "Should one of them be the next number?"),
        );
    } else if gap > 0 && u32::try_from(lost.len()).is_ok_and(|n| n == gap) {
        report_lost(checked, &lost, Some(before));
        return;
    } else if gap > 0 && gap < 40 {
        let missing: Vec<String> = (before + 1..value).map(|n| n.to_string()).collect();
        checked.report_range(
            FindingCode::NumberGap,
            Severity::Warning,
            range,
            Words::new(
                format!("编号由 {before} 跳到 {value}，缺第 {} 项", missing.join("、")),
                format!("the numbering jumps from {before} to {value}; number {} is missing", missing.join(", ")),
            )
            .ask("缺少的一项是遗漏，还是编号有误？", "Is an item left out, or is only the number wrong?"),
        );
    } else if value < before && value != 1 {
        checked.report_range(
            FindingCode::NumberGap,
            Severity::Warning,
            range,
            Words::new(
                format!("编号由 {before} 退回到 {value}"),
                format!("the numbering goes back from {before} to {value}"),
            ),
        );
    }
    report_lost(checked, &lost, Some(before));
}

fn report_lost(checked: &mut Checked<'_>, lost: &[NodeId], before: Option<u32>) {
    for (offset, &id) in lost.iter().enumerate() {
        let node = checked.ctx.node(id);
        let title = checked.ctx.show(node.title);
        let number = before.map(|n| n + 1 + u32::try_from(offset).unwrap_or(0));
        let (zh, en) = match number {
            Some(n) => (
                format!("标题“{title}”前的编号（应为第 {n} 项）丢失"),
                format!("the heading “{title}” has lost its number (it should be {n})"),
            ),
            None => (format!("标题“{title}”前的编号丢失"), format!("the heading “{title}” has lost its number")),
        };
        let range = node.title;
        checked.report_range(
            FindingCode::NumberLost,
            Severity::Warning,
            range,
            Words::new(zh, en).ask("是否为同级标题？", "Does it stand beside its neighbours?"),
        );
    }
}
