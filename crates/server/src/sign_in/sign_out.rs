use crate::{
    fault::PageResult,
    form::{Nothing, Sent},
    page::see_other,
    visit::Visit,
};

pub(super) async fn send(visit: Visit, Sent(Nothing {}): Sent<Nothing>) -> PageResult {
    let seat = visit.seat()?;
    let mut tx = visit.begin();
    tx.about("sign_out", seat.user, None);
    tx.end_session(seat.user, seat.session.id);
    tx.commit().await?;
    visit.app.0.seats.forget(seat.user);
    visit.app.without_session(see_other("/sign-in"))
}
