//! What stands under a level: criteria and measures.

use std::sync::LazyLock;

use lianfang_domain::plan::{ConditionMode, Criterion, Measure, Rule, SectionKind};

use super::heading::Topic;
use super::word::{inclusion, mode, only_inclusion};
use crate::outline::NodeId;
use crate::read::Ctx;
use crate::read::context::cut;
use crate::read::duties::{item_range, units_of};
use crate::words::Heads;

pub(super) type Item = (Option<String>, (usize, usize));

/// The listed items of a node: its children, else the parts of its text.
pub(super) fn items(ctx: &Ctx<'_>, id: NodeId) -> Vec<Item> {
    let node = ctx.node(id);
    if !node.children.is_empty() {
        return node.children.iter().map(|&child| (ctx.number(child), item_range(ctx, child))).collect();
    }
    ctx.own_text(id).into_iter().flat_map(|range| text_items(ctx, range)).collect()
}

/// The parts of running text between semicolons, else between full stops; a lead-in is no part.
pub(super) fn text_items(ctx: &Ctx<'_>, range: (usize, usize)) -> Vec<Item> {
    let text = ctx.text(range);
    let signs: &[char] = if text.contains(';') { &[';'] } else { &['。'] };
    cut(&ctx.doc.folded, range, signs)
        .into_iter()
        .map(|part| after_lead_in(ctx, ctx.trimmed(part)))
        .filter(|part| ctx.text(*part).chars().count() >= 4)
        .map(|part| (None, part))
        .collect()
}

/// Behind `有下列情形之一的:` the first item begins.
pub(super) fn after_lead_in(ctx: &Ctx<'_>, part: (usize, usize)) -> (usize, usize) {
    let text = ctx.text(part);
    if is_lead_in(text) {
        let colon = text.rfind(':').map_or(part.1, |i| part.0 + i + 1);
        return ctx.trimmed((colon, part.1));
    }
    match text.find(':') {
        Some(i) if is_lead_in(&text[..=i]) => ctx.trimmed((part.0 + i + 1, part.1)),
        _ => part,
    }
}

/// A sentence that only announces the list below it.
pub(super) fn is_lead_in(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['。', ':', ',']);
    let ends = [
        "以下措施",
        "下列措施",
        "以下工作",
        "情形之一",
        "情形之一的",
        "情况之一的",
        "之一时",
        "如下",
        "以下情形",
        "下列情形",
        "以下条件",
        "以下应急措施",
        "基础上",
    ];
    text.chars().count() <= 60 && ends.iter().any(|end| text.ends_with(end))
}

pub(super) fn criterion(ctx: &Ctx<'_>, number: Option<String>, range: (usize, usize)) -> Criterion {
    let rule = if number.is_some() { Rule::NumberedItem } else { Rule::Sentence };
    Criterion { number, text: ctx.show(range), source: ctx.source(range, rule) }
}

pub(super) fn measure(ctx: &Ctx<'_>, number: Option<String>, under: Option<String>, range: (usize, usize)) -> Measure {
    let rule = if number.is_some() { Rule::NumberedItem } else { Rule::Sentence };
    Measure { number, under, text: ctx.show(range), units: units_of(ctx, range), source: ctx.source(range, rule) }
}

/// Splits what stands under a level into criteria and measures.
pub(super) fn parts(ctx: &Ctx<'_>, id: NodeId, topic: Topic) -> (Vec<Criterion>, Vec<Measure>, ConditionMode) {
    let node = ctx.node(id);
    let (mut criteria, mut measures) = (Vec::new(), Vec::new());
    let mode = mode(ctx.text((node.start, node.subtree_end)));
    let own = ctx.own_text(id);
    let any_text = own.iter().any(|&range| is_condition(ctx.text(range)));
    // Children that divide the level: 启动条件, 响应措施.
    let divided = node.children.iter().any(|&child| child_topic(ctx, child).is_some());
    if divided {
        for &child in &node.children {
            divide(ctx, child, &mut criteria, &mut measures);
        }
        if !criteria.is_empty() && !measures.is_empty() {
            return (criteria, measures, mode);
        }
    } else if !node.children.is_empty() {
        let as_criteria = topic == Topic::Criteria || (topic == Topic::Both && lists_conditions(ctx, id));
        lists_in_turn(ctx, id, as_criteria, topic == Topic::Both, &mut criteria, &mut measures);
    }
    for range in own {
        sort_text(ctx, range, topic, any_text, !node.children.is_empty(), &mut criteria, &mut measures);
    }
    (criteria, measures, mode)
}

/// The items of a level in order. A lead-in between two lists (`…采取下列措施:`) turns from criteria to measures.
pub(super) fn lists_in_turn(
    ctx: &Ctx<'_>,
    id: NodeId,
    mut as_criteria: bool,
    may_turn: bool,
    criteria: &mut Vec<Criterion>,
    measures: &mut Vec<Measure>,
) {
    let node = ctx.node(id);
    let mut lead_ins =
        node.paragraphs.iter().filter(|&&range| ctx.text(range).trim_end().ends_with([':', ','])).peekable();
    for &child in &node.children {
        while let Some(&lead_in) = lead_ins.next_if(|range| range.0 < ctx.node(child).start) {
            if may_turn && lead_in.0 > node.end {
                as_criteria = turns_to(ctx.text(lead_in)).unwrap_or(as_criteria);
            }
        }
        let opening = (ctx.node(child).title.0, ctx.node(child).end);
        if let ((start, end), Some(turned)) = without_lead_in(ctx, opening) {
            // The next list hangs on the last item of this one.
            push_item(ctx, child, (start, end), as_criteria, criteria, measures);
            as_criteria = if may_turn { turned } else { as_criteria };
            for &item in &ctx.node(child).children {
                push_item(ctx, item, item_range(ctx, item), as_criteria, criteria, measures);
            }
            continue;
        }
        let (range, turn) = without_lead_in(ctx, item_range(ctx, child));
        if as_criteria {
            criteria.push(criterion(ctx, ctx.number(child), range));
        } else if turn.is_some() {
            measures.push(measure(ctx, ctx.number(child), None, range));
        } else {
            add_measure(ctx, child, measures);
        }
        if let Some(turn) = turn.filter(|_| may_turn) {
            as_criteria = turn;
        }
    }
}

pub(super) fn push_item(
    ctx: &Ctx<'_>,
    id: NodeId,
    range: (usize, usize),
    as_criteria: bool,
    criteria: &mut Vec<Criterion>,
    measures: &mut Vec<Measure>,
) {
    if as_criteria {
        criteria.push(criterion(ctx, ctx.number(id), range));
    } else {
        measures.push(measure(ctx, ctx.number(id), None, range));
    }
}

/// Whether a lead-in announces criteria (`true`) or measures (`false`).
pub(super) fn turns_to(lead_in: &str) -> Option<bool> {
    if lead_in.contains("措施")
        || lead_in.contains("以下工作")
        || lead_in.contains("下列工作")
        || lead_in.contains("行动")
    {
        return Some(false);
    }
    (lead_in.contains("情形") || lead_in.contains("条件") || lead_in.contains("标准")).then_some(true)
}

/// An item without the lead-in of the next list that stands behind it in the same line (`…其他情形。措施:`).
pub(super) fn without_lead_in(ctx: &Ctx<'_>, range: (usize, usize)) -> ((usize, usize), Option<bool>) {
    let text = ctx.text(range).trim_end();
    if !text.ends_with(':') {
        return (range, None);
    }
    let Some(stop) = text.rfind(['。', ';']) else { return (range, None) };
    let end = stop + text[stop..].chars().next().map_or(1, char::len_utf8);
    (((range.0), range.0 + end), turns_to(&text[end..]))
}

/// A numbered measure; a bare heading with items of its own gives those.
pub(super) fn add_measure(ctx: &Ctx<'_>, child: NodeId, measures: &mut Vec<Measure>) {
    let node = ctx.node(child);
    let heading_only = node.bare && node.paragraphs.is_empty() && node.children.len() >= 2;
    if heading_only {
        for &item in &node.children {
            measures.push(measure(ctx, ctx.number(item), Some(ctx.show(node.title)), item_range(ctx, item)));
        }
    } else {
        measures.push(measure(ctx, ctx.number(child), None, item_range(ctx, child)));
    }
}

pub(super) fn child_topic(ctx: &Ctx<'_>, child: NodeId) -> Option<Topic> {
    let node = ctx.node(child);
    let title = ctx.title(child);
    if !node.titled || title.chars().count() > 18 {
        return None;
    }
    static TOPICS: LazyLock<Heads<Topic>> = LazyLock::new(|| {
        let criteria = ["启动条件", "响应条件", "启动标准", "分级标准", "启动情形", "响应标准", "判定标准"];
        let measures = [
            "响应措施",
            "应对措施",
            "处置措施",
            "响应行动",
            "工作措施",
            "主要措施",
            "应急措施",
            "防控措施",
            "响应内容",
            "应急处置",
        ];
        let both = ["启动程序", "响应启动", "响应程序", "指挥协调"];
        let criteria = criteria.map(|word| (word, Topic::Criteria)).into_iter();
        Heads::new(
            criteria.chain(measures.map(|word| (word, Topic::Measures))).chain(both.map(|word| (word, Topic::Both))),
        )
    });
    let mut found = [title == "条件", false, false];
    TOPICS.each_inside(title, |_, _, topic| match topic {
        Topic::Criteria => found[0] = true,
        Topic::Measures => found[1] = true,
        _ => found[2] = true,
    });
    let topics = [Topic::Criteria, Topic::Measures, Topic::Both];
    found.into_iter().zip(topics).find_map(|(found, topic)| found.then_some(topic))
}

pub(super) fn divide(ctx: &Ctx<'_>, child: NodeId, criteria: &mut Vec<Criterion>, measures: &mut Vec<Measure>) {
    match child_topic(ctx, child) {
        Some(Topic::Criteria) => {
            criteria.extend(items(ctx, child).into_iter().map(|(number, range)| criterion(ctx, number, range)))
        }
        Some(Topic::Measures) => {
            if ctx.node(child).children.is_empty() {
                measures.extend(
                    items(ctx, child)
                        .into_iter()
                        .filter(|(_, range)| !is_lead_in(ctx.text(*range)))
                        .map(|(number, range)| measure(ctx, number, None, range)),
                );
            } else {
                for &item in &ctx.node(child).children {
                    add_measure(ctx, item, measures);
                }
            }
        }
        Some(_) => {}
        None => add_measure(ctx, child, measures),
    }
}

/// Whether the lead-in of a level announces conditions, not measures.
pub(super) fn lists_conditions(ctx: &Ctx<'_>, id: NodeId) -> bool {
    let node = ctx.node(id);
    let own: String = ctx.own_text(id).iter().map(|&range| ctx.text(range)).collect();
    let opening = ctx.text((node.title.0, node.end));
    if own.contains("措施") || own.contains("基础上") || opening.contains("以下措施") {
        return false;
    }
    if ["情形之一", "情况之一", "条件之一", "下列情形", "以下情形", "以下条件"]
        .iter()
        .any(|w| own.contains(w) || opening.contains(w))
    {
        return true;
    }
    let mut above = ctx.ancestors(id);
    let criteria_section = above.any(|a| matches!(ctx.node(a).kind, SectionKind::Criteria | SectionKind::Grading));
    let condition_items = node.children.iter().filter(|&&c| is_condition(ctx.text(item_range(ctx, c)))).count();
    criteria_section || condition_items * 2 > node.children.len()
}

/// Whether a sentence states when a level applies.
pub(super) fn is_condition(text: &str) -> bool {
    let text = text.trim_start();
    let starts = [
        "适用于",
        "发生",
        "出现",
        "符合",
        "当",
        "有下列",
        "达到",
        "经评估",
        "一次",
        "本县",
        "本区",
        "本市",
        "辖区内",
        "区域内",
        "我县",
        "我区",
        "我市",
        "县域内",
        "1周内",
        "一周内",
        "指",
        "即",
        "是指",
        "在",
    ];
    let says = [
        "病例",
        "疫情",
        "事件",
        "认定",
        "病人",
        "死亡",
        "中毒",
        "情形",
        "暴发",
        "情况",
        "灾",
        "受伤",
        "时启动",
        "传染",
    ];
    starts.iter().any(|w| text.starts_with(w)) && says.iter().any(|w| text.contains(w))
        || text.contains("认定的其他")
        || text.contains("情形之一")
}

/// Sorts the sentences of running text. Lead-ins and inclusion phrases are neither.
pub(super) fn sort_text(
    ctx: &Ctx<'_>,
    range: (usize, usize),
    topic: Topic,
    any_condition: bool,
    has_items: bool,
    criteria: &mut Vec<Criterion>,
    measures: &mut Vec<Measure>,
) {
    let text = ctx.text(range);
    if is_lead_in(text) || (has_items && (text.trim_end().ends_with(':') || inclusion(text).is_some())) {
        return;
    }
    for sentence in cut(&ctx.doc.folded, range, &['。']) {
        let sentence = ctx.trimmed(sentence);
        let (content, labelled) = behind_measures_label(ctx, sentence);
        let condition = !labelled
            && (topic == Topic::Criteria || (topic == Topic::Both && any_condition && is_condition(ctx.text(content))));
        for (number, part) in text_items(ctx, content) {
            let words = ctx.text(part);
            if is_lead_in(words) || only_inclusion(words) {
                continue;
            }
            if condition {
                criteria.push(criterion(ctx, number, part));
            } else if topic != Topic::Criteria || labelled {
                measures.push(measure(ctx, number, None, part));
            }
        }
    }
}

/// `主要措施:甲;乙;丙`: the content, and whether the label stood there.
pub(super) fn behind_measures_label(ctx: &Ctx<'_>, sentence: (usize, usize)) -> ((usize, usize), bool) {
    let text = ctx.text(sentence);
    let Some(colon) = text.find(':').filter(|&at| text[..at].chars().count() <= 12) else { return (sentence, false) };
    let label = &text[..colon];
    let measures = ["措施", "主要工作", "响应行动"].iter().any(|word| label.ends_with(word));
    if measures { (ctx.trimmed((sentence.0 + colon + 1, sentence.1)), true) } else { (sentence, false) }
}
