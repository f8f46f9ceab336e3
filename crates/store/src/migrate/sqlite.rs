use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use super::{Migrated, RECORD_TABLE, for_sqlite, pending};
use crate::StoreError;

/// Brings the schema up to date, after copying a database that already holds something.
pub(crate) fn migrate(connection: &mut Connection, folder: &Path, now_ms: i64) -> Result<Migrated, StoreError> {
    connection.execute_batch(&for_sqlite(RECORD_TABLE))?;
    let applied = applied(connection)?;
    let from = applied.last().map_or(0, |(version, _)| *version);
    let mut done = Migrated { from, to: from, backup: None };
    if pending(&applied)?.is_empty() {
        return Ok(done);
    }
    if from > 0 {
        done.backup = Some(copy_before(connection, folder, from, now_ms)?);
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been faster; only the state inside the transaction counts.
    for migration in pending(&self::applied(&transaction)?)? {
        for statement in migration.statements() {
            transaction.execute_batch(&for_sqlite(&statement))?;
        }
        transaction.execute(
            "INSERT INTO migration (version, name, checksum, applied_at_ms) VALUES (?1, ?2, ?3, ?4)",
            (migration.version, migration.name, migration.checksum(), now_ms),
        )?;
        done.to = migration.version;
    }
    transaction.commit()?;
    Ok(done)
}

/// The step of the schema that a file is at; an error when it is not one this program knows.
pub(crate) fn version_of(connection: &Connection) -> Result<i64, StoreError> {
    let applied = applied(connection)?;
    pending(&applied)?;
    Ok(applied.last().map_or(0, |(version, _)| *version))
}

fn applied(connection: &Connection) -> Result<Vec<(i64, String)>, StoreError> {
    let mut statement = connection.prepare("SELECT version, checksum FROM migration ORDER BY version")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn copy_before(connection: &Connection, folder: &Path, version: i64, now_ms: i64) -> Result<PathBuf, StoreError> {
    let backups = folder.join("backups");
    std::fs::create_dir_all(&backups)
        .map_err(|error| StoreError::Unavailable(format!("{}: {error}", backups.display())))?;
    let file = backups.join(format!("before-step-{}-{now_ms}.db", version + 1));
    connection.backup("main", &file, None::<fn(rusqlite::backup::Progress)>)?;
    Ok(file)
}
