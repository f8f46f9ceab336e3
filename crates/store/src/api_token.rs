//! Keys with which programs ask on behalf of a user.

use lianfang_domain::{Id, UserId};

use crate::{
    Store, StoreError, Tx,
    change::{Change, Expect, Step},
    sql::statements,
    value::{Row, values},
};

statements! {
    ADD = "INSERT INTO api_token (token_hash, id, user_id, name, scopes, made_at_ms, until_ms, seen_at_ms, state)
        VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, 'open')";
    FIND = "SELECT id, user_id, name, scopes, made_at_ms, until_ms, seen_at_ms FROM api_token
        WHERE token_hash = $1 AND state = 'open'";
    OF_USER = "SELECT id, user_id, name, scopes, made_at_ms, until_ms, seen_at_ms FROM api_token
        WHERE user_id = $1 AND state = 'open' ORDER BY made_at_ms DESC LIMIT 100";
    SEEN = "UPDATE api_token SET seen_at_ms = $2 WHERE token_hash = $1";
    END = "UPDATE api_token SET state = 'ended' WHERE user_id = $1 AND id = $2 AND state = 'open'";
    FORGET = "DELETE FROM api_token WHERE until_ms < $1";
}

/// A key for a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// The key; its text is known to the program alone.
    pub id: Id,
    /// On whose behalf.
    pub user: UserId,
    /// What the user calls it.
    pub name: String,
    /// Codes of what it may be used for, separated by spaces.
    pub scopes: String,
    /// When it was made, in milliseconds.
    pub made_at_ms: i64,
    /// Until when it can be used.
    pub until_ms: i64,
    /// When it was last used, as far as noted.
    pub seen_at_ms: Option<i64>,
}

fn token(row: &Row<'_>) -> Result<ApiToken, StoreError> {
    Ok(ApiToken {
        id: row.id(0)?,
        user: UserId(row.id(1)?),
        name: row.text(2)?,
        scopes: row.text(3)?,
        made_at_ms: row.int(4)?,
        until_ms: row.int(5)?,
        seen_at_ms: row.opt_int(6)?,
    })
}

impl Store {
    /// The key of a text, if it was not taken back. Whether it has run out is for the caller to see.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn api_token(&self, token_hash: &[u8]) -> Result<Option<ApiToken>, StoreError> {
        self.point(&FIND, &values![token_hash], token).await
    }

    /// The keys of a user, the latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn api_tokens_of(&self, user: UserId) -> Result<Vec<ApiToken>, StoreError> {
        self.scan(&OF_USER, values![user], token).await
    }

    /// Notes that a key was used; nobody waits for it.
    pub fn note_token_seen(&self, token_hash: &[u8], now_ms: i64) {
        let step = Step { sql: &SEEN, values: values![token_hash, now_ms], expect: Expect::Any, about: "key" };
        self.inner.engine.keep_unwaited(Change { steps: vec![step], audit: Vec::new() });
    }
}

impl Tx<'_> {
    /// Keeps a new key by the hash of its text.
    pub fn add_api_token(&mut self, token_hash: &[u8], token: &ApiToken) {
        let ApiToken { id, user, name, scopes, made_at_ms, until_ms, .. } = token;
        self.one(&ADD, "key", values![token_hash, *id, *user, name, scopes, *made_at_ms, *until_ms]);
        self.changed("scopes", "", scopes.as_str());
    }

    /// Takes a key back.
    pub fn end_api_token(&mut self, user: UserId, id: Id) {
        self.one(&END, "key", values![user, id]);
    }

    /// Forgets keys that ran out before an instant.
    pub fn forget_api_tokens(&mut self, before_ms: i64) {
        self.any(&FORGET, "keys", values![before_ms]);
    }
}
