use jiff::civil::Date;
use lianfang_domain::{
    UnitId,
    area::AreaCode,
    post::PhoneNumber,
    unit::{Alias, AliasKind, Unit, UnitKind, normal_name},
};

use super::{UnitRecord, UnitState, carry::Kept, name_once};
use crate::{Tx, sql::statements, value::values};

statements! {
    ADD = "INSERT INTO unit (area, id, division, kind, name, name_key, name_once, parent, duty_phone, state, merged_into,
        version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', NULL, 1)";
    TOUCH = "UPDATE unit SET version = version + 1 WHERE area = $1 AND id = $2 AND version = $3";
    RENAME = "UPDATE unit SET name = $4, name_key = $5, name_once = $6, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3";
    SET_DETAILS = "UPDATE unit SET kind = $4, division = $5, parent = $6, duty_phone = $7, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3";
    SET_STATE = "UPDATE unit SET state = $4, name_once = $5, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3";
    PUT_ALIAS = "INSERT INTO unit_alias (area, unit, alias_key, alias, kind, noted_on) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (area, unit, alias_key) DO UPDATE SET alias = excluded.alias, kind = excluded.kind,
        noted_on = excluded.noted_on";
    DROP_ALIAS = "DELETE FROM unit_alias WHERE area = $1 AND unit = $2 AND alias_key = $3";
}

/// What becomes of a unit's name when it gets another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OldName {
    /// It stays as a former name; it was the name until the day before this one.
    FormerBefore(Date),
    /// It was a slip of the pen and is dropped.
    Dropped,
}

/// What can be changed of a unit beside its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitDetails {
    /// Kind.
    pub kind: UnitKind,
    /// Area.
    pub area: AreaCode,
    /// The unit it stands under.
    pub parent: Option<UnitId>,
    /// The number that reaches whoever is on duty.
    pub duty_phone: Option<PhoneNumber>,
}

impl UnitDetails {
    /// Those of a unit.
    pub fn of(unit: &Unit) -> UnitDetails {
        UnitDetails {
            kind: unit.kind,
            area: unit.area.clone(),
            parent: unit.parent,
            duty_phone: unit.duty_phone.clone(),
        }
    }
}

fn phone_text(phone: Option<&PhoneNumber>) -> &str {
    phone.map_or("", PhoneNumber::as_str)
}

impl Tx<'_> {
    /// Adds a unit with its aliases, noted on a day. Its name must not be in use in its area.
    pub fn add_unit(&mut self, unit: &Unit, noted_on: Date) {
        let home = unit.area.home();
        let values = values![
            &home,
            unit.id,
            &unit.area,
            unit.kind.code(),
            &unit.name,
            normal_name(&unit.name),
            name_once(unit.id, &unit.name, UnitState::Open),
            unit.parent,
            phone_text(unit.duty_phone.as_ref())
        ];
        self.one(&ADD, "unit name", values);
        self.changed("name", "", unit.name.as_str());
        unit.aliases.iter().for_each(|alias| self.put_alias(&home, unit.id, alias, noted_on));
    }

    /// Gives a unit another name. Where the new one was an alias, it no longer is.
    pub fn rename_unit(&mut self, was: &UnitRecord, name: &str, old: OldName) {
        let (home, id) = (was.home(), was.unit.id);
        let key = normal_name(name);
        let once = name_once(id, name, was.state);
        self.one(&RENAME, "unit name", values![&home, id, was.version, name, &key, once]);
        self.changed("name", was.unit.name.as_str(), name);
        self.any(&DROP_ALIAS, "other name", values![&home, id, &key]);
        if let OldName::FormerBefore(day) = old
            && normal_name(&was.unit.name) != key
        {
            let former = Alias { text: was.unit.name.clone(), kind: AliasKind::Former };
            self.put_alias(&home, id, &former, day);
        }
    }

    /// Changes kind, area, parent and duty phone. The records of a unit that moves to another county move with it.
    pub fn change_unit(&mut self, was: &UnitRecord, to: &UnitDetails) {
        let unit = &was.unit;
        let phone = phone_text(to.duty_phone.as_ref());
        let values = values![&was.home(), unit.id, was.version, to.kind.code(), &to.area, to.parent, phone];
        self.one(&SET_DETAILS, "unit", values);
        self.changed("kind", unit.kind.code(), to.kind.code());
        self.changed("area", unit.area.as_str(), to.area.as_str());
        let shown = |parent: Option<UnitId>| parent.map(|id| id.to_string());
        self.changed("parent", shown(unit.parent), shown(to.parent));
        if unit.duty_phone != to.duty_phone {
            self.changed_unseen("duty_phone");
        }
        self.carry_unit(Kept { unit: unit.id, home: &was.home() }, &to.area.home());
    }

    /// Changes kind, unit above and duty phone and notes other names, all as one change.
    pub fn update_unit(&mut self, was: &UnitRecord, to: &UnitDetails, aliases: &[Alias], noted_on: Date) {
        self.change_unit(was, to);
        let learned: Vec<&str> = aliases.iter().map(|alias| alias.text.as_str()).collect();
        self.changed("alias", "", learned.join("、"));
        aliases.iter().for_each(|alias| self.put_alias(&to.area.home(), was.unit.id, alias, noted_on));
    }

    /// Takes a unit out of work; its name is free again.
    pub fn close_unit(&mut self, was: &UnitRecord) {
        self.set_unit_state(was, UnitState::Closed);
    }

    /// Puts a closed unit to work again. Its name must not be in use in its area.
    pub fn reopen_unit(&mut self, was: &UnitRecord) {
        self.set_unit_state(was, UnitState::Open);
    }

    fn set_unit_state(&mut self, was: &UnitRecord, state: UnitState) {
        let once = name_once(was.unit.id, &was.unit.name, state);
        self.one(&SET_STATE, "unit name", values![&was.home(), was.unit.id, was.version, state.code(), once]);
        self.changed("state", was.state.code(), state.code());
    }

    /// Notes another name of a unit.
    pub fn learn_alias(&mut self, was: &UnitRecord, alias: &Alias, noted_on: Date) {
        self.one(&TOUCH, "unit", values![&was.home(), was.unit.id, was.version]);
        self.changed("alias", "", alias.text.as_str());
        self.put_alias(&was.home(), was.unit.id, alias, noted_on);
    }

    /// Drops another name of a unit.
    pub fn drop_alias(&mut self, was: &UnitRecord, alias: &str) {
        self.one(&TOUCH, "unit", values![&was.home(), was.unit.id, was.version]);
        self.changed("alias", alias, "");
        self.one(&DROP_ALIAS, "other name", values![&was.home(), was.unit.id, normal_name(alias)]);
    }

    pub(super) fn put_alias(&mut self, home: &AreaCode, id: UnitId, alias: &Alias, noted_on: Date) {
        let values = values![home, id, normal_name(&alias.text), &alias.text, alias.kind.code(), noted_on];
        self.one(&PUT_ALIAS, "other name", values);
    }
}
