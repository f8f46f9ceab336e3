//! Of what, and whose.

use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::pattern;

use crate::read::Ctx;

/// The clause around a quantity.
pub(super) fn subject(ctx: &Ctx<'_>, range: (usize, usize), clause: (usize, usize)) -> String {
    let clause = (clause.0.min(range.0), clause.1.max(range.1));
    ctx.show(clause)
}

pub(super) static OWNER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:其中)?(?P<o>\*[县区市省]|县区各?|县、区各|各县区?|全[市县区省]|市级|县级|区级|省级|各级[^,。;]{0,8}?机构|市|县|区|各[\p{Han}]{2,12}?|每个[\p{Han}]{2,12}?|[一二三]级医院|[\p{Han}]{2,6}[县区市镇])(?:按|依托|储备|配备|组建|建成|设置|各|建|不|至少|统筹|疾控|疾病|需|要|应|共|新|至)",
    )
});

pub(super) fn whose(ctx: &Ctx<'_>, range: (usize, usize), clause: (usize, usize)) -> Option<String> {
    let text = ctx.text((clause.0.min(range.0), range.0)).trim_start();
    let named =
        text.chars().take(14).any(|c| matches!(c, '县' | '区' | '市' | '省' | '各' | '每' | '级' | '镇' | '*' | '全'));
    if !named {
        return None;
    }
    let captures = OWNER.captures(text)?;
    captures.name("o").map(|m| m.as_str().to_owned())
}
