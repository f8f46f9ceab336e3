use lianfang_domain::ImportId;
use lianfang_store::StoreError;

use super::{here, href, progress::stopped, run::job_of};
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
    let (Some(job), Some(_)) = (job_of(&import), stopped(&visit, &import).await?) else {
        return Err(StoreError::Changed("import").into());
    };
    let mut tx = visit.begin();
    tx.about("import", import.id, None);
    tx.queue_job(&job);
    tx.commit().await?;
    Ok(see_other(&href(&import)))
}
