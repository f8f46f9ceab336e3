//! Tasks with responsible units, from brackets and lines.

use std::sync::LazyLock;

use lianfang_domain::plan::{Deadline, DeadlinePlace, Rule, Task};

use regex::Regex;

use crate::pattern::pattern;

use super::{
    Ctx,
    dates::{as_limit, dates_in},
    responsibility::{Responsible, is_responsibility, read_responsible},
};
use crate::outline::{Label, NodeId, label_at};

/// Reads all tasks that brackets or lines give to units. `taken` marks nodes of bodies.
pub(crate) fn read_tasks(ctx: &Ctx<'_>, taken: &[bool]) -> Vec<Task> {
    let mut tasks = Vec::new();
    for id in ctx.node_ids() {
        if taken[id] {
            continue;
        }
        let node = ctx.node(id);
        let opening = (node.title.0, node.end);
        bracket_tasks(ctx, Some(id), opening, &mut tasks);
        let mut line: Option<Responsible> = None;
        for &range in &node.paragraphs {
            if is_line(ctx.text(range)) {
                let read = read_responsible(ctx, range, Rule::ResponsibilityLine);
                line = Some(line.take().unwrap_or_default().with(read));
            } else {
                bracket_tasks(ctx, Some(id), range, &mut tasks);
            }
        }
        if let Some(read) = line.filter(|read| !read.is_empty()) {
            tasks.push(task(ctx, Some(id), (node.title.0, line_start(ctx, id)), read, Rule::ResponsibilityLine));
        }
    }
    tasks.extend(super::tables::tasks_from_tables(ctx));
    tasks.sort_by_key(|task| task.source.span.start);
    tasks
}

impl Responsible {
    /// Both together: units on one line, the deadline on the next.
    fn with(mut self, more: Responsible) -> Responsible {
        self.units.extend(more.units);
        self.deadlines.extend(more.deadlines);
        self.shared_by_duty |= more.shared_by_duty;
        self.open |= more.open;
        self
    }
}

/// `责任单位：…`, `牵头单位：…`, `完成时限：…` on a line of its own.
fn is_line(text: &str) -> bool {
    label_at(text).is_some_and(|(label, _, _)| {
        matches!(label, Label::ResponsibleUnits | Label::LeadUnits | Label::SupportUnits | Label::Deadline)
    })
}

fn line_start(ctx: &Ctx<'_>, id: NodeId) -> usize {
    let node = ctx.node(id);
    node.paragraphs.iter().find(|&&range| is_line(ctx.text(range))).map_or(node.end, |range| range.0)
}

/// Every responsibility bracket of a paragraph makes a task of the text before it.
fn bracket_tasks(ctx: &Ctx<'_>, id: Option<NodeId>, range: (usize, usize), tasks: &mut Vec<Task>) {
    if prose_task(ctx, id, range, tasks) {
        return;
    }
    let mut from = range.0;
    for (open, close) in brackets(ctx.text(range)) {
        let content = (range.0 + open + 1, range.0 + close);
        if !is_responsibility(ctx.text(content)) {
            continue;
        }
        let read = read_responsible(ctx, content, Rule::ResponsibilityBracket);
        if read.units.is_empty() {
            continue;
        }
        let text = ctx.trimmed((from, range.0 + open));
        if text.1 > text.0 {
            tasks.push(task(ctx, id, text, read, Rule::ResponsibilityBracket));
        }
        from = range.0 + close + 1;
    }
}

/// `…增加儿科诊室86间,由市卫健委牵头,市儿童医院配合,2026年11月20日前完成。`: responsibility in the running text.
fn prose_task(ctx: &Ctx<'_>, id: Option<NodeId>, range: (usize, usize), tasks: &mut Vec<Task>) -> bool {
    static TAIL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"[,。;]由(?P<r>[^。;,由]{2,40}(?:牵头|负责)(?:落实|实施)?(?:,[^。;]{2,60})?,[^。;,]{2,24}(?:前完成|完成|长期坚持|前建成|前投入使用))[。;]?$",
        )
    });
    let text = ctx.text(range).trim_end();
    let closed = text.strip_suffix(['。', ';']).unwrap_or(text);
    if !["完成", "长期坚持", "前建成", "前投入使用"].iter().any(|end| closed.ends_with(end)) {
        return false;
    }
    let Some(found) = TAIL.captures(text).and_then(|c| c.name("r")) else { return false };
    let read = read_responsible(ctx, (range.0 + found.start(), range.0 + found.end()), Rule::Sentence);
    let content = ctx.trimmed((range.0, range.0 + found.start() - '由'.len_utf8()));
    if read.units.is_empty() || read.deadlines.is_empty() || content.1 <= content.0 {
        return false;
    }
    tasks.push(task(ctx, id, content, read, Rule::Sentence));
    true
}

/// Brackets at the outermost level: (open, close) bytes.
fn brackets(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if !text.as_bytes().iter().any(|b| matches!(b, b'(' | b'[')) {
        return found;
    }
    let (mut depth, mut open) = (0, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => {
                if depth == 0 {
                    open = at;
                }
                depth += 1;
            }
            ')' | ']' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    found.push((open, at));
                }
            }
            _ => {}
        }
    }
    found
}

fn task(ctx: &Ctx<'_>, id: Option<NodeId>, text: (usize, usize), read: Responsible, rule: Rule) -> Task {
    let mut deadlines = read.deadlines;
    let inner = inner_deadlines(ctx, text);
    deadlines.extend(inner);
    let (title, number, path) = match id {
        Some(id) if ctx.node(id).title.0 == text.0 => (title_of(ctx, id), ctx.number(id), path(ctx, id)),
        Some(id) => (first_clause(ctx, text), None, path(ctx, id).into_iter().chain([title_of(ctx, id)]).collect()),
        None => (first_clause(ctx, text), None, Vec::new()),
    };
    Task {
        number,
        title,
        path,
        text: ctx.show(text),
        responsible: read.units,
        shared_by_duty: read.shared_by_duty,
        units_open: read.open,
        deadlines,
        source: ctx.source(text, rule),
    }
}

fn title_of(ctx: &Ctx<'_>, id: NodeId) -> String {
    let title = ctx.node(id).title;
    // A bracket at the end of a bare heading is the responsibility itself.
    let text = ctx.text(title);
    let end = text
        .rfind('(')
        .filter(|&open| is_responsibility(text[open + 1..].trim_end_matches(')')))
        .map_or(title.1, |open| title.0 + open);
    ctx.show((title.0, end))
}

fn first_clause(ctx: &Ctx<'_>, text: (usize, usize)) -> String {
    let words = ctx.text(text);
    let end = words.find(['。', ',', ';', ':']).unwrap_or(words.len());
    ctx.show((text.0, text.0 + end))
}

/// Headings above a node, outermost first.
pub(crate) fn path(ctx: &Ctx<'_>, id: NodeId) -> Vec<String> {
    let mut path: Vec<String> = ctx.ancestors(id).map(|a| ctx.show(ctx.node(a).title)).collect();
    path.reverse();
    path
}

/// Deadlines in the running text of a task.
pub(crate) fn inner_deadlines(ctx: &Ctx<'_>, text: (usize, usize)) -> Vec<Deadline> {
    dates_in(ctx, text)
        .into_iter()
        .filter(|found| found.limit && !found.begin)
        .map(|found| {
            let range = (text.0 + found.start, text.0 + found.end);
            let clause = ctx.clause_around(range.0);
            let clause = (clause.0.max(text.0), clause.1.min(text.1));
            Deadline {
                date: Some(as_limit(found.date)),
                ongoing: ctx.text(clause).contains("长期坚持"),
                place: DeadlinePlace::Text,
                text: ctx.show(clause),
                source: ctx.source(range, Rule::DatePhrase),
            }
        })
        .collect()
}
