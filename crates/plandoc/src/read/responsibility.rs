//! Who answers for a task and until when: brackets, lines and table cells.

use std::sync::LazyLock;

use lianfang_domain::plan::{Deadline, DeadlinePlace, Responsibility, ResponsibilityRole, Rule};

use super::{
    Ctx,
    context::cut,
    dates::{as_limit, dates_in},
};
use crate::{
    outline::{Label, label_at},
    units::read_units,
    words::Heads,
};

/// What a bracket, line or row says.
#[derive(Debug, Default)]
pub(crate) struct Responsible {
    pub(crate) units: Vec<Responsibility>,
    pub(crate) shared_by_duty: bool,
    pub(crate) open: bool,
    pub(crate) deadlines: Vec<Deadline>,
}

impl Responsible {
    pub(crate) fn is_empty(&self) -> bool {
        self.units.is_empty() && self.deadlines.is_empty()
    }
}

/// Whether the content of a bracket gives responsibility, and not an explanation or an abbreviation.
pub(crate) fn is_responsibility(text: &str) -> bool {
    if label_at(text).is_some_and(|(label, _, _)| {
        matches!(label, Label::LeadUnits | Label::ResponsibleUnits | Label::SupportUnits | Label::Deadline)
    }) {
        return true;
    }
    let roles = text.ends_with("负责")
        || text.contains("负责,")
        || text.contains("负责;")
        || text.ends_with("牵头")
        || text.contains("牵头,")
        || text.contains("牵头;")
        || text.ends_with("配合")
        || text.contains("分工负责")
        || text.ends_with("落实");
    let long_enough = text.chars().count() >= 4;
    let done = text.contains("完成")
        && (text.contains("前") || text.contains('底'))
        && (text.contains('、') || text.contains('局') || text.contains('委'));
    long_enough && (roles || done) && !text.contains('。')
}

/// Reads the content of a bracket or line.
pub(crate) fn read_responsible(ctx: &Ctx<'_>, range: (usize, usize), rule: Rule) -> Responsible {
    let mut out = Responsible::default();
    let mut prefix = None;
    // Units wait for the word that says their part.
    let mut waiting: Vec<(Responsibility, bool)> = Vec::new();
    for part in cut(&ctx.doc.folded, range, &[';', '。']) {
        labelled_or_clauses(ctx, part, rule, &mut out, &mut waiting, &mut prefix);
        settle(&mut out, &mut waiting, ResponsibilityRole::Responsible);
    }
    out
}

fn labelled_or_clauses(
    ctx: &Ctx<'_>,
    part: (usize, usize),
    rule: Rule,
    out: &mut Responsible,
    waiting: &mut Vec<(Responsibility, bool)>,
    prefix: &mut Option<char>,
) {
    let mut label_role = None;
    for clause in cut(&ctx.doc.folded, part, &[',']) {
        let clause = ctx.trimmed(clause);
        let text = ctx.text(clause);
        let label = label_at(text);
        let content = (clause.0 + label.map_or(0, |(_, _, len)| len), clause.1);
        match label.map(|(label, _, _)| label) {
            Some(Label::Deadline) => {
                push_deadline(ctx, content, DeadlinePlace::Responsibility, rule, out);
                continue;
            }
            Some(Label::LeadUnits) => label_role = Some(ResponsibilityRole::Lead),
            Some(Label::SupportUnits) => label_role = Some(ResponsibilityRole::Support),
            Some(Label::ResponsibleUnits | Label::Members) => label_role = Some(ResponsibilityRole::Responsible),
            _ => {}
        }
        if push_deadline(ctx, content, DeadlinePlace::Responsibility, rule, out) {
            continue;
        }
        units_clause(ctx, content, label_role, out, waiting, prefix);
    }
}

fn units_clause(
    ctx: &Ctx<'_>,
    clause: (usize, usize),
    label_role: Option<ResponsibilityRole>,
    out: &mut Responsible,
    waiting: &mut Vec<(Responsibility, bool)>,
    prefix: &mut Option<char>,
) {
    let text = ctx.text(clause);
    let (role, names_end) = role_at_end(text);
    let shared = text.contains("职责分工") || text.contains("分工负责") || text.contains("按职责");
    out.shared_by_duty |= shared;
    let end = clause.0 + names_end;
    let list = read_units(ctx.doc, clause.0, end, prefix);
    out.open |= list.open;
    for item in list.items {
        if item.name.chars().count() > 30 {
            continue;
        }
        let unit = Responsibility { unit: item.name, text: item.text, role: ResponsibilityRole::Responsible };
        waiting.push((unit, shared));
    }
    if let Some(role) = label_role.or(role) {
        settle(out, waiting, role);
    }
}

/// The word that says which part the units have, and where the names end.
fn role_at_end(text: &str) -> (Option<ResponsibilityRole>, usize) {
    const WORDS: &[(&str, ResponsibilityRole)] = &[
        ("等按职责分工负责", ResponsibilityRole::Shared),
        ("按照职责分工负责", ResponsibilityRole::Shared),
        ("按职责分工分别负责", ResponsibilityRole::Shared),
        ("按职责分工落实", ResponsibilityRole::Shared),
        ("按照职责分工落实", ResponsibilityRole::Shared),
        ("按职责分工负责", ResponsibilityRole::Shared),
        ("按职责负责", ResponsibilityRole::Shared),
        ("分工负责", ResponsibilityRole::Shared),
        ("按职责分工", ResponsibilityRole::Shared),
        ("共同牵头负责", ResponsibilityRole::Lead),
        ("牵头负责", ResponsibilityRole::Lead),
        ("共同牵头", ResponsibilityRole::Lead),
        ("牵头", ResponsibilityRole::Lead),
        ("配合落实", ResponsibilityRole::Support),
        ("协同配合", ResponsibilityRole::Support),
        ("配合", ResponsibilityRole::Support),
        ("协助", ResponsibilityRole::Support),
        ("指导", ResponsibilityRole::Support),
        ("参与", ResponsibilityRole::Support),
        ("参加", ResponsibilityRole::Support),
        ("分别负责", ResponsibilityRole::Responsible),
        ("共同负责", ResponsibilityRole::Responsible),
        ("具体负责", ResponsibilityRole::Responsible),
        ("负责落实", ResponsibilityRole::Responsible),
        ("负责", ResponsibilityRole::Responsible),
        ("落实", ResponsibilityRole::Responsible),
    ];
    for (word, role) in WORDS {
        if let Some(head) = text.strip_suffix(word) {
            let head = head
                .trim_end_matches("按职责分工")
                .trim_end_matches("按照职责分工")
                .trim_end_matches("按职责")
                .trim_end_matches("分别");
            return (Some(*role), head.len());
        }
    }
    (None, text.len())
}

/// Gives the waiting units their part. Under `按职责分工` only the last clause is the local share.
fn settle(out: &mut Responsible, waiting: &mut Vec<(Responsibility, bool)>, role: ResponsibilityRole) {
    for (mut unit, shared) in waiting.drain(..) {
        unit.role = if role == ResponsibilityRole::Shared && !shared { ResponsibilityRole::Responsible } else { role };
        out.units.push(unit);
    }
}

/// A clause that is a deadline. Returns whether it was one.
pub(crate) fn push_deadline(
    ctx: &Ctx<'_>,
    clause: (usize, usize),
    place: DeadlinePlace,
    rule: Rule,
    out: &mut Responsible,
) -> bool {
    match deadline(ctx, clause, place, rule) {
        Some(deadline) => {
            out.deadlines.push(deadline);
            true
        }
        None => false,
    }
}

/// A deadline clause: a date that limits, `长期坚持`, or both.
pub(crate) fn deadline(ctx: &Ctx<'_>, clause: (usize, usize), place: DeadlinePlace, rule: Rule) -> Option<Deadline> {
    let clause = ctx.trimmed(clause);
    let text = ctx.text(clause);
    if text.chars().count() > 40 {
        return None;
    }
    static ONGOING: LazyLock<Heads<()>> = LazyLock::new(|| {
        Heads::plain(&["长期坚持", "持续推进", "持续实施", "长期执行", "常态化", "长期落实", "长期推进", "持续坚持"])
    });
    let ongoing = ONGOING.are_inside(text);
    let date = dates_in(ctx, clause).into_iter().next_back();
    let says = text.contains('前')
        || text.contains("完成")
        || text.contains('底')
        || text.contains("年内")
        || text.contains("时限")
        || text.chars().count() <= 12;
    let date = date.filter(|_| says).map(|found| as_limit(found.date));
    if date.is_none() && !(ongoing && text.chars().count() <= 12) {
        return None;
    }
    Some(Deadline { date, ongoing, place, text: ctx.show(clause), source: ctx.source(clause, rule) })
}
