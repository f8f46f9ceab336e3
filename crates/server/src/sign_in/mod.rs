//! Signing in and out, the first set-up, and links that set a password.

mod enter_code;
mod follow_link;
mod set_up;
mod sign_out;
mod switch_language;
mod with_password;
mod words;

use lianfang_domain::{Id, access::Act};
use lianfang_store::{Session, Tx, User};

use crate::{Fault, route::Routes, token::Token, visit::Visit};

pub(crate) use set_up::invite;
pub use set_up::open_set_up;

/// How long a link for a password can be used.
pub(crate) const LINK_MS: i64 = 72 * 3_600_000;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get("/sign-in", Act::Enter, with_password::show)
        .post("/sign-in", Act::Enter, with_password::send)
        .post("/sign-in/code", Act::Enter, enter_code::send)
        .post("/sign-out", Act::UseOwnAccount, sign_out::send)
        .get("/set-up/{token}", Act::Enter, set_up::show)
        .post("/set-up/{token}", Act::Enter, set_up::send)
        .get("/link/{token}", Act::Enter, follow_link::show)
        .post("/link/{token}", Act::Enter, follow_link::send)
        .get("/language/{lang}", Act::Enter, switch_language::go)
}

/// Starts a session of a user within an act; gives back the token for the cookie.
fn start_session(tx: &mut Tx<'_>, user: &User, visit: &Visit, agent: &str) -> Result<String, Fault> {
    let token = Token::new()?;
    let id: Id = visit.app.store().new_id(visit.now_ms);
    let session = Session {
        id,
        user: user.id,
        started_at_ms: visit.now_ms,
        seen_at_ms: visit.now_ms,
        agent: agent.chars().filter(|c| !c.is_control()).take(200).collect(),
    };
    tx.start_session(&token.hash, &session);
    Ok(token.text)
}
