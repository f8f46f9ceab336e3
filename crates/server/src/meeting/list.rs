use askama::Template;
use lianfang_domain::access::Act;

use super::{href, words::MeetingWords};
use crate::{Frame, fault::PageResult, page::page, shown::instant, visit::Visit};

/// Meetings shown.
const MOST: u32 = 100;

/// The list of meetings.
#[derive(Template)]
#[template(path = "meeting/list.html")]
pub(crate) struct MeetingsPage {
    frame: Frame,
    t: MeetingWords,
    rows: Vec<(String, String, String, String)>,
    may_hold: bool,
}

pub(super) async fn show(visit: Visit) -> PageResult {
    let t = MeetingWords(visit.lang);
    let found = visit.app.store().meetings(&visit.scope, MOST).await?;
    let row = |one: lianfang_store::Meeting| (href(one.id), one.name, instant(one.held_at_ms, visit.lang), one.chair);
    page(&MeetingsPage {
        frame: visit.frame(t.title(), Vec::new()),
        rows: found.into_iter().map(row).collect(),
        may_hold: visit.may(Act::HoldMeetings),
        t,
    })
}
