use lianfang_domain::{
    PlanId,
    plan::{DemandedPlan, Plan},
};
use lianfang_store::PlanRecord;

use super::{href, list::tone, place, words::PlanWords};
use crate::{Fault, Link, frame::Choice, visit::Visit};

/// How a plan belongs together with others.
pub(super) struct Family {
    /// The plan to which it belongs.
    pub(super) parent: Option<Link>,
    /// The plans that belong to it.
    pub(super) under: Vec<Under>,
    /// The plans that it says are to be made and that are not there.
    pub(super) missing: Vec<Missing>,
    pub(super) tiers: Vec<Choice>,
    pub(super) parents: Vec<Choice>,
}

pub(super) struct Under {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) tier: &'static str,
    pub(super) state: &'static str,
    pub(super) tone: &'static str,
}

pub(super) struct Missing {
    pub(super) name: String,
    pub(super) units: String,
    /// Where the text says so.
    pub(super) href: String,
}

/// How a plan belongs together with others, as far as the user may see them.
pub(super) async fn family(visit: &Visit, record: &PlanRecord, plan: &Plan) -> Result<Family, Fault> {
    let store = visit.app.store();
    let parent = match record.parent {
        Some(parent) => store.plan(parent, &visit.scope).await?,
        None => None,
    };
    let under = store.plans_under(record.id, &visit.scope).await?;
    let missing = plan.demanded_plans().into_iter().filter(|one| !under.iter().any(|plan| one.is_met_by(&plan.title)));
    let chosen = record.parent.map(|id| id.to_string()).unwrap_or_default();
    Ok(Family {
        parent: parent.map(|parent| Link { name: parent.title, href: href(parent.id) }),
        missing: missing.map(|one| missing_line(record.id, one, PlanWords(visit.lang))).collect(),
        under: under
            .into_iter()
            .map(|plan| Under {
                href: href(plan.id),
                tier: plan.tier.words(visit.lang),
                state: plan.state.words(visit.lang),
                tone: tone(plan.state),
                title: plan.title,
            })
            .collect(),
        tiers: place::tiers(visit, record.tier.code()),
        parents: place::offered(visit, Some(record.id), &chosen).await?,
    })
}

fn missing_line(plan: PlanId, one: DemandedPlan, t: PlanWords) -> Missing {
    Missing {
        units: one.units.join(t.0.pick("、", ", ")),
        href: format!("{}/text#t{}", href(plan), one.span.start),
        name: one.name,
    }
}
