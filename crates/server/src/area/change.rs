use crate::at::At;
use lianfang_domain::area::{AreaCode, NameFrom};
use lianfang_store::{AreaRow, Tx};

use super::{
    list::{ChangeForm, area_page},
    read::{Typed, count_of},
    words::AreaWords,
};
use crate::{
    Fault,
    fault::PageResult,
    form::Sent,
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

pub(super) async fn rename(visit: Visit, At(code): At<AreaCode>, Sent(form): Sent<ChangeForm>) -> PageResult {
    let mut typed = Typed::new(visit.lang);
    let name = typed.name("name", &form.name);
    let short = typed.short("short", &form.short);
    let from_on = typed.date("from_on", &form.from_on);
    match (name, from_on, typed.errors.is_empty()) {
        (Some(name), Some(from_on), true) => {
            let name = NameFrom { from_on, name, short };
            save(&visit, &code, form, |tx, row| tx.rename_area(row, &name)).await
        }
        _ => again(&area_page(&visit, &code, Some(form), typed.errors).await?),
    }
}

pub(super) async fn count(visit: Visit, At(code): At<AreaCode>, Sent(form): Sent<ChangeForm>) -> PageResult {
    let mut typed = Typed::new(visit.lang);
    let count = count_of(&mut typed, &form.population, &form.counted_on, &form.source);
    if count.is_none() && typed.errors.is_empty() {
        typed.errors.add("population", AreaWords(visit.lang).needed());
    }
    match count {
        Some(count) if typed.errors.is_empty() => {
            save(&visit, &code, form, |tx, row| tx.count_population(row, &count)).await
        }
        _ => again(&area_page(&visit, &code, Some(form), typed.errors).await?),
    }
}

/// Keeps a change of the version that the user saw; where someone was faster, shows the present state with what was
/// typed.
async fn save(
    visit: &Visit,
    code: &AreaCode,
    form: ChangeForm,
    change: impl FnOnce(&mut Tx<'_>, &AreaRow),
) -> PageResult {
    let row = visit.app.store().area_row(code, &visit.scope, visit.day()).await?.ok_or(Fault::NotFound)?;
    let seen = AreaRow { version: form.version, ..row };
    let mut tx = visit.begin();
    tx.about("area", code, Some(code));
    change(&mut tx, &seen);
    match keep(tx, Refusals::changed(AreaWords(visit.lang).changed())).await? {
        Ok(()) => Ok(see_other(&format!("/areas/{code}"))),
        Err(errors) => again(&area_page(visit, code, Some(form), errors).await?),
    }
}
