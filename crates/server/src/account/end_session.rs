use lianfang_domain::Id;
use serde::Deserialize;

use crate::{fault::PageResult, form::Sent, page::see_other, visit::Visit};

#[derive(Deserialize)]
pub(super) struct EndForm {
    /// One session, or every other one.
    session: Option<Id>,
}

pub(super) async fn send(visit: Visit, Sent(form): Sent<EndForm>) -> PageResult {
    let seat = visit.seat()?;
    let mut tx = visit.begin();
    tx.about("end_session", seat.user, None);
    match form.session {
        Some(id) => tx.end_session(seat.user, id),
        None => {
            for session in visit.app.store().sessions_of(seat.user).await? {
                if session.id != seat.session.id {
                    tx.end_session(seat.user, session.id);
                }
            }
        }
    }
    tx.commit().await?;
    visit.app.0.seats.forget(seat.user);
    Ok(see_other("/account"))
}
