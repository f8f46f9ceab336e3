//! Jobs: work that is done after the request that asked for it was answered.
//!
//! A job is queued by a change and kept with it or not at all. Whoever runs jobs takes one for a while (a lease), says
//! how far it is, and ends it. A lease that runs out, because its process died, lets another take the job; whoever
//! comes back with the old lease then finds it is no longer theirs.

mod ask;
mod lease;
mod read;

use lianfang_domain::{JobId, UserId, job::JobState};

use crate::{Actor, StoreError, value::Row};

pub(crate) use ask::ALL as ASK;
pub use ask::NewJob;
pub(crate) use lease::ALL as LEASE;
pub use lease::Lease;
pub(crate) use read::ALL as READ;
pub use read::JobSearch;

/// The columns of a job in the order in which [`job`] reads them.
macro_rules! columns {
    () => {
        "id, kind, body, state, run_after_ms, attempts, lease_until_ms, last_error, n_done, n_total, made_by, \
         made_by_name, request, made_at_ms, ended_at_ms, leased_by"
    };
}
pub(crate) use columns;

/// A job as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The job.
    pub id: JobId,
    /// What is to be done; a handler is registered under this name.
    pub kind: String,
    /// What it is about, as JSON: identifiers and settings, never personal data.
    pub body: String,
    /// How far it is.
    pub state: JobState,
    /// Not before this instant, in milliseconds.
    pub run_after_ms: i64,
    /// How often it was begun.
    pub attempts: u32,
    /// While it runs: until when it belongs to whoever took it, in milliseconds.
    pub lease_until_ms: i64,
    /// Why the last attempt failed, without personal data; empty when none did.
    pub last_error: String,
    /// How much is done.
    pub n_done: u64,
    /// Of how much, where that is known.
    pub n_total: Option<u64>,
    /// Who asked for it; none for the program itself.
    pub made_by: Option<UserId>,
    /// The name of whoever asked for it.
    pub made_by_name: String,
    /// The request in which it was asked for.
    pub request: String,
    /// When it was asked for, in milliseconds.
    pub made_at_ms: i64,
    /// When it was done or given up, in milliseconds.
    pub ended_at_ms: Option<i64>,
    /// The last lease.
    pub(crate) leased_by: i64,
}

impl Job {
    /// Whoever asked for the job, for what is changed on their behalf.
    pub fn actor(&self, now_ms: i64) -> Actor {
        Actor { user: self.made_by, name: self.made_by_name.clone(), request: self.request.clone(), now_ms, once: None }
    }
}

fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

fn job(row: &Row<'_>) -> Result<Job, StoreError> {
    let state = row.text(3)?;
    Ok(Job {
        id: JobId(row.id(0)?),
        kind: row.text(1)?,
        body: row.text(2)?,
        state: JobState::from_code(&state)
            .ok_or_else(|| StoreError::Broken(format!("there is no state “{state}” of a job")))?,
        run_after_ms: row.int(4)?,
        attempts: u32::try_from(row.int(5)?).unwrap_or(u32::MAX),
        lease_until_ms: row.int(6)?,
        last_error: row.text(7)?,
        n_done: count(row.int(8)?),
        n_total: row.opt_int(9)?.map(count),
        made_by: row.opt_id(10)?.map(UserId),
        made_by_name: row.text(11)?,
        request: row.text(12)?,
        made_at_ms: row.int(13)?,
        ended_at_ms: row.opt_int(14)?,
        leased_by: row.int(15)?,
    })
}
