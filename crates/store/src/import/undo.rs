use jiff::civil::Date;
use lianfang_domain::{
    ImportId, IncumbencyId, PostId, UnitId,
    area::{AreaCode, NameFrom, PopulationFrom},
    unit::normal_name,
};
use serde::{Deserialize, Serialize};

use super::{Effect, EffectState};
use crate::{Tx, sql::statements, value::values};

statements! {
    REMOVE_AREA = "DELETE FROM area WHERE code = $1 AND version = $2
        AND NOT EXISTS (SELECT 1 FROM area b WHERE b.parent = $1)
        AND NOT EXISTS (SELECT 1 FROM unit u WHERE u.division = $1)
        AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.area = $1)";
    REMOVE_NAMES = "DELETE FROM area_name WHERE code = $1";
    REMOVE_POPULATIONS = "DELETE FROM area_population WHERE code = $1";
    TOUCH_AREA = "UPDATE area SET version = version + 1 WHERE code = $1 AND version = $2";
    PUT_NAME = "INSERT INTO area_name (code, from_on, name, short) VALUES ($1, $2, $3, $4)";
    PUT_POPULATION = "INSERT INTO area_population (code, counted_on, n, source) VALUES ($1, $2, $3, $4)";
    REMOVE_UNIT = "DELETE FROM unit WHERE area = $1 AND id = $2 AND version = $3
        AND NOT EXISTS (SELECT 1 FROM unit b WHERE b.parent = $2 OR b.merged_into = $2)
        AND NOT EXISTS (SELECT 1 FROM post p WHERE p.area = $1 AND p.unit = $2)
        AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.unit = $2)";
    REMOVE_ALIASES = "DELETE FROM unit_alias WHERE area = $1 AND unit = $2";
    RESTORE_UNIT = "UPDATE unit SET kind = $4, parent = $5, duty_phone = $6, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3";
    REMOVE_ALIAS = "DELETE FROM unit_alias WHERE area = $1 AND unit = $2 AND alias_key = $3";
    REMOVE_POST = "DELETE FROM post WHERE area = $1 AND id = $2 AND version = $3";
    REMOVE_HOLDERS = "DELETE FROM incumbency WHERE area = $1 AND post = $2";
    TOUCH_POST = "UPDATE post SET version = version + 1 WHERE area = $1 AND id = $2 AND version = $3";
    REMOVE_HOLDER = "DELETE FROM incumbency WHERE area = $1 AND id = $2";
    RESTORE_HOLDER = "UPDATE incumbency SET until_on = $3, state = 'valid', version = version + 1
        WHERE area = $1 AND id = $2";
}

/// How an effect of an import is undone. Holds no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Undo {
    /// The area is removed, if nothing lies in it.
    RemoveArea {
        /// The area.
        code: AreaCode,
    },
    /// The area gets its former names and counts back.
    RestoreArea {
        /// The area.
        code: AreaCode,
        /// Its names before.
        names: Vec<NameFrom>,
        /// Its counts before.
        populations: Vec<PopulationFrom>,
    },
    /// The unit is removed, if nothing hangs on it.
    RemoveUnit {
        /// The county by which it is kept.
        home: AreaCode,
        /// The unit.
        id: UnitId,
    },
    /// The unit gets its former details back and loses the names it learned.
    RestoreUnit {
        /// The county by which it is kept.
        home: AreaCode,
        /// The unit.
        id: UnitId,
        /// The code of its kind before.
        kind: String,
        /// The unit above before.
        parent: Option<UnitId>,
        /// Its duty phone before.
        duty_phone: String,
        /// Names it learned.
        learned: Vec<String>,
    },
    /// The post is removed with whoever was put into it.
    RemovePost {
        /// The county by which it is kept.
        home: AreaCode,
        /// The post.
        id: PostId,
    },
    /// Whoever came into the post goes, and whoever went comes back.
    RestoreHolders {
        /// The county by which the post is kept.
        home: AreaCode,
        /// The post.
        id: PostId,
        /// Who came.
        came: IncumbencyId,
        /// Whose time was ended or record replaced, with the last day before.
        went: Vec<(IncumbencyId, Option<Date>)>,
    },
}

impl Tx<'_> {
    /// Undoes one effect of an import. Where the thing was changed since or something hangs on it, the act fails with
    /// [`crate::StoreError::Changed`] and everything stands.
    pub fn undo_effect(&mut self, import: ImportId, effect: &Effect) {
        self.settle(import, effect, EffectState::Undone);
        let version = effect.version;
        match &effect.undo {
            None => {}
            Some(Undo::RemoveArea { code }) => {
                self.one(&REMOVE_AREA, "area", values![code, version]);
                self.any(&REMOVE_NAMES, "area", values![code]);
                self.any(&REMOVE_POPULATIONS, "area", values![code]);
            }
            Some(Undo::RestoreArea { code, names, populations }) => {
                self.one(&TOUCH_AREA, "area", values![code, version]);
                self.restore_area(code, names, populations);
            }
            Some(Undo::RemoveUnit { home, id }) => {
                self.one(&REMOVE_UNIT, "unit", values![home, *id, version]);
                self.any(&REMOVE_ALIASES, "unit", values![home, *id]);
            }
            Some(Undo::RestoreUnit { home, id, kind, parent, duty_phone, learned }) => {
                self.one(&RESTORE_UNIT, "unit", values![home, *id, version, kind, *parent, duty_phone]);
                for name in learned {
                    self.any(&REMOVE_ALIAS, "unit", values![home, *id, normal_name(name)]);
                }
            }
            Some(Undo::RemovePost { home, id }) => {
                self.one(&REMOVE_POST, "post", values![home, *id, version]);
                self.any(&REMOVE_HOLDERS, "post", values![home, *id]);
            }
            Some(Undo::RestoreHolders { home, id, came, went }) => {
                self.one(&TOUCH_POST, "post", values![home, *id, version]);
                self.one(&REMOVE_HOLDER, "time in post", values![home, *came]);
                for (holder, until_on) in went {
                    self.one(&RESTORE_HOLDER, "time in post", values![home, *holder, *until_on]);
                }
            }
        }
    }

    fn restore_area(&mut self, code: &AreaCode, names: &[NameFrom], populations: &[PopulationFrom]) {
        self.any(&REMOVE_NAMES, "area", values![code]);
        self.any(&REMOVE_POPULATIONS, "area", values![code]);
        for name in names {
            let short = name.short.clone().unwrap_or_default();
            self.one(&PUT_NAME, "area", values![code, name.from_on, &name.name, short]);
        }
        for population in populations {
            let n = population.n.and_then(|n| i64::try_from(n).ok());
            self.one(&PUT_POPULATION, "area", values![code, population.on, n, &population.source]);
        }
    }
}
