use lianfang_domain::UnitId;
use lianfang_store::{PhoneSight, Tx, UnitRecord};

use super::{
    here, href,
    show::{UnitForms, unit_page},
    words::UnitWords,
};
use crate::{
    at::At,
    fault::PageResult,
    form::{Seen, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

pub(super) async fn close(visit: Visit, At(id): At<UnitId>, Sent(seen): Sent<Seen>) -> PageResult {
    save(&visit, id, seen.version, UnitForms::default(), |tx, unit| tx.close_unit(unit)).await
}

pub(super) async fn reopen(visit: Visit, At(id): At<UnitId>, Sent(seen): Sent<Seen>) -> PageResult {
    save(&visit, id, seen.version, UnitForms::default(), |tx, unit| tx.reopen_unit(unit)).await
}

/// What is said when someone was faster, or the unit's name is in use in its area, at the field that decides that.
pub(super) fn refusals(visit: &Visit, taken_at: &'static str) -> Refusals {
    let t = UnitWords(visit.lang);
    Refusals::changed(t.changed()).or_taken(taken_at, t.taken())
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
    match keep(tx, refusals(visit, "")).await? {
        Ok(()) => Ok(see_other(&href(id))),
        Err(errors) => {
            let record = here(visit, id).await?;
            again(&unit_page(visit, &record, PhoneSight::Masked, forms, errors).await?)
        }
    }
}
