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

/// Connections of each kind; each carries many queries at once.
const CONNECTIONS: usize = 2;

/// A point is asked in the same way whatever its values are. Without this the server plans it anew for each of them,
/// which takes as long as the answer.
const POINTS: &str = "SET plan_cache_mode = force_generic_plan";

/// Connections that read, opened when first needed and again when lost. Queries that take their time have their own:
/// what is asked on one connection is answered in turn.
pub(crate) struct Readers {
    points: Turns,
    scans: Turns,
}

/// Connections used in turn.
struct Turns {
    connector: Connector,
    /// What is said at the beginning of each.
    begin: &'static str,
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
        let turns = |connector, begin| Turns {
            connector,
            begin,
            places: (0..CONNECTIONS).map(|_| Place::default()).collect(),
            next: AtomicUsize::new(0),
        };
        Readers { points: turns(connector.clone(), POINTS), scans: turns(connector, "") }
    }

    /// Runs a short query and reads every row.
    pub(crate) async fn point<T>(
        &self,
        sql: &Sql,
        values: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.points.query(sql, values, read).await
    }

    /// Runs a query that may take its time and reads every row.
    pub(crate) async fn scan<T>(
        &self,
        sql: &Sql,
        values: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.scans.query(sql, values, read).await
    }

    /// Whether the database takes a statement.
    pub(crate) async fn prepare(&self, sql: &Sql) -> Result<(), StoreError> {
        self.points.connection().await?.statement(sql).await.map(|_| ())
    }
}

impl Turns {
    async fn query<T>(
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
        opened.client.batch_execute(self.begin).await?;
        *place.connection.write() = Some(Arc::clone(&opened));
        Ok(opened)
    }
}
