use lianfang_domain::{
    EntryId, IncidentId, PartId, PlanId,
    access::Scope,
    incident::{EntryKind, IncidentKind, IncidentState},
};

use super::{EntryRecord, IncidentPhase, IncidentRecord, NewEntry, Venue, level_at};
use crate::{
    Store, StoreError,
    query::Query,
    sql::statements,
    value::{Row, values},
};

statements! {
    PHASES = "SELECT id, name, from_on, until_on, words FROM incident_phase WHERE area = $1 AND incident = $2 ORDER BY id";
    VENUES = "SELECT id, name, division, words FROM incident_venue WHERE area = $1 AND incident = $2 ORDER BY id";
}

const COLUMNS: &str = "SELECT i.id, i.division, i.kind, i.name, i.state, i.disease, i.grade, i.level, i.level_since_ms,
    i.began_at_ms, i.plan, i.onset_on, i.discovered_at_ms, i.reported_at_ms, i.reported_to, i.summary, i.made_by_name,
    i.made_at_ms, i.closed_at_ms, i.version FROM incident i WHERE";

const ENTRIES: &str = "SELECT e.id, e.kind, e.at_ms, e.noted_at_ms, e.who_name, e.words, e.basis, e.addressees
    FROM incident_entry e WHERE e.area = ";

fn record(row: &Row<'_>) -> Result<IncidentRecord, StoreError> {
    let (kind, state) = (row.text(2)?, row.text(4)?);
    let broken = |what: &str| StoreError::Broken(format!("an incident cannot be “{what}”"));
    Ok(IncidentRecord {
        id: IncidentId(row.id(0)?),
        area: row.parsed(1)?,
        kind: IncidentKind::from_code(&kind).ok_or_else(|| broken(&kind))?,
        name: row.text(3)?,
        state: IncidentState::from_code(&state).ok_or_else(|| broken(&state))?,
        disease: row.text(5)?,
        grade: level_at(row, 6)?,
        level: level_at(row, 7)?,
        level_since_ms: row.opt_int(8)?,
        began_at_ms: row.opt_int(9)?,
        plan: row.opt_id(10)?.map(PlanId),
        onset_on: row.opt_parsed(11)?,
        discovered_at_ms: row.int(12)?,
        reported_at_ms: row.opt_int(13)?,
        reported_to: row.text(14)?,
        summary: row.text(15)?,
        made_by: row.text(16)?,
        made_at_ms: row.int(17)?,
        closed_at_ms: row.opt_int(18)?,
        version: row.int(19)?,
    })
}

fn entry(row: &Row<'_>) -> Result<EntryRecord, StoreError> {
    let kind = row.text(1)?;
    Ok(EntryRecord {
        id: EntryId(row.id(0)?),
        entry: NewEntry {
            kind: EntryKind::from_code(&kind)
                .ok_or_else(|| StoreError::Broken(format!("there is no kind of entry “{kind}”")))?,
            at_ms: row.int(2)?,
            words: row.text(5)?,
            basis: row.text(6)?,
            addressees: row.text(7)?,
        },
        noted_at_ms: row.int(3)?,
        who: row.text(4)?,
    })
}

impl Store {
    /// The incidents that the scope holds, open ones first, the latest first: at most so many, before one.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn incidents(
        &self,
        scope: &Scope,
        state: IncidentState,
        before: Option<IncidentId>,
        limit: u32,
    ) -> Result<Vec<IncidentRecord>, StoreError> {
        let mut query = Query::new(COLUMNS);
        query.within("i.division", scope).text(" AND i.state = ").value(state.code());
        if let Some(before) = before {
            query.text(" AND i.id < ").value(before);
        }
        query.text(" ORDER BY i.id DESC LIMIT ").value(limit);
        let (sql, values) = query.done();
        self.scan(sql, values, record).await
    }

    /// One incident, if the scope holds it.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn incident(&self, id: IncidentId, scope: &Scope) -> Result<Option<IncidentRecord>, StoreError> {
        let mut query = Query::new(COLUMNS);
        query.within("i.division", scope).text(" AND i.id = ").value(id);
        let (sql, values) = query.done();
        self.point(sql, &values, record).await
    }

    /// The log of an incident, the latest first: of some kinds or all, at most so many, before an instant and entry.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn entries(
        &self,
        incident: &IncidentRecord,
        kind: Option<EntryKind>,
        before: Option<(i64, EntryId)>,
        limit: u32,
    ) -> Result<Vec<EntryRecord>, StoreError> {
        let mut query = Query::new(ENTRIES);
        query.value(incident.home()).text(" AND e.incident = ").value(incident.id);
        if let Some(kind) = kind {
            query.text(" AND e.kind = ").value(kind.code());
        }
        if let Some((at_ms, id)) = before {
            query.text(" AND (e.at_ms < ").value(at_ms).text(" OR e.at_ms = ").value(at_ms);
            query.text(" AND e.id < ").value(id).text(")");
        }
        query.text(" ORDER BY e.at_ms DESC, e.id DESC LIMIT ").value(limit);
        let (sql, values) = query.done();
        self.scan(sql, values, entry).await
    }

    /// The phases of an incident in the order in which they were added.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn phases(&self, incident: &IncidentRecord) -> Result<Vec<IncidentPhase>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(IncidentPhase {
                id: PartId(row.id(0)?),
                name: row.text(1)?,
                from_on: row.opt_parsed(2)?,
                until_on: row.opt_parsed(3)?,
                words: row.text(4)?,
            })
        };
        self.scan(&PHASES, values![incident.home(), incident.id], read).await
    }

    /// The venues of an incident.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn venues(&self, incident: &IncidentRecord) -> Result<Vec<Venue>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(Venue { id: PartId(row.id(0)?), name: row.text(1)?, area: row.parsed(2)?, words: row.text(3)? })
        };
        self.scan(&VENUES, values![incident.home(), incident.id], read).await
    }
}
