//! Response levels and event grades, joined from wherever they stand.

mod heading;
mod parts;
mod sentences;
mod word;

use lianfang_domain::plan::{ConditionMode, EventGrade, Level, ResponseLevel, Rule};

use self::heading::{Topic, in_criteria_section, level_heading, levels_stand_twice, lost_numeral};
use self::parts::{criterion, items, parts};
use self::sentences::{sentences_of_grades, sentences_of_levels};
use self::word::{deciders, inclusion, review_tiers};
pub(crate) use self::word::{level_in, mode};
use crate::outline::NodeId;
use crate::read::Ctx;

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
    let headings: Vec<_> = ctx.node_ids().map(|id| if bodies[id] { None } else { level_heading(ctx, id) }).collect();
    let twice = levels_stand_twice(ctx, &headings);
    for id in ctx.node_ids() {
        if bodies[id] {
            continue;
        }
        if ctx.node(id).parent.is_some_and(|parent| inside[parent]) {
            inside[id] = true;
            continue;
        }
        if let Some((level, mut topic)) = headings[id] {
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
