use std::time::Duration;

use lianfang_domain::{access::Act, job::LEASE_MS};
use lianfang_store::{Actor, Job, Lease, NewJob, StoreError};
use serde_json::json;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use super::{JobFault, Work};
use crate::App;

#[cfg(test)]
mod tests;

/// Jobs that one process runs beside each other.
const TOGETHER: usize = 2;
/// How often the database is asked for jobs that other nodes queued, or whose time has come.
const LOOK_EVERY: Duration = Duration::from_secs(if cfg!(test) { 600 } else { 1 });
/// How often it is looked whether a job of the program itself is due.
const ASK_EVERY_MS: i64 = 60_000;
/// How often a job is kept from being taken by others while it runs; well within its lease.
const KEEP_EVERY: Duration = Duration::from_millis(LEASE_MS.unsigned_abs() / 4);
/// How long a running job is waited for when the program stops, before it is given back.
const GRACE: Duration = if cfg!(test) { Duration::from_millis(200) } else { Duration::from_secs(10) };
/// How often the end of a job is written before its lease is left to run out.
const TRIES: u32 = 5;

/// Runs jobs until it is told to stop.
pub(crate) struct Runner {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Runner {
    pub(crate) fn start(app: &App) -> Runner {
        let (stop, told) = watch::channel(false);
        let tasks = (0..TOGETHER).map(|_| tokio::spawn(run_until_told(app.clone(), told.clone()))).collect();
        Runner { stop, tasks }
    }

    /// Tells it to stop; what runs may go on for a while.
    pub(crate) fn stopper(&self) -> watch::Sender<bool> {
        self.stop.clone()
    }

    /// Waits until what runs has ended or was given back.
    pub(crate) async fn stopped(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "the runner of jobs broke off");
            }
        }
    }
}

async fn run_until_told(app: App, mut told: watch::Receiver<bool>) {
    let mut well = true;
    let mut asked_ms = i64::MIN;
    while !*told.borrow() {
        // Listening begins before looking, so that no job is missed in between.
        let queued = app.store().job_queued();
        tokio::pin!(queued);
        queued.as_mut().enable();
        let ran = match ask_for_due(&app, &mut asked_ms).await {
            Ok(()) => run_one(&app, &mut told).await,
            Err(error) => Err(error),
        };
        match ran {
            Ok(true) => continue,
            Ok(false) => well = true,
            Err(error) => {
                if std::mem::take(&mut well) {
                    tracing::warn!(%error, "jobs wait for the database");
                }
            }
        }
        tokio::select! {
            () = &mut queued => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = told.changed() => {}
        }
    }
}

/// Asks for the jobs that the program itself has done from time to time.
async fn ask_for_due(app: &App, asked_ms: &mut i64) -> Result<(), StoreError> {
    let now_ms = app.now_ms();
    if now_ms.saturating_sub(*asked_ms) < ASK_EVERY_MS {
        return Ok(());
    }
    for kind in app.0.kinds.all() {
        if kind.is_due(app, now_ms).await? {
            let new = NewJob { once: Some(kind.code.to_owned()), ..NewJob::now(kind.code, json!({})) };
            let mut tx = app.store().begin(&Actor::program(now_ms), Act::ChangeJobs);
            tx.about("job", kind.code, None);
            tx.queue_job(&new);
            tx.commit().await?;
        }
    }
    *asked_ms = now_ms;
    Ok(())
}

/// Runs every job that is due now, one after the other, and says how many; what the program itself asks for included.
///
/// # Errors
/// [`StoreError`] when the database cannot be read or written.
pub async fn run_due_jobs(app: &App) -> Result<usize, StoreError> {
    let (_stop, mut told) = watch::channel(false);
    let (mut never, mut n_run) = (i64::MIN, 0);
    ask_for_due(app, &mut never).await?;
    while run_one(app, &mut told).await? {
        n_run += 1;
    }
    Ok(n_run)
}

/// Takes a job and runs it to its end; false when none is due.
async fn run_one(app: &App, told: &mut watch::Receiver<bool>) -> Result<bool, StoreError> {
    let kinds: Vec<&'static str> = app.0.kinds.all().iter().map(|kind| kind.code).collect();
    let Some((job, lease)) = app.store().take_job(&kinds, app.now_ms()).await? else { return Ok(false) };
    let Some(kind) = app.0.kinds.of(&job.kind) else { return Ok(false) };
    let work = Work { app: app.clone(), job: job.clone(), lease };
    // In a task of its own, so that a panic ends the job and nothing else.
    let mut running = JoinSet::new();
    running.spawn(kind.run(work));
    let ended = tokio::select! {
        ended = running.join_next() => match ended {
            Some(Ok(done)) => Ended::Done(done),
            _ => Ended::Done(Err(JobFault::Later("broken".to_owned()))),
        },
        () = until_lost(app, &lease) => Ended::Lost,
        () = until_out_of_grace(told) => Ended::Stopped,
    };
    running.shutdown().await;
    end(app, &job, &lease, ended).await;
    Ok(true)
}

enum Ended {
    Done(Result<(), JobFault>),
    /// Someone else has taken it.
    Lost,
    /// The program stops.
    Stopped,
}

/// Keeps the lease; comes back only when someone else has taken the job.
async fn until_lost(app: &App, lease: &Lease) {
    loop {
        tokio::time::sleep(KEEP_EVERY).await;
        if let Err(StoreError::Changed(_)) = app.store().extend_lease(lease, app.now_ms()).await {
            return;
        }
    }
}

async fn until_out_of_grace(told: &mut watch::Receiver<bool>) {
    if told.wait_for(|told| *told).await.is_err() {
        // Nobody is left to tell.
        std::future::pending::<()>().await;
    }
    tokio::time::sleep(GRACE).await;
}

/// Notes how a job ended; while the database is away, again a few times.
async fn end(app: &App, job: &Job, lease: &Lease, ended: Ended) {
    let (id, kind) = (job.id.to_string(), job.kind.as_str());
    for tried in 0..TRIES {
        let (store, now_ms) = (app.store(), app.now_ms());
        let noted = match &ended {
            Ended::Done(Ok(())) => store.finish_job(lease, now_ms).await,
            Ended::Done(Err(JobFault::Later(why))) => {
                tracing::warn!(job = id, kind, why, attempts = job.attempts, "a job failed");
                store.fail_job(job, lease, why, now_ms).await.map(|_| ())
            }
            Ended::Done(Err(JobFault::Never(why))) => {
                tracing::warn!(job = id, kind, why, "a job was given up");
                store.give_up_job(lease, why, now_ms).await.map(|_| ())
            }
            Ended::Stopped => store.return_job(lease, now_ms).await,
            Ended::Lost => Ok(()),
        };
        match noted {
            Err(error) if error.may_pass() => tokio::time::sleep(Duration::from_secs(u64::from(tried))).await,
            Err(error) => return tracing::warn!(job = id, kind, %error, "a job ended that is no longer ours"),
            Ok(()) => return,
        }
    }
    tracing::error!(job = id, kind, "how a job ended could not be noted; it will be taken again");
}
