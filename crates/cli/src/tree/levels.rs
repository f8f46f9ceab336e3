use lianfang_domain::plan::{ConditionMode, Criterion, EventGrade, Level, Measure, Plan, ResponseLevel};

use super::{Node, Paint, View, heading};

/// The response levels, lowest first: when, what is done, who reviews and decides.
pub(super) fn part(plan: &Plan, view: &View) -> Option<Node> {
    let mut levels: Vec<&Level> = plan.levels.iter().collect();
    levels.sort_by_key(|level| std::cmp::Reverse(level.level));
    heading(view.pick("响应分级", "Response levels"), levels.len(), view)
        .children(levels.into_iter().map(|level| level_node(level, view)))
        .unless_bare()
}

/// The colour that stands for the level; the numeral always stands beside it.
pub(super) fn paint(level: ResponseLevel) -> Paint {
    match level {
        ResponseLevel::I => Paint::Red,
        ResponseLevel::Ii => Paint::Orange,
        ResponseLevel::Iii => Paint::Yellow,
        ResponseLevel::Iv => Paint::Blue,
    }
}

fn level_node(level: &Level, view: &View) -> Node {
    let joined = |zh: &str, en: &str, items: &[String], between: &str| {
        (!items.is_empty()).then(|| Node::new(view.pick(zh, en)).text(&items.join(between)))
    };
    Node::new(level.level.words(view.lang))
        .paint(paint(level.level))
        .text(&level.names.join("、"))
        .children(
            level.active_from.map(|day| Node::new(view.pick("启动时间", "active from")).text(&day.words(view.lang))),
        )
        .children(conditions(level.criteria_mode, &level.criteria, view))
        .children(level.includes.map(|lower| {
            let words = view.pick(
                format!("在{}响应措施的基础上", lower.words(view.lang)),
                format!("everything of {}, and", lower.words(view.lang)),
            );
            Node::new(view.pick("包含", "includes")).text(&words)
        }))
        .children(measures(&level.measures, view))
        .children(joined("专家审核", "reviewed by experts of", &level.review_chain, " → "))
        .children(joined("决定", "decided by", &level.decided_by, "、"))
}

fn conditions(mode: ConditionMode, criteria: &[Criterion], view: &View) -> Option<Node> {
    let label = match mode.words(view.lang) {
        "" => view.pick("启动条件", "criteria").to_owned(),
        how => view.pick(format!("启动条件 · {how}"), format!("criteria, {how}")),
    };
    Node::new(label).children(criteria.iter().map(|one| criterion(one, view))).unless_bare()
}

pub(super) fn criterion(criterion: &Criterion, _view: &View) -> Node {
    Node::new(criterion.number.clone().unwrap_or_default()).text(&criterion.text)
}

/// Measures, gathered under their headings in the order of the plan.
fn measures(measures: &[Measure], view: &View) -> Option<Node> {
    let n = measures.len();
    let mut groups: Vec<(Option<&String>, Vec<Node>)> = Vec::new();
    for measure in measures {
        let node = view.text(Node::new(measure.number.clone().unwrap_or_default()), &measure.text);
        match groups.last_mut() {
            Some((under, nodes)) if *under == measure.under.as_ref() => nodes.push(node),
            _ => groups.push((measure.under.as_ref(), vec![node])),
        }
    }
    let label = view.pick(format!("措施（{n}）"), format!("measures ({n})"));
    groups
        .into_iter()
        .fold(Node::new(label), |all, (under, nodes)| match under {
            Some(under) => all.child(Node::new(under).children(view.first(6, nodes))),
            None => all.children(view.first(8, nodes)),
        })
        .unless_bare()
}

/// Event grades 事件分级, which are not response levels.
pub(super) fn grades(plan: &Plan, view: &View) -> Option<Node> {
    let mut grades: Vec<&EventGrade> = plan.event_grades.iter().collect();
    grades.sort_by_key(|grade| std::cmp::Reverse(grade.grade));
    let n = grades.len();
    heading(view.pick("事件分级", "Event grades"), n, view)
        .children(grades.into_iter().map(|grade| {
            let lines = grade.criteria.iter().map(|one| criterion(one, view));
            Node::new(grade.grade.words(view.lang))
                .paint(paint(grade.grade))
                .text(&grade.name)
                .children(view.first(3, lines.collect()))
        }))
        .unless_bare()
}

/// Measures of preparedness, safeguards and recovery, which belong to no level.
pub(super) fn other_measures(plan: &Plan, view: &View) -> Option<Node> {
    let sets = plan.measure_sets.iter().filter(|set| !set.items.is_empty());
    let nodes: Vec<Node> = sets
        .map(|set| {
            let n = set.items.len();
            let items =
                set.items.iter().map(|item| view.text(Node::new(item.number.clone().unwrap_or_default()), &item.text));
            let title = view.pick(format!("{}（{n}）", set.title), format!("{} ({n})", set.title));
            Node::new(title).children(view.first(2, items.collect()))
        })
        .collect();
    heading(view.pick("分级以外的措施", "Measures outside the levels"), nodes.len(), view).children(nodes).unless_bare()
}
