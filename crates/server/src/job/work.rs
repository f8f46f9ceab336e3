use lianfang_domain::access::Act;
use lianfang_store::{Job, Lease, StoreError, Tx};

use crate::App;

/// A job in the hands of its handler.
#[derive(Clone)]
pub(crate) struct Work {
    pub(crate) app: App,
    pub(crate) job: Job,
    pub(crate) lease: Lease,
}

impl Work {
    /// Says how much is done, of how much where that is known; whoever looks at the job sees it. To be said every few
    /// seconds, or every few hundred rows.
    ///
    /// # Errors
    /// [`JobFault`] when the job is no longer ours; the handler must stop.
    pub(crate) async fn progress(&self, n_done: u64, n_total: Option<u64>) -> Result<(), JobFault> {
        Ok(self.app.store().note_progress(&self.lease, n_done, n_total, self.app.now_ms()).await?)
    }

    /// Begins an act on behalf of whoever asked for the job.
    pub(crate) fn begin(&self, act: Act) -> Tx<'_> {
        self.app.store().begin(&self.job.actor(self.app.now_ms()), act)
    }

    /// Keeps the last change and ends the job: both or neither.
    ///
    /// # Errors
    /// [`JobFault`] when it could not be kept, or the job is no longer ours.
    pub(crate) async fn finish(&self, mut tx: Tx<'_>) -> Result<(), JobFault> {
        tx.finish_job(&self.lease);
        Ok(tx.commit().await?)
    }
}

/// Why a job did not go well. The words are kept and shown, so no personal data is among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum JobFault {
    /// It may go well later.
    Later(String),
    /// It would fail again.
    Never(String),
}

impl From<StoreError> for JobFault {
    fn from(error: StoreError) -> JobFault {
        tracing::warn!(%error, "a job met an error of the store");
        // What the database says may hold what was typed; the list of jobs shows the kind of error only.
        let code = match error {
            StoreError::Changed(_) | StoreError::Taken(_) => "changed",
            StoreError::Unavailable(_) | StoreError::Full(_) | StoreError::Unknown => "unavailable",
            StoreError::Broken(_) => "broken",
        };
        JobFault::Later(code.to_owned())
    }
}
