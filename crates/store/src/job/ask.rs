use lianfang_domain::JobId;
use serde_json::Value as Json;

use super::Job;
use crate::{Tx, sql::statements, value::values};

statements! {
    QUEUE = "INSERT INTO job (id, kind, once_key, body, state, run_after_ms, attempts, leased_by, lease_until_ms,
        last_error, n_done, n_total, made_by, made_by_name, request, made_at_ms, ended_at_ms)
        VALUES ($1, $2, $3, $4, 'waiting', $5, 0, 0, 0, '', 0, NULL, $6, $7, $8, $9, NULL) ON CONFLICT DO NOTHING";
    RETRY = "UPDATE job SET state = 'waiting', attempts = 0, run_after_ms = $3, ended_at_ms = NULL
        WHERE id = $1 AND leased_by = $2 AND state = 'failed'";
    FORGET = "DELETE FROM job WHERE state = 'done' AND ended_at_ms < $1";
}

/// A job that is asked for.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// What is to be done: the name under which its handler is registered.
    pub kind: &'static str,
    /// What it is about: identifiers and settings, never personal data.
    pub body: Json,
    /// A name of this very work. While a job with it waits or runs, no second one is queued.
    pub once: Option<String>,
    /// Not before this instant, in milliseconds; none means as soon as someone can.
    pub run_after_ms: Option<i64>,
}

impl NewJob {
    /// A job to be done as soon as someone can.
    pub fn now(kind: &'static str, body: Json) -> NewJob {
        NewJob { kind, body, once: None, run_after_ms: None }
    }
}

impl Tx<'_> {
    /// Queues a job together with this change. Where a job with the same `once` already waits or runs, nothing is
    /// queued, and the identifier given back is of no job.
    pub fn queue_job(&mut self, new: &NewJob) -> JobId {
        let id = JobId(self.store().new_id(self.now_ms));
        let values = values![
            id,
            new.kind,
            new.once.clone(),
            new.body.to_string(),
            new.run_after_ms.unwrap_or(self.now_ms),
            self.entry.who,
            &self.entry.who_name,
            &self.entry.request,
            self.now_ms,
        ];
        self.any(&QUEUE, "job", values);
        self.changed("job", "", new.kind);
        self.queues_job = true;
        id
    }

    /// Has a job that was given up tried again, its attempts counted anew.
    pub fn retry_job(&mut self, job: &Job) {
        self.one(&RETRY, "job", values![job.id, job.leased_by, self.now_ms]);
        self.changed("state", job.state.code(), "waiting");
        self.queues_job = true;
    }

    /// Forgets jobs that were done before an instant; those that were given up stay.
    pub fn forget_jobs(&mut self, before_ms: i64) {
        self.any(&FORGET, "jobs", values![before_ms]);
    }
}
