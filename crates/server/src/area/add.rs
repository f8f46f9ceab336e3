use askama::Template;
use lianfang_domain::area::{Area, AreaCode, NameFrom};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    read::{Typed, count_of},
    words::AreaWords,
};
use crate::{
    Frame, Link,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, form_page, page, see_other},
    visit::Visit,
};

/// The form for a new area.
#[derive(Template)]
#[template(path = "area/add.html")]
pub(crate) struct AddAreaPage {
    frame: Frame,
    t: AreaWords,
    form: AddAreaForm,
    errors: FormErrors,
}

form_page!(AddAreaPage);

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "AreaToAdd")]
pub(super) struct AddAreaForm {
    code: String,
    name: String,
    short: String,
    population: String,
    counted_on: String,
    source: String,
}

fn add_page(visit: &Visit, form: AddAreaForm, errors: FormErrors) -> AddAreaPage {
    let t = AreaWords(visit.lang);
    let trail = vec![Link { name: t.title().to_owned(), href: "/areas".to_owned() }];
    AddAreaPage { frame: visit.frame(t.add_one(), trail), t, form, errors }
}

#[derive(Deserialize)]
pub(super) struct Above {
    /// The area under which to add; its code is the beginning of the new one.
    #[serde(default)]
    above: String,
}

pub(super) async fn show(visit: Visit, axum::extract::Query(query): axum::extract::Query<Above>) -> PageResult {
    let form = AddAreaForm { code: query.above, counted_on: visit.day().to_string(), ..AddAreaForm::default() };
    page(&add_page(&visit, form, FormErrors::default()))
}

/// The area that was typed, or what is wrong with it.
fn read(form: &AddAreaForm, visit: &Visit) -> Result<Area, FormErrors> {
    let t = AreaWords(visit.lang);
    let mut typed = Typed::new(visit.lang);
    let code = AreaCode::parse_padded(form.code.trim());
    let code = code.map_err(|fault| typed.errors.add("code", fault.message(visit.lang))).ok();
    if code.as_ref().is_some_and(|code| !visit.scope.holds_area(code)) {
        typed.errors.add("code", t.outside());
    }
    let name = typed.name("name", &form.name);
    let short = typed.short("short", &form.short);
    let count = count_of(&mut typed, &form.population, &form.counted_on, &form.source);
    match (code, name, typed.errors.is_empty()) {
        (Some(code), Some(name), true) => {
            // A name that is entered for the first time counts from the beginning of what can be recorded.
            let from_on = jiff::civil::date(1949, 10, 1);
            Ok(Area { code, names: vec![NameFrom { from_on, name, short }], populations: count.into_iter().collect() })
        }
        _ => Err(typed.errors),
    }
}

pub(super) async fn send(visit: Visit, Sent(form): Sent<AddAreaForm>) -> PageResult {
    let t = AreaWords(visit.lang);
    let area = match read(&form, &visit) {
        Ok(area) => area,
        Err(errors) => return again(&add_page(&visit, form, errors)),
    };
    let refuse = |message: &str| {
        let mut errors = FormErrors::default();
        errors.add("code", message);
        again(&add_page(&visit, form.clone(), errors))
    };
    if let Some(parent) = area.code.parent()
        && visit.scope.holds_area(&parent)
        && visit.app.store().area_row(&parent, &visit.scope, visit.day()).await?.is_none()
        && visit
            .app
            .store()
            .areas_below(None, &visit.scope, visit.day())
            .await?
            .iter()
            .any(|top| top.code.contains(&area.code))
    {
        return refuse(t.parent_missing());
    }
    let mut tx = visit.begin();
    tx.about("area", &area.code, Some(&area.code)).makes(&format!("/areas/{}", area.code));
    tx.add_area(&area);
    match keep(tx, Refusals::default().or_taken("code", t.taken())).await? {
        Ok(()) => Ok(see_other(&format!("/areas/{}", area.code))),
        Err(errors) => again(&add_page(&visit, form.clone(), errors)),
    }
}
