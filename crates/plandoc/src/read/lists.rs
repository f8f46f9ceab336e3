//! Lists with a name that counts them: 十同, 四个查清, 三类人员, 五进.

use std::sync::LazyLock;

use lianfang_domain::plan::{NamedList, Rule};
use regex::Regex;

use super::{Ctx, numbers::count};

static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"["'](?P<name>(?:[一二两三四五六七八九十]{1,2}|\d{1,2})[^"',。;()]{1,10}|[^"',。;()]{1,6}[一二两三四五六七八九十])["'](?:[^"',。;()\n]{0,8})?[(\[](?:即|分别是|指|:)*:?(?P<list>[^()\[\]]{3,400}?)[)\]]|(?P<name2>(?:[一二两三四五六七八九十]{1,2})(?:个|类|项|种)[\p{Han}]{1,6})[(\[](?:即|分别是|指)+:?(?P<list2>[^()\[\]]{3,400}?)[)\]]|["'](?P<list3>[^"',。;()\n]{1,8}(?:、[^"',。;()\n]{1,8}){1,9})["'](?P<name3>[一二两三四五六七八九十]{1,2}(?:个|类|项|种)[\p{Han}]{2,4})"#,
    )
    .ok()
});

/// Reads every named list of the document.
pub(crate) fn read_named_lists(ctx: &Ctx<'_>) -> Vec<NamedList> {
    let Some(re) = NAMED.as_ref() else { return Vec::new() };
    let text = &ctx.doc.folded;
    let mut lists: Vec<NamedList> = Vec::new();
    for captures in re.captures_iter(text) {
        let name = captures.name("name").or_else(|| captures.name("name2")).or_else(|| captures.name("name3"));
        let list = captures.name("list").or_else(|| captures.name("list2")).or_else(|| captures.name("list3"));
        let (Some(whole), Some(name), Some(list)) = (captures.get(0), name, list) else { continue };
        let items = items(list.as_str());
        let stated = stated(name.as_str());
        if items.len() < 2 || list.as_str().contains("负责") || lists.iter().any(|known| known.name == name.as_str() && known.items == items) {
            continue;
        }
        // A bracket that only explains (`"两站一场"(火车站旁)`) lists nothing.
        if stated.is_some_and(|n| n as usize > items.len() * 3) {
            continue;
        }
        let source = ctx.source((whole.start(), whole.end()), Rule::NamedListPhrase);
        lists.push(NamedList { name: name.as_str().to_owned(), stated, items, source });
    }
    for captures in BEFORE.as_ref().map(|re| re.captures_iter(text)).into_iter().flatten() {
        let (Some(whole), Some(name), Some(list)) = (captures.get(0), captures.name("name"), captures.name("list")) else { continue };
        let items = items(list.as_str());
        if stated(name.as_str()).is_some_and(|n| n as usize == items.len()) && !lists.iter().any(|known| known.name == name.as_str()) {
            let source = ctx.source((whole.start(), whole.end()), Rule::NamedListPhrase);
            lists.push(NamedList { name: name.as_str().to_owned(), stated: stated(name.as_str()), items, source });
        }
    }
    lists.sort_by_key(|list| list.source.span.start);
    lists
}

/// A list in front of its name (`登记报到、核酸检测、抗体检测"三个100%"`), believed only when the count fits.
static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?:落实|做到|实现|实行|严格|坚持|确保)?(?P<list>[\p{Han}]{2,10}(?:、[\p{Han}]{2,10}){1,9})["'](?P<name>[一二两三四五六七八九十]{1,2}(?:个)?[^"',。;()]{1,8})["']"#).ok()
});

fn items(list: &str) -> Vec<String> {
    let signs: &[char] = if list.contains('、') && !list.contains(';') { &['、'] } else { &[',', ';'] };
    list.split(signs).map(|item| item.trim().trim_end_matches(['等', '。']).to_owned()).filter(|item| !item.is_empty()).collect()
}

/// The number in the name: the first numeral of `十同`, the last of `疫五`; `2+4+24` states none.
fn stated(name: &str) -> Option<u32> {
    if name.contains('+') {
        return None;
    }
    let numeral: String = name.chars().take_while(|c| "一二两三四五六七八九十".contains(*c) || c.is_ascii_digit()).collect();
    // `三区两通道`, `两站一场`: several numerals name a whole, not a count.
    let others = name.chars().filter(|c| "一二两三四五六七八九十".contains(*c)).count();
    (others <= numeral.chars().count()).then(|| count(&numeral)).flatten()
}
