//! The names of bodies, and what kind of body a name stands for.

use regex::Regex;

use crate::pattern::pattern;
use lianfang_domain::plan::{Body, BodyKind, SectionKind};

use super::prose::nested_name;
use super::prose::set_up_experts;
use crate::outline::NodeId;
use crate::read::{Ctx, Cue};

pub(super) fn names_leaders(ctx: &Ctx<'_>, range: (usize, usize)) -> bool {
    ctx.says(Cue::Leaders, range)
}

/// A sentence that only lists the groups below.
pub(crate) fn lists_groups(text: &str) -> bool {
    (text.contains("下设") || text.contains("设立") || text.contains("设有")) && text.matches('组').count() >= 2
}

/// A bare heading that names a group counts when it stands among groups or in the part on organisation.
pub(super) fn set_up_elsewhere(ctx: &Ctx<'_>, id: NodeId) -> bool {
    ctx.ancestors(id).any(|a| matches!(ctx.node(a).kind, SectionKind::Organisation | SectionKind::Experts))
}

/// The name of the headquarters that a section sets up, its kind, and where the name stands.
pub(super) fn headquarters_name(ctx: &Ctx<'_>, id: NodeId) -> (String, BodyKind, (usize, usize)) {
    let node = ctx.node(id);
    let main = ctx.own_text(id).into_iter().find_map(|range| opening_name(ctx, range));
    if let Some((name, place)) =
        ctx.own_text(id).into_iter().find_map(|range| nested_name(ctx, range)).filter(|_| main.is_none())
    {
        let kind = kind_of_name(&name).unwrap_or(BodyKind::Headquarters);
        return (name, kind, place);
    }
    for range in ctx.own_text(id) {
        if let Some((name, place)) = set_up_name(ctx.text(range)) {
            let kind = kind_of_name(&name).unwrap_or(BodyKind::Headquarters);
            return (name, kind, (range.0 + place.0, range.0 + place.1));
        }
    }
    let title = clean_name(ctx.title(id));
    let title = ["决定成立", "成立", "设立", "组建", "建立"]
        .iter()
        .find_map(|verb| title.strip_prefix(verb))
        .unwrap_or(&title)
        .to_owned();
    let kind = kind_of_name(&title);
    if kind.is_none()
        && let Some((name, place)) = ctx.own_text(id).into_iter().find_map(|range| opening_name(ctx, range))
    {
        return (name.clone(), kind_of_name(&name).unwrap_or(BodyKind::Headquarters), place);
    }
    let name = match kind {
        Some(_) => title,
        None => {
            if ctx.text((node.start, node.subtree_end)).contains("领导小组") {
                "领导小组".to_owned()
            } else {
                "指挥部".to_owned()
            }
        }
    };
    (name, kind.unwrap_or(BodyKind::Headquarters), node.title)
}

/// A paragraph that begins with the name of a headquarters (`X指挥部统一领导…`).
pub(super) fn opening_name(ctx: &Ctx<'_>, range: (usize, usize)) -> Option<(String, (usize, usize))> {
    let text = ctx.text(range);
    let end = ["指挥部", "领导小组"].iter().filter_map(|word| text.find(word).map(|i| i + word.len())).min()?;
    let name = &text[..end];
    let clean = name.chars().all(crate::text::is_cjk) && (4..=40).contains(&name.chars().count());
    clean.then(|| (name.to_owned(), (range.0, range.0 + end)))
}

/// The full name where the text gives it (`县政府设立青岚县…指挥部(以下简称县指挥部)`); the heading stays as an alias.
pub(super) fn full_name(ctx: &Ctx<'_>, id: NodeId, body: &mut Body) {
    if body.kind == BodyKind::WorkGroup {
        return;
    }
    for range in ctx.own_text(id).into_iter().take(2) {
        let text = ctx.text(range);
        let name = match body.kind {
            BodyKind::ExpertGroup => set_up_experts(ctx, range),
            _ => set_up_name(text).map(|(name, _)| name),
        };
        let Some(name) = name.filter(|name| {
            name.chars().count() > body.name.chars().count() && name.chars().last() == body.name.chars().last()
        }) else {
            continue;
        };
        if let Some(short) = text
            .split("简称")
            .nth(1)
            .map(|rest| rest.trim_start_matches([':', '"']))
            .and_then(|rest| rest.split([')', '"', ',']).next())
            && short.chars().count() <= 12
            && kind_of_name(short).is_some()
        {
            body.aliases.push(short.to_owned());
        }
        let heading = std::mem::replace(&mut body.name, name);
        if !body.aliases.contains(&heading) {
            body.aliases.push(heading);
        }
        return;
    }
}

/// `成立X指挥部`, `设立X领导小组`: the name without its spaces, and the bytes it takes in the text.
pub(super) fn set_up_name(text: &str) -> Option<(String, (usize, usize))> {
    for verb in ["决定成立", "成立", "设立", "组建", "建立"] {
        let Some(at) = text.find(verb) else { continue };
        // `各镇分别成立…指挥部` sets up those one tier down.
        if text[..at].rsplit('。').next().is_some_and(|clause| clause.contains('各')) {
            continue;
        }
        let rest = &text[at + verb.len()..];
        let end = ["指挥部", "领导小组", "工作小组", "委员会", "专班"]
            .iter()
            .filter_map(|word| rest.find(word).map(|i| i + word.len()))
            .min()?;
        let begun = rest[..end].trim_start_matches("了").trim_start_matches("由").trim_start_matches('"');
        let name = begun.trim_end_matches('"');
        if (4..=50).contains(&name.chars().count()) && !name.contains(['。', ';', ',']) {
            let start = at + verb.len() + end - begun.len();
            return Some((name.replace(' ', ""), (start, start + name.len())));
        }
    }
    None
}

/// Words that make a heading an act or a rule, not the name of a body.
pub(super) const NOT_NAMES: &[&str] = &[
    "派出", "成立", "组建", "设立", "下设", "建立", "启动", "赴", "加强", "明确", "完善", "落实", "健全", "调整",
    "发挥", "派遣", "开展", "召开", "指派", "调集", "加入", "强化",
];

/// The name and kind of the body that a heading names, if it names one.
pub(crate) fn body_name(ctx: &Ctx<'_>, id: NodeId) -> Option<(String, BodyKind)> {
    let node = ctx.node(id);
    if !node.titled {
        // `(1)现场救援组由县卫健局牵头,…` has no heading of its own.
        let name = group_at_start(ctx, (node.title.0, node.end))?;
        return kind_of_name(name)
            .filter(|kind| matches!(kind, BodyKind::WorkGroup | BodyKind::ExpertGroup))
            .map(|kind| (name.to_owned(), kind));
    }
    // The last characters of names of bodies; most headings hold none of them.
    if !ctx.title(id).contains(['组', '会', '库', '委', '队', '伍', '室', '部', '心', '班']) {
        return None;
    }
    let name = clean_name(ctx.title(id));
    let count = name.chars().count();
    if ["下设", "个小组", "个工作组", "个组", "个小队"].iter().any(|word| name.contains(word)) {
        return None;
    }
    if !(2..=30).contains(&count)
        || name.contains(['、', ',', '。'])
        || NOT_NAMES.iter().any(|word| name.starts_with(word))
    {
        return None;
    }
    let kind = kind_of_name(&name).or_else(|| is_team(ctx, id, &name).then_some(BodyKind::WorkGroup))?;
    // A unit's own duty (`县政府办公室`) is no office of a headquarters.
    if kind == BodyKind::Office && !is_office_name(&name) {
        return None;
    }
    let response =
        ctx.ancestors(id).any(|a| matches!(ctx.node(a).kind, SectionKind::Grading | SectionKind::Supplement));
    (!response).then_some((name, kind))
}

/// A team counts as a group when labels for its people follow (`排查登记队` / `队长:…`).
pub(super) fn is_team(ctx: &Ctx<'_>, id: NodeId, name: &str) -> bool {
    let team = name.ends_with('队') && (4..=10).contains(&name.chars().count());
    let node = ctx.node(id);
    let labelled = |range: (usize, usize)| {
        matches!(
            crate::outline::label_at(ctx.text(range)),
            Some((crate::outline::Label::Rank(_) | crate::outline::Label::Members, _, _))
        )
    };
    team && (ctx.own_text(id).into_iter().any(labelled)
        || node.children.iter().any(|&child| labelled((ctx.node(child).title.0, ctx.node(child).end))))
}

/// The name of a group that a sentence begins with (`综合组由…牵头`, `现场救援组:由…`).
pub(super) fn group_at_start<'a>(ctx: &Ctx<'a>, range: (usize, usize)) -> Option<&'a str> {
    static START: std::sync::LazyLock<Regex> = std::sync::LazyLock::new(|| {
        pattern(r"^(?P<n>[\p{Han}]{1,13}?(?:组|专班|分队))(?:\([^()]{1,20}\))?(?:由|:|,由|的?组长|牵头单位|,牵头|以)")
    });
    if !ctx.says(Cue::Group, range) {
        return None;
    }
    let name = START.captures(ctx.text(range).trim_start())?.name("n")?.as_str();
    let verb = NOT_NAMES.iter().any(|word| name.starts_with(word))
        || name.starts_with(['由', '各', '向', '经', '本', '该', '下']);
    (!verb && !is_generic(name) && !name.ends_with("小组") && name.chars().count() >= 3).then_some(name)
}

pub(super) fn is_office_name(name: &str) -> bool {
    let base = name.trim_end_matches("办公室");
    base.is_empty() || ["指挥部", "领导小组", "应急", "委员会", "防控", "小组"].iter().any(|word| base.contains(word))
}

/// A heading without what only says that duties follow (`综合协调组职责`).
pub(super) fn clean_name(title: &str) -> String {
    let mut name = title.trim();
    if let Some(open) = name.find('(') {
        name = &name[..open];
    }
    loop {
        let before = name;
        for tail in [
            "及其职责",
            "的职责",
            "主要职责",
            "工作职责",
            "及职责",
            "和职责",
            "与职责",
            "组成及",
            "组成和",
            "组成",
            "职责",
            "设置",
            "及其",
            "成员",
            "及",
            "和",
            ":",
            "的",
            " ",
        ] {
            name = name.strip_suffix(tail).unwrap_or(name);
        }
        if before == name {
            break;
        }
    }
    name.replace(' ', "").trim_matches(['"', '[', ']']).to_owned()
}

/// What kind of body a name is, by its ending.
pub(crate) fn kind_of_name(name: &str) -> Option<BodyKind> {
    let expert = name.contains("专家");
    if expert && ["组", "委员会", "库", "委", "小组", "团队", "队伍"].iter().any(|ending| name.ends_with(ending))
    {
        return Some(BodyKind::ExpertGroup);
    }
    if name.ends_with("办公室") {
        return Some(BodyKind::Office);
    }
    if name.ends_with("指挥部") || name.ends_with("指挥中心") {
        let forward = ["前线", "前方", "现场", "前沿"].iter().any(|word| name.contains(word));
        return Some(if forward { BodyKind::ForwardCommand } else { BodyKind::Headquarters });
    }
    if name.ends_with("领导小组") || name.ends_with("领导组") || name.ends_with("委员会") && name.contains("应急")
    {
        return Some(BodyKind::LeadingGroup);
    }
    let group = ["组", "专班", "小分队", "突击队", "应急队", "救援队"].iter().any(|ending| name.ends_with(ending));
    (group && name.chars().count() <= 18).then_some(BodyKind::WorkGroup)
}

/// Names that say only that groups follow.
pub(super) fn is_generic(name: &str) -> bool {
    matches!(
        name,
        "工作组"
            | "专家组"
            | "专项工作组"
            | "应急工作组"
            | "各工作组"
            | "工作小组"
            | "专班"
            | "现场工作组"
            | "专业组"
            | "应急处置工作组"
            | "专项组"
            | "工作专班"
            | "现场处置工作组"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_spaces_inside_stands_where_it_was_written() {
        let text = "县里组建\"青岚县 领导小组\",统一指挥";
        let (name, place) = set_up_name(text).unwrap();
        assert_eq!((name.as_str(), &text[place.0..place.1]), ("青岚县领导小组", "青岚县 领导小组"));
    }
}
