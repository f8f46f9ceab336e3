use super::*;
use crate::unit::place::tests::places;
use crate::unit::record::tests::{also, unit};
use crate::unit::{AliasKind, AreaName, preselected};
use crate::{Id, UnitId};

fn units() -> Vec<Unit> {
    vec![
        unit(1, "清河区工业和信息化局", "990101"),
        also(unit(2, "清河区卫生健康局", "990101"), AliasKind::Bracketed, "区中医药管理局"),
        unit(3, "清河区疾病预防控制中心", "990101"),
        unit(4, "清河区疾病预防控制局", "990101"),
        unit(5, "云泽市卫生健康委员会", "9901"),
        also(unit(6, "清河区财政局", "990101"), AliasKind::Bracketed, "国资办"),
        unit(7, "白鹭镇人民政府", "990101001"),
        unit(8, "东汀街道办事处", "990101002"),
        unit(9, "白鹭镇社区卫生服务中心", "990101001"),
        unit(10, "东汀街道社区卫生服务中心", "990101002"),
        unit(11, "青岚县卫生健康局", "990102"),
        unit(12, "云泽市公安局清河分局", "990101"),
        unit(13, "中共清河区委宣传部", "990101"),
        unit(14, "清河区第一人民医院", "990101"),
        unit(15, "清河区第二人民医院", "990101"),
        also(unit(16, "清河区文化广电和旅游局", "990101"), AliasKind::Former, "区文化局"),
        unit(17, "共青团清河区委员会", "990101"),
        unit(18, "清河区民政局", "990101"),
        unit(19, "清河海关办事处", "990101"),
        unit(20, "中国人民银行清河支行", "990101"),
        unit(21, "国家税务总局清河区税务局", "990101"),
        unit(22, "白鹭镇中心小学", "990101001"),
    ]
}

fn best(matcher: &Matcher, name: &str) -> (i64, MatchReason) {
    let first = matcher.suggest_near(name, &"990101".parse().unwrap()).into_iter().next();
    first.map_or((0, MatchReason::Similar), |first| (first.unit.0.number(), first.reason))
}

#[test]
fn a_written_name_finds_its_unit_and_the_reason() {
    let matcher = Matcher::new(&units(), places());
    let cases = [
        ("清河区卫生健康局", 2, MatchReason::Exact),
        ("清河区 卫生健康局。", 2, MatchReason::Exact),
        ("区中医药管理局", 2, MatchReason::Alias(AliasKind::Bracketed)),
        ("国资办", 6, MatchReason::Alias(AliasKind::Bracketed)),
        ("区国资办", 6, MatchReason::Prefix),
        ("区文化局", 16, MatchReason::Alias(AliasKind::Former)),
        ("区财政局", 6, MatchReason::Prefix),
        ("清河财政局", 6, MatchReason::Prefix),
        ("财政局", 6, MatchReason::Prefix),
        ("区工信局", 1, MatchReason::Abbreviation),
        ("工信局", 1, MatchReason::Abbreviation),
        ("区卫健局", 2, MatchReason::Abbreviation),
        ("云泽市清河区卫健局", 2, MatchReason::Abbreviation),
        ("区卫健委", 2, MatchReason::OtherEnding),
        ("市卫健委", 5, MatchReason::Abbreviation),
        ("市卫健局", 5, MatchReason::OtherEnding),
        ("县卫健局", 11, MatchReason::Abbreviation),
        ("区疾控中心", 3, MatchReason::Abbreviation),
        ("区疾控局", 4, MatchReason::Abbreviation),
        ("白鹭镇", 7, MatchReason::OwnOffice),
        ("白鹭镇政府", 7, MatchReason::Abbreviation),
        ("东汀街道", 8, MatchReason::OwnOffice),
        ("东汀街道办", 8, MatchReason::Abbreviation),
        ("白鹭镇社区卫生服务中心", 9, MatchReason::Exact),
        ("白鹭社区卫生服务中心", 9, MatchReason::Prefix),
        ("公安清河分局", 12, MatchReason::Prefix),
        ("区公安局", 12, MatchReason::OtherEnding),
        ("区委宣传部", 13, MatchReason::Prefix),
        ("宣传部", 13, MatchReason::Abbreviation),
        ("团区委", 17, MatchReason::Prefix),
        ("区文体广电和旅游局", 16, MatchReason::Abbreviation),
        ("区文旅局", 16, MatchReason::Abbreviation),
        ("区卫建局", 2, MatchReason::Similar),
        ("清河海关", 19, MatchReason::Similar),
        ("人行清河支行", 20, MatchReason::Abbreviation),
        ("人民银行", 20, MatchReason::Similar),
        ("区税务局", 21, MatchReason::Prefix),
        ("白鹭小学", 22, MatchReason::Similar),
        ("区人民医院", 14, MatchReason::Similar),
        ("区一院", 0, MatchReason::Similar),
        ("各镇人民政府", 0, MatchReason::Similar),
        ("区教育局", 0, MatchReason::Similar),
        ("", 0, MatchReason::Similar),
    ];
    for (name, id, reason) in cases {
        assert_eq!(best(&matcher, name), (id, reason), "{name}");
    }
}

#[test]
fn another_hospital_department_or_township_is_not_suggested() {
    let matcher = Matcher::new(&units(), places());
    let found = |name: &str| -> Vec<i64> { matcher.suggest(name).iter().map(|s| s.unit.0.number()).collect() };
    assert!(!found("区第一医院").contains(&15));
    assert!(found("区人民医院").contains(&14) && found("区人民医院").contains(&15), "either may be meant");
    assert!(!found("区财政局").contains(&18), "民政 is another department");
    assert!(!found("白鹭镇社区卫生服务中心").contains(&10));
    assert!(!found("区疾控局").contains(&3), "a bureau is no centre");
}

#[test]
fn the_same_department_of_another_level_comes_last_and_says_so() {
    let matcher = Matcher::new(&units(), places());
    let found = matcher.suggest("区卫健局");
    assert_eq!(found[0].unit.0.number(), 2);
    let other: Vec<_> = found.iter().filter(|s| s.reason == MatchReason::OtherLevel).collect();
    assert!(!other.is_empty() && other.iter().all(|s| s.score <= 500 && s.unit.0.number() != 2));
}

#[test]
fn where_the_name_is_written_decides_between_equals() {
    let units = [unit(1, "清河区卫生健康局", "990101"), unit(2, "临溪区卫生健康局", "990103")];
    let area = |code: &str, name: &str| AreaName { code: code.parse().unwrap(), name: name.into(), short: None };
    let matcher = Matcher::new(&units, Places::new([area("990101", "清河区"), area("990103", "临溪区")]));
    assert_eq!(preselected(&matcher.suggest("区卫健局")), None, "either may be meant");
    for (near, id) in [("990101", 1), ("990103001", 2)] {
        let found = matcher.suggest_near("区卫健局", &near.parse().unwrap());
        assert_eq!(preselected(&found).map(|one| one.unit.0.number()), Some(id), "{near}");
    }
}

#[test]
fn scores_fall_and_every_unit_stands_once() {
    let matcher = Matcher::new(&units(), places());
    for name in ["区卫健局", "卫健委", "社区卫生服务中心", "区人民医院", "清河"] {
        let found = matcher.suggest(name);
        assert!(found.windows(2).all(|pair| pair[0].score >= pair[1].score), "{name}");
        let ids: std::collections::BTreeSet<_> = found.iter().map(|one| one.unit).collect();
        assert_eq!(ids.len(), found.len(), "{name}");
        assert!(found.iter().all(|one| one.score <= 1000 && !one.reason.words(crate::Lang::Zh).is_empty()));
    }
}

#[test]
fn every_unit_is_found_by_its_own_name_first() {
    let units = units();
    let matcher = Matcher::new(&units, places());
    for unit in &units {
        assert_eq!(matcher.suggest(&unit.name)[0].unit, unit.id, "{}", unit.name);
    }
}

#[test]
fn a_unit_merged_into_another_is_not_suggested() {
    let mut units = units();
    units[1].merged_into = Some(UnitId(Id::from_number(5)));
    assert!(Matcher::new(&units, places()).suggest("区卫健局").iter().all(|one| one.unit != units[1].id));
}

/// Five hundred written names against ten thousand units; it must not take the time of comparing all with all.
#[test]
fn many_names_are_answered_from_the_index() {
    let kinds = ["中心小学", "卫生院", "派出所", "社区卫生服务中心", "财政所", "农贸市场", "人民政府", "敬老院"];
    let syllables: Vec<char> =
        "白鹭柳湾石桥东汀南圃西塘稻香枫屿荷溆云水望溪青莲临溪禾丰雪岭湖阳松涧竹里".chars().collect();
    let name = |i: usize| -> String {
        let at = |k: usize| syllables[k % syllables.len()];
        [at(i), at(i / 7 + 3), at(i / 31 + 11)].iter().collect()
    };
    let units: Vec<Unit> = (0..10_000)
        .map(|i| unit(i64::try_from(i).unwrap(), &format!("{}镇{}", name(i / 8), kinds[i % 8]), "990101"))
        .collect();
    let matcher = Matcher::new(&units, places());
    for i in (0..10_000).step_by(20) {
        let written = units[i].name.replace("社区卫生服务中心", "社卫中心").replace("人民政府", "政府");
        let found = matcher.suggest(&written);
        assert_eq!(found.first().map(|one| one.name.as_str()), Some(units[i].name.as_str()), "{written}");
    }
}
