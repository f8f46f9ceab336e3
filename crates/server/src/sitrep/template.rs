use askama::Template;
use lianfang_domain::{
    SitrepTemplateId,
    area::AreaCode,
    sitrep::{FACT_NAMES, SitrepKind, read_template, supplied_text},
};
use lianfang_store::SitrepTemplate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    county_of,
    gather::{Asking, Names},
    templates, trail,
    words::SitrepWords,
};
use crate::{
    Choice, Fault, Frame, Link,
    at::At,
    fault::PageResult,
    form::{FormErrors, Seen, Sent},
    keep::{Refusals, keep},
    page::{again, form_page, page, see_other},
    shown::instant,
    visit::Visit,
};

/// The templates of a county.
#[derive(Template)]
#[template(path = "sitrep/templates.html")]
pub(crate) struct SitrepTemplatesPage {
    frame: Frame,
    t: SitrepWords,
    rows: Vec<TemplateLine>,
}

struct TemplateLine {
    href: String,
    name: String,
    kind: &'static str,
    by: String,
}

/// A template, to be written.
#[derive(Template)]
#[template(path = "sitrep/template.html")]
pub(crate) struct SitrepTemplatePage {
    frame: Frame,
    t: SitrepWords,
    action: String,
    is_new: bool,
    kinds: Vec<Choice>,
    form: TemplateForm,
    faults: Vec<String>,
    indicators: Vec<(String, String)>,
    names: Vec<&'static str>,
    questions: Vec<String>,
    errors: FormErrors,
}

form_page!(SitrepTemplatePage);

/// What a template is.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "SitrepTemplateToWrite")]
pub(super) struct TemplateForm {
    version: i64,
    /// daily, brief, follow_up, final or status.
    kind: String,
    name: String,
    /// The text with its placeholders.
    body: String,
}

fn county(visit: &Visit) -> Result<AreaCode, Fault> {
    county_of(visit).ok_or(Fault::NotFound)
}

async fn template_here(visit: &Visit, id: SitrepTemplateId) -> Result<SitrepTemplate, Fault> {
    let found = templates(visit, &county(visit)?).await?;
    found.into_iter().find(|one| one.id == id).ok_or(Fault::NotFound)
}

fn crumbs(visit: &Visit) -> Vec<Link> {
    let mut trail = trail(visit);
    trail.push(Link { name: SitrepWords(visit.lang).templates().to_owned(), href: "/sitreps/templates".to_owned() });
    trail
}

pub(super) async fn list(visit: Visit) -> PageResult {
    let (t, lang) = (SitrepWords(visit.lang), visit.lang);
    let rows = templates(&visit, &county(&visit)?).await?.into_iter().map(|one| TemplateLine {
        href: format!("/sitreps/templates/{}", one.id),
        kind: one.kind.words(lang),
        by: format!("{} {}", instant(one.at_ms, lang), one.by),
        name: one.name,
    });
    page(&SitrepTemplatesPage { frame: visit.frame(t.templates(), trail(&visit)), rows: rows.collect(), t })
}

pub(super) async fn add(visit: Visit) -> PageResult {
    let kind = SitrepKind::Daily;
    let body = supplied_text(kind, visit.lang).to_owned();
    let form = TemplateForm { kind: kind.code().to_owned(), body, ..TemplateForm::default() };
    page(&template_page(&visit, None, form, FormErrors::default()).await?)
}

pub(super) async fn show(visit: Visit, At(id): At<SitrepTemplateId>) -> PageResult {
    let one = template_here(&visit, id).await?;
    let form = TemplateForm {
        version: one.version,
        kind: one.kind.code().to_owned(),
        name: one.name.clone(),
        body: one.body.clone(),
    };
    page(&template_page(&visit, Some(&one), form, FormErrors::default()).await?)
}

async fn template_page(
    visit: &Visit,
    there: Option<&SitrepTemplate>,
    form: TemplateForm,
    errors: FormErrors,
) -> Result<SitrepTemplatePage, Fault> {
    let (t, lang) = (SitrepWords(visit.lang), visit.lang);
    let names = Names::of(&Asking::of(visit), &county(visit)?).await?;
    let (_, faults) = read_template(&form.body, &names.all);
    Ok(SitrepTemplatePage {
        frame: visit.frame(there.map_or(t.template_add(), |one| &one.name), crumbs(visit)),
        action: there
            .map_or_else(|| "/sitreps/templates/new".to_owned(), |one| format!("/sitreps/templates/{}", one.id)),
        is_new: there.is_none(),
        kinds: Choice::all(SitrepKind::ALL.into_iter().map(|kind| (kind.code(), kind.words(lang))), &form.kind),
        faults: faults.iter().map(|fault| fault.words(lang)).collect(),
        indicators: names.offered(lang),
        questions: names.offered_questions(lang),
        names: FACT_NAMES.iter().map(|name| lang.pick(name.zh, name.en)).collect(),
        form,
        errors,
        t,
    })
}

/// The template that was typed.
fn read(
    visit: &Visit,
    form: &TemplateForm,
    id: SitrepTemplateId,
    area: AreaCode,
) -> Result<SitrepTemplate, FormErrors> {
    let (t, mut errors) = (SitrepWords(visit.lang), FormErrors::default());
    let name = form.name.trim();
    if name.is_empty() || name.chars().count() > 60 {
        errors.add("name", t.name_bad());
    }
    let Some(kind) = SitrepKind::from_code(&form.kind) else {
        errors.add("kind", t.kind_bad());
        return Err(errors);
    };
    let (name, body) = (name.to_owned(), form.body.replace("\r\n", "\n"));
    let template =
        SitrepTemplate { id, area, kind, name, body, by: String::new(), at_ms: visit.now_ms, version: form.version };
    if errors.is_empty() { Ok(template) } else { Err(errors) }
}

pub(super) async fn send_new(visit: Visit, Sent(form): Sent<TemplateForm>) -> PageResult {
    let id = SitrepTemplateId(visit.app.store().new_id(visit.now_ms));
    let new = match read(&visit, &form, id, county(&visit)?) {
        Ok(new) => new,
        Err(errors) => return again(&template_page(&visit, None, form, errors).await?),
    };
    let mut tx = visit.begin();
    tx.about("sitrep_template", id, Some(&new.area));
    tx.add_sitrep_template(&new);
    tx.commit().await?;
    Ok(see_other(&format!("/sitreps/templates/{id}")))
}

pub(super) async fn send(visit: Visit, At(id): At<SitrepTemplateId>, Sent(form): Sent<TemplateForm>) -> PageResult {
    let there = template_here(&visit, id).await?;
    let new = match read(&visit, &form, id, there.area.clone()) {
        Ok(new) => new,
        Err(errors) => return again(&template_page(&visit, Some(&there), form, errors).await?),
    };
    let seen = SitrepTemplate { version: form.version, ..there.clone() };
    let mut tx = visit.begin();
    tx.about("sitrep_template", id, Some(&there.area));
    tx.change_sitrep_template(&seen, &new);
    match keep(tx, Refusals::changed(SitrepWords(visit.lang).template_changed())).await? {
        Ok(()) => Ok(see_other(&format!("/sitreps/templates/{id}"))),
        Err(errors) => {
            let form = TemplateForm { version: there.version, ..form };
            again(&template_page(&visit, Some(&there), form, errors).await?)
        }
    }
}

pub(super) async fn end(visit: Visit, At(id): At<SitrepTemplateId>, Sent(form): Sent<Seen>) -> PageResult {
    let there = template_here(&visit, id).await?;
    let seen = SitrepTemplate { version: form.version, ..there.clone() };
    let mut tx = visit.begin();
    tx.about("sitrep_template", id, Some(&there.area));
    tx.end_sitrep_template(&seen);
    match keep(tx, Refusals::changed(SitrepWords(visit.lang).template_changed())).await? {
        Ok(()) => Ok(see_other("/sitreps/templates")),
        Err(errors) => {
            let form = TemplateForm {
                version: there.version,
                kind: there.kind.code().to_owned(),
                name: there.name.clone(),
                body: there.body.clone(),
            };
            again(&template_page(&visit, Some(&there), form, errors).await?)
        }
    }
}
