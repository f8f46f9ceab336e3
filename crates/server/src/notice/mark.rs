use lianfang_domain::NoticeId;
use lianfang_store::NoticeRecord;
use schemars::JsonSchema;
use serde::Deserialize;

use super::own;
use crate::{
    Fault,
    at::At,
    fault::PageResult,
    form::{Nothing, Sent},
    page::{inside, see_other},
    visit::Visit,
};

/// Up to which notice all are marked.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "SeenNotices")]
pub(super) struct UpTo {
    /// The latest notice that was seen; what came later stays unread.
    latest: String,
}

/// Follows a notice to what it is about; it is read then.
pub(super) async fn follow(visit: Visit, At(id): At<NoticeId>) -> PageResult {
    let notice = own(&visit, id).await?;
    mark(&visit, &notice).await?;
    Ok(see_other(inside(&notice.href)))
}

/// Marks a notice as read.
pub(super) async fn one(visit: Visit, At(id): At<NoticeId>, Sent(Nothing {}): Sent<Nothing>) -> PageResult {
    mark(&visit, &own(&visit, id).await?).await?;
    Ok(see_other("/notices"))
}

async fn mark(visit: &Visit, notice: &NoticeRecord) -> Result<(), Fault> {
    if notice.read_at_ms.is_none() {
        let mut tx = visit.begin();
        tx.about("notice", notice.id, Some(&notice.home));
        tx.mark_read(visit.seat()?.user, notice);
        tx.commit().await?;
    }
    Ok(())
}

/// Marks all notices as read that were seen.
pub(super) async fn all(visit: Visit, Sent(up_to): Sent<UpTo>) -> PageResult {
    let latest = own(&visit, up_to.latest.parse().map_err(|_| Fault::NotFound)?).await?;
    let mut tx = visit.begin();
    tx.about("notice", latest.id, Some(&latest.home));
    tx.mark_all_read(visit.seat()?.user, latest.id);
    tx.commit().await?;
    Ok(see_other("/notices"))
}
