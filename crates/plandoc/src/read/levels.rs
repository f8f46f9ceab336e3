//! Response levels and event grades, joined from wherever they stand.

use std::sync::LazyLock;

use lianfang_domain::plan::{ConditionMode, Criterion, EventGrade, Level, Measure, ResponseLevel, Rule, SectionKind};
use regex::Regex;

use super::{
    Ctx,
    context::cut,
    duties::{item_range, units_of},
};
use crate::outline::NodeId;

/// Finds a level word: (level, start, end, whether the word is a name of grade such as 特别重大).
pub(crate) fn level_in(text: &str) -> Option<(ResponseLevel, usize, usize)> {
    static LEVEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?P<n>Ⅰ|Ⅱ|Ⅲ|Ⅳ|IV|I{1,3}|[一二三四1-4])\s?级|(?P<g>特别重大|特大|重大|较大|一般)(?:\s?\(?(?:Ⅰ|Ⅱ|Ⅲ|Ⅳ|IV|I{1,3}|[一二三四])级\)?|[\p{Han}]{0,12}(?:事件|疫情|响应|级))|(?P<c>红|橙|黄|蓝)色").ok()
    });
    let captures = LEVEL.as_ref()?.captures(text)?;
    let whole = captures.get(0)?;
    let number = match (captures.name("n"), captures.name("g"), captures.name("c")) {
        (Some(n), _, _) => numeral(n.as_str())?,
        (_, Some(g), _) => match g.as_str() {
            "特别重大" | "特大" => 1,
            "重大" => 2,
            "较大" => 3,
            _ => 4,
        },
        (_, _, Some(c)) => match c.as_str() {
            "红" => 1,
            "橙" => 2,
            "黄" => 3,
            _ => 4,
        },
        _ => return None,
    };
    Some((ResponseLevel::from_number(number)?, whole.start(), whole.end()))
}

fn numeral(text: &str) -> Option<u32> {
    Some(match text {
        "Ⅰ" | "I" | "一" | "1" => 1,
        "Ⅱ" | "II" | "二" | "2" => 2,
        "Ⅲ" | "III" | "三" | "3" => 3,
        "Ⅳ" | "IV" | "四" | "4" => 4,
        _ => return None,
    })
}

/// What a heading with a level is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Topic {
    Grade,
    Criteria,
    Measures,
    /// Decided by the children or the sentences.
    Both,
}

/// Levels and grades of a document, and headings whose numeral is lost.
#[derive(Default)]
pub(crate) struct Levels {
    pub(crate) levels: Vec<Level>,
    pub(crate) grades: Vec<EventGrade>,
    /// Nodes that belong to a level.
    pub(crate) taken: Vec<NodeId>,
    pub(crate) numeral_lost: Vec<NodeId>,
}

/// Reads them all.
pub(crate) fn read_levels(ctx: &Ctx<'_>, bodies: &[bool]) -> Levels {
    let mut out = Levels::default();
    let mut inside = vec![false; ctx.outline.nodes.len()];
    let twice = levels_stand_twice(ctx, bodies);
    for id in 0..ctx.outline.nodes.len() {
        if bodies[id] {
            continue;
        }
        if ctx.node(id).parent.is_some_and(|parent| inside[parent]) {
            inside[id] = true;
            continue;
        }
        if let Some((level, mut topic)) = level_heading(ctx, id) {
            if twice && topic == Topic::Both && in_criteria_section(ctx, id) {
                topic = Topic::Criteria;
            }
            inside[id] = true;
            out.taken.push(id);
            take(ctx, id, level, topic, &mut out);
        } else if lost_numeral(ctx, id) {
            out.numeral_lost.push(id);
        }
    }
    sentences_of_levels(ctx, bodies, &inside, &mut out);
    sentences_of_grades(ctx, &inside, &mut out);
    out.levels.sort_by_key(|level| std::cmp::Reverse(level.level));
    out.grades.sort_by_key(|grade| grade.grade);
    out
}

/// Whether the same level has a heading in a section on criteria and another elsewhere.
fn levels_stand_twice(ctx: &Ctx<'_>, bodies: &[bool]) -> bool {
    let mut seen = [(false, false); 4];
    for id in 0..ctx.outline.nodes.len() {
        if bodies[id] {
            continue;
        }
        if let Some((level, _)) = level_heading(ctx, id).filter(|(_, topic)| *topic != Topic::Grade) {
            let entry = &mut seen[usize::from(level.number()) - 1];
            if in_criteria_section(ctx, id) { entry.0 = true } else { entry.1 = true }
        }
    }
    seen.iter().any(|&(criteria, elsewhere)| criteria && elsewhere)
}

fn in_criteria_section(ctx: &Ctx<'_>, id: NodeId) -> bool {
    ctx.ancestors(id).any(|a| ctx.node(a).kind == SectionKind::Criteria)
}

/// `4.1 级响应`: the numeral is gone.
fn lost_numeral(ctx: &Ctx<'_>, id: NodeId) -> bool {
    let title = ctx.title(id);
    title.starts_with("级响应") || title.starts_with("级应急响应")
}

/// The level a heading names, and what it is about.
fn level_heading(ctx: &Ctx<'_>, id: NodeId) -> Option<(ResponseLevel, Topic)> {
    let node = ctx.node(id);
    let title = ctx.title(id);
    let count = title.chars().count();
    let opening = ctx.text((node.title.0, node.end));
    if let Some(level) = article_level(opening) {
        return Some((level, Topic::Both));
    }
    // The articles under the heading say it themselves.
    if node
        .children
        .iter()
        .any(|&child| article_level(ctx.text((ctx.node(child).title.0, ctx.node(child).end))).is_some())
    {
        return None;
    }
    let (level, start, end) = level_in(title)?;
    let names_other = ["制度", "机制", "职责", "预案", "条例", "方案", "工作组"].iter().any(|end| title.ends_with(end));
    if names_other || title.contains("分为") || title.contains("划分") {
        return None;
    }
    let about_response =
        ["响应", "反应", "应急"].iter().any(|word| title.contains(word)) || title[end..].starts_with("处置");
    let about_event =
        title.contains("事件") || title.contains("疫情") || title.contains("突发") || title.contains("中毒");
    let at_start = title[..start].chars().count() <= 8 || title[..start].ends_with('(');
    if !at_start || count > 34 || title.contains(['、', ',']) && !title.contains("级、") && count > 20 {
        return None;
    }
    // `三级医院`, `一级预防`, `重大动物疫情应急条例` name other things.
    let rest = &title[end..];
    let plain = rest.is_empty() || rest.starts_with(['(', ')', ':', ' ', '/', '-', '、']);
    let topic = topic(ctx, id, about_response, about_event)?;
    let fits = about_response
        || (plain && topic != Topic::Both)
        || (topic == Topic::Grade && about_event)
        || (topic == Topic::Criteria && (plain || about_event))
        || rest.starts_with("预警");
    let other = ["医院", "医疗机构", "以上", "公立", "责任", "预防", "保护"].iter().any(|word| rest.starts_with(word));
    let sentence = !node.titled && !opening.contains(':') && !opening.contains("响应");
    if other || !fits || sentence {
        return None;
    }
    Some((level, topic))
}

/// `出现下列情形之一的,启动Ⅱ级响应:` at the start of an article: the level.
fn article_level(opening: &str) -> Option<ResponseLevel> {
    static STARTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^[^。;\n]{0,50}(?:启动|为|属于)(?P<n>Ⅰ|Ⅱ|Ⅲ|Ⅳ|IV|I{1,3}|[一二三四])级(?:应急)?响应[^。;\n]{0,12}:$")
            .ok()
    });
    let captures = STARTS.as_ref().filter(|_| opening.ends_with(':'))?.captures(opening)?;
    ResponseLevel::from_number(numeral(captures.name("n")?.as_str())?)
}

/// What the sections above, and the heading itself, say on the topic.
fn topic(ctx: &Ctx<'_>, id: NodeId, about_response: bool, about_event: bool) -> Option<Topic> {
    let title = ctx.title(id);
    if (title.contains("条件") || title.contains("标准") || title.contains("情形")) && !title.contains("之一") {
        return Some(Topic::Criteria);
    }
    if title.contains("措施") || title.contains("行动") {
        return Some(Topic::Measures);
    }
    for above in ctx.ancestors(id) {
        let heading = ctx.title(above);
        match ctx.node(above).kind {
            SectionKind::Grading if !about_response => return Some(Topic::Grade),
            SectionKind::Criteria | SectionKind::Grading => return Some(Topic::Both),
            SectionKind::Response if heading.contains("措施") || heading.contains("行动") => {
                return Some(Topic::Measures);
            }
            SectionKind::Response | SectionKind::Procedure => return Some(Topic::Both),
            SectionKind::Surveillance => return about_response.then_some(Topic::Both),
            SectionKind::Reporting
            | SectionKind::Safeguards
            | SectionKind::Organisation
            | SectionKind::Duties
            | SectionKind::Recovery
            | SectionKind::Termination => return None,
            _ => {}
        }
        if heading.contains("分级") && about_event && !about_response {
            return Some(Topic::Grade);
        }
        if heading.contains("措施") {
            return Some(Topic::Measures);
        }
    }
    if about_response {
        Some(Topic::Both)
    } else if about_event {
        Some(Topic::Grade)
    } else {
        None
    }
}

fn take(ctx: &Ctx<'_>, id: NodeId, level: ResponseLevel, topic: Topic, out: &mut Levels) {
    if topic == Topic::Grade {
        grade(ctx, id, level, out);
        return;
    }
    let (criteria, measures, mode) = parts(ctx, id, topic);
    let entry = level_entry(out, level);
    let node = ctx.node(id);
    let name = ctx.show(node.title);
    if !entry.names.contains(&name) {
        entry.names.push(name);
    }
    entry.sources.push(ctx.source((node.title.0, node.title.1), Rule::LevelHeading));
    if entry.criteria_mode == ConditionMode::Unstated {
        entry.criteria_mode = mode;
    }
    for criterion in &criteria {
        for tier in review_tiers(&crate::text::fold(&criterion.text)) {
            if !entry.review_chain.contains(&tier) {
                entry.review_chain.push(tier);
            }
        }
    }
    entry.criteria.extend(criteria);
    entry.measures.extend(measures);
    let whole = (node.start, node.subtree_end);
    entry.includes = entry.includes.or_else(|| inclusion(ctx.text(whole)).filter(|&included| included != level));
    for decider in deciders(ctx.text(whole)) {
        if !entry.decided_by.contains(&decider) {
            entry.decided_by.push(decider);
        }
    }
}

fn level_entry(out: &mut Levels, level: ResponseLevel) -> &mut Level {
    let position = out.levels.iter().position(|known| known.level == level).unwrap_or_else(|| {
        out.levels.push(empty_level(level));
        out.levels.len() - 1
    });
    &mut out.levels[position]
}

pub(crate) fn empty_level(level: ResponseLevel) -> Level {
    Level {
        level,
        names: Vec::new(),
        criteria_mode: ConditionMode::Unstated,
        criteria: Vec::new(),
        includes: None,
        measures: Vec::new(),
        review_chain: Vec::new(),
        decided_by: Vec::new(),
        active_from: None,
        sources: Vec::new(),
    }
}

fn grade(ctx: &Ctx<'_>, id: NodeId, level: ResponseLevel, out: &mut Levels) {
    let node = ctx.node(id);
    let items = items(ctx, id);
    let criteria = items.into_iter().map(|(number, range)| criterion(ctx, number, range)).collect();
    let grade = EventGrade {
        grade: level,
        name: ctx.show(node.title),
        criteria_mode: mode(ctx.text((node.start, node.subtree_end))),
        criteria,
        source: ctx.source((node.start, node.subtree_end), Rule::LevelHeading),
    };
    if !out.grades.iter().any(|known| known.grade == level && !known.criteria.is_empty()) {
        out.grades.retain(|known| known.grade != level);
        out.grades.push(grade);
    }
}

type Item = (Option<String>, (usize, usize));

/// The listed items of a node: its children, else the parts of its text.
fn items(ctx: &Ctx<'_>, id: NodeId) -> Vec<Item> {
    let node = ctx.node(id);
    if !node.children.is_empty() {
        return node.children.iter().map(|&child| (ctx.number(child), item_range(ctx, child))).collect();
    }
    ctx.own_text(id).into_iter().flat_map(|range| text_items(ctx, range)).collect()
}

/// The parts of running text between semicolons, else between full stops; a lead-in is no part.
fn text_items(ctx: &Ctx<'_>, range: (usize, usize)) -> Vec<Item> {
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
fn after_lead_in(ctx: &Ctx<'_>, part: (usize, usize)) -> (usize, usize) {
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
fn is_lead_in(text: &str) -> bool {
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

fn criterion(ctx: &Ctx<'_>, number: Option<String>, range: (usize, usize)) -> Criterion {
    let rule = if number.is_some() { Rule::NumberedItem } else { Rule::Sentence };
    Criterion { number, text: ctx.show(range), source: ctx.source(range, rule) }
}

fn measure(ctx: &Ctx<'_>, number: Option<String>, under: Option<String>, range: (usize, usize)) -> Measure {
    let rule = if number.is_some() { Rule::NumberedItem } else { Rule::Sentence };
    Measure { number, under, text: ctx.show(range), units: units_of(ctx, range), source: ctx.source(range, rule) }
}

/// Splits what stands under a level into criteria and measures.
fn parts(ctx: &Ctx<'_>, id: NodeId, topic: Topic) -> (Vec<Criterion>, Vec<Measure>, ConditionMode) {
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
fn lists_in_turn(
    ctx: &Ctx<'_>,
    id: NodeId,
    mut as_criteria: bool,
    may_turn: bool,
    criteria: &mut Vec<Criterion>,
    measures: &mut Vec<Measure>,
) {
    let node = ctx.node(id);
    let mut lead_ins = node.paragraphs.iter().filter(|&&range| ctx.text(range).trim_end().ends_with(':')).peekable();
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

fn push_item(
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
fn turns_to(lead_in: &str) -> Option<bool> {
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
fn without_lead_in(ctx: &Ctx<'_>, range: (usize, usize)) -> ((usize, usize), Option<bool>) {
    let text = ctx.text(range).trim_end();
    if !text.ends_with(':') {
        return (range, None);
    }
    let Some(stop) = text.rfind(['。', ';']) else { return (range, None) };
    let end = stop + text[stop..].chars().next().map_or(1, char::len_utf8);
    (((range.0), range.0 + end), turns_to(&text[end..]))
}

/// A numbered measure; a bare heading with items of its own gives those.
fn add_measure(ctx: &Ctx<'_>, child: NodeId, measures: &mut Vec<Measure>) {
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

fn child_topic(ctx: &Ctx<'_>, child: NodeId) -> Option<Topic> {
    let node = ctx.node(child);
    let title = ctx.title(child);
    if !node.titled || title.chars().count() > 18 {
        return None;
    }
    if ["启动条件", "响应条件", "启动标准", "分级标准", "启动情形", "响应标准", "判定标准"]
        .iter()
        .any(|w| title.contains(w))
        || title == "条件"
    {
        return Some(Topic::Criteria);
    }
    if [
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
    ]
    .iter()
    .any(|w| title.contains(w))
    {
        return Some(Topic::Measures);
    }
    ["启动程序", "响应启动", "响应程序", "指挥协调"].iter().any(|w| title.contains(w)).then_some(Topic::Both)
}

fn divide(ctx: &Ctx<'_>, child: NodeId, criteria: &mut Vec<Criterion>, measures: &mut Vec<Measure>) {
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
fn lists_conditions(ctx: &Ctx<'_>, id: NodeId) -> bool {
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
fn is_condition(text: &str) -> bool {
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
fn sort_text(
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
fn behind_measures_label(ctx: &Ctx<'_>, sentence: (usize, usize)) -> ((usize, usize), bool) {
    let text = ctx.text(sentence);
    let Some(colon) = text.find(':').filter(|&at| text[..at].chars().count() <= 12) else { return (sentence, false) };
    let label = &text[..colon];
    let measures = ["措施", "主要工作", "响应行动"].iter().any(|word| label.ends_with(word));
    if measures { (ctx.trimmed((sentence.0 + colon + 1, sentence.1)), true) } else { (sentence, false) }
}

fn only_inclusion(text: &str) -> bool {
    inclusion(text).is_some() && text.chars().count() <= 40
}

pub(super) fn mode(text: &str) -> ConditionMode {
    if ["情形之一", "情况之一", "条件之一", "之一的", "之一时"].iter().any(|w| text.contains(w)) {
        ConditionMode::Any
    } else if ["同时满足", "同时符合", "同时具备", "均满足", "全部满足"].iter().any(|w| text.contains(w))
    {
        ConditionMode::All
    } else {
        ConditionMode::Unstated
    }
}

/// `在做好四级响应工作的基础上`: the included level.
pub(crate) fn inclusion(text: &str) -> Option<ResponseLevel> {
    static INCLUSION: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:在|除)[^。;,\n]{0,14}?(?P<n>Ⅰ|Ⅱ|Ⅲ|Ⅳ|IV|I{1,3}|[一二三四1-4]|蓝|黄|橙|红)(?:级|色)[^。;\n]{0,16}?(?:基础上|基础之上|之外|以外|外,)").ok()
    });
    let captures = INCLUSION.as_ref()?.captures(text)?;
    let word = captures.name("n")?.as_str();
    let number = match word {
        "红" => Some(1),
        "橙" => Some(2),
        "黄" => Some(3),
        "蓝" => Some(4),
        _ => numeral(word),
    };
    ResponseLevel::from_number(number?)
}

/// Tiers of experts in a criterion such as `区级…专家组认定并经市级、省级专家组复核认定`.
fn review_tiers(text: &str) -> Vec<String> {
    static TIER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(国家|[省市县区州])(?:级)?(?:、|[\p{Han}]{0,14}?专家)").ok());
    if !text.contains("专家") || !(text.contains("认定") || text.contains("复核") || text.contains("评估")) {
        return Vec::new();
    }
    let mut tiers: Vec<String> = Vec::new();
    for captures in TIER.as_ref().map(|re| re.captures_iter(text)).into_iter().flatten() {
        if let Some(tier) = captures.get(1).map(|m| m.as_str()) {
            if !tiers.iter().any(|known| known == tier) {
                tiers.push(tier.to_owned());
            }
        }
    }
    tiers
}

/// Who decides or starts the level.
fn deciders(text: &str) -> Vec<String> {
    static DECIDES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:由|经|报(?:请)?)(?P<who>[^,。;:\n由经报]{2,36}?)(?:研究)?(?:决定|批准|宣布|同意|审批|审定)(?:后)?(?:,)?(?:同意|并|后)?(?:启动|发布|实施|宣布|进入|,启动|后启动|$|,|。)").ok()
    });
    let mut found: Vec<String> = Vec::new();
    for captures in DECIDES.as_ref().map(|re| re.captures_iter(text)).into_iter().flatten() {
        let Some(who) = captures.name("who") else { continue };
        let name = who.as_str().trim().trim_start_matches("请").to_owned();
        let unit =
            ["政府", "指挥部", "领导小组", "委员会", "局", "委", "指挥长", "总指挥", "部门", "机构", "院长", "组长"]
                .iter()
                .any(|end| name.ends_with(end));
        if unit && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// Grades that only sentences describe: `特别重大事件(Ⅰ级)是指甲;乙;丙。`
fn sentences_of_grades(ctx: &Ctx<'_>, inside: &[bool], out: &mut Levels) {
    static SENTENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?P<h>(?:特别重大|重大|较大|一般)[\p{Han}]{0,14}(?:\((?:Ⅰ|Ⅱ|Ⅲ|Ⅳ|IV|I{1,3}|[一二三四])级\))?)(?:,)?(?:是指|指|包括|:)").ok()
    });
    let Some(re) = SENTENCE.as_ref() else { return };
    for id in 0..ctx.outline.nodes.len() {
        let grading = ctx.node(id).kind == SectionKind::Grading
            || ctx.ancestors(id).any(|a| ctx.node(a).kind == SectionKind::Grading);
        if !grading || inside[id] {
            continue;
        }
        for &range in &ctx.node(id).paragraphs {
            let Some(head) = re.captures(ctx.text(range)).and_then(|c| Some((c.name("h")?.as_str(), c.get(0)?.end())))
            else {
                continue;
            };
            let Some((level, _, _)) = level_in(head.0) else { continue };
            if out.grades.iter().any(|known| known.grade == level) {
                continue;
            }
            let items = text_items(ctx, (range.0 + head.1, range.1));
            out.grades.push(EventGrade {
                grade: level,
                name: ctx.show((range.0, range.0 + head.0.len())),
                criteria_mode: mode(ctx.text(range)),
                criteria: items.into_iter().map(|(number, part)| criterion(ctx, number, part)).collect(),
                source: ctx.source(range, Rule::LevelSentence),
            });
        }
    }
}

/// Levels that only sentences describe: `Ⅳ级响应:发生一般…事件,由…启动`.
fn sentences_of_levels(ctx: &Ctx<'_>, bodies: &[bool], inside: &[bool], out: &mut Levels) {
    static SENTENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?:\(?\d\)?)?(?P<n>Ⅰ|Ⅱ|Ⅲ|Ⅳ|IV|I{1,3}|[一二三四])级(?:应急)?(?:响应|反应)(?:\([^()]{0,12}\))?\s?(?::|是指|指|。)").ok()
    });
    let Some(re) = SENTENCE.as_ref() else { return };
    for id in 0..ctx.outline.nodes.len() {
        if bodies[id] || inside[id] {
            continue;
        }
        for &range in &ctx.node(id).paragraphs {
            let Some(captures) = re.captures(ctx.text(range)) else { continue };
            let Some(level) = captures.name("n").and_then(|n| numeral(n.as_str())).and_then(ResponseLevel::from_number)
            else {
                continue;
            };
            let content = (range.0 + captures.get(0).map_or(0, |m| m.end()), range.1);
            let (mut criteria, mut measures) = (Vec::new(), Vec::new());
            sort_text(ctx, content, Topic::Both, true, false, &mut criteria, &mut measures);
            let text = ctx.text(range);
            let entry = level_entry(out, level);
            entry.names.push(ctx.show((range.0, content.0)).trim_end_matches(['：', ':', '。']).to_owned());
            entry.sources.push(ctx.source(range, Rule::LevelSentence));
            entry.criteria.extend(criteria);
            entry.measures.extend(measures);
            entry.includes = entry.includes.or_else(|| inclusion(text).filter(|&included| included != level));
            for decider in deciders(text) {
                if !entry.decided_by.contains(&decider) {
                    entry.decided_by.push(decider);
                }
            }
        }
    }
}
