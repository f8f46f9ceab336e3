use std::path::{Path, PathBuf};

use futures_util::{StreamExt, stream::FuturesOrdered};
use rusqlite::{Connection, types::ValueRef};
use tokio_postgres::Client;

use super::{Copied, check, remove, tables, unavailable};
use crate::{
    Settings, StoreError,
    engine::{postgres::Connector, sqlite},
    migrate,
    value::Value,
};

/// Rows sent to PostgreSQL without waiting for each other.
const TOGETHER: usize = 500;

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What was put in place.
    pub copied: Copied,
    /// Where the database that was there before now lies.
    pub kept: Option<PathBuf>,
}

/// Puts a backup in place of the database of these settings. The backup is checked first; what was there before is
/// kept aside (SQLite) or must be empty (PostgreSQL).
///
/// # Errors
/// [`StoreError::Broken`] when the backup is damaged or of a newer schema; [`StoreError::Taken`] when a PostgreSQL
/// database is not empty.
pub async fn restore(settings: &Settings, file: &Path, now_ms: i64) -> Result<Restored, StoreError> {
    let copied = check(file)?;
    match &settings.database {
        None => Ok(Restored { copied, kept: into_folder(&settings.data, file, now_ms)? }),
        Some(address) => {
            into_postgres(&Connector::new(address, settings)?, file, now_ms).await?;
            Ok(Restored { copied, kept: None })
        }
    }
}

fn into_folder(folder: &Path, file: &Path, now_ms: i64) -> Result<Option<PathBuf>, StoreError> {
    std::fs::create_dir_all(folder).map_err(|error| unavailable(folder, &error))?;
    let _lock = crate::open::lock(folder)?;
    let target = sqlite::file_in(folder);
    let fresh = folder.join("restored.db");
    std::fs::copy(file, &fresh).map_err(|error| unavailable(&fresh, &error))?;
    // What is restored is synced before the old database is moved away.
    std::fs::File::open(&fresh).and_then(|fresh| fresh.sync_all()).map_err(|error| unavailable(&fresh, &error))?;
    let kept = target.exists().then(|| folder.join(format!("lianfang-before-{now_ms}.db")));
    if let Some(kept) = &kept {
        // The old log belongs into the old file.
        Connection::open(&target)?.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        std::fs::rename(&target, kept).map_err(|error| unavailable(kept, &error))?;
    }
    for ending in ["-wal", "-shm"] {
        remove(&folder.join(format!("{}{ending}", sqlite::FILE)))?;
    }
    std::fs::rename(&fresh, &target).map_err(|error| unavailable(&target, &error))?;
    Ok(kept)
}

async fn into_postgres(connector: &Connector, file: &Path, now_ms: i64) -> Result<(), StoreError> {
    let source = sqlite::open_to_read(file)?;
    let mut target = connector.connect().await?;
    migrate::migrate_postgres(&mut target.client, now_ms).await?;
    target.client.batch_execute("SET statement_timeout = 0; BEGIN").await?;
    for table in tables::all(&source)? {
        let taken = target.client.query_one(&format!("SELECT EXISTS (SELECT 1 FROM {})", table.name), &[]).await?;
        if taken.try_get(0)? {
            return Err(StoreError::Taken("database"));
        }
        copy_table(&source, &target.client, &table).await?;
    }
    Ok(target.client.batch_execute("COMMIT").await?)
}

async fn copy_table(source: &Connection, target: &Client, table: &tables::Table) -> Result<(), StoreError> {
    let insert = target.prepare(&table.insert('$')).await?;
    let mut last = 0;
    loop {
        // Read in pages, as a cursor of SQLite cannot be held while waiting.
        let page = page(source, table, last)?;
        if page.is_empty() {
            return Ok(());
        }
        last += page.len();
        let mut sent: FuturesOrdered<_> = page.iter().map(|values| target.execute_raw(&insert, values)).collect();
        while let Some(done) = sent.next().await {
            done?;
        }
    }
}

fn page(source: &Connection, table: &tables::Table, after: usize) -> Result<Vec<Vec<Value>>, StoreError> {
    let order = (1..=table.columns.len()).map(|n| n.to_string()).collect::<Vec<_>>().join(", ");
    let sql = format!("{} ORDER BY {order} LIMIT {TOGETHER} OFFSET {after}", table.select());
    let mut statement = source.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut page = Vec::new();
    while let Some(row) = rows.next()? {
        let values = (0..table.columns.len()).map(|column| value(row.get_ref(column)?)).collect::<Result<_, _>>()?;
        page.push(values);
    }
    Ok(page)
}

fn value(value: ValueRef<'_>) -> Result<Value, StoreError> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        ValueRef::Real(n) => Value::Real(n),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
    })
}
