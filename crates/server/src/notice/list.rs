use askama::Template;
use axum::extract::Query;
use lianfang_domain::{NoticeId, notice::Urgency};
use lianfang_store::NoticeRecord;
use schemars::JsonSchema;
use serde::Deserialize;

use super::words::NoticeWords;
use crate::{Fault, Frame, fault::PageResult, page::page, shown::instant, visit::Visit};

/// Notices on a page.
const PAGE: u32 = 50;

/// The list of notices.
#[derive(Template)]
#[template(path = "notice/list.html")]
pub(crate) struct NoticesPage {
    frame: Frame,
    t: NoticeWords,
    rows: Vec<NoticeLine>,
    /// The latest that is shown, up to which all are marked.
    latest: Option<String>,
    next: Option<String>,
}

struct NoticeLine {
    id: String,
    href: String,
    text: String,
    at: String,
    unread: bool,
    urgent: bool,
}

/// Where the list goes on.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "NoticeQuery")]
pub(super) struct After {
    /// The notice after which to go on.
    after: String,
}

/// The notices from a place in the list on, and the one after which it goes on.
pub(super) async fn found(visit: &Visit, query: &After) -> Result<(Vec<NoticeRecord>, Option<NoticeId>), Fault> {
    let (store, user) = (visit.app.store(), visit.seat()?.user);
    let after = match query.after.parse::<NoticeId>() {
        Ok(id) => store.notice(user, id).await?,
        Err(_) => None,
    };
    let mut notices = store.notices(user, after.as_ref(), PAGE + 1).await?;
    let limit = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = notices.len() > limit;
    notices.truncate(limit);
    let next = notices.last().filter(|_| more).map(|last| last.id);
    Ok((notices, next))
}

pub(super) async fn show(visit: Visit, Query(query): Query<After>) -> PageResult {
    let t = NoticeWords(visit.lang);
    let (notices, next) = found(&visit, &query).await?;
    let latest = notices.iter().filter(|notice| notice.read_at_ms.is_none()).map(|notice| notice.id).max();
    page(&NoticesPage {
        frame: visit.frame(t.title(), Vec::new()),
        t,
        rows: notices.into_iter().map(|notice| line(notice, &visit)).collect(),
        latest: latest.map(|id| id.to_string()),
        next: next.map(|id| format!("/notices?after={id}")),
    })
}

fn line(notice: NoticeRecord, visit: &Visit) -> NoticeLine {
    NoticeLine {
        id: notice.id.to_string(),
        href: format!("/notices/{}", notice.id),
        text: notice.kind.words(&notice.about, visit.now_ms, visit.lang),
        at: instant(notice.at_ms, visit.lang),
        unread: notice.read_at_ms.is_none(),
        urgent: notice.urgency == Urgency::Urgent,
    }
}
