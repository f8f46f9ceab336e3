//! How levels are proposed, approved, filed, changed and ended.

use std::sync::LazyLock;

use lianfang_domain::plan::{
    ConditionMode, Criterion, LevelProcedure, LoweringNeed, Member, MemberKind, Rule, SectionKind,
};
use regex::Regex;

use super::{Ctx, Cue, context::cut, duties::item_range, levels};
use crate::{
    outline::NodeId,
    pattern::pattern,
    units::{read_units, subject_units},
    words::Heads,
};

/// Reads the procedure from the whole document.
pub(crate) fn read_procedure(ctx: &Ctx<'_>) -> LevelProcedure {
    let mut procedure = LevelProcedure::default();
    for piece in &ctx.outline.pieces {
        if piece.contents {
            continue;
        }
        if !ctx.says(Cue::Procedure, (piece.start, piece.end)) {
            continue;
        }
        for sentence in cut(&ctx.doc.folded, (piece.start, piece.end), &['。', ';']) {
            sentence_of_procedure(ctx, sentence, &mut procedure);
        }
    }
    assessment_factors(ctx, &mut procedure);
    raising_and_lowering(ctx, &mut procedure);
    termination(ctx, &mut procedure);
    procedure
}

static ON_LEVELS: LazyLock<Heads<()>> = LazyLock::new(|| Heads::plain(&["启动", "终止", "调整", "响应", "级别"]));
static PROPOSES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"提出[^。;\n]{0,40}(?:启动|调整|终止|响应|级别)[^。;\n]{0,30}建议"));
static APPROVES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:报请|报经|提请|经|由|报)(?P<who>[^,。;:\n报经由]{2,40}?)(?:研究)?(?:批准|审批|审定|同意|决定|宣布)")
});
static FILES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:向|报)(?:送)?(?P<who>[^,。;:\n向报]{2,30}?)(?:进行)?(?:备案|备查)"));

fn sentence_of_procedure(ctx: &Ctx<'_>, sentence: (usize, usize), procedure: &mut LevelProcedure) {
    let text = ctx.text(sentence);
    if !ON_LEVELS.are_inside(text) {
        return;
    }
    if PROPOSES.is_match(text) {
        let start = ctx.trimmed(sentence).0;
        let (units, taken) = subject_units(ctx.doc, start, sentence.1, &ctx.lexicon);
        if !units.is_empty() {
            add(ctx, (start, start + taken), &mut procedure.proposes);
        } else if let Some(range) = proposer_before(ctx, sentence) {
            add(ctx, range, &mut procedure.proposes);
        }
    }
    let approval = (text.contains("批准") || text.contains("决定") || text.contains("宣布") || text.contains("同意"))
        && (text.contains("启动") || text.contains("终止") || text.contains("建议") || text.contains("实施"));
    if approval {
        for range in matches(&APPROVES, ctx, sentence) {
            if is_authority(ctx.text(range)) {
                add(ctx, range, &mut procedure.approves);
            }
        }
    }
    for range in matches(&FILES, ctx, sentence) {
        add(ctx, range, &mut procedure.files_with);
    }
}

/// `由县卫健局组织专家评估,提出启动…的建议`.
fn proposer_before(ctx: &Ctx<'_>, sentence: (usize, usize)) -> Option<(usize, usize)> {
    static BY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:由|,|^)(?P<who>[\p{Han}]{2,20}?(?:局|委|委员会|办公室|部门|指挥部|中心|专家组|机构))(?:组织|提出|会同|及时|根据|向|应)",
        )
    });
    let text = ctx.text(sentence);
    let captures = BY.captures(text)?;
    let who = captures.name("who")?;
    let name = who.as_str().trim_start_matches('由');
    let start = sentence.0 + who.end() - name.len();
    Some((start, sentence.0 + who.end()))
}

fn matches(re: &Regex, ctx: &Ctx<'_>, sentence: (usize, usize)) -> Vec<(usize, usize)> {
    re.captures_iter(ctx.text(sentence))
        .filter_map(|captures| captures.name("who"))
        .map(|who| (sentence.0 + who.start(), sentence.0 + who.end()))
        .collect()
}

fn is_authority(name: &str) -> bool {
    [
        "政府",
        "指挥部",
        "领导小组",
        "委员会",
        "应急委",
        "国务院",
        "局",
        "委",
        "总指挥",
        "指挥长",
        "院长",
        "组长",
        "市长",
        "县长",
        "区长",
    ]
    .iter()
    .any(|end| name.trim().ends_with(end))
}

/// Adds the names of `X或Y`, each once.
fn add(ctx: &Ctx<'_>, range: (usize, usize), list: &mut Vec<Member>) {
    let text = ctx.text(range);
    let mut from = range.0;
    let mut parts = Vec::new();
    for (at, word) in
        text.match_indices("或者").chain(text.match_indices('或').filter(|(i, _)| !text[*i..].starts_with("或者")))
    {
        parts.push((from, range.0 + at));
        from = range.0 + at + word.len();
    }
    parts.push((from, range.1));
    for part in parts {
        for item in read_units(ctx.doc, part.0, part.1, &mut None).items {
            let mut member = ctx.member(&item, Rule::ProcedureSentence);
            member.kind = if item.kind == MemberKind::Person { MemberKind::Unit } else { item.kind };
            if item.name.chars().count() >= 2 && !list.iter().any(|known| known.name == member.name) {
                list.push(member);
            }
        }
    }
}

/// `应综合考虑以下几个方面:…;…;…`.
fn assessment_factors(ctx: &Ctx<'_>, procedure: &mut LevelProcedure) {
    for piece in &ctx.outline.pieces {
        let text = ctx.text((piece.start, piece.end));
        if piece.contents
            || !ctx.says(Cue::Factors, (piece.start, piece.end))
            || !(text.contains("评估") || text.contains("级别"))
        {
            continue;
        }
        if let Some(colon) = text.find(':') {
            for part in cut(&ctx.doc.folded, (piece.start + colon + 1, piece.end), &[';', '。']) {
                procedure.assessment_factors.push(ctx.quote(ctx.trimmed(part), Rule::ProcedureSentence));
            }
        }
        if procedure.assessment_factors.is_empty()
            && let Some(node) = piece.owner
        {
            procedure.assessment_factors = ctx
                .node(node)
                .children
                .iter()
                .map(|&child| ctx.quote(item_range(ctx, child), Rule::NumberedItem))
                .collect();
        }
        if !procedure.assessment_factors.is_empty() {
            return;
        }
    }
}

fn raising_and_lowering(ctx: &Ctx<'_>, procedure: &mut LevelProcedure) {
    for piece in &ctx.outline.pieces {
        if piece.contents || !ctx.says(Cue::Turning, (piece.start, piece.end)) {
            continue;
        }
        for sentence in cut(&ctx.doc.folded, (piece.start, piece.end), &['。']) {
            let text = ctx.text(sentence);
            if !(text.contains("级") && (text.contains("响应") || text.contains("级别"))) {
                continue;
            }
            let raise = [
                "调高",
                "提高响应",
                "升级",
                "提升响应",
                "上调",
                "提高应急响应",
                "向高级别响应",
                "提升应急响应",
                "提级",
            ]
            .iter()
            .any(|w| text.contains(w));
            let lower =
                ["调低", "降低响应", "降级", "下调", "降低应急响应", "向低级别响应"].iter().any(|w| text.contains(w));
            let jump = ["跨级", "越级", "直接启动一级", "直接启动Ⅰ级", "直接启动最高"].iter().any(|w| text.contains(w));
            let stepwise_only = text.contains("逐级") && !jump;
            if raise {
                procedure.raising.push(ctx.quote(ctx.trimmed(sentence), Rule::ProcedureSentence));
                settle(
                    &mut procedure.jump_up,
                    jump_near(text, &["调高", "提高", "升级", "提升", "上调"]),
                    stepwise_only && !lower,
                );
            }
            if lower {
                procedure.lowering.push(ctx.quote(ctx.trimmed(sentence), Rule::ProcedureSentence));
                settle(
                    &mut procedure.jump_down,
                    jump_near(text, &["调低", "降低", "降级", "下调"]),
                    stepwise_only && !raise,
                );
                needs(text, procedure);
            }
            if text.contains("直接启动") && jump {
                procedure.jump_up = Some(true);
            }
        }
    }
}

fn settle(jump: &mut Option<bool>, allowed: bool, stepwise_only: bool) {
    if allowed {
        *jump = Some(true);
    } else if stepwise_only && jump.is_none() {
        *jump = Some(false);
    }
}

/// Whether 跨级 stands with one of the verbs.
fn jump_near(text: &str, verbs: &[&str]) -> bool {
    ["跨级", "越级"].iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let rest: String = text[at..].chars().take(10).collect();
            let before: String = text[..at].chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
            verbs.iter().any(|verb| rest.contains(verb))
                || (verbs.iter().any(|verb| before.contains(verb)) && !rest.contains("调"))
        })
    })
}

fn needs(text: &str, procedure: &mut LevelProcedure) {
    if text.contains("趋势") && !procedure.lowering_needs.contains(&LoweringNeed::Trend) {
        procedure.lowering_needs.push(LoweringNeed::Trend);
    }
    if text.contains("效果")
        && text.contains("评估")
        && !procedure.lowering_needs.contains(&LoweringNeed::EffectAssessment)
    {
        procedure.lowering_needs.push(LoweringNeed::EffectAssessment);
    }
}

/// Conditions of the end, and what follows it.
fn termination(ctx: &Ctx<'_>, procedure: &mut LevelProcedure) {
    for id in ctx.node_ids() {
        if ctx.node(id).kind != SectionKind::Termination
            || ctx.ancestors(id).any(|a| ctx.node(a).kind == SectionKind::Termination)
        {
            continue;
        }
        section(ctx, id, procedure);
    }
    if procedure.termination.conditions.is_empty() {
        sentences(ctx, procedure);
    }
}

fn section(ctx: &Ctx<'_>, id: NodeId, procedure: &mut LevelProcedure) {
    let node = ctx.node(id);
    let conditions = node.children.iter().copied().find(|&child| ctx.title(child).contains("条件"));
    let holder = conditions.unwrap_or(id);
    let divided = node.children.iter().any(|&child| {
        ctx.node(child).titled && (ctx.title(child).contains("条件") || ctx.title(child).contains("程序"))
    });
    if conditions.is_some() || !divided {
        read_conditions(ctx, holder, procedure);
    }
    for &child in &node.children {
        let title = ctx.title(child);
        if title.contains("终止后") || title.contains("结束后") || title.contains("后的措施") {
            for range in ctx.own_text(child) {
                procedure.termination.afterwards.push(ctx.quote(range, Rule::SectionHeading));
            }
            for &item in &ctx.node(child).children {
                procedure.termination.afterwards.push(ctx.quote(item_range(ctx, item), Rule::NumberedItem));
            }
        }
    }
}

fn read_conditions(ctx: &Ctx<'_>, holder: NodeId, procedure: &mut LevelProcedure) {
    let node = ctx.node(holder);
    let whole = ctx.text((node.start, node.subtree_end));
    let termination = &mut procedure.termination;
    termination.mode = levels::mode(whole);
    let announced = whole.contains(':') && ["条件", "要求", "情形", "之一"].iter().any(|word| whole.contains(word));
    let items: Vec<NodeId> = node
        .children
        .iter()
        .copied()
        .filter(|&child| announced && !ctx.title(child).contains("程序") || is_ending(ctx.text(item_range(ctx, child))))
        .collect();
    if !items.is_empty() {
        for child in items {
            termination.conditions.push(Criterion {
                number: ctx.number(child),
                text: ctx.show(item_range(ctx, child)),
                source: ctx.source(item_range(ctx, child), Rule::NumberedItem),
            });
        }
    } else {
        for range in ctx.own_text(holder) {
            text_conditions(ctx, range, procedure);
        }
    }
    let needs_all = whole.contains("以下条件") || whole.contains("下列条件") || whole.contains("以下两个条件");
    if procedure.termination.mode == ConditionMode::Unstated && needs_all && procedure.termination.conditions.len() > 1
    {
        procedure.termination.mode = ConditionMode::All;
    }
}

/// Conditions in running text: the parts behind `符合以下条件:`, or the clause before `可以终止`.
fn text_conditions(ctx: &Ctx<'_>, range: (usize, usize), procedure: &mut LevelProcedure) {
    for sentence in cut(&ctx.doc.folded, range, &['。']) {
        let text = ctx.text(sentence);
        if !is_ending(text) {
            continue;
        }
        let from = text.find("条件:").map_or(sentence.0, |i| sentence.0 + i + "条件:".len());
        let either = text[from - sentence.0..].contains(",或") || text.contains(";或");
        let mut start = from;
        let body = &ctx.doc.folded[from..sentence.1];
        for (at, _) in body.match_indices(",或").chain(body.match_indices(";或")) {
            push_condition(ctx, (start, from + at), procedure);
            start = from
                + at
                + ",或".len()
                + if body[at..].starts_with(",或者") || body[at..].starts_with(";或者") {
                    '者'.len_utf8()
                } else {
                    0
                };
        }
        if either {
            push_condition(ctx, (start, sentence.1), procedure);
            procedure.termination.mode = ConditionMode::Any;
        } else if let Some(at) = ctx.doc.folded[from..sentence.1].find(",且") {
            push_condition(ctx, (from, from + at), procedure);
            push_condition(ctx, (from + at + ",且".len(), sentence.1), procedure);
            procedure.termination.mode = ConditionMode::All;
        } else {
            for part in cut(&ctx.doc.folded, (from, sentence.1), &[';']) {
                push_condition(ctx, part, procedure);
            }
        }
    }
}

fn push_condition(ctx: &Ctx<'_>, range: (usize, usize), procedure: &mut LevelProcedure) {
    let range = ctx.trimmed(range);
    if ctx.text(range).chars().count() >= 6 {
        let criterion =
            Criterion { number: None, text: ctx.show(range), source: ctx.source(range, Rule::ProcedureSentence) };
        procedure.termination.conditions.push(criterion);
    }
}

/// Whether a sentence says when it is over.
fn is_ending(text: &str) -> bool {
    [
        "潜伏期",
        "消除",
        "无新",
        "未再",
        "没有新",
        "降低",
        "得到有效控制",
        "得到控制",
        "末例",
        "最后一例",
        "最后1例",
        "未出现新",
        "痊愈",
        "处置结束",
        "完成处置",
        "无新发",
        "不再出现",
        "不再",
    ]
    .iter()
    .any(|word| text.contains(word))
}

/// A single sentence in another section: `末例病例…经过最长潜伏期…,终止响应`.
fn sentences(ctx: &Ctx<'_>, procedure: &mut LevelProcedure) {
    for piece in &ctx.outline.pieces {
        if piece.contents || !ctx.says(Cue::Incubation, (piece.start, piece.end)) {
            continue;
        }
        for sentence in cut(&ctx.doc.folded, (piece.start, piece.end), &['。']) {
            let text = ctx.text(sentence);
            if text.contains("潜伏期") && (text.contains("终止") || text.contains("解除响应") || text.contains("结束"))
            {
                push_condition(ctx, sentence, procedure);
            }
        }
    }
}
