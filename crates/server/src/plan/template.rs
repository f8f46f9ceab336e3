use askama::Template;
use lianfang_domain::{
    PlanId,
    area::{AreaCode, AreaLevel},
};
use lianfang_store::PlanRecord;

use super::{
    here, href, trail,
    upload::{Arrived, keep_reading, read},
    words::PlanWords,
};
use crate::{
    Fault, Frame, Link,
    at::At,
    fault::PageResult,
    file::Upload,
    form::FormErrors,
    frame::Choice,
    page::{again, form_page, page, see_other},
    unit::area_choices,
    visit::Visit,
};

/// The text of a plan, to be made into another one.
#[derive(Template)]
#[template(path = "plan/template.html")]
pub(crate) struct TemplatePage {
    frame: Frame,
    t: PlanWords,
    href: String,
    back: String,
    typed: Typed,
    areas: Vec<Choice>,
    errors: FormErrors,
}

form_page!(TemplatePage);

/// What was filled in.
#[derive(Default)]
struct Typed {
    name: String,
    area: String,
    replace: String,
    replacement: String,
    text: String,
}

async fn template_page(
    visit: &Visit,
    record: &PlanRecord,
    typed: Typed,
    errors: FormErrors,
) -> Result<TemplatePage, Fault> {
    let t = PlanWords(visit.lang);
    let back = href(record.id);
    let mut trail = trail(visit);
    trail.push(Link { name: record.title.clone(), href: back.clone() });
    Ok(TemplatePage {
        frame: visit.frame(t.template(), trail),
        t,
        href: format!("{back}/template"),
        back,
        areas: area_choices(visit, &visit.scope, AreaLevel::Township, &typed.area).await?,
        typed,
        errors,
    })
}

pub(super) async fn show(visit: Visit, At(id): At<PlanId>) -> PageResult {
    let (record, store) = (here(&visit, id).await?, visit.app.store());
    let content = store.plan_content(&record).await?;
    store.record_read(&visit.actor(), visit.act, &format!("plan:{id}"), Some(&record.area), "");
    let area = store.area_row(&record.area, &visit.scope, visit.day()).await?;
    let typed = Typed {
        name: record.title.clone(),
        area: record.area.to_string(),
        replace: area.map(|area| area.name).unwrap_or_default(),
        replacement: String::new(),
        text: content.plan.text,
    };
    page(&template_page(&visit, &record, typed, FormErrors::default()).await?)
}

/// Reads the text, as it was changed, as a plan of its own.
pub(super) async fn send(visit: Visit, At(id): At<PlanId>, upload: Upload) -> PageResult {
    let record = here(&visit, id).await?;
    let t = PlanWords(visit.lang);
    let field = |name: &str| upload.fields.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let typed = Typed {
        name: field("name"),
        area: field("area"),
        replace: field("replace"),
        replacement: field("replacement"),
        text: field("text").replace("\r\n", "\n"),
    };
    let mut errors = FormErrors::default();
    if typed.name.is_empty() || typed.name.chars().count() > 100 {
        errors.add("name", t.template_name_bad());
    }
    if typed.text.is_empty() {
        errors.add("text", t.template_text_none());
    }
    let area = typed.area.parse::<AreaCode>().ok().filter(|area| visit.scope.holds_area(area));
    if area.is_none() {
        errors.add("area", t.area_none());
    }
    let Some(area) = area.filter(|_| errors.is_empty()) else {
        return again(&template_page(&visit, &record, typed, errors).await?);
    };
    let file = format!("{}.txt", typed.name.replace(['/', '\\'], "_"));
    let bytes = replaced(&typed).into_bytes();
    match read(&visit, file.clone(), bytes.clone()).await? {
        Ok(reading) => {
            let arrived = Arrived::new(&file, &bytes, &area);
            Ok(see_other(&href(keep_reading(&visit.deed()?, &arrived, reading).await?.first)))
        }
        Err(why) => {
            errors.add("text", why);
            again(&template_page(&visit, &record, typed, errors).await?)
        }
    }
}

/// The text with one name put in the place of another.
fn replaced(typed: &Typed) -> String {
    if typed.replace.is_empty() || typed.replacement.is_empty() {
        return typed.text.clone();
    }
    typed.text.replace(&typed.replace, &typed.replacement)
}
