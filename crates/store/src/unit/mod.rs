//! Units with their other names.

mod carry;
mod change;
mod export;
mod list;
mod merge;
mod range;
mod read;

use jiff::civil::Date;
use lianfang_domain::{
    UnitId,
    area::AreaCode,
    unit::{Alias, Unit, UnitKind, normal_name},
};

pub(crate) use carry::ALL as CARRY;
pub(crate) use change::ALL as CHANGE;
pub use change::{OldName, UnitDetails};
pub use list::{ListStart, UnitList, UnitOrder, UnitPlace, UnitRow, UnitSearch};
pub(crate) use merge::ALL as MERGE;

use crate::{StoreError, value::Row};

/// In what state a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitState {
    /// At work.
    Open,
    /// No longer at work; its record stays.
    Closed,
    /// Merged into another, to which its old address leads.
    Merged,
}

impl UnitState {
    /// The text that is kept.
    pub fn code(self) -> &'static str {
        match self {
            UnitState::Open => "open",
            UnitState::Closed => "closed",
            UnitState::Merged => "merged",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<UnitState> {
        [UnitState::Open, UnitState::Closed, UnitState::Merged].into_iter().find(|state| state.code() == code)
    }
}

/// A unit's other name, and since when it is known as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotedAlias {
    /// The name.
    pub alias: Alias,
    /// The day on which it was noted; for a former name the first day of the name that followed.
    pub noted_on: Date,
}

/// A unit as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRecord {
    /// The unit with its aliases.
    pub unit: Unit,
    /// The same aliases with their days.
    pub aliases: Vec<NotedAlias>,
    /// At work or not.
    pub state: UnitState,
    /// For telling whether someone else changed it.
    pub version: i64,
}

impl UnitRecord {
    /// The county by which the unit's records are kept together.
    pub fn home(&self) -> AreaCode {
        self.unit.area.home()
    }
}

/// A unit by its name, where it is only pointed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedUnit {
    /// The unit.
    pub id: UnitId,
    /// Its name.
    pub name: String,
}

/// By what a name is held once: the name itself while the unit is at work, afterwards something of its own.
fn name_once(id: UnitId, name: &str, state: UnitState) -> String {
    if state == UnitState::Open { normal_name(name) } else { format!("#{id}") }
}

fn kind_of(row: &Row<'_>, column: usize) -> Result<UnitKind, StoreError> {
    let code = row.text(column)?;
    UnitKind::from_code(&code).ok_or_else(|| StoreError::Broken(format!("there is no kind of unit “{code}”")))
}

fn state_of(row: &Row<'_>, column: usize) -> Result<UnitState, StoreError> {
    let code = row.text(column)?;
    UnitState::from_code(&code).ok_or_else(|| StoreError::Broken(format!("there is no state of a unit “{code}”")))
}

/// What is kept of a value that may be missing, where an empty text says that it is.
pub(crate) fn filled<T: std::str::FromStr>(row: &Row<'_>, column: usize) -> Result<Option<T>, StoreError> {
    if row.text(column)?.is_empty() { Ok(None) } else { row.parsed(column).map(Some) }
}
