use std::path::Path;

use futures_util::TryStreamExt;
use rusqlite::Connection;
use tokio_postgres::{Row, types::Type};

use super::tables::{self, Table};
use crate::{StoreError, engine::postgres::Connector, migrate, value::Value};

/// Copies one consistent state of a PostgreSQL database into a new SQLite file.
pub(super) async fn copy(connector: &Connector, to: &Path, now_ms: i64) -> Result<(), StoreError> {
    let mut file = Connection::open(to)?;
    file.pragma_update(None, "journal_mode", "delete")?;
    migrate::migrate_sqlite(&mut file, to.parent().unwrap_or(Path::new(".")), now_ms)?;
    let source = connector.connect().await?;
    source.client.batch_execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0").await?;
    source.client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
    file.execute_batch("BEGIN")?;
    for table in tables::all(&file)? {
        copy_table(&source.client, &file, &table).await?;
    }
    file.execute_batch("COMMIT")?;
    source.client.batch_execute("COMMIT").await?;
    Ok(())
}

async fn copy_table(source: &tokio_postgres::Client, file: &Connection, table: &Table) -> Result<(), StoreError> {
    let nothing: [Value; 0] = [];
    let rows = source.query_raw(&table.select(), &nothing).await?;
    let mut rows = std::pin::pin!(rows);
    while let Some(row) = rows.try_next().await? {
        let values = (0..table.columns.len()).map(|column| value(&row, column)).collect::<Result<Vec<_>, _>>()?;
        let insert = table.insert('?');
        file.prepare_cached(&insert)?.execute(rusqlite::params_from_iter(&values))?;
    }
    Ok(())
}

fn value(row: &Row, column: usize) -> Result<Value, StoreError> {
    let kind = row.columns()[column].type_();
    Ok(if *kind == Type::INT8 {
        row.try_get::<_, Option<i64>>(column)?.into()
    } else if *kind == Type::BYTEA {
        row.try_get::<_, Option<Vec<u8>>>(column)?.into()
    } else {
        row.try_get::<_, Option<String>>(column)?.into()
    })
}
