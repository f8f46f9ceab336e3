//! The response level of an incident: assessed, judged by experts, proposed, approved, filed.

mod api;
mod assess;
mod begin;
mod decide;
mod file;
mod judge;
mod opine;
mod propose;
mod show;
mod show_proposal;
mod tell;
mod words;

use lianfang_domain::{
    IncidentId, ProposalId,
    access::Act,
    plan::Plan,
    response::{Demand, LevelChange},
};
use lianfang_store::{IncidentRecord, ProposalRecord};

use crate::{
    Fault,
    form::FormErrors,
    incident::{href, plan_of},
    page::{again, see_other},
    route::Routes,
    visit::Visit,
};

pub(crate) use begin::begin;
pub(crate) use words::LevelWords;

pub(crate) fn routes(routes: Routes) -> Routes {
    api::routes(routes)
        .get("/incidents/{id}/level", Act::ViewIncidents, show::show)
        .post("/incidents/{id}/level", Act::ProposeLevel, begin::send)
        .get("/incidents/{id}/level/{proposal}", Act::ViewIncidents, show_proposal::show)
        .post("/incidents/{id}/level/{proposal}/assessment", Act::ProposeLevel, assess::send)
        .post("/incidents/{id}/level/{proposal}/opinions", Act::GiveOpinion, opine::send)
        .post("/incidents/{id}/level/{proposal}/judgements", Act::GiveOpinion, judge::send)
        .post("/incidents/{id}/level/{proposal}/propose", Act::ProposeLevel, propose::send)
        .post("/incidents/{id}/level/{proposal}/withdraw", Act::ProposeLevel, propose::withdraw)
        .post("/incidents/{id}/level/{proposal}/approve", Act::ApproveLevel, decide::approve)
        .post("/incidents/{id}/level/{proposal}/refuse", Act::ApproveLevel, decide::refuse)
        .post("/incidents/{id}/level/{proposal}/file", Act::ProposeLevel, file::send)
        .post("/incidents/{id}/level/{proposal}/receipt", Act::ProposeLevel, file::receipt)
}

/// The address of a proposal.
pub(crate) fn proposal_href(incident: IncidentId, proposal: ProposalId) -> String {
    format!("{}/level/{proposal}", href(incident))
}

/// An incident with one of its proposals.
pub(super) struct Case {
    pub(super) incident: IncidentRecord,
    pub(super) proposal: ProposalRecord,
}

impl Case {
    /// What the plan demands for the change.
    pub(super) async fn demand(&self, visit: &Visit) -> Result<Demand, Fault> {
        demand(visit, &self.incident, self.proposal.change).await
    }

    pub(super) fn href(&self) -> String {
        proposal_href(self.incident.id, self.proposal.id)
    }
}

/// The proposal of an address, if the act reaches its incident.
pub(super) async fn here(visit: &Visit, id: IncidentId, proposal: ProposalId) -> Result<Case, Fault> {
    let incident = crate::incident::here(visit, id).await?;
    let found = visit.app.store().proposals(&incident).await?.into_iter().find(|one| one.id == proposal);
    Ok(Case { incident, proposal: found.ok_or(Fault::NotFound)? })
}

/// The text of the plan under which an incident is dealt with; an empty one where there is none.
pub(super) async fn plan_text(visit: &Visit, incident: &IncidentRecord) -> Result<Plan, Fault> {
    match plan_of(visit, incident.plan).await? {
        Some(record) => Ok(visit.app.store().plan_content(&record).await?.plan),
        None => Ok(Plan::default()),
    }
}

/// What the plan demands for a change.
pub(super) async fn demand(visit: &Visit, incident: &IncidentRecord, change: LevelChange) -> Result<Demand, Fault> {
    Ok(Demand::of(&plan_text(visit, incident).await?, change))
}

/// The page of a proposal again, with what is wrong.
pub(super) async fn refused(visit: &Visit, case: &Case, errors: FormErrors) -> crate::fault::PageResult {
    again(&show_proposal::proposal_page(visit, case, show_proposal::Typed::default(), errors).await?)
}

/// Keeps a step of a proposal, and shows the proposal as it is then.
pub(super) async fn finish(visit: &Visit, tx: lianfang_store::Tx<'_>, case: &Case) -> crate::fault::PageResult {
    match crate::keep::keep(tx, crate::keep::Refusals::changed(LevelWords(visit.lang).changed())).await? {
        Ok(()) => Ok(see_other(&case.href())),
        Err(errors) => refused(visit, &here(visit, case.incident.id, case.proposal.id).await?, errors).await,
    }
}
