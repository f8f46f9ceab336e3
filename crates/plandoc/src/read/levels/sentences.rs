//! Levels and grades that only sentences describe.

use std::sync::LazyLock;

use lianfang_domain::plan::{EventGrade, ResponseLevel, Rule, SectionKind};
use regex::Regex;

use crate::pattern::pattern;

use super::heading::Topic;
use super::parts::{criterion, sort_text, text_items};
use super::word::{deciders, inclusion, level_in, mode, numeral};
use super::{Levels, level_entry};
use crate::read::Ctx;

/// Grades that only sentences describe: `特别重大事件(Ⅰ级)是指甲;乙;丙。`
pub(super) fn sentences_of_grades(ctx: &Ctx<'_>, inside: &[bool], out: &mut Levels) {
    static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?P<h>(?:特别重大|重大|较大|一般)[\p{Han}]{0,14}(?:\((?:Ⅰ|Ⅱ|Ⅲ|Ⅳ|IV|I{1,3}|[一二三四])级\))?)(?:,)?(?:是指|指|包括|:)",
        )
    });
    let re = &*SENTENCE;
    for id in ctx.node_ids() {
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
pub(super) fn sentences_of_levels(ctx: &Ctx<'_>, bodies: &[bool], inside: &[bool], out: &mut Levels) {
    static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:\(?\d\)?)?(?P<n>Ⅰ|Ⅱ|Ⅲ|Ⅳ|IV|I{1,3}|[一二三四])级(?:应急)?(?:响应|反应)(?:\([^()]{0,12}\))?\s?(?::|是指|指|。)",
        )
    });
    let re = &*SENTENCE;
    for id in ctx.node_ids() {
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
