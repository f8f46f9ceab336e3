use std::collections::{BTreeMap, BTreeSet};

use lianfang_domain::{
    Lang, UnitId,
    access::Scope,
    area::{AreaCode, AreaLevel},
    order::Collective,
    unit::{Unit, UnitKind, normal_name},
};
use lianfang_store::UnitState;

use super::words::OrderWords;
use crate::{Fault, visit::Visit};

/// The registered units at work to which orders can go.
pub(crate) struct Units {
    units: BTreeMap<UnitId, Unit>,
    /// Units by what they are called; several where a name is not theirs alone.
    called: BTreeMap<String, Vec<UnitId>>,
}

impl Units {
    /// Those that a scope holds.
    pub(crate) async fn read(visit: &Visit, scope: &Scope) -> Result<Units, Fault> {
        let register = visit.app.store().unit_register(scope).await?;
        let open = register.into_iter().filter(|record| record.state == UnitState::Open);
        Ok(Units::of(open.map(|record| record.unit)))
    }

    fn of(units: impl IntoIterator<Item = Unit>) -> Units {
        let units: BTreeMap<UnitId, Unit> = units.into_iter().map(|unit| (unit.id, unit)).collect();
        let mut called: BTreeMap<String, Vec<UnitId>> = BTreeMap::new();
        for unit in units.values() {
            let keys: BTreeSet<String> = unit.names().map(normal_name).collect();
            for key in keys {
                called.entry(key).or_default().push(unit.id);
            }
        }
        Units { units, called }
    }

    pub(crate) fn get(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(&id)
    }

    /// The name of a unit; empty for one that is not there.
    pub(super) fn name(&self, id: UnitId) -> String {
        self.get(id).map(|unit| unit.name.clone()).unwrap_or_default()
    }

    /// The unit of a typed name: one name, one unit. A name that several bear is told apart by the area in brackets.
    pub(super) fn find(&self, typed: &str) -> Option<UnitId> {
        let typed = typed.trim();
        if let Some([only]) = self.called.get(&normal_name(typed)).map(Vec::as_slice) {
            return Some(*only);
        }
        self.units.values().find(|unit| label(unit) == typed).map(|unit| unit.id)
    }

    /// Every unit as it is typed, for choosing while typing.
    pub(crate) fn offered(&self) -> Vec<String> {
        let unique = |unit: &Unit| self.called.get(&normal_name(&unit.name)).is_some_and(|units| units.len() == 1);
        self.units.values().map(|unit| if unique(unit) { unit.name.clone() } else { label(unit) }).collect()
    }

    /// Units as they are typed, one a line.
    pub(crate) fn lines(&self, ids: &[UnitId]) -> String {
        let unique = |unit: &Unit| self.called.get(&normal_name(&unit.name)).is_some_and(|units| units.len() == 1);
        let named = ids.iter().filter_map(|id| self.get(*id));
        named.map(|unit| if unique(unit) { unit.name.clone() } else { label(unit) }).collect::<Vec<_>>().join("\n")
    }

    /// The units of a kind in an area.
    pub(super) fn of_kind(&self, kind: UnitKind, area: &AreaCode) -> Vec<UnitId> {
        self.chosen(area, |unit| unit.kind == kind)
    }

    /// Those that a plan of an area means by each name for all of a kind.
    pub(super) fn kinds(&self, area: &AreaCode) -> BTreeMap<Collective, Vec<UnitId>> {
        use UnitKind::{Government, Hospital, PrimaryCare, School, TownshipOffice, VillageCommittee};
        let of = |kinds: &[UnitKind]| self.chosen(area, |unit| kinds.contains(&unit.kind));
        let counties = self.chosen(area, |unit| {
            unit.kind == Government && unit.area.level() == AreaLevel::County && unit.area != *area
        });
        BTreeMap::from([
            (Collective::Counties, counties),
            (Collective::Townships, of(&[TownshipOffice])),
            (Collective::Villages, of(&[VillageCommittee])),
            (Collective::MedicalInstitutions, of(&[Hospital, PrimaryCare])),
            (Collective::PrimaryCare, of(&[PrimaryCare])),
            (Collective::Schools, of(&[School])),
        ])
    }

    /// The units below one: those under it in the register, and for the government of an area those of the areas below.
    pub(super) fn below(&self, id: UnitId) -> Vec<UnitId> {
        let Some(own) = self.get(id) else { return Vec::new() };
        let governs = matches!(own.kind, UnitKind::Government | UnitKind::TownshipOffice);
        let inside = |unit: &Unit| governs && unit.area != own.area && own.area.contains(&unit.area);
        let offices = [UnitKind::Government, UnitKind::TownshipOffice, UnitKind::VillageCommittee];
        let below = |unit: &Unit| unit.parent == Some(id) || inside(unit) && offices.contains(&unit.kind);
        self.units.values().filter(|unit| unit.id != id && below(unit)).map(|unit| unit.id).collect()
    }

    fn chosen(&self, area: &AreaCode, is_one: impl Fn(&Unit) -> bool) -> Vec<UnitId> {
        let inside = self.units.values().filter(|unit| area.contains(&unit.area) && is_one(unit));
        inside.map(|unit| unit.id).collect()
    }

    /// The units of typed names, each once.
    ///
    /// # Errors
    /// Which names are no registered units.
    pub(crate) fn all_of(&self, typed: &str, lang: Lang) -> Result<Vec<UnitId>, String> {
        let names = typed.split(['\n', '\t', ';', '；']).map(str::trim).filter(|name| !name.is_empty());
        let (mut found, mut unknown) = (Vec::new(), Vec::new());
        for name in names {
            match self.find(name) {
                Some(unit) if found.contains(&unit) => {}
                Some(unit) => found.push(unit),
                None => unknown.push(name.to_owned()),
            }
        }
        if unknown.is_empty() { Ok(found) } else { Err(OrderWords(lang).units_unknown(&unknown)) }
    }
}

/// A unit told apart from others of its name.
fn label(unit: &Unit) -> String {
    format!("{}（{}）", unit.name, unit.area)
}
