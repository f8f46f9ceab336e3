//! Sessions: who is signed in, where from.

use lianfang_domain::{Id, UserId};

use crate::{
    Store, StoreError, Tx,
    change::{Change, Expect, Step},
    sql::statements,
    value::{Row, values},
};

statements! {
    START = "INSERT INTO session (token_hash, id, user_id, state, started_at_ms, seen_at_ms, agent)
        VALUES ($1, $2, $3, 'open', $4, $4, $5)";
    FIND = "SELECT id, user_id, started_at_ms, seen_at_ms, agent FROM session WHERE token_hash = $1 AND state = 'open'";
    OF_USER = "SELECT id, user_id, started_at_ms, seen_at_ms, agent FROM session
        WHERE user_id = $1 AND state = 'open' ORDER BY seen_at_ms DESC LIMIT 100";
    COUNT_SEEN = "SELECT count(*) FROM session WHERE state = 'open' AND seen_at_ms > $1";
    SEEN = "UPDATE session SET seen_at_ms = $2 WHERE token_hash = $1 AND state = 'open'";
    END_ONE = "UPDATE session SET state = 'ended' WHERE user_id = $1 AND id = $2 AND state = 'open'";
    END_ALL = "UPDATE session SET state = 'ended' WHERE user_id = $1 AND state = 'open'";
    FORGET = "DELETE FROM session WHERE seen_at_ms < $1";
}

/// Someone signed in on some device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The session.
    pub id: Id,
    /// Who.
    pub user: UserId,
    /// Since when, in milliseconds.
    pub started_at_ms: i64,
    /// The last request that was noted.
    pub seen_at_ms: i64,
    /// What the browser calls itself, shortened.
    pub agent: String,
}

fn session(row: &Row<'_>) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.id(0)?,
        user: UserId(row.id(1)?),
        started_at_ms: row.int(2)?,
        seen_at_ms: row.int(3)?,
        agent: row.text(4)?,
    })
}

impl Store {
    /// The open session of a token.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn session(&self, token_hash: &[u8]) -> Result<Option<Session>, StoreError> {
        self.point(&FIND, &values![token_hash], session).await
    }

    /// The open sessions of a user, the latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn sessions_of(&self, user: UserId) -> Result<Vec<Session>, StoreError> {
        self.scan(&OF_USER, values![user], session).await
    }

    /// How many open sessions were used after an instant.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn n_sessions(&self, after_ms: i64) -> Result<i64, StoreError> {
        let counted = self.scan(&COUNT_SEEN, values![after_ms], |row| row.int(0)).await?;
        Ok(counted.into_iter().next().unwrap_or(0))
    }

    /// Notes that a session was used; nobody waits for it and it is no act of its own.
    pub fn note_seen(&self, token_hash: &[u8], now_ms: i64) {
        let step = Step { sql: &SEEN, values: values![token_hash, now_ms], expect: Expect::Any, about: "session" };
        self.inner.engine.keep_unwaited(Change { steps: vec![step], audit: Vec::new() });
    }
}

impl Tx<'_> {
    /// Starts a session.
    pub fn start_session(&mut self, token_hash: &[u8], session: &Session) {
        let values = values![token_hash, session.id, session.user, session.started_at_ms, &session.agent];
        self.one(&START, "session", values);
    }

    /// Ends one session of a user.
    pub fn end_session(&mut self, user: UserId, id: Id) {
        self.any(&END_ONE, "session", values![user, id]);
    }

    /// Ends every session of a user.
    pub fn end_sessions(&mut self, user: UserId) {
        self.any(&END_ALL, "sessions", values![user]);
    }

    /// Forgets sessions not seen since.
    pub fn forget_sessions(&mut self, before_ms: i64) {
        self.any(&FORGET, "sessions", values![before_ms]);
    }
}
