use lianfang_domain::{
    IncidentId, SitrepId, SitrepTemplateId,
    access::Scope,
    area::AreaCode,
    sitrep::{SitrepKind, SitrepState},
};

use super::{NewSitrep, SitrepEvent, SitrepRecord, SitrepTemplate};
use crate::{
    Store, StoreError,
    query::Query,
    sql::statements,
    value::{Row, values},
};

statements! {
    TEMPLATES = "SELECT id, area, kind, name, body, by_name, at_ms, version FROM sitrep_template
        WHERE area = $1 AND state = 'in_use' ORDER BY id";
    EVENTS = "SELECT step, words, by_name, at_ms FROM sitrep_event WHERE area = $1 AND sitrep = $2 ORDER BY id";
    LAST_NUMBER = "SELECT coalesce(max(number), 0) FROM sitrep WHERE area = $1 AND kind = $2 AND year = $3";
}

const COLUMNS: &str =
    "SELECT s.id, s.division, s.kind, s.incident, s.on_date, s.name, s.body, s.corrects, s.state, s.year,
    s.number, s.content, s.written_by_name, s.written_at_ms, s.cleared_by, s.cleared_by_name, s.issued_by_name,
    s.issued_at_ms, s.version FROM sitrep s WHERE";

fn kind(row: &Row<'_>, column: usize) -> Result<SitrepKind, StoreError> {
    let code = row.text(column)?;
    SitrepKind::from_code(&code).ok_or_else(|| StoreError::Broken(format!("there is no kind of report “{code}”")))
}

fn template(row: &Row<'_>) -> Result<SitrepTemplate, StoreError> {
    Ok(SitrepTemplate {
        id: SitrepTemplateId(row.id(0)?),
        area: row.parsed(1)?,
        kind: kind(row, 2)?,
        name: row.text(3)?,
        body: row.text(4)?,
        by: row.text(5)?,
        at_ms: row.int(6)?,
        version: row.int(7)?,
    })
}

fn record(row: &Row<'_>) -> Result<SitrepRecord, StoreError> {
    let state = row.text(8)?;
    Ok(SitrepRecord {
        sitrep: NewSitrep {
            id: SitrepId(row.id(0)?),
            area: row.parsed(1)?,
            kind: kind(row, 2)?,
            incident: row.opt_id(3)?.map(IncidentId),
            on: row.parsed(4)?,
            name: row.text(5)?,
            body: row.text(6)?,
            corrects: row.opt_id(7)?.map(SitrepId),
        },
        state: SitrepState::from_code(&state)
            .ok_or_else(|| StoreError::Broken(format!("there is no state of reports “{state}”")))?,
        number: row.opt_int(9)?.zip(row.opt_int(10)?),
        content: row.text(11)?,
        written_by: row.text(12)?,
        written_at_ms: row.int(13)?,
        cleared_by: row.text(14)?,
        cleared_by_name: row.text(15)?,
        issued_by: row.text(16)?,
        issued_at_ms: row.opt_int(17)?,
        version: row.int(18)?,
    })
}

/// Which reports a reader may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SitrepsSeen {
    /// Those that were issued, also when they were withdrawn since.
    Issued,
    /// Drafts too.
    All,
}

fn seen(query: &mut Query, which: SitrepsSeen, scope: &Scope) {
    query.within("s.division", scope).text(match which {
        SitrepsSeen::Issued => " AND s.state IN ('issued', 'withdrawn')",
        SitrepsSeen::All => " AND s.state <> 'dropped'",
    });
}

impl Store {
    /// The templates of a county that are in use.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn sitrep_templates(&self, county: &AreaCode) -> Result<Vec<SitrepTemplate>, StoreError> {
        self.scan(&TEMPLATES, values![county], template).await
    }

    /// Situation reports that the scope holds, the latest first: at most so many, before one.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn sitreps(
        &self,
        which: SitrepsSeen,
        scope: &Scope,
        before: Option<SitrepId>,
        limit: u32,
    ) -> Result<Vec<SitrepRecord>, StoreError> {
        let mut query = Query::new(COLUMNS);
        seen(&mut query, which, scope);
        if let Some(before) = before {
            query.text(" AND s.id < ").value(before);
        }
        query.text(" ORDER BY s.id DESC LIMIT ").value(limit);
        let (sql, values) = query.done();
        self.scan(sql, values, record).await
    }

    /// One situation report, if the scope holds it.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn sitrep(
        &self,
        id: SitrepId,
        which: SitrepsSeen,
        scope: &Scope,
    ) -> Result<Option<SitrepRecord>, StoreError> {
        let mut query = Query::new(COLUMNS);
        seen(&mut query, which, scope);
        query.text(" AND s.id = ").value(id);
        let (sql, values) = query.done();
        self.point(sql, &values, record).await
    }

    /// The reports that correct one and were not put aside.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn sitreps_correcting(
        &self,
        id: SitrepId,
        which: SitrepsSeen,
        scope: &Scope,
    ) -> Result<Vec<SitrepRecord>, StoreError> {
        let mut query = Query::new(COLUMNS);
        seen(&mut query, which, scope);
        query.text(" AND s.corrects = ").value(id).text(" ORDER BY s.id");
        let (sql, values) = query.done();
        self.scan(sql, values, record).await
    }

    /// What was done with a report, in order.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn sitrep_events(&self, of: &SitrepRecord) -> Result<Vec<SitrepEvent>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(SitrepEvent { step: row.text(0)?, words: row.text(1)?, by: row.text(2)?, at_ms: row.int(3)? })
        };
        self.scan(&EVENTS, values![of.home(), of.sitrep.id], read).await
    }

    /// The last number that was given in a year; 0 if none was. Two who issue at once cannot both take the next one.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn last_sitrep_number(&self, county: &AreaCode, kind: SitrepKind, year: i64) -> Result<i64, StoreError> {
        let read = |row: &Row<'_>| row.int(0);
        let found = self.scan(&LAST_NUMBER, values![county, kind.code(), year], read).await?;
        Ok(found.first().copied().unwrap_or(0))
    }
}
