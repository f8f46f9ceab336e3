use lianfang_domain::{GrantId, UserId, access::GrantRefusal};
use schemars::JsonSchema;
use serde::Deserialize;

use super::show::{RoleForm, user_page};
use crate::{
    Fault,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, see_other},
    visit::Visit,
};

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "RoleToEnd")]
pub(super) struct EndForm {
    #[schemars(with = "String")]
    grant: GrantId,
}

/// Takes a role away at once.
pub(super) async fn send(visit: Visit, At(id): At<UserId>, Sent(form): Sent<EndForm>) -> PageResult {
    let held = visit.app.store().grants(id).await?;
    let grant = held.into_iter().find(|grant| grant.id == form.grant).ok_or(Fault::NotFound)?;
    if visit.seat()?.user == id {
        let mut errors = FormErrors::default();
        errors.add("role", GrantRefusal::OwnRights.words(visit.lang));
        return again(&user_page(&visit, id, RoleForm::default(), errors).await?);
    }
    let mut tx = visit.begin();
    tx.about("user", id, grant.area.as_ref());
    tx.end_role(&grant);
    tx.commit().await?;
    visit.app.0.seats.forget(id);
    Ok(see_other(&format!("/users/{id}")))
}
