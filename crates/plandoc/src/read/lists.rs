//! Lists with a name that counts them: 十同, 四个查清, 三类人员, 五进.

use std::sync::LazyLock;

use lianfang_domain::plan::{NamedList, Rule};
use regex::Regex;

use crate::pattern::pattern;

use super::{Ctx, Cue, numbers::count};

static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"["'](?P<name>(?:[一二两三四五六七八九十]{1,2}|\d{1,2})[^"',。;()]{1,10}|[^"',。;()]{1,6}[一二两三四五六七八九十])["'](?:[^"',。;()\n]{0,8})?[(\[](?:即|分别是|指|:)*:?(?P<list>[^()\[\]]{3,400}?)[)\]]|(?P<name2>(?:[一二两三四五六七八九十]{1,2})(?:个|类|项|种)[\p{Han}]{1,6})[(\[](?:即|分别是|指)+:?(?P<list2>[^()\[\]]{3,400}?)[)\]]|["'](?P<list3>[^"',。;()\n]{1,8}(?:、[^"',。;()\n]{1,8}){1,9})["'](?P<name3>[一二两三四五六七八九十]{1,2}(?:个|类|项|种)[\p{Han}]{2,4})"#,
    )
});

/// Reads every named list of the document.
pub(crate) fn read_named_lists(ctx: &Ctx<'_>) -> Vec<NamedList> {
    let re = &*NAMED;
    let text = &ctx.doc.folded;
    let mut lists: Vec<NamedList> = Vec::new();
    if ctx.cues.of(Cue::NamedList).next().is_none() {
        return lists;
    }
    for captures in re.captures_iter(text) {
        let name = captures.name("name").or_else(|| captures.name("name2")).or_else(|| captures.name("name3"));
        let list = captures.name("list").or_else(|| captures.name("list2")).or_else(|| captures.name("list3"));
        let (Some(whole), Some(name), Some(list)) = (captures.get(0), name, list) else { continue };
        let items = items(list.as_str());
        let stated = stated(name.as_str());
        if items.len() < 2
            || list.as_str().contains("负责")
            || lists.iter().any(|known| known.name == name.as_str() && known.items == items)
        {
            continue;
        }
        // A bracket that only explains (`"两站一场"(火车站旁)`) lists nothing.
        if stated.is_some_and(|n| n as usize > items.len() * 3) {
            continue;
        }
        let source = ctx.source((whole.start(), whole.end()), Rule::NamedListPhrase);
        lists.push(NamedList { name: name.as_str().to_owned(), stated, items, source });
    }
    lists_before_names(ctx, &mut lists);
    lists_behind_colons(ctx, &mut lists);
    lists.sort_by_key(|list| list.source.span.start);
    lists
}

/// `"五个到位":组织到位、…、督导到位。`, believed only when the count fits.
fn lists_behind_colons(ctx: &Ctx<'_>, lists: &mut Vec<NamedList>) {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r#""(?P<name>[一二两三四五六七八九十]{1,2}[^"',。;()]{1,8})":(?P<list>[^。;\n"]{4,120})"#)
    });
    for captures in NAMED.captures_iter(&ctx.doc.folded) {
        let (Some(whole), Some(name), Some(list)) = (captures.get(0), captures.name("name"), captures.name("list"))
        else {
            continue;
        };
        let items = items(list.as_str());
        let counts = stated(name.as_str()).is_some_and(|n| n as usize == items.len());
        if counts && !lists.iter().any(|known| known.name == name.as_str()) {
            let source = ctx.source((whole.start(), whole.end()), Rule::NamedListPhrase);
            lists.push(NamedList { name: name.as_str().to_owned(), stated: stated(name.as_str()), items, source });
        }
    }
}

/// A list in front of its name (`登记报到、核酸检测、抗体检测"三个100%"`), believed only when the count fits.
fn lists_before_names(ctx: &Ctx<'_>, lists: &mut Vec<NamedList>) {
    static NAME: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#""(?P<name>[一二两三四五六七八九十]{1,2}个?[^"',。;()]{1,8})""#));
    let text = &ctx.doc.folded;
    for captures in NAME.captures_iter(text) {
        let (Some(whole), Some(name)) = (captures.get(0), captures.name("name").map(|m| m.as_str())) else { continue };
        let from =
            text[..whole.start()].char_indices().rev().take(60).find(|(_, c)| !crate::text::is_cjk(*c) && *c != '、');
        let from = from.map_or(0, |(i, c)| i + c.len_utf8());
        let list = text[from..whole.start()]
            .trim_start_matches("落实")
            .trim_start_matches("做到")
            .trim_start_matches("实现")
            .trim_start_matches("实行");
        let items = items(list);
        let counts = stated(name).is_some_and(|n| n as usize == items.len());
        if items.len() >= 2 && counts && !lists.iter().any(|known| known.name == name) {
            let start = whole.start() - list.len();
            let source = ctx.source((start, whole.end()), Rule::NamedListPhrase);
            lists.push(NamedList { name: name.to_owned(), stated: stated(name), items, source });
        }
    }
}

fn items(list: &str) -> Vec<String> {
    let signs: &[char] = if list.contains('、') && !list.contains(';') { &['、'] } else { &[',', ';'] };
    list.split(signs)
        .map(|item| item.trim().trim_end_matches(['等', '。']).to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

/// The number in the name: the first numeral of `十同`, the last of `疫五`; `2+4+24` states none.
fn stated(name: &str) -> Option<u32> {
    if name.contains('+') {
        return None;
    }
    let numeral: String = name.chars().take_while(|&c| is_numeral(c) || c.is_ascii_digit()).collect();
    // `三区两通道`, `两站一场`: several numerals name a whole, not a count.
    let others = name.chars().filter(|&c| is_numeral(c)).count();
    (others <= numeral.chars().count()).then(|| count(&numeral)).flatten()
}

fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}
