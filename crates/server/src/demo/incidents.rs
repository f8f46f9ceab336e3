use std::collections::BTreeMap;

use lianfang_domain::{
    IncidentId, Lang, PartId, PlanId, ProposalId, UnitId, UserId,
    access::{Act, Scope},
    area::AreaCode,
    incident::{EntryKind, Figure, IncidentKind},
    plan::ResponseLevel,
    response::{Assessment, LevelChange, Opinion, OpinionVerdict},
};
use lianfang_store::{
    Actor, CaseOrigin, IncidentPhase, IncidentRecord, NewCases, NewEntry, NewIncident, OpinionRecord, ProposalRecord,
    Signed, Tx, Venue,
};

use super::{district::DISTRICT, lay_out::DemoFault};
use crate::{App, app::day_of, deed::Deed, incident, response};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Those who act in the demo, with the moment at which it is looked at.
#[derive(Clone)]
pub(super) struct Cast {
    pub(super) app: App,
    pub(super) office: UserId,
    pub(super) commander: UserId,
    pub(super) lang: Lang,
    pub(super) now_ms: i64,
}

impl Cast {
    /// What the office does so many hours ago.
    pub(super) fn office(&self, act: Act, hours_ago: i64) -> Result<Deed, DemoFault> {
        self.deed((self.office, "office"), act, hours_ago)
    }

    pub(super) fn commander(&self, act: Act, hours_ago: i64) -> Result<Deed, DemoFault> {
        self.deed((self.commander, "commander"), act, hours_ago)
    }

    fn deed(&self, (user, name): (UserId, &str), act: Act, hours_ago: i64) -> Result<Deed, DemoFault> {
        let now_ms = self.now_ms - hours_ago * HOUR_MS;
        let actor = Actor { user: Some(user), name: name.to_owned(), request: String::new(), now_ms, once: None };
        let scope = Scope { areas: vec![district()?], ..Scope::default() };
        Ok(Deed { app: self.app.clone(), act, user, actor, scope, lang: self.lang })
    }

    fn say(&self, zh: &str, en: &str) -> String {
        self.lang.pick(zh, en).to_owned()
    }
}

fn district() -> Result<AreaCode, DemoFault> {
    DISTRICT.parse().map_err(|_| DemoFault("the district has no code".to_owned()))
}

/// The incident as it is now.
async fn present(cast: &Cast, id: IncidentId) -> Result<IncidentRecord, DemoFault> {
    let found = cast.app.store().incident(id, &Scope::everywhere()).await?;
    found.ok_or_else(|| DemoFault("the incident is gone".to_owned()))
}

/// A response of ten days: activated at Ⅳ, raised to Ⅲ, a proposal for Ⅱ pending. And a large event in its second phase.
pub(super) async fn add_incidents(cast: &Cast, plan: PlanId) -> Result<IncidentId, DemoFault> {
    let outbreak = open_outbreak(cast, plan).await?;
    raise(cast, outbreak, plan, (None, ResponseLevel::Iv), 244).await?;
    note_course(cast, outbreak).await?;
    raise(cast, outbreak, plan, (Some(ResponseLevel::Iv), ResponseLevel::Iii), 150).await?;
    propose(cast, outbreak, plan, (Some(ResponseLevel::Iii), ResponseLevel::Ii), 4).await?;
    open_event(cast).await?;
    Ok(outbreak)
}

async fn open_outbreak(cast: &Cast, plan: PlanId) -> Result<IncidentId, DemoFault> {
    let store = cast.app.store();
    let opened = cast.office(Act::ChangeIncidents, 250)?;
    let id = IncidentId(store.new_id(opened.actor.now_ms));
    let new = NewIncident {
        id,
        area: district()?,
        kind: IncidentKind::Cluster,
        name: cast.say("石桥镇学校流感聚集性疫情", "Influenza cluster in schools of Shiqiao"),
        disease: "influenza".to_owned(),
        plan: Some(plan),
        onset_on: Some(day_of(opened.actor.now_ms - 3 * DAY_MS)),
        discovered_at_ms: opened.actor.now_ms - HOUR_MS,
        summary: cast.say(
            "石桥镇中心小学两个班级出现发热、咳嗽聚集，疾控中心已到现场采样。",
            "Fever and cough in two classes of the central primary school; samples are being taken.",
        ),
    };
    incident::open(&opened, &new).await?;
    let record = present(cast, id).await?;
    let reported = cast.office(Act::ChangeIncidents, 249)?;
    let mut tx = begin(&reported, &record);
    let to = cast.say("市卫生健康委", "the city health commission");
    tx.report_incident(&record, &to);
    for clock in store.clocks_of("incident.report", &id.to_string()).await? {
        tx.stop_clock(&clock, Some(reported.actor.now_ms))?;
    }
    let entry = NewEntry::of(EntryKind::Report, reported.actor.now_ms, cast.say("首次报告", "First report"));
    tx.note(&record, &NewEntry { addressees: to, ..entry });
    tx.commit().await?;
    let found = store.plan(plan, &reported.scope).await?.ok_or_else(|| DemoFault("the plan is gone".to_owned()))?;
    let bodies = store.plan_content(&found).await?.plan.command();
    let meant: BTreeMap<String, Option<UnitId>> =
        store.plan_units(&found).await?.into_iter().map(|one| (one.name, one.unit)).collect();
    incident::set_up_bodies(&cast.office(Act::ChangeIncidents, 243)?, &record, &bodies, &meant).await?;
    Ok(id)
}

fn begin<'a>(deed: &'a Deed, record: &IncidentRecord) -> Tx<'a> {
    let mut tx = deed.begin();
    tx.about("incident", record.id, Some(&record.area));
    tx
}

/// Begins, assesses and proposes a change; gives the proposal as it is then.
async fn propose(
    cast: &Cast,
    id: IncidentId,
    plan: PlanId,
    (from, to): (Option<ResponseLevel>, ResponseLevel),
    hours_ago: i64,
) -> Result<ProposalRecord, DemoFault> {
    let record = present(cast, id).await?;
    let change = LevelChange { from, to: Some(to) };
    let deed = cast.office(Act::ProposeLevel, hours_ago)?;
    let proposal = response::begin(&deed, &record, change, Some((plan, 2))).await?;
    let deed = cast.office(Act::ProposeLevel, hours_ago - 1)?;
    let seen = proposal_of(cast, &record, proposal).await?;
    let mut tx = begin(&deed, &record);
    let urgent = cast.say("疫情在学校间扩散，须当日决定。", "It spreads between schools; it has to be decided today.");
    tx.assess(&record, &seen, &Assessment { urgent, ..Assessment::default() })?;
    for (expert, verdict, words) in opinions(cast, to) {
        let tier = cast.say("区", "district");
        let opinion = OpinionRecord {
            opinion: Opinion { tier, verdict },
            expert,
            words,
            signed: Signed::OnRecord,
            by: "office".to_owned(),
            at_ms: deed.actor.now_ms,
        };
        tx.sign_opinion(&record, proposal, &opinion);
    }
    tx.commit().await?;
    let seen = proposal_of(cast, &record, proposal).await?;
    let mut tx = begin(&deed, &record);
    tx.propose(&record, &seen);
    let words = cast.lang.pick("提请审批：", "Proposed: ").to_owned() + &change.words(cast.lang);
    tx.note(&record, &NewEntry::of(EntryKind::Level, deed.actor.now_ms, words));
    tx.commit().await?;
    proposal_of(cast, &record, proposal).await
}

fn opinions(cast: &Cast, to: ResponseLevel) -> Vec<(String, OpinionVerdict, String)> {
    let agrees = (
        cast.say("专家组组长（演示）", "Head of the expert group (demo)"),
        OpinionVerdict::Agree,
        cast.say("聚集范围扩大，建议提级。", "The cluster is growing; raise the level."),
    );
    let dissents = (
        cast.say("临床专家（演示）", "Clinical expert (demo)"),
        OpinionVerdict::Disagree,
        cast.say("重症少，收治能力充足，建议维持现级别。", "Few severe cases and beds enough; keep the level."),
    );
    if to == ResponseLevel::Ii { vec![agrees, dissents] } else { vec![agrees] }
}

async fn proposal_of(cast: &Cast, record: &IncidentRecord, proposal: ProposalId) -> Result<ProposalRecord, DemoFault> {
    let found = cast.app.store().proposals(record).await?.into_iter().find(|one| one.id == proposal);
    found.ok_or_else(|| DemoFault("the proposal is gone".to_owned()))
}

/// Takes a change all the way: proposed, approved, filed, its receipt noted.
async fn raise(
    cast: &Cast,
    id: IncidentId,
    plan: PlanId,
    levels: (Option<ResponseLevel>, ResponseLevel),
    hours_ago: i64,
) -> Result<(), DemoFault> {
    let seen = propose(cast, id, plan, levels, hours_ago).await?;
    let deed = cast.commander(Act::ApproveLevel, hours_ago - 2)?;
    let record = present(cast, id).await?;
    let approver = cast.say("区指挥部", "District headquarters");
    let mut tx = begin(&deed, &record);
    tx.approve(&record, &seen, (&approver, &cast.say("同意。", "Agreed.")));
    let words = approver + cast.lang.pick("批准：", " approved: ") + &seen.change.words(cast.lang);
    tx.note(&record, &NewEntry::of(EntryKind::Level, deed.actor.now_ms, words));
    tx.commit().await?;
    let with = cast.say("市卫生健康委", "City health commission");
    let deed = cast.office(Act::ProposeLevel, hours_ago - 3)?;
    let seen = proposal_of(cast, &record, seen.id).await?;
    let mut tx = begin(&deed, &record);
    tx.file(&record, &seen, (&with, &cast.say("清卫报〔2026〕演示", "QW-2026-demo")));
    tx.commit().await?;
    let deed = cast.office(Act::ProposeLevel, hours_ago - 6)?;
    let seen = proposal_of(cast, &record, seen.id).await?;
    let mut tx = begin(&deed, &record);
    tx.note_receipt(&record, &seen, &cast.say("市卫收演示", "receipt-demo"));
    Ok(tx.commit().await?)
}

/// Cases, figures and a decision over the ten days.
async fn note_course(cast: &Cast, id: IncidentId) -> Result<(), DemoFault> {
    let record = present(cast, id).await?;
    for ((hours_ago, n_cases, total), n) in
        [(226, 9, 9), (178, 14, 23), (106, 11, 34), (34, 6, 40)].into_iter().zip(0..)
    {
        let deed = cast.office(Act::ChangeIncidents, hours_ago)?;
        let now_ms = deed.actor.now_ms;
        let new = NewCases {
            id: PartId(cast.app.store().new_id(now_ms)),
            n_cases,
            origin: CaseOrigin::Local,
            isolated_on: day_of(now_ms),
            source: cast.say("区疾控中心日报", "Daily report of the disease control centre"),
        };
        let mut tx = begin(&deed, &record);
        tx.note_cases(&record, &new);
        let source = new.source.clone();
        tx.note_figure(&record, (Figure::Cases, total), now_ms, &source);
        tx.note_figure(&record, (Figure::Deaths, 0), now_ms, &source);
        tx.note_figure(&record, (Figure::Counties, 1), now_ms, &source);
        let words = cast.lang.pick(
            format!("新增本土病例{n_cases}例，累计{total}例"),
            format!("{n_cases} new local cases, {total} in all"),
        );
        tx.note(&record, &NewEntry { basis: source, ..NewEntry::of(EntryKind::Cases, now_ms, words) });
        if n == 1 {
            let entry = NewEntry {
                basis: cast.say("专家组研判意见", "Opinion of the expert group"),
                addressees: cast.say("区教育局、石桥镇人民政府", "Education bureau, Shiqiao township"),
                ..NewEntry::of(
                    EntryKind::Decision,
                    now_ms + HOUR_MS,
                    cast.say(
                        "涉疫班级停课4天，全校晨午检每日报告。",
                        "The classes stay at home for 4 days; the school reports daily.",
                    ),
                )
            };
            tx.note(&record, &entry);
        }
        tx.commit().await?;
    }
    Ok(())
}

/// A run through the district, in its second phase.
async fn open_event(cast: &Cast) -> Result<(), DemoFault> {
    let deed = cast.office(Act::ChangeIncidents, 30 * 24)?;
    let store = cast.app.store();
    let id = IncidentId(store.new_id(deed.actor.now_ms));
    let new = NewIncident {
        id,
        area: district()?,
        kind: IncidentKind::PlannedEvent,
        name: cast.say("清河马拉松医疗卫生保障", "Qinghe marathon, medical and health assurance"),
        disease: String::new(),
        plan: None,
        onset_on: None,
        discovered_at_ms: deed.actor.now_ms,
        summary: String::new(),
    };
    incident::open(&deed, &new).await?;
    let record = present(cast, id).await?;
    let mut tx = begin(&deed, &record);
    let phases = [
        (
            cast.say("备战阶段", "Preparation"),
            -30,
            -6,
            cast.say("制定各组方案；排查沿线风险。", "Plans of the groups; hazards along the route."),
        ),
        (
            cast.say("临战阶段", "Before the event"),
            -5,
            6,
            cast.say("组建现场保障队；开展两次演练。", "Teams on site; two drills."),
        ),
        (
            cast.say("实战阶段", "The event"),
            7,
            9,
            cast.say("医疗点值守；每日零报告。", "Medical points staffed; daily zero reports."),
        ),
    ];
    for (name, from, until, words) in phases {
        let day = |offset: i64| Some(day_of(cast.now_ms + offset * DAY_MS));
        let phase = IncidentPhase {
            id: PartId(store.new_id(deed.actor.now_ms)),
            name,
            from_on: day(from),
            until_on: day(until),
            words,
        };
        tx.add_phase(&record, &phase);
    }
    for (name, area) in [
        (cast.say("起点广场", "Start square"), DISTRICT),
        (cast.say("石桥镇换乘点", "Relay point Shiqiao"), "990101101"),
    ] {
        let area = area.parse().map_err(|_| DemoFault("no such area".to_owned()))?;
        let venue = Venue { id: PartId(store.new_id(deed.actor.now_ms)), name, area, words: String::new() };
        tx.add_venue(&record, &venue);
    }
    Ok(tx.commit().await?)
}
