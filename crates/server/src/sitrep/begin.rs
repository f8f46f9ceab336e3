use askama::Template;
use lianfang_domain::{
    SitrepId,
    access::Act,
    area::{AreaCode, AreaLevel},
    incident::IncidentState,
    sitrep::{SitrepKind, SitrepState, supplied_text},
};
use lianfang_store::{NewSitrep, SitrepTemplate};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{county_of, here, href, templates, trail, words::SitrepWords};
use crate::{
    Choice, Fault, Frame,
    at::At,
    fault::PageResult,
    form::{FormErrors, Nothing, Sent},
    page::{again, form_page, page, see_other},
    shown::date,
    unit::area_choices,
    visit::Visit,
};

/// Incidents offered at most.
const INCIDENTS: u32 = 100;

/// Where a report is begun.
#[derive(Template)]
#[template(path = "sitrep/begin.html")]
pub(crate) struct BeginPage {
    frame: Frame,
    t: SitrepWords,
    kinds: Vec<Choice>,
    templates: Vec<Choice>,
    areas: Vec<Choice>,
    incidents: Vec<Choice>,
    form: BeginForm,
    errors: FormErrors,
}

form_page!(BeginPage);

/// What a report is begun with.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "SitrepToBegin")]
pub(super) struct BeginForm {
    /// daily, brief, follow_up, final or status; that of the template where one is chosen.
    kind: String,
    /// The identifier of a template.
    template: String,
    area: String,
    incident: String,
    /// The day it tells of.
    on: String,
}

pub(super) async fn show(visit: Visit) -> PageResult {
    let open = visit.app.store().incidents(&visit.scope_of(Act::ViewIncidents), IncidentState::Open, None, 1).await?;
    let form = BeginForm {
        kind: SitrepKind::Daily.code().to_owned(),
        on: visit.day().to_string(),
        area: visit.scope.areas.first().map(ToString::to_string).unwrap_or_default(),
        incident: open.first().map(|one| one.id.to_string()).unwrap_or_default(),
        ..BeginForm::default()
    };
    page(&begin_page(&visit, form, FormErrors::default()).await?)
}

async fn begin_page(visit: &Visit, form: BeginForm, errors: FormErrors) -> Result<BeginPage, Fault> {
    let (t, lang) = (SitrepWords(visit.lang), visit.lang);
    let kept = match county_of(visit) {
        Some(county) => templates(visit, &county).await?,
        None => Vec::new(),
    };
    let named = kept.into_iter().map(|one| (one.id.to_string(), format!("{} · {}", one.name, one.kind.words(lang))));
    let seen = visit.scope_of(Act::ViewIncidents);
    let open = visit.app.store().incidents(&seen, IncidentState::Open, None, INCIDENTS).await?;
    Ok(BeginPage {
        frame: visit.frame(t.begin(), trail(visit)),
        kinds: Choice::all(SitrepKind::ALL.into_iter().map(|kind| (kind.code(), kind.words(lang))), &form.kind),
        templates: Choice::all(named, &form.template),
        areas: area_choices(visit, &visit.scope, AreaLevel::Township, &form.area).await?,
        incidents: Choice::all(open.into_iter().map(|one| (one.id.to_string(), one.name)), &form.incident),
        form,
        errors,
        t,
    })
}

pub(super) async fn send(visit: Visit, Sent(form): Sent<BeginForm>) -> PageResult {
    let (t, lang) = (SitrepWords(visit.lang), visit.lang);
    let mut errors = FormErrors::default();
    let area = form.area.parse::<AreaCode>().ok().filter(|area| visit.scope.holds_area(area));
    let on = form.on.parse().ok().filter(|day| *day <= visit.day());
    if on.is_none() {
        errors.add("on", t.day_bad());
    }
    let template = match &area {
        Some(area) => template_of(&visit, &area.home(), &form.template).await?,
        None => None,
    };
    let kind = template.as_ref().map(|one| one.kind).or_else(|| SitrepKind::from_code(&form.kind));
    if area.is_none() {
        errors.add("area", t.area_bad());
    }
    if kind.is_none() {
        errors.add("kind", t.kind_bad());
    }
    let (Some(area), Some(on), Some(kind)) = (area, on, kind) else {
        return again(&begin_page(&visit, form, errors).await?);
    };
    let incident = match form.incident.parse().ok() {
        Some(id) => visit.app.store().incident(id, &visit.scope_of(Act::ViewIncidents)).await?,
        None => None,
    };
    let name = template.as_ref().map_or_else(|| kind.words(lang), |one| one.name.as_str());
    let new = NewSitrep {
        id: SitrepId(visit.app.store().new_id(visit.now_ms)),
        area,
        kind,
        incident: incident.map(|incident| incident.id),
        on,
        name: format!("{name} {}", date(on, lang)),
        body: template.map_or_else(|| supplied_text(kind, lang).to_owned(), |one| one.body),
        corrects: None,
    };
    keep(&visit, &new).await
}

/// Begins a report that corrects an issued one, with its words.
pub(super) async fn correct(visit: Visit, At(id): At<SitrepId>, Sent(Nothing {}): Sent<Nothing>) -> PageResult {
    let wrong = here(&visit, id).await?;
    if !matches!(wrong.state, SitrepState::Issued | SitrepState::Withdrawn) {
        return Err(Fault::BadInput(SitrepWords(visit.lang).correct_hint().to_owned()));
    }
    let new = NewSitrep {
        id: SitrepId(visit.app.store().new_id(visit.now_ms)),
        corrects: Some(wrong.sitrep.id),
        ..wrong.sitrep
    };
    keep(&visit, &new).await
}

async fn keep(visit: &Visit, new: &NewSitrep) -> PageResult {
    let mut tx = visit.begin();
    tx.about("sitrep", new.id, Some(&new.area));
    tx.add_sitrep(new);
    tx.commit().await?;
    Ok(see_other(&href(new.id)))
}

async fn template_of(visit: &Visit, county: &AreaCode, chosen: &str) -> Result<Option<SitrepTemplate>, Fault> {
    Ok(templates(visit, county).await?.into_iter().find(|one| one.id.to_string() == chosen))
}
