use std::sync::LazyLock;

use lianfang_domain::plan::{Leader, Rank, Rule};

use super::{Ctx, context::cut};
use crate::units::{is_post, is_unit_like, split_names};
use crate::words::Heads;

/// Endings of posts inside a phrase that a name may follow (`区委网信办主任谢某某`).
const POST_WORDS: &[&str] = &[
    "主任委员",
    "副主任",
    "主任",
    "局长",
    "书记",
    "院长",
    "区长",
    "县长",
    "市长",
    "镇长",
    "乡长",
    "部长",
    "处长",
    "科长",
    "所长",
    "站长",
    "主席",
    "组长",
    "校长",
    "常委",
    "秘书长",
    "检察长",
    "队长",
    "调研员",
    "委员",
    "会长",
    "中心主任",
    "指挥长",
    "经理",
];

static POSTS: LazyLock<Heads<()>> = LazyLock::new(|| Heads::plain(POST_WORDS));

/// Reads one or several posts and persons joined by `、`: `区政府办主任、区卫健局局长`.
pub(crate) fn read_leaders(
    ctx: &Ctx<'_>,
    range: (usize, usize),
    rank: Rank,
    rank_text: &str,
    rule: Rule,
) -> Vec<Leader> {
    let range = strip_heads(ctx, ctx.trimmed(range));
    if range.0 >= range.1 {
        return Vec::new();
    }
    leader_ranges(ctx, range).into_iter().filter_map(|part| read_leader(ctx, part, rank, rank_text, rule)).collect()
}

/// Reads a line `姓名 职务`, or several names in a row.
pub(crate) fn read_leader_line(ctx: &Ctx<'_>, range: (usize, usize), rank: Rank, rank_text: &str) -> Vec<Leader> {
    let range = ctx.trimmed(range);
    let text = ctx.text(range);
    if text.is_empty() {
        return Vec::new();
    }
    let first = text.split(' ').next().unwrap_or(text);
    if is_name(first) && text.len() > first.len() {
        return read_name_and_post(ctx, range, first.len(), rank, rank_text);
    }
    let parts = cut(&ctx.doc.folded, range, &[',', ';']);
    if parts.iter().all(|&part| ends_with_name(ctx.text(part).trim())) {
        return parts
            .into_iter()
            .filter_map(|part| read_leader(ctx, part, rank, rank_text, Rule::LabelledLine))
            .collect();
    }
    if name_with_bracket(text) {
        return leaders_with_brackets(ctx, range, rank, rank_text);
    }
    // A remark behind the last of several names (`…、施某某(名单另发)`) is no part of the name.
    let end = text
        .rfind('(')
        .filter(|&open| text.ends_with(')') && text[..open].contains('、'))
        .map_or(range.1, |open| range.0 + open);
    read_leaders(ctx, (range.0, end), rank, rank_text, Rule::LabelledLine)
}

/// `赵某某 区委副书记、区长`; several such pairs may follow each other after `;` or two names.
fn read_name_and_post(
    ctx: &Ctx<'_>,
    range: (usize, usize),
    name_len: usize,
    rank: Rank,
    rank_text: &str,
) -> Vec<Leader> {
    let text = ctx.text(range);
    // `张某某 李某某 王某某`: only names, no post.
    let words: Vec<&str> = text.split(' ').filter(|w| !w.is_empty()).collect();
    if words.len() > 1 && words.iter().all(|w| is_name(w)) {
        let mut at = range.0;
        return words
            .iter()
            .map(|word| {
                let start = at + ctx.text((at, range.1)).find(word).unwrap_or(0);
                at = start + word.len();
                leader(ctx, (start, at), rank, rank_text, Some((*word).to_owned()), None)
            })
            .collect();
    }
    let post = text[name_len..].trim();
    vec![leader(ctx, range, rank, rank_text, Some(text[..name_len].to_owned()), Some(post.to_owned()))]
}

/// Whether the text is a post with a name behind a space (`区委副书记、区长 宁某某`).
fn ends_with_name(text: &str) -> bool {
    text.rsplit_once(' ').is_some_and(|(post, name)| is_name(name) && is_post(post.trim()))
}

/// Whether the text starts as `顾某某(区卫健局局长)`.
fn name_with_bracket(text: &str) -> bool {
    text.find('(').is_some_and(|open| is_name(text[..open].trim()))
}

fn leaders_with_brackets(ctx: &Ctx<'_>, range: (usize, usize), rank: Rank, rank_text: &str) -> Vec<Leader> {
    split_names(&ctx.doc.folded, range.0, range.1)
        .into_iter()
        .map(|part| {
            let part = ctx.trimmed(part);
            let text = ctx.text(part);
            match text.split_once('(') {
                Some((name, post)) => leader(
                    ctx,
                    part,
                    rank,
                    rank_text,
                    Some(name.trim().to_owned()),
                    Some(post.trim_end_matches(')').to_owned()),
                ),
                None => leader(ctx, part, rank, rank_text, Some(text.to_owned()), None),
            }
        })
        .collect()
}

fn leader(
    ctx: &Ctx<'_>,
    range: (usize, usize),
    rank: Rank,
    rank_text: &str,
    person: Option<String>,
    post: Option<String>,
) -> Leader {
    Leader { rank, rank_text: rank_text.to_owned(), person, post, source: ctx.source(range, Rule::LabelledLine) }
}

fn strip_heads(ctx: &Ctx<'_>, range: (usize, usize)) -> (usize, usize) {
    let mut start = range.0;
    for head in ["由", "分别由", "原则上由", "其中", "并由", "是", "为"] {
        let text = ctx.text((start, range.1));
        if text.starts_with(head) && text.chars().count() > 3 {
            start += head.len();
        }
    }
    let text = ctx.text((start, range.1));
    let end =
        range.1 - (text.len() - text.trim_end_matches("分别").trim_end_matches("共同").trim_end_matches("兼").len());
    (start, end)
}

/// Posts of a list. A piece that does not end as a post belongs to the next one (`发改、工信副区长`).
fn leader_ranges(ctx: &Ctx<'_>, range: (usize, usize)) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut from = None;
    let text = ctx.text(range);
    let pieces = split_names(&ctx.doc.folded, range.0, range.1);
    let only_names = pieces.iter().all(|&p| is_name(ctx.text(p).trim().trim_end_matches("同志")));
    for &(start, end) in &pieces {
        let piece = ctx.text((start, end)).trim();
        let begin = *from.get_or_insert(start);
        if is_post(piece) || only_names || has_post_and_name(piece) || piece.ends_with("同志") {
            ranges.push((begin, end));
            from = None;
        }
    }
    if let Some(begin) = from {
        ranges.push((begin, range.1));
    }
    merge_posts_of_one(ctx, text, ranges)
}

/// `区委常委、副区长张某某` is one person with two posts: a post without its own unit is joined to the next.
fn merge_posts_of_one(ctx: &Ctx<'_>, _text: &str, ranges: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    const HALF: &[&str] =
        &["常委", "党组成员", "党委委员", "党委书记", "党组书记", "党组副书记", "副县级干部", "二级调研员", "委员"];
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for range in ranges {
        let joins = merged.last().is_some_and(|&last| {
            let before = ctx.text(last).trim();
            let piece = ctx.text(range).trim();
            if before.ends_with("书记")
                && matches!(
                    piece,
                    "县长"
                        | "区长"
                        | "市长"
                        | "镇长"
                        | "乡长"
                        | "院长"
                        | "局长"
                        | "校长"
                        | "代县长"
                        | "代区长"
                        | "政府区长"
                )
            {
                return true;
            }
            let standing = HALF.iter().any(|half| before.ends_with(half));
            let bare = !piece.starts_with(['省', '市', '县', '区', '州', '镇', '乡']) && !piece.starts_with("分管");
            standing && bare
        });
        match merged.last_mut() {
            Some(last) if joins => last.1 = range.1,
            _ => merged.push(range),
        }
    }
    merged
}

fn read_leader(ctx: &Ctx<'_>, range: (usize, usize), rank: Rank, rank_text: &str, rule: Rule) -> Option<Leader> {
    let range = ctx.trimmed(range);
    let text = ctx.text(range).trim();
    let text = text.strip_suffix("同志").unwrap_or(text);
    if text.is_empty() || text.chars().count() > 60 {
        return None;
    }
    let (person, post) = split_person(text);
    let source = ctx.source(range, rule);
    Some(Leader { rank, rank_text: rank_text.to_owned(), person, post, source })
}

/// Splits a post and the name behind it.
fn split_person(text: &str) -> (Option<String>, Option<String>) {
    let bare = text.trim_end_matches("同志");
    if is_name(bare) {
        return (Some(bare.to_owned()), None);
    }
    if let Some(at) = post_end(bare) {
        let name = bare[at..].trim();
        if is_name(name) {
            return (Some(name.to_owned()), Some(bare[..at].to_owned()));
        }
    }
    if let Some((post, name)) = bare.rsplit_once(' ').filter(|(post, name)| is_name(name) && is_post(post.trim())) {
        return (Some(name.to_owned()), Some(post.trim().to_owned()));
    }
    if let Some((first, rest)) = bare.split_once(' ').filter(|(first, _)| is_name(first)) {
        return (Some(first.to_owned()), Some(rest.trim().to_owned()));
    }
    (None, Some(bare.to_owned()))
}

fn has_post_and_name(text: &str) -> bool {
    post_end(text).is_some_and(|at| is_name(text[at..].trim()))
}

/// Where the last post word of a phrase ends.
fn post_end(text: &str) -> Option<usize> {
    let mut end = None;
    POSTS.each_inside(text, |at, word, ()| end = end.max(Some(at + word.len())));
    end.filter(|&at| at < text.len())
}

/// Whether a word can be a person's name: two to four Han characters, or a masked one, and no unit or post.
pub(crate) fn is_name(word: &str) -> bool {
    if word.starts_with(['各', '全', '本', '相', '有']) {
        return false;
    }
    let count = word.chars().count();
    let masked = word.chars().all(|c| crate::text::is_cjk(c) || matches!(c, '*' | 'X' | 'x' | '×' | '·' | '某'));
    (2..=4).contains(&count)
        && masked
        && word.chars().next().is_some_and(crate::text::is_cjk)
        && !is_post(word)
        && !is_unit_like_name(word)
}

fn is_unit_like_name(word: &str) -> bool {
    // Names such as 王中 or 李行 end like units; a two- or three-character word counts as a unit only with these endings.
    const SHORT: &[&str] = &[
        "局", "委", "办", "部", "院", "所", "中心", "队", "科", "室", "会", "组", "镇", "街道", "公司", "政府", "站",
        "处",
    ];
    is_unit_like(word) && SHORT.iter().any(|ending| word.ends_with(ending))
}
