use jiff::civil::Date;
use lianfang_domain::{UnitId, unit::Merged};

use super::{UnitDetails, UnitRecord, UnitState, carry::Kept, name_once};
use crate::{Store, StoreError, Tx, sql::statements, value::values};

statements! {
    RETIRE = "UPDATE unit SET state = $4, name_once = $5, merged_into = $6, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3";
    MOVE_CHILDREN = "UPDATE unit SET parent = $1, version = version + 1 WHERE parent = $2 AND state <> 'merged'";
    POINT_ON = "UPDATE unit SET merged_into = $1 WHERE merged_into = $2";
    COUNT_OFFICERS = "SELECT count(*) FROM role_grant WHERE unit = $1 AND ended_at_ms IS NULL
        AND (until_on IS NULL OR until_on >= $2)";
}

impl Store {
    /// How many roles are held for a unit on a day or later. They are not carried over by a merge: rights are given by
    /// a security administrator only.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn n_unit_roles(&self, unit: UnitId, day: Date) -> Result<i64, StoreError> {
        Ok(self.point(&COUNT_OFFICERS, &values![unit, day], |row| row.int(0)).await?.unwrap_or(0))
    }
}

impl Tx<'_> {
    /// Carries out a merge that was decided on two units as they were read: the survivor gets what was chosen and the
    /// other's names, its units below and its posts; the other from now on points to the survivor.
    pub fn merge_units(&mut self, survivor: &UnitRecord, other: &UnitRecord, merged: &Merged, day: Date) {
        let (id, gone) = (survivor.unit.id, other.unit.id);
        let once = name_once(gone, &other.unit.name, UnitState::Merged);
        let values = values![&other.home(), gone, other.version, UnitState::Merged.code(), once, id];
        self.one(&RETIRE, "unit", values);
        self.change_unit(survivor, &UnitDetails::of(&merged.survivor));
        let home = merged.survivor.area.home();
        for alias in merged.survivor.aliases.iter().filter(|alias| !survivor.unit.aliases.contains(alias)) {
            self.put_alias(&home, id, alias, day);
        }
        self.any(&MOVE_CHILDREN, "unit", values![id, gone]);
        self.any(&POINT_ON, "unit", values![id, gone]);
        self.carry_posts(Kept { unit: gone, home: &other.home() }, Kept { unit: id, home: &home });
        self.changed("merged", gone.to_string(), id.to_string());
    }
}
