use lianfang_domain::{
    IncidentId, Lang, PlanId,
    access::Act,
    clock::Facts,
    order::{Asked, CarriedOver, DraftKind, LevelChange, OrderDraft, UnitsMeant, carry_over, level_change, propose},
    plan::{Plan, PlanState, ResponseLevel},
};
use lianfang_store::{IncidentRecord, OrderRecord, PlanRecord};

use super::{propose::ProposeQuery, units::Units};
use crate::{Fault, incident::limit_facts, visit::Visit};

/// What orders are proposed from: the plan, which units it means, and the incident it is for.
pub(super) struct Ground {
    pub(super) record: PlanRecord,
    pub(super) plan: Plan,
    pub(super) units: Units,
    pub(super) meant: UnitsMeant,
    pub(super) incident: Option<IncidentRecord>,
    /// What the incident's parameters say for the plan's time limits.
    pub(super) facts: Facts,
    /// The titles of the plans that belong to it.
    plans_there: Vec<String>,
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
        // A response that runs goes on under its version until someone has it follow the newer one.
        let is_in_use = record.state == PlanState::Replaced && incident.is_some();
        if record.state != PlanState::Accepted && !is_in_use {
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
        let under = store.plans_under(record.id, &visit.scope_of(Act::ViewPlans)).await?;
        let plans_there = under.into_iter().map(|plan| plan.title).collect();
        let facts = match &incident {
            Some(incident) => limit_facts(visit, incident).await?,
            None => Facts::default(),
        };
        Ok(Ok(Ground { record, plan, units, meant, incident, facts, plans_there }))
    }

    /// The level that is asked for: that of the address, or the one in force.
    pub(super) fn level(&self, query: &ProposeQuery) -> Option<ResponseLevel> {
        let asked = ResponseLevel::from_code(&query.level);
        let in_force = self.incident.as_ref().and_then(|incident| incident.level);
        if query.level == "none" { None } else { asked.or(in_force) }
    }

    fn drafts(&self, asked: Asked, query: &ProposeQuery, visit: &Visit) -> Vec<OrderDraft> {
        let kinds = DraftKind::from_code(&query.kind).map_or(asked.kinds, |kind| [kind].into());
        let asked = Asked { kinds, plans_there: self.plans_there.clone(), ..asked };
        propose(&self.plan, &asked, &self.meant, visit.lang)
    }

    /// The orders that stand: those of this version of the plan, and those of the versions before it as they count now.
    pub(super) async fn standing(&self, visit: &Visit) -> Result<CarriedOver, Fault> {
        let store = visit.app.store();
        let incident = self.incident.as_ref().map(|incident| incident.id);
        let since = self.incident.as_ref().and_then(|incident| incident.began_at_ms).unwrap_or(0);
        let kept = store.standing_orders(self.record.id, incident, since).await?;
        let mut all = CarriedOver { kept, gone: Vec::new() };
        let mut older = self.record.replaces;
        while let Some(id) = older {
            let Some(record) = store.plan(id, &visit.scope_of(Act::ViewPlans)).await? else { break };
            let standing = store.standing_orders(record.id, incident, since).await?;
            if !standing.is_empty() {
                let now = self.drafts(Asked::at_any_level(), &ProposeQuery::default(), visit);
                let before = drafts_of(&store.plan_content(&record).await?.plan, visit.lang);
                let carried = carry_over(&standing, &before, &now);
                all.kept.extend(carried.kept);
                all.gone.extend(carried.gone);
            }
            older = record.replaces;
        }
        Ok(all)
    }

    /// What is proposed beyond the orders that stand.
    pub(super) async fn proposal(&self, visit: &Visit, query: &ProposeQuery) -> Result<Proposal, Fault> {
        let level = self.level(query);
        let standing = self.standing(visit).await?;
        let new = self.drafts(Asked::everything(level), query, visit);
        // What any level asks for and this one does not is lifted, whichever level it was issued at.
        let has_ended = self.incident.as_ref().is_some_and(|incident| incident.level.is_none());
        let old = if self.incident.is_some() && (level.is_some() || has_ended) {
            self.drafts(Asked::at_any_level(), query, visit)
        } else {
            Vec::new()
        };
        let mut change = level_change(&standing.kept, &old, &new);
        change.lift.extend(standing.gone.iter().copied());
        let mut lift = Vec::new();
        for id in &change.lift {
            lift.extend(visit.app.store().order(*id, &visit.scope).await?);
        }
        let n_standing = standing.kept.iter().filter(|order| !order.is_done).count() + standing.gone.len();
        Ok(Proposal { level, change, lift, n_standing })
    }
}

/// Everything that a plan asks for at any level, without its units.
pub(crate) fn drafts_of(plan: &Plan, lang: Lang) -> Vec<OrderDraft> {
    propose(plan, &Asked::at_any_level(), &UnitsMeant::default(), lang)
}
