use lianfang_domain::ImportId;
use lianfang_store::StoreError;

use super::{
    here, href,
    progress::{job_behind, stopped},
    run::job_of,
};
use crate::{
    at::At,
    fault::PageResult,
    form::{Nothing, Sent},
    page::see_other,
    visit::Visit,
};

/// Goes on with an import whose job was given up; what is stored already is not stored again.
pub(super) async fn send(visit: Visit, At(id): At<ImportId>, Sent(Nothing {}): Sent<Nothing>) -> PageResult {
    let import = here(&visit, id).await?;
    let behind = job_behind(&visit, &import).await?;
    let has_stopped = behind.is_some_and(|job| stopped(&job, visit.lang).is_some());
    let Some(job) = job_of(&import).filter(|_| has_stopped) else {
        return Err(StoreError::Changed("import").into());
    };
    let mut tx = visit.begin();
    tx.about("import", import.id, None);
    tx.queue_job(&job);
    tx.commit().await?;
    Ok(see_other(&href(&import)))
}
