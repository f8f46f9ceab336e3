use std::sync::LazyLock;

use lianfang_domain::plan::MemberKind;

use super::name::{
    has_own_place, is_collective, is_kind_word, is_post, is_unit_like, may_inherit, own_prefix, party_prefix,
};
use crate::{
    text::Doc,
    words::{Heads, Tails},
};

/// One name of a list.
#[derive(Clone, Debug)]
pub(crate) struct UnitItem {
    /// Bytes in the folded text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// With the inherited prefix.
    pub(crate) name: String,
    /// As written.
    pub(crate) text: String,
    pub(crate) kind: MemberKind,
    pub(crate) aliases: Vec<String>,
    pub(crate) inherited: bool,
}

/// A list of names.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnitList {
    pub(crate) items: Vec<UnitItem>,
    /// Whether the list says 等.
    pub(crate) open: bool,
    /// Whose post stands for each unit.
    pub(crate) by_post: Option<String>,
}

/// What carries on from name to name.
#[derive(Default)]
struct Inherit {
    prefix: Option<char>,
    collective: bool,
}

/// Reads a list of units between two bytes of the folded text. `prefix` is carried from list to list of one sentence.
pub(crate) fn read_units(doc: &Doc, start: usize, end: usize, prefix: &mut Option<char>) -> UnitList {
    let mut list = UnitList::default();
    let (start, end) = trim_list(doc, start, end, &mut list);
    let mut inherit = Inherit { prefix: *prefix, collective: false };
    for (from, to) in split_names(&doc.folded, start, end) {
        if let Some(item) = read_name(doc, from, to, &mut inherit, &mut list) {
            list.items.push(item);
        }
    }
    *prefix = inherit.prefix;
    list
}

/// Words in front of a list that belong to the sentence.
static HEADS: LazyLock<Heads<()>> = LazyLock::new(|| {
    Heads::plain(&[
        "由",
        "包括",
        "主要包括",
        "为",
        "有",
        "是",
        "以",
        "会同",
        "及",
        "和",
        "以及",
        "与",
        "县级",
        ":",
        "涉及",
        "其中",
    ])
});
/// Words behind a list that belong to the sentence.
static TAILS: LazyLock<Tails<()>> = LazyLock::new(|| {
    Tails::plain(&[
        "主要负责人担任",
        "主要负责同志担任",
        "负责人担任",
        "分管负责人担任",
        "主要负责人为成员",
        "等相关部门",
        "等有关部门",
        "等部门和单位",
        "等部门(单位)",
        "等部门单位",
        "等有关单位",
        "等相关单位",
        "等单位",
        "等部门",
        "等成员单位",
        "等人员",
        "等组成",
        "组成",
        "参加",
        "参与",
        "配合",
        "担任",
        "为成员单位",
        "为成员",
        "的",
        "等",
        "部门(单位)",
    ])
});
static POSTS: LazyLock<Tails<()>> = LazyLock::new(|| {
    Tails::plain(&[
        "主要负责人",
        "主要负责同志",
        "分管负责人",
        "分管负责同志",
        "有关负责人",
        "相关负责人",
        "有关负责同志",
        "负责同志",
        "负责人",
        "主要领导",
        "分管领导",
        "主要负责人和分管负责人",
        "单位主要负责人",
        "主任",
        "科长",
        "局长",
    ])
});

fn trim_list(doc: &Doc, mut start: usize, mut end: usize, list: &mut UnitList) -> (usize, usize) {
    let text = &doc.folded;
    loop {
        let piece = &text[start..end];
        let trimmed = piece.trim_start_matches([' ', ':', ',', '、', ';', '。', '"']);
        let mut next = start + (piece.len() - trimmed.len());
        let begins_name = trimmed.starts_with("以工") || trimmed.starts_with("有关");
        if let Some((head, ())) = HEADS.of(trimmed).find(|(head, ())| !begins_name && trimmed.len() > head.len()) {
            next += head.len();
        }
        if next == start {
            break;
        }
        start = next.min(end);
    }
    loop {
        let piece = &text[start..end];
        let trimmed = piece.trim_end_matches([' ', ',', '、', ';', '。', '.', ':', '"']);
        let mut next = start + trimmed.len();
        if let Some((tail, ())) = TAILS.of(trimmed).find(|(tail, ())| trimmed.len() > tail.len()) {
            list.open |= tail.starts_with('等');
            if let Some(post) = tail.strip_suffix("担任").filter(|post| !post.is_empty()) {
                list.by_post = Some(post.to_owned());
            }
            next -= tail.len();
        }
        let rest = &text[start..next];
        let post = POSTS
            .of(rest)
            .filter(|(post, ())| post.chars().count() > 2 || rest.contains('、'))
            .find(|(post, ())| ends_with_unit(&rest[..rest.len() - post.len()]));
        if let Some((post, ())) = post {
            list.by_post = Some(post.to_owned());
            next -= post.len();
        }
        if next == end {
            break;
        }
        end = next;
    }
    (start, end.max(start))
}

fn ends_with_unit(text: &str) -> bool {
    let name = text.rsplit(['、', ',']).next().unwrap_or(text);
    let name = name.trim_end_matches('的');
    is_unit_like(name) || name.ends_with('等') || name.ends_with("部门(单位)")
}

/// Cuts a list at `、`, `,`, and at 和、及、与 where a whole name stands on their left. Brackets stay whole.
pub(crate) fn split_names(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut names = Vec::new();
    let (mut from, mut depth) = (start, 0i32);
    for (at, c) in text[start..end].char_indices() {
        let at = start + at;
        match c {
            '(' | '[' | '《' => depth += 1,
            ')' | ']' | '》' => depth -= 1,
            '、' | ',' | ';' | ' ' | '|' | '/' if depth <= 0 => {
                names.push((from, at));
                from = at + c.len_utf8();
            }
            '和' | '及' | '与' if depth <= 0 && splits_at(text, from, at, end, c) => {
                let left_end = if text[from..at].ends_with('以') { at - '以'.len_utf8() } else { at };
                names.push((from, left_end));
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    names.push((from, end));
    names.retain(|&(from, to)| !text[from..to].trim().is_empty());
    names
}

/// Whether 和 joins two names here, and is not part of one (`文体广电和旅游局`).
fn splits_at(text: &str, from: usize, at: usize, end: usize, c: char) -> bool {
    let left = text[from..at].trim_end_matches('以');
    let right = &text[at + c.len_utf8()..end];
    if left.chars().count() < 2 {
        return false;
    }
    let whole = is_unit_like(left) || is_post(left) || is_kind_word(left);
    // `住房和城乡建设局`, `卫生健康委员会和…`: 房 is no ending; `教育和体育局`: 育 is none either.
    whole
        && !right.starts_with("改革")
        && !right.starts_with("信息")
        && !left.ends_with("工业")
        && right.chars().count() >= 2
}

fn read_name(doc: &Doc, from: usize, to: usize, inherit: &mut Inherit, list: &mut UnitList) -> Option<UnitItem> {
    let raw = &doc.folded[from..to];
    let lead = raw.len() - raw.trim_start().len();
    let mut name = raw.trim();
    let mut start = from + lead;
    for head in ["以及", "及", "和", "由", "会同"] {
        if let Some(rest) = name.strip_prefix(head).filter(|rest| rest.chars().count() >= 2) {
            start += head.len();
            name = rest;
        }
    }
    for tail in ["等部门", "等单位", "等"] {
        if let Some(rest) = name.strip_suffix(tail).filter(|rest| rest.chars().count() >= 2) {
            list.open = true;
            name = rest;
        }
    }
    let end = start + name.len();
    if name.is_empty() || matches!(name, "等" | "部门" | "单位") {
        return None;
    }
    let (base, aliases) = split_alias(name);
    // `白鹭镇镇卫生院`: the doubled sign is a slip; the words as written stay in `text`.
    let may_double = base.contains(['镇', '乡', '街']);
    let doubled = ["镇镇", "乡乡", "街道街道"].iter().find(|word| may_double && base.contains(**word));
    let base = match doubled {
        Some(word) => base.replacen(word, &word[..word.len() / 2], 1),
        None => base,
    };
    let kind = kind_of(&base, inherit.collective);
    let (full, inherited) = inherit_prefix(&base, kind, inherit);
    Some(UnitItem {
        start,
        end,
        name: full,
        text: doc.show(start, end).to_owned(),
        kind,
        aliases,
        inherited: inherited || doubled.is_some(),
    })
}

/// `医政科(应急办)` → `医政科` and its second name.
fn split_alias(name: &str) -> (String, Vec<String>) {
    let Some((base, rest)) = name.split_once('(') else { return (name.to_owned(), Vec::new()) };
    let Some((inner, tail)) = rest.split_once(')') else { return (name.to_owned(), Vec::new()) };
    if base.is_empty() {
        return (name.to_owned(), Vec::new());
    }
    // `各镇(街道)`, `村(居)委会`: the bracket is part of the name.
    if !tail.is_empty() || is_collective(base) || is_kind_word(base) || inner.chars().count() > 14 {
        return (name.to_owned(), Vec::new());
    }
    let aliases = if is_unit_like(inner) { vec![inner.to_owned()] } else { Vec::new() };
    (base.to_owned(), aliases)
}

fn kind_of(name: &str, after_collective: bool) -> MemberKind {
    if is_collective(name) || (after_collective && is_kind_word(name)) {
        MemberKind::Collective
    } else if is_post(name) {
        MemberKind::Post
    } else if is_unit_like(name) || name.chars().count() > 4 {
        MemberKind::Unit
    } else if is_person_name(name) {
        MemberKind::Person
    } else {
        MemberKind::Unit
    }
}

/// Whether a short name without the ending of a unit reads as a person's.
fn is_person_name(name: &str) -> bool {
    let count = name.chars().count();
    (2..=4).contains(&count)
        && name.chars().all(crate::text::is_cjk)
        && !is_unit_like(name)
        && !matches!(name, "人行" | "妇联")
}

fn inherit_prefix(name: &str, kind: MemberKind, inherit: &mut Inherit) -> (String, bool) {
    if kind == MemberKind::Collective {
        let bare = inherit.collective && is_kind_word(name) && name.chars().count() > 1;
        inherit.collective = true;
        return if bare { (format!("各{name}"), true) } else { (name.to_owned(), false) };
    }
    inherit.collective = false;
    if let Some(prefix) = own_prefix(name) {
        if !has_own_place(&name[prefix.len_utf8()..]) {
            inherit.prefix = Some(prefix);
        }
        return (name.to_owned(), false);
    }
    match inherit.prefix {
        Some(prefix) if kind == MemberKind::Unit && may_inherit(name) => {
            let committee = if party_prefix(name) { "委" } else { "" };
            (format!("{prefix}{committee}{name}"), true)
        }
        _ => (name.to_owned(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::CleanLine;

    fn names(text: &str) -> Vec<String> {
        let line = CleanLine {
            text: text.to_owned(),
            folded: crate::text::fold(text),
            line: 1,
            columns: vec![(0, 1)],
            ..CleanLine::default()
        };
        let doc = Doc::build(vec![line]);
        let end = doc.folded.trim_end().len();
        read_units(&doc, 0, end, &mut None).items.into_iter().map(|item| item.name).collect()
    }

    #[test]
    fn a_prefix_is_inherited_until_a_name_has_its_own() {
        assert_eq!(names("区工信局、发改局、科技局"), ["区工信局", "区发改局", "区科技局"]);
        assert_eq!(
            names("区统计局、武进海关办事处、人民银行武进支行、总工会"),
            ["区统计局", "武进海关办事处", "人民银行武进支行", "区总工会"]
        );
        assert_eq!(names("区委宣传部、网信办,区卫健局"), ["区委宣传部", "区委网信办", "区卫健局"]);
        assert_eq!(names("市公安局东山分局、市场监督管理局东山分局"), ["市公安局东山分局", "市场监督管理局东山分局"]);
    }

    #[test]
    fn names_with_an_and_inside_stay_whole() {
        assert_eq!(
            names("区文体广电和旅游局、自然资源和规划局和税务局"),
            ["区文体广电和旅游局", "区自然资源和规划局", "区税务局"]
        );
    }

    #[test]
    fn collective_members_carry_their_each() {
        assert_eq!(names("各乡镇、办事处,市公安局东山分局"), ["各乡镇", "各办事处", "市公安局东山分局"]);
        assert_eq!(names("县委宣传部、县公安局等部门主要负责人"), ["县委宣传部", "县公安局"]);
    }
}
