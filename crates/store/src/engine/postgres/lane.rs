use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, stream::FuturesOrdered};
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio_postgres::{error::SqlState, types::ToSql};

use super::connection::{Connection, Connector};
use crate::{
    StoreError,
    audit::{Chain, Link, LinkedEntry, ONE_HEAD, SAVE_HEAD},
    change::{Change, Step, judge},
    figures::Figures,
    sql::statements,
};

/// Lanes that write beside each other, so that one fills while the other waits for its disk.
const LANES: i64 = 2;
/// Changes committed together at most.
const MOST_TOGETHER: usize = 256;
/// Times a batch is tried again after the database chose it as a loser, before it is given up.
const TRIES: u32 = 5;

type Reply = oneshot::Sender<Result<(), StoreError>>;
type Queue = Arc<Mutex<mpsc::UnboundedReceiver<(Change, Reply)>>>;

statements! {
    /// Adds the audit rows of a whole batch at once.
    ADD_AUDIT = "INSERT INTO audit (day, chain, n, at_ms, who, who_name, act, area, target, why, detail, request, mac)
     SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[],
         $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::bytea[])";
    /// Whether the server's process of a lost connection still works.
    STILL_WORKS = "SELECT count(*) FROM pg_stat_activity WHERE pid = $1";
}

/// The lanes through which everything is written. What is queued is committed together.
pub(crate) struct Lanes {
    queue: parking_lot::Mutex<Option<mpsc::UnboundedSender<(Change, Reply)>>>,
    tasks: parking_lot::Mutex<Vec<JoinHandle<()>>>,
}

impl Lanes {
    /// Starts the lanes, each with a chain of its own.
    pub(crate) fn start(connector: &Connector, figures: &Figures, chain: impl Fn(i64) -> Chain) -> Lanes {
        let (sender, receiver) = mpsc::unbounded_channel();
        let queue: Queue = Arc::new(Mutex::new(receiver));
        let tasks = (0..LANES)
            .map(|lane| {
                let (connector, figures) = (connector.clone(), figures.clone());
                let lane = Lane { connector, connection: None, chain: chain(lane << 62), figures };
                tokio::spawn(lane.run(Arc::clone(&queue)))
            })
            .collect();
        Lanes { queue: parking_lot::Mutex::new(Some(sender)), tasks: parking_lot::Mutex::new(tasks) }
    }

    /// Queues a change; the receiver hears when it is on the disk.
    pub(crate) fn submit(&self, change: Change) -> oneshot::Receiver<Result<(), StoreError>> {
        let (reply, answer) = oneshot::channel();
        let sent = self.queue.lock().as_ref().map(|queue| queue.send((change, reply)));
        if !matches!(sent, Some(Ok(()))) {
            tracing::error!("the writing lanes have ended");
        }
        answer
    }

    /// Commits what is queued and ends the lanes.
    pub(crate) async fn stop(&self) {
        drop(self.queue.lock().take());
        let tasks = std::mem::take(&mut *self.tasks.lock());
        for task in tasks {
            let _panicked = task.await;
        }
    }
}

struct Lane {
    connector: Connector,
    connection: Option<Connection>,
    chain: Chain,
    figures: Figures,
}

/// How a batch ended.
enum Outcome {
    /// On the disk.
    Kept,
    /// This change failed for a reason of its own; the rest may be tried without it.
    Failed(usize, StoreError),
    /// The database asks to try again.
    Again,
    /// Nothing was kept.
    Lost(StoreError),
    /// The connection broke while the commit was on its way.
    Unsure,
}

impl Lane {
    async fn run(mut self, queue: Queue) {
        loop {
            let mut batch = Vec::new();
            {
                let mut queue = queue.lock().await;
                if queue.recv_many(&mut batch, MOST_TOGETHER).await == 0 {
                    return;
                }
            }
            self.keep(batch).await;
        }
    }

    /// Keeps the batch, leaving out each change that fails for a reason of its own, and tells everyone.
    async fn keep(&mut self, mut batch: Vec<(Change, Reply)>) {
        self.figures.batch(batch.len());
        let mut tries = 0;
        while !batch.is_empty() {
            let before = self.chain.clone();
            let outcome = self.commit(&batch).await;
            let kept = match outcome {
                Outcome::Kept => true,
                Outcome::Unsure => match self.was_kept(&before).await {
                    Some(kept) => kept,
                    None => return answer(batch, &Err(StoreError::Unknown)),
                },
                _ => false,
            };
            if kept {
                return answer(batch, &Ok(()));
            }
            self.chain = before;
            match outcome {
                Outcome::Failed(index, error) => {
                    let _gone = batch.remove(index).1.send(Err(error));
                }
                Outcome::Lost(error) => return answer(batch, &Err(error)),
                Outcome::Again | Outcome::Unsure | Outcome::Kept => {
                    tries += 1;
                    if tries >= TRIES {
                        let error = StoreError::Unavailable("the database was too busy".to_owned());
                        return answer(batch, &Err(error));
                    }
                    tokio::time::sleep(Duration::from_millis(5 << tries)).await;
                }
            }
        }
    }

    /// Whether the batch after this chain's state got onto the disk: its head row then says so. The server may still be
    /// committing what it heard before the connection broke, so its process is waited for first.
    async fn was_kept(&mut self, before: &Chain) -> Option<bool> {
        let last = self.chain.last().clone();
        if last == *before.last() {
            // Nothing was sealed, so nothing can tell.
            return None;
        }
        let lost = self.connection.take()?.backend;
        for wait in [0_u64, 100, 400, 1_000, 3_000] {
            tokio::time::sleep(Duration::from_millis(wait)).await;
            let Ok(connection) = self.connected().await else { continue };
            match ended_at(connection, lost, &last).await {
                Ok(Some(n)) => return Some(n >= last.n),
                Ok(None) => {}
                Err(_) => self.connection = None,
            }
        }
        None
    }

    async fn connected(&mut self) -> Result<&Connection, StoreError> {
        let live = self.connection.take().filter(|connection| !connection.client.is_closed());
        let connection = match live {
            Some(connection) => connection,
            None => self.connector.connect().await?,
        };
        Ok(self.connection.insert(connection))
    }

    /// One transaction: all steps in one go, then, if each did what it should, audit rows and commit in a second.
    async fn commit(&mut self, batch: &[(Change, Reply)]) -> Outcome {
        if let Err(error) = self.connected().await {
            return Outcome::Lost(error);
        }
        let Some(connection) = self.connection.as_ref() else {
            return Outcome::Lost(StoreError::Unavailable("no connection".to_owned()));
        };
        let applied = apply(connection, batch).await;
        let rows: Vec<LinkedEntry> = match applied {
            Ok(()) => batch.iter().flat_map(|(change, _)| &change.audit).map(|e| self.chain.link(e)).collect(),
            Err(outcome) => {
                // A broken connection rolls back by itself.
                let _broken = connection.client.batch_execute("ROLLBACK").await;
                return outcome;
            }
        };
        finish(connection, &rows, &self.chain).await
    }
}

/// The number of the last row in the chain of `last`; none while the process of the lost connection still works.
async fn ended_at(connection: &Connection, lost: i32, last: &Link) -> Result<Option<i64>, StoreError> {
    let works = connection.statement(&STILL_WORKS).await?;
    if connection.client.query_one(&works, &[&lost]).await?.try_get::<_, i64>(0)? > 0 {
        return Ok(None);
    }
    let head = connection.statement(&ONE_HEAD).await?;
    let row = connection.client.query_opt(&head, &[&last.day, &last.chain]).await?;
    Ok(Some(row.map_or(Ok(0), |row| row.try_get(0))?))
}

fn answer(batch: Vec<(Change, Reply)>, outcome: &Result<(), StoreError>) {
    for (_, reply) in batch {
        // Nobody listens when the asker has gone.
        let _gone = reply.send(outcome.clone());
    }
}

/// Sends BEGIN and every step without waiting between them, then looks at what each one did.
async fn apply(connection: &Connection, batch: &[(Change, Reply)]) -> Result<(), Outcome> {
    let steps: Vec<(usize, &Step)> = batch
        .iter()
        .enumerate()
        .flat_map(|(index, (change, _))| change.steps.iter().map(move |s| (index, s)))
        .collect();
    let mut statements = Vec::with_capacity(steps.len());
    for (_, step) in &steps {
        statements.push(connection.statement(step.sql).await.map_err(Outcome::Lost)?);
    }
    let begin = connection.client.batch_execute("BEGIN");
    let mut sent = FuturesOrdered::new();
    for ((_, step), statement) in steps.iter().zip(&statements) {
        sent.push_back(connection.client.execute_raw(statement, &step.values));
    }
    // Polled in this order, they go out in this order, all before the first answer.
    let (begun, touched) = futures_util::future::join(begin, sent.collect::<Vec<_>>()).await;
    begun.map_err(|error| Outcome::Lost(error.into()))?;
    for ((index, step), touched) in steps.iter().zip(touched) {
        let judged = match touched {
            Ok(touched) => judge(step, touched),
            Err(error) => Err(failure(error, step)?),
        };
        judged.map_err(|error| if error.may_pass() { Outcome::Lost(error) } else { Outcome::Failed(*index, error) })?;
    }
    Ok(())
}

/// What a failed step means; `Again` when the database only chose it as a loser.
fn failure(error: tokio_postgres::Error, step: &Step) -> Result<StoreError, Outcome> {
    match error.code() {
        Some(code) if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED => {
            Err(Outcome::Again)
        }
        Some(code) if *code == SqlState::UNIQUE_VIOLATION => Ok(StoreError::Taken(step.about)),
        _ => Ok(error.into()),
    }
}

async fn finish(connection: &Connection, rows: &[LinkedEntry], chain: &Chain) -> Outcome {
    let client = &connection.client;
    if rows.is_empty() {
        return committed(client.batch_execute("COMMIT").await);
    }
    let (add, save) = match (connection.statement(&ADD_AUDIT).await, connection.statement(&SAVE_HEAD).await) {
        (Ok(add), Ok(save)) => (add, save),
        (Err(error), _) | (_, Err(error)) => return Outcome::Lost(error),
    };
    let columns = AuditColumns::of(rows);
    let head = chain.head();
    let values = columns.values();
    let add = client.execute_raw(&add, values);
    let save = client.execute_raw(&save, &head);
    let (added, saved, done) = futures_util::future::join3(add, save, client.batch_execute("COMMIT")).await;
    match added.and(saved) {
        Ok(_) => committed(done),
        Err(_) if client.is_closed() => Outcome::Unsure,
        Err(error) => Outcome::Lost(error.into()),
    }
}

fn committed(done: Result<(), tokio_postgres::Error>) -> Outcome {
    match done {
        Ok(()) => Outcome::Kept,
        Err(error) if error.as_db_error().is_some() => Outcome::Lost(error.into()),
        Err(_) => Outcome::Unsure,
    }
}

/// Audit rows as one array a column.
struct AuditColumns<'a> {
    numbers: [Vec<Option<i64>>; 4],
    texts: [Vec<&'a str>; 8],
    macs: Vec<&'a [u8]>,
}

impl<'a> AuditColumns<'a> {
    fn of(rows: &'a [LinkedEntry]) -> AuditColumns<'a> {
        let number = |pick: fn(&LinkedEntry) -> Option<i64>| rows.iter().map(pick).collect();
        let text = |pick: fn(&'a LinkedEntry) -> &'a str| rows.iter().map(pick).collect();
        AuditColumns {
            numbers: [
                number(|r| Some(r.chain)),
                number(|r| Some(r.n)),
                number(|r| Some(r.entry.at_ms)),
                number(|r| r.entry.who),
            ],
            texts: [
                text(|r| &r.day),
                text(|r| &r.entry.who_name),
                text(|r| &r.entry.act),
                text(|r| &r.entry.area),
                text(|r| &r.entry.target),
                text(|r| &r.entry.why),
                text(|r| &r.entry.detail),
                text(|r| &r.entry.request),
            ],
            macs: rows.iter().map(|r| r.mac.as_slice()).collect(),
        }
    }

    fn values(&self) -> Vec<&(dyn ToSql + Sync)> {
        let [chain, n, at, who] = &self.numbers;
        let mut values: Vec<&(dyn ToSql + Sync)> = vec![&self.texts[0], chain, n, at, who];
        values.extend(self.texts[1..].iter().map(|text| text as &(dyn ToSql + Sync)));
        values.push(&self.macs);
        values
    }
}
