use futures_util::{StreamExt, stream::FuturesUnordered};
use lianfang_domain::ImportId;
use lianfang_store::{Effect, EffectState, ImportRecord, ImportState, StoreError};

use super::{
    base, here, href,
    run::{TOLD_EVERY, job, wanted},
};
use crate::{
    Fault,
    at::At,
    deed::Deed,
    fault::PageResult,
    form::{Seen, Sent},
    job::{JobFault, Work},
    page::see_other,
    visit::Visit,
};

/// Effects undone at once.
const AT_ONCE: usize = 128;

/// Puts an uploaded table aside; it is deleted.
pub(super) async fn drop_it(visit: Visit, At(id): At<ImportId>, Sent(seen): Sent<Seen>) -> PageResult {
    let import = here(&visit, id).await?;
    if import.state != ImportState::Ready {
        return Err(Fault::Store(StoreError::Changed("import")));
    }
    let mut tx = visit.begin();
    tx.about("import", import.id, None);
    tx.set_import_state(&ImportRecord { version: seen.version, ..import.clone() }, ImportState::Dropped);
    tx.commit().await?;
    Ok(see_other(base(import.kind)))
}

pub(super) async fn send(visit: Visit, At(id): At<ImportId>, Sent(seen): Sent<Seen>) -> PageResult {
    let import = here(&visit, id).await?;
    if import.state != ImportState::Done {
        return Err(Fault::Store(StoreError::Changed("import")));
    }
    let mut tx = visit.begin();
    tx.about("import", import.id, None);
    tx.set_import_state(&ImportRecord { version: seen.version, ..import.clone() }, ImportState::Undoing);
    tx.queue_job(&job(TAKE_BACK, &import));
    tx.commit().await?;
    Ok(see_other(&href(&import)))
}

/// The name of the job that takes an import back.
pub(crate) const TAKE_BACK: &str = "import_take_back";

/// Undoes every effect that can be: what hangs on another goes first, so that it is gone over until nothing more
/// gives way. What is left was changed or used since.
pub(crate) async fn undo_all(work: Work) -> Result<(), JobFault> {
    let Some((deed, import)) = wanted(&work, ImportState::Undoing).await? else { return Ok(()) };
    let mut standing: Vec<Effect> = deed.app.store().import_effects(import.id).await?;
    standing.retain(|effect| effect.state == EffectState::Kept);
    loop {
        let before = standing.len();
        let (mut under_way, mut stay) = (FuturesUnordered::new(), Vec::new());
        for (effect, n_begun) in standing.into_iter().zip(0_u64..) {
            if n_begun % TOLD_EVERY == 0 {
                work.progress(n_begun, u64::try_from(before).ok()).await?;
            }
            if under_way.len() >= AT_ONCE
                && let Some(tried) = under_way.next().await
            {
                stay.extend(tried?);
            }
            under_way.push(undo_one(&deed, import.id, effect));
        }
        while let Some(tried) = under_way.next().await {
            stay.extend(tried?);
        }
        standing = stay;
        if standing.is_empty() || standing.len() == before {
            break;
        }
    }
    for effect in &standing {
        let mut tx = deed.begin();
        tx.about("import", import.id, None);
        tx.leave_effect(import.id, effect);
        tx.commit().await?;
    }
    let mut tx = deed.begin();
    tx.about("import", import.id, None);
    tx.set_import_state(&import, ImportState::Undone);
    work.finish(tx).await
}

/// Undoes an effect; gives it back if it stands.
async fn undo_one(deed: &Deed, import: ImportId, effect: Effect) -> Result<Option<Effect>, Fault> {
    let mut tx = deed.begin();
    let (kind, id) = effect.target.split_once(':').unwrap_or(("import", ""));
    tx.about(kind, id, None);
    tx.undo_effect(import, &effect);
    match tx.commit().await {
        Ok(()) => Ok(None),
        Err(StoreError::Changed(_) | StoreError::Taken(_)) => Ok(Some(effect)),
        Err(error) => Err(error.into()),
    }
}
