//! The words for levels, inclusion, review and decision.

use std::sync::LazyLock;

use lianfang_domain::plan::{ConditionMode, ResponseLevel};
use regex::Regex;

use crate::pattern::pattern;

/// Finds a level word: (level, start, end, whether the word is a name of grade such as 特别重大).
pub(crate) fn level_in(text: &str) -> Option<(ResponseLevel, usize, usize)> {
    static LEVEL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?P<n>Ⅰ|Ⅱ|Ⅲ|Ⅳ|IV|I{1,3}|[一二三四1-4])\s?级|(?P<g>特别重大|特大|重大|较大|一般)(?:\s?\(?(?:Ⅰ|Ⅱ|Ⅲ|Ⅳ|IV|I{1,3}|[一二三四])级\)?|[\p{Han}]{0,12}(?:事件|疫情|事故|灾害|响应|级))|(?P<c>红|橙|黄|蓝)色",
        )
    });
    if !text.contains(['级', '重', '大', '般', '色']) {
        return None;
    }
    let captures = LEVEL.captures(text)?;
    let whole = captures.get(0)?;
    let number = match (captures.name("n"), captures.name("g"), captures.name("c")) {
        (Some(n), _, _) => numeral(n.as_str())?,
        (_, Some(g), _) => match g.as_str() {
            "特别重大" | "特大" => 1,
            "重大" => 2,
            "较大" => 3,
            _ => 4,
        },
        (_, _, Some(c)) => match c.as_str() {
            "红" => 1,
            "橙" => 2,
            "黄" => 3,
            _ => 4,
        },
        _ => return None,
    };
    Some((ResponseLevel::from_number(number)?, whole.start(), whole.end()))
}

pub(super) fn numeral(text: &str) -> Option<u32> {
    Some(match text {
        "Ⅰ" | "I" | "一" | "1" => 1,
        "Ⅱ" | "II" | "二" | "2" => 2,
        "Ⅲ" | "III" | "三" | "3" => 3,
        "Ⅳ" | "IV" | "四" | "4" => 4,
        _ => return None,
    })
}

pub(super) fn only_inclusion(text: &str) -> bool {
    inclusion(text).is_some() && text.chars().count() <= 40
}

pub(crate) fn mode(text: &str) -> ConditionMode {
    if ["情形之一", "情况之一", "条件之一", "之一的", "之一时"].iter().any(|w| text.contains(w)) {
        ConditionMode::Any
    } else if ["同时满足", "同时符合", "同时具备", "均满足", "全部满足"].iter().any(|w| text.contains(w))
    {
        ConditionMode::All
    } else {
        ConditionMode::Unstated
    }
}

/// `在做好四级响应工作的基础上`: the included level.
pub(crate) fn inclusion(text: &str) -> Option<ResponseLevel> {
    static INCLUSION: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:在|除)[^。;,\n]{0,14}?(?P<n>Ⅰ|Ⅱ|Ⅲ|Ⅳ|IV|I{1,3}|[一二三四1-4]|蓝|黄|橙|红)(?:级|色)[^。;\n]{0,16}?(?:基础上|基础之上|之外|以外|外,)",
        )
    });
    let captures = INCLUSION.captures(text)?;
    let word = captures.name("n")?.as_str();
    let number = match word {
        "红" => Some(1),
        "橙" => Some(2),
        "黄" => Some(3),
        "蓝" => Some(4),
        _ => numeral(word),
    };
    ResponseLevel::from_number(number?)
}

/// Tiers of experts in a criterion such as `区级…专家组认定并经市级、省级专家组复核认定`.
pub(super) fn review_tiers(text: &str) -> Vec<String> {
    static TIER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(国家|[省市县区州])(?:级)?(?:、|[\p{Han}]{0,14}?专家)"));
    if !text.contains("专家") || !(text.contains("认定") || text.contains("复核") || text.contains("评估")) {
        return Vec::new();
    }
    let mut tiers: Vec<String> = Vec::new();
    for captures in TIER.captures_iter(text) {
        if let Some(tier) = captures.get(1).map(|m| m.as_str())
            && !tiers.iter().any(|known| known == tier)
        {
            tiers.push(tier.to_owned());
        }
    }
    tiers
}

/// Who decides or starts the level.
pub(super) fn deciders(text: &str) -> Vec<String> {
    static DECIDES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:由|经|报(?:请)?)(?P<who>[^,。;:\n由经报]{2,36}?)(?:研究)?(?:决定|批准|宣布|同意|审批|审定)(?:后)?(?:,)?(?:同意|并|后)?(?:启动|发布|实施|宣布|进入|,启动|后启动|$|,|。)",
        )
    });
    let mut found: Vec<String> = Vec::new();
    for captures in DECIDES.captures_iter(text) {
        let Some(who) = captures.name("who") else { continue };
        let name = who.as_str().trim().trim_start_matches("请").to_owned();
        let unit =
            ["政府", "指挥部", "领导小组", "委员会", "局", "委", "指挥长", "总指挥", "部门", "机构", "院长", "组长"]
                .iter()
                .any(|end| name.ends_with(end));
        if unit && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}
