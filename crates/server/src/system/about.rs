use askama::Template;
use serde::Deserialize;

use super::words::SystemWords;
use crate::{Frame, assets, fault::PageResult, page::page, visit::Visit};

/// What the program is and what it is made of.
#[derive(Template)]
#[template(path = "system/about.html")]
pub(crate) struct AboutPage {
    frame: Frame,
    t: SystemWords,
    database: &'static str,
    licences: Vec<Licence>,
}

/// What others made that is in the pages.
#[derive(Deserialize)]
pub(crate) struct Licence {
    name: String,
    version: String,
    licence: String,
    text: String,
}

pub(super) async fn show(visit: Visit) -> PageResult {
    let t = SystemWords(visit.lang);
    page(&AboutPage {
        frame: visit.frame(t.about(), Vec::new()),
        t,
        database: visit.app.store().database_name(),
        licences: serde_json::from_str(&assets::licences()).unwrap_or_default(),
    })
}
