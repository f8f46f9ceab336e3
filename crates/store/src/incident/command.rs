use jiff::civil::Date;
use lianfang_domain::{
    BodyId, PartId, UnitId,
    plan::{BodyKind, BodyStatus, Rank},
};
use serde::{Serialize, de::DeserializeOwned};

use super::IncidentRecord;
use crate::{
    Store, StoreError, Tx,
    sql::statements,
    value::{Row, values},
};

statements! {
    ADD_BODY = "INSERT INTO command_body (area, incident, id, parent, kind, status, name, division, from_on, until_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)";
    END_BODY = "UPDATE command_body SET until_on = $4
        WHERE area = $1 AND incident = $2 AND id = $3 AND until_on IS NULL";
    SET_UP_BODY = "UPDATE command_body SET status = $4
        WHERE area = $1 AND incident = $2 AND id = $3 AND status <> $4";
    BODIES = "SELECT id, parent, kind, status, name, division, from_on, until_on FROM command_body
        WHERE area = $1 AND incident = $2 ORDER BY id";
    ADD_MEMBER = "INSERT INTO command_member (area, incident, id, body, relation, rank, unit, unit_name, post, person,
        from_on, until_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL)";
    END_MEMBER = "UPDATE command_member SET until_on = $4
        WHERE area = $1 AND incident = $2 AND id = $3 AND until_on IS NULL";
    MEMBERS = "SELECT id, body, relation, rank, unit, unit_name, post, person, from_on, until_on FROM command_member
        WHERE area = $1 AND incident = $2 ORDER BY id";
}

/// A headquarters, office or group that is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBody {
    /// Its identifier.
    pub id: BodyId,
    /// The body above it.
    pub parent: Option<BodyId>,
    /// What it is.
    pub kind: BodyKind,
    /// Whether it exists.
    pub status: BodyStatus,
    /// Its name.
    pub name: String,
    /// The area that it is for.
    pub area: lianfang_domain::area::AreaCode,
}

/// The same as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyRecord {
    /// What it is.
    pub body: NewBody,
    /// Since when.
    pub from_on: Date,
    /// Until when; none while it stands.
    pub until_on: Option<Date>,
}

/// Someone who is put into a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMember {
    /// Its identifier.
    pub id: PartId,
    /// The body.
    pub body: BodyId,
    /// The relation in words.
    pub relation: String,
    /// How a leader stands to the body; none for units.
    pub rank: Option<Rank>,
    /// The registered unit.
    pub unit: Option<UnitId>,
    /// Its name where it is not registered.
    pub unit_name: String,
    /// The post.
    pub post: String,
    /// The person.
    pub person: String,
}

/// The same as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRecord {
    /// Who, and how they stand to the body.
    pub member: NewMember,
    /// Since when.
    pub from_on: Date,
    /// Until when; none while it lasts.
    pub until_on: Option<Date>,
}

/// The text by which a kind is kept: as the plan's types write it.
fn code<T: Serialize>(kind: &T) -> Result<String, StoreError> {
    let written = serde_json::to_value(kind).map_err(|error| StoreError::Broken(error.to_string()))?;
    Ok(written.as_str().map(str::to_owned).unwrap_or_default())
}

fn kind<T: DeserializeOwned>(code: String) -> Result<T, StoreError> {
    serde_json::from_value(code.into()).map_err(|error| StoreError::Broken(error.to_string()))
}

impl Tx<'_> {
    /// Sets up a body from a day on.
    ///
    /// # Errors
    /// [`StoreError`] when its kind cannot be written.
    pub fn add_body(&mut self, incident: &IncidentRecord, new: &NewBody, from_on: Date) -> Result<(), StoreError> {
        let NewBody { id, parent, name, area, .. } = new;
        let (what, status) = (code(&new.kind)?, code(&new.status)?);
        let values = values![incident.home(), incident.id, *id, *parent, what, status, name, area, from_on];
        self.one(&ADD_BODY, "body", values);
        Ok(())
    }

    /// Sets up a body that so far was only named.
    ///
    /// # Errors
    /// [`StoreError`] when its state cannot be written.
    pub fn set_up_body(&mut self, incident: &IncidentRecord, body: BodyId) -> Result<(), StoreError> {
        let status = code(&BodyStatus::SetUp)?;
        self.one(&SET_UP_BODY, "body", values![incident.home(), incident.id, body, status]);
        Ok(())
    }

    /// Ends a body with a day.
    pub fn end_body(&mut self, incident: &IncidentRecord, body: BodyId, until_on: Date) {
        self.one(&END_BODY, "body", values![incident.home(), incident.id, body, until_on]);
    }

    /// Puts someone into a body from a day on.
    ///
    /// # Errors
    /// [`StoreError`] when the rank cannot be written.
    pub fn add_member(&mut self, incident: &IncidentRecord, new: &NewMember, from_on: Date) -> Result<(), StoreError> {
        let NewMember { id, body, relation, unit, unit_name, post, person, .. } = new;
        let rank = new.rank.as_ref().map(code).transpose()?;
        let values =
            values![incident.home(), incident.id, *id, *body, relation, rank, *unit, unit_name, post, person, from_on,];
        self.one(&ADD_MEMBER, "member", values);
        Ok(())
    }

    /// Takes someone out of a body with a day.
    pub fn end_member(&mut self, incident: &IncidentRecord, member: PartId, until_on: Date) {
        self.one(&END_MEMBER, "member", values![incident.home(), incident.id, member, until_on]);
    }
}

impl Store {
    /// Every body that an incident has or had, those above before those below.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn command_bodies(&self, incident: &IncidentRecord) -> Result<Vec<BodyRecord>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(BodyRecord {
                body: NewBody {
                    id: BodyId(row.id(0)?),
                    parent: row.opt_id(1)?.map(BodyId),
                    kind: kind(row.text(2)?)?,
                    status: kind(row.text(3)?)?,
                    name: row.text(4)?,
                    area: row.parsed(5)?,
                },
                from_on: row.parsed(6)?,
                until_on: row.opt_parsed(7)?,
            })
        };
        self.scan(&BODIES, values![incident.home(), incident.id], read).await
    }

    /// Everyone who is or was in the bodies of an incident.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn command_members(&self, incident: &IncidentRecord) -> Result<Vec<MemberRecord>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(MemberRecord {
                member: NewMember {
                    id: PartId(row.id(0)?),
                    body: BodyId(row.id(1)?),
                    relation: row.text(2)?,
                    rank: row.opt_text(3)?.map(kind).transpose()?,
                    unit: row.opt_id(4)?.map(UnitId),
                    unit_name: row.text(5)?,
                    post: row.text(6)?,
                    person: row.text(7)?,
                },
                from_on: row.parsed(8)?,
                until_on: row.opt_parsed(9)?,
            })
        };
        self.scan(&MEMBERS, values![incident.home(), incident.id], read).await
    }
}
