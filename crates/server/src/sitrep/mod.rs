//! Situation reports: written from templates, cleared, issued, withdrawn, corrected; taken out as documents and tables.

mod api;
mod begin;
mod docx;
mod download;
mod filled;
mod gather;
mod list;
mod masthead;
mod picture;
mod show;
mod step;
mod template;
mod view;
mod words;
mod write;
mod written;

use lianfang_domain::{SitrepId, access::Act, area::AreaCode, sitrep::SitrepKind};
use lianfang_store::{SitrepRecord, SitrepTemplate, SitrepsSeen};

use crate::{Fault, Link, route::Routes, visit::Visit};

pub(crate) use filled::fill_now;
pub(crate) use gather::Asking;
pub(crate) use words::SitrepWords;

pub(crate) fn routes(routes: Routes) -> Routes {
    api::routes(routes)
        .get("/sitreps", Act::ViewSitreps, list::show)
        .get("/sitreps/new", Act::WriteSitreps, begin::show)
        .post("/sitreps/new", Act::WriteSitreps, begin::send)
        .get("/sitreps/templates", Act::WriteSitreps, template::list)
        .get("/sitreps/templates/new", Act::WriteSitreps, template::add)
        .post("/sitreps/templates/new", Act::WriteSitreps, template::send_new)
        .get("/sitreps/templates/{id}", Act::WriteSitreps, template::show)
        .post("/sitreps/templates/{id}", Act::WriteSitreps, template::send)
        .post("/sitreps/templates/{id}/end", Act::WriteSitreps, template::end)
        .get("/sitreps/{id}", Act::ViewSitreps, show::show)
        .post("/sitreps/{id}", Act::WriteSitreps, write::send)
        .post("/sitreps/{id}/correct", Act::WriteSitreps, begin::correct)
        .post("/sitreps/{id}/drop", Act::WriteSitreps, step::put_aside)
        .post("/sitreps/{id}/clear", Act::ClearSitreps, step::clear)
        .post("/sitreps/{id}/send-back", Act::ClearSitreps, step::send_back)
        .post("/sitreps/{id}/issue", Act::IssueSitreps, step::issue)
        .post("/sitreps/{id}/withdraw", Act::IssueSitreps, step::withdraw)
        .get("/sitreps/{id}/report.docx", Act::ViewSitreps, download::document)
        .get("/sitreps/{id}/report.xlsx", Act::ViewSitreps, download::table)
        .get("/sitreps/{id}/print", Act::ViewSitreps, show::print)
}

/// The address of a situation report.
fn href(id: SitrepId) -> String {
    format!("/sitreps/{id}")
}

/// Which reports the user sees: drafts only who writes, clears or issues them.
fn seen(visit: &Visit) -> SitrepsSeen {
    let works = [Act::WriteSitreps, Act::ClearSitreps, Act::IssueSitreps].into_iter().any(|act| visit.may(act));
    if works { SitrepsSeen::All } else { SitrepsSeen::Issued }
}

/// The report of an address, if the act reaches it.
async fn here(visit: &Visit, id: SitrepId) -> Result<SitrepRecord, Fault> {
    visit.app.store().sitrep(id, seen(visit), &visit.scope).await?.ok_or(Fault::NotFound)
}

/// What stands above the pages of situation reports.
fn trail(visit: &Visit) -> Vec<Link> {
    vec![Link { name: SitrepWords(visit.lang).title().to_owned(), href: "/sitreps".to_owned() }]
}

/// The templates of the counties in which the user writes, the supplied one of each kind where there is none of that kind.
async fn templates(visit: &Visit, county: &AreaCode) -> Result<Vec<SitrepTemplate>, Fault> {
    Ok(visit.app.store().sitrep_templates(county).await?)
}

/// The county for which a user writes: that of the first area of the right.
fn county_of(visit: &Visit) -> Option<AreaCode> {
    visit.scope.areas.first().map(AreaCode::home)
}

/// `2026年第12期` or `〔2026〕12号`; empty before it is issued.
fn number_words(record: &SitrepRecord, visit: &Visit) -> String {
    let Some((year, number)) = record.number else { return String::new() };
    number_of(record.sitrep.kind, (year, number), visit.lang)
}

fn number_of(kind: SitrepKind, (year, number): (i64, i64), lang: lianfang_domain::Lang) -> String {
    if kind.has_masthead() {
        return lang.pick(format!("{year}年第{number}期"), format!("No. {number} of {year}"));
    }
    lang.pick(format!("〔{year}〕{number}号"), format!("No. {number}/{year}"))
}
