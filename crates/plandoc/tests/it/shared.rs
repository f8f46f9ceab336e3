//! The three real plan documents, where they are present beside the checkout, must give exactly what their keys say.

use std::path::PathBuf;

use lianfang_domain::plan::{
    BodyStatus, DeadlinePlace, DurationUnit, FindingCode, LoweringNeed, Number, Plan, Rank, Reading, ResponseLevel,
    ResponsibilityRole, Severity, TimeKind,
};
use serde_json::Value;

use crate::{
    keys::read_file,
    measure::{fits, plain},
};

/// The document and its key, or `None` with a word on it when they are absent.
fn shared(name: &str) -> Option<(Reading, Value)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/plans");
    let path = folder.join(format!("{name}.txt"));
    if !path.exists() {
        println!("skipped: the real plan {name} is not present beside the checkout");
        return None;
    }
    let key = std::fs::read(folder.join(format!("keys/{name}.key.json"))).unwrap();
    Some((read_file(&path), serde_json::from_slice(&key).unwrap()))
}

fn only(reading: &Reading) -> &Plan {
    assert_eq!(reading.plans.len(), 1, "one document");
    &reading.plans[0]
}

fn has(reading: &Reading, code: FindingCode, words: &str) -> bool {
    reading.findings.iter().any(|f| f.code == code && (f.message_zh.contains(words) || f.place.quote.contains(words)))
}

fn no_errors(reading: &Reading) {
    let errors: Vec<_> = reading.findings.iter().filter(|f| f.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "false errors: {errors:#?}");
}

fn count(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

#[test]
fn the_four_level_plan_gives_its_key() {
    let Some((reading, key)) = shared("district-four-level-plan") else { return };
    let plan = only(&reading);
    assert_eq!(plain(&plan.title.as_ref().unwrap().text), plain(key["title"].as_str().unwrap()));
    assert_eq!(plan.legal_basis.len(), count(&key["legal_basis"]));
    assert_eq!(plan.principles.len(), count(&key["principles"]));
    let proposed: Vec<String> = plan.dates.iter().filter_map(|d| d.proposed.map(|p| p.to_string())).collect();
    assert_eq!(proposed, ["2020-09-28"]);
    for (index, name) in ["IV", "III", "II", "I"].iter().enumerate() {
        let expected = &key["levels"][index];
        assert_eq!(expected["level"], *name);
        let level = plan.levels.iter().find(|l| l.level == ResponseLevel::ALL[3 - index]).unwrap();
        assert_eq!(level.criteria.len(), count(&expected["criteria"]), "criteria of {name}");
        assert_eq!(level.measures.len(), count(&expected["measures"]), "measures of {name}");
        assert_eq!(level.includes, level.level.lower(), "inclusion of {name}");
        let chain: Vec<Value> = level.review_chain.iter().map(|t| Value::from(t.as_str())).collect();
        assert_eq!(Value::from(chain), key["expert_review_chain"][*name], "review of {name}");
    }
    let groups = &plan.organisation.groups;
    assert_eq!(
        groups.len(),
        key["groups"].as_array().unwrap().len(),
        "{:?}",
        groups.iter().map(|g| &g.name).collect::<Vec<_>>()
    );
    for (group, expected) in groups.iter().zip(key["groups"].as_array().unwrap()) {
        assert_eq!(group.name, expected[0].as_str().unwrap());
        if let Some(leaders) = expected[1].as_u64() {
            assert_eq!(group.leaders_of(Rank::Leader).count() as u64, leaders, "leaders of {}", group.name);
        }
        assert_eq!(
            group.members.len(),
            count(&expected[2]),
            "members of {}: {:?}",
            group.name,
            group.members.iter().map(|m| &m.name).collect::<Vec<_>>()
        );
    }
    let experts = &plan.organisation.expert_groups;
    assert_eq!(
        experts.iter().map(|g| g.name.as_str()).collect::<Vec<_>>(),
        ["决策咨询专家组", "疫情防控专家组", "医疗救治专家组"]
    );
    assert_eq!(experts[0].status, BodyStatus::NotYetSetUp);
    assert_eq!(experts[1].status, BodyStatus::SetUp);
    let sets: Vec<(&str, usize)> = plan.measure_sets.iter().map(|s| (s.title.as_str(), s.items.len())).collect();
    assert!(sets.contains(&("应急准备措施", count(&key["preparedness_measures"]))), "{sets:?}");
    assert!(sets.contains(&("应急保障", count(&key["safeguards"]))), "{sets:?}");
    procedure(plan, &key);
    assert!(plan.times.iter().any(|t| t.kind == TimeKind::LookBack { amount: Number(14.0), unit: DurationUnit::Day }));
    four_level_findings(&reading);
}

fn procedure(plan: &Plan, key: &Value) {
    let p = &plan.level_procedure;
    let names = |members: &[lianfang_domain::plan::Member]| members.iter().map(|m| m.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&p.proposes), ["区卫健局"]);
    assert_eq!(names(&p.approves), ["区人民政府", "疫情防控指挥部"]);
    assert_eq!(names(&p.files_with), ["市卫健委"]);
    assert_eq!((p.jump_up, p.jump_down), (Some(true), Some(true)));
    assert_eq!(p.lowering_needs, [LoweringNeed::Trend, LoweringNeed::EffectAssessment]);
    assert_eq!(p.termination.conditions.len(), key["termination"]["conditions_all"].as_array().unwrap().len());
    assert_eq!(p.termination.mode, lianfang_domain::plan::ConditionMode::All);
    assert!(plan.times.iter().any(|t| t.kind == TimeKind::Incubations { multiple: Number(2.0), maximum: true }));
}

fn four_level_findings(reading: &Reading) {
    assert!(has(reading, FindingCode::NumberLost, "生活物资保障组"));
    assert!(has(reading, FindingCode::NumberLost, "经济运行保障组"));
    assert!(has(reading, FindingCode::NumberRepeated, "(二)"));
    assert!(has(reading, FindingCode::DocumentNumberDamaged, "202054"));
    assert!(has(reading, FindingCode::DateDamaged, "2020928"));
    assert!(has(reading, FindingCode::Repaired, "14"));
    assert!(has(reading, FindingCode::GroupUndefined, "疫情防控救治专家组"));
    assert!(has(reading, FindingCode::NotYetSetUp, "决策咨询专家组"));
    assert!(has(reading, FindingCode::BoilerplateDuty, ""));
    no_errors(reading);
}

#[test]
fn the_level_one_response_gives_its_key() {
    let Some((reading, key)) = shared("district-level-one-response") else { return };
    let plan = only(&reading);
    assert_eq!(plain(&plan.title.as_ref().unwrap().text), plain(key["title"].as_str().unwrap()));
    let level = plan.levels.iter().find(|l| l.level == ResponseLevel::I).unwrap();
    assert_eq!(level.active_from.unwrap().to_string(), key["activated_on"].as_str().unwrap());
    assert!(plan.times.iter().any(|t| t.kind == TimeKind::For { amount: Number(14.0), unit: DurationUnit::Day }));
    let hq = &plan.organisation.headquarters[0];
    let expected = &key["headquarters"];
    assert_eq!(hq.leaders_of(Rank::Commander).count(), count(&expected["commander"]));
    assert_eq!(hq.leaders_of(Rank::ExecutiveDeputyCommander).count(), count(&expected["executive_deputy"]));
    assert_eq!(hq.leaders_of(Rank::DeputyCommander).count(), count(&expected["deputies"]));
    assert_eq!(
        hq.members.len(),
        count(&expected["members"]),
        "{:?}",
        hq.members.iter().map(|m| &m.name).collect::<Vec<_>>()
    );
    assert_eq!(hq.office.as_ref().unwrap().host.as_deref(), expected["office_in"].as_str());
    let groups = &plan.organisation.groups;
    assert_eq!(
        groups.len(),
        key["groups"].as_array().unwrap().len(),
        "{:?}",
        groups.iter().map(|g| &g.name).collect::<Vec<_>>()
    );
    for (group, expected) in groups.iter().zip(key["groups"].as_array().unwrap()) {
        assert_eq!(group.name, expected["name"].as_str().unwrap());
        let leaders = group.leaders_of(Rank::Leader).count() + group.leaders_of(Rank::LeadingOfficial).count();
        assert_eq!(leaders, count(&expected["leaders"]), "leaders of {}", group.name);
        assert_eq!(
            group.leaders_of(Rank::DeputyLeader).count(),
            expected["deputies"].as_u64().map_or(0, |n| n as usize)
        );
        assert_eq!(group.lead_units[0].name, expected["lead_unit"].as_str().unwrap());
        assert_eq!(
            group.members.len(),
            expected["members"].as_u64().map_or(0, |n| n as usize),
            "members of {}: {:?}",
            group.name,
            group.members.iter().map(|m| &m.name).collect::<Vec<_>>()
        );
        assert_eq!(group.duties.len(), count(&expected["duties"]), "duties of {}", group.name);
    }
    let township = plan.unit_duties.iter().find(|d| d.unit.contains("乡镇")).unwrap();
    assert_eq!(township.duties.len(), count(&key["township_duties"]));
    let mechanisms: Vec<Value> = plan.mechanisms.iter().map(|m| Value::from(m.name.as_str())).collect();
    assert_eq!(Value::from(mechanisms), key["mechanisms"]);
    level_one_times(plan);
    level_one_findings(&reading);
}

fn level_one_times(plan: &Plan) {
    let clock = |hour| lianfang_domain::plan::TimeOfDay { hour, minute: 0 };
    let any = |kind: &TimeKind| plan.times.iter().any(|t| t.kind == *kind);
    assert!(any(&TimeKind::DailyAt { at: clock(9) }), "meeting");
    assert!(any(&TimeKind::DailyBy { by: clock(15) }), "daily report");
    assert!(any(&TimeKind::TimesPerDay { times: 2, days: Some(14) }), "temperature");
    assert!(any(&TimeKind::Standing { hours: 24 }), "duty");
    assert!(any(&TimeKind::LookBack { amount: Number(24.0), unit: DurationUnit::Hour }), "previous 24 h");
    let daily: Vec<_> = plan
        .report_flows
        .iter()
        .filter(|f| {
            f.when.as_ref().is_some_and(|w| w.kind == TimeKind::DailyBy { by: clock(15) })
                || f.text.contains("前24小时")
        })
        .collect();
    assert!(daily.iter().any(|f| f.from.iter().any(|u| u.contains("工作组"))), "{:#?}", plan.report_flows);
    assert!(daily.iter().any(|f| f.from.iter().any(|u| u.contains("乡镇"))), "{:#?}", plan.report_flows);
    let reward: Vec<_> = plan.quantities.iter().filter(|q| q.unit == "元").collect();
    assert_eq!(reward.len(), 1);
    assert_eq!(reward[0].value, Some(Number(2000.0)));
}

fn level_one_findings(reading: &Reading) {
    assert!(has(reading, FindingCode::DutyWithoutMembership, "区住建局"));
    assert!(has(reading, FindingCode::DutyWithoutMembership, "区煤管局"));
    assert!(has(reading, FindingCode::LeadWithoutDuty, "区人社局"));
    assert!(has(reading, FindingCode::NumberGap, "缺第 2 项"));
    let shared = reading.findings.iter().find(|f| f.code == FindingCode::PhoneShared).unwrap();
    assert!(shared.message_zh.contains("4 个组"), "{}", shared.message_zh);
    assert!(has(reading, FindingCode::NumberStyle, "8"));
    assert!(has(reading, FindingCode::SentSeparately, "另发"));
    let members: Vec<_> = reading
        .findings
        .iter()
        .filter(|f| f.code == FindingCode::DutyWithoutMembership)
        .map(|f| &f.message_zh)
        .collect();
    assert!(members.len() <= 4, "{members:#?}");
    no_errors(reading);
}

#[test]
fn the_capacity_programme_gives_its_key() {
    let Some((reading, key)) = shared("city-capacity-programme") else { return };
    let plan = only(&reading);
    assert_eq!(plain(&plan.title.as_ref().unwrap().text), plain(key["title"].as_str().unwrap()));
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/plans/keys");
    let tasks: Value =
        serde_json::from_slice(&std::fs::read(folder.join(key["tasks_file"].as_str().unwrap())).unwrap()).unwrap();
    let tasks = tasks.as_array().unwrap();
    assert_eq!(plan.tasks.len(), tasks.len());
    for (task, expected) in plan.tasks.iter().zip(tasks) {
        let title = expected["title"].as_str().unwrap();
        assert_eq!(u64::from(task.source.line), expected["line"].as_u64().unwrap(), "line of {title}");
        assert!(title.ends_with(&task.title), "{title} / {}", task.title);
        let units: Vec<Value> = task.responsible.iter().map(|r| Value::from(r.unit.as_str())).collect();
        assert_eq!(Value::from(units), expected["units"], "units of {title}");
        assert_eq!(task.shared_by_duty, expected["share_by_duty"].as_bool().unwrap());
        assert!(
            task.responsible.iter().any(|r| r.role == ResponsibilityRole::Shared && r.unit == "县"),
            "share of {title}"
        );
        let deadline = task.deadlines.iter().find(|d| d.place == DeadlinePlace::Responsibility).unwrap();
        assert_eq!(deadline.text, expected["deadline_text"].as_str().unwrap());
        assert_eq!(deadline.ongoing, deadline.text.contains("长期坚持"));
        assert!(deadline.date.unwrap().date().is_some());
    }
    quantities(plan, &key);
    for (name, items) in key["lists"].as_object().unwrap() {
        let list = plan
            .named_lists
            .iter()
            .find(|l| l.name == *name)
            .unwrap_or_else(|| panic!("{name}: {:?}", plan.named_lists));
        let read: Vec<Value> = list.items.iter().map(|i| Value::from(i.as_str())).collect();
        assert_eq!(Value::from(read), *items);
    }
    assert!(has(&reading, FindingCode::YearsDisagree, "2024"));
    assert!(has(&reading, FindingCode::NumberMissing, "倍"));
    assert!(has(&reading, FindingCode::DeadlineTwice, "2022年6月底前"));
    assert!(has(&reading, FindingCode::Redacted, ""));
    assert!(has(&reading, FindingCode::DeadlinePast, ""));
    assert!(!has(&reading, FindingCode::SumMismatch, ""));
    no_errors(&reading);
}

fn quantities(plan: &Plan, key: &Value) {
    let mut left: Vec<_> = plan.quantities.iter().collect();
    let mut missing = Vec::new();
    for expected in key["quantities"].as_array().unwrap() {
        let sign = expected[0].as_str().unwrap();
        let unit = expected[2].as_str().unwrap();
        match left.iter().position(|q| fits(q, sign, &expected[1], unit)) {
            Some(position) => {
                left.remove(position);
            }
            None => missing.push(expected.to_string()),
        }
    }
    let extra: Vec<String> = left.iter().map(|q| format!("{} [{:?}] {}", q.words(), q.role, q.subject)).collect();
    assert!(missing.is_empty(), "missing {missing:#?}\nbeyond the key {extra:#?}");
}
