use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lianfang_domain::Id;
use parking_lot::{Mutex, RwLock};
use prometheus_client::registry::Registry;

use crate::{
    StoreError,
    audit::{Chain, ChainKey, LAST_HEAD, Link, last_link},
    change::{Change, Expect, Step},
    crypto::{MasterKey, Vault},
    engine::{Engine, postgres, sqlite},
    figures::Figures,
    migrate::{Migrated, migrate_postgres, migrate_sqlite},
    sql::{Sql, statements},
    value::{Row, Value, values},
};

statements! {
    DATA_KEYS = "SELECT id, wrapped FROM data_key ORDER BY id";
    ADD_DATA_KEY = "INSERT INTO data_key (id, wrapped, made_at_ms) VALUES ($1, $2, $3)";
    META = "SELECT value FROM meta WHERE name = $1";
    SET_META = "INSERT INTO meta (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
}

/// Where things are kept.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The data folder: the embedded database, backups, working files.
    pub data: PathBuf,
    /// The folder of the master key; keep a copy of it apart from the backups.
    pub keys: PathBuf,
    /// The address of a PostgreSQL database; without it the embedded one is used.
    pub database: Option<String>,
    /// A file with the authority that signed the database's certificate; with it, connections are always encrypted.
    pub database_ca: Option<PathBuf>,
    /// The number of this process among those that share a database, 0 to 255.
    pub node: u8,
}

impl Settings {
    /// The embedded database in a folder, its keys beside it.
    pub fn in_folder(data: &Path) -> Settings {
        Settings { data: data.to_owned(), keys: data.join("keys"), database: None, database_ca: None, node: 0 }
    }
}

/// Everything that is kept, open.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) engine: Engine,
    pub(crate) vault: RwLock<Arc<Vault>>,
    master: MasterKey,
    chain_key: ChainKey,
    last_id: Mutex<Option<Id>>,
    node: u8,
    settings: Settings,
    migrated: Migrated,
    /// Tells those who run jobs in this process that one was queued.
    pub(crate) job_queued: tokio::sync::Notify,
    /// Held as long as the folder is in use.
    _lock: Option<File>,
}

impl Store {
    /// Opens the database, brings its schema up to date and opens the keys.
    ///
    /// # Errors
    /// [`StoreError`]: the folder is in use by another process, the database cannot be reached, is damaged, is newer
    /// than this program, or belongs to another master key.
    pub async fn open(settings: &Settings, now_ms: i64) -> Result<Store, StoreError> {
        let master = MasterKey::read_or_make(&settings.keys)?;
        let chain_key = ChainKey(master.derived("audit"));
        let number = chain_number()?;
        let (engine, migrated, lock) = match &settings.database {
            Some(address) => {
                let (engine, migrated) = open_postgres(address, settings, &chain_key, number, now_ms).await?;
                (engine, migrated, None)
            }
            None => {
                let (engine, migrated, lock) = open_sqlite(&settings.data, &chain_key, number, now_ms)?;
                (engine, migrated, Some(lock))
            }
        };
        let vault = open_vault(&engine, &master, now_ms).await?;
        let inner = Inner {
            engine,
            vault: RwLock::new(Arc::new(vault)),
            master,
            chain_key,
            last_id: Mutex::new(None),
            node: settings.node,
            settings: settings.clone(),
            migrated,
            job_queued: tokio::sync::Notify::new(),
            _lock: lock,
        };
        Ok(Store { inner: Arc::new(inner) })
    }

    /// What opening did to the schema.
    pub fn migrated(&self) -> &Migrated {
        &self.inner.migrated
    }

    /// Where things are kept.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// The name of the database, for people.
    pub fn database_name(&self) -> &'static str {
        match self.inner.engine {
            Engine::Sqlite { .. } => "SQLite",
            Engine::Postgres { .. } => "PostgreSQL",
        }
    }

    /// Puts what the store counts about itself into a list of metrics.
    pub fn register_figures(&self, registry: &mut Registry) {
        self.inner.engine.figures().register(registry);
    }

    /// A new identifier.
    pub fn new_id(&self, now_ms: i64) -> Id {
        let mut last = self.inner.last_id.lock();
        let id = Id::next(*last, now_ms, self.inner.node);
        *last = Some(id);
        id
    }

    /// Commits what is queued and closes the database.
    pub async fn close(&self) {
        match &self.inner.engine {
            Engine::Sqlite { writer, .. } => writer.stop(),
            Engine::Postgres { lanes, .. } => lanes.stop().await,
        }
    }

    /// A key for one purpose outside this crate, the same on every node that has the same master key.
    pub fn derived_key(&self, purpose: &str) -> [u8; 32] {
        self.inner.master.derived(purpose)
    }

    pub(crate) fn chain_key(&self) -> &ChainKey {
        &self.inner.chain_key
    }

    pub(crate) fn master(&self) -> &MasterKey {
        &self.inner.master
    }

    pub(crate) fn vault(&self) -> Arc<Vault> {
        Arc::clone(&self.inner.vault.read())
    }

    pub(crate) async fn point<T>(
        &self,
        sql: &'static Sql,
        values: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.inner.engine.point(sql, values, read).await?.into_iter().next())
    }

    pub(crate) async fn scan<T: Send + 'static>(
        &self,
        sql: &'static Sql,
        values: Vec<Value>,
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<Vec<T>, StoreError> {
        self.inner.engine.scan(sql, values, read).await
    }
}

/// A number for this start of the program, so that no two chains of one day are the same.
fn chain_number() -> Result<i64, StoreError> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Unavailable(error.to_string()))?;
    Ok(i64::from_le_bytes(bytes) >> 1 & i64::MAX | 1)
}

fn open_sqlite(
    folder: &Path,
    key: &ChainKey,
    number: i64,
    now_ms: i64,
) -> Result<(Engine, Migrated, File), StoreError> {
    std::fs::create_dir_all(folder)
        .map_err(|error| StoreError::Unavailable(format!("{}: {error}", folder.display())))?;
    let lock = lock(folder)?;
    let path = sqlite::file_in(folder);
    let mut connection = sqlite::open_to_write(&path)?;
    let migrated = migrate_sqlite(&mut connection, folder, now_ms)?;
    let before = sqlite::query(&connection, &LAST_HEAD, &[], last_link)?.into_iter().next().unwrap_or_default();
    let figures = Figures::default();
    let writer = sqlite::Writer::start(connection, Chain::new(key.clone(), number, before), figures.clone())?;
    Ok((Engine::Sqlite { readers: Arc::new(sqlite::Readers::new(path)), writer, figures }, migrated, lock))
}

/// One process a folder: a second one would not see what the first has in hand.
pub(crate) fn lock(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join("lianfang.lock");
    let unavailable = |error: &std::io::Error| StoreError::Unavailable(format!("{}: {error}", path.display()));
    let file =
        OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(|error| unavailable(&error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Unavailable(format!(
            "another process already uses the data folder {}; stop it first",
            folder.display()
        ))),
        Err(TryLockError::Error(error)) => Err(unavailable(&error)),
    }
}

async fn open_postgres(
    address: &str,
    settings: &Settings,
    key: &ChainKey,
    number: i64,
    now_ms: i64,
) -> Result<(Engine, Migrated), StoreError> {
    let connector = postgres::Connector::new(address, settings)?;
    let mut connection = connector.connect().await?;
    let migrated = migrate_postgres(&mut connection.client, now_ms).await?;
    let readers = postgres::Readers::new(connector.clone());
    let before: Link = readers.point(&LAST_HEAD, &[], last_link).await?.into_iter().next().unwrap_or_default();
    let figures = Figures::default();
    let chain = |lane| Chain::new(key.clone(), number ^ lane, before.clone());
    let lanes = postgres::Lanes::start(&connector, &figures, chain);
    Ok((Engine::Postgres { readers, lanes, figures }, migrated))
}

/// Opens the data keys, making the first; refuses a database that belongs to another master key.
async fn open_vault(engine: &Engine, master: &MasterKey, now_ms: i64) -> Result<Vault, StoreError> {
    let fingerprint = master.fingerprint();
    let known = engine.point(&META, &values!["master_key"], |row| row.text(0)).await?.into_iter().next();
    if known.as_ref().is_some_and(|known| *known != fingerprint) {
        return Err(StoreError::Broken(format!(
            "the master key {fingerprint} does not belong to this database, which needs {}; point --keys to its folder",
            known.unwrap_or_default()
        )));
    }
    if engine.point(&DATA_KEYS, &[], |row| row.int(0)).await?.is_empty() {
        let first = values![1_i64, Vault::new_key(master, 1)?, now_ms];
        let step = |sql, values| Step { sql, values, expect: Expect::One, about: "data key" };
        let steps = vec![step(&SET_META, values!["master_key", fingerprint]), step(&ADD_DATA_KEY, first)];
        match engine.keep(Change { steps, audit: Vec::new() }).await {
            // Another process was faster.
            Ok(()) | Err(StoreError::Taken(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Vault::open(master, &data_keys(engine).await?)
}

/// The data keys as they are kept: number and wrapped key.
pub(crate) async fn data_keys(engine: &Engine) -> Result<Vec<(u32, Vec<u8>)>, StoreError> {
    let number = |n: i64| u32::try_from(n).map_err(|_| StoreError::Broken("a data key's number".to_owned()));
    engine.point(&DATA_KEYS, &[], |row| Ok((number(row.int(0)?)?, row.bytes(1)?))).await
}
