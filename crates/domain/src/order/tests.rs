use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::{
    Id, Lang, OrderId, UnitId,
    plan::{
        Body, BodyKind, ConditionMode, Confidence, Deadline, DeadlinePlace, Duty, Level, Measure, Member, MemberKind,
        PartialDate, Plan, ResponseLevel, Responsibility, ResponsibilityRole, Rule, Source, Span, Task, TimeKind,
        TimeOfDay, TimeRule,
    },
};

fn source(start: u32, end: u32) -> Source {
    let span = Span { start, end };
    Source { span, line: 1, column: 1, rule: Rule::Sentence, confidence: Confidence::Certain, repairs: Vec::new() }
}

fn unit(n: i64) -> UnitId {
    UnitId(Id::from_number(n))
}

fn measure(start: u32, text: &str, units: &[&str]) -> Measure {
    let units = units.iter().map(|&unit| unit.to_owned()).collect();
    Measure { number: None, under: None, text: text.to_owned(), units, source: source(start, start + 9) }
}

fn level(level: ResponseLevel, includes: Option<ResponseLevel>, measures: Vec<Measure>) -> Level {
    Level {
        level,
        names: Vec::new(),
        criteria_mode: ConditionMode::Any,
        criteria: Vec::new(),
        includes,
        measures,
        review_chain: Vec::new(),
        decided_by: Vec::new(),
        active_from: None,
        sources: Vec::new(),
    }
}

fn member(name: &str, kind: MemberKind) -> Member {
    let (name, text) = (name.to_owned(), name.to_owned());
    Member { name, text, kind, aliases: Vec::new(), confidence: Confidence::Certain, source: source(0, 1) }
}

fn duty(start: u32, text: &str, boilerplate: bool) -> Duty {
    Duty { number: None, text: text.to_owned(), units: Vec::new(), boilerplate, source: source(start, start + 9) }
}

fn group(name: &str, lead: &[&str], members: &[&str], duties: Vec<Duty>) -> Body {
    let mut body = Body::new(name, BodyKind::WorkGroup, source(0, 1));
    body.lead_units = lead.iter().map(|name| member(name, MemberKind::Unit)).collect();
    body.members = members.iter().map(|name| member(name, MemberKind::Unit)).collect();
    body.duties = duties;
    body
}

fn daily(start: u32) -> TimeRule {
    let kind = TimeKind::DailyBy { by: TimeOfDay { hour: 15, minute: 0 } };
    TimeRule { kind, subject: String::new(), text: String::new(), source: source(start, start + 2) }
}

/// Ⅳ asks for two things, Ⅲ on top of it for one; a group, a task, and what closes every list.
fn plan() -> Plan {
    let mut plan = Plan::default();
    plan.organisation.groups = vec![
        group(
            "医疗救治组",
            &["区卫健局"],
            &["区医保局"],
            vec![
                duty(100, "负责病例救治、转运和医院感染防控", false),
                duty(120, "每日15:00前报告床位", false),
                duty(140, "承担领导交办的其他工作", true),
            ],
        ),
        group("宣传引导组", &[], &["区融媒体中心", "区教育局"], vec![duty(160, "负责信息发布、舆情引导", false)]),
    ];
    plan.levels = vec![
        level(
            ResponseLevel::Iv,
            None,
            vec![measure(200, "做好病例转运，严防医院感染", &[]), measure(220, "公共场所消毒通风", &[])],
        ),
        level(ResponseLevel::Iii, Some(ResponseLevel::Iv), vec![measure(240, "各乡镇开展排查", &["各乡镇"])]),
    ];
    plan.times = vec![daily(121)];
    let by = |unit: &str, role| Responsibility { unit: unit.to_owned(), text: unit.to_owned(), role };
    plan.tasks = vec![Task {
        number: None,
        title: "扩充隔离房间".to_owned(),
        path: Vec::new(),
        text: "全区准备隔离房间".to_owned(),
        responsible: vec![
            by("区发改局", ResponsibilityRole::Lead),
            by("各乡镇", ResponsibilityRole::Support),
            by("区水务局", ResponsibilityRole::Support),
        ],
        shared_by_duty: false,
        units_open: false,
        deadlines: vec![Deadline {
            date: Some(PartialDate { year: Some(2027), month: Some(6), day: Some(30), year_from_document: false }),
            ongoing: true,
            place: DeadlinePlace::Responsibility,
            text: String::new(),
            source: source(310, 315),
        }],
        source: source(300, 320),
    }];
    plan
}

fn meant() -> UnitsMeant {
    let names = [("区卫健局", 1), ("区医保局", 2), ("区融媒体中心", 3), ("区教育局", 4), ("区发改局", 5)];
    UnitsMeant {
        names: names.map(|(name, n)| (name.to_owned(), Some(unit(n)))).into(),
        kinds: BTreeMap::from([(Collective::Townships, vec![unit(11), unit(12)])]),
    }
}

fn at(level: Option<ResponseLevel>) -> Vec<OrderDraft> {
    propose(&plan(), &Asked::everything(level), &meant(), Lang::Zh)
}

fn find<'a>(drafts: &'a [OrderDraft], text: &str) -> &'a OrderDraft {
    drafts.iter().find(|draft| draft.text.contains(text)).unwrap()
}

#[test]
fn a_level_asks_for_its_own_measures_and_those_that_it_includes() {
    let measures = |level| at(Some(level)).iter().filter(|draft| draft.kind == DraftKind::Measure).count();
    assert_eq!((measures(ResponseLevel::Iv), measures(ResponseLevel::Iii)), (2, 3));
    assert_eq!(at(None).iter().filter(|draft| draft.kind == DraftKind::Measure).count(), 0);
    let drafts = at(Some(ResponseLevel::Iii));
    let townships: Vec<_> = find(&drafts, "排查").units().collect();
    assert_eq!(townships, [(unit(11), OrderRole::Responsible), (unit(12), OrderRole::Responsible)]);
}

#[test]
fn a_measure_without_a_unit_goes_to_the_group_that_its_words_fit_or_waits_for_a_person() {
    let drafts = at(Some(ResponseLevel::Iv));
    let fitting = find(&drafts, "严防医院感染");
    assert_eq!(fitting.fits.as_deref(), Some("医疗救治组"));
    assert_eq!(fitting.units().collect::<Vec<_>>(), [(unit(1), OrderRole::Lead)]);
    let open = find(&drafts, "消毒通风");
    assert_eq!((open.fits.as_deref(), open.owners[0].unit.clone()), (None, Err(Missing::NobodyNamed)));
    assert!(open.is_blocked() && !fitting.is_blocked());
}

#[test]
fn duties_go_to_lead_and_members_and_what_closes_every_list_to_nobody() {
    let drafts = at(None);
    assert!(drafts.iter().all(|draft| !draft.text.contains("其他工作")));
    let duty = find(&drafts, "病例救治");
    let parts: Vec<_> = duty.units().collect();
    assert_eq!(parts, [(unit(1), OrderRole::Lead), (unit(2), OrderRole::Support)]);
    assert!(is_recurring(find(&drafts, "报告床位").limit.as_ref().unwrap()));
    let without_lead = find(&drafts, "舆情引导");
    assert_eq!(without_lead.owners[0].unit, Err(Missing::NoLead), "nobody is made the lead by the machine");
    assert_eq!(without_lead.units().count(), 2);
}

#[test]
fn a_task_goes_to_all_of_a_kind_and_only_the_name_that_is_not_settled_waits() {
    let drafts = at(None);
    let task = find(&drafts, "隔离房间");
    let parts: Vec<_> = task.units().collect();
    let support = OrderRole::Support;
    assert_eq!(parts, [(unit(5), OrderRole::Lead), (unit(11), support), (unit(12), support)]);
    let waiting: Vec<_> = task.owners.iter().filter(|owner| owner.unit.is_err()).collect();
    assert_eq!((waiting.len(), waiting[0].name.as_str()), (1, "区水务局"));
    assert!(matches!(task.limit, Some(TimeKind::ByDate { ongoing: true, .. })) && task.ongoing);
}

fn standing_order(n: i64, key: String) -> StandingOrder {
    StandingOrder { id: OrderId(Id::from_number(n)), key, is_done: false }
}

/// Issues what a change adds, and takes away what it lifts.
fn applied(standing: &[StandingOrder], change: &LevelChange, next: &mut i64) -> Vec<StandingOrder> {
    let mut after: Vec<StandingOrder> =
        standing.iter().filter(|order| !change.lift.contains(&order.id)).cloned().collect();
    for draft in &change.add {
        for (unit, _) in draft.units() {
            *next += 1;
            after.push(standing_order(*next, draft.key_for(unit)));
        }
    }
    after
}

fn keys(standing: &[StandingOrder]) -> Vec<&str> {
    let mut keys: Vec<&str> = standing.iter().map(|order| order.key.as_str()).collect();
    keys.sort_unstable();
    keys
}

proptest! {
    /// A plan of four levels with measures of any units, and any walk through its levels.
    #[test]
    fn raising_and_lowering_leaves_what_the_level_asks_for_and_nothing_twice(
        measures in prop::collection::vec((0_usize..4, 0_usize..6, any::<bool>()), 1..24),
        walk in prop::collection::vec(0_usize..4, 1..8),
    ) {
        let names = ["区卫健局", "区医保局", "区融媒体中心", "区教育局", "各乡镇", "区水务局"];
        let texts = |index: usize, same: bool| if same { "同样的措施".to_owned() } else { format!("第{index}项措施") };
        let mut plan = Plan::default();
        for (place, level_of) in ResponseLevel::ALL.into_iter().rev().enumerate() {
            let own = measures.iter().enumerate().filter(|(_, (level, ..))| *level == place);
            let own = own.map(|(index, (_, unit, same))| {
                let start = u32::try_from(index).unwrap() * 10;
                measure(start, &texts(index, *same), &[names[*unit]])
            });
            plan.levels.push(level(level_of, level_of.lower(), own.collect()));
        }
        let asked = |place: usize| {
            let level = ResponseLevel::ALL[3 - place];
            propose(&plan, &Asked::everything(Some(level)), &meant(), Lang::Zh)
        };
        let (mut standing, mut next, mut now) = (Vec::new(), 0, Vec::new());
        for place in walk {
            let new = asked(place);
            let change = level_change(&standing, &now, &new);
            standing = applied(&standing, &change, &mut next);
            let mut expected: Vec<String> =
                new.iter().flat_map(|draft| draft.units().map(|(unit, _)| draft.key_for(unit))).collect();
            expected.sort();
            prop_assert_eq!(keys(&standing), expected.iter().map(String::as_str).collect::<Vec<_>>());
            let mut seen = keys(&standing);
            seen.dedup();
            prop_assert_eq!(seen.len(), standing.len(), "nothing stands twice");
            let again = level_change(&standing, &new, &new);
            prop_assert!(again.lift.is_empty() && again.add.iter().all(|draft| draft.units().count() == 0));
            now = new;
        }
    }
}

#[test]
fn a_unit_that_a_person_chose_stays_chosen_and_other_orders_are_left_alone() {
    let (iv, iii) = (at(Some(ResponseLevel::Iv)), at(Some(ResponseLevel::Iii)));
    let order = standing_order;
    let chosen = find(&iv, "消毒通风").key_for(unit(9));
    let standing = vec![order(1, chosen), order(2, "written".to_owned())];
    let change = level_change(&standing, &iv, &iii);
    assert!(change.add.iter().all(|draft| !draft.text.contains("消毒通风")), "it is not asked for again");
    assert!(change.lift.is_empty());
    let ended = level_change(&standing, &iii, &[]);
    assert_eq!(ended.lift, [OrderId(Id::from_number(1))]);
    assert_eq!(ended.keep, [OrderId(Id::from_number(2))]);
}

#[test]
fn what_was_done_is_not_asked_for_again_and_not_lifted() {
    let (iv, iii) = (at(Some(ResponseLevel::Iv)), at(Some(ResponseLevel::Iii)));
    let draft = find(&iv, "消毒通风");
    let done = StandingOrder { is_done: true, ..standing_order(1, draft.key_for(unit(9))) };
    let raised = level_change(std::slice::from_ref(&done), &iv, &iii);
    assert!(raised.add.iter().all(|one| one.key != draft.key) && raised.lift.is_empty());
    let ended = level_change(&[done], &iii, &[]);
    assert!(ended.lift.is_empty());
}

#[test]
fn a_newer_version_keeps_orders_of_the_same_words_and_names_those_whose_clause_is_gone() {
    let before = at(Some(ResponseLevel::Iii));
    // The same clauses further down in the text, one of them worded otherwise.
    let moved = |draft: &OrderDraft| OrderDraft { key: format!("{}0", draft.key), ..draft.clone() };
    let mut now: Vec<OrderDraft> = before.iter().map(moved).collect();
    let (kept, reworded) = (&before[0], &before[1]);
    now[1].text = "改写后的条款".to_owned();
    let standing = [
        standing_order(1, kept.key_for(unit(9))),
        standing_order(2, reworded.key_for(unit(9))),
        StandingOrder { is_done: true, ..standing_order(3, reworded.key_for(unit(8))) },
    ];
    let carried = carry_over(&standing, &before, &now);
    assert_eq!(carried.kept, [standing_order(1, now[0].key_for(unit(9)))]);
    assert_eq!(carried.gone, [OrderId(Id::from_number(2))]);
    let change = level_change(&carried.kept, &[], &now);
    assert!(change.add.iter().any(|draft| draft.text == "改写后的条款"));
    assert!(carry_over(&standing, &before, &before).gone.is_empty());
}

#[test]
fn a_plan_that_is_to_be_made_and_is_not_there_becomes_an_order() {
    let mut plan = Plan::default();
    let school = duty(10, "制定校园疫情防控应急预案，并组织演练", false);
    plan.organisation.groups = vec![group("教育防控组", &["区教育局"], &[], vec![school])];
    let meant = UnitsMeant { names: [("区教育局".to_owned(), Some(unit(5)))].into(), ..UnitsMeant::default() };
    let sub_plans = |there: &[&str]| {
        let there = there.iter().map(|title| (*title).to_owned()).collect();
        let asked = Asked { plans_there: there, ..Asked::everything(None) };
        propose(&plan, &asked, &meant, Lang::Zh)
            .into_iter()
            .filter(|one| one.kind == DraftKind::SubPlan)
            .collect::<Vec<_>>()
    };
    let [draft] = &sub_plans(&[])[..] else { panic!("one plan is to be made") };
    assert!(draft.text.contains("《校园疫情防控应急预案》") && draft.is_blocked() != draft.units().next().is_some());
    assert!(sub_plans(&["清河区校园疫情防控应急预案"]).is_empty());
}

/// What everybody may, with words given.
fn everybody() -> OrderFacts {
    OrderFacts { is_issuer: true, is_receiver: true, has_words: true, has_clock: true, ..OrderFacts::default() }
}

#[test]
fn an_order_goes_from_issue_to_done_and_back_when_it_is_sent_back() {
    let mut state = OrderState::Issued;
    for act in [OrderAct::Sign, OrderAct::Start, OrderAct::Report, OrderAct::Return, OrderAct::Start, OrderAct::Report]
    {
        state = next(state, act, &everybody()).unwrap();
    }
    assert_eq!(state, OrderState::Reported);
    assert_eq!(next(state, OrderAct::Close, &everybody()), Ok(OrderState::Done));
    assert_eq!(next(OrderState::Done, OrderAct::Sign, &everybody()), Err(OrderRefusal::Ended(OrderState::Done)));
}

#[test]
fn each_side_does_its_own_acts_and_reasons_are_needed() {
    let unit = OrderFacts { is_issuer: false, ..everybody() };
    let office = OrderFacts { is_receiver: false, ..everybody() };
    assert_eq!(next(OrderState::Issued, OrderAct::Sign, &office), Err(OrderRefusal::OtherSide(OrderSide::Receiver)));
    assert_eq!(next(OrderState::Reported, OrderAct::Close, &unit), Err(OrderRefusal::OtherSide(OrderSide::Issuer)));
    let silent = OrderFacts { has_words: false, ..everybody() };
    for act in [OrderAct::Recall, OrderAct::Reassign, OrderAct::Pause] {
        assert_eq!(next(OrderState::Signed, act, &silent), Err(OrderRefusal::WordsNeeded(act)));
    }
    assert_eq!(next(OrderState::Issued, OrderAct::Report, &everybody()), Err(OrderRefusal::NotSigned));
    let with_subs = OrderFacts { n_open_subs: 2, ..everybody() };
    assert_eq!(next(OrderState::Doing, OrderAct::Report, &with_subs), Err(OrderRefusal::SubOrdersOpen { n: 2 }));
    let request = OrderFacts { is_request: true, ..silent };
    assert_eq!(
        next(OrderState::Reported, OrderAct::Close, &request),
        Err(OrderRefusal::WordsNeeded(OrderAct::Close)),
        "a request is closed by its answer"
    );
}

#[test]
fn what_recurs_is_reported_each_time_and_closed_when_it_is_no_longer_needed() {
    let recurring = OrderFacts { is_recurring: true, ..everybody() };
    assert_eq!(next(OrderState::Signed, OrderAct::Report, &recurring), Ok(OrderState::Doing));
    assert_eq!(next(OrderState::Doing, OrderAct::Report, &recurring), Ok(OrderState::Doing));
    assert_eq!(next(OrderState::Doing, OrderAct::Close, &recurring), Ok(OrderState::Done));
}

#[test]
fn only_what_is_overdue_is_supervised_and_it_ends_when_it_is_found_right() {
    let (late, now) = (OrderFacts { is_late: true, ..everybody() }, OrderState::Doing);
    let refused = supervise(now, Supervision::None, OrderAct::Notice, &everybody());
    assert_eq!(refused, Err(OrderRefusal::NotLate));
    let walk = [
        (OrderAct::Notice, Supervision::Noticed),
        (OrderAct::Answer, Supervision::Answered),
        (OrderAct::Rectify, Supervision::Rectified),
        (OrderAct::Fail, Supervision::Noticed),
        (OrderAct::Answer, Supervision::Answered),
        (OrderAct::Rectify, Supervision::Rectified),
        (OrderAct::Pass, Supervision::Rechecked),
    ];
    let mut state = Supervision::None;
    for (act, expected) in walk {
        state = supervise(now, state, act, &late).unwrap();
        assert_eq!(state, expected, "{act:?}");
    }
    assert_eq!(supervise(now, Supervision::None, OrderAct::Answer, &late), Err(OrderRefusal::NoNotice));
    assert_eq!(supervise(now, Supervision::Noticed, OrderAct::Rectify, &late), Err(OrderRefusal::NotAnswered));
}

#[test]
fn codes_are_read_again_and_every_refusal_says_what_to_do() {
    assert!(OrderState::ALL.into_iter().all(|one| OrderState::from_code(one.code()) == Some(one)));
    assert!(OrderAct::ALL.into_iter().all(|one| OrderAct::from_code(one.code()) == Some(one)));
    assert!(OrderRole::ALL.into_iter().all(|one| OrderRole::from_code(one.code()) == Some(one)));
    assert!(OrderOrigin::ALL.into_iter().all(|one| OrderOrigin::from_code(one.code()) == Some(one)));
    assert!(Supervision::ALL.into_iter().all(|one| Supervision::from_code(one.code()) == Some(one)));
    assert!(DraftKind::ALL.into_iter().all(|one| DraftKind::from_code(one.code()) == Some(one)));
    for state in OrderState::ALL {
        for act in OrderAct::ALL {
            let Err(why) = next(state, act, &OrderFacts::default()) else { continue };
            assert!(why.words(Lang::Zh).ends_with('。') && why.words(Lang::En).ends_with('.'), "{why:?}");
        }
    }
}
