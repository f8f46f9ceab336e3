use std::{collections::BTreeSet, sync::LazyLock};

use super::name::{has_own_place, is_collective, is_kind_word, is_unit_like, own_prefix};
use crate::{text::Doc, words::Heads};

/// Names of units seen in lists of the document, so that they are known again at the start of a duty.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    names: BTreeSet<String>,
    /// First characters of the names: most texts start with none of them.
    firsts: BTreeSet<char>,
}

impl Lexicon {
    /// Adds a name, as written and in full.
    pub(crate) fn add(&mut self, name: &str) {
        if name.chars().count() >= 3 || is_kind_word(name) {
            self.names.insert(name.to_owned());
            self.firsts.extend(name.chars().next());
        }
    }

    /// Whether no list has been read yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The longest known name that the text starts with.
    fn longest(&self, text: &str) -> Option<&str> {
        if !text.chars().next().is_some_and(|first| self.firsts.contains(&first)) {
            return None;
        }
        let mut best = None;
        for (end, _) in text.char_indices().skip(2).take(24) {
            if let Some(name) = self.names.get(&text[..end]) {
                best = Some(name.as_str());
            }
        }
        best
    }
}

/// Verbs that follow the subject of a duty.
static VERBS: LazyLock<Heads<()>> = LazyLock::new(|| {
    Heads::plain(&[
        "负责", "做好", "牵头", "要", "应", "按", "落实", "协调", "加强", "配合", "组织", "参与", "协助", "根据",
        "统一", "严厉", "开展", "会同", "承担", "制定", "指导", "及时", "依法", "建立", "完善", "保障", "提供", "对",
        "在", "将", "为", "与", "具体", "主要", "积极", "全面", "切实", "督促", "强化", "实施", "主动", "必须", "进行",
        "推进", "确保", "于", "每日", "每天", "立即", "接到", "收到", "向", "汇总", "综合", "监督", "管理", "维护",
        "利用", "通过", "需", "可", "分别", "共同", "也", "安排", "抓好", "承办", "派出", "设立", "启动", "成立",
        "定期", "随时", "结合", "把", "和", "发布", "严格", "接报",
    ])
});

/// Units named as the subject at the start of a folded text, with the bytes they take. Empty if there is none.
pub(crate) fn subject_units(doc: &Doc, start: usize, end: usize, lexicon: &Lexicon) -> (Vec<String>, usize) {
    let text = &doc.folded[start..end];
    let mut units = Vec::new();
    let mut at = 0;
    let mut collective = false;
    loop {
        let rest = &text[at..];
        let Some(length) = unit_at(rest, lexicon, collective) else { break };
        let name = &rest[..length];
        let each = collective && is_kind_word(name);
        collective = is_collective(name) || each;
        let shown = doc.show(start + at, start + at + length).to_owned();
        units.push(if each { format!("各{shown}") } else { shown });
        at += length;
        let after = &text[at..];
        let Some(separator) = ["、", "以及", "及", "和", ",", "与"].into_iter().find(|s| after.starts_with(s))
        else {
            break;
        };
        if separator == "," && unit_at(&after[1..], lexicon, false).is_none() {
            break;
        }
        at += separator.len();
    }
    (units, at)
}

/// How many bytes of a unit's name the text starts with.
fn unit_at(text: &str, lexicon: &Lexicon, after_collective: bool) -> Option<usize> {
    if let Some(name) = lexicon.longest(text) {
        return Some(name.len());
    }
    if !(text.starts_with(['省', '市', '县', '区', '州', '镇', '乡', '各', '团'])
        || after_collective
        || starts_with_place(text))
    {
        return None;
    }
    let mut best = None;
    for (index, (at, c)) in text.char_indices().enumerate() {
        if index > 22 || matches!(c, '。' | ',' | ';' | ':' | '"' | '(' | ' ') || counts_things(&text[at..]) {
            break;
        }
        let end = at + c.len_utf8();
        let name = &text[..end];
        let kind = after_collective && is_kind_word(name);
        if index >= 1
            && (is_unit_like(name) || kind)
            && (own_prefix(name).is_some() || is_collective(name) || kind || has_own_place(name))
        {
            let rest = &text[end..];
            let ends = rest.is_empty() || rest.starts_with(['、', ',', ':']) || VERBS.are_in(rest);
            if ends {
                best = Some(end);
                break;
            }
        }
    }
    best
}

/// `10支…`: a number of things, which no name holds; `120急救中心` is a name.
fn counts_things(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && rest.starts_with(['支', '个', '家', '名', '人', '间', '张', '台', '辆', '所', '处'])
}

fn starts_with_place(text: &str) -> bool {
    if text.starts_with(|c| {
        matches!(
            c,
            '向' | '对'
                | '由'
                | '在'
                | '按'
                | '与'
                | '将'
                | '为'
                | '从'
                | '并'
                | '把'
                | '经'
                | '报'
                | '及'
                | '和'
                | '或'
                | '至'
        )
    }) {
        return false;
    }
    let head = text.char_indices().nth(14).map_or(text, |(end, _)| &text[..end]);
    head.chars().skip(1).any(|c| matches!(c, '局' | '委' | '办')) && has_own_place(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_things_is_no_part_of_a_name() {
        let at_start = |text| unit_at(text, &Lexicon::default(), false);
        assert_eq!(at_start("区各组建10支核酸应急采样队,对混采阳性"), None);
        assert_eq!(at_start("区120急救中心负责转运"), Some("区120急救中心".len()));
    }
}
