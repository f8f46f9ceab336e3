//! What the three real plan documents propose as orders, where they are present beside the checkout.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use lianfang_domain::{
    Id, Lang, UnitId,
    order::{Asked, Collective, DraftKind, OrderDraft, OrderRole, StandingOrder, UnitsMeant, level_change, propose},
    plan::{Plan, ResponseLevel, TimeKind, TimeOfDay},
};

use crate::keys::read_file;

/// The only plan of a document, or `None` with a word on it when it is absent.
fn shared(name: &str) -> Option<Plan> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/plans").join(name).with_extension("txt");
    if !path.exists() {
        println!("skipped: the real plan {name} is not present beside the checkout");
        return None;
    }
    read_file(&path).plans.into_iter().next()
}

fn unit(n: usize) -> UnitId {
    UnitId(Id::from_number(i64::try_from(n).unwrap()))
}

/// Every single name of the plan as a unit of its own; three counties, nine townships, and so on.
fn meant(plan: &Plan) -> UnitsMeant {
    let named = plan.unit_names().into_iter().enumerate();
    let names = named.map(|(n, name)| {
        let unit = Collective::of(&name).is_none().then(|| unit(n + 1));
        (name, unit)
    });
    let kinds = [
        (Collective::Counties, 1000..1003),
        (Collective::Townships, 2000..2009),
        (Collective::MedicalInstitutions, 3000..3012),
        (Collective::PrimaryCare, 4000..4008),
    ];
    UnitsMeant { names: names.collect(), kinds: kinds.map(|(kind, units)| (kind, units.map(unit).collect())).into() }
}

fn proposed(plan: &Plan, level: Option<ResponseLevel>) -> Vec<OrderDraft> {
    propose(plan, &Asked::everything(level), &meant(plan), Lang::Zh)
}

fn of(drafts: &[OrderDraft], kind: DraftKind) -> Vec<&OrderDraft> {
    drafts.iter().filter(|draft| draft.kind == kind).collect()
}

#[test]
fn every_measure_of_every_level_becomes_an_order_and_nothing_twice() {
    let Some(plan) = shared("district-four-level-plan") else { return };
    let all: usize = plan.levels.iter().map(|level| level.measures.len()).sum();
    let drafts = proposed(&plan, Some(ResponseLevel::I));
    assert_eq!(of(&drafts, DraftKind::Measure).len(), all);
    assert_eq!(all, 31);
    let by_level = |level| drafts.iter().filter(|draft| draft.level == Some(level)).count();
    assert_eq!(ResponseLevel::ALL.map(by_level), [7, 5, 8, 11]);
    assert_eq!(of(&proposed(&plan, Some(ResponseLevel::Iii)), DraftKind::Measure).len(), 19);
    assert!(drafts.iter().all(|draft| !draft.text.ends_with("承担领导交办的其他工作")));
    let keys: BTreeSet<String> =
        drafts.iter().flat_map(|draft| draft.units().map(|(unit, _)| draft.key_for(unit))).collect();
    assert_eq!(keys.len(), drafts.iter().map(|draft| draft.units().count()).sum::<usize>());
    // Who has a lead unit by its leader's post.
    let group = drafts.iter().find(|draft| draft.kind == DraftKind::Duty && draft.heading == "交通管控组").unwrap();
    let lead: Vec<&str> =
        group.owners.iter().filter(|owner| owner.role == OrderRole::Lead).map(|owner| owner.name.as_str()).collect();
    assert_eq!(lead, ["区交通运输局"]);
}

#[test]
fn raising_adds_the_level_s_measures_and_lowering_lifts_just_those() {
    let Some(plan) = shared("district-four-level-plan") else { return };
    let (iii, ii) = (proposed(&plan, Some(ResponseLevel::Iii)), proposed(&plan, Some(ResponseLevel::Ii)));
    let issued = |drafts: &[OrderDraft]| -> Vec<StandingOrder> {
        let keys = drafts.iter().flat_map(|draft| match draft.units().next() {
            // A person chose for what names nobody.
            None => vec![draft.key_for(unit(9000))],
            Some(_) => draft.units().map(|(unit, _)| draft.key_for(unit)).collect(),
        });
        let order =
            |(n, key): (usize, String)| StandingOrder { id: lianfang_domain::OrderId(unit(n).0), key, is_done: false };
        keys.enumerate().map(order).collect()
    };
    let raised = level_change(&issued(&iii), &iii, &ii);
    let added: Vec<_> = raised.add.iter().filter(|draft| draft.kind == DraftKind::Measure).collect();
    assert_eq!(added.len(), 5);
    assert!(added.iter().all(|draft| draft.level == Some(ResponseLevel::Ii)) && raised.lift.is_empty());
    let lowered = level_change(&issued(&ii), &ii, &iii);
    assert!(lowered.lift.len() >= 5 && lowered.keep.len() + lowered.lift.len() == issued(&ii).len());
}

#[test]
fn seventeen_tasks_with_their_deadlines_go_to_every_county() {
    let Some(plan) = shared("city-capacity-programme") else { return };
    let drafts = proposed(&plan, None);
    let tasks = of(&drafts, DraftKind::Task);
    assert_eq!(tasks.len(), 17);
    let mut by_date: BTreeMap<String, usize> = BTreeMap::new();
    for task in &tasks {
        let Some(TimeKind::ByDate { date, .. }) = &task.limit else { panic!("{} has no deadline", task.heading) };
        *by_date.entry(date.to_string()).or_default() += 1;
        let counties = task.units().filter(|(one, _)| (unit(1000)..unit(1003)).contains(one)).count();
        assert_eq!(counties, 3, "{}: {:?}", task.heading, task.owners);
    }
    assert_eq!(by_date.values().sum::<usize>(), 17);
    assert!(of(&drafts, DraftKind::General).iter().all(|draft| !draft.text.contains("着力提升")), "no task twice");
    assert_eq!(tasks.iter().filter(|task| task.ongoing).count(), 2);
}

#[test]
fn groups_duties_and_daily_clocks_of_the_level_one_response_are_proposed() {
    let Some(plan) = shared("district-level-one-response") else { return };
    let drafts = proposed(&plan, Some(ResponseLevel::I));
    let headings: BTreeSet<&str> = of(&drafts, DraftKind::Duty).iter().map(|draft| draft.heading.as_str()).collect();
    for group in &plan.organisation.groups {
        assert!(headings.contains(group.name.as_str()), "{}", group.name);
    }
    let office = drafts.iter().filter(|draft| draft.heading == "指挥部办公室" && draft.kind == DraftKind::Duty);
    assert_eq!(office.count(), 9);
    let at = |hour| TimeOfDay { hour, minute: 0 };
    let meeting = of(&drafts, DraftKind::Mechanism).into_iter().find(|draft| draft.heading == "例会制度").unwrap();
    assert_eq!(meeting.limit, Some(TimeKind::DailyAt { at: at(9) }));
    let report = of(&drafts, DraftKind::Report).into_iter().find(|draft| draft.text.contains("当日工作情况")).unwrap();
    assert_eq!(report.limit, Some(TimeKind::DailyBy { by: at(15) }));
    assert!(report.units().count() >= 5, "each group's lead reports: {:?}", report.owners);
    let townships = drafts.iter().find(|draft| draft.text.contains("前24小时排查")).unwrap();
    assert_eq!(townships.units().count(), 9);
}
