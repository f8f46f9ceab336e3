use lianfang_domain::{
    IncidentId, ProposalId,
    incident::EntryKind,
    plan::ResponseLevel,
    response::{Demand, LevelChange},
};
use lianfang_store::{IncidentRecord, NewEntry, StoreError};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{LevelWords, plan_text, proposal_href, show::level_page};
use crate::{
    Fault,
    at::At,
    deed::Deed,
    fault::PageResult,
    form::{FormErrors, Sent},
    incident::{open_here, plan_of},
    page::{again, see_other},
    visit::Visit,
};

/// The level that is to be.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "LevelToPropose")]
pub(super) struct BeginForm {
    /// 1 (gravest) to 4, or 0 to end the response.
    to: String,
}

/// Begins the assessment of a change of level.
pub(super) async fn send(visit: Visit, At(id): At<IncidentId>, Sent(form): Sent<BeginForm>) -> PageResult {
    let record = open_here(&visit, id).await?;
    let t = LevelWords(visit.lang);
    let refuse = async |why: String| {
        let mut errors = FormErrors::default();
        errors.add("to", why);
        again(&level_page(&visit, &record, errors).await?)
    };
    let to = match form.to.as_str() {
        "0" => None,
        typed => match typed.parse().ok().and_then(ResponseLevel::from_number) {
            Some(level) => Some(level),
            None => return refuse(t.to_none().to_owned()).await,
        },
    };
    let change = LevelChange { from: record.level, to };
    if let Err(why) = Demand::may_change(&plan_text(&visit, &record).await?, change) {
        return refuse(why.words(visit.lang)).await;
    }
    let plan = plan_of(&visit, record.plan).await?.map(|plan| (plan.id, plan.version));
    match begin(&visit.deed()?, &record, change, plan).await {
        Ok(proposal) => Ok(see_other(&proposal_href(id, proposal))),
        Err(Fault::Store(StoreError::Taken(_))) => refuse(t.one_is_open().to_owned()).await,
        Err(fault) => Err(fault),
    }
}

/// Begins a proposal to change the level.
///
/// # Errors
/// [`Fault`] when one is open already, or it cannot be kept.
pub(crate) async fn begin(
    deed: &Deed,
    record: &IncidentRecord,
    change: LevelChange,
    plan: Option<(lianfang_domain::PlanId, i64)>,
) -> Result<ProposalId, Fault> {
    let proposal = ProposalId(deed.app.store().new_id(deed.actor.now_ms));
    let mut tx = deed.begin();
    tx.about("incident", record.id, Some(&record.area)).makes(&proposal_href(record.id, proposal));
    tx.begin_proposal(record, proposal, change, plan)?;
    let words = LevelWords(deed.lang).begun_noted(&change.words(deed.lang));
    tx.note(record, &NewEntry::of(EntryKind::Level, deed.actor.now_ms, words));
    tx.commit().await?;
    Ok(proposal)
}
