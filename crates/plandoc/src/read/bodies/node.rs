//! What stands under the heading of one body.

use lianfang_domain::plan::{BodyStatus, Duty, Office};

use super::names::lists_groups;
use crate::outline::NodeId;
use crate::read::Ctx;
use crate::read::duties::{duties_of_nodes, duties_of_text};
use crate::read::leadership::Leadership;
use crate::read::office::office_in;

/// Leaders and duties of the node of a body. With nested bodies only its own text counts.
pub(super) fn read_node(ctx: &Ctx<'_>, id: NodeId, nested: bool) -> (Leadership, Vec<Duty>) {
    let node = ctx.node(id);
    let mut leadership = Leadership::default();
    title_bracket(ctx, id, &mut leadership);
    for range in ctx.own_text(id) {
        leadership.paragraph(ctx, range);
    }
    let mut duty_nodes: Vec<NodeId> = Vec::new();
    if !nested {
        for &child in &node.children {
            child_of_body(ctx, child, &mut leadership, &mut duty_nodes);
        }
    }
    leadership.duties.retain(|&range| office_in(ctx, range).is_none() && !lists_groups(ctx.text(range)));
    let mut duties = duties_of_nodes(ctx, &duty_nodes);
    if duties.is_empty() {
        duties = duties_from(ctx, &leadership);
    } else {
        // Text before the first numbered item is a duty of its own only when it says 负责.
        let lead_in: Vec<_> = leadership
            .duties
            .iter()
            .filter(|&&range| {
                !ctx.text(range).trim_end().ends_with(':') && ctx.text(range).contains("负责") && range.1 > range.0
            })
            .copied()
            .collect();
        let first = duty_nodes.first().map_or(0, |&n| ctx.node(n).start);
        let mut before = Vec::new();
        for range in lead_in {
            let label_only = ctx.text(range).trim().is_empty();
            if !label_only && range.0 < first && ctx.text(range).chars().count() > 8 {
                before.extend(duties_of_text(ctx, range));
            }
        }
        before.append(&mut duties);
        duties = before;
    }
    (leadership, duties)
}

/// A numbered item inside a body: a label with people or units, a 职责 heading, or a duty.
pub(super) fn child_of_body(ctx: &Ctx<'_>, child: NodeId, leadership: &mut Leadership, duty_nodes: &mut Vec<NodeId>) {
    use crate::outline::{Label, label_at};
    let node = ctx.node(child);
    let whole = (node.title.0, node.end);
    let title = ctx.title(child);
    if title.contains("成员单位") && title.contains("职责") {
        return;
    }
    match label_at(ctx.text(whole)) {
        Some((Label::Duties, _, len)) => {
            if node.children.is_empty() {
                leadership.duties.push((node.title.0 + len, node.end));
            } else {
                duty_nodes.extend(&node.children);
            }
        }
        Some(_) => {
            leadership.paragraph(ctx, whole);
            for &range in &node.paragraphs {
                leadership.paragraph(ctx, range);
            }
        }
        None if title.ends_with("职责") && !node.children.is_empty() => duty_nodes.extend(&node.children),
        None if title.ends_with("职责") && node.titled => leadership.duties.extend(ctx.own_text(child)),
        None if matches!(title, "组成" | "人员组成" | "组成人员" | "成员组成" | "组成单位") => {
            for range in ctx.own_text(child) {
                leadership.paragraph(ctx, range);
            }
        }
        None => duty_nodes.push(child),
    }
}

/// `综合协调组(牵头单位:县卫健局)`.
pub(super) fn title_bracket(ctx: &Ctx<'_>, id: NodeId, leadership: &mut Leadership) {
    let title = ctx.node(id).title;
    let text = ctx.text(title);
    let (Some(open), Some(close)) = (text.find('('), text.rfind(')')) else { return };
    if open < close {
        leadership.paragraph(ctx, (title.0 + open + 1, title.0 + close));
        leadership.duties.clear();
    }
}

pub(super) fn duties_from(ctx: &Ctx<'_>, leadership: &Leadership) -> Vec<Duty> {
    leadership.duties.iter().flat_map(|&range| duties_of_text(ctx, range)).collect()
}

pub(super) fn office_of(ctx: &Ctx<'_>, id: NodeId) -> Option<Office> {
    ctx.own_text(id).into_iter().find_map(|range| office_in(ctx, range))
}

pub(super) fn status(ctx: &Ctx<'_>, id: NodeId, name: &str) -> BodyStatus {
    let node = ctx.node(id);
    let own = ctx.text((node.start, node.end));
    if ["未成立", "尚未成立", "未组建", "待成立"].iter().any(|word| own.contains(word)) {
        return BodyStatus::NotYetSetUp;
    }
    // `下设决策咨询专家组(目前未成立)、…` in another sentence.
    let says = |at: usize| {
        let rest = &ctx.doc.folded[at + name.len()..];
        rest.strip_prefix('(')
            .and_then(|r| r.split(')').next())
            .is_some_and(|inner| inner.contains("未成立") || inner.contains("未组建"))
    };
    let from = ctx.node(id).parent.map_or(0, |parent| ctx.node(parent).start);
    let region = &ctx.doc.folded[from..node.subtree_end];
    if region.match_indices(name).any(|(at, _)| says(from + at)) { BodyStatus::NotYetSetUp } else { BodyStatus::SetUp }
}
