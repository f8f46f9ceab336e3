use std::collections::BTreeMap;

use lianfang_domain::{
    IncidentId, OrderBatchId, OrderFileId, OrderId, PlanId, UnitId,
    access::{Act, Scope},
    area::AreaCode,
    clock::{Clock, Facts, HOUR_MS, Limit},
    order::{
        Asked, Collective, DraftKind, EvidenceKind, OrderAct, OrderDraft, OrderFacts, OrderOrigin, OrderRole,
        OrderState, UnitsMeant, propose,
    },
    plan::{Plan, ResponseLevel},
    unit::{AreaName, Matcher, Places, Unit, UnitKind},
};
use lianfang_store::{NewOrder, NewOrderFile, OrderRecord, OrderSearch, PlanRecord, Urgency};

use super::{
    district::{DISTRICT, TOWNSHIPS},
    incidents::Cast,
    lay_out::DemoFault,
    units::DISEASE_CONTROL,
};
use crate::{deed::Deed, order::decide};

/// From this score on a name is settled without asking, as the office of a demo has nobody to ask.
const SURE: u16 = 850;
/// The smallest picture there is: what an officer's photograph stands for.
const PICTURE: &[u8] = &[0xFF, 0xD8, 0xFF, 0xD9];

/// The accepted plan with the units that it means.
pub(super) struct Settled {
    record: PlanRecord,
    plan: Plan,
    units: Vec<Unit>,
    meant: UnitsMeant,
}

/// Settles which units the names of the accepted plan mean.
pub(super) async fn settle_units(cast: &Cast, plan: PlanId) -> Result<Settled, DemoFault> {
    let store = cast.app.store();
    let deed = cast.office(Act::ChangePlans, 30 * 24)?;
    let record = store.plan(plan, &deed.scope).await?.ok_or_else(|| DemoFault("the plan is gone".to_owned()))?;
    let plan = store.plan_content(&record).await?.plan;
    let units: Vec<Unit> = store.unit_register(&Scope::everywhere()).await?.into_iter().map(|one| one.unit).collect();
    let area = |code: &str, name: &str| {
        let code = code.parse::<AreaCode>().ok()?;
        Some(AreaName { code, name: name.to_owned(), short: None })
    };
    let names = TOWNSHIPS.iter().filter_map(|town| area(town.code, town.name));
    let matcher = Matcher::new(&units, Places::new(names.chain(area(DISTRICT, "清河区"))));
    let mut meant = BTreeMap::new();
    let mut tx = deed.begin();
    tx.about("plan", record.id, Some(&record.area));
    for name in plan.unit_names() {
        let best = matcher.suggest_near(&name, &record.area).into_iter().next().filter(|one| one.score >= SURE);
        let unit = best.map(|one| one.unit);
        if unit.is_some() || Collective::of(&name).is_some() {
            tx.mean_unit(&record, &name, unit);
            meant.insert(name, unit);
        }
    }
    tx.commit().await?;
    let townships = units.iter().filter(|unit| unit.kind == UnitKind::TownshipOffice).map(|unit| unit.id).collect();
    let meant = UnitsMeant { names: meant, kinds: BTreeMap::from([(Collective::Townships, townships)]) };
    Ok(Settled { record, plan, units, meant })
}

/// The orders of the response: what the plan asks for at Ⅳ and, since it was raised, at Ⅲ; written ones, of which one is
/// overdue and supervised; and what the units have done with them since, so that every state is there.
pub(super) async fn add_orders(cast: &Cast, settled: &Settled, incident: IncidentId) -> Result<(), DemoFault> {
    let at_four = settled.drafts(cast, Some(ResponseLevel::Iv));
    issue(&cast.office(Act::IssueOrders, 240)?, settled, incident, &at_four).await?;
    let known: Vec<&str> = at_four.iter().map(|draft| draft.key.as_str()).collect();
    let mut at_three = settled.drafts(cast, Some(ResponseLevel::Iii));
    at_three.retain(|draft| !known.contains(&draft.key.as_str()));
    issue(&cast.office(Act::IssueOrders, 146)?, settled, incident, &at_three).await?;
    write_daily(cast, settled, incident).await?;
    write_overdue(cast, settled, incident).await?;
    carry_out(cast).await
}

impl Settled {
    fn drafts(&self, cast: &Cast, level: Option<ResponseLevel>) -> Vec<OrderDraft> {
        let mut asked = Asked::everything(level);
        asked.kinds.remove(&DraftKind::General);
        propose(&self.plan, &asked, &self.meant, cast.lang)
    }

    fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }
}

/// An order of the office to a unit.
fn order(deed: &Deed, incident: IncidentId, unit: &Unit, batch: OrderBatchId, words: &str) -> NewOrder {
    NewOrder {
        id: OrderId(deed.app.store().new_id(deed.actor.now_ms)),
        unit: unit.id,
        division: unit.area.clone(),
        above: unit.parent,
        issuer: unit.area.home(),
        issuer_unit: None,
        parent: None,
        batch,
        incident: Some(incident),
        plan: None,
        plan_key: String::new(),
        level: String::new(),
        heading: String::new(),
        role: OrderRole::Responsible,
        origin: OrderOrigin::Written,
        number: String::new(),
        words: words.to_owned(),
        urgency: Urgency::Normal,
        state: OrderState::Issued,
        clock: None,
    }
}

async fn issue(deed: &Deed, settled: &Settled, incident: IncidentId, drafts: &[OrderDraft]) -> Result<(), DemoFault> {
    let (store, now_ms) = (deed.app.store(), deed.actor.now_ms);
    let batch = OrderBatchId(store.new_id(now_ms));
    let mut tx = deed.begin();
    tx.about("order_batch", batch, Some(&settled.record.area));
    for draft in drafts {
        let limit = draft.limit.as_ref().and_then(|time| Limit::of_plan(time, &Facts::default()).ok());
        for (unit, role) in draft.units().filter_map(|(id, role)| Some((settled.unit(id)?, role))) {
            tx.issue_order(&NewOrder {
                plan: Some(settled.record.id),
                plan_key: draft.key_for(unit.id),
                level: draft.level.map(|level| level.code().to_owned()).unwrap_or_default(),
                heading: draft.heading.clone(),
                role,
                origin: OrderOrigin::Plan,
                clock: limit.clone().map(|limit| Clock::start(limit, now_ms)),
                ..order(deed, incident, unit, batch, &draft.text)
            });
        }
    }
    Ok(tx.commit().await?)
}

/// What the office asked of every township, hospital and school over the last days, each with its own time.
async fn write_daily(cast: &Cast, settled: &Settled, incident: IncidentId) -> Result<(), DemoFault> {
    let asked = [
        (
            120,
            24,
            "排查辖区学校、托幼机构缺勤学生，当日报送汇总",
            "Look through absences in schools and nurseries; report the same day",
        ),
        (72, 48, "核查重点场所通风消毒落实情况", "Check airing and disinfection of key places"),
        (
            26,
            30,
            "摸排独居老人、孕产妇等重点人群，落实每日联系",
            "Find people living alone and expectant mothers; contact them daily",
        ),
        (5, 29, "更新发热患者就诊和转诊联系人名单", "Renew the list of contacts for fever patients"),
    ];
    for (hours_ago, hours, zh, en) in asked {
        let deed = cast.office(Act::IssueOrders, hours_ago)?;
        let batch = OrderBatchId(deed.app.store().new_id(deed.actor.now_ms));
        let due = Limit::At { at_ms: deed.actor.now_ms + hours * HOUR_MS };
        let mut tx = deed.begin();
        tx.about("order_batch", batch, Some(&settled.record.area));
        let wanted = |unit: &&Unit| {
            matches!(
                unit.kind,
                UnitKind::TownshipOffice | UnitKind::PrimaryCare | UnitKind::Hospital | UnitKind::School
            )
        };
        for unit in settled.units.iter().filter(wanted) {
            let clock = Some(Clock::start(due.clone(), deed.actor.now_ms));
            tx.issue_order(&NewOrder { clock, ..order(&deed, incident, unit, batch, cast.lang.pick(zh, en)) });
        }
        tx.commit().await?;
    }
    Ok(())
}

/// An order that the unit of the demo should have carried out two hours ago, and one for the next hour.
async fn write_overdue(cast: &Cast, settled: &Settled, incident: IncidentId) -> Result<(), DemoFault> {
    let deed = cast.office(Act::IssueOrders, 6)?;
    let batch = OrderBatchId(deed.app.store().new_id(deed.actor.now_ms));
    let at = |hours: i64| Some(Clock::start(Limit::At { at_ms: cast.now_ms + hours * HOUR_MS }, deed.actor.now_ms));
    let mut tx = deed.begin();
    tx.about("order_batch", batch, None);
    for unit in settled.units.iter().filter(|unit| unit.name == DISEASE_CONTROL) {
        let late = cast.lang.pick(
            "核实昨日发热门诊登记的3例重症肺炎，报送初步调查结果",
            "Verify the 3 severe pneumonias of yesterday's fever clinics; report first results",
        );
        let today = cast.lang.pick("汇总各采样点今日采样计划", "Gather today's sampling plans");
        let urgent = NewOrder { urgency: Urgency::Urgent, clock: at(-2), ..order(&deed, incident, unit, batch, late) };
        tx.issue_order(&urgent);
        tx.issue_order(&NewOrder { clock: at(1), ..order(&deed, incident, unit, batch, today) });
    }
    Ok(tx.commit().await?)
}

/// How many orders are looked through.
const MOST: u32 = 1000;

/// What has become of the orders by now: in turn left alone, signed, begun, reported, closed, sent back, taken back.
async fn carry_out(cast: &Cast) -> Result<(), DemoFault> {
    let search = OrderSearch { now_ms: cast.now_ms, limit: MOST, ..OrderSearch::default() };
    let rows = cast.app.store().order_rows(&search, &Scope::everywhere()).await?;
    let deed = cast.office(Act::DoOrders, 3)?;
    let words = |zh: &str, en: &str| cast.lang.pick(zh, en).to_owned();
    let mut pictured = false;
    for (place, row) in rows.iter().map(|row| &row.record).enumerate() {
        // What the late unit has on its table stays there to be looked at.
        if row.order.urgency == Urgency::Urgent {
            let why = words("已超时，请说明原因并立即办理。", "It is over its time; say why and do it at once.");
            step(&cast.office(Act::SuperviseOrders, 0)?, row, OrderAct::Notice, &why).await?;
            continue;
        }
        let report = words("已落实，情况正常。", "Done; nothing out of the ordinary.");
        let again = words("请补充数据后再报。", "Add the figures and report again.");
        let wrong = words("已由其他单位承担，撤回。", "Another unit does it; taken back.");
        let acts: &[(OrderAct, &str)] = match place % 12 {
            0 | 1 => &[],
            2..=4 => &[(OrderAct::Sign, "")],
            5 | 6 => &[(OrderAct::Sign, ""), (OrderAct::Start, "")],
            7 => &[(OrderAct::Sign, ""), (OrderAct::Report, &report)],
            8 => &[(OrderAct::Sign, ""), (OrderAct::Report, &report), (OrderAct::Return, &again)],
            9 if place % 5 == 0 => &[(OrderAct::Recall, &wrong)],
            _ => &[(OrderAct::Sign, ""), (OrderAct::Report, &report), (OrderAct::Close, "")],
        };
        let mut record = row.clone();
        for (act, words) in acts {
            record = step(&deed, &record, *act, words).await?;
        }
        if record.order.state == OrderState::Reported && !pictured {
            pictured = true;
            add_picture(&deed, &record, &words("现场照片.jpg", "on-site.jpg")).await?;
        }
    }
    Ok(())
}

async fn add_picture(deed: &Deed, record: &OrderRecord, name: &str) -> Result<(), DemoFault> {
    let id = OrderFileId(deed.app.store().new_id(deed.actor.now_ms));
    let picture = NewOrderFile { id, name: name.to_owned(), kind: EvidenceKind::Jpeg, bytes: PICTURE.to_vec() };
    let mut tx = deed.begin();
    tx.about("order", record.order.id, None);
    tx.add_order_file(record, &picture)?;
    Ok(tx.commit().await?)
}

async fn step(deed: &Deed, was: &OrderRecord, act: OrderAct, words: &str) -> Result<OrderRecord, DemoFault> {
    let now_ms = deed.actor.now_ms;
    let is_recurring = was.order.clock.as_ref().is_some_and(|clock| clock.limit.recurs());
    // What recurs goes on; it is never reported as done once and for all.
    if is_recurring && matches!(act, OrderAct::Close | OrderAct::Return) {
        return Ok(was.clone());
    }
    let facts = OrderFacts {
        is_issuer: true,
        is_receiver: true,
        has_words: !words.is_empty(),
        is_recurring,
        is_late: was.is_late(now_ms),
        ..OrderFacts::default()
    };
    let decided = decide(was, act, &facts, words, now_ms).map_err(|why| DemoFault(why.words(deed.lang)))?;
    let mut tx = deed.begin();
    tx.about("order", was.order.id, Some(&was.order.division));
    tx.save_order(was, &decided.record, act, words);
    if let Some(due) = decided.occurrence {
        tx.note_occurrence(was, due, words);
    }
    tx.commit().await?;
    Ok(OrderRecord { version: was.version + 1, ..decided.record })
}
