//! Purpose, legal basis, scope, principles, goals, definitions, validity, and measures outside the levels.

use std::sync::LazyLock;

use lianfang_domain::plan::{Definition, Measure, MeasureSet, Plan, Principle, Reference, Rule, SectionKind, UnitDuty};
use regex::Regex;

use crate::pattern::pattern;

use super::{
    Ctx, Cue,
    context::cut,
    duties::{duties_of_nodes, duties_of_text, item_range, units_of},
};
use crate::{
    outline::{NodeId, Style, section_kind},
    units::{is_unit_like, split_names},
    words::Heads,
};

/// Reads the plain sections into the plan.
pub(crate) fn read_basics(ctx: &Ctx<'_>, plan: &mut Plan, taken: &[bool]) {
    plan.legal_basis = legal_basis(ctx);
    for id in ctx.node_ids() {
        if taken[id] {
            continue;
        }
        match kind(ctx, id) {
            SectionKind::Purpose => plan.purpose.extend(texts(ctx, id)),
            SectionKind::Scope => plan.scope.extend(texts(ctx, id)),
            SectionKind::Goals => plan.goals.extend(texts(ctx, id)),
            SectionKind::Principles => principles(ctx, id, &mut plan.principles),
            SectionKind::Definitions => definitions(ctx, id, &mut plan.definitions),
            SectionKind::Supplement => plan.validity.extend(validity(ctx, id)),
            _ => {}
        }
    }
    abbreviations(ctx, &mut plan.definitions);
    if plan.validity.is_empty() {
        plan.validity = validity_anywhere(ctx);
    }
    plan.measure_sets = measure_sets(ctx, taken);
    plan.unit_duties = unit_duties(ctx, taken);
}

/// The kind of a section whose parent is of another kind; an item below it is not read twice.
fn kind(ctx: &Ctx<'_>, id: NodeId) -> SectionKind {
    let node = ctx.node(id);
    let article = node.marker.as_ref().is_some_and(|m| m.style == Style::Article);
    let kind = if article && node.kind == SectionKind::Other { article_kind(ctx, id) } else { node.kind };
    match node.parent {
        Some(parent) if ctx.node(parent).kind == kind => SectionKind::Other,
        _ => kind,
    }
}

/// Articles have no heading: the first words tell.
fn article_kind(ctx: &Ctx<'_>, id: NodeId) -> SectionKind {
    let text = ctx.text((ctx.node(id).title.0, ctx.node(id).end));
    let head: String = text.chars().take(24).collect();
    if head.starts_with("为了") || head.starts_with("为") && text.contains("制定") {
        SectionKind::Purpose
    } else if head.contains("适用于") || head.contains("适用本") {
        SectionKind::Scope
    } else if head.contains("原则") || text.contains("的原则") && text.chars().count() < 120 {
        SectionKind::Principles
    } else if head.contains("自发布之日") || text.contains("起施行") || text.contains("负责解释") {
        SectionKind::Supplement
    } else if head.contains("所称") {
        SectionKind::Definitions
    } else {
        section_kind("")
    }
}

fn texts(ctx: &Ctx<'_>, id: NodeId) -> Vec<lianfang_domain::plan::Text> {
    let node = ctx.node(id);
    let mut texts: Vec<_> = ctx.own_text(id).into_iter().map(|range| ctx.quote(range, Rule::SectionHeading)).collect();
    texts.extend(node.children.iter().map(|&child| ctx.quote(item_range(ctx, child), Rule::NumberedItem)));
    texts
}

/// Titles in 《》: of the section on legal basis if there is one, else of sentences with 根据 or 依据.
fn legal_basis(ctx: &Ctx<'_>) -> Vec<Reference> {
    let section = ctx.node_ids().find(|&id| ctx.node(id).kind == SectionKind::Basis);
    let ranges: Vec<(usize, usize)> = match section {
        Some(id) => vec![(ctx.node(id).start, ctx.node(id).subtree_end)],
        None => ctx
            .outline
            .pieces
            .iter()
            .filter(|piece| !piece.contents)
            .take(60)
            .flat_map(|piece| cut(&ctx.doc.folded, (piece.start, piece.end), &['。']))
            .filter(|&range| is_basis_sentence(ctx.text(range)))
            .take(2)
            .collect(),
    };
    let mut references: Vec<Reference> = Vec::new();
    for range in ranges {
        for (start, end) in book_titles(ctx, range) {
            let title = ctx.show((start, end));
            if !references.iter().any(|known| known.title == title) {
                references.push(Reference { title, source: ctx.source((start, end), Rule::BookTitle) });
            }
        }
    }
    references
}

fn is_basis_sentence(text: &str) -> bool {
    text.contains('《')
        && (text.contains("根据") || text.contains("依据") || text.contains("按照"))
        && (text.contains("制定") || text.contains("编制") || text.contains("结合") || text.contains("特制"))
}

/// Ranges inside 《》 at the outermost level. An unclosed title ends at the next sign.
fn book_titles(ctx: &Ctx<'_>, range: (usize, usize)) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, c) in ctx.text(range).char_indices() {
        let at = range.0 + at;
        match c {
            '《' => {
                if depth == 0 {
                    start = at + c.len_utf8();
                }
                depth += 1;
            }
            '》' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    found.push((start, at));
                }
            }
            _ => {}
        }
    }
    found
}

fn principles(ctx: &Ctx<'_>, id: NodeId, principles: &mut Vec<Principle>) {
    let node = ctx.node(id);
    if !node.children.is_empty() {
        for &child in &node.children {
            let range = item_range(ctx, child);
            principles.push(Principle {
                title: ctx.show(ctx.node(child).title),
                text: ctx.show(range),
                source: ctx.source(range, Rule::NumberedItem),
            });
        }
        return;
    }
    let own = ctx.own_text(id);
    if own.len() > 1 {
        for range in own {
            let text = ctx.text(range);
            let title_end = text.find('。').unwrap_or(text.len());
            let title = ctx.show((range.0, range.0 + title_end));
            principles.push(Principle { title, text: ctx.show(range), source: ctx.source(range, Rule::Sentence) });
        }
        return;
    }
    for range in own {
        slogans(ctx, range, principles);
    }
}

/// `坚持预防为主、常备不懈;统一领导、分级负责;…的原则`: one principle for each pair between semicolons or commas.
fn slogans(ctx: &Ctx<'_>, range: (usize, usize), principles: &mut Vec<Principle>) {
    let text = ctx.text(range);
    let signs: &[char] = if text.contains(';') {
        &[';', '。']
    } else if text.matches('。').count() >= 2 {
        &['。']
    } else {
        &[',', '。']
    };
    for part in cut(&ctx.doc.folded, range, signs) {
        let part = ctx.trimmed(part);
        let words = ctx.text(part);
        if words.chars().count() < 4 || words.starts_with("结合") {
            continue;
        }
        let title_end = words.find('。').unwrap_or(words.len());
        let title = ctx.show((part.0, part.0 + title_end));
        principles.push(Principle { title, text: ctx.show(part), source: ctx.source(part, Rule::Sentence) });
    }
}

fn definitions(ctx: &Ctx<'_>, id: NodeId, definitions: &mut Vec<Definition>) {
    static MEANS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:\d+[.、])?\s?(?:本预案所称|本办法所称|所称)?(?P<t>[^,。;:]{2,24}?)(?:,)?(?:是指|指的是|系指|指|:)(?P<m>.{6,})$",
        )
    });
    let node = ctx.node(id);
    let mut ranges: Vec<(usize, usize)> = ctx.own_text(id);
    ranges.extend(node.children.iter().map(|&child| item_range(ctx, child)));
    if node.marker.as_ref().is_some_and(|m| m.style == Style::Article) {
        ranges.insert(0, (node.title.0, node.end));
    }
    for range in ranges {
        let Some(captures) = MEANS.captures(ctx.text(range)) else { continue };
        let (Some(term), Some(meaning)) = (captures.name("t"), captures.name("m")) else { continue };
        definitions.push(Definition {
            term: ctx.show((range.0 + term.start(), range.0 + term.end())),
            meaning: ctx.show((range.0 + meaning.start(), range.0 + meaning.end())),
            source: ctx.source(range, Rule::DefinitionPhrase),
        });
    }
}

/// `(以下简称"龙舟赛")`.
fn abbreviations(ctx: &Ctx<'_>, definitions: &mut Vec<Definition>) {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r#"(?P<m>[\p{Han}0-9A-Za-z]{3,40})\((?:以下|下同|以下统)简?称:?["']?(?P<t>[^()"']{2,20})["']?\)"#)
    });
    let text = &ctx.doc.folded;
    for (at, _) in ctx.cues.of(Cue::Called) {
        // The bracket stands right behind the long name; only these words are searched.
        let from = text[..at].char_indices().rev().nth(50).map_or(0, |(i, _)| i);
        let to = text[at..].char_indices().nth(30).map_or(text.len(), |(i, _)| at + i);
        if !text[from..at].ends_with(['简', '下', '统', '同']) && !text[from..at].contains('(') {
            continue;
        }
        let Some(captures) = SHORT.captures(&text[from..to]) else { continue };
        let (Some(term), Some(meaning), Some(whole)) = (captures.name("t"), captures.name("m"), captures.get(0)) else {
            continue;
        };
        let source = ctx.source((from + whole.start(), from + whole.end()), Rule::DefinitionPhrase);
        if definitions.iter().any(|known| known.source.span == source.span) {
            continue;
        }
        definitions.push(Definition {
            term: ctx.show((from + term.start(), from + term.end())),
            meaning: ctx.show((from + meaning.start(), from + meaning.end())),
            source,
        });
    }
}

fn is_validity(text: &str) -> bool {
    static WORDS: LazyLock<Heads<()>> = LazyLock::new(|| {
        Heads::plain(&[
            "之日起实施",
            "之日起施行",
            "起施行",
            "起实施",
            "有效期",
            "负责解释",
            "同时废止",
            "自印发之日",
            "自发布之日",
            "自公布之日",
        ])
    });
    WORDS.are_inside(text)
}

fn validity(ctx: &Ctx<'_>, id: NodeId) -> Vec<lianfang_domain::plan::Text> {
    let node = ctx.node(id);
    cut(&ctx.doc.folded, (node.title.0, node.subtree_end), &['\n', '。'])
        .into_iter()
        .map(|part| ctx.trimmed(part))
        .filter(|part| is_validity(ctx.text(*part)))
        .map(|part| ctx.quote(part, Rule::SectionHeading))
        .collect()
}

fn validity_anywhere(ctx: &Ctx<'_>) -> Vec<lianfang_domain::plan::Text> {
    let last = ctx.outline.pieces.len().saturating_sub(40);
    ctx.outline.pieces[last..]
        .iter()
        .flat_map(|piece| cut(&ctx.doc.folded, (piece.start, piece.end), &['。']))
        .map(|part| ctx.trimmed(part))
        .filter(|part| is_validity(ctx.text(*part)))
        .map(|part| ctx.quote(part, Rule::Sentence))
        .collect()
}

/// Items of preparedness, safeguards, recovery and general response: one set for each section.
fn measure_sets(ctx: &Ctx<'_>, taken: &[bool]) -> Vec<MeasureSet> {
    let mut sets = Vec::new();
    for id in ctx.node_ids() {
        let node = ctx.node(id);
        let wanted = matches!(
            node.kind,
            SectionKind::Preparedness
                | SectionKind::Safeguards
                | SectionKind::Recovery
                | SectionKind::Surveillance
                | SectionKind::Response
                | SectionKind::Requirements
                | SectionKind::Exercises
                | SectionKind::Tasks
        );
        let nested = ctx.ancestors(id).any(|a| ctx.node(a).kind == node.kind);
        if taken[id] || !wanted || nested {
            continue;
        }
        let items: Vec<Measure> =
            node.children.iter().filter(|&&child| !taken[child]).map(|&child| measure(ctx, child)).collect();
        if !items.is_empty() {
            sets.push(MeasureSet {
                title: ctx.show(node.title),
                kind: node.kind,
                items,
                source: ctx.source(node.title, Rule::SectionHeading),
            });
        }
    }
    sets
}

fn measure(ctx: &Ctx<'_>, id: NodeId) -> Measure {
    let range = item_range(ctx, id);
    Measure {
        number: ctx.number(id),
        under: None,
        text: ctx.show(range),
        units: units_of(ctx, range),
        source: ctx.source(range, Rule::NumberedItem),
    }
}

/// `县财政局:负责…` as heading, item or paragraph; sections such as `各乡镇职责`; and tables.
fn unit_duties(ctx: &Ctx<'_>, taken: &[bool]) -> Vec<UnitDuty> {
    let mut found: Vec<UnitDuty> = Vec::new();
    for id in ctx.node_ids() {
        if taken[id] {
            continue;
        }
        let node = ctx.node(id);
        if let Some(unit) = unit_title(ctx, id) {
            let mut duties = duties_of_nodes(ctx, &node.children);
            for range in ctx.own_text(id) {
                if duties.is_empty()
                    || !ctx.text(range).trim_end().ends_with(':') && ctx.text(range).starts_with("负责")
                {
                    duties.extend(duties_of_text(ctx, range));
                }
            }
            if !duties.is_empty() {
                found.push(UnitDuty {
                    unit,
                    duties,
                    source: ctx.source((node.title.0, node.title.1), Rule::SubjectUnit),
                });
            }
        }
        for &range in &node.paragraphs {
            found.extend(unit_paragraph(ctx, range));
        }
        let opening = ctx.text((node.title.0, node.end));
        if opening.ends_with(':') && (opening.contains("分工") || opening.contains("职责")) {
            found.extend(node.children.iter().filter_map(|&child| unit_item(ctx, child)));
        }
    }
    for (unit, name, duties) in super::tables::unit_duties_from_tables(ctx) {
        found.push(UnitDuty {
            unit: name,
            duties: duties_of_text(ctx, duties),
            source: ctx.source(unit, Rule::TableRow),
        });
    }
    found.sort_by_key(|duty| duty.source.span.start);
    found
}

/// An item `(二)公安机关负责…` of a division of work.
fn unit_item(ctx: &Ctx<'_>, id: NodeId) -> Option<UnitDuty> {
    static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?P<u>[\p{Han}、()]{0,30}?(?:部门|机关|局|委|办|海关|机构|单位|政府|学校|医院|公司|组织|会))(?:负责|要|应当|应|做好|牵头|承担|按照|根据)",
        )
    });
    let range = item_range(ctx, id);
    let unit = SUBJECT.captures(ctx.text(range))?.name("u")?;
    let duties = duties_of_text(ctx, (range.0 + unit.end(), range.1));
    let place = (range.0, range.0 + unit.end());
    (!duties.is_empty()).then(|| UnitDuty {
        unit: ctx.text(place).to_owned(),
        duties,
        source: ctx.source(place, Rule::SubjectUnit),
    })
}

/// The unit a heading names.
fn unit_title(ctx: &Ctx<'_>, id: NodeId) -> Option<String> {
    let node = ctx.node(id);
    let title = ctx.title(id).trim();
    if !node.titled || title.chars().count() > 26 || title.contains(['。', ';']) {
        return None;
    }
    let collective_section = title.contains("职责")
        && ["乡镇", "街道", "办事处", "医疗机构", "医疗卫生机构", "成员单位"].iter().any(|w| title.contains(w))
        && !title.contains("成员单位");
    if collective_section {
        return Some(title.to_owned());
    }
    let title_range = node.title;
    let base = title.trim_end_matches("职责").trim_end_matches("主要").trim_end_matches('的');
    let names = split_names(&ctx.doc.folded, title_range.0, title_range.0 + base.len());
    let all_units = !names.is_empty()
        && super::bodies::kind_of_name(base).is_none()
        && names.iter().all(|&(from, to)| {
            let name = ctx.doc.folded[from..to].trim();
            name.chars().count() >= 2
                && is_unit_like(name)
                && !name.ends_with('组')
                && !name.ends_with("专班")
                && !name.ends_with('会')
                || name.ends_with("红十字会")
                || name.ends_with("总工会")
        });
    let generic = [
        "成员单位",
        "责任单位",
        "组织",
        "领导",
        "机构",
        "有关部门",
        "相关部门",
        "部门",
        "其他",
        "各部门",
        "单位",
        "领导机构",
        "办事机构",
        "工作机构",
        "常设机构",
        "加强",
        "保障",
    ];
    (all_units
        && !title.contains("分工")
        && !generic.iter().any(|w| base == *w || (base.ends_with("机构") && section_kind(base) != SectionKind::Other))
        && (!node.children.is_empty() || node.body.0 < node.body.1 || !node.paragraphs.is_empty()))
    .then(|| base.to_owned())
}

/// An unnumbered paragraph `县财政局:负责…`.
fn unit_paragraph(ctx: &Ctx<'_>, range: (usize, usize)) -> Option<UnitDuty> {
    let text = ctx.text(range);
    let colon = text.find(':')?;
    let head = &text[..colon];
    if head.chars().count() > 40 || head.contains(['。', ',']) {
        return None;
    }
    let names = split_names(&ctx.doc.folded, range.0, range.0 + colon);
    let units = names.iter().all(|&(from, to)| {
        let name = ctx.doc.folded[from..to].trim();
        is_unit_like(name)
            && name.chars().count() >= 3
            && !name.ends_with("单位")
            && !name.ends_with("部门")
            && !name.ends_with('组')
    });
    if !units || names.is_empty() {
        return None;
    }
    let duties = duties_of_text(ctx, (range.0 + colon + 1, range.1));
    (!duties.is_empty()).then(|| UnitDuty {
        unit: ctx.text((range.0, range.0 + colon)).replace(' ', ""),
        duties,
        source: ctx.source((range.0, range.0 + colon), Rule::SubjectUnit),
    })
}
