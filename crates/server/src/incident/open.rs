use askama::Template;
use lianfang_domain::{
    ClockId, IncidentId, PlanId,
    area::{AreaCode, AreaLevel},
    clock::{Clock, Escalation, Limit},
    incident::{Disease, DiseaseClass, EntryKind, IncidentKind, ParameterName, first_report},
};
use lianfang_store::{IncidentPhase, IncidentRecord, NewClock, NewEntry, NewIncident, ParameterRecord};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{IncidentWords, diseases, href, plans, trail};
use crate::{
    Choice, Fault, Frame,
    deed::Deed,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, form_page, page, see_other},
    typed_time::{field_of, instant_of},
    unit::area_choices,
    visit::Visit,
};

/// The form that opens an incident.
#[derive(Template)]
#[template(path = "incident/open.html")]
pub(crate) struct OpenIncidentPage {
    frame: Frame,
    t: IncidentWords,
    form: OpenForm,
    kinds: Vec<Choice>,
    areas: Vec<Choice>,
    diseases: Vec<Choice>,
    plans: Vec<Choice>,
    errors: FormErrors,
}

form_page!(OpenIncidentPage);

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "IncidentToOpen")]
pub(super) struct OpenForm {
    /// outbreak, cluster, other or planned_event.
    kind: String,
    name: String,
    area: String,
    /// The code of a disease; empty where there is none.
    disease: String,
    /// An accepted plan.
    plan: String,
    /// `2026-11-22T15:00`, in China's time.
    discovered_at: String,
    onset_on: String,
    summary: String,
}

async fn open_page(visit: &Visit, form: OpenForm, errors: FormErrors) -> Result<OpenIncidentPage, Fault> {
    let t = IncidentWords(visit.lang);
    let mut areas = area_choices(visit, &visit.scope, AreaLevel::Township, &form.area).await?;
    // Most have one area, and that is the one meant.
    if let Some(first) = areas.first_mut().filter(|_| form.area.is_empty()) {
        first.chosen = true;
    }
    Ok(OpenIncidentPage {
        frame: visit.frame(t.open(), trail(visit, None)),
        t,
        kinds: Choice::all(IncidentKind::ALL.map(|kind| (kind.code(), kind.words(visit.lang))), &form.kind),
        areas,
        diseases: diseases(visit, &form.disease),
        plans: plans(visit, &form.plan).await?,
        form,
        errors,
    })
}

pub(super) async fn show(visit: Visit) -> PageResult {
    let form = OpenForm { discovered_at: field_of(visit.now_ms), ..OpenForm::default() };
    page(&open_page(&visit, form, FormErrors::default()).await?)
}

/// The incident that was typed, or what is wrong with it.
fn read(visit: &Visit, form: &OpenForm) -> Result<NewIncident, FormErrors> {
    let (t, mut errors) = (IncidentWords(visit.lang), FormErrors::default());
    let kind = IncidentKind::from_code(&form.kind);
    if kind.is_none() {
        errors.add("kind", t.kind_none());
    }
    let name = form.name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        errors.add("name", t.name_bad());
    }
    let area = form.area.parse::<AreaCode>().ok().filter(|area| visit.scope.holds_area(area));
    if area.is_none() {
        errors.add("area", t.area_none());
    }
    let is_disease = form.disease.is_empty() || Disease::from_code(&form.disease).is_some();
    if !is_disease {
        errors.add("disease", t.disease_bad());
    }
    let discovered = instant_of(&form.discovered_at).filter(|at| *at <= visit.now_ms);
    if discovered.is_none() {
        errors.add("discovered_at", t.time_bad());
    }
    let onset = form.onset_on.trim();
    let onset_on = onset.parse().ok().filter(|day| *day <= visit.day());
    if !onset.is_empty() && onset_on.is_none() {
        errors.add("onset_on", t.day_bad());
    }
    match (kind, area, discovered, errors.is_empty()) {
        (Some(kind), Some(area), Some(discovered_at_ms), true) => Ok(NewIncident {
            id: IncidentId(visit.app.store().new_id(visit.now_ms)),
            area,
            kind,
            name: name.to_owned(),
            disease: form.disease.clone(),
            plan: form.plan.parse().ok(),
            onset_on,
            discovered_at_ms,
            summary: form.summary.trim().to_owned(),
        }),
        _ => Err(errors),
    }
}

pub(super) async fn send(visit: Visit, Sent(form): Sent<OpenForm>) -> PageResult {
    let new = match read(&visit, &form) {
        Ok(new) => new,
        Err(errors) => return again(&open_page(&visit, form, errors).await?),
    };
    if let Some(plan) = new.plan
        && !plans(&visit, "").await?.iter().any(|choice| choice.value == plan.to_string())
    {
        let mut errors = FormErrors::default();
        errors.add("plan", IncidentWords(visit.lang).plan_bad());
        return again(&open_page(&visit, form, errors).await?);
    }
    open(&visit.deed()?, &new).await?;
    Ok(see_other(&href(new.id)))
}

/// Opens an incident, with what is proposed for its disease on that day, and the phases of its plan if it is planned.
///
/// # Errors
/// [`Fault`] when it cannot be kept.
pub(crate) async fn open(deed: &Deed, new: &NewIncident) -> Result<(), Fault> {
    let mut tx = deed.begin();
    tx.about("incident", new.id, Some(&new.area)).makes(&href(new.id));
    tx.add_incident(new);
    let now_ms = deed.actor.now_ms;
    let opened = opened(new, now_ms);
    tx.note(&opened, &NewEntry::of(EntryKind::Opened, now_ms, &new.name));
    for name in ParameterName::ALL {
        let known = Disease::from_code(&new.disease).and_then(|disease| disease.parameter(name, deed.day()));
        if let Some(known) = known {
            let parameter = ParameterRecord {
                name,
                value: known.value.to_owned(),
                from_on: known.from_on,
                source: known.source.to_owned(),
                by: String::new(),
                at_ms: now_ms,
            };
            tx.set_parameter(&opened, &parameter);
        }
    }
    if new.kind == IncidentKind::PlannedEvent {
        for phase in phases(deed, new.plan).await? {
            tx.add_phase(&opened, &phase);
        }
    }
    if let Some(clock) = first_report_clock(deed, &opened) {
        tx.start_clock(&clock)?;
    }
    tx.commit().await?;
    Ok(())
}

/// The clock of the first report; nobody has to be told of one whose time was long over when the incident was opened.
fn first_report_clock(deed: &Deed, opened: &IncidentRecord) -> Option<NewClock> {
    let disease = Disease::from_code(&opened.disease);
    let class = disease.and_then(|disease| disease.parameter(ParameterName::Class, deed.day()));
    let class = class.and_then(|class| DiseaseClass::from_code(class.value));
    let report = first_report(opened.kind, class, opened.discovered_at_ms, None)?;
    let t = IncidentWords(deed.lang);
    Some(NewClock {
        id: ClockId(deed.app.store().new_id(deed.actor.now_ms)),
        area: opened.area.clone(),
        subject_kind: super::report::CLOCK,
        subject: opened.id.to_string(),
        title: format!("{}{}{}", t.first_report(), deed.lang.pick("：", ": "), opened.name),
        href: href(opened.id),
        told_unit: None,
        clock: Clock::start(Limit::At { at_ms: report.due_at_ms }, opened.discovered_at_ms),
        escalation: Escalation { every_minutes: 60, steps: 3 },
    })
}

/// The phases that a plan lays down.
async fn phases(deed: &Deed, plan: Option<PlanId>) -> Result<Vec<IncidentPhase>, Fault> {
    let store = deed.app.store();
    let Some(id) = plan else { return Ok(Vec::new()) };
    let Some(record) = store.plan(id, &deed.scope).await? else { return Ok(Vec::new()) };
    let content = store.plan_content(&record).await?;
    let phase = |phase: &lianfang_domain::plan::Phase| IncidentPhase {
        id: lianfang_domain::PartId(store.new_id(deed.actor.now_ms)),
        name: phase.name.clone(),
        from_on: phase.from.and_then(|date| date.date()),
        until_on: phase.to.and_then(|date| date.date()),
        words: phase.items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join("\n"),
    };
    Ok(content.plan.phases.iter().map(phase).collect())
}

/// The record of an incident that is just being opened, for what is kept with it.
fn opened(new: &NewIncident, now_ms: i64) -> IncidentRecord {
    IncidentRecord {
        id: new.id,
        area: new.area.clone(),
        kind: new.kind,
        name: new.name.clone(),
        state: lianfang_domain::incident::IncidentState::Open,
        disease: new.disease.clone(),
        grade: None,
        level: None,
        level_since_ms: None,
        began_at_ms: None,
        plan: new.plan,
        onset_on: new.onset_on,
        discovered_at_ms: new.discovered_at_ms,
        reported_at_ms: None,
        reported_to: String::new(),
        summary: new.summary.clone(),
        made_by: String::new(),
        made_at_ms: now_ms,
        closed_at_ms: None,
        version: 1,
    }
}
