use lianfang_domain::{PostId, UnitId};
use lianfang_store::{PhoneSight, PostRecord, PostState, Tx};

use super::{read::Here, show::post_page, words::PostWords};
use crate::{
    Fault,
    at::At,
    fault::PageResult,
    form::{Seen, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

pub(super) async fn close(visit: Visit, At((id, post)): At<(UnitId, PostId)>, Sent(seen): Sent<Seen>) -> PageResult {
    save(&visit, id, post, seen.version, set(PostState::Closed)).await
}

pub(super) async fn reopen(visit: Visit, At((id, post)): At<(UnitId, PostId)>, Sent(seen): Sent<Seen>) -> PageResult {
    save(&visit, id, post, seen.version, set(PostState::Open)).await
}

fn set(state: PostState) -> impl FnOnce(&mut Tx<'_>, &PostRecord) -> Result<(), Fault> {
    move |tx, post| {
        tx.set_post_state(post, state);
        Ok(())
    }
}

/// Keeps a change of the version that the user saw, and shows the post. Where someone was faster, its present state.
pub(super) async fn save(
    visit: &Visit,
    id: UnitId,
    post: PostId,
    version: i64,
    change: impl FnOnce(&mut Tx<'_>, &PostRecord) -> Result<(), Fault>,
) -> PageResult {
    let here = Here::read(visit, id, post, PhoneSight::Masked).await?;
    let (href, area) = (here.href(), here.unit.unit.area.clone());
    let mut tx = visit.begin();
    tx.about("post", post, Some(&area));
    change(&mut tx, &here.seen(version))?;
    match keep(tx, Refusals::changed(PostWords(visit.lang).changed())).await? {
        Ok(()) => Ok(see_other(&href)),
        Err(errors) => {
            let here = Here::read(visit, id, post, PhoneSight::Masked).await?;
            again(&post_page(visit, &here, PhoneSight::Masked, errors))
        }
    }
}
