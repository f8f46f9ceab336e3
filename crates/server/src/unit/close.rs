use lianfang_domain::UnitId;
use lianfang_store::{StoreError, Tx, UnitRecord};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    here, href,
    show::{UnitForms, unit_page},
    words::UnitWords,
};
use crate::{
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, see_other},
    visit::Visit,
};

/// The version that the user saw.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "SeenVersion")]
pub(super) struct Seen {
    version: i64,
}

pub(super) async fn close(visit: Visit, At(id): At<UnitId>, Sent(seen): Sent<Seen>) -> PageResult {
    save(&visit, id, seen.version, UnitForms::default(), |tx, unit| tx.close_unit(unit)).await
}

pub(super) async fn reopen(visit: Visit, At(id): At<UnitId>, Sent(seen): Sent<Seen>) -> PageResult {
    save(&visit, id, seen.version, UnitForms::default(), |tx, unit| tx.reopen_unit(unit)).await
}

/// Keeps a change of the version that the user saw. Where someone was faster, or the name is in use, shows the present
/// state with what was typed.
pub(super) async fn save(
    visit: &Visit,
    id: UnitId,
    version: i64,
    forms: UnitForms,
    change: impl FnOnce(&mut Tx<'_>, &UnitRecord),
) -> PageResult {
    let seen = UnitRecord { version, ..here(visit, id).await? };
    let mut tx = visit.begin();
    tx.about("unit", id, Some(&seen.unit.area));
    change(&mut tx, &seen);
    let mut errors = FormErrors::default();
    match tx.commit().await {
        Ok(()) => return Ok(see_other(&href(id))),
        Err(StoreError::Changed(_)) => errors.add("", UnitWords(visit.lang).changed()),
        Err(StoreError::Taken(_)) => errors.add("", UnitWords(visit.lang).taken()),
        Err(error) => return Err(error.into()),
    }
    let record = here(visit, id).await?;
    again(&unit_page(visit, &record, lianfang_store::PhoneSight::Masked, forms, errors).await?)
}
