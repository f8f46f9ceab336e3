use askama::Template;
use lianfang_domain::IncidentId;

use super::{IncidentWords, board::Board, here, href, level_class, level_words, show};
use crate::{Frame, at::At, fault::PageResult, page::page, shown::instant, visit::Visit};

/// The incident on the wall of the headquarters: large, dark, no personal data.
#[derive(Template)]
#[template(path = "incident/screen.html")]
pub(crate) struct ScreenPage {
    frame: Frame,
    t: IncidentWords,
    href: String,
    as_of: String,
    level: String,
    level_class: &'static str,
    since: String,
    end: Option<(String, String)>,
    figures: Vec<(String, String, String)>,
    board: Board,
    /// When and what of the log, without whom.
    entries: Vec<(String, &'static str, String)>,
}

/// Entries of the log on the wall.
const LATEST: u32 = 9;

pub(super) async fn show(visit: Visit, At(id): At<IncidentId>) -> PageResult {
    let record = here(&visit, id).await?;
    let clock = show::end_clock(&visit, &record).await?;
    let entries = visit.app.store().entries(&record, None, None, LATEST).await?;
    let line = |one: lianfang_store::EntryRecord| {
        (instant(one.entry.at_ms, visit.lang), one.entry.kind.words(visit.lang), one.entry.words)
    };
    page(&ScreenPage {
        frame: visit.frame(&record.name, Vec::new()),
        t: IncidentWords(visit.lang),
        href: href(record.id),
        as_of: instant(visit.now_ms, visit.lang),
        level: level_words(record.level, &visit),
        level_class: level_class(record.level),
        since: record.level_since_ms.map(|at| instant(at, visit.lang)).unwrap_or_default(),
        end: clock
            .map(|clock| (clock.words(visit.day(), visit.lang), crate::shown::date(clock.earliest_on, visit.lang))),
        figures: show::figures(&visit, &record).await?,
        board: Board::of(&visit, &record).await?,
        entries: entries.into_iter().map(line).collect(),
    })
}
