use lianfang_domain::{JobId, job::JobState};
use lianfang_store::StoreError;

use super::{
    list::{Filter, jobs_page},
    words::JobWords,
};
use crate::{
    Fault,
    at::At,
    fault::PageResult,
    form::{Nothing, Sent},
    page::{refuse, see_other},
    visit::Visit,
};

/// Has a job that was given up tried again.
pub(super) async fn send(visit: Visit, At(id): At<JobId>, Sent(Nothing {}): Sent<Nothing>) -> PageResult {
    let job = visit.app.store().job(id).await?.ok_or(Fault::NotFound)?;
    let mut tx = visit.begin();
    tx.about("job", id, None);
    tx.retry_job(&job);
    let kept = if job.state == JobState::Failed { tx.commit().await } else { Err(StoreError::Changed("job")) };
    match kept {
        Ok(()) => Ok(see_other("/system/jobs")),
        Err(StoreError::Changed(_)) => refused(&visit, JobWords(visit.lang).not_failed()).await,
        Err(StoreError::Taken(_)) => refused(&visit, JobWords(visit.lang).queued_again()).await,
        Err(error) => Err(error.into()),
    }
}

async fn refused(visit: &Visit, why: &'static str) -> PageResult {
    let mut list = jobs_page(visit, &Filter::default()).await?;
    list.refused = why;
    refuse(&list)
}
