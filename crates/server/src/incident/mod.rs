//! Incidents: opened, followed in a log, graded, commanded, closed. The response level is next door.

mod api;
mod board;
mod cases;
mod change;
mod close;
mod command;
mod command_show;
mod event;
mod facts;
mod figures;
mod follow_plan;
mod grade;
mod list;
mod log;
mod open;
mod parameter;
mod phase;
mod report;
mod screen;
mod show;
mod words;

use lianfang_domain::{
    IncidentId, Lang, PlanId,
    access::Act,
    incident::{Disease, IncidentState},
    plan::{PlanState, ResponseLevel},
};
use lianfang_store::{IncidentRecord, PlanRecord};

use crate::{Fault, Link, frame::Choice, route::Routes, visit::Visit};

pub(crate) use command::set_up_bodies;
pub(crate) use open::open;
pub(crate) use show::{end_clock, end_facts, limit_facts};
pub(crate) use words::IncidentWords;

pub(crate) fn routes(routes: Routes) -> Routes {
    api::routes(routes)
        .get("/incidents", Act::ViewIncidents, list::show)
        .get("/incidents/new", Act::ChangeIncidents, open::show)
        .post("/incidents/new", Act::ChangeIncidents, open::send)
        .get("/incidents/{id}", Act::ViewIncidents, show::show)
        .get("/incidents/{id}/screen", Act::ViewIncidents, screen::show)
        .get("/incidents/{id}/log", Act::ViewIncidents, log::show)
        .post("/incidents/{id}/log", Act::ChangeIncidents, event::send)
        .get("/incidents/{id}/facts", Act::ViewIncidents, facts::show)
        .post("/incidents/{id}/facts", Act::ChangeIncidents, change::send)
        .post("/incidents/{id}/plan", Act::ChangeIncidents, follow_plan::send)
        .post("/incidents/{id}/report", Act::ChangeIncidents, report::send)
        .post("/incidents/{id}/parameters", Act::ChangeIncidents, parameter::send)
        .post("/incidents/{id}/figures", Act::ChangeIncidents, figures::send)
        .post("/incidents/{id}/grade", Act::ChangeIncidents, grade::send)
        .post("/incidents/{id}/cases", Act::ChangeIncidents, cases::send)
        .post("/incidents/{id}/cases/{part}/strike", Act::ChangeIncidents, cases::strike)
        .post("/incidents/{id}/phases", Act::ChangeIncidents, phase::send)
        .post("/incidents/{id}/venues", Act::ChangeIncidents, phase::send_venue)
        .post("/incidents/{id}/close", Act::ChangeIncidents, close::send)
        .post("/incidents/{id}/reopen", Act::ChangeIncidents, close::reopen)
        .get("/incidents/{id}/command", Act::ViewIncidents, command_show::show)
        .post("/incidents/{id}/command/set-up", Act::ChangeIncidents, command::set_up)
        .post("/incidents/{id}/command/townships", Act::ChangeIncidents, command::set_up_townships)
        .post("/incidents/{id}/command/bodies", Act::ChangeIncidents, command::add_body)
        .post("/incidents/{id}/command/bodies/{body}/found", Act::ChangeIncidents, command::found)
        .post("/incidents/{id}/command/bodies/{body}/end", Act::ChangeIncidents, command::end_body)
        .post("/incidents/{id}/command/members", Act::ChangeIncidents, command::add_member)
        .post("/incidents/{id}/command/members/end", Act::ChangeIncidents, command::end_member)
}

/// The address of an incident.
pub(crate) fn href(id: IncidentId) -> String {
    format!("/incidents/{id}")
}

/// The incident of an address, if the act reaches it.
pub(crate) async fn here(visit: &Visit, id: IncidentId) -> Result<IncidentRecord, Fault> {
    visit.app.store().incident(id, &visit.scope).await?.ok_or(Fault::NotFound)
}

/// The same to be worked on: a closed one is read only.
pub(crate) async fn open_here(visit: &Visit, id: IncidentId) -> Result<IncidentRecord, Fault> {
    let record = here(visit, id).await?;
    if record.state == IncidentState::Closed {
        return Err(Fault::BadInput(IncidentWords(visit.lang).is_closed().to_owned()));
    }
    Ok(record)
}

/// What stands above the pages of an incident.
pub(crate) fn trail(visit: &Visit, record: Option<&IncidentRecord>) -> Vec<Link> {
    let mut trail = vec![Link { name: IncidentWords(visit.lang).title().to_owned(), href: "/incidents".to_owned() }];
    trail.extend(record.map(|record| Link { name: record.name.clone(), href: href(record.id) }));
    trail
}

/// The pages of an incident: address, name, and whether it is the one shown.
pub(crate) fn pages(visit: &Visit, id: IncidentId) -> Vec<(String, &'static str, bool)> {
    let t = IncidentWords(visit.lang);
    let path = visit.here.split('?').next().unwrap_or_default();
    let page = |end: &str, name: &'static str| {
        let to = format!("{}{end}", href(id));
        let is_here = path == to || !end.is_empty() && path.starts_with(&format!("{to}/"));
        (to, name, is_here)
    };
    vec![
        page("", t.overview()),
        page("/level", t.level()),
        page("/facts", t.facts()),
        page("/command", t.command()),
        page("/log", t.log()),
    ]
}

/// The class by which a level is coloured; none has its own.
pub(crate) fn level_class(level: Option<ResponseLevel>) -> &'static str {
    level.map_or("level level-none", |level| {
        ["level level-1", "level level-2", "level level-3", "level level-4"][usize::from(level.number()) - 1]
    })
}

/// A level as its badge says it.
pub(crate) fn level_words(level: Option<ResponseLevel>, visit: &Visit) -> String {
    level_said(level, visit.lang)
}

/// The same in a language.
pub(crate) fn level_said(level: Option<ResponseLevel>, lang: Lang) -> String {
    level.map_or_else(
        || IncidentWords(lang).no_level().to_owned(),
        |level| lang.pick(format!("{}级响应", level.numeral()), format!("Level {}", level.numeral())),
    )
}

/// A disease in words, as the record has it.
fn disease_words(code: &str, visit: &Visit) -> String {
    Disease::from_code(code).map_or_else(|| code.to_owned(), |disease| disease.words(visit.lang).to_owned())
}

/// The diseases to choose from.
fn diseases(visit: &Visit, chosen: &str) -> Vec<Choice> {
    Choice::all(Disease::ALL.iter().map(|disease| (disease.code, disease.words(visit.lang))), chosen)
}

/// Accepted plans offered at most.
const OFFERED: u32 = 200;

/// The accepted plans to choose from.
async fn plans(visit: &Visit, chosen: &str) -> Result<Vec<Choice>, Fault> {
    let scope = visit.scope_of(Act::ViewPlans);
    let plans = visit.app.store().plans(&scope, None, OFFERED).await?;
    let accepted = plans.into_iter().filter(|plan| plan.state == PlanState::Accepted);
    Ok(Choice::all(accepted.map(|plan| (plan.id.to_string(), plan.title)), chosen))
}

/// The plan under which an incident is dealt with, if the user sees it.
pub(crate) async fn plan_of(visit: &Visit, plan: Option<PlanId>) -> Result<Option<PlanRecord>, Fault> {
    match plan {
        Some(id) => Ok(visit.app.store().plan(id, &visit.scope_of(Act::ViewPlans)).await?),
        None => Ok(None),
    }
}
