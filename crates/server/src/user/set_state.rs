use lianfang_domain::UserId;
use lianfang_store::{User, UserState};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    show::{RoleForm, user_page},
    words::UserWords,
};
use crate::{
    Fault,
    at::At,
    fault::PageResult,
    form::Sent,
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "AccountState")]
pub(super) struct StateForm {
    version: i64,
    state: String,
}

/// Closes an account, which signs it out everywhere, or opens it again.
pub(super) async fn send(visit: Visit, At(id): At<UserId>, Sent(form): Sent<StateForm>) -> PageResult {
    let record = visit.app.store().user_record(id).await?.ok_or(Fault::NotFound)?;
    let state = match (form.state.as_str(), &record.password) {
        ("closed", _) => UserState::Closed,
        (_, Some(_)) => UserState::Active,
        (_, None) => UserState::Invited,
    };
    let seen = User { version: form.version, ..record.user };
    let mut tx = visit.begin();
    tx.about("user", id, None);
    tx.set_user_state(&seen, state);
    tx.end_sessions(id);
    if state == UserState::Closed {
        tx.withdraw_invitations(id);
    }
    match keep(tx, Refusals::changed(UserWords(visit.lang).changed())).await? {
        Ok(()) => {
            visit.app.0.seats.forget(id);
            Ok(see_other(&format!("/users/{id}")))
        }
        Err(errors) => again(&user_page(&visit, id, RoleForm::default(), errors).await?),
    }
}
