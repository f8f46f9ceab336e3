use std::collections::{BTreeMap, BTreeSet};

use futures_util::{TryFutureExt as _, future::try_join};
use lianfang_domain::{
    BodyId, UnitId,
    access::{Act, Scope},
    clock::end_of_day_ms,
    plan::{BodyKind, BodyStatus, Rank},
};
use lianfang_store::{BodyRecord, IncidentRecord, MemberRecord, UnitTally};

use super::IncidentWords;
use crate::{Fault, order::n_unordered, shown::grouped, visit::Visit};

/// How the orders of an incident stand: in all, by group and by unit. Every figure leads to its rows.
pub(crate) struct Board {
    /// Label, figure, colour, and where its rows are.
    pub(crate) tiles: Vec<(&'static str, String, &'static str, String)>,
    pub(crate) groups: Vec<GroupLight>,
    pub(crate) units: Vec<UnitLight>,
    /// How many units have open orders.
    pub(crate) n_units: usize,
}

/// A body of the command with the worst light of its units.
pub(crate) struct GroupLight {
    pub(crate) name: String,
    pub(crate) leader: String,
    /// The telephone on duty of the lead unit.
    pub(crate) phone: String,
    pub(crate) tone: &'static str,
    pub(crate) light: String,
    pub(crate) n_open: String,
}

/// A unit with its light.
pub(crate) struct UnitLight {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) tone: &'static str,
    pub(crate) light: String,
    pub(crate) n_open: String,
    pub(crate) n_unsigned: String,
    pub(crate) n_unread: String,
}

/// Units shown one by one.
const SHOWN: usize = 10;

fn light(t: IncidentWords, tally: &UnitTally) -> (&'static str, String) {
    match tally {
        UnitTally { n_late: 1.., .. } => ("bad", t.n_late(tally.n_late)),
        UnitTally { n_soon: 1.., .. } => ("warning", t.n_soon(tally.n_soon)),
        UnitTally { n_unsigned: 1.., .. } => ("neutral", t.n_unsigned(tally.n_unsigned)),
        UnitTally { n_open: 0, .. } => ("neutral", t.nothing_open().to_owned()),
        _ => ("good", t.in_time().to_owned()),
    }
}

impl Board {
    pub(crate) async fn of(visit: &Visit, record: &IncidentRecord) -> Result<Board, Fault> {
        let (t, store) = (IncidentWords(visit.lang), visit.app.store());
        let until = (visit.now_ms, end_of_day_ms(visit.day()).unwrap_or(visit.now_ms));
        let counted =
            try_join(store.tally_units(record.id, until), store.n_orders_done(record.id)).map_err(Fault::from);
        let ((tallies, n_done), n_unordered) = try_join(counted, n_unordered(visit, record)).await?;
        let all = tallies.iter().fold(UnitTally::default(), |sum, (_, _, tally)| sum.and(tally));
        let href = |state: &str| format!("/orders?incident={}&state={state}", record.id);
        let tile = |label, n: i64, tone, state| (label, grouped(n), if n > 0 { tone } else { "neutral" }, href(state));
        let mut tiles = vec![
            tile(t.tile_late(), all.n_late, "bad", "late"),
            tile(t.tile_today(), all.n_today, "warning", "today"),
            tile(t.tile_unsigned(), all.n_unsigned, "warning", "issued"),
            tile(t.tile_unread(), all.n_unread, "neutral", "issued"),
            tile(t.tile_reported(), all.n_reported, "warning", "reported"),
            tile(t.tile_open(), all.n_open, "neutral", "open"),
            tile(t.tile_done(), n_done, "good", "done"),
        ];
        if let Some(n) = n_unordered {
            let (label, n, tone, _) = tile(t.tile_unordered(), i64::try_from(n).unwrap_or(i64::MAX), "warning", "");
            let propose = format!("/incidents/{}/orders/propose", record.id);
            let may_issue = visit.scope_of(Act::IssueOrders).holds_area(&record.area);
            let to = if may_issue { propose } else { String::new() };
            tiles.push((label, n, tone, to));
        }
        let by_unit: BTreeMap<UnitId, &UnitTally> = tallies.iter().map(|(unit, _, tally)| (*unit, tally)).collect();
        let groups = groups(visit, record, &by_unit).await?;
        let unit_line = |(unit, name, tally): &(UnitId, String, UnitTally)| {
            let (tone, light) = light(t, tally);
            UnitLight {
                name: name.clone(),
                href: format!("/orders?incident={}&state=open&unit={unit}", record.id),
                tone,
                light,
                n_open: grouped(tally.n_open),
                n_unsigned: grouped(tally.n_unsigned),
                n_unread: grouped(tally.n_unread),
            }
        };
        let units = tallies.iter().take(SHOWN).map(unit_line).collect();
        Ok(Board { tiles, groups, units, n_units: tallies.len() })
    }
}

async fn groups(
    visit: &Visit,
    record: &IncidentRecord,
    tallies: &BTreeMap<UnitId, &UnitTally>,
) -> Result<Vec<GroupLight>, Fault> {
    let store = visit.app.store();
    let mut members: BTreeMap<BodyId, Vec<MemberRecord>> = BTreeMap::new();
    for member in store.command_members(record).await?.into_iter().filter(|member| member.until_on.is_none()) {
        members.entry(member.member.body).or_default().push(member);
    }
    let bodies = store.command_bodies(record).await?;
    let groups = bodies.iter().filter(|one| {
        one.until_on.is_none()
            && one.body.status == BodyStatus::SetUp
            && matches!(one.body.kind, BodyKind::WorkGroup | BodyKind::ForwardCommand | BodyKind::Office)
    });
    let mut lines = Vec::new();
    for group in groups {
        let members = members.get(&group.body.id).map(Vec::as_slice).unwrap_or_default();
        lines.push(group_light(visit, group, members, tallies).await?);
    }
    Ok(lines)
}

async fn group_light(
    visit: &Visit,
    group: &BodyRecord,
    members: &[MemberRecord],
    tallies: &BTreeMap<UnitId, &UnitTally>,
) -> Result<GroupLight, Fault> {
    let t = IncidentWords(visit.lang);
    // A unit stands in a group once, also when it leads it.
    let units: BTreeSet<UnitId> = members.iter().filter_map(|one| one.member.unit).collect();
    let of_group = units.iter().filter_map(|unit| tallies.get(unit));
    let tally = of_group.fold(UnitTally::default(), |sum, tally| sum.and(tally));
    let (tone, words) = light(t, &tally);
    let leads = |one: &&MemberRecord| matches!(one.member.rank, Some(Rank::Leader | Rank::Director | Rank::Commander));
    let leader = members.iter().find(leads).map(|one| {
        let parts = [one.member.post.as_str(), one.member.person.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    });
    let lead_unit = members.iter().find(|one| one.member.rank.is_none() && one.member.unit.is_some());
    let phone = match lead_unit.and_then(|one| one.member.unit) {
        Some(unit) if visit.may(Act::ViewUnits) => duty_phone(visit, unit).await?,
        _ => String::new(),
    };
    Ok(GroupLight {
        name: group.body.name.clone(),
        leader: leader.unwrap_or_default(),
        phone,
        tone,
        light: words,
        n_open: grouped(tally.n_open),
    })
}

/// The telephone on duty of a unit; it is no person's.
async fn duty_phone(visit: &Visit, unit: UnitId) -> Result<String, Fault> {
    let found = visit.app.store().unit(unit, &Scope::everywhere()).await?;
    Ok(found.and_then(|record| record.unit.duty_phone).map(|phone| phone.to_string()).unwrap_or_default())
}
