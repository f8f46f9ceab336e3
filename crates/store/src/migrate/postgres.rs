use tokio_postgres::{Client, GenericClient};

use super::{Migrated, RECORD_TABLE, pending};
use crate::StoreError;

/// Brings the schema up to date. Its DDL is transactional: all steps or none.
pub(crate) async fn migrate(client: &mut Client, now_ms: i64) -> Result<Migrated, StoreError> {
    // Two processes that make the table at once: one of them fails, and finds it made.
    if let Err(error) = client.batch_execute(RECORD_TABLE).await {
        tracing::debug!(%error, "another process makes the schema");
    }
    let transaction = client.transaction().await?;
    transaction.batch_execute("LOCK TABLE migration IN ACCESS EXCLUSIVE MODE").await?;
    let applied = applied(&transaction).await?;
    let from = applied.last().map_or(0, |(version, _)| *version);
    let mut done = Migrated { from, to: from, backup: None };
    for migration in pending(&applied)? {
        for statement in migration.statements() {
            transaction.batch_execute(&statement).await?;
        }
        let record = "INSERT INTO migration (version, name, checksum, applied_at_ms) VALUES ($1, $2, $3, $4)";
        let checksum = migration.checksum();
        transaction.execute(record, &[&migration.version, &migration.name, &checksum, &now_ms]).await?;
        done.to = migration.version;
    }
    transaction.commit().await?;
    Ok(done)
}

async fn applied(client: &impl GenericClient) -> Result<Vec<(i64, String)>, StoreError> {
    let rows = client.query("SELECT version, checksum FROM migration ORDER BY version", &[]).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}
