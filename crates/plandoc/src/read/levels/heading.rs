//! Headings that name a level, and what they are about.

use std::sync::LazyLock;

use lianfang_domain::plan::{ResponseLevel, SectionKind};
use regex::Regex;

use crate::pattern::pattern;

use super::word::{level_in, numeral};
use crate::outline::NodeId;
use crate::read::Ctx;

/// What a heading with a level is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    Grade,
    Criteria,
    Measures,
    /// Decided by the children or the sentences.
    Both,
}

/// Whether the same level has a heading in a section on criteria and another elsewhere.
pub(super) fn levels_stand_twice(ctx: &Ctx<'_>, headings: &[Option<(ResponseLevel, Topic)>]) -> bool {
    let mut seen = [(false, false); 4];
    for (id, heading) in headings.iter().enumerate() {
        if let Some((level, _)) = heading.filter(|(_, topic)| *topic != Topic::Grade) {
            let entry = &mut seen[usize::from(level.number()) - 1];
            if in_criteria_section(ctx, id) { entry.0 = true } else { entry.1 = true }
        }
    }
    seen.iter().any(|&(criteria, elsewhere)| criteria && elsewhere)
}

pub(super) fn in_criteria_section(ctx: &Ctx<'_>, id: NodeId) -> bool {
    ctx.ancestors(id).any(|a| ctx.node(a).kind == SectionKind::Criteria)
}

/// `4.1 级响应`: the numeral is gone.
pub(super) fn lost_numeral(ctx: &Ctx<'_>, id: NodeId) -> bool {
    let title = ctx.title(id);
    title.starts_with("级响应") || title.starts_with("级应急响应")
}

/// The level a heading names, and what it is about.
pub(super) fn level_heading(ctx: &Ctx<'_>, id: NodeId) -> Option<(ResponseLevel, Topic)> {
    let node = ctx.node(id);
    let title = ctx.title(id);
    let count = title.chars().count();
    let opening = ctx.text((node.title.0, node.end));
    if let Some(level) = article_level(opening) {
        return Some((level, Topic::Both));
    }
    // The articles under the heading say it themselves.
    if node
        .children
        .iter()
        .any(|&child| article_level(ctx.text((ctx.node(child).title.0, ctx.node(child).end))).is_some())
    {
        return None;
    }
    let (level, start, end) = level_in(title)?;
    let names_other = ["制度", "机制", "职责", "预案", "条例", "方案", "工作组"].iter().any(|end| title.ends_with(end));
    if names_other || title.contains("分为") || title.contains("划分") {
        return None;
    }
    let about_response =
        ["响应", "反应", "应急"].iter().any(|word| title.contains(word)) || title[end..].starts_with("处置");
    let about_event = ["事件", "疫情", "突发", "中毒", "事故", "灾害", "灾情"].iter().any(|word| title.contains(word));
    let at_start = title[..start].chars().count() <= 8 || title[..start].ends_with('(');
    if !at_start || count > 34 || title.contains(['、', ',']) && !title.contains("级、") && count > 20 {
        return None;
    }
    // `三级医院`, `一级预防`, `重大动物疫情应急条例` name other things.
    let rest = &title[end..];
    let plain = rest.is_empty() || rest.starts_with(['(', ')', ':', ' ', '/', '-', '、']);
    let topic = topic(ctx, id, about_response, about_event)?;
    let fits = about_response
        || (plain && topic != Topic::Both)
        || (topic == Topic::Grade && about_event)
        || (topic == Topic::Criteria && (plain || about_event))
        || rest.starts_with("预警");
    let other = ["医院", "医疗机构", "以上", "公立", "责任", "预防", "保护"].iter().any(|word| rest.starts_with(word));
    let sentence = !node.titled && !opening.contains(':') && !opening.contains("响应");
    if other || !fits || sentence {
        return None;
    }
    Some((level, topic))
}

/// `出现下列情形之一的,启动Ⅱ级响应:` at the start of an article: the level.
pub(super) fn article_level(opening: &str) -> Option<ResponseLevel> {
    static STARTS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^[^。;\n]{0,50}(?:启动|为|属于)(?P<n>Ⅰ|Ⅱ|Ⅲ|Ⅳ|IV|I{1,3}|[一二三四])级(?:应急)?响应[^。;\n]{0,12}:$")
    });
    if !opening.ends_with(':') {
        return None;
    }
    let captures = STARTS.captures(opening)?;
    ResponseLevel::from_number(numeral(captures.name("n")?.as_str())?)
}

/// What the sections above, and the heading itself, say on the topic.
pub(super) fn topic(ctx: &Ctx<'_>, id: NodeId, about_response: bool, about_event: bool) -> Option<Topic> {
    let title = ctx.title(id);
    if (title.contains("条件") || title.contains("标准") || title.contains("情形")) && !title.contains("之一") {
        return Some(Topic::Criteria);
    }
    if title.contains("措施") || title.contains("行动") {
        return Some(Topic::Measures);
    }
    for above in ctx.ancestors(id) {
        let heading = ctx.title(above);
        match ctx.node(above).kind {
            SectionKind::Grading if !about_response => return Some(Topic::Grade),
            SectionKind::Criteria | SectionKind::Grading => return Some(Topic::Both),
            SectionKind::Response if heading.contains("措施") || heading.contains("行动") => {
                return Some(Topic::Measures);
            }
            SectionKind::Response | SectionKind::Procedure => return Some(Topic::Both),
            SectionKind::Surveillance => return about_response.then_some(Topic::Both),
            SectionKind::Reporting
            | SectionKind::Safeguards
            | SectionKind::Organisation
            | SectionKind::Duties
            | SectionKind::Recovery
            | SectionKind::Termination => return None,
            _ => {}
        }
        if heading.contains("分级") && about_event && !about_response {
            return Some(Topic::Grade);
        }
        if heading.contains("措施") {
            return Some(Topic::Measures);
        }
    }
    if about_response {
        Some(Topic::Both)
    } else if about_event {
        Some(Topic::Grade)
    } else {
        None
    }
}
