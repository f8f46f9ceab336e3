use lianfang_domain::{
    Id, JobId,
    job::{JobState, LEASE_MS, MOST_ATTEMPTS, wait_after},
};
use tokio::sync::futures::Notified;

use super::{Job, columns, job};
use crate::{
    Store, StoreError, Tx,
    change::{Change, Expect, Step},
    query::Query,
    sql::{Sql, statements},
    value::{Value, values},
};

statements! {
    TAKE = "UPDATE job SET state = 'running', leased_by = $3, lease_until_ms = $5, attempts = attempts + 1
        WHERE id = $1 AND leased_by = $2
        AND ((state = 'waiting' AND run_after_ms <= $4) OR (state = 'running' AND lease_until_ms <= $4))";
    GIVE_UP = "UPDATE job SET state = 'failed', last_error = $3, ended_at_ms = $4
        WHERE id = $1 AND leased_by = $2 AND state = 'running' AND lease_until_ms <= $4";
    EXTEND = "UPDATE job SET lease_until_ms = $3 WHERE id = $1 AND leased_by = $2 AND state = 'running'";
    PROGRESS = "UPDATE job SET n_done = $4, n_total = $5, lease_until_ms = $3
        WHERE id = $1 AND leased_by = $2 AND state = 'running'";
    /// May be said twice, as when the answer to the first time was lost.
    FINISH = "UPDATE job SET state = 'done', ended_at_ms = $3, last_error = ''
        WHERE id = $1 AND leased_by = $2 AND state IN ('running', 'done')";
    FAIL = "UPDATE job SET state = $3, run_after_ms = $4, last_error = $5, ended_at_ms = $6
        WHERE id = $1 AND leased_by = $2 AND state = 'running'";
    RETURN = "UPDATE job SET state = 'waiting', run_after_ms = $3, attempts = attempts - 1
        WHERE id = $1 AND leased_by = $2 AND state = 'running'";
}

/// What stands in `last_error` of a job whose process ended each time it ran.
const LOST: &str = "lost";
/// How often another job is looked for when someone else was faster.
const LOOKS: u32 = 32;

/// The right to run a job, for a while. It is no longer worth anything once someone else has taken the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The job.
    pub job: JobId,
    token: Id,
}

impl Store {
    /// Waits until a job is queued by this process. Waits from when it is first polled or enabled.
    pub fn job_queued(&self) -> Notified<'_> {
        self.inner.job_queued.notified()
    }

    /// Takes the job of these kinds that is due longest, if there is one, for [`LEASE_MS`] from now.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read or written.
    pub async fn take_job(&self, kinds: &[&'static str], now_ms: i64) -> Result<Option<(Job, Lease)>, StoreError> {
        for _ in 0..LOOKS {
            let Some(due) = self.due_job(kinds, now_ms).await? else { return Ok(None) };
            let taken = if due.state == JobState::Running && due.attempts >= MOST_ATTEMPTS {
                self.guarded(&GIVE_UP, values![due.id, due.leased_by, LOST, now_ms]).await.map(|()| None)
            } else {
                self.take(due, now_ms).await.map(Some)
            };
            match taken {
                Ok(Some(taken)) => return Ok(Some(taken)),
                // Given up, or someone else was faster: look again.
                Ok(None) | Err(StoreError::Changed(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    async fn due_job(&self, kinds: &[&'static str], now_ms: i64) -> Result<Option<Job>, StoreError> {
        let mut query =
            Query::new(concat!("SELECT ", columns!(), " FROM job WHERE ((state = 'waiting' AND run_after_ms <= "));
        query.value(now_ms).text(") OR (state = 'running' AND lease_until_ms <= ").value(now_ms);
        query.text(")) AND kind IN (''");
        for kind in kinds {
            query.text(", ").value(*kind);
        }
        query.text(") ORDER BY run_after_ms, id LIMIT 1");
        let (sql, values) = query.done();
        self.point(sql, &values, job).await
    }

    async fn take(&self, due: Job, now_ms: i64) -> Result<(Job, Lease), StoreError> {
        let token = self.new_id(now_ms);
        let lease_until_ms = now_ms + LEASE_MS;
        self.guarded(&TAKE, values![due.id, due.leased_by, token, now_ms, lease_until_ms]).await?;
        let lease = Lease { job: due.id, token };
        let attempts = due.attempts + 1;
        let leased_by = token.number();
        Ok((Job { state: JobState::Running, attempts, lease_until_ms, leased_by, ..due }, lease))
    }

    /// Keeps a job for [`LEASE_MS`] from now.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when someone else has taken it: whoever runs it must stop.
    pub async fn extend_lease(&self, lease: &Lease, now_ms: i64) -> Result<(), StoreError> {
        self.guarded(&EXTEND, values![lease.job, lease.token, now_ms + LEASE_MS]).await
    }

    /// Says how much of a job is done, of how much where that is known, and keeps it for [`LEASE_MS`] from now.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when someone else has taken it: whoever runs it must stop.
    pub async fn note_progress(
        &self,
        lease: &Lease,
        n_done: u64,
        n_total: Option<u64>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let values = values![lease.job, lease.token, now_ms + LEASE_MS, number(n_done), n_total.map(number)];
        self.guarded(&PROGRESS, values).await
    }

    /// Ends a job well. Saying it twice is no error.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when someone else has taken it.
    pub async fn finish_job(&self, lease: &Lease, now_ms: i64) -> Result<(), StoreError> {
        self.guarded(&FINISH, values![lease.job, lease.token, now_ms]).await
    }

    /// Notes that an attempt failed and why, without personal data. The job is tried again after a while that grows
    /// with its attempts; after the last one it is given up.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when someone else has taken it.
    pub async fn fail_job(&self, job: &Job, lease: &Lease, why: &str, now_ms: i64) -> Result<JobState, StoreError> {
        let Some(wait) = wait_after(job.attempts) else { return self.give_up_job(lease, why, now_ms).await };
        let waiting = JobState::Waiting;
        let values = values![lease.job, lease.token, waiting.code(), now_ms + wait, why, None::<i64>];
        self.guarded(&FAIL, values).await.map(|()| waiting)
    }

    /// Gives up a job that would fail again, and says why, without personal data.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when someone else has taken it.
    pub async fn give_up_job(&self, lease: &Lease, why: &str, now_ms: i64) -> Result<JobState, StoreError> {
        let failed = JobState::Failed;
        self.guarded(&FAIL, values![lease.job, lease.token, failed.code(), now_ms, why, now_ms]).await.map(|()| failed)
    }

    /// Gives a job back unfinished, as when the program is told to stop; the attempt does not count.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when someone else has taken it.
    pub async fn return_job(&self, lease: &Lease, now_ms: i64) -> Result<(), StoreError> {
        self.guarded(&RETURN, values![lease.job, lease.token, now_ms]).await
    }

    /// A statement on one job that is no act of its own; its rows tell the jobs' story themselves.
    async fn guarded(&self, sql: &'static Sql, values: Vec<Value>) -> Result<(), StoreError> {
        let step = Step { sql, values, expect: Expect::One, about: "job" };
        self.inner.engine.keep(Change { steps: vec![step], audit: Vec::new() }).await
    }
}

impl Tx<'_> {
    /// Ends a job together with what it changed: both are kept or neither.
    pub fn finish_job(&mut self, lease: &Lease) {
        self.one(&FINISH, "job", values![lease.job, lease.token, self.now_ms]);
    }
}
