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
    crates: Vec<Crate>,
}

/// What others made that is in the pages.
#[derive(Deserialize)]
pub(crate) struct Licence {
    name: String,
    version: String,
    licence: String,
    text: String,
}

/// What others made that is in the program.
pub(crate) struct Crate {
    name: &'static str,
    version: &'static str,
    licence: &'static str,
    /// Where it comes from.
    source: &'static str,
}

/// Name, version, licence and address, as a test compares them with the lock file.
const CRATES: &str = include_str!("crates.tsv");

fn crates() -> Vec<Crate> {
    let one = |line: &'static str| {
        let mut fields = line.split('\t');
        let mut next = || fields.next().unwrap_or_default();
        Crate { name: next(), version: next(), licence: next(), source: next() }
    };
    CRATES.lines().map(one).collect()
}

pub(super) async fn show(visit: Visit) -> PageResult {
    let t = SystemWords(visit.lang);
    page(&AboutPage {
        frame: visit.frame(t.about(), Vec::new()),
        t,
        database: visit.app.store().database_name(),
        licences: serde_json::from_str(&assets::licences()).unwrap_or_default(),
        crates: crates(),
    })
}
