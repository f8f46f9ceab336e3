use lianfang_domain::PlanId;

use super::here;
use crate::{Fault, at::At, fault::PageResult, file::download, visit::Visit};

/// The file as which a plan came, as it was uploaded.
pub(super) async fn send(visit: Visit, At(id): At<PlanId>) -> PageResult {
    let (record, store) = (here(&visit, id).await?, visit.app.store());
    let bytes = store.plan_file(&record).await?.ok_or(Fault::NotFound)?;
    // It names officials with their numbers.
    store.record_read(&visit.actor(), visit.act, &format!("plan:{id}"), Some(&record.area), "");
    Ok(download(bytes, &record.file))
}
