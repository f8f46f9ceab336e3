use serde::{Deserialize, Serialize};

use crate::{
    UnitId,
    area::AreaCode,
    unit::{Unit, UnitKind},
};

/// Of whom a report is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Assignment {
    /// Every unit of a kind in an area and below it.
    Kind {
        /// The kind.
        kind: UnitKind,
        /// The area.
        area: AreaCode,
    },
    /// Every unit in an area and below it.
    Area {
        /// The area.
        area: AreaCode,
    },
    /// One unit.
    Unit {
        /// The unit.
        unit: UnitId,
    },
}

impl Assignment {
    /// Whether it asks a unit.
    pub fn asks(&self, id: UnitId, kind: UnitKind, area: &AreaCode) -> bool {
        match self {
            Assignment::Kind { kind: asked, area: held } => *asked == kind && held.contains(area),
            Assignment::Area { area: held } => held.contains(area),
            Assignment::Unit { unit } => *unit == id,
        }
    }

    /// Whether any of several asks a unit.
    pub fn any_asks(all: &[Assignment], unit: &Unit) -> bool {
        all.iter().any(|one| one.asks(unit.id, unit.kind, &unit.area))
    }
}
