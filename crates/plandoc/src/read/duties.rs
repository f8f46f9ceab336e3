use lianfang_domain::plan::{Duty, Rule};

use super::{Ctx, context::cut};
use crate::{
    outline::{NodeId, label_at, marker_at},
    units::subject_units,
};

/// The phrase that closes every list of duties: known, tagged, and no task.
pub(crate) fn is_boilerplate(folded: &str) -> bool {
    let text = folded.trim().trim_end_matches(['。', ';', ',']);
    let words = ["其他工作", "其他任务", "其他事项", "其它工作", "其它任务", "其它事项", "其他相关工作"];
    let givers = ["交办", "交给", "安排", "布置"];
    text.chars().count() <= 40 && words.iter().any(|w| text.ends_with(w)) && givers.iter().any(|g| text.contains(g))
}

/// One duty from a range of text.
pub(crate) fn duty(ctx: &Ctx<'_>, range: (usize, usize), number: Option<String>, rule: Rule) -> Option<Duty> {
    let start = range.0 + (ctx.text(range).len() - ctx.text(range).trim_start_matches([' ', ',', ';', '。']).len());
    let end = start + ctx.text((start, range.1)).trim_end_matches([' ', ';']).len();
    let text = ctx.text((start, end));
    if text.chars().filter(|c| crate::text::is_cjk(*c)).count() < 3 || text.ends_with("如下") {
        return None;
    }
    // How an expert group is put together is no duty.
    if text.contains("组成")
        && ["推荐", "聘请", "选派", "遴选", "抽调"].iter().any(|word| text.contains(word))
        && text.chars().count() < 60
    {
        return None;
    }
    if sets_up(text) {
        return None;
    }
    let boilerplate = is_boilerplate(text);
    let units = if boilerplate || ctx.lexicon.is_empty() { Vec::new() } else { units_of(ctx, (start, end)) };
    Some(Duty { number, text: ctx.show((start, end)), units, boilerplate, source: ctx.source((start, end), rule) })
}

/// `成立X指挥部(以下简称…)` sets the body up; it is none of its duties.
fn sets_up(text: &str) -> bool {
    // The verb stands behind ten characters at most.
    let end = text.char_indices().nth(12).map_or(text.len(), |(at, _)| at);
    let early = ["成立", "设立", "组建"].iter().any(|verb| text[..end].contains(verb));
    early
        && ["指挥部", "领导小组", "工作专班"].iter().any(|word| text.contains(word))
        && (text.contains("简称") || text.ends_with("指挥部") || text.ends_with("小组"))
}

/// Units named as subjects: at the start, and at the start of later sentences.
pub(crate) fn units_of(ctx: &Ctx<'_>, range: (usize, usize)) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    for sentence in cut(&ctx.doc.folded, range, &['。', ';']).into_iter().take(40) {
        let start = ctx.trimmed(sentence).0;
        for unit in subject_units(ctx.doc, start, sentence.1, &ctx.lexicon).0 {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
    }
    units
}

/// Duties of unnumbered text: one for each part between semicolons and full stops.
pub(crate) fn duties_of_text(ctx: &Ctx<'_>, range: (usize, usize)) -> Vec<Duty> {
    let start = match label_at(ctx.text(range)) {
        Some((_, _, len)) => range.0 + len,
        None => range.0,
    };
    let mut duties = Vec::new();
    for part in cut(&ctx.doc.folded, (start, range.1), &['。', ';']) {
        let part_start = ctx.trimmed(part).0;
        let marker = marker_at(ctx.text((part_start, part.1))).filter(|m| m.len < part.1 - part_start);
        let number = marker.as_ref().map(|m| ctx.show((part_start, part_start + m.len)));
        let content = part_start + marker.map_or(0, |m| m.len);
        duties.extend(duty(ctx, (content, part.1), number, Rule::Sentence));
    }
    duties
}

/// Duties from numbered items.
pub(crate) fn duties_of_nodes(ctx: &Ctx<'_>, nodes: &[NodeId]) -> Vec<Duty> {
    nodes.iter().filter_map(|&id| duty(ctx, item_range(ctx, id), ctx.number(id), Rule::NumberedItem)).collect()
}

/// The text of an item and everything under it, without its own number.
pub(crate) fn item_range(ctx: &Ctx<'_>, id: NodeId) -> (usize, usize) {
    let node = ctx.node(id);
    (node.title.0, node.subtree_end)
}
