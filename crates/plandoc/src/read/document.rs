use lianfang_domain::plan::{
    Block, BlockKind, DocumentDateRole, DocumentKind, Finding, Organisation, Plan, QuantityRole, Rule, Section, Span,
};

use super::{
    Ctx, Cue, basics, bodies, cues::Cues, dates::find_dates, duties, front, levels, lists, mechanisms, phases,
    procedure, quantities, tasks, times,
};
use crate::{
    Options, check,
    input::HintKind,
    outline::{NodeId, Outline, build},
    text::Doc,
    title::looks_like_date,
    units::Lexicon,
};

/// Reads one document. `number` is its place in the file.
pub(crate) fn read_document(mut doc: Doc, number: u32, options: &Options) -> (Plan, Vec<Finding>) {
    let outline = build(&doc);
    // The outline knows the lines by its pieces.
    doc.lines = Vec::new();
    let cues = Cues::note(&doc.folded);
    let mut ctx = Ctx { doc: &doc, outline: &outline, cues: &cues, lexicon: Lexicon::default(), issued: None };
    let issued = issued(&ctx);
    ctx.issued = issued;
    let mut plan = Plan::default();
    front::read_front(&ctx, &mut plan);
    ctx.issued = plan_date(&plan).or(issued);

    let (organisation, body_nodes) = bodies::read_bodies(&ctx);
    for body in organisation.bodies() {
        for member in body.lead_units.iter().chain(&body.members) {
            ctx.lexicon.add(&member.name);
            ctx.lexicon.add(&crate::text::fold(&member.text));
        }
    }
    plan.organisation = organisation;
    name_subjects(&ctx, &mut plan.organisation);

    let in_bodies = subtree_flags(&outline, &body_nodes);
    let levels = levels::read_levels(&ctx, &in_bodies);
    let mut level_nodes = levels.taken.clone();
    level_nodes.extend(body_nodes.iter().copied());
    let taken = subtree_flags(&outline, &level_nodes);
    plan.levels = levels.levels;
    plan.event_grades = levels.grades;
    plan.level_procedure = procedure::read_procedure(&ctx);
    basics::read_basics(&ctx, &mut plan, &taken);
    plan.tasks = tasks::read_tasks(&ctx, &in_bodies);
    plan.phases = phases::read_phases(&ctx);
    plan.times = times::read_times(&ctx);
    plan.quantities = quantities::read_quantities(&ctx);
    mark_thresholds(&mut plan);
    plan.named_lists = lists::read_named_lists(&ctx);
    plan.mechanisms = mechanisms::read_mechanisms(&ctx, &taken);
    plan.report_flows = mechanisms::read_report_flows(&ctx, &plan.times);
    active_level(&ctx, &mut plan);
    if plan.kind == DocumentKind::StatusReport {
        drop_orders(&mut plan);
    }
    if plan.kind == DocumentKind::WorkPlan
        && plan.tasks.len() >= 5
        && plan.quantities.len() >= 30
        && plan.levels.is_empty()
    {
        plan.kind = DocumentKind::CapacityProgramme;
    }
    if plan.kind == DocumentKind::Notice && (plan.organisation.bodies().next().is_some() || plan.tasks.len() > 1) {
        plan.kind = DocumentKind::WorkPlan;
    }
    plan.sections = sections(&ctx);
    let findings = check::check_document(&ctx, &plan, &levels.numeral_lost, number, options);
    // What only the rules needed goes before more is made, so that a large document is not held several times over.
    drop(cues);
    let end = std::mem::take(&mut doc.folded).len();
    plan.blocks = blocks(&doc, &outline, end);
    drop(outline);
    let Doc { text, repairs, white_space_folded, .. } = doc;
    plan.text = text;
    plan.repairs = repairs;
    plan.white_space_folded = white_space_folded;
    (plan, findings)
}

/// With the units of all lists known, the units that each duty names as its subject are recognised.
fn name_subjects(ctx: &Ctx<'_>, organisation: &mut Organisation) {
    let bodies =
        organisation.headquarters.iter_mut().chain(&mut organisation.groups).chain(&mut organisation.expert_groups);
    for body in bodies {
        let office = body.office.iter_mut().flat_map(|office| &mut office.duties);
        for duty in body.duties.iter_mut().chain(office).filter(|duty| !duty.boilerplate) {
            let span = duty.source.span;
            duty.units = duties::units_of(ctx, (ctx.doc.refold(span.start), ctx.doc.refold(span.end)));
        }
    }
}

/// A report tells what was done: its sentences are no measures and set no levels.
fn drop_orders(plan: &mut Plan) {
    plan.levels.clear();
    plan.event_grades.clear();
    plan.measure_sets.clear();
}

/// Numbers inside criteria are thresholds, not targets.
fn mark_thresholds(plan: &mut Plan) {
    let criteria = plan
        .levels
        .iter()
        .flat_map(|level| &level.criteria)
        .chain(plan.event_grades.iter().flat_map(|grade| &grade.criteria));
    let mut spans: Vec<Span> = criteria.map(|criterion| criterion.source.span).collect();
    spans.sort_unstable();
    for quantity in &mut plan.quantities {
        let at = quantity.source.span;
        let before = spans.partition_point(|span| span.start <= at.start);
        if before.checked_sub(1).is_some_and(|i| spans[i].overlaps(at)) {
            quantity.role = QuantityRole::Threshold;
        }
    }
}

/// Year and month of the document itself: a date on a line of its own near the top or the end.
fn issued(ctx: &Ctx<'_>) -> Option<(i16, Option<i8>)> {
    let count = ctx.outline.pieces.len();
    let tail = ctx.outline.pieces[count.saturating_sub(6)..].iter().map(|p| (p.start, p.end));
    let lines = ctx.outline.front.iter().copied().chain(tail);
    for range in lines {
        let text = ctx.text(range);
        if looks_like_date(text) {
            let found = find_dates(ctx, text).into_iter().next()?;
            return found.date.year.map(|year| (year, found.date.month));
        }
    }
    None
}

fn plan_date(plan: &Plan) -> Option<(i16, Option<i8>)> {
    let date = plan.dates.iter().find(|d| d.role == DocumentDateRole::Issued).and_then(|d| d.date)?;
    date.year.map(|year| (year, date.month))
}

/// Which nodes lie in the subtrees of the given nodes, themselves included.
fn subtree_flags(outline: &Outline, roots: &[NodeId]) -> Vec<bool> {
    let mut flags = vec![false; outline.nodes.len()];
    for &root in roots {
        flags[root] = true;
    }
    for id in 0..outline.nodes.len() {
        if outline.nodes[id].parent.is_some_and(|parent| flags[parent]) {
            flags[id] = true;
        }
    }
    flags
}

fn sections(ctx: &Ctx<'_>) -> Vec<Section> {
    let index = |id: usize| u32::try_from(id).unwrap_or(u32::MAX);
    ctx.outline
        .nodes
        .iter()
        .enumerate()
        .map(|(id, node)| Section {
            parent: node.parent.map(index),
            depth: node.depth,
            number: ctx.number(id),
            title: ctx.show(node.title),
            kind: node.kind,
            source: ctx.source((node.start, node.subtree_end), Rule::SectionHeading),
        })
        .collect()
}

/// The text in pieces: each takes the spaces and the line end behind it, so that together they are the whole.
/// `end` is where the folded text ends.
fn blocks(doc: &Doc, outline: &Outline, end: usize) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(outline.pieces.len());
    for (index, piece) in outline.pieces.iter().enumerate() {
        let start = if index == 0 { 0 } else { piece.start };
        let end = outline.pieces.get(index + 1).map_or(end, |next| next.start);
        let span = doc.span(start, end);
        let opens = piece.owner.filter(|&id| outline.nodes[id].start == piece.start);
        let kind = if piece.contents {
            BlockKind::Contents
        } else if matches!(piece.hint, Some(HintKind::TableRow { .. })) {
            BlockKind::TableRow
        } else if let Some(id) = opens {
            if outline.nodes[id].bare { BlockKind::Heading } else { BlockKind::Item }
        } else if piece.owner.is_none() {
            BlockKind::Front
        } else {
            BlockKind::Paragraph
        };
        let section = piece.owner.map(|id| u32::try_from(id).unwrap_or(u32::MAX));
        blocks.push(Block { kind, span, section, line: doc.place(span.start).0 });
    }
    blocks
}

/// A plan that says which level is active, and since when (`自2020年1月25日起…启动…一级响应`).
fn active_level(ctx: &Ctx<'_>, plan: &mut Plan) {
    for piece in ctx.outline.pieces.iter().filter(|piece| ctx.says(Cue::LevelResponse, (piece.start, piece.end))) {
        let text = ctx.text((piece.start, piece.end));
        let Some(at) = text.find("级响应").or_else(|| text.find("级应急响应")) else { continue };
        let sentence = ctx.sentence_around(piece.start + at);
        let words = ctx.text(sentence);
        if !words.contains("启动") {
            continue;
        }
        let Some(date) = find_dates(ctx, words).into_iter().find(|found| found.begin).map(|found| found.date) else {
            continue;
        };
        let from = words[..words.find("级响应").or_else(|| words.find("级应急响应")).unwrap_or(0)]
            .char_indices()
            .rev()
            .nth(1)
            .map_or(0, |(i, _)| i);
        let Some((level, _, _)) = levels::level_in(&words[from..]) else { continue };
        let position = plan.levels.iter().position(|known| known.level == level).unwrap_or_else(|| {
            plan.levels.push(levels::empty_level(level));
            plan.levels.len() - 1
        });
        let entry = &mut plan.levels[position];
        entry.active_from = Some(date);
        if entry.sources.is_empty() {
            entry.sources.push(ctx.source(sentence, Rule::LevelSentence));
        }
        return;
    }
}
