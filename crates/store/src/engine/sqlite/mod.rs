//! The embedded database: one thread writes, many connections read.

mod reader;
mod writer;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, config::DbConfig};

pub(crate) use reader::{Readers, query};
pub(crate) use writer::Writer;

use crate::StoreError;

/// The file of the database inside the data folder.
pub(crate) const FILE: &str = "lianfang.db";

/// Opens the file for writing, made when missing.
pub(crate) fn open_to_write(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    // Every commit is on the disk before it is acknowledged.
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", "on")?;
    connection.pragma_update(None, "trusted_schema", "off")?;
    // The writer moves the log into the file itself when it has nothing else to do.
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    connection.pragma_update(None, "cache_size", -16_000)?;
    // What is noted for taking one change of a batch back stays in memory.
    connection.pragma_update(None, "temp_store", "memory")?;
    keep_plans(&connection)?;
    Ok(connection)
}

/// Opens the file for reading only.
pub(crate) fn open_to_read(path: &Path) -> Result<Connection, StoreError> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.pragma_update(None, "query_only", "on")?;
    connection.pragma_update(None, "trusted_schema", "off")?;
    connection.pragma_update(None, "cache_size", -4_000)?;
    connection.pragma_update(None, "mmap_size", 256 << 20)?;
    keep_plans(&connection)?;
    Ok(connection)
}

/// A statement is planned once. Without this, SQLite looks at the values of a range and plans anew for each one, which
/// takes longer than most queries here.
fn keep_plans(connection: &Connection) -> Result<(), StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(256);
    Ok(())
}

/// The database file of a data folder.
pub(crate) fn file_in(folder: &Path) -> PathBuf {
    folder.join(FILE)
}
