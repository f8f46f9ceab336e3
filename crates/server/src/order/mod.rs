//! Orders: proposed from a plan or written, issued, carried out, reported, closed, supervised.

mod act;
mod api;
mod decide;
mod evidence;
mod export;
mod from_meeting;
mod gather;
mod line;
mod list;
mod many;
mod proposal;
mod propose;
mod reassign;
mod report;
mod show;
mod side;
mod split;
mod tell;
mod units;
mod unordered;
mod words;
mod work;
mod write;

pub(crate) use decide::decide;
pub(crate) use from_meeting::{Decided, issue_decided};
pub(crate) use gather::drafts_of;
pub(crate) use line::{OrderLine, light_tone};
pub(crate) use units::Units;
pub(crate) use unordered::{KnownClauses, n_unordered};
pub(crate) use work::sections;

use lianfang_domain::{OrderId, access::Act};
use lianfang_store::OrderRecord;

use crate::{Fault, Link, route::Routes, visit::Visit};

pub(crate) fn routes(routes: Routes) -> Routes {
    let routes = act::routes(api::routes(routes));
    many::routes(routes)
        .get("/orders", Act::ViewOrders, list::show)
        .get("/orders/export.xlsx", Act::ExportOrders, export::take_out)
        .get("/orders/new", Act::IssueOrders, write::show)
        .post("/orders/new", Act::IssueOrders, write::send)
        .get("/orders/request", Act::DoOrders, write::show_request)
        .post("/orders/request", Act::DoOrders, write::send_request)
        .get("/orders/{id}", Act::ViewOrders, show::show)
        .post("/orders/{id}/report", Act::DoOrders, report::send)
        .post("/orders/{id}/reassign", Act::DirectOrders, reassign::send)
        .get("/orders/{id}/split", Act::DoOrders, split::show)
        .post("/orders/{id}/split", Act::DoOrders, split::send)
        .get("/orders/{id}/files/{file}", Act::ViewOrders, evidence::download)
        .get("/plans/{id}/orders/propose", Act::IssueOrders, propose::show_for_plan)
        .post("/plans/{id}/orders/propose", Act::IssueOrders, propose::issue_for_plan)
        .get("/incidents/{id}/orders/propose", Act::IssueOrders, propose::show_for_incident)
        .post("/incidents/{id}/orders/propose", Act::IssueOrders, propose::issue_for_incident)
}

/// The address of an order.
fn href(id: OrderId) -> String {
    format!("/orders/{id}")
}

/// The order of an address, if the act reaches it.
async fn here(visit: &Visit, id: OrderId) -> Result<OrderRecord, Fault> {
    visit.app.store().order(id, &visit.scope).await?.ok_or(Fault::NotFound)
}

/// What stands above the pages of an order.
fn trail(visit: &Visit) -> Vec<Link> {
    vec![Link { name: words::OrderWords(visit.lang).title().to_owned(), href: "/orders".to_owned() }]
}
