use std::fmt;

use tokio_postgres::error::SqlState;

/// What keeps something from being read or kept. "Not there" is no error but `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Someone else changed it in the meantime; nothing of this change was kept. The word says what.
    Changed(&'static str),
    /// A name or code that must be unique is in use; nothing of this change was kept. The word says which.
    Taken(&'static str),
    /// The database cannot be reached; nothing of this change was kept. Later it may work.
    Unavailable(String),
    /// The disk of the database is full; nothing of this change was kept. It works again when there is room.
    Full(String),
    /// The connection broke while the change was being confirmed and the database is still gone: it may have been
    /// kept or not.
    Unknown,
    /// The database answered with what cannot be: damage, a wrong schema, a wrong key. Needs an administrator.
    Broken(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Changed(what) => write!(f, "{what} was changed by someone else in the meantime"),
            StoreError::Taken(what) => write!(f, "{what} is already in use"),
            StoreError::Unavailable(why) => write!(f, "the database is not available: {why}"),
            StoreError::Full(why) => write!(f, "the disk of the database is full: {why}"),
            StoreError::Unknown => write!(f, "the connection broke; it is not known whether the change was kept"),
            StoreError::Broken(why) => write!(f, "the database is not as expected: {why}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl StoreError {
    /// Whether a later try may succeed without anyone doing anything here.
    pub fn may_pass(&self) -> bool {
        matches!(self, StoreError::Unavailable(_) | StoreError::Full(_) | StoreError::Unknown)
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        use rusqlite::ErrorCode::{CannotOpen, DatabaseBusy, DatabaseLocked, DiskFull, ReadOnly, SystemIoFailure};
        match error.sqlite_error_code() {
            Some(DiskFull) => StoreError::Full(error.to_string()),
            Some(SystemIoFailure | CannotOpen | DatabaseBusy | DatabaseLocked | ReadOnly) => {
                StoreError::Unavailable(error.to_string())
            }
            _ => StoreError::Broken(error.to_string()),
        }
    }
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> StoreError {
        let Some(db) = error.as_db_error() else {
            // Without a word from the server: it could not be reached, or the connection broke.
            return if error.is_closed() || is_io(&error) {
                StoreError::Unavailable(error.to_string())
            } else {
                StoreError::Broken(error.to_string())
            };
        };
        let code = db.code().code();
        let words = format!("{} ({code})", db.message());
        if *db.code() == SqlState::DISK_FULL {
            return StoreError::Full(words);
        }
        // Classes 53 (out of memory, connections), 57P (shutting down) and 08 (connection) may pass.
        let passing = ["53", "57P", "08"].iter().any(|class| code.starts_with(class));
        if passing { StoreError::Unavailable(words) } else { StoreError::Broken(words) }
    }
}

fn is_io(error: &tokio_postgres::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        if inner.is::<std::io::Error>() {
            return true;
        }
        source = inner.source();
    }
    false
}
