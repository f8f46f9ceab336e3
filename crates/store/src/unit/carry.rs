use lianfang_domain::{UnitId, area::AreaCode};

use crate::{Tx, sql::statements, value::values};

statements! {
    COPY_UNIT = "INSERT INTO unit (area, id, division, kind, name, name_key, name_once, parent, duty_phone, state,
        merged_into, version) SELECT $1, id, division, kind, name, name_key, name_once, parent, duty_phone, state,
        merged_into, version FROM unit WHERE area = $2 AND id = $3";
    LEAVE_UNIT = "DELETE FROM unit WHERE area = $1 AND id = $2";
    COPY_ALIASES = "INSERT INTO unit_alias (area, unit, alias_key, alias, kind, noted_on)
        SELECT $1, unit, alias_key, alias, kind, noted_on FROM unit_alias WHERE area = $2 AND unit = $3";
    LEAVE_ALIASES = "DELETE FROM unit_alias WHERE area = $1 AND unit = $2";
    COPY_INCUMBENCIES = "INSERT INTO incumbency (area, id, post, person, phone, from_on, until_on, tenure, state, version)
        SELECT $1, i.id, i.post, i.person, i.phone, i.from_on, i.until_on, i.tenure, i.state, i.version
        FROM incumbency i JOIN post p ON p.area = i.area AND p.id = i.post WHERE p.area = $2 AND p.unit = $3";
    LEAVE_INCUMBENCIES = "DELETE FROM incumbency WHERE area = $1
        AND post IN (SELECT p.id FROM post p WHERE p.area = $1 AND p.unit = $2)";
    COPY_POSTS = "INSERT INTO post (area, id, unit, title, place_in_order, duty_phone, state, version)
        SELECT $1, id, CAST($4 AS bigint), title, place_in_order, duty_phone, state, version + 1
        FROM post WHERE area = $2 AND unit = $3";
    LEAVE_POSTS = "DELETE FROM post WHERE area = $1 AND unit = $2";
    MOVE_POSTS = "UPDATE post SET unit = $1, version = version + 1 WHERE area = $2 AND unit = $3";
}

/// A unit with the county by which its records are kept together.
#[derive(Clone, Copy)]
pub(super) struct Kept<'a> {
    pub(super) unit: UnitId,
    pub(super) home: &'a AreaCode,
}

impl Tx<'_> {
    /// Takes everything of a unit from one county's records to another's. The key of a table is never changed in
    /// place, so that a schema spread over several machines takes it, too.
    pub(super) fn carry_unit(&mut self, from: Kept<'_>, to: &AreaCode) {
        if from.home == to {
            return;
        }
        self.one(&COPY_UNIT, "unit name", values![to, from.home, from.unit]);
        self.one(&LEAVE_UNIT, "unit", values![from.home, from.unit]);
        self.any(&COPY_ALIASES, "unit", values![to, from.home, from.unit]);
        self.any(&LEAVE_ALIASES, "unit", values![from.home, from.unit]);
        self.carry_posts(from, Kept { home: to, ..from });
    }

    /// Takes the posts of a unit with everyone who held them to another unit, or to another county's records.
    pub(super) fn carry_posts(&mut self, from: Kept<'_>, to: Kept<'_>) {
        if from.home == to.home {
            self.any(&MOVE_POSTS, "post", values![to.unit, from.home, from.unit]);
            return;
        }
        self.any(&COPY_INCUMBENCIES, "post", values![to.home, from.home, from.unit]);
        self.any(&LEAVE_INCUMBENCIES, "post", values![from.home, from.unit]);
        self.any(&COPY_POSTS, "post", values![to.home, from.home, from.unit, to.unit]);
        self.any(&LEAVE_POSTS, "post", values![from.home, from.unit]);
    }
}
