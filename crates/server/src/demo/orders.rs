use std::collections::BTreeMap;

use lianfang_domain::{
    Lang, OrderBatchId, OrderFileId, OrderId, UnitId, UserId,
    access::{Act, Scope},
    area::AreaCode,
    clock::{Clock, Facts, HOUR_MS, Limit},
    order::{
        Asked, Collective, DraftKind, EvidenceKind, OrderAct, OrderDraft, OrderFacts, OrderOrigin, OrderRole,
        OrderState, UnitsMeant, propose,
    },
    plan::{Plan, PlanState},
    unit::{AreaName, Matcher, Places, Unit, UnitKind},
};
use lianfang_store::{NewOrder, NewOrderFile, OrderRecord, OrderSearch, PlanRecord, Urgency};

use super::{
    district::{DISTRICT, TOWNSHIPS},
    lay_out::{DemoFault, deed},
    units::DISEASE_CONTROL,
};
use crate::{App, deed::Deed, order::decide};

/// From this score on a name is settled without asking, as the office of a demo has nobody to ask.
const SURE: u16 = 850;
/// The smallest picture there is: what an officer's photograph stands for.
const PICTURE: &[u8] = &[0xFF, 0xD8, 0xFF, 0xD9];

/// Settles the units of the accepted plan, issues what it asks for outside the levels, and lets units begin: some have
/// signed, one has reported, one is overdue and supervised. The measures of the levels are left to be proposed.
pub(super) async fn add_orders(app: &App, office: UserId, lang: Lang) -> Result<(), DemoFault> {
    let deed = deed(app, office, Act::IssueOrders, lang)?;
    let store = app.store();
    let plans = store.plans(&deed.scope, None, 9).await?;
    let record = plans.into_iter().find(|plan| plan.state == PlanState::Accepted);
    let record = record.ok_or_else(|| DemoFault("no plan was accepted".to_owned()))?;
    let plan = store.plan_content(&record).await?.plan;
    let units: Vec<Unit> = store.unit_register(&Scope::everywhere()).await?.into_iter().map(|one| one.unit).collect();
    let meant = settle(&deed, &record, &plan, &units).await?;
    let mut asked = Asked::everything(None);
    asked.kinds.remove(&DraftKind::General);
    issue(&deed, &record, &propose(&plan, &asked, &meant, lang), &units).await?;
    write_overdue(&deed, &units).await?;
    begin(app, office, lang).await
}

async fn settle(deed: &Deed, record: &PlanRecord, plan: &Plan, units: &[Unit]) -> Result<UnitsMeant, DemoFault> {
    let area = |code: &str, name: &str| {
        let code = code.parse::<AreaCode>().ok()?;
        Some(AreaName { code, name: name.to_owned(), short: None })
    };
    let names = TOWNSHIPS.iter().filter_map(|town| area(town.code, town.name));
    let matcher = Matcher::new(units, Places::new(names.chain(area(DISTRICT, "清河区"))));
    let mut meant = BTreeMap::new();
    let mut tx = deed.app.store().begin(&deed.actor, Act::ChangePlans);
    tx.about("plan", record.id, Some(&record.area));
    for name in plan.unit_names() {
        let best = matcher.suggest_near(&name, &record.area).into_iter().next().filter(|one| one.score >= SURE);
        let unit = best.map(|one| one.unit);
        if unit.is_some() || Collective::of(&name).is_some() {
            tx.mean_unit(record, &name, unit);
            meant.insert(name, unit);
        }
    }
    tx.commit().await?;
    let townships = units.iter().filter(|unit| unit.kind == UnitKind::TownshipOffice).map(|unit| unit.id).collect();
    Ok(UnitsMeant { names: meant, kinds: BTreeMap::from([(Collective::Townships, townships)]) })
}

/// An order of the office to a unit.
fn order(deed: &Deed, unit: &Unit, batch: OrderBatchId, words: &str) -> NewOrder {
    NewOrder {
        id: OrderId(deed.app.store().new_id(deed.actor.now_ms)),
        unit: unit.id,
        division: unit.area.clone(),
        above: unit.parent,
        issuer: unit.area.home(),
        issuer_unit: None,
        parent: None,
        batch,
        incident: None,
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

async fn issue(deed: &Deed, record: &PlanRecord, drafts: &[OrderDraft], units: &[Unit]) -> Result<(), DemoFault> {
    let (store, now_ms) = (deed.app.store(), deed.actor.now_ms);
    let batch = OrderBatchId(store.new_id(now_ms));
    let find = |id: UnitId| units.iter().find(|unit| unit.id == id);
    let mut tx = deed.begin();
    tx.about("order_batch", batch, Some(&record.area));
    for draft in drafts {
        let limit = draft.limit.as_ref().and_then(|time| Limit::of_plan(time, &Facts::default()).ok());
        for (unit, role) in draft.units().filter_map(|(id, role)| Some((find(id)?, role))) {
            tx.issue_order(&NewOrder {
                plan: Some(record.id),
                plan_key: draft.key_for(unit.id),
                heading: draft.heading.clone(),
                role,
                origin: OrderOrigin::Plan,
                clock: limit.clone().map(|limit| Clock::start(limit, now_ms)),
                ..order(deed, unit, batch, &draft.text)
            });
        }
    }
    Ok(tx.commit().await?)
}

/// An order that the unit of the demo should have carried out two hours ago, and one for today.
async fn write_overdue(deed: &Deed, units: &[Unit]) -> Result<(), DemoFault> {
    let (store, now_ms) = (deed.app.store(), deed.actor.now_ms);
    let batch = OrderBatchId(store.new_id(now_ms));
    let at = |hours: i64| Some(Clock::start(Limit::At { at_ms: now_ms + hours * HOUR_MS }, now_ms - 6 * HOUR_MS));
    let mut tx = deed.begin();
    tx.about("order_batch", batch, None);
    for unit in units.iter().filter(|unit| unit.name == DISEASE_CONTROL) {
        let late = "核实昨日发热门诊登记的3例重症肺炎，报送初步调查结果";
        let today = "汇总各采样点今日采样计划";
        let urgent = NewOrder { urgency: Urgency::Urgent, clock: at(-2), ..order(deed, unit, batch, late) };
        tx.issue_order(&urgent);
        tx.issue_order(&NewOrder { clock: at(1), ..order(deed, unit, batch, today) });
    }
    Ok(tx.commit().await?)
}

/// The first steps of the units: some sign, the first of them reports with a picture, what is overdue is supervised.
async fn begin(app: &App, office: UserId, lang: Lang) -> Result<(), DemoFault> {
    let deed = deed(app, office, Act::DoOrders, lang)?;
    let now_ms = deed.actor.now_ms;
    let search = OrderSearch { now_ms, limit: 40, ..OrderSearch::default() };
    let rows = app.store().order_rows(&search, &deed.scope).await?;
    let records = || rows.iter().map(|row| &row.record);
    if let Some(late) = records().find(|record| record.is_late(now_ms)) {
        step(&deed, late, OrderAct::Notice, "已超时，请说明原因并立即办理。").await?;
    }
    for (place, record) in records().filter(|record| !record.is_late(now_ms)).enumerate().filter(|one| one.0 % 3 == 0) {
        let signed = step(&deed, record, OrderAct::Sign, "").await?;
        if place == 0 {
            let report = "已汇总并报送，详见附件。";
            let reported = step(&deed, &signed, OrderAct::Report, report).await?;
            let id = OrderFileId(app.store().new_id(now_ms));
            let name = "现场照片.jpg".to_owned();
            let picture = NewOrderFile { id, name, kind: EvidenceKind::Jpeg, bytes: PICTURE.to_vec() };
            let mut tx = deed.begin();
            tx.about("order", reported.order.id, None);
            tx.add_order_file(&reported, &picture)?;
            tx.commit().await?;
        }
    }
    Ok(())
}

async fn step(deed: &Deed, was: &OrderRecord, act: OrderAct, words: &str) -> Result<OrderRecord, DemoFault> {
    let now_ms = deed.actor.now_ms;
    let facts = OrderFacts {
        is_issuer: true,
        is_receiver: true,
        has_words: !words.is_empty(),
        is_recurring: was.order.clock.as_ref().is_some_and(|clock| clock.limit.recurs()),
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
