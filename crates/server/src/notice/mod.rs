//! Notices: what the signed-in user is told, and what goes out as a message.

mod api;
mod gateway;
mod list;
mod mark;
mod send;
mod words;

pub(crate) use gateway::{Gateway, Outbox};
pub(crate) use send::{SEND, is_any_waiting, send};

use lianfang_domain::{NoticeId, access::Act};
use lianfang_store::NoticeRecord;

use crate::{Fault, route::Routes, visit::Visit};

pub(crate) fn routes(routes: Routes) -> Routes {
    api::routes(routes)
        .get("/notices", Act::SeeOwnNotices, list::show)
        .get("/notices/{id}", Act::SeeOwnNotices, mark::follow)
        .post("/notices/{id}/read", Act::SeeOwnNotices, mark::one)
        .post("/notices/read", Act::SeeOwnNotices, mark::all)
}

/// A notice of the signed-in user; someone else's is not there.
async fn own(visit: &Visit, id: NoticeId) -> Result<NoticeRecord, Fault> {
    visit.app.store().notice(visit.seat()?.user, id).await?.ok_or(Fault::NotFound)
}
