use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use parking_lot::Mutex;
use rusqlite::{Connection, ErrorCode};
use tokio::sync::oneshot;

use crate::{
    StoreError,
    audit::{Chain, INSERT, LinkedEntry, SAVE_HEAD},
    change::{Change, Step, judge},
    figures::Figures,
    value::values,
};

/// Changes committed together at most.
const MOST_TOGETHER: usize = 512;
/// Idle time after which the log is moved into the file.
const IDLE: Duration = Duration::from_millis(200);
/// Pages of log (4 KiB each) after which it is moved even under load.
const LOG_PAGES: u64 = 16_384;

type Reply = oneshot::Sender<Result<(), StoreError>>;

type Request = (Change, Reply);

/// The one thread that writes. Everything queued is committed together.
pub(crate) struct Writer {
    queue: Mutex<Option<Sender<Request>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Starts the thread on an open connection.
    pub(crate) fn start(connection: Connection, chain: Chain, figures: Figures) -> Result<Writer, StoreError> {
        let (sender, receiver) = channel();
        let lane = Lane { connection, chain, figures, dirty: 0 };
        let thread = std::thread::Builder::new()
            .name("write".to_owned())
            .spawn(move || lane.run(&receiver))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Writer { queue: Mutex::new(Some(sender)), thread: Mutex::new(Some(thread)) })
    }

    /// Queues a change; the receiver hears when it is on the disk.
    pub(crate) fn submit(&self, change: Change) -> oneshot::Receiver<Result<(), StoreError>> {
        let (reply, answer) = oneshot::channel();
        self.send((change, reply));
        answer
    }

    /// Commits what is queued, moves the log into the file and ends the thread.
    pub(crate) fn stop(&self) {
        drop(self.queue.lock().take());
        if let Some(thread) = self.thread.lock().take() {
            let _panicked = thread.join();
        }
    }

    fn send(&self, request: Request) {
        // A request that cannot be sent is dropped with its reply, which the asker sees.
        let sent = self.queue.lock().as_ref().map(|queue| queue.send(request));
        if !matches!(sent, Some(Ok(()))) {
            tracing::error!("the writing thread has ended");
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.stop();
    }
}

struct Lane {
    connection: Connection,
    chain: Chain,
    figures: Figures,
    /// Commits since the log was last moved into the file.
    dirty: u64,
}

impl Lane {
    fn run(mut self, queue: &Receiver<Request>) {
        loop {
            match queue.recv_timeout(IDLE) {
                Ok(first) => {
                    self.commit_with(queue, first);
                    self.checkpoint_if_long();
                }
                Err(RecvTimeoutError::Timeout) => self.checkpoint("PRAGMA wal_checkpoint(PASSIVE)"),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.dirty += 1;
        self.checkpoint("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// Commits this change and all that wait behind it.
    fn commit_with(&mut self, queue: &Receiver<Request>, first: Request) {
        let mut batch = vec![first];
        batch.extend(queue.try_iter().take(MOST_TOGETHER - 1));
        self.figures.batch(batch.len());
        let chain_before = self.chain.clone();
        let outcome = self.commit(&batch);
        if outcome.is_err() {
            self.chain = chain_before;
        }
        self.dirty += 1;
        for (index, (_, reply)) in batch.into_iter().enumerate() {
            let answer = outcome.as_ref().map_or_else(|error| Err(error.clone()), |each| each[index].clone());
            // Nobody listens when the asker has gone.
            let _gone = reply.send(answer);
        }
    }

    /// One transaction for the whole batch; a change that fails takes nothing else with it.
    fn commit(&mut self, batch: &[(Change, Reply)]) -> Result<Vec<Result<(), StoreError>>, StoreError> {
        run(&self.connection, "BEGIN IMMEDIATE")?;
        let done = self.apply_all(batch).and_then(|each| run(&self.connection, "COMMIT").map(|()| each));
        if done.is_err() && !self.connection.is_autocommit() {
            run(&self.connection, "ROLLBACK")?;
        }
        done
    }

    fn apply_all(&mut self, batch: &[(Change, Reply)]) -> Result<Vec<Result<(), StoreError>>, StoreError> {
        let mut each = Vec::with_capacity(batch.len());
        let mut linked = false;
        for (change, _) in batch {
            let outcome = self.apply(change);
            if let Err(error) = &outcome
                && (error.may_pass() || self.connection.is_autocommit())
            {
                // Disk full and the like end the whole transaction.
                return Err(error.clone());
            }
            if outcome.is_ok() {
                for entry in &change.audit {
                    let entry = self.chain.link(entry);
                    insert_audit(&self.connection, &entry)?;
                    linked = true;
                }
            }
            each.push(outcome);
        }
        if linked {
            let head = self.chain.head();
            self.connection.prepare_cached(SAVE_HEAD.for_sqlite())?.execute(rusqlite::params_from_iter(&head))?;
        }
        Ok(each)
    }

    fn apply(&self, change: &Change) -> Result<(), StoreError> {
        // A single statement is all or nothing by itself.
        if let [step] = change.steps.as_slice() {
            return self.step(step);
        }
        if change.steps.is_empty() {
            return Ok(());
        }
        run(&self.connection, "SAVEPOINT change")?;
        let done = change.steps.iter().try_for_each(|step| self.step(step));
        if done.is_err() && !self.connection.is_autocommit() {
            run(&self.connection, "ROLLBACK TO change")?;
        }
        if !self.connection.is_autocommit() {
            run(&self.connection, "RELEASE change")?;
        }
        done
    }

    fn step(&self, step: &Step) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(step.sql.for_sqlite())?;
        let touched =
            statement.execute(rusqlite::params_from_iter(&step.values)).map_err(|error| taken(error, step.about))?;
        judge(step, u64::try_from(touched).unwrap_or(0))
    }

    fn checkpoint_if_long(&mut self) {
        if self.dirty.is_multiple_of(64) {
            let pages = self.connection.query_row("PRAGMA wal_checkpoint(NOOP)", [], |row| row.get::<_, i64>(1));
            if pages.is_ok_and(|pages| u64::try_from(pages).is_ok_and(|pages| pages > LOG_PAGES)) {
                self.checkpoint("PRAGMA wal_checkpoint(PASSIVE)");
            }
        }
    }

    fn checkpoint(&mut self, pragma: &str) {
        if self.dirty == 0 {
            return;
        }
        match self.connection.query_row(pragma, [], |_| Ok(())) {
            Ok(()) => self.dirty = 0,
            Err(error) => tracing::warn!(%error, "the log could not be moved into the database file"),
        }
    }
}

fn run(connection: &Connection, sql: &str) -> Result<(), StoreError> {
    Ok(connection.prepare_cached(sql)?.execute([]).map(|_| ())?)
}

fn taken(error: rusqlite::Error, about: &'static str) -> StoreError {
    let unique = matches!(
        error.sqlite_error().map(|error| error.extended_code),
        Some(rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY)
    );
    debug_assert!(!unique || error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation));
    if unique { StoreError::Taken(about) } else { error.into() }
}

fn insert_audit(connection: &Connection, entry: &LinkedEntry) -> Result<(), StoreError> {
    let e = &entry.entry;
    let row = values![
        &entry.day,
        entry.chain,
        entry.n,
        e.at_ms,
        e.who,
        &e.who_name,
        &e.act,
        &e.area,
        &e.target,
        &e.why,
        &e.detail,
        &e.request,
        entry.mac.as_slice(),
    ];
    connection.prepare_cached(INSERT.for_sqlite())?.execute(rusqlite::params_from_iter(&row))?;
    Ok(())
}
