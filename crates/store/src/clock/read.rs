use lianfang_domain::{ClockId, UnitId, clock::Escalation};

use super::{ClockRecord, ClockState};
use crate::{
    Store, StoreError,
    sql::statements,
    value::{Row, values},
};

/// The columns of a clock in the order in which [`record`] reads them.
macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT id, division, subject_kind, subject, title, href, told_unit, body, every_minutes, steps, state, \
             next_at_ms, told, version FROM clock WHERE ",
            $rest
        )
    };
}

statements! {
    DUE = columns!("next_at_ms <= $1 ORDER BY next_at_ms, id LIMIT $2");
    ANY_DUE = "SELECT 1 FROM clock WHERE next_at_ms <= $1 LIMIT 1";
    OF_SUBJECT = columns!("subject_kind = $1 AND subject = $2 ORDER BY id");
}

fn record(row: &Row<'_>) -> Result<ClockRecord, StoreError> {
    let (body, state) = (row.text(7)?, row.text(10)?);
    let few = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(ClockRecord {
        id: ClockId(row.id(0)?),
        area: row.parsed(1)?,
        subject_kind: row.text(2)?,
        subject: row.text(3)?,
        title: row.text(4)?,
        href: row.text(5)?,
        told_unit: row.opt_id(6)?.map(UnitId),
        clock: serde_json::from_str(&body).map_err(|error| StoreError::Broken(format!("a clock: {error}")))?,
        escalation: Escalation { every_minutes: few(row.int(8)?), steps: few(row.int(9)?) },
        state: ClockState::from_code(&state)
            .ok_or_else(|| StoreError::Broken(format!("there is no state of clocks “{state}”")))?,
        next_at_ms: row.opt_int(11)?,
        told: row.text(12)?,
        version: row.int(13)?,
    })
}

impl Store {
    /// Clocks that must be looked at by now, those first that wait longest.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn due_clocks(&self, now_ms: i64, limit: u32) -> Result<Vec<ClockRecord>, StoreError> {
        self.scan(&DUE, values![now_ms, limit], record).await
    }

    /// Whether any clock must be looked at by now.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn is_clock_due(&self, now_ms: i64) -> Result<bool, StoreError> {
        Ok(self.point(&ANY_DUE, &values![now_ms], |_| Ok(())).await?.is_some())
    }

    /// The clocks that ever ran for something, the first started first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn clocks_of(&self, kind: &str, subject: &str) -> Result<Vec<ClockRecord>, StoreError> {
        self.scan(&OF_SUBJECT, values![kind, subject], record).await
    }
}
