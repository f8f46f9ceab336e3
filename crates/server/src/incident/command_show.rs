use std::collections::BTreeMap;

use askama::Template;
use lianfang_domain::{
    BodyId, IncidentId, UnitId,
    access::Act,
    incident::{CommandMember, double_duties},
    plan::{BodyKind, BodyStatus, Rank},
};
use lianfang_store::{BodyRecord, IncidentRecord, MemberRecord};

use super::{
    IncidentWords,
    command::{LEAD_UNIT, UNIT, code, kind_code},
    here, href, pages, trail,
};
use crate::{
    Choice, Fault, Frame,
    at::At,
    fault::PageResult,
    form::FormErrors,
    page::{form_page, page},
    shown::date,
    unit::register::Register,
    visit::Visit,
};

/// Who commands: the headquarters with everything below it.
#[derive(Template)]
#[template(path = "incident/command.html")]
pub(crate) struct CommandPage {
    frame: Frame,
    t: IncidentWords,
    href: String,
    pages: Vec<(String, &'static str, bool)>,
    bodies: Vec<BodyLine>,
    double: Vec<(String, Vec<(String, String)>)>,
    has_plan: bool,
    may_change: bool,
    kinds: Vec<Choice>,
    parents: Vec<Choice>,
    relations: Vec<Choice>,
    errors: FormErrors,
}

form_page!(CommandPage);

/// A body of the command with everyone in it.
pub(crate) struct BodyLine {
    id: String,
    name: String,
    kind: &'static str,
    depth: usize,
    status: &'static str,
    is_set_up: bool,
    since: String,
    leaders: Vec<MemberLine>,
    units: Vec<MemberLine>,
}

struct MemberLine {
    id: String,
    relation: String,
    who: String,
    /// The unit's page.
    href: String,
}

pub(super) async fn show(visit: Visit, At(id): At<IncidentId>) -> PageResult {
    let record = here(&visit, id).await?;
    page(&command_page(&visit, &record, FormErrors::default()).await?)
}

pub(super) async fn command_page(
    visit: &Visit,
    record: &IncidentRecord,
    errors: FormErrors,
) -> Result<CommandPage, Fault> {
    let (t, store, lang) = (IncidentWords(visit.lang), visit.app.store(), visit.lang);
    let mut bodies = store.command_bodies(record).await?;
    bodies.retain(|body| body.until_on.is_none());
    let mut members: BTreeMap<BodyId, Vec<MemberRecord>> = BTreeMap::new();
    for member in store.command_members(record).await?.into_iter().filter(|member| member.until_on.is_none()) {
        members.entry(member.member.body).or_default().push(member);
    }
    let register = Register::read(visit).await?;
    let lines: Vec<BodyLine> = in_tree(&bodies)
        .into_iter()
        .map(|(body, depth)| body_line(visit, body, depth, members.get(&body.body.id), &register))
        .collect();
    let named = lines.iter().map(|line| (line.id.clone(), line.name.clone()));
    let ranks = [
        Rank::Commander,
        Rank::ExecutiveDeputyCommander,
        Rank::DeputyCommander,
        Rank::Leader,
        Rank::ExecutiveDeputyLeader,
        Rank::DeputyLeader,
        Rank::LeadingOfficial,
        Rank::Director,
        Rank::DeputyDirector,
        Rank::ResponsiblePerson,
        Rank::Liaison,
    ];
    let units = [(LEAD_UNIT.to_owned(), t.lead_unit()), (UNIT.to_owned(), t.member_unit())];
    let relations = units.into_iter().chain(ranks.map(|rank| (code(&rank), rank.words(lang))));
    let kinds = [
        BodyKind::ForwardCommand,
        BodyKind::WorkGroup,
        BodyKind::ExpertGroup,
        BodyKind::Office,
        BodyKind::Headquarters,
        BodyKind::LeadingGroup,
    ];
    Ok(CommandPage {
        frame: visit.frame(t.command(), trail(visit, Some(record))),
        href: href(record.id),
        pages: pages(visit, record.id),
        double: double(&bodies, &members, t),
        has_plan: record.plan.is_some(),
        may_change: record.closed_at_ms.is_none() && visit.may(Act::ChangeIncidents),
        kinds: Choice::all(kinds.map(|kind| (kind_code(kind), kind.words(lang))), ""),
        parents: Choice::all(named, ""),
        relations: Choice::all(relations, ""),
        bodies: lines,
        errors,
        t,
    })
}

/// The bodies as a tree: each with how deep it stands, those below right after it.
fn in_tree(bodies: &[BodyRecord]) -> Vec<(&BodyRecord, usize)> {
    let is_there = |id: BodyId| bodies.iter().any(|one| one.body.id == id);
    let tops = bodies.iter().rev().filter(|one| one.body.parent.is_none_or(|parent| !is_there(parent)));
    let mut open: Vec<(&BodyRecord, usize)> = tops.map(|top| (top, 0)).collect();
    let mut found = Vec::new();
    while let Some((body, depth)) = open.pop() {
        found.push((body, depth));
        let below = bodies.iter().rev().filter(|one| one.body.parent == Some(body.body.id));
        open.extend(below.map(|one| (one, depth + 1)));
    }
    found
}

fn body_line(
    visit: &Visit,
    record: &BodyRecord,
    depth: usize,
    members: Option<&Vec<MemberRecord>>,
    register: &Register,
) -> BodyLine {
    let t = IncidentWords(visit.lang);
    let of = |is_leader: bool| {
        let all = members.into_iter().flatten();
        let wanted = all.filter(move |one| one.member.rank.is_some() == is_leader);
        wanted.map(|one| member_line(one, register)).collect()
    };
    BodyLine {
        id: record.body.id.to_string(),
        name: record.body.name.clone(),
        kind: record.body.kind.words(visit.lang),
        depth: depth.min(3),
        status: match record.body.status {
            BodyStatus::SetUp => "",
            BodyStatus::NotYetSetUp => t.not_yet_set_up(),
            BodyStatus::NamedOnly => t.named_only(),
        },
        is_set_up: record.body.status == BodyStatus::SetUp,
        since: date(record.from_on, visit.lang),
        leaders: of(true),
        units: of(false),
    }
}

fn member_line(record: &MemberRecord, register: &Register) -> MemberLine {
    let member = &record.member;
    let known: Option<UnitId> = member.unit.filter(|unit| register.find(*unit).is_some());
    let unit = known.and_then(|unit| register.find(unit)).map(|unit| unit.unit.name.clone());
    let who: Vec<&str> = [unit.as_deref().unwrap_or(&member.unit_name), &member.post, &member.person]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    MemberLine {
        id: member.id.to_string(),
        relation: member.relation.clone(),
        who: who.join(" "),
        href: known.map(|unit| format!("/units/{unit}")).unwrap_or_default(),
    }
}

fn double(
    bodies: &[BodyRecord],
    members: &BTreeMap<BodyId, Vec<MemberRecord>>,
    t: IncidentWords,
) -> Vec<(String, Vec<(String, String)>)> {
    let of = |one: &MemberRecord| CommandMember {
        relation: one.member.relation.clone(),
        rank: one.member.rank,
        unit: one.member.unit_name.clone(),
        post: one.member.post.clone(),
        person: one.member.person.clone(),
    };
    let led: Vec<(&str, Vec<CommandMember>)> = bodies
        .iter()
        .map(|body| (body.body.name.as_str(), members.get(&body.body.id).into_iter().flatten().map(of).collect()))
        .collect();
    let found = double_duties(led.iter().map(|(name, members)| (*name, members.as_slice())));
    let line = |(body, deputies): (String, Vec<String>)| {
        let deputies =
            if deputies.is_empty() { t.no_deputy().to_owned() } else { deputies.join(t.0.pick("、", ", ")) };
        (body, deputies)
    };
    found.into_iter().map(|one| (one.who, one.bodies.into_iter().map(line).collect())).collect()
}
