use std::collections::BTreeMap;
use std::sync::Arc;

use super::decide_units::KnownUnits;
use crate::{
    area::AreaCode,
    unit::{Matcher, Places, Unit},
};

/// From this score on a registered unit may be the one in the table under another name.
const ALIKE: u16 = 850;

/// The registered units area by area: a row is asked about only when its own area has a unit of a name like it.
pub(super) struct Namesakes<'a> {
    places: Arc<Places>,
    units: BTreeMap<&'a AreaCode, Vec<&'a Unit>>,
    /// Made when an area is first asked about.
    matchers: BTreeMap<AreaCode, Matcher>,
}

impl<'a> Namesakes<'a> {
    pub(super) fn new(known: &KnownUnits<'a>) -> Namesakes<'a> {
        let mut units: BTreeMap<&AreaCode, Vec<&Unit>> = BTreeMap::new();
        for unit in known.units {
            units.entry(&unit.area).or_default().push(unit);
        }
        let places = Arc::new(Places::new(known.areas.iter().cloned()));
        Namesakes { places, units, matchers: BTreeMap::new() }
    }

    /// The unit of an area that a name perhaps means.
    pub(super) fn perhaps(&mut self, name: &str, area: &AreaCode) -> Option<&'a Unit> {
        let here = self.units.get(area)?;
        if !self.matchers.contains_key(area) {
            let matcher = Matcher::new(here.iter().copied(), Arc::clone(&self.places));
            self.matchers.insert(area.clone(), matcher);
        }
        let found = self.matchers.get(area)?.suggest_near(name, area);
        let best = found.iter().find(|found| found.score >= ALIKE)?;
        here.iter().copied().find(|unit| unit.id == best.unit)
    }
}
