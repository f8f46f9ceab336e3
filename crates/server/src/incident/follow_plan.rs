use lianfang_domain::{IncidentId, PlanId, access::Act, incident::EntryKind, plan::PlanState};
use lianfang_store::{IncidentRecord, NewEntry, PlanRecord};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    IncidentWords,
    facts::{facts_page, typed},
    here, href, open_here,
};
use crate::{
    Fault,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

/// Which newer version of its plan an incident goes by from now on.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "PlanToFollow")]
pub(super) struct FollowForm {
    pub(super) version: i64,
    /// The newer version.
    pub(super) plan: String,
}

/// Has an incident go by a newer version of its plan. Its orders stay; what the newer version asks for otherwise is
/// proposed next.
pub(super) async fn send(visit: Visit, At(id): At<IncidentId>, Sent(form): Sent<FollowForm>) -> PageResult {
    let (record, t) = (open_here(&visit, id).await?, IncidentWords(visit.lang));
    let Some(plan) = newer(&visit, &record, &form.plan).await? else {
        let mut errors = FormErrors::default();
        errors.add("plan", t.plan_not_newer());
        return again(&facts_page(&visit, &record, typed(&visit, &record), errors).await?);
    };
    let seen = IncidentRecord { version: form.version, ..record.clone() };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&record.area));
    tx.change_incident(&seen, &IncidentRecord { plan: Some(plan.id), ..record.clone() });
    tx.note(&record, &NewEntry::of(EntryKind::Decision, visit.now_ms, format!("{}{}", t.follows_title(), plan.title)));
    match keep(tx, Refusals::changed(t.changed())).await? {
        Ok(()) => Ok(see_other(&format!("{}/orders/propose", href(id)))),
        Err(errors) => {
            let now = here(&visit, id).await?;
            again(&facts_page(&visit, &now, typed(&visit, &now), errors).await?)
        }
    }
}

/// The accepted plan, if it is a later version of the one by which the incident goes.
async fn newer(visit: &Visit, incident: &IncidentRecord, plan: &str) -> Result<Option<PlanRecord>, Fault> {
    let (store, scope) = (visit.app.store(), visit.scope_of(Act::ViewPlans));
    let Ok(id) = plan.parse::<PlanId>() else { return Ok(None) };
    let Some(newest) = store.plan(id, &scope).await?.filter(|plan| plan.state == PlanState::Accepted) else {
        return Ok(None);
    };
    let mut older = newest.replaces;
    while let Some(id) = older {
        if incident.plan == Some(id) {
            return Ok(Some(newest));
        }
        older = store.plan(id, &scope).await?.and_then(|plan| plan.replaces);
    }
    Ok(None)
}
