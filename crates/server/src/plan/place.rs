use std::collections::BTreeMap;

use lianfang_domain::{
    PlanId,
    plan::{PlanState, PlanTier},
};
use lianfang_store::PlanRecord;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{here, href, show::plan_page, words::PlanWords};
use crate::{
    Fault,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    frame::Choice,
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

/// Plans offered as the one above at most.
const OFFERED: u32 = 200;
/// How many steps above each other plans may stand.
const MOST_STEPS: usize = 8;

/// What a draft is among the plans of its area.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "PlanPlace")]
pub(super) struct PlaceForm {
    /// The version that was seen.
    version: i64,
    /// overall, special, department or annual.
    tier: String,
    /// The plan to which it belongs; empty when to none.
    #[serde(default)]
    parent: String,
}

/// Says what a draft is among the plans of its area, and to which it belongs.
pub(super) async fn send(visit: Visit, At(id): At<PlanId>, Sent(form): Sent<PlaceForm>) -> PageResult {
    let record = here(&visit, id).await?;
    let t = PlanWords(visit.lang);
    let mut errors = FormErrors::default();
    let tier = PlanTier::from_code(&form.tier);
    if tier.is_none() {
        errors.add("tier", t.tier_none());
    }
    let parent = match parent_of(&visit, &form.parent, Some(id)).await? {
        Ok(parent) => parent,
        Err(why) => {
            errors.add("parent", why);
            None
        }
    };
    let Some(tier) = tier.filter(|_| errors.is_empty()) else {
        return again(&plan_page(&visit, &record, &BTreeMap::new(), errors).await?);
    };
    let seen = PlanRecord { version: form.version, ..record };
    let mut tx = visit.begin();
    tx.about("plan", id, Some(&seen.area));
    tx.place_plan(&seen, tier, parent);
    match keep(tx, Refusals::changed(t.changed())).await? {
        Ok(()) => Ok(see_other(&href(id))),
        Err(errors) => again(&plan_page(&visit, &here(&visit, id).await?, &BTreeMap::new(), errors).await?),
    }
}

/// The plan that was chosen as the one above; why not, where it cannot be.
pub(super) async fn parent_of(
    visit: &Visit,
    chosen: &str,
    own: Option<PlanId>,
) -> Result<Result<Option<PlanId>, &'static str>, Fault> {
    if chosen.is_empty() {
        return Ok(Ok(None));
    }
    let bad = PlanWords(visit.lang).parent_bad();
    let Ok(parent) = chosen.parse::<PlanId>() else { return Ok(Err(bad)) };
    let mut above = Some(parent);
    for _ in 0..MOST_STEPS {
        let Some(id) = above else { return Ok(Ok(Some(parent))) };
        if Some(id) == own {
            return Ok(Err(bad));
        }
        let plan = visit.app.store().plan(id, &visit.scope).await?;
        match plan.filter(|plan| is_offered(plan.state)) {
            Some(plan) => above = plan.parent,
            // Further up it may belong to a plan that is no longer in force, or of a wider area.
            None if id != parent => return Ok(Ok(Some(parent))),
            None => return Ok(Err(bad)),
        }
    }
    Ok(Err(bad))
}

fn is_offered(state: PlanState) -> bool {
    matches!(state, PlanState::Draft | PlanState::Accepted)
}

/// The plans that may be chosen as the one above.
pub(super) async fn offered(visit: &Visit, own: Option<PlanId>, chosen: &str) -> Result<Vec<Choice>, Fault> {
    let plans = visit.app.store().plans(&visit.scope, None, OFFERED).await?;
    let plans = plans.into_iter().filter(|plan| is_offered(plan.state) && Some(plan.id) != own);
    Ok(Choice::all(plans.map(|plan| (plan.id.to_string(), plan.title)), chosen))
}

/// The tiers to choose from.
pub(super) fn tiers(visit: &Visit, chosen: &str) -> Vec<Choice> {
    Choice::all(PlanTier::ALL.into_iter().map(|tier| (tier.code(), tier.words(visit.lang))), chosen)
}
