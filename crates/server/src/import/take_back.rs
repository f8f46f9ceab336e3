use futures_util::{StreamExt, stream::FuturesUnordered};
use lianfang_domain::ImportId;
use lianfang_store::{Effect, EffectState, ImportRecord, ImportState, StoreError};

use super::{base, here, href, run::Seen};
use crate::{Fault, at::At, fault::PageResult, form::Sent, page::see_other, visit::Visit};

/// Effects undone at once.
const AT_ONCE: usize = 128;

/// Puts an uploaded table aside; it is deleted.
pub(super) async fn drop_it(visit: Visit, At(id): At<ImportId>, Sent(seen): Sent<Seen>) -> PageResult {
    let import = here(&visit, id).await?;
    if import.state != ImportState::Ready {
        return Err(Fault::Store(StoreError::Changed("import")));
    }
    set_state(&visit, &ImportRecord { version: seen.version, ..import.clone() }, ImportState::Dropped).await?;
    Ok(see_other(base(import.kind)))
}

pub(super) async fn send(visit: Visit, At(id): At<ImportId>, Sent(seen): Sent<Seen>) -> PageResult {
    let import = here(&visit, id).await?;
    if import.state != ImportState::Done {
        return Err(Fault::Store(StoreError::Changed("import")));
    }
    set_state(&visit, &ImportRecord { version: seen.version, ..import }, ImportState::Undoing).await?;
    let undoing = here(&visit, id).await?;
    let back = href(&undoing);
    tokio::spawn(async move {
        if let Err(fault) = undo_all(&visit, &undoing).await {
            tracing::error!(import = %undoing.id, ?fault, "taking an import back stopped");
        }
    });
    Ok(see_other(&back))
}

async fn set_state(visit: &Visit, import: &ImportRecord, state: ImportState) -> Result<(), Fault> {
    let mut tx = visit.begin();
    tx.about("import", import.id, None);
    tx.set_import_state(import, state);
    Ok(tx.commit().await?)
}

/// Undoes every effect that can be: what hangs on another goes first, so that it is gone over until nothing more
/// gives way. What is left was changed or used since.
pub(super) async fn undo_all(visit: &Visit, import: &ImportRecord) -> Result<(), Fault> {
    let mut standing: Vec<Effect> = visit.app.store().import_effects(import.id).await?;
    standing.retain(|effect| effect.state == EffectState::Kept);
    loop {
        let before = standing.len();
        let (mut under_way, mut stay) = (FuturesUnordered::new(), Vec::new());
        for effect in standing {
            if under_way.len() >= AT_ONCE
                && let Some(tried) = under_way.next().await
            {
                stay.extend(tried?);
            }
            under_way.push(undo_one(visit, import.id, effect));
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
        let mut tx = visit.begin();
        tx.about("import", import.id, None);
        tx.leave_effect(import.id, effect);
        tx.commit().await?;
    }
    set_state(visit, import, ImportState::Undone).await
}

/// Undoes an effect; gives it back if it stands.
async fn undo_one(visit: &Visit, import: ImportId, effect: Effect) -> Result<Option<Effect>, Fault> {
    let mut tx = visit.begin();
    let (kind, id) = effect.target.split_once(':').unwrap_or(("import", ""));
    tx.about(kind, id, None);
    tx.undo_effect(import, &effect);
    match tx.commit().await {
        Ok(()) => Ok(None),
        Err(StoreError::Changed(_) | StoreError::Taken(_)) => Ok(Some(effect)),
        Err(error) => Err(error.into()),
    }
}
