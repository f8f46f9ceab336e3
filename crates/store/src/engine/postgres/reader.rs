use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::RwLock;
use tokio_postgres::types::ToSql;

use super::connection::{Connection, Connector};
use crate::{
    StoreError,
    sql::Sql,
    value::{Row, Value},
};

/// Connections for reading; each carries many queries at once.
const CONNECTIONS: usize = 4;

/// Connections that read, opened when first needed and again when lost.
pub(crate) struct Readers {
    connector: Connector,
    places: Vec<Place>,
    next: AtomicUsize,
}

#[derive(Default)]
struct Place {
    connection: RwLock<Option<Arc<Connection>>>,
    opening: tokio::sync::Mutex<()>,
}

impl Place {
    fn live(&self) -> Option<Arc<Connection>> {
        self.connection.read().clone().filter(|connection| !connection.client.is_closed())
    }
}

impl Readers {
    pub(crate) fn new(connector: Connector) -> Readers {
        let places = (0..CONNECTIONS).map(|_| Place::default()).collect();
        Readers { connector, places, next: AtomicUsize::new(0) }
    }

    /// Runs a query and reads every row.
    pub(crate) async fn query<T>(
        &self,
        sql: &Sql,
        values: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let connection = self.connection().await?;
        let statement = connection.statement(sql).await?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
        let rows = connection.client.query(&statement, &values).await?;
        rows.iter().map(|row| read(&Row::Postgres(row))).collect()
    }

    /// Whether the database takes a statement.
    pub(crate) async fn prepare(&self, sql: &Sql) -> Result<(), StoreError> {
        self.connection().await?.statement(sql).await.map(|_| ())
    }

    async fn connection(&self) -> Result<Arc<Connection>, StoreError> {
        let place = &self.places[self.next.fetch_add(1, Ordering::Relaxed) % self.places.len()];
        if let Some(live) = place.live() {
            return Ok(live);
        }
        let _one_at_a_time = place.opening.lock().await;
        if let Some(live) = place.live() {
            return Ok(live);
        }
        let opened = Arc::new(self.connector.connect().await?);
        *place.connection.write() = Some(Arc::clone(&opened));
        Ok(opened)
    }
}
