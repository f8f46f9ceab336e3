use askama::Template;
use lianfang_domain::{UnitId, area::AreaLevel, unit::UnitKind};
use lianfang_store::{UnitDetails, UnitRecord};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    UnitFacts,
    area_choices::area_choices,
    close::refusals,
    here, href,
    read::Typed,
    register::{ParentTyped, Register, find_parent},
    trail,
    words::UnitWords,
};
use crate::{
    Fault, Frame,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    frame::Choice,
    keep::keep,
    page::{again, form_page, page, see_other},
    visit::Visit,
};

/// The form for kind, area, unit above and duty phone.
#[derive(Template)]
#[template(path = "unit/edit.html")]
pub(crate) struct EditUnitPage {
    frame: Frame,
    t: UnitWords,
    facts: UnitFacts,
    form: EditForm,
    errors: FormErrors,
    kinds: Vec<Choice>,
    areas: Vec<Choice>,
    parents: Vec<Choice>,
}

form_page!(EditUnitPage);

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "UnitDetails")]
pub(super) struct EditForm {
    version: i64,
    kind: String,
    area: String,
    parent: String,
    parent_id: String,
    duty_phone: String,
}

async fn edit_page(
    visit: &Visit,
    record: &UnitRecord,
    form: EditForm,
    errors: FormErrors,
    parents: Vec<Choice>,
) -> Result<EditUnitPage, Fault> {
    let t = UnitWords(visit.lang);
    let kinds = UnitKind::ALL.into_iter().map(|kind| (kind.code(), kind.words(visit.lang)));
    Ok(EditUnitPage {
        frame: visit.frame(t.edit(), trail(visit, record)),
        t,
        facts: UnitFacts::of(visit, record).await?,
        kinds: Choice::all(kinds, &form.kind),
        areas: area_choices(visit, &visit.scope, AreaLevel::Village, &form.area).await?,
        form,
        errors,
        parents,
    })
}

pub(super) async fn show(visit: Visit, At(id): At<UnitId>) -> PageResult {
    let record = here(&visit, id).await?;
    let facts = UnitFacts::of(&visit, &record).await?;
    let form = EditForm {
        version: record.version,
        kind: record.unit.kind.code().to_owned(),
        area: facts.area_code,
        parent: facts.parent.map(|above| above.name).unwrap_or_default(),
        parent_id: String::new(),
        duty_phone: facts.duty_phone,
    };
    page(&edit_page(&visit, &record, form, FormErrors::default(), Vec::new()).await?)
}

/// What was typed, or what is wrong with it and what the name of the unit above may mean.
async fn read(visit: &Visit, record: &UnitRecord, form: &EditForm) -> Result<Result<UnitDetails, Wrong>, Fault> {
    let t = UnitWords(visit.lang);
    let mut typed = Typed::new(visit.lang);
    let area = typed.area("area", &form.area);
    if area.as_ref().is_some_and(|area| *area != record.unit.area && !visit.scope.holds_area(area)) {
        typed.errors.add("area", t.outside());
    }
    let kind = UnitKind::from_code(&form.kind);
    if kind.is_none() {
        typed.errors.add("kind", t.needed());
    }
    let duty_phone = typed.phone("duty_phone", &form.duty_phone);
    let facts = UnitFacts::of(visit, record).await?;
    let was = record.unit.parent.zip(facts.parent.as_ref().map(|above| above.name.as_str()));
    let above = ParentTyped { name: &form.parent, chosen: &form.parent_id, was, of: Some(record.unit.id) };
    let mut found = find_parent(&Register::read(visit).await?, &above, visit.lang, &mut typed.errors);
    if facts.parent_outside && form.parent.trim().is_empty() {
        // One that the user does not see stays.
        found.parent = record.unit.parent;
    }
    Ok(match (area, kind, typed.errors.is_empty()) {
        (Some(area), Some(kind), true) => Ok(UnitDetails { kind, area, parent: found.parent, duty_phone }),
        _ => Err(Wrong { errors: typed.errors, parents: found.choices }),
    })
}

struct Wrong {
    errors: FormErrors,
    parents: Vec<Choice>,
}

pub(super) async fn send(visit: Visit, At(id): At<UnitId>, Sent(form): Sent<EditForm>) -> PageResult {
    let record = here(&visit, id).await?;
    let details = match read(&visit, &record, &form).await? {
        Ok(details) => details,
        Err(wrong) => return again(&edit_page(&visit, &record, form, wrong.errors, wrong.parents).await?),
    };
    let seen = UnitRecord { version: form.version, ..record };
    let mut tx = visit.begin();
    tx.about("unit", id, Some(&details.area));
    tx.change_unit(&seen, &details);
    match keep(tx, refusals(&visit, "area")).await? {
        Ok(()) => Ok(see_other(&href(id))),
        Err(errors) => {
            let record = here(&visit, id).await?;
            let form = EditForm { version: record.version, ..form };
            again(&edit_page(&visit, &record, form, errors, Vec::new()).await?)
        }
    }
}
