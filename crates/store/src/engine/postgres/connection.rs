use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio_postgres::{Client, Config, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::tls::{read_address, why_not_encrypted};
use crate::{Settings, StoreError, sql::Sql};

/// How long to wait for a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where the database is and how to get in.
#[derive(Clone)]
pub(crate) struct Connector {
    config: Arc<Config>,
    tls: MakeRustlsConnect,
}

impl Connector {
    /// Reads an address such as `postgres://user:password@host/database`, with the rest of the settings.
    pub(crate) fn new(address: &str, settings: &Settings) -> Result<Connector, StoreError> {
        let (mut config, tls) = read_address(address, settings.database_ca.as_deref())?;
        config.application_name("lianfang").connect_timeout(PATIENCE);
        Ok(Connector { config: Arc::new(config), tls })
    }

    /// Opens a connection.
    pub(crate) async fn connect(&self) -> Result<Connection, StoreError> {
        let (client, driver) = tokio::time::timeout(PATIENCE, self.config.connect(self.tls.clone()))
            .await
            .map_err(|_| StoreError::Unavailable("no answer within 5 s".to_owned()))?
            .map_err(|error| why_not_encrypted(&error).unwrap_or_else(|| error.into()))?;
        tokio::spawn(async move {
            if let Err(error) = driver.await {
                tracing::warn!(%error, "a connection to the database ended");
            }
        });
        // A statement that hangs must not hold its lane for ever.
        client.batch_execute("SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '30s'").await?;
        let backend = client.query_one("SELECT pg_backend_pid()", &[]).await?.try_get(0)?;
        Ok(Connection { client, backend, prepared: Mutex::new(BTreeMap::new()) })
    }
}

/// A connection and the statements prepared on it.
pub(crate) struct Connection {
    pub(crate) client: Client,
    /// The number of the server's process that answers it.
    pub(crate) backend: i32,
    prepared: Mutex<BTreeMap<usize, Statement>>,
}

impl Connection {
    /// The statement, prepared at its first use.
    pub(crate) async fn statement(&self, sql: &Sql) -> Result<Statement, StoreError> {
        if let Some(known) = self.prepared.lock().get(&sql.key()) {
            return Ok(known.clone());
        }
        let made = self.client.prepare(sql.text()).await?;
        self.prepared.lock().insert(sql.key(), made.clone());
        Ok(made)
    }
}
