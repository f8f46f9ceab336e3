use askama::Template;
use lianfang_domain::UnitId;
use lianfang_store::{OldName, UnitRecord};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{UnitFacts, close::refusals, here, href, read::Typed, trail, words::UnitWords};
use crate::{
    Fault, Frame,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::keep,
    page::{again, form_page, page, see_other},
    visit::Visit,
};

/// The form for another name.
#[derive(Template)]
#[template(path = "unit/rename.html")]
pub(crate) struct RenameUnitPage {
    frame: Frame,
    t: UnitWords,
    facts: UnitFacts,
    form: RenameForm,
    errors: FormErrors,
}

form_page!(RenameUnitPage);

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "UnitName")]
pub(super) struct RenameForm {
    version: i64,
    name: String,
    from_on: String,
    keep: String,
}

async fn rename_page(
    visit: &Visit,
    record: &UnitRecord,
    form: RenameForm,
    errors: FormErrors,
) -> Result<RenameUnitPage, Fault> {
    let t = UnitWords(visit.lang);
    let facts = UnitFacts::of(visit, record).await?;
    Ok(RenameUnitPage { frame: visit.frame(t.rename(), trail(visit, record)), t, facts, form, errors })
}

pub(super) async fn show(visit: Visit, At(id): At<UnitId>) -> PageResult {
    let record = here(&visit, id).await?;
    let form = RenameForm {
        version: record.version,
        name: record.unit.name.clone(),
        from_on: visit.day().to_string(),
        keep: "1".to_owned(),
    };
    page(&rename_page(&visit, &record, form, FormErrors::default()).await?)
}

pub(super) async fn send(visit: Visit, At(id): At<UnitId>, Sent(form): Sent<RenameForm>) -> PageResult {
    let record = here(&visit, id).await?;
    let mut typed = Typed::new(visit.lang);
    let name = typed.text("name", &form.name);
    let old = if form.keep.is_empty() {
        Some(OldName::Dropped)
    } else {
        typed.date("from_on", &form.from_on).map(OldName::FormerBefore)
    };
    let (Some(name), Some(old)) = (name, old) else {
        return again(&rename_page(&visit, &record, form, typed.errors).await?);
    };
    let seen = UnitRecord { version: form.version, ..record };
    let mut tx = visit.begin();
    tx.about("unit", id, Some(&seen.unit.area));
    tx.rename_unit(&seen, &name, old);
    match keep(tx, refusals(&visit, "name")).await? {
        Ok(()) => Ok(see_other(&href(id))),
        Err(errors) => {
            let record = here(&visit, id).await?;
            let form = RenameForm { version: record.version, ..form };
            again(&rename_page(&visit, &record, form, errors).await?)
        }
    }
}
