//! Meetings of the headquarters: what lies before them (yesterday's figures, what is overdue, who has not reported, what
//! waits for a decision), the minutes, and decisions that become orders.

mod api;
mod decide;
mod list;
mod open;
mod order_all;
mod pack;
mod show;
mod words;

use lianfang_domain::{MeetingId, access::Act};
use lianfang_store::Meeting;

use crate::{Fault, Link, route::Routes, visit::Visit};

pub(crate) fn routes(routes: Routes) -> Routes {
    api::routes(routes)
        .get("/meetings", Act::ViewMeetings, list::show)
        .get("/meetings/pack", Act::ViewMeetings, pack::show)
        .get("/meetings/new", Act::HoldMeetings, open::show)
        .post("/meetings/new", Act::HoldMeetings, open::send)
        .get("/meetings/{id}", Act::ViewMeetings, show::show)
        .post("/meetings/{id}", Act::HoldMeetings, open::change)
        .post("/meetings/{id}/decisions", Act::HoldMeetings, decide::send)
        .post("/meetings/{id}/decisions/{part}/drop", Act::HoldMeetings, decide::drop_it)
        .post("/meetings/{id}/orders", Act::HoldMeetings, order_all::send)
}

fn href(id: MeetingId) -> String {
    format!("/meetings/{id}")
}

/// The meeting of an address, if the act reaches it.
async fn here(visit: &Visit, id: MeetingId) -> Result<Meeting, Fault> {
    visit.app.store().meeting(id, &visit.scope).await?.ok_or(Fault::NotFound)
}

/// What stands above the pages of meetings.
fn trail(visit: &Visit) -> Vec<Link> {
    vec![Link { name: words::MeetingWords(visit.lang).title().to_owned(), href: "/meetings".to_owned() }]
}
