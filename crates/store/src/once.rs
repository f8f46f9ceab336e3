//! Requests that a program may send again: what was done under a key is done once.

use lianfang_domain::UserId;

use crate::{Store, StoreError, Tx, sql::statements, value::values};

statements! {
    NOTE = "INSERT INTO done_once (user_id, once_key, asked, target, at_ms) VALUES ($1, $2, $3, $4, $5)";
    FIND = "SELECT asked, target FROM done_once WHERE user_id = $1 AND once_key = $2";
    FORGET = "DELETE FROM done_once WHERE at_ms < $1";
}

/// A key under which a user asks for something once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once {
    /// The key that the program chose.
    pub key: String,
    /// The hash of what it asked for.
    pub asked: Vec<u8>,
}

/// What was done under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoneOnce {
    /// The hash of what was asked for.
    pub asked: Vec<u8>,
    /// Where what was made is: `/units/0m4…`.
    pub made_at: String,
}

impl Store {
    /// What a user did under a key.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn done_once(&self, user: UserId, key: &str) -> Result<Option<DoneOnce>, StoreError> {
        self.point(&FIND, &values![user, key], |row| Ok(DoneOnce { asked: row.bytes(0)?, made_at: row.text(1)? })).await
    }
}

impl Tx<'_> {
    /// Says where what is being made will be, for whoever asks for it once more under the same key.
    pub fn makes(&mut self, href: &str) -> &mut Self {
        href.clone_into(&mut self.made_at);
        self
    }

    /// Notes the key with the change; a second change under it fails with [`StoreError::Taken`].
    pub(crate) fn note_once(&mut self) {
        if let (Some(once), Some(user)) = (self.once.take(), self.entry.who) {
            let made_at = std::mem::take(&mut self.made_at);
            self.one(&NOTE, "key of the request", values![user, once.key, once.asked, made_at, self.now_ms]);
        }
    }

    /// Forgets what was done before an instant.
    pub fn forget_once(&mut self, before_ms: i64) {
        self.any(&FORGET, "keys of requests", values![before_ms]);
    }
}
