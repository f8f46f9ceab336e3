//! The two databases.

pub(crate) mod postgres;
pub(crate) mod sqlite;

use std::sync::Arc;

use crate::{
    StoreError,
    change::Change,
    figures::{Figures, begun},
    sql::Sql,
    value::{Row, Value},
};

/// One of the two databases, open.
pub(crate) enum Engine {
    Sqlite { readers: Arc<sqlite::Readers>, writer: sqlite::Writer, figures: Figures },
    Postgres { readers: postgres::Readers, lanes: postgres::Lanes, figures: Figures },
}

impl Engine {
    /// A short query, answered where it is asked: by key, a few rows.
    pub(crate) async fn point<T>(
        &self,
        sql: &'static Sql,
        values: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        match self {
            Engine::Sqlite { readers, .. } => readers.query(sql, values, read),
            Engine::Postgres { readers, .. } => readers.point(sql, values, read).await,
        }
    }

    /// A query that may take its time, away from the threads that answer requests.
    pub(crate) async fn scan<T: Send + 'static>(
        &self,
        sql: &'static Sql,
        values: Vec<Value>,
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<Vec<T>, StoreError> {
        match self {
            Engine::Sqlite { readers, .. } => {
                let readers = Arc::clone(readers);
                let work = tokio::task::spawn_blocking(move || readers.query(sql, &values, read));
                work.await.map_err(|error| StoreError::Broken(format!("a query was broken off: {error}")))?
            }
            Engine::Postgres { readers, .. } => readers.scan(sql, &values, read).await,
        }
    }

    /// Statements that only this database has.
    pub(crate) fn own_statements(&self) -> &'static [(&'static str, &'static Sql)] {
        match self {
            Engine::Sqlite { .. } => &[],
            Engine::Postgres { .. } => postgres::LANE_STATEMENTS,
        }
    }

    /// Whether the database takes a statement.
    pub(crate) async fn prepare(&self, sql: &'static Sql) -> Result<(), StoreError> {
        match self {
            Engine::Sqlite { readers, .. } => {
                readers.with(|connection| Ok(connection.prepare(sql.for_sqlite()).map(|_| ())?))
            }
            Engine::Postgres { readers, .. } => readers.prepare(sql).await,
        }
    }

    /// What is counted about it.
    pub(crate) fn figures(&self) -> &Figures {
        match self {
            Engine::Sqlite { figures, .. } | Engine::Postgres { figures, .. } => figures,
        }
    }

    /// Queues a change and waits until it is on the disk.
    pub(crate) async fn keep(&self, change: Change) -> Result<(), StoreError> {
        let since = begun();
        let answer = match self {
            Engine::Sqlite { writer, .. } => writer.submit(change),
            Engine::Postgres { lanes, .. } => lanes.submit(change),
        };
        let closed = |_| Err(StoreError::Unavailable("the database is being closed".to_owned()));
        let kept = answer.await.unwrap_or_else(closed);
        self.figures().answered(since, kept.as_ref().is_err_and(StoreError::may_pass));
        kept
    }

    /// Queues a change that nobody waits for: a read that is put on record.
    pub(crate) fn keep_unwaited(&self, change: Change) {
        drop(match self {
            Engine::Sqlite { writer, .. } => writer.submit(change),
            Engine::Postgres { lanes, .. } => lanes.submit(change),
        });
    }
}
