//! Phases with their dates.

use std::sync::LazyLock;

use lianfang_domain::plan::{PartialDate, Phase, Rule, Text};
use regex::Regex;

use crate::pattern::pattern;

use super::{
    Ctx,
    context::cut,
    dates::{as_limit, find_dates},
    duties::item_range,
};
use crate::outline::NodeId;

static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<from>即日起?|自?(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末|份|上旬|中旬|下旬|初)?)\s?起?(?:-+|~|至|到)(?P<to>(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末|份|上旬|中旬|下旬|初)?|\d{1,2}日|[\p{Han}]{2,10}(?:结束|为止|闭幕))|(?P<until>(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末)?(?:前|之前|以前))",
    )
});

/// Reads phases: headings or items named `…阶段` with a range of dates.
pub(crate) fn read_phases(ctx: &Ctx<'_>) -> Vec<Phase> {
    let mut phases = Vec::new();
    for id in ctx.node_ids() {
        phases.extend(phase(ctx, id));
    }
    phases
}

fn phase(ctx: &Ctx<'_>, id: NodeId) -> Option<Phase> {
    let node = ctx.node(id);
    let opening = (node.title.0, node.end);
    let text = ctx.text(opening);
    let name_end = match text.find("阶段") {
        Some(at) => at + "阶段".len(),
        None => dated_name(text)?,
    };
    let head = &text[..name_end];
    if head.chars().count() > 16
        || head.contains([',', '。', ';', '、'])
        || !node.titled && !text[name_end..].starts_with(['(', ':'])
    {
        return None;
    }
    // The dates stand in the heading, in its bracket, or at the start of the text.
    let window_end = opening.0 + text.char_indices().nth(90).map_or(text.len(), |(i, _)| i);
    let mut window = (opening.0, window_end);
    let mut captures = RANGE.captures(ctx.text(window));
    if captures.is_none()
        && let Some(&paragraph) = node.paragraphs.first()
    {
        let text = ctx.text(paragraph);
        window = (paragraph.0, paragraph.0 + text.char_indices().nth(60).map_or(text.len(), |(i, _)| i));
        captures = RANGE.captures(ctx.text(window));
    }
    let name = head.split(['(', ':']).next().unwrap_or(head).trim();
    let mut phase = Phase {
        name: name.to_owned(),
        from: None,
        to: None,
        from_issue: false,
        items: items(ctx, id),
        text: String::new(),
        source: ctx.source(opening, Rule::SectionHeading),
    };
    let Some(captures) = captures else {
        return (node.children.len() + node.paragraphs.len() > 0 && node.bare).then_some(phase);
    };
    let whole = captures.get(0)?;
    phase.text = ctx.show((window.0 + whole.start(), window.0 + whole.end()));
    if let Some(until) = captures.name("until") {
        phase.to = first_date(ctx, until.as_str()).map(as_limit);
        return Some(phase);
    }
    let (from, to) = (captures.name("from")?.as_str(), captures.name("to")?.as_str());
    phase.from_issue = from.starts_with("即日");
    phase.from = first_date(ctx, from);
    phase.to = end_date(ctx, to, phase.from);
    if let (Some(first), Some(last)) = (&mut phase.from, phase.to)
        && first.year.is_none()
        && last.year.is_some()
        && !last.year_from_document
    {
        first.year = last.year.filter(|_| first.month <= last.month);
    }
    Some(phase)
}

/// `摸底造册(10月8日-10月15日)`: the heading carries its dates in a bracket.
fn dated_name(text: &str) -> Option<usize> {
    let open = text.find('(').filter(|&at| (2..=12).contains(&text[..at].chars().count()))?;
    let close = open + text[open..].find(')')?;
    let inner = &text[open + 1..close];
    let whole = RANGE.find(inner)?;
    (whole.start() <= 3 && inner.len() - whole.end() <= 3).then_some(open)
}

fn first_date(ctx: &Ctx<'_>, text: &str) -> Option<PartialDate> {
    find_dates(ctx, text).into_iter().next().map(|found| found.date)
}

/// The end of a range may leave out what the start said (`10月1日-23日`, `2026年9月1日至10月8日`).
fn end_date(ctx: &Ctx<'_>, text: &str, from: Option<PartialDate>) -> Option<PartialDate> {
    if let Some(day) = text.strip_suffix('日').and_then(|d| d.parse::<i8>().ok()) {
        return from.map(|from| PartialDate { day: Some(day), ..from });
    }
    let mut to = first_date(ctx, text)?;
    if let (None | Some(_), Some(from)) = (to.year, from) {
        let wrote_year = text.contains('年');
        if !wrote_year && from.year.is_some() && !from.year_from_document {
            to.year = from.year.map(|year| if to.month < from.month { year + 1 } else { year });
            to.year_from_document = false;
        }
    }
    Some(as_limit(to))
}

fn items(ctx: &Ctx<'_>, id: NodeId) -> Vec<Text> {
    let node = ctx.node(id);
    if !node.children.is_empty() {
        return node.children.iter().map(|&child| ctx.quote(item_range(ctx, child), Rule::NumberedItem)).collect();
    }
    ctx.own_text(id)
        .into_iter()
        .flat_map(|range| cut(&ctx.doc.folded, range, &[';', '。']))
        .map(|part| ctx.trimmed(part))
        .filter(|part| ctx.text(*part).chars().count() >= 4)
        .map(|part| ctx.quote(part, Rule::Sentence))
        .collect()
}
