use lianfang_domain::{
    Lang, UnitId,
    access::{Act, Scope},
    area::AreaLevel,
    unit::{AreaName, Matcher, Places, Suggestion, Unit, UnitTree},
};
use lianfang_store::{UnitRecord, UnitState};

use super::{area_choices::offered, facts::may_reach, words::UnitWords};
use crate::{Fault, form::FormErrors, frame::Choice, visit::Visit};

/// From this score on a registered unit is shown to whoever adds one, as it may be the same.
const ALIKE: u16 = 850;

/// The units that the user sees, for finding the one that is meant by what was typed.
pub(crate) struct Register {
    /// Those the user sees.
    records: Vec<UnitRecord>,
    /// Every unit there is: a circle may go through one that the user does not see.
    pub(super) all: Vec<Unit>,
    places: Places,
}

impl Register {
    pub(crate) async fn read(visit: &Visit) -> Result<Register, Fault> {
        let scope = visit.scope_of(Act::ViewUnits);
        let areas = offered(visit, &scope, AreaLevel::Township).await?;
        let names = areas.into_iter().map(|area| AreaName { code: area.code, name: area.name, short: None });
        let mut records = visit.app.store().unit_register(&Scope::everywhere()).await?;
        let all = records.iter().map(|record| record.unit.clone()).collect();
        records.retain(|record| may_reach(visit, Act::ViewUnits, record));
        Ok(Register { records, all, places: Places::new(names) })
    }

    /// A unit that the user sees, at work or not.
    pub(crate) fn find(&self, id: UnitId) -> Option<&UnitRecord> {
        self.records.iter().find(|record| record.unit.id == id)
    }

    /// The one unit at work that goes by a name; none where several do.
    pub(crate) fn called(&self, name: &str) -> Option<UnitId> {
        let at_work = self.at_work();
        let mut called = at_work.iter().filter(|unit| unit.is_called(name));
        called.next().filter(|_| called.next().is_none()).map(|unit| unit.id)
    }

    /// For asking about many names.
    pub(crate) fn matcher(&self) -> Matcher {
        Matcher::new(&self.at_work(), self.places.clone())
    }

    fn at_work(&self) -> Vec<Unit> {
        let open = self.records.iter().filter(|record| record.state == UnitState::Open);
        open.map(|record| record.unit.clone()).collect()
    }

    /// The units at work that a name may mean.
    pub(super) fn suggest(&self, name: &str) -> Vec<Suggestion> {
        self.matcher().suggest(name)
    }

    /// The units at work that are perhaps the one that is to be added.
    pub(super) fn alike(&self, name: &str) -> Vec<Suggestion> {
        self.suggest(name).into_iter().filter(|found| found.score >= ALIKE).collect()
    }

    /// A unit as it stands in a selection.
    pub(crate) fn label(&self, id: UnitId) -> String {
        self.find(id).map_or_else(String::new, |record| format!("{}（{}）", record.unit.name, record.unit.area))
    }
}

/// A unit above, as it was typed or chosen.
#[derive(Clone, Debug, Default)]
pub(super) struct ParentTyped<'a> {
    /// The name that was typed.
    pub(super) name: &'a str,
    /// The unit chosen among those that the name may mean.
    pub(super) chosen: &'a str,
    /// The unit above until now; it stays where the name was not changed.
    pub(super) was: Option<(UnitId, &'a str)>,
    /// The unit that is to stand under it; none while it is being added.
    pub(super) of: Option<UnitId>,
}

/// What became of it.
#[derive(Clone, Debug, Default)]
pub(super) struct ParentFound {
    pub(super) parent: Option<UnitId>,
    /// What the name may mean, for choosing.
    pub(super) choices: Vec<Choice>,
}

/// Finds the unit above. Where the name may mean several, or none exactly, the user chooses.
pub(super) fn find_parent(
    register: &Register,
    typed: &ParentTyped<'_>,
    lang: Lang,
    errors: &mut FormErrors,
) -> ParentFound {
    let name = typed.name.trim();
    if name.is_empty() {
        return ParentFound::default();
    }
    if let Some((was, own)) = typed.was
        && own == name
        && typed.chosen.is_empty()
    {
        return ParentFound { parent: Some(was), choices: Vec::new() };
    }
    let units = register.at_work();
    let called: Vec<UnitId> = units.iter().filter(|unit| unit.is_called(name)).map(|unit| unit.id).collect();
    let suggested = || register.suggest(name).into_iter().map(|found| found.unit).collect();
    let candidates: Vec<UnitId> = if called.is_empty() { suggested() } else { called.clone() };
    let chosen = typed.chosen.parse::<UnitId>().ok().filter(|id| candidates.contains(id));
    let Some(parent) = chosen.or(if called.len() == 1 { called.first().copied() } else { None }) else {
        let t = UnitWords(lang);
        errors.add("parent", if candidates.is_empty() { t.parent_unknown() } else { t.parent_unclear() });
        let offers = candidates.iter().map(|id| (id.to_string(), register.label(*id)));
        return ParentFound { parent: None, choices: Choice::all(offers, "") };
    };
    if let Some(of) = typed.of
        && let Err(refusal) = UnitTree::new(&register.all).check_parent(of, parent)
    {
        errors.add("parent", refusal.message(lang));
    }
    ParentFound { parent: Some(parent), choices: Vec::new() }
}
