use std::collections::BTreeMap;

use lianfang_domain::{
    BodyId, IncidentId, PartId, UnitId,
    area::{AreaCode, AreaLevel},
    incident::{CommandBody, CommandMember, EntryKind},
    plan::{BodyKind, BodyStatus, Rank},
};
use lianfang_store::{BodyRecord, IncidentRecord, NewBody, NewEntry, NewMember, Tx};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{IncidentWords, command_show::command_page, href, open_here, plan_of};
use crate::{
    Fault,
    at::At,
    deed::Deed,
    fault::PageResult,
    form::{FormErrors, Nothing, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    unit::{offered, register::Register},
    visit::Visit,
};

/// A body that is set up by hand.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "BodyToSetUp")]
pub(super) struct BodyForm {
    pub(super) name: String,
    /// headquarters, `forward_command`, `work_group`, `expert_group` or office.
    pub(super) kind: String,
    /// The body above it.
    pub(super) parent: String,
}

/// Someone who is put into a body.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "MemberToAdd")]
pub(super) struct MemberForm {
    pub(super) body: String,
    /// A rank such as leader or `deputy_leader`, or `lead_unit`, or unit.
    pub(super) relation: String,
    /// The name of a registered unit.
    pub(super) unit: String,
    pub(super) post: String,
    pub(super) person: String,
}

/// Who leaves a body.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "MemberToEnd")]
pub(super) struct LeavingForm {
    member: String,
}

/// Relations of a member who is a unit, with their words in the record.
pub(super) const LEAD_UNIT: &str = "lead_unit";
pub(super) const UNIT: &str = "unit";

/// The kind of a body as it is sent.
pub(super) fn kind_code(kind: BodyKind) -> String {
    code(&kind)
}

pub(super) fn code<T: serde::Serialize>(kind: &T) -> String {
    let written = serde_json::to_value(kind).ok();
    written.and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Sets up the command that the plan lays down; what stands already under the same name is left as it is.
pub(super) async fn set_up(visit: Visit, At(id): At<IncidentId>, Sent(_): Sent<Nothing>) -> PageResult {
    let record = open_here(&visit, id).await?;
    let t = IncidentWords(visit.lang);
    let Some(plan) = plan_of(&visit, record.plan).await? else {
        return refused(&visit, &record, "", t.no_plan()).await;
    };
    let bodies = visit.app.store().plan_content(&plan).await?.plan.command();
    if bodies.is_empty() {
        return refused(&visit, &record, "", t.plan_has_no_command()).await;
    }
    let meant: BTreeMap<String, Option<UnitId>> =
        visit.app.store().plan_units(&plan).await?.into_iter().map(|one| (one.name, one.unit)).collect();
    set_up_bodies(&visit.deed()?, &record, &bodies, &meant).await?;
    Ok(see_other(&format!("{}/command", href(id))))
}

/// Sets up bodies with their members, those above before those below.
///
/// # Errors
/// [`Fault`] when they cannot be kept.
pub(crate) async fn set_up_bodies(
    deed: &Deed,
    record: &IncidentRecord,
    bodies: &[CommandBody],
    meant: &BTreeMap<String, Option<UnitId>>,
) -> Result<(), Fault> {
    let store = deed.app.store();
    let there = store.command_bodies(record).await?;
    let mut tx = deed.begin();
    tx.about("incident", record.id, Some(&record.area));
    let ids: Vec<(BodyId, bool)> = bodies.iter().map(|body| body_id(deed, &there, &body.name)).collect();
    for (body, &(id, _)) in bodies.iter().zip(&ids).filter(|(_, (_, is_there))| !is_there) {
        let parent = body.parent.and_then(|place| ids.get(place)).map(|(id, _)| *id);
        let new = NewBody {
            id,
            parent,
            kind: body.kind,
            status: body.status,
            name: body.name.clone(),
            area: record.area.clone(),
        };
        tx.add_body(record, &new, deed.day())?;
        for member in &body.members {
            add(&mut tx, deed, record, (id, member, meant))?;
        }
    }
    let n_new = ids.iter().filter(|(_, is_there)| !is_there).count();
    let words = IncidentWords(deed.lang).set_up_noted(n_new);
    tx.note(record, &NewEntry::of(EntryKind::Command, deed.actor.now_ms, words));
    Ok(tx.commit().await?)
}

fn body_id(deed: &Deed, there: &[BodyRecord], name: &str) -> (BodyId, bool) {
    let known = there.iter().find(|one| one.until_on.is_none() && one.body.name == name);
    known.map_or_else(|| (BodyId(deed.app.store().new_id(deed.actor.now_ms)), false), |one| (one.body.id, true))
}

fn add(
    tx: &mut Tx<'_>,
    deed: &Deed,
    record: &IncidentRecord,
    (body, member, meant): (BodyId, &CommandMember, &BTreeMap<String, Option<UnitId>>),
) -> Result<(), Fault> {
    let new = NewMember {
        id: PartId(deed.app.store().new_id(deed.actor.now_ms)),
        body,
        relation: member.relation.clone(),
        rank: member.rank,
        unit: meant.get(&member.unit).copied().flatten(),
        unit_name: member.unit.clone(),
        post: member.post.clone(),
        person: member.person.clone(),
    };
    Ok(tx.add_member(record, &new, deed.day())?)
}

/// Sets up a headquarters for each township under the district's, those that have one already left as they are.
pub(super) async fn set_up_townships(visit: Visit, At(id): At<IncidentId>, Sent(_): Sent<Nothing>) -> PageResult {
    let record = open_here(&visit, id).await?;
    let t = IncidentWords(visit.lang);
    let there = visit.app.store().command_bodies(&record).await?;
    let standing: Vec<&BodyRecord> = there.iter().filter(|one| one.until_on.is_none()).collect();
    let top = standing.iter().find(|one| one.body.kind == BodyKind::Headquarters && one.body.parent.is_none());
    let Some(top) = top.map(|one| one.body.id) else {
        return refused(&visit, &record, "", t.no_headquarters()).await;
    };
    let home = record.home();
    let areas = offered(&visit, &visit.scope, AreaLevel::Township).await?;
    let townships =
        areas.into_iter().filter(|area| area.code.level() == AreaLevel::Township && home.contains(&area.code));
    let missing: Vec<(AreaCode, String)> = townships
        .filter(|area| {
            !standing.iter().any(|one| one.body.area == area.code && one.body.kind == BodyKind::Headquarters)
        })
        .map(|area| (area.code, area.name))
        .collect();
    if missing.is_empty() {
        return refused(&visit, &record, "", t.townships_there()).await;
    }
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&record.area));
    for (area, name) in &missing {
        let new = NewBody {
            id: BodyId(visit.app.store().new_id(visit.now_ms)),
            parent: Some(top),
            kind: BodyKind::Headquarters,
            status: BodyStatus::NamedOnly,
            name: t.township_headquarters(name),
            area: area.clone(),
        };
        tx.add_body(&record, &new, visit.day())?;
    }
    tx.note(&record, &NewEntry::of(EntryKind::Command, visit.now_ms, t.set_up_noted(missing.len())));
    tx.commit().await?;
    Ok(see_other(&format!("{}/command", href(id))))
}

/// Sets up a body by hand: a forward command post, a group that the plan does not know.
pub(super) async fn add_body(visit: Visit, At(id): At<IncidentId>, Sent(form): Sent<BodyForm>) -> PageResult {
    let record = open_here(&visit, id).await?;
    let t = IncidentWords(visit.lang);
    let name = form.name.trim();
    if name.is_empty() || name.chars().count() > 80 {
        return refused(&visit, &record, "name", t.name_bad()).await;
    }
    let Ok(kind) = serde_json::from_value::<BodyKind>(form.kind.clone().into()) else {
        return refused(&visit, &record, "kind", t.kind_none()).await;
    };
    let there = visit.app.store().command_bodies(&record).await?;
    let parent = form.parent.parse::<BodyId>().ok();
    if parent.is_some_and(|parent| !there.iter().any(|one| one.body.id == parent && one.until_on.is_none())) {
        return refused(&visit, &record, "parent", t.body_gone()).await;
    }
    if there.iter().any(|one| one.until_on.is_none() && one.body.name == name) {
        return refused(&visit, &record, "name", t.body_there()).await;
    }
    let new = NewBody {
        id: BodyId(visit.app.store().new_id(visit.now_ms)),
        parent,
        kind,
        status: BodyStatus::SetUp,
        name: name.to_owned(),
        area: record.area.clone(),
    };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&record.area));
    tx.add_body(&record, &new, visit.day())?;
    noted(&visit, tx, &record, t.body_added(name)).await
}

/// Notes that a body that was only named is set up now.
pub(super) async fn found(
    visit: Visit,
    At((id, body)): At<(IncidentId, BodyId)>,
    Sent(_): Sent<Nothing>,
) -> PageResult {
    let record = open_here(&visit, id).await?;
    let name = name_of(&visit, &record, body).await?;
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&record.area));
    tx.set_up_body(&record, body)?;
    noted(&visit, tx, &record, IncidentWords(visit.lang).body_added(&name)).await
}

/// Ends a body with today.
pub(super) async fn end_body(
    visit: Visit,
    At((id, body)): At<(IncidentId, BodyId)>,
    Sent(_): Sent<Nothing>,
) -> PageResult {
    let record = open_here(&visit, id).await?;
    let name = name_of(&visit, &record, body).await?;
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&record.area));
    tx.end_body(&record, body, visit.day());
    noted(&visit, tx, &record, IncidentWords(visit.lang).body_ended(&name)).await
}

/// Puts a unit, post or person into a body.
pub(super) async fn add_member(visit: Visit, At(id): At<IncidentId>, Sent(form): Sent<MemberForm>) -> PageResult {
    let record = open_here(&visit, id).await?;
    let t = IncidentWords(visit.lang);
    let there = visit.app.store().command_bodies(&record).await?;
    let body = form.body.parse::<BodyId>().ok();
    let Some(body) = there.iter().find(|one| Some(one.body.id) == body && one.until_on.is_none()) else {
        return refused(&visit, &record, "body", t.body_gone()).await;
    };
    let is_unit = form.relation == UNIT || form.relation == LEAD_UNIT;
    let rank = serde_json::from_value::<Rank>(form.relation.clone().into()).ok();
    let relation = match (rank, form.relation.as_str()) {
        (Some(rank), _) => rank.words(visit.lang).to_owned(),
        (None, LEAD_UNIT) => t.lead_unit().to_owned(),
        (None, UNIT) => t.member_unit().to_owned(),
        (None, _) => return refused(&visit, &record, "relation", t.relation_none()).await,
    };
    let unit_name = form.unit.trim().to_owned();
    let register = Register::read(&visit).await?;
    let unit = register.called(&unit_name);
    if is_unit && unit.is_none() {
        return refused(&visit, &record, "unit", t.unit_unknown()).await;
    }
    let (post, person) = (form.post.trim().to_owned(), form.person.trim().to_owned());
    if !is_unit && post.is_empty() && person.is_empty() {
        return refused(&visit, &record, "post", t.who_none()).await;
    }
    let new = NewMember {
        id: PartId(visit.app.store().new_id(visit.now_ms)),
        body: body.body.id,
        relation: relation.clone(),
        rank,
        unit,
        unit_name: unit_name.clone(),
        post: post.clone(),
        person,
    };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&record.area));
    tx.add_member(&record, &new, visit.day())?;
    // The log names the post; who holds it stands in the command.
    let who = if is_unit { &unit_name } else { &post };
    noted(&visit, tx, &record, t.member_added(&body.body.name, &relation, who)).await
}

/// Takes someone out of a body with today.
pub(super) async fn end_member(visit: Visit, At(id): At<IncidentId>, Sent(form): Sent<LeavingForm>) -> PageResult {
    let record = open_here(&visit, id).await?;
    let t = IncidentWords(visit.lang);
    let Ok(part) = form.member.parse::<PartId>() else {
        return refused(&visit, &record, "", t.member_which()).await;
    };
    let members = visit.app.store().command_members(&record).await?;
    let member = members.into_iter().find(|one| one.member.id == part).ok_or(Fault::NotFound)?.member;
    let body = name_of(&visit, &record, member.body).await?;
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&record.area));
    tx.end_member(&record, part, visit.day());
    let who = if member.unit_name.is_empty() { &member.post } else { &member.unit_name };
    noted(&visit, tx, &record, t.member_ended(&body, &member.relation, who)).await
}

async fn name_of(visit: &Visit, record: &IncidentRecord, body: BodyId) -> Result<String, Fault> {
    let there = visit.app.store().command_bodies(record).await?;
    Ok(there.into_iter().find(|one| one.body.id == body).ok_or(Fault::NotFound)?.body.name)
}

async fn noted(visit: &Visit, mut tx: Tx<'_>, record: &IncidentRecord, words: String) -> PageResult {
    tx.note(record, &NewEntry::of(EntryKind::Command, visit.now_ms, words));
    match keep(tx, Refusals::changed(IncidentWords(visit.lang).changed())).await? {
        Ok(()) => Ok(see_other(&format!("{}/command", href(record.id)))),
        Err(errors) => again(&command_page(visit, record, errors).await?),
    }
}

async fn refused(visit: &Visit, record: &IncidentRecord, field: &'static str, why: &str) -> PageResult {
    let mut errors = FormErrors::default();
    errors.add(field, why);
    again(&command_page(visit, record, errors).await?)
}
