//! Title, issuer, number, dates and addressees.

use std::sync::LazyLock;

use lianfang_domain::plan::{
    Confidence, DocumentDate, DocumentDateRole, DocumentKind, PartialDate, Plan, RepairKind, Rule, SectionKind, Text,
};
use regex::Regex;

use crate::pattern::pattern;

use super::{
    Ctx, Cue,
    dates::{dates_in, find_dates},
};
use crate::{
    input::HintKind,
    title::{ends_as_title, is_title_part, looks_like_date},
};

/// Lines before the first section, with at most a few of the section text behind.
struct Front {
    ranges: Vec<(usize, usize)>,
}

/// Reads what stands before the first section, and the lines of issue at the end.
pub(crate) fn read_front(ctx: &Ctx<'_>, plan: &mut Plan) {
    let front = Front { ranges: lines(ctx) };
    plan.title = title(ctx, &front);
    plan.kind = kind(ctx, plan.title.as_ref());
    plan.document_number = document_number(ctx, &front);
    plan.distribution = distribution(ctx, &front);
    plan.issuer = issuer(ctx, &front);
    plan.dates = dates(ctx, &front);
}

fn lines(ctx: &Ctx<'_>) -> Vec<(usize, usize)> {
    let mut ranges: Vec<(usize, usize)> = ctx.outline.front.clone();
    // Title lines marked by the word processor are no section, wherever they stand near the top.
    for piece in ctx.outline.pieces.iter().take(30) {
        let range = (piece.start, piece.end);
        let titled = matches!(piece.hint, Some(HintKind::Title | HintKind::TableRow { .. }))
            || (matches!(piece.hint, Some(HintKind::Heading(1))) && piece.marker.is_none());
        if titled && !ranges.contains(&range) {
            ranges.push(range);
        }
    }
    ranges.sort_unstable();
    ranges
}

/// The title: the last title-like line before the first section, with the lines it was split over.
fn title(ctx: &Ctx<'_>, front: &Front) -> Option<Text> {
    let candidates: Vec<usize> = (0..front.ranges.len())
        .filter(|&i| ends_as_title(ctx.text(front.ranges[i])) && is_title_part(ctx.text(front.ranges[i])))
        .collect();
    let is_notice = |i: usize| {
        let text = ctx.text(front.ranges[i]);
        text.ends_with("通知") || text.starts_with("关于印发") || text.contains("印发") && text.contains("通知")
    };
    let last = candidates.iter().rev().copied().find(|&i| !is_notice(i)).or_else(|| candidates.last().copied());
    if let Some(last) = last {
        // Of several candidates the one right before the text; a page title above it is not meant.
        let first = first_title_line(ctx, front, last);
        let bracket = front.ranges.get(last + 1).is_some_and(|&r| {
            let text = ctx.text(r);
            text.starts_with('(')
                && text.ends_with(')')
                && text.chars().count() <= 24
                && !text.contains("通过")
                && !text.contains("印发")
        });
        return Some(joined(ctx, &front.ranges[first..=last + usize::from(bracket)]));
    }
    glued_title(ctx, front).or_else(|| {
        front
            .ranges
            .iter()
            .find(|&&r| is_title_part(ctx.text(r)) && ctx.text(r).chars().count() >= 6 && !is_unit_line(ctx.text(r)))
            .map(|&r| ctx.quote(r, Rule::TitleLine))
    })
}

/// In a document of one line the title stands before the contents.
fn glued_title(ctx: &Ctx<'_>, front: &Front) -> Option<Text> {
    static GLUED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?P<t>[^。;,]{4,60}?(?:预案|方案|办法|规划|计划)(?:\([^()]{1,16}\))?)(?:\s|目|$)"));
    front.ranges.iter().find_map(|&range| {
        let captures = GLUED.captures(ctx.text(range))?;
        let title = captures.name("t")?;
        Some(ctx.quote((range.0 + title.start(), range.0 + title.end()), Rule::TitleLine))
    })
}

fn first_title_line(ctx: &Ctx<'_>, front: &Front, last: usize) -> usize {
    let mut first = last;
    while first > 0 && last - first < 4 {
        let before = front.ranges[first - 1];
        let text = ctx.text(before);
        let whole = front.ranges[first..=last].iter().map(|&r| ctx.text(r).chars().count()).sum::<usize>() >= 10;
        let adjacent = ctx.doc.folded[before.1..front.ranges[first].0].matches('\n').count() == 1;
        let blank_between = blank_before(ctx, front.ranges[first]);
        let ends = ends_as_title(text)
            || looks_like_date(text)
            || text.ends_with(':')
            || text.contains("附件")
            || is_number_line(text);
        let placeless =
            ["突发", "公共", "新型", "新冠", "传染病", "应急", "医疗", "流感", "食物中毒", "疫情", "重大", "群体"]
                .iter()
                .any(|word| ctx.text(front.ranges[first]).starts_with(word));
        let own = ["医院", "学校", "大学", "中学", "小学", "公司", "街道", "镇", "集团", "中心"]
            .iter()
            .any(|end| text.ends_with(end));
        let unit = is_unit_line(text) && whole && !(placeless && own);
        let fragment = is_title_part(text) && text.chars().count() <= 34 && adjacent && !ends && !unit;
        // A blank line between is passed only where the rest is no title by itself.
        if !fragment || (blank_between && whole) {
            break;
        }
        first -= 1;
    }
    first
}

fn blank_before(ctx: &Ctx<'_>, range: (usize, usize)) -> bool {
    ctx.outline.pieces.iter().take(60).find(|piece| piece.start == range.0).is_some_and(|piece| piece.blank_before)
}

fn is_unit_line(text: &str) -> bool {
    [
        "人民政府",
        "办公厅",
        "办公室",
        "委员会",
        "指挥部",
        "领导小组",
        "卫生健康局",
        "卫健委",
        "卫健局",
        "疾控中心",
        "医院",
        "局",
        "文件",
    ]
    .iter()
    .any(|end| text.ends_with(end))
}

fn joined(ctx: &Ctx<'_>, ranges: &[(usize, usize)]) -> Text {
    let words: Vec<String> = ranges.iter().map(|&r| ctx.show(r)).collect();
    let mut text = String::new();
    for word in words {
        let ascii_join = text.ends_with(|c: char| c.is_ascii_alphanumeric())
            && word.starts_with(|c: char| c.is_ascii_alphanumeric());
        if ascii_join {
            text.push(' ');
        }
        text.push_str(&word);
    }
    let whole = (ranges.first().map_or(0, |r| r.0), ranges.last().map_or(0, |r| r.1));
    Text { text: without_inner_spaces(&text), source: ctx.source(whole, Rule::TitleLine) }
}

/// Titles are set with spaces between Han characters; they do not belong to the words.
fn without_inner_spaces(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let han = |at: Option<&char>| at.is_some_and(|c| !c.is_ascii_alphanumeric());
    let inner = |i: usize| chars[i] == ' ' && i > 0 && han(chars.get(i - 1)) && han(chars.get(i + 1));
    (0..chars.len()).filter(|&i| !inner(i)).map(|i| chars[i]).collect()
}

fn kind(ctx: &Ctx<'_>, title: Option<&Text>) -> DocumentKind {
    let folded = title.map(|t| crate::text::fold(&t.text)).unwrap_or_default();
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if has(&["情况汇报", "工作汇报", "情况的汇报", "情况报告", "工作总结", "工作情况", "汇报", "总结"])
    {
        return DocumentKind::StatusReport;
    }
    if has(&["预案"]) && !folded.ends_with("通知") {
        return DocumentKind::EmergencyPlan;
    }
    if has(&["能力建设", "能力提升", "行动计划", "建设方案", "建设规划", "提升工程", "三年行动"])
    {
        return DocumentKind::CapacityProgramme;
    }
    if has(&["方案", "计划", "措施", "要点"]) && !folded.ends_with("通知") {
        return DocumentKind::WorkPlan;
    }
    if has(&["办法", "规定", "细则", "规程", "制度"]) {
        return DocumentKind::Regulation;
    }
    let reports = ctx
        .outline
        .roots
        .iter()
        .filter(|&&id| {
            ["存在的问题", "存在问题", "下步打算", "下一步", "工作开展情况"].iter().any(|w| ctx.title(id).contains(w))
        })
        .count();
    if reports >= 2 {
        return DocumentKind::StatusReport;
    }
    if has(&["预案"]) {
        return DocumentKind::EmergencyPlan;
    }
    if has(&["方案"]) {
        return DocumentKind::WorkPlan;
    }
    if has(&["通知", "意见"]) { DocumentKind::Notice } else { DocumentKind::Other }
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<n>[\p{Han}]{2,14}\s?[\[(<]\s?\d{4}\s?[\])>]\s?(?:第)?\s?\d{1,4}\s?号)|^(?P<d>[\p{Han}]{2,12}(?:发|函|办|指|字|令|政|控|文)[\p{Han}]{0,2}\d{4}\s?\d{1,3}(?:号)?)$",
    )
});

/// `某市人民政府令` with `第36号` on the next line.
fn order_number(ctx: &Ctx<'_>, front: &Front) -> Option<(usize, usize)> {
    let index = front
        .ranges
        .iter()
        .position(|&range| ctx.text(range).ends_with('令') && ctx.text(range).chars().count() <= 24)?;
    let next = ctx.text(*front.ranges.get(index + 1)?);
    (next.starts_with('第') && next.ends_with('号') && next.chars().any(|c| c.is_ascii_digit()))
        .then_some((index, index + 1))
}

fn document_number(ctx: &Ctx<'_>, front: &Front) -> Option<Text> {
    if let Some((first, last)) = order_number(ctx, front) {
        let mut number = joined(ctx, &front.ranges[first..=last]);
        number.text.retain(|c| c != ' ');
        number.source.rule = Rule::DocumentNumber;
        return Some(number);
    }
    for &range in &front.ranges {
        let text = ctx.text(range);
        let inside_title = text.find('《');
        let Some(captures) = NUMBER.captures(text) else { continue };
        let Some(found) = captures.name("n").or_else(|| captures.name("d")) else { continue };
        if inside_title.is_some_and(|at| at < found.start()) || text.chars().count() > 80 {
            continue;
        }
        let place = (range.0 + found.start(), range.0 + found.end());
        let damaged = captures.name("d").is_some();
        let mut number = ctx.quote(place, Rule::DocumentNumber);
        if damaged {
            number.source.confidence = Confidence::Doubtful;
        }
        return Some(number);
    }
    None
}

fn is_number_line(text: &str) -> bool {
    (NUMBER.is_match(text)) && text.chars().count() <= 30
}

/// The line of addressees of a notice, ended by a colon.
fn distribution(ctx: &Ctx<'_>, front: &Front) -> Vec<Text> {
    front
        .ranges
        .iter()
        .filter(|&&range| {
            let text = ctx.text(range);
            text.ends_with(':')
                && (text.starts_with('各')
                    || text.contains(",各")
                    || text.contains("、各")
                    || text.contains("有关单位"))
                && text.chars().count() <= 160
        })
        .map(|&range| ctx.quote(ctx.trimmed(range), Rule::AddresseeLine))
        .collect()
}

/// The issuer: a line of its own above the date of issue, a metadata cell, or a line above the title.
fn issuer(ctx: &Ctx<'_>, front: &Front) -> Option<Text> {
    if let Some((first, _)) = order_number(ctx, front) {
        let range = front.ranges[first];
        return Some(ctx.quote((range.0, range.1 - '令'.len_utf8()), Rule::IssuerLine));
    }
    static CELL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:发布机构|发文机关|发文单位|印发机关|发布单位|制发机关|信息来源|公开主体|主办部门|编制单位)\s?[:|]?\s?(?P<i>[\p{Han}()]{4,30})",
        )
    });
    for &range in &front.ranges {
        if let Some(found) = CELL.captures(ctx.text(range)).and_then(|c| c.name("i")) {
            return Some(ctx.quote((range.0 + found.start(), range.0 + found.end()), Rule::IssuerLine));
        }
    }
    signed(ctx, &front.ranges)
        .or_else(|| above_title(ctx, front))
        .or_else(|| signed(ctx, &last_lines(ctx)))
        .or_else(|| signed_in_line(ctx))
        .or_else(|| in_title(ctx, front))
}

/// A report names its issuer at the start of its title (`某区卫健局关于…的汇报`).
fn in_title(ctx: &Ctx<'_>, front: &Front) -> Option<Text> {
    static UNIT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?P<u>[\p{Han}]{3,20}?(?:委员会|卫健委|卫健局|卫生健康局|疾控中心|人民政府|办公室|指挥部|医院|局|委))(?:关于|疫情|新冠|[\p{Han}]{0,12}(?:工作)?情况)",
        )
    });
    let range = front.ranges.iter().copied().rev().find(|&range| ends_as_title(ctx.text(range)))?;
    let unit = UNIT.captures(ctx.text(range))?.name("u")?;
    Some(ctx.quote((range.0 + unit.start(), range.0 + unit.end()), Rule::IssuerLine))
}

/// Lines after the last numbered item: signature and date.
fn last_lines(ctx: &Ctx<'_>) -> Vec<(usize, usize)> {
    let count = ctx.outline.pieces.len();
    ctx.outline.pieces[count.saturating_sub(6)..].iter().filter(|p| !p.contents).map(|p| (p.start, p.end)).collect()
}

/// The unit before a date at the very end of the text (`…三年。青岚县卫生健康局2026年4月16日印发`).
fn signed_in_line(ctx: &Ctx<'_>) -> Option<Text> {
    let range = *last_lines(ctx).last()?;
    let text = ctx.text(range);
    let found = find_dates(ctx, text).into_iter().next_back()?;
    let after = text[found.end..].trim();
    let before = text[..found.start].trim_end();
    let start = before.rfind(['。', ' ', ';']).map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    let name = before[start..].trim();
    let place = range.0 + start + (before[start..].len() - before[start..].trim_start().len());
    (matches!(after, "" | "印发") && is_unit_line(name) && name.chars().count() <= 30)
        .then(|| ctx.quote((place, place + name.len()), Rule::IssuerLine))
}

/// A unit line right above a date line; it may be split over two lines and sealed (`(代章)`).
fn signed(ctx: &Ctx<'_>, ranges: &[(usize, usize)]) -> Option<Text> {
    for (index, &range) in ranges.iter().enumerate() {
        if !looks_like_date(ctx.text(range)) {
            continue;
        }
        let mut end = index;
        while end > 0 && ctx.text(ranges[end - 1]).contains("章)") && ctx.text(ranges[end - 1]).chars().count() <= 6 {
            end -= 1;
        }
        let Some(last) = end.checked_sub(1) else { continue };
        let name = ctx.text(ranges[last]);
        if !is_unit_line(name) || name.chars().count() > 40 || name.contains(['。', ':']) {
            continue;
        }
        let mut first = last;
        if first > 0 {
            let before = ctx.text(ranges[first - 1]);
            let split = before.chars().count() <= 24
                && !before.contains(['。', ':', ';', ','])
                && !is_unit_line(before)
                && !ends_as_title(before)
                && !before.contains("附件")
                && !before.starts_with('(');
            if split && is_title_part(before) {
                first -= 1;
            }
        }
        let mut text = joined(ctx, &ranges[first..=last]);
        text.source.rule = Rule::IssuerLine;
        return Some(text);
    }
    None
}

fn above_title(ctx: &Ctx<'_>, front: &Front) -> Option<Text> {
    front.ranges.iter().take(6).find_map(|&range| {
        let text = ctx.text(range);
        let plain = (4..=40).contains(&text.chars().count())
            && is_unit_line(text)
            && !text.contains([':', ',', '。', '《'])
            && !text.starts_with('各');
        let named = text.trim_end_matches("文件");
        plain.then(|| ctx.quote((range.0, range.0 + named.len()), Rule::IssuerLine))
    })
}

/// Dates of issue, publication and effect.
fn dates(ctx: &Ctx<'_>, front: &Front) -> Vec<DocumentDate> {
    let mut dates = Vec::new();
    for &range in &front.ranges {
        metadata_dates(ctx, range, &mut dates);
        date_line(ctx, range, &mut dates);
    }
    if !dates.iter().any(|d: &DocumentDate| d.role == DocumentDateRole::Issued) {
        for range in last_lines(ctx) {
            date_line(ctx, range, &mut dates);
        }
    }
    if !dates.iter().any(|d: &DocumentDate| d.role == DocumentDateRole::Issued) {
        // A signature in the middle: annexes follow it.
        for piece in ctx.outline.pieces.iter().filter(|piece| !piece.contents && piece.end - piece.start <= 60) {
            if looks_like_date(ctx.text((piece.start, piece.end))) {
                date_line(ctx, (piece.start, piece.end), &mut dates);
                break;
            }
        }
    }
    effective(ctx, &mut dates);
    published(ctx, &mut dates);
    dates
}

fn push(
    ctx: &Ctx<'_>,
    dates: &mut Vec<DocumentDate>,
    role: DocumentDateRole,
    date: PartialDate,
    place: (usize, usize),
) {
    if !dates.iter().any(|known| known.role == role && known.date == Some(date)) {
        dates.push(DocumentDate {
            role,
            date: Some(date),
            proposed: None,
            text: ctx.show(place),
            source: ctx.source(place, Rule::DateLine),
        });
    }
}

/// `成文日期 | 2026-03-05`, `发布日期:2026-03-06`.
fn metadata_dates(ctx: &Ctx<'_>, range: (usize, usize), dates: &mut Vec<DocumentDate>) {
    let text = ctx.text(range);
    if !text.contains("日期") && !text.contains("时间") {
        return;
    }
    for (word, role) in [
        ("成文日期", DocumentDateRole::Issued),
        ("印发日期", DocumentDateRole::Issued),
        ("发文日期", DocumentDateRole::Issued),
        ("签发日期", DocumentDateRole::Issued),
        ("发布日期", DocumentDateRole::Published),
        ("发布时间", DocumentDateRole::Published),
        ("公开日期", DocumentDateRole::Published),
        ("生效日期", DocumentDateRole::Effective),
        ("实施日期", DocumentDateRole::Effective),
    ] {
        let Some(at) = text.find(word) else { continue };
        let rest = &text[at + word.len()..];
        if let Some(found) = find_dates(ctx, rest).into_iter().next().filter(|found| found.start <= 6) {
            let base = range.0 + at + word.len();
            push(ctx, dates, role, found.date, (base + found.start, base + found.end));
        }
    }
}

/// A date on a line of its own; a damaged one gives a proposal.
fn date_line(ctx: &Ctx<'_>, range: (usize, usize), dates: &mut Vec<DocumentDate>) {
    let text = ctx.text(range).trim_matches(['(', ')', ' ']).trim_end_matches("印发");
    if !looks_like_date(text) {
        signed_date(ctx, range, dates);
        return;
    }
    let place = ctx.trimmed(range);
    match find_dates(ctx, text)
        .into_iter()
        .next()
        .filter(|found| !found.impossible && found.date.year.is_some() && !found.date.year_from_document)
    {
        Some(found) => push(ctx, dates, DocumentDateRole::Issued, found.date, place),
        None => {
            let proposed = repaired(text);
            let mut source = ctx.source(place, Rule::DateLine);
            source.confidence = Confidence::Doubtful;
            dates.push(DocumentDate {
                role: DocumentDateRole::Issued,
                date: None,
                proposed,
                text: ctx.show(place),
                source,
            });
        }
    }
}

/// Issuer and date at the end of the last sentence (`…解释。 云泽市人民政府办公室 2026年3月5日`).
fn signed_date(ctx: &Ctx<'_>, range: (usize, usize), dates: &mut Vec<DocumentDate>) {
    let text = ctx.text(range);
    let Some(found) = dates_in(ctx, range).into_iter().next_back() else { return };
    // `(云防指发[2026]27号,2026年11月2日印发)` below the title.
    let whole = found.date.date().is_some() && !found.date.year_from_document;
    let bracketed = text.starts_with('(') && ["印发", "通过", "修订", "发布"].iter().any(|word| text.contains(word));
    if whole && text.chars().count() <= 60 && (bracketed || text.contains("号 ")) {
        push(ctx, dates, DocumentDateRole::Issued, found.date, (range.0 + found.start, range.0 + found.end));
        return;
    }
    let closing = text.trim_end().trim_end_matches("印发").trim_end();
    let at_end = found.end == closing.len() && found.date.date().is_some() && !found.date.year_from_document;
    let before = text[..found.start].trim_end();
    if at_end && is_unit_line(before) && (before.contains('。') || before.chars().count() <= 30) {
        push(ctx, dates, DocumentDateRole::Issued, found.date, (range.0 + found.start, range.0 + found.end));
    }
}

/// `2020928` may have been 2020-09-28; only one reading is proposed, and only if it is the only one.
fn repaired(text: &str) -> Option<PartialDate> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let year: i16 = digits.get(..4)?.parse().ok().filter(|y| (1990..=2100).contains(y))?;
    let rest = digits.get(4..)?;
    let mut readings = Vec::new();
    for split in 1..rest.len() {
        let (month, day) = (rest[..split].parse::<i8>().ok()?, rest[split..].parse::<i8>().ok()?);
        let leading_zero = rest[split..].starts_with('0') && rest.len() - split == 1;
        if !leading_zero && jiff::civil::Date::new(year, month, day).is_ok() && !rest[split..].starts_with('0') {
            readings.push(PartialDate {
                year: Some(year),
                month: Some(month),
                day: Some(day),
                year_from_document: false,
            });
        }
    }
    match readings.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// `自2026年5月1日起施行`.
fn effective(ctx: &Ctx<'_>, dates: &mut Vec<DocumentDate>) {
    for id in ctx.node_ids() {
        let node = ctx.node(id);
        let supplement = node.kind == SectionKind::Supplement || ctx.says(Cue::InForce, (node.title.0, node.end));
        if !supplement {
            continue;
        }
        for range in std::iter::once((node.title.0, node.end)).chain(node.paragraphs.iter().copied()) {
            let text = ctx.text(range);
            for found in dates_in(ctx, range).into_iter().filter(|found| found.begin) {
                let after = &text[found.end..];
                if after.starts_with("起施行")
                    || after.starts_with("起实施")
                    || after.starts_with("起执行")
                    || after.starts_with("起正式")
                {
                    push(
                        ctx,
                        dates,
                        DocumentDateRole::Effective,
                        found.date,
                        (range.0 + found.start, range.0 + found.end),
                    );
                }
            }
        }
    }
}

/// Dates on dropped frame lines (`时间:2020/11/03`): when the page was published.
fn published(ctx: &Ctx<'_>, dates: &mut Vec<DocumentDate>) {
    for repair in ctx.doc.repairs.iter().filter(|r| r.kind == RepairKind::WebFrame).take(20) {
        let folded = crate::text::fold(&repair.before);
        if !["时间", "日期", "发布"].iter().any(|word| folded.contains(word)) {
            continue;
        }
        if let Some(found) =
            find_dates(ctx, &folded).into_iter().find(|found| !found.impossible && found.date.date().is_some())
        {
            let at = (repair.span.start, repair.span.end);
            let source = lianfang_domain::plan::Source {
                span: lianfang_domain::plan::Span { start: at.0, end: at.1 },
                line: repair.line,
                column: repair.column,
                rule: Rule::DateLine,
                confidence: Confidence::Likely,
                repairs: Vec::new(),
            };
            dates.push(DocumentDate {
                role: DocumentDateRole::Published,
                date: Some(found.date),
                proposed: None,
                text: repair.before.clone(),
                source,
            });
            return;
        }
    }
}
