use std::collections::{BTreeMap, BTreeSet};

use super::Unit;
use crate::{Lang, UnitId};

/// Why a unit cannot be put under another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParentRefusal {
    /// A unit cannot stand under itself.
    Itself {
        /// Its name.
        name: String,
    },
    /// The other stands under it already, so that they would go round in a circle.
    Cycle {
        /// The unit.
        name: String,
        /// The unit it was to be put under.
        parent: String,
    },
    /// No such unit is registered, or it was merged into another.
    NotThere,
}

impl ParentRefusal {
    /// What is wrong and what to do.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            ParentRefusal::Itself { name } => lang.pick(
                format!("“{name}”不能以自己为上级单位，请另选。"),
                format!("“{name}” cannot stand under itself; choose another unit."),
            ),
            ParentRefusal::Cycle { name, parent } => lang.pick(
                format!("“{parent}”是“{name}”的下级单位，不能作为它的上级。请另选，或先调整“{parent}”的上级。"),
                format!(
                    "“{parent}” stands under “{name}” and cannot be above it. Choose another unit, or first move \
                     “{parent}”."
                ),
            ),
            ParentRefusal::NotThere => lang
                .pick("上级单位未登记或已并入其他单位，请另选。", "No such unit is registered; choose another.")
                .to_owned(),
        }
    }
}

/// Which unit stands under which.
#[derive(Clone, Debug, Default)]
pub struct UnitTree<'a> {
    units: BTreeMap<UnitId, &'a Unit>,
}

impl<'a> UnitTree<'a> {
    /// The tree of the units that are not merged into others.
    pub fn new(units: &'a [Unit]) -> UnitTree<'a> {
        let own = units.iter().filter(|unit| unit.merged_into.is_none());
        UnitTree { units: own.map(|unit| (unit.id, unit)).collect() }
    }

    /// A unit of the tree.
    pub fn unit(&self, id: UnitId) -> Option<&'a Unit> {
        self.units.get(&id).copied()
    }

    /// The units above, the nearest first. It ends even where records go round in a circle.
    pub fn ancestors(&self, id: UnitId) -> Vec<UnitId> {
        let mut above = Vec::new();
        let mut seen = BTreeSet::from([id]);
        let mut at = id;
        while let Some(parent) = self.unit(at).and_then(|unit| unit.parent).filter(|parent| seen.insert(*parent)) {
            above.push(parent);
            at = parent;
        }
        above
    }

    /// The units directly below.
    pub fn children(&self, id: UnitId) -> Vec<UnitId> {
        self.units.values().filter(|unit| unit.parent == Some(id)).map(|unit| unit.id).collect()
    }

    /// Whether a unit can be put under another.
    ///
    /// # Errors
    /// [`ParentRefusal`] says why not.
    pub fn check_parent(&self, id: UnitId, parent: UnitId) -> Result<(), ParentRefusal> {
        let name = |id| self.unit(id).map(|unit| unit.name.clone()).ok_or(ParentRefusal::NotThere);
        if id == parent {
            return Err(ParentRefusal::Itself { name: name(id)? });
        }
        let (own, above) = (name(id)?, name(parent)?);
        if self.ancestors(parent).contains(&id) {
            return Err(ParentRefusal::Cycle { name: own, parent: above });
        }
        Ok(())
    }

    /// Units whose records go round in a circle, or stand under a unit that is not there.
    pub fn faults(&self) -> Vec<UnitId> {
        let is_wrong = |unit: &&&Unit| {
            let above = self.ancestors(unit.id);
            let top = above.last().copied().unwrap_or(unit.id);
            self.unit(top).is_none_or(|top| top.parent.is_some())
        };
        self.units.values().filter(is_wrong).map(|unit| unit.id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Id;
    use crate::unit::record::tests::unit;

    fn id(number: i64) -> UnitId {
        UnitId(Id::from_number(number))
    }

    /// 1 ← 2 ← 3, and 4 alone.
    fn units() -> Vec<Unit> {
        let mut units: Vec<Unit> = (1..=4).map(|n| unit(n, &format!("单位{n}"), "990101")).collect();
        units[1].parent = Some(id(1));
        units[2].parent = Some(id(2));
        units
    }

    #[test]
    fn a_unit_cannot_be_put_under_what_stands_under_it() {
        let units = units();
        let tree = UnitTree::new(&units);
        for (unit, parent, allowed) in
            [(1, 4, true), (4, 3, true), (3, 1, true), (1, 3, false), (1, 2, false), (2, 2, false)]
        {
            assert_eq!(tree.check_parent(id(unit), id(parent)).is_ok(), allowed, "{unit} {parent}");
        }
        assert_eq!(tree.check_parent(id(1), id(9)), Err(ParentRefusal::NotThere));
        let message = tree.check_parent(id(1), id(3)).unwrap_err().message(Lang::Zh);
        assert!(message.starts_with("“单位3”是“单位1”的下级单位"), "{message}");
    }

    #[test]
    fn whatever_may_be_put_under_another_makes_no_circle() {
        for child in 1..=4 {
            for parent in 1..=4 {
                let mut units = units();
                if UnitTree::new(&units).check_parent(id(child), id(parent)).is_ok() {
                    units[usize::try_from(child - 1).unwrap()].parent = Some(id(parent));
                }
                assert_eq!(UnitTree::new(&units).faults(), [], "{child} {parent}");
            }
        }
    }

    #[test]
    fn records_that_go_round_are_found_and_do_not_hang() {
        let mut units = units();
        units[0].parent = Some(id(3));
        units[3].parent = Some(id(9));
        let tree = UnitTree::new(&units);
        assert_eq!(tree.ancestors(id(1)), [id(3), id(2)]);
        assert_eq!(tree.faults(), [id(1), id(2), id(3), id(4)]);
    }

    #[test]
    fn children_are_those_directly_below() {
        let units = units();
        let tree = UnitTree::new(&units);
        assert_eq!((tree.children(id(1)), tree.children(id(3))), (vec![id(2)], vec![]));
        assert_eq!(tree.ancestors(id(3)), [id(2), id(1)]);
    }
}
