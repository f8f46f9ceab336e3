use std::path::PathBuf;

use parking_lot::Mutex;
use rusqlite::Connection;

use super::open_to_read;
use crate::{
    StoreError,
    sql::Sql,
    value::{Row, Value},
};

/// Idle connections that are kept open.
const KEPT: usize = 16;

/// Connections that only read.
pub(crate) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(crate) fn new(path: PathBuf) -> Readers {
        Readers { path, idle: Mutex::new(Vec::new()) }
    }

    /// Runs a query and reads every row.
    pub(crate) fn query<T>(
        &self,
        sql: &Sql,
        values: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.with(|connection| query(connection, sql, values, read))
    }

    /// Lends a connection; one that failed is not used again.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let taken = self.idle.lock().pop();
        let connection = taken.map_or_else(|| open_to_read(&self.path), Ok)?;
        let done = work(&connection)?;
        let mut idle = self.idle.lock();
        if idle.len() < KEPT {
            idle.push(connection);
        }
        Ok(done)
    }
}

/// Runs a query on a connection.
pub(crate) fn query<T>(
    connection: &Connection,
    sql: &Sql,
    values: &[Value],
    mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql.for_sqlite())?;
    let mut rows = statement.query(rusqlite::params_from_iter(values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(&Row::Sqlite(row))?);
    }
    Ok(found)
}
