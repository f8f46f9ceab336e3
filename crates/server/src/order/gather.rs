use lianfang_domain::{
    IncidentId, PlanId,
    access::Act,
    order::{Asked, DraftKind, LevelChange, OrderDraft, UnitsMeant, level_change, propose},
    plan::{Plan, PlanState, ResponseLevel},
};
use lianfang_store::{IncidentRecord, OrderRecord, PlanRecord};

use super::{propose::ProposeQuery, units::Units};
use crate::{Fault, visit::Visit};

/// What orders are proposed from: the plan, which units it means, and the incident it is for.
pub(super) struct Ground {
    pub(super) record: PlanRecord,
    pub(super) plan: Plan,
    pub(super) units: Units,
    pub(super) meant: UnitsMeant,
    pub(super) incident: Option<IncidentRecord>,
}

/// Why nothing can be proposed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoGround {
    /// The incident has no plan.
    NoPlan,
    /// The plan is not accepted.
    NotAccepted,
}

/// What is proposed at a level, and what of the standing orders it does not ask for.
pub(super) struct Proposal {
    pub(super) level: Option<ResponseLevel>,
    pub(super) change: LevelChange,
    pub(super) lift: Vec<OrderRecord>,
    /// How many orders stand already.
    pub(super) n_standing: usize,
}

impl Ground {
    pub(super) async fn of_incident(visit: &Visit, id: IncidentId) -> Result<Result<Ground, NoGround>, Fault> {
        let incident = visit.app.store().incident(id, &visit.scope).await?.ok_or(Fault::NotFound)?;
        match incident.plan {
            None => Ok(Err(NoGround::NoPlan)),
            Some(plan) => Ground::of(visit, plan, Some(incident)).await,
        }
    }

    pub(super) async fn of_plan(visit: &Visit, id: PlanId) -> Result<Result<Ground, NoGround>, Fault> {
        Ground::of(visit, id, None).await
    }

    async fn of(
        visit: &Visit,
        id: PlanId,
        incident: Option<IncidentRecord>,
    ) -> Result<Result<Ground, NoGround>, Fault> {
        let store = visit.app.store();
        let record = store.plan(id, &visit.scope_of(Act::ViewPlans)).await?;
        let record = record.filter(|plan| plan.state != PlanState::Dropped).ok_or(Fault::NotFound)?;
        if record.state != PlanState::Accepted {
            return Ok(Err(NoGround::NotAccepted));
        }
        let plan = store.plan_content(&record).await?.plan;
        let units = Units::read(visit, &visit.scope).await?;
        let names = store.plan_units(&record).await?.into_iter();
        // A unit that was closed or merged since is chosen anew.
        let open = |unit| units.get(unit).map(|unit| unit.id);
        let names = names.filter_map(|one| match one.unit {
            None => Some((one.name, None)),
            Some(unit) => open(unit).map(|unit| (one.name, Some(unit))),
        });
        let meant = UnitsMeant { names: names.collect(), kinds: units.kinds(&record.area) };
        Ok(Ok(Ground { record, plan, units, meant, incident }))
    }

    /// The level that is asked for: that of the address, or the one in force.
    pub(super) fn level(&self, query: &ProposeQuery) -> Option<ResponseLevel> {
        let asked = ResponseLevel::from_code(&query.level);
        let in_force = self.incident.as_ref().and_then(|incident| incident.level);
        if query.level == "none" { None } else { asked.or(in_force) }
    }

    fn drafts(&self, level: Option<ResponseLevel>, kind: Option<DraftKind>, visit: &Visit) -> Vec<OrderDraft> {
        let mut asked = Asked::everything(level);
        if let Some(kind) = kind {
            asked.kinds = [kind].into();
        }
        propose(&self.plan, &asked, &self.meant, visit.lang)
    }

    /// What is proposed beyond the orders that stand.
    pub(super) async fn proposal(&self, visit: &Visit, query: &ProposeQuery) -> Result<Proposal, Fault> {
        let (level, kind) = (self.level(query), DraftKind::from_code(&query.kind));
        let incident = self.incident.as_ref().map(|incident| incident.id);
        let standing = visit.app.store().standing_orders(self.record.id, incident).await?;
        let new = self.drafts(level, kind, visit);
        // What any level asks for and this one does not is lifted, whichever level it was issued at.
        let gravest =
            ResponseLevel::ALL.into_iter().find(|level| self.plan.levels.iter().any(|one| one.level == *level));
        let has_ended = self.incident.as_ref().is_some_and(|incident| incident.level.is_none());
        let old = if incident.is_some() && (level.is_some() || has_ended) {
            self.drafts(gravest, kind, visit)
        } else {
            Vec::new()
        };
        let change = level_change(&standing, &old, &new);
        let mut lift = Vec::new();
        for id in &change.lift {
            lift.extend(visit.app.store().order(*id, &visit.scope).await?);
        }
        Ok(Proposal { level, change, lift, n_standing: standing.len() })
    }
}
