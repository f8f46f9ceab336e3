use askama::Template;
use axum::extract::Query;
use lianfang_domain::{
    UnitId,
    area::AreaLevel,
    unit::{Unit, UnitKind, split_written},
};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    area_choices::area_choices,
    close::refusals,
    href,
    read::Typed,
    register::{ParentTyped, Register, find_parent},
    words::UnitWords,
};
use crate::{
    Fault, Frame, Link,
    fault::PageResult,
    form::{FormErrors, Sent},
    frame::Choice,
    keep::keep,
    page::{again, form_page, page, see_other},
    visit::Visit,
};

/// The form for a new unit.
#[derive(Template)]
#[template(path = "unit/add.html")]
pub(crate) struct AddUnitPage {
    frame: Frame,
    t: UnitWords,
    form: AddUnitForm,
    errors: FormErrors,
    kinds: Vec<Choice>,
    areas: Vec<Choice>,
    /// What the name of the unit above may mean.
    parents: Vec<Choice>,
    /// Registered units that may be the same, with why.
    alike: Vec<(Link, String)>,
}

form_page!(AddUnitPage);

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "UnitToAdd")]
pub(super) struct AddUnitForm {
    name: String,
    kind: String,
    area: String,
    parent: String,
    parent_id: String,
    duty_phone: String,
    /// Said by the user: none of those alike is the same.
    sure: String,
}

/// What the page shows beside what was typed.
#[derive(Default)]
struct Found {
    errors: FormErrors,
    parents: Vec<Choice>,
    alike: Vec<(Link, String)>,
}

async fn add_page(visit: &Visit, form: AddUnitForm, found: Found) -> Result<AddUnitPage, Fault> {
    let t = UnitWords(visit.lang);
    let trail = vec![Link { name: t.title().to_owned(), href: "/units".to_owned() }];
    let kinds = UnitKind::ALL.into_iter().map(|kind| (kind.code(), kind.words(visit.lang)));
    Ok(AddUnitPage {
        frame: visit.frame(t.add_new(), trail),
        t,
        kinds: Choice::all(kinds, &form.kind),
        areas: area_choices(visit, &visit.scope, AreaLevel::Village, &form.area).await?,
        form,
        errors: found.errors,
        parents: found.parents,
        alike: found.alike,
    })
}

pub(super) async fn show(visit: Visit, Query(form): Query<AddUnitForm>) -> PageResult {
    page(&add_page(&visit, form, Found::default()).await?)
}

/// The unit that was typed, or what is wrong with it or still to be said.
fn read(form: &AddUnitForm, register: &Register, visit: &Visit) -> Result<Unit, Found> {
    let t = UnitWords(visit.lang);
    let mut typed = Typed::new(visit.lang);
    let name = typed.text("name", &form.name);
    let area = typed.area("area", &form.area);
    if area.as_ref().is_some_and(|area| !visit.scope.holds_area(area)) {
        typed.errors.add("area", t.outside());
    }
    let duty_phone = typed.phone("duty_phone", &form.duty_phone);
    let kind = UnitKind::from_code(&form.kind).or_else(|| name.as_deref().and_then(UnitKind::guess));
    if name.is_some() && kind.is_none() {
        typed.errors.add("kind", t.kind_unknown());
    }
    let above = ParentTyped { name: &form.parent, chosen: &form.parent_id, ..ParentTyped::default() };
    let above = find_parent(register, &above, visit.lang, &mut typed.errors);
    let alike = name.as_deref().filter(|_| form.sure.is_empty()).map(|name| alike(register, name, visit));
    let alike = alike.unwrap_or_default();
    match (name, area, kind, typed.errors.is_empty() && alike.is_empty()) {
        (Some(name), Some(area), Some(kind), true) => {
            // Second and short names in a bracket are names of their own; a bracket of anything else belongs to the name.
            let written = split_written(&name);
            let (name, aliases) =
                if written.remark.is_none() { (written.name, written.aliases) } else { (name, Vec::new()) };
            let id = UnitId(visit.app.store().new_id(visit.now_ms));
            Ok(Unit { id, name, kind, area, parent: above.parent, aliases, duty_phone, merged_into: None })
        }
        _ => Err(Found { errors: typed.errors, parents: above.choices, alike }),
    }
}

fn alike(register: &Register, name: &str, visit: &Visit) -> Vec<(Link, String)> {
    let line = |found: lianfang_domain::unit::Suggestion| {
        (Link { name: found.name, href: href(found.unit) }, found.reason.words(visit.lang))
    };
    register.alike(name).into_iter().map(line).collect()
}

pub(super) async fn send(visit: Visit, Sent(form): Sent<AddUnitForm>) -> PageResult {
    let register = Register::read(&visit).await?;
    let unit = match read(&form, &register, &visit) {
        Ok(unit) => unit,
        Err(found) => return again(&add_page(&visit, form, found).await?),
    };
    let mut tx = visit.begin();
    tx.about("unit", unit.id, Some(&unit.area)).makes(&href(unit.id));
    tx.add_unit(&unit, visit.day());
    match keep(tx, refusals(&visit, "name")).await? {
        Ok(()) => Ok(see_other(&href(unit.id))),
        Err(errors) => again(&add_page(&visit, form, Found { errors, ..Found::default() }).await?),
    }
}
