use axum::extract::Query;
use lianfang_domain::access::Act;
use lianfang_store::NoticeRecord;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    list::{After, found},
    mark::{self, UpTo},
};
use crate::{
    api::{Page, json, operation},
    fault::PageResult,
    form::Nothing,
    route::Routes,
    visit::Visit,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let list = operation("listNotices", "One's own notices, those not read first").query::<After>();
    let one = operation("markNoticeRead", "Mark a notice as read").body::<Nothing>();
    let all = operation("markNoticesRead", "Mark all notices as read, up to one").body::<UpTo>();
    routes
        .api_get("/api/notices", Act::SeeOwnNotices, listed, list.answers::<Page<NoticeOut>>())
        .api_post("/api/notices/{id}/read", Act::SeeOwnNotices, mark::one, one)
        .api_post("/api/notices/read", Act::SeeOwnNotices, mark::all, all)
}

/// A notice.
#[derive(Debug, Serialize, JsonSchema)]
struct NoticeOut {
    id: String,
    /// What happened: `clock.ran_out`, `order.issued` …
    kind: &'static str,
    /// The same in words.
    text: String,
    /// The page that it leads to.
    href: String,
    /// ordinary or urgent.
    urgency: &'static str,
    at_ms: i64,
    /// When it was read; null when it was not.
    read_at_ms: Option<i64>,
}

async fn listed(visit: Visit, Query(query): Query<After>) -> PageResult {
    let (notices, next) = found(&visit, &query).await?;
    let out = |notice: NoticeRecord| NoticeOut {
        id: notice.id.to_string(),
        kind: notice.kind.code(),
        text: notice.kind.words(&notice.about, visit.now_ms, visit.lang),
        href: notice.href,
        urgency: notice.urgency.code(),
        at_ms: notice.at_ms,
        read_at_ms: notice.read_at_ms,
    };
    json(&Page { rows: notices.into_iter().map(out).collect(), next: next.map(|id| id.to_string()) })
}
