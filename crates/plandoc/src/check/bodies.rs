use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use lianfang_domain::plan::{Body, BodyStatus, FindingCode, MemberKind, Rank, Severity, Source};
use regex::Regex;

use crate::pattern::pattern;

use super::{Checked, finding::Words};
use crate::{read::Cue, words::Heads};

/// Members, duties, phones and leaders that do not fit together.
pub(super) fn check(checked: &mut Checked<'_>) {
    duties_without_membership(checked);
    leads_without_duty(checked);
    incomplete(checked);
    status(checked);
    undefined(checked);
    listed(checked);
    phones(checked);
    leaders_of_several(checked);
    boilerplate(checked);
}

/// Long forms of words, and the short ones that stand for them.
const SHORT: &[(&str, &str)] = &[
    ("人民政府", "政府"),
    ("卫生健康", "卫健"),
    ("发展和改革", "发改"),
    ("发展改革", "发改"),
    ("交通运输", "交通"),
    ("疾病预防控制", "疾控"),
    ("文体广电和旅游", "文体广旅"),
    ("文化和旅游", "文旅"),
    ("人力资源和社会保障", "人社"),
    ("住房和城乡建设", "住建"),
    ("工业和信息化", "工信"),
    ("市场监督管理", "市场监管"),
    ("委员会", "委"),
    ("办公室", "办"),
];

static LONG: LazyLock<Heads<()>> = LazyLock::new(|| Heads::new(SHORT.iter().map(|&(long, _)| (long, ()))));

/// A name as it is compared: the prefix of the area and usual short forms do not matter.
fn core(name: &str) -> String {
    let folded = crate::text::fold(name);
    let base = folded.split('(').next().unwrap_or(&folded);
    let base = base.strip_prefix("各").unwrap_or(base);
    let mut chars = base.chars();
    let stripped = match chars.next() {
        Some('省' | '市' | '县' | '区' | '州' | '镇') if base.chars().count() > 3 && !base.starts_with("市场") => {
            chars.as_str()
        }
        _ => base,
    };
    let stripped = stripped
        .strip_prefix('委')
        .filter(|rest| rest.ends_with('部') || rest.ends_with("网信办") || rest.ends_with("编办"))
        .unwrap_or(stripped);
    if !LONG.are_inside(stripped) {
        return stripped.to_owned();
    }
    SHORT.iter().fold(
        stripped.to_owned(),
        |name, (long, short)| if name.contains(long) { name.replace(long, short) } else { name },
    )
}

/// Units with duties that are members of no body, once a headquarters lists its members.
fn duties_without_membership(checked: &mut Checked<'_>) {
    let plan = checked.plan;
    let mut members: BTreeSet<String> = BTreeSet::new();
    let mut listed = 0;
    for body in &plan.organisation.headquarters {
        listed += body.members.len();
        members.extend(body.members.iter().chain(&body.lead_units).map(|member| core(&member.name)));
        members.extend(body.office.iter().flat_map(|office| office.host.iter().map(|host| core(host))));
    }
    if listed < 5 {
        return;
    }
    let open = plan.organisation.headquarters.iter().any(|body| body.members_open);
    let mut reported: BTreeSet<String> = BTreeSet::new();
    let groups = plan.organisation.groups.iter();
    let mut named: Vec<(String, Source)> = Vec::new();
    for group in groups {
        for duty in group.duties.iter().filter(|duty| !duty.boilerplate) {
            named.extend(duty.units.iter().map(|unit| (unit.clone(), duty.source.clone())));
        }
        let units = group.lead_units.iter().chain(&group.members).filter(|member| member.kind == MemberKind::Unit);
        named.extend(units.map(|member| (member.name.clone(), member.source.clone())));
    }
    named.extend(plan.unit_duties.iter().map(|duty| (duty.unit.clone(), duty.source.clone())));
    for (unit, source) in named {
        let key = core(&unit);
        let collective = unit.starts_with('各')
            || unit.contains('、')
            || key.chars().count() < 3
            || !key.ends_with(['局', '委', '办', '部', '院', '会', '所', '队', '站']) && !key.ends_with("中心");
        if collective
            || members.contains(&key)
            || members
                .iter()
                .any(|member| member.contains(&key) || key.contains(member.as_str()) && member.chars().count() >= 3)
            || !reported.insert(key)
        {
            continue;
        }
        let severity = if open { Severity::Note } else { Severity::Warning };
        checked.report(
            FindingCode::DutyWithoutMembership,
            severity,
            &source,
            Words::new(
                format!("“{unit}”承担职责，但不在指挥部成员单位名单中"),
                format!("“{unit}” has duties but is not a member of the headquarters"),
            )
            .ask("是否应列入成员单位？", "Should it be a member?"),
        );
    }
}

/// A lead unit of a group whose duties name other units but never it.
fn leads_without_duty(checked: &mut Checked<'_>) {
    let plan = checked.plan;
    for group in &plan.organisation.groups {
        let duties: Vec<_> = group.duties.iter().filter(|duty| !duty.boilerplate).collect();
        let with_units = duties.iter().filter(|duty| !duty.units.is_empty()).count();
        if duties.len() < 2 || with_units < duties.len() {
            continue;
        }
        let named: BTreeSet<String> = duties.iter().flat_map(|duty| duty.units.iter().map(|unit| core(unit))).collect();
        for lead in &group.lead_units {
            if !named.contains(&core(&lead.name)) {
                checked.report(
                    FindingCode::LeadWithoutDuty,
                    Severity::Question,
                    &lead.source,
                    Words::new(
                        format!("“{}”的牵头单位“{}”在该组职责中没有自己的任务", group.name, lead.name),
                        format!("“{}”, which leads “{}”, has no duty of its own there", lead.name, group.name),
                    )
                    .ask("牵头单位负责哪些工作？", "What does the lead unit do?"),
                );
            }
        }
    }
}

fn incomplete(checked: &mut Checked<'_>) {
    let plan = checked.plan;
    for group in plan.organisation.groups.iter().filter(|group| group.status == BodyStatus::SetUp) {
        let nobody = group.leaders.is_empty() && group.lead_units.is_empty() && group.members.is_empty();
        let (zh, en) = match (nobody, group.duties.is_empty()) {
            (true, _) => ("没有组长、牵头单位和成员单位", "has neither leader nor units"),
            (false, true) => ("没有写明职责", "has no duties"),
            _ => continue,
        };
        checked.report(
            FindingCode::GroupIncomplete,
            Severity::Question,
            &group.source,
            Words::new(format!("“{}”{zh}", group.name), format!("“{}” {en}", group.name))
                .ask("是否另有规定？", "Is it laid down elsewhere?"),
        );
    }
    let ctx = checked.ctx;
    for word in ["另发", "另行印发", "另行通知", "另行发文", "另文下发"] {
        for (at, _) in ctx.cues.of(Cue::SentSeparately).filter(|&place| ctx.text(place) == word).take(5) {
            let range = ctx.clause_around(at);
            checked.report_range(
                FindingCode::SentSeparately,
                Severity::Question,
                range,
                Words::new("名单或内容另发，本文件中没有", "a list is sent separately and is not in this document")
                    .ask("请提供另发的名单。", "Please provide it."),
            );
        }
    }
}

fn status(checked: &mut Checked<'_>) {
    for body in checked.plan.organisation.bodies().filter(|body| body.status == BodyStatus::NotYetSetUp) {
        checked.report(
            FindingCode::NotYetSetUp,
            Severity::Question,
            &body.source,
            Words::new(format!("“{}”目前尚未成立", body.name), format!("“{}” is not yet set up", body.name))
                .ask("何时成立？成立前由谁代行职责？", "When will it be, and who acts until then?"),
        );
    }
}

/// Expert groups and groups that act in criteria or procedures without being defined.
fn undefined(checked: &mut Checked<'_>) {
    static ACTS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?P<n>(?:[省市县区州]级?|国家)?[\p{Han}]{0,12}?(?:专家组|专家委员会|专家咨询委员会))(?:认定|评估|研判|提出|复核|会商|论证)",
        )
    });
    let plan = checked.plan;
    let defined: Vec<String> = plan.organisation.bodies().map(|body| core(&body.name)).collect();
    let experts_defined = !plan.organisation.expert_groups.is_empty();
    let mut reported: BTreeSet<String> = BTreeSet::new();
    let criteria = plan.levels.iter().flat_map(|level| level.criteria.iter().map(|c| (&c.text, &c.source)));
    for (text, source) in criteria {
        let folded = crate::text::fold(text);
        let Some(captures) = ACTS.captures(&folded) else { continue };
        let Some(name) = captures.name("n").map(|m| m.as_str()) else { continue };
        let bare = name.trim_start_matches(['省', '市', '县', '区', '州']).trim_start_matches('级');
        let known =
            defined.iter().any(|known| known == bare || known == &core(name) || (bare == "专家组" && experts_defined));
        let higher = name.starts_with(['省']) || name.starts_with("国家");
        if known || higher || !reported.insert(bare.to_owned()) {
            continue;
        }
        checked.report(
            FindingCode::GroupUndefined,
            Severity::Question,
            source,
            Words::new(
                format!("“{name}”在分级标准中起作用，但组织机构部分没有定义"),
                format!("“{name}” acts in the criteria but is not defined in the part on organisation"),
            )
            .ask("它与组织机构中的哪个专家组对应？", "Which of the groups defined is meant?"),
        );
    }
}

/// `下设8个工作组` and `下设甲组、乙组…` against the groups described.
fn listed(checked: &mut Checked<'_>) {
    static COUNT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:下设|设立|设|成立|分设|组建)(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3})个(?:专项)?(?:工作组|专项组|小组|专班|应急工作组|组)",
        )
    });
    static NAMES: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:下设|设立|设有|分设)(?P<l>[^。;\n]*?组[^。;\n]*)"));
    let plan = checked.plan;
    let ctx = checked.ctx;
    let groups: Vec<String> = plan.organisation.groups.iter().map(|group| group.name.clone()).collect();
    if groups.len() < 2 {
        return;
    }
    let text = &ctx.doc.folded;
    if let Some(captures) = text.contains('个').then(|| COUNT.captures(text)).flatten() {
        let (Some(whole), Some(n)) = (captures.get(0), captures.name("n")) else { return };
        let stated =
            n.as_str().parse::<usize>().ok().or_else(|| crate::outline::chinese_number(n.as_str()).map(|n| n as usize));
        if let Some(stated) = stated.filter(|&n| n != groups.len()) {
            checked.report_range(
                FindingCode::CountMismatch,
                Severity::Warning,
                (whole.start(), whole.end()),
                Words::new(
                    format!("文中写 {stated} 个工作组，实际列出 {} 个", groups.len()),
                    format!("the text says {stated} groups; {} are described", groups.len()),
                )
                .ask("以哪个为准？", "Which is right?"),
            );
        }
    }
    let Some(captures) = NAMES.captures(text) else { return };
    let Some(list) = captures.name("l") else { return };
    let mut missing = Vec::new();
    let mut found = 0;
    for name in list.as_str().split(['、', ',', '和', '及']) {
        let name = name.trim().split('等').next().unwrap_or("").trim_matches(|c: char| c == '(' || c == ')');
        let name = name.split('(').next().unwrap_or(name);
        if !name.ends_with('组') || name.chars().count() > 14 || name.ends_with("工作组") && name.chars().count() <= 5
        {
            continue;
        }
        if groups.iter().any(|group| group.contains(name) || name.contains(group.as_str()))
            || plan.organisation.expert_groups.iter().any(|g| g.name.contains(name))
        {
            found += 1;
        } else {
            missing.push(name.to_owned());
        }
    }
    // A name with 和 or 及 inside was cut; only whole lists are judged.
    if found >= 2 && !missing.is_empty() {
        let missing: Vec<String> =
            missing.into_iter().filter(|name| !groups.iter().any(|group| group.ends_with(name.as_str()))).collect();
        if !missing.is_empty() {
            checked.report_range(
                FindingCode::GroupListMismatch,
                Severity::Warning,
                (list.start(), list.end()),
                Words::new(
                    format!("名单中的“{}”没有单独说明", missing.join("、")),
                    format!("listed but not described: {}", missing.join(", ")),
                )
                .ask("这些组的组成和职责是什么？", "Who belongs to them and what do they do?"),
            );
        }
    }
}

/// One number for several bodies.
fn phones(checked: &mut Checked<'_>) {
    let plan = checked.plan;
    let mut by_number: BTreeMap<&str, Vec<(&str, &Source)>> = BTreeMap::new();
    for phone in plan.organisation.phones.iter().filter(|phone| !phone.number.contains('*')) {
        let body = phone.body.as_deref().unwrap_or("");
        by_number.entry(phone.number.as_str()).or_default().push((body, &phone.source));
    }
    for uses in by_number.values() {
        let bodies: BTreeSet<&str> = uses.iter().map(|(body, _)| *body).filter(|body| !body.is_empty()).collect();
        if bodies.len() < 2 {
            continue;
        }
        let names: Vec<&str> = bodies.into_iter().collect();
        let source = uses[0].1;
        checked.report(
            FindingCode::PhoneShared,
            Severity::Question,
            source,
            Words::new(
                format!("同一电话用于 {} 个组：{}", names.len(), names.join("、")),
                format!("one telephone number serves {} groups: {}", names.len(), names.join(", ")),
            )
            .ask("忙时谁替代接听？", "Who answers when it is busy?"),
        );
    }
}

/// One person or post that leads three groups or more.
fn leaders_of_several(checked: &mut Checked<'_>) {
    let plan = checked.plan;
    let mut by_person: BTreeMap<&str, Vec<(&Body, &Source)>> = BTreeMap::new();
    for group in &plan.organisation.groups {
        for leader in group.leaders.iter().filter(|l| l.rank == Rank::Leader) {
            if let Some(person) = leader.person.as_deref().filter(|p| !p.contains(['*', 'X', '某'])) {
                by_person.entry(person).or_default().push((group, &leader.source));
            }
        }
    }
    for (person, groups) in by_person {
        if groups.len() >= 2 {
            let names: Vec<&str> = groups.iter().map(|(group, _)| group.name.as_str()).collect();
            checked.report(
                FindingCode::LeaderOfSeveral,
                Severity::Note,
                groups[0].1,
                Words::new(
                    format!("{person} 同时任 {} 个组的组长：{}", names.len(), names.join("、")),
                    format!("{person} leads {} groups: {}", names.len(), names.join(", ")),
                )
                .ask("同时启动时由谁代理？", "Who deputises when all are active?"),
            );
        }
    }
}

/// The closing phrase of duty lists, counted once for the document.
fn boilerplate(checked: &mut Checked<'_>) {
    let duties: Vec<&Source> = checked
        .plan
        .organisation
        .bodies()
        .flat_map(|body| &body.duties)
        .filter(|duty| duty.boilerplate)
        .map(|duty| &duty.source)
        .collect();
    if let Some(&first) = duties.first() {
        let count = duties.len();
        let noun = if count == 1 { "duty closes" } else { "duties close" };
        checked.report(
            FindingCode::BoilerplateDuty,
            Severity::Note,
            &first.clone(),
            Words::new(
                format!("“承担交办的其他工作”一类套话 {count} 处，已标记，不作为任务"),
                format!("{count} {noun} its list with “other work assigned”; tagged, not made a task"),
            ),
        );
    }
}
