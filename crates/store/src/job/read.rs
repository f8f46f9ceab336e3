use lianfang_domain::{JobId, job::JobState};

use super::{Job, columns, count, job};
use crate::{Store, StoreError, query::Query, sql::statements, value::values};

statements! {
    ONE = concat!("SELECT ", columns!(), " FROM job WHERE id = $1");
    LATEST = "SELECT made_at_ms FROM job WHERE kind = $1 ORDER BY id DESC LIMIT 1";
    NAMED = concat!("SELECT ", columns!(), " FROM job WHERE kind = $1 AND once_key = $2 ORDER BY id DESC LIMIT 1");
    COUNTS = "SELECT state, count(*) FROM job GROUP BY state";
}

/// Which jobs to list, the latest first.
#[derive(Clone, Debug, Default)]
pub struct JobSearch {
    /// In this state only.
    pub state: Option<JobState>,
    /// Those asked for before this one.
    pub before: Option<JobId>,
}

impl Store {
    /// One job.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn job(&self, id: JobId) -> Result<Option<Job>, StoreError> {
        self.point(&ONE, &values![id], job).await
    }

    /// Jobs that match, the latest first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn jobs(&self, search: &JobSearch, limit: u32) -> Result<Vec<Job>, StoreError> {
        let mut query = Query::new(concat!("SELECT ", columns!(), " FROM job WHERE TRUE"));
        if let Some(state) = search.state {
            query.text(" AND state = ").value(state.code());
        }
        if let Some(before) = search.before {
            query.text(" AND id < ").value(before);
        }
        query.text(" ORDER BY id DESC LIMIT ").value(limit);
        let (sql, values) = query.done();
        self.scan(sql, values, job).await
    }

    /// When the latest job of a kind was asked for, in milliseconds.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn latest_job(&self, kind: &str) -> Result<Option<i64>, StoreError> {
        self.point(&LATEST, &values![kind], |row| row.int(0)).await
    }

    /// The latest job for this very work.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn job_named(&self, kind: &str, once: &str) -> Result<Option<Job>, StoreError> {
        self.point(&NAMED, &values![kind, once], job).await
    }

    /// How many jobs are in each state; a state of none is left out.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn n_jobs(&self) -> Result<Vec<(JobState, u64)>, StoreError> {
        let counts = self.scan(&COUNTS, Vec::new(), |row| Ok((row.text(0)?, count(row.int(1)?)))).await?;
        Ok(counts.into_iter().filter_map(|(state, n)| Some((JobState::from_code(&state)?, n))).collect())
    }
}
