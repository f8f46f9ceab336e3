use lianfang_domain::UserId;

use crate::{
    Fault,
    at::At,
    fault::PageResult,
    form::{Nothing, Sent},
    page::see_other,
    visit::Visit,
};

/// Signs someone out on every device, as after a lost telephone; the account stays open.
pub(super) async fn send(visit: Visit, At(id): At<UserId>, Sent(Nothing {}): Sent<Nothing>) -> PageResult {
    visit.app.store().user_record(id).await?.ok_or(Fault::NotFound)?;
    let mut tx = visit.begin();
    tx.about("user", id, None);
    tx.end_sessions(id);
    tx.commit().await?;
    visit.app.0.seats.forget(id);
    Ok(see_other(&format!("/users/{id}")))
}
