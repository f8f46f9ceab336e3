//! Standing mechanisms and who reports what to whom.

use std::sync::LazyLock;

use lianfang_domain::plan::{Mechanism, ReportFlow, Rule, SectionKind, TimeKind, TimeRule};
use regex::Regex;

use crate::pattern::pattern;

use super::{Ctx, Cue, context::cut, duties::item_range};
use crate::{
    outline::NodeId,
    units::{read_units, subject_units},
};

/// Reads mechanisms: the items of a section on mechanisms, and headings that end in 制度 or 机制.
pub(crate) fn read_mechanisms(ctx: &Ctx<'_>, taken: &[bool]) -> Vec<Mechanism> {
    let mut mechanisms: Vec<Mechanism> = Vec::new();
    for id in ctx.node_ids() {
        if taken[id] {
            continue;
        }
        if let Some(name) = mechanism_name(ctx, id) {
            let range = item_range(ctx, id);
            mechanisms.push(Mechanism { name, text: ctx.show(range), source: ctx.source(range, Rule::NumberedItem) });
        }
    }
    for piece in &ctx.outline.pieces {
        let in_section = piece.owner.is_some_and(|id| {
            !taken[id]
                && std::iter::once(id)
                    .chain(ctx.ancestors(id))
                    .any(|a| matches!(ctx.node(a).kind, SectionKind::Mechanisms | SectionKind::Requirements))
        });
        if piece.contents || !in_section {
            continue;
        }
        // In other sections than that on mechanisms only the opening of an item sets one up.
        let own_section = piece.owner.is_some_and(|id| {
            std::iter::once(id)
                .chain(ctx.ancestors(id))
                .any(|a| ctx.node(a).kind == SectionKind::Mechanisms && ctx.title(a).chars().count() <= 8)
        });
        let sentences =
            cut(&ctx.doc.folded, (piece.start + piece.marker.as_ref().map_or(0, |m| m.len), piece.end), &['。', ';']);
        for sentence in sentences.into_iter().take(if own_section { usize::MAX } else { 1 }) {
            if let Some(name) = established(ctx, sentence)
                .filter(|name| !mechanisms.iter().any(|known| known.name.ends_with(name.as_str())))
            {
                mechanisms.push(Mechanism {
                    name,
                    text: ctx.show(sentence),
                    source: ctx.source(sentence, Rule::Sentence),
                });
            }
        }
    }
    mechanisms
}

/// `实行首报责任制,…`, `建立联络员制度`: the name.
fn established(ctx: &Ctx<'_>, sentence: (usize, usize)) -> Option<String> {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"^(?:实行|建立健全|建立|落实|严格执行|执行|坚持|完善)(?:并落实)?"?(?P<n>[\p{Han}0-9]{2,12}(?:制度|责任制|机制|制))"?(?:,|:|$)"#,
        )
    });
    let range = ctx.trimmed(sentence);
    let name = NAME.captures(ctx.text(range))?.name("n")?;
    Some(ctx.show((range.0 + name.start(), range.0 + name.end())))
}

fn mechanism_name(ctx: &Ctx<'_>, id: NodeId) -> Option<String> {
    let node = ctx.node(id);
    let title = ctx.title(id);
    let inside = node.parent.is_some_and(|parent| ctx.node(parent).kind == SectionKind::Mechanisms);
    let parent_plain = node.parent.is_none_or(|parent| {
        !matches!(ctx.node(parent).kind, SectionKind::Safeguards | SectionKind::Tasks | SectionKind::Principles)
    });
    let named = (title.ends_with("制度") || title.ends_with("机制"))
        && title.chars().count() <= 14
        && parent_plain
        && node.children.is_empty();
    let section = matches!(title, "工作机制" | "工作制度" | "运行机制" | "保障机制");
    let short = node.titled && title.chars().count() <= 20;
    (!section && short && (inside || named)).then(|| {
        let name = ctx.show(node.title);
        let verbs = ["建立健全", "建立", "实行", "落实", "严格执行", "严格", "执行", "坚持", "健全", "完善"];
        let bare = verbs.iter().find_map(|verb| name.strip_prefix(verb)).filter(|rest| rest.chars().count() >= 4);
        bare.map_or(name.clone(), str::to_owned)
    })
}

static REPORT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:向|报(?:送|告)?(?:至|给|到)?|报送)(?P<to>[^,。;:\n]{2,30}?)(?P<verb>报告|汇报|报送|上报|通报|备案|反馈)(?P<what>[^,。;\n]{0,30})",
    )
});

static UPWARD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:上报|报送|报告|报)(?:至|给|到)?(?P<to>[\p{Han}]{0,10}?(?:指挥部办公室|领导小组办公室|指挥部|领导小组|卫生健康[\p{Han}]{0,6}(?:部门|委|局|委员会)|卫健[委局]|疾控中心|人民政府|县政府|区政府|市政府))",
    )
});

/// Reads sentences that say who reports what to whom.
pub(crate) fn read_report_flows(ctx: &Ctx<'_>, times: &[TimeRule]) -> Vec<ReportFlow> {
    let mut flows: Vec<ReportFlow> = Vec::new();
    let reports = at_cues(ctx, &REPORT, Cue::Report).chain(at_cues(ctx, &UPWARD, Cue::ReportUpward));
    for (at, captures) in reports {
        let Some(to) = captures.name("to") else { continue };
        let (Some(flow), sentence) = flow(ctx, &captures, at, (at + to.start(), to.as_str()), times) else { continue };
        let same = flows.iter().any(|known| {
            known.source.span.overlaps(ctx.doc.span(sentence.0, sentence.1))
                && known.to == flow.to
                && known.from == flow.from
        });
        if !same {
            flows.push(flow);
        }
    }
    flows.sort_by_key(|flow| flow.source.span.start);
    flows
}

/// What a pattern finds at the places of a cue, each with its first byte. What lies inside an earlier find is passed over.
fn at_cues<'a>(ctx: &'a Ctx<'_>, pattern: &'a Regex, cue: Cue) -> impl Iterator<Item = (usize, regex::Captures<'a>)> {
    let mut free = 0;
    ctx.cues.of(cue).filter_map(move |(at, _)| {
        let captures = if at < free { None } else { pattern.captures(&ctx.doc.folded[at..]) }?;
        free = at + captures.get(0)?.end();
        Some((at, captures))
    })
}

fn flow(
    ctx: &Ctx<'_>,
    captures: &regex::Captures<'_>,
    at: usize,
    (to, receiver): (usize, &str),
    times: &[TimeRule],
) -> (Option<ReportFlow>, (usize, usize)) {
    let sentence = ctx.sentence_around(at);
    let start = to + if receiver.starts_with('请') { '请'.len_utf8() } else { 0 };
    let receivers = read_units(ctx.doc, start, to + receiver.len(), &mut None);
    let known = receivers.items.iter().any(|item| {
        let name = &item.name;
        ["部", "委", "局", "办公室", "中心", "政府", "部门", "领导小组", "机构", "党委", "组"]
            .iter()
            .any(|ending| name.ends_with(ending))
    });
    if !known || receivers.items.len() > 4 {
        return (None, sentence);
    }
    let (from, clause_start) = reporters(ctx, sentence, at);
    let what = captures.name("what").map(|m| m.as_str().trim().to_owned()).unwrap_or_default();
    let range = (clause_start, ctx.clause_around(at).1.max(at));
    let span = ctx.doc.span(range.0, range.1);
    let when = times
        .iter()
        .skip(times.partition_point(|time| time.source.span.start < span.start))
        .take_while(|time| time.source.span.start < span.end)
        .find(|time| {
            matches!(
                time.kind,
                TimeKind::DailyBy { .. } | TimeKind::DailyAt { .. } | TimeKind::Within { .. } | TimeKind::Every { .. }
            )
        })
        .cloned();
    let flow = ReportFlow {
        from,
        to: receivers.items.into_iter().map(|item| item.name).collect(),
        what,
        when,
        text: ctx.show(range),
        source: ctx.source(range, Rule::ReportSentence),
    };
    (Some(flow), range)
}

/// Who reports: the units before the verb in the same clause, else at the start of the sentence.
fn reporters(ctx: &Ctx<'_>, sentence: (usize, usize), at: usize) -> (Vec<String>, usize) {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?P<who>(?:各|[省市县区镇乡])[\p{Han}、]{1,30}?(?:组|单位|部门|处|镇|街道|机构|局|委|办|中心|医院|区|学校))(?:必须|应当|应|要|须|负责|于|在|每|需|将|及时|立即)?$",
        )
    });
    let clause = ctx.clause_around(at);
    let words = ctx.text((clause.0, at));
    if let Some(who) = BEFORE.captures(words).and_then(|c| c.name("who")) {
        let start = clause.0 + who.start();
        let list = read_units(ctx.doc, start, clause.0 + who.end(), &mut None);
        if !list.items.is_empty() {
            return (list.items.into_iter().map(|item| item.name).collect(), clause.0);
        }
    }
    let (subject, _) = subject_units(ctx.doc, clause.0, clause.1, &ctx.lexicon);
    if !subject.is_empty() {
        return (subject, clause.0);
    }
    (subject_units(ctx.doc, sentence.0, sentence.1, &ctx.lexicon).0, sentence.0)
}
