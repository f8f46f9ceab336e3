use std::collections::{BTreeMap, BTreeSet};

use super::full_form::expand;
use super::{Places, Unit, normal_name};
use crate::{Lang, UnitId, area::AreaCode};

/// What units have in common that are perhaps one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DuplicateReason {
    /// A name or other name is the same.
    SameName,
    /// The full forms of their names are the same, in the same area (`区卫健局` and 清河区卫生健康局).
    SameFullForm,
}

impl DuplicateReason {
    /// The reason in words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            DuplicateReason::SameName => lang.pick("名称或别名相同", "Same name or other name"),
            DuplicateReason::SameFullForm => lang.pick("同一辖区内全称相同", "Same full form in one area"),
        }
    }
}

/// Units that are perhaps one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateUnits {
    /// What they have in common.
    pub text: String,
    /// In what way.
    pub reason: DuplicateReason,
    /// The units, at least two, in the order of their areas.
    pub units: Vec<UnitId>,
}

/// Units that share a name, or a full form of it, and are perhaps one. Units in areas beside each other are not: every
/// township may have its 中心小学. Units already merged are left out.
pub fn duplicates(units: &[Unit], places: &Places) -> Vec<DuplicateUnits> {
    let mut by_name: BTreeMap<String, BTreeSet<(&AreaCode, UnitId)>> = BTreeMap::new();
    let mut by_form: BTreeMap<(&AreaCode, String), BTreeSet<(&AreaCode, UnitId)>> = BTreeMap::new();
    for unit in units.iter().filter(|unit| unit.merged_into.is_none()) {
        for name in unit.names().map(normal_name).filter(|name| !name.is_empty()) {
            let form = expand(&places.placed(&name).core).text;
            by_form.entry((&unit.area, form)).or_default().insert((&unit.area, unit.id));
            by_name.entry(name).or_default().insert((&unit.area, unit.id));
        }
    }
    let mut found = Vec::new();
    let mut seen: BTreeSet<Vec<UnitId>> = BTreeSet::new();
    let named = by_name.into_iter().map(|(text, sharers)| (text, DuplicateReason::SameName, sharers));
    let formed = by_form.into_iter().map(|((_, text), sharers)| (text, DuplicateReason::SameFullForm, sharers));
    for (text, reason, sharers) in named.chain(formed) {
        for units in nested(&sharers) {
            if seen.insert(units.clone()) {
                found.push(DuplicateUnits { text: text.clone(), reason, units });
            }
        }
    }
    found
}

/// Those of at least two whose areas lie in one of them.
fn nested(sharers: &BTreeSet<(&AreaCode, UnitId)>) -> Vec<Vec<UnitId>> {
    let mut groups: Vec<(&AreaCode, Vec<UnitId>)> = Vec::new();
    // Codes in order: an area stands directly before everything that lies in it.
    for &(area, id) in sharers {
        match groups.last_mut().filter(|(top, _)| top.contains(area)) {
            Some((_, group)) => group.push(id),
            None => groups.push((area, vec![id])),
        }
    }
    groups.into_iter().map(|(_, group)| group).filter(|group| group.len() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Id;
    use crate::unit::AliasKind;
    use crate::unit::place::tests::places;
    use crate::unit::record::tests::{also, unit};

    fn found(units: &[Unit]) -> Vec<(DuplicateReason, Vec<i64>)> {
        let ids = |one: DuplicateUnits| (one.reason, one.units.iter().map(|id| id.0.number()).collect());
        duplicates(units, &places()).into_iter().map(ids).collect()
    }

    #[test]
    fn a_name_that_is_anothers_name_or_alias_is_reported_once() {
        let units = [
            unit(1, "清河区财政局", "990101"),
            also(unit(2, "区财政局（国资办）", "990101"), AliasKind::Learned, "清河区 财政局"),
            unit(3, "清河区民政局", "990101"),
        ];
        assert_eq!(found(&units), [(DuplicateReason::SameName, vec![1, 2])]);
    }

    #[test]
    fn short_and_full_form_in_one_area_are_reported() {
        let units =
            [unit(1, "清河区卫生健康局", "990101"), unit(2, "区卫健局", "990101"), unit(3, "县卫健局", "990102")];
        assert_eq!(found(&units), [(DuplicateReason::SameFullForm, vec![1, 2])]);
    }

    #[test]
    fn townships_may_each_have_a_unit_of_one_name() {
        let units = [unit(1, "中心小学", "990101001"), unit(2, "中心小学", "990101002")];
        assert_eq!(found(&units), []);
        let with_county = [&units[..], &[unit(3, "中心小学", "990101")]].concat();
        assert_eq!(found(&with_county), [(DuplicateReason::SameName, vec![3, 1, 2])]);
    }

    #[test]
    fn merged_units_are_no_duplicates() {
        let mut units = [unit(1, "清河区财政局", "990101"), unit(2, "清河区财政局", "990101")];
        units[1].merged_into = Some(UnitId(Id::from_number(1)));
        assert_eq!(found(&units), []);
    }
}
