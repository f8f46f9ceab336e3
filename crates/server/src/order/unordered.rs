use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use lianfang_domain::{
    Lang, PlanId,
    access::Act,
    order::{Asked, DraftKind, UnitsMeant, propose},
    plan::{Plan, PlanState, ResponseLevel},
    unit::normal_name,
};
use lianfang_store::{IncidentRecord, PlanRecord, clause_of};
use parking_lot::Mutex;

use crate::{Fault, visit::Visit};

/// Plans of which the clauses are remembered.
const REMEMBERED: usize = 32;

/// The clauses of accepted plans, which never change once they are accepted.
#[derive(Default)]
pub(crate) struct KnownClauses(Mutex<BTreeMap<PlanId, Arc<Clauses>>>);

/// What a plan asks for: keys of its clauses and their words as they are compared.
pub(super) struct Clauses {
    words: BTreeMap<String, String>,
    by_level: BTreeMap<Option<ResponseLevel>, BTreeSet<String>>,
}

impl Clauses {
    fn of(plan: &Plan) -> Clauses {
        // Whether a plan under this one is there changes from day to day; the page of the plan says so.
        let mut asked = Asked::at_any_level();
        asked.kinds.remove(&DraftKind::SubPlan);
        let drafts = |asked: &Asked| propose(plan, asked, &UnitsMeant::default(), Lang::Zh);
        let words = drafts(&asked).into_iter().map(|draft| (draft.key, normal_name(&draft.text))).collect();
        let levels = plan.levels.iter().map(|level| Some(level.level)).chain([None]);
        let keys = |level| {
            let asked = Asked { level, every_level: false, ..asked.clone() };
            (level, drafts(&asked).into_iter().map(|draft| draft.key).collect())
        };
        Clauses { words, by_level: levels.map(keys).collect() }
    }
}

async fn clauses(visit: &Visit, record: &PlanRecord) -> Result<Arc<Clauses>, Fault> {
    let known = &visit.app.0.clauses.0;
    if let Some(clauses) = known.lock().get(&record.id) {
        return Ok(Arc::clone(clauses));
    }
    let plan = visit.app.store().plan_content(record).await?.plan;
    let read = tokio::task::spawn_blocking(move || Arc::new(Clauses::of(&plan)));
    let clauses = read.await.map_err(|error| Fault::Broken(error.to_string()))?;
    let mut known = known.lock();
    if known.len() >= REMEMBERED {
        known.pop_first();
    }
    known.insert(record.id, Arc::clone(&clauses));
    Ok(clauses)
}

/// How many clauses of the plan, at the level in force, have no order in the incident; none where there is no plan to
/// go by. A clause that stands in the same words under an older version of the plan is ordered.
pub(crate) async fn n_unordered(visit: &Visit, incident: &IncidentRecord) -> Result<Option<usize>, Fault> {
    let store = visit.app.store();
    let scope = visit.scope_of(Act::ViewPlans);
    let Some(id) = incident.plan else { return Ok(None) };
    let Some(record) = store.plan(id, &scope).await? else { return Ok(None) };
    if !matches!(record.state, PlanState::Accepted | PlanState::Replaced) {
        return Ok(None);
    }
    let since = incident.began_at_ms.unwrap_or(0);
    let ordered = store.ordered_clauses(incident.id, since).await?;
    let now = clauses(visit, &record).await?;
    let mut words: BTreeSet<String> = BTreeSet::new();
    let mut version = Some(record.clone());
    while let Some(record) = version {
        let clauses = clauses(visit, &record).await?;
        let here = clauses.words.iter().filter(|(key, _)| ordered.contains(&clause_of(record.id, key)));
        words.extend(here.map(|(_, words)| words.clone()));
        version = match record.replaces {
            Some(older) => store.plan(older, &scope).await?,
            None => None,
        };
    }
    let asked = now.by_level.get(&incident.level).into_iter().flatten();
    Ok(Some(asked.filter(|key| now.words.get(*key).is_none_or(|said| !words.contains(said))).count()))
}
