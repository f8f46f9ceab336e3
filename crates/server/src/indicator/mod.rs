//! Indicators: what is counted, its figures by area and day, its formula worked out, charts and maps, and the rules by
//! which figures are checked.

mod api;
mod balance;
mod edit;
mod ledger;
mod list;
mod map;
mod outline;
mod place;
mod read;
mod show;
mod words;

pub(crate) use ledger::{Ledger, Valued, Window};
pub(crate) use map::kept as kept_outlines;
pub(crate) use outline::{Outline, read_outlines};
pub(crate) use place::{Asked, area_of, choices, query};

use lianfang_domain::{IndicatorId, access::Act, indicator::Indicator};

use crate::{Fault, Link, route::Routes, visit::Visit};

pub(crate) fn routes(routes: Routes) -> Routes {
    api::routes(routes)
        .get("/indicators", Act::ViewIndicators, list::show)
        .get("/indicators/new", Act::ChangeIndicators, edit::add)
        .post("/indicators/new", Act::ChangeIndicators, edit::send_new)
        .get("/indicators/balance", Act::ViewIndicators, balance::show)
        .post("/indicators/balance", Act::ChangeIndicators, balance::send)
        .post("/indicators/balance/{id}", Act::ChangeIndicators, balance::change)
        .get("/indicators/map", Act::ViewIndicators, map::show)
        .post("/indicators/map", Act::ChangeIndicators, map::send)
        .get("/indicators/{id}", Act::ViewIndicators, show::show)
        .get("/indicators/{id}/edit", Act::ChangeIndicators, edit::show)
        .post("/indicators/{id}/edit", Act::ChangeIndicators, edit::send)
}

/// The address of an indicator.
pub(crate) fn href(id: IndicatorId) -> String {
    format!("/indicators/{id}")
}

/// The indicator of an address, if the act reaches into its county.
async fn here(visit: &Visit, id: IndicatorId) -> Result<Indicator, Fault> {
    visit.app.store().indicator(id, &visit.scope).await?.ok_or(Fault::NotFound)
}

/// What stands above the pages of indicators.
pub(crate) fn trail(visit: &Visit) -> Vec<Link> {
    vec![Link { name: words::IndicatorWords(visit.lang).title().to_owned(), href: "/indicators".to_owned() }]
}
