//! Posts of units and who holds them, and the directory.

mod add;
mod api;
mod appoint;
mod close;
mod correct;
mod directory;
mod edit;
mod export;
mod hand_over;
mod leave;
mod lines;
mod read;
mod show;
mod words;

use lianfang_domain::access::Act;

pub(crate) use lines::{PostLine, post_lines};
pub(crate) use words::PostWords;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    api::routes(routes)
        .get("/directory", Act::ViewUnits, directory::show)
        .get("/directory/export.xlsx", Act::ExportUnits, export::take_out)
        .get("/units/{id}/posts/new", Act::ChangePosts, add::show)
        .post("/units/{id}/posts/new", Act::ChangePosts, add::send)
        .get("/units/{id}/posts/{post}", Act::ViewUnits, show::show)
        .get("/units/{id}/posts/{post}/edit", Act::ChangePosts, edit::show)
        .post("/units/{id}/posts/{post}/edit", Act::ChangePosts, edit::send)
        .post("/units/{id}/posts/{post}/close", Act::ChangePosts, close::close)
        .post("/units/{id}/posts/{post}/reopen", Act::ChangePosts, close::reopen)
        .get("/units/{id}/posts/{post}/appoint", Act::ChangePosts, appoint::show)
        .post("/units/{id}/posts/{post}/appoint", Act::ChangePosts, appoint::send)
        .get("/units/{id}/posts/{post}/hand-over", Act::ChangePosts, hand_over::show)
        .post("/units/{id}/posts/{post}/hand-over", Act::ChangePosts, hand_over::send)
        .get("/units/{id}/posts/{post}/holders/{holder}/leave", Act::ChangePosts, leave::show)
        .post("/units/{id}/posts/{post}/holders/{holder}/leave", Act::ChangePosts, leave::send)
        .get("/units/{id}/posts/{post}/holders/{holder}/correct", Act::ChangePosts, correct::show)
        .post("/units/{id}/posts/{post}/holders/{holder}/correct", Act::ChangePosts, correct::send)
        .post("/units/{id}/posts/{post}/holders/{holder}/withdraw", Act::ChangePosts, leave::withdraw)
}
