//! Copies of everything that is kept.
//!
//! A backup is always a SQLite file with the same schema, whichever database it was made from, and can be restored
//! into either. Sealed fields stay sealed in it: without the master key it tells no personal data.

mod from_postgres;
mod restore;
mod tables;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

pub use restore::{Restored, restore};

use crate::{
    Settings, Store, StoreError,
    engine::{postgres::Connector, sqlite},
    migrate,
};

/// What a copy holds, counted in the copy itself after it passed its check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Bytes of the file.
    pub bytes: u64,
    /// Rows in all tables.
    pub n_rows: i64,
    /// Rows of the audit record.
    pub n_audit: i64,
    /// The step of the schema.
    pub schema: i64,
}

impl Store {
    /// Copies everything into a new file, checks the copy, and only then gives it its name. The database may be in use
    /// by a running server, and is neither opened for writing nor changed.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the file exists; [`StoreError::Broken`] when the copy does not pass its check.
    pub async fn copy(settings: &Settings, file: &Path, now_ms: i64) -> Result<Copied, StoreError> {
        if file.exists() {
            return Err(StoreError::Taken("backup file"));
        }
        let part = part_of(file);
        remove(&part)?;
        match &settings.database {
            None => copy_sqlite(&sqlite::file_in(&settings.data), &part).await?,
            Some(address) => from_postgres::copy(&Connector::new(address, settings)?, &part, now_ms).await?,
        }
        let copied = check(&part)?;
        std::fs::rename(&part, file).map_err(|error| unavailable(file, &error))?;
        Ok(copied)
    }
}

/// The name of a copy that is not finished.
fn part_of(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    file.with_file_name(name)
}

fn remove(file: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(unavailable(file, &error)),
        _ => Ok(()),
    }
}

pub(crate) fn unavailable(file: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Unavailable(format!("{}: {error}", file.display()))
}

/// Copies page by page, also while the original is written to.
async fn copy_sqlite(from: &Path, to: &Path) -> Result<(), StoreError> {
    let (from, to) = (from.to_owned(), to.to_owned());
    let work = tokio::task::spawn_blocking(move || {
        let source = sqlite::open_to_read(&from)?;
        let mut copy = Connection::open(&to)?;
        {
            let backup = rusqlite::backup::Backup::new(&source, &mut copy)?;
            backup.run_to_completion(2_048, std::time::Duration::from_millis(1), None)?;
        }
        // A single file, without a log beside it.
        copy.pragma_update(None, "journal_mode", "delete")?;
        Ok(())
    });
    work.await.map_err(|error| StoreError::Broken(format!("the copy was broken off: {error}")))?
}

/// Opens a copy and checks it: the file, the schema, and that rows can be counted.
pub(crate) fn check(file: &Path) -> Result<Copied, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let copy = Connection::open_with_flags(file, flags)?;
    let whole: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if whole != "ok" {
        return Err(StoreError::Broken(format!("{} is damaged: {whole}", file.display())));
    }
    let schema = migrate::version_of(&copy)?;
    let mut copied = Copied { schema, ..Copied::default() };
    for table in tables::names(&copy)? {
        let n: i64 = copy.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?;
        copied.n_rows += n;
        if table == "audit" {
            copied.n_audit = n;
        }
    }
    copied.bytes = std::fs::metadata(file).map_err(|error| unavailable(file, &error))?.len();
    Ok(copied)
}
