use lianfang_domain::{IncidentId, PartId, area::AreaCode, incident::EntryKind};
use lianfang_store::{IncidentPhase, IncidentRecord, NewEntry, Venue};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    IncidentWords,
    facts::{Typed, facts_page, typed},
    href, open_here,
};
use crate::{
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, see_other},
    shown::date,
    visit::Visit,
};

/// A phase, or a venue, of a planned event.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "PhaseToSet")]
pub(super) struct PhaseForm {
    /// Of a phase: its name; one that is there already is changed.
    pub(super) phase: String,
    pub(super) phase_from: String,
    pub(super) phase_until: String,
    pub(super) phase_words: String,
    /// Of a venue.
    pub(super) venue: String,
    pub(super) area: String,
    pub(super) venue_words: String,
}

/// `2026年10月1日 – 2026年10月23日`, an open end in words.
pub(super) fn days(visit: &Visit, phase: &IncidentPhase) -> String {
    let t = IncidentWords(visit.lang);
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| t.open_end().to_owned(), |day| date(day, visit.lang));
    format!("{} – {}", day(phase.from_on), day(phase.until_on))
}

/// Adds a phase, or changes the one of that name.
pub(super) async fn send(visit: Visit, At(id): At<IncidentId>, Sent(form): Sent<PhaseForm>) -> PageResult {
    let record = open_here(&visit, id).await?;
    let (t, mut errors) = (IncidentWords(visit.lang), FormErrors::default());
    let name = form.phase.trim().to_owned();
    if name.is_empty() {
        errors.add("phase", t.phase_none());
    }
    let from_on = day_of(&form.phase_from, "phase_from", t, &mut errors);
    let until_on = day_of(&form.phase_until, "phase_until", t, &mut errors);
    if from_on.zip(until_on).is_some_and(|(from, until)| until < from) {
        errors.add("phase_until", t.ends_first());
    }
    if !errors.is_empty() {
        return refused(&visit, &record, form, errors).await;
    }
    let there = visit.app.store().phases(&record).await?.into_iter().find(|phase| phase.name == name);
    let id_of_it = there.as_ref().map_or_else(|| PartId(visit.app.store().new_id(visit.now_ms)), |phase| phase.id);
    let new = IncidentPhase { id: id_of_it, name, from_on, until_on, words: form.phase_words.trim().to_owned() };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&record.area));
    match &there {
        Some(seen) => tx.change_phase(&record, seen, &new),
        None => tx.add_phase(&record, &new),
    }
    let words = format!("{} {}", new.name, days(&visit, &new));
    tx.note(&record, &NewEntry::of(EntryKind::Phase, visit.now_ms, words));
    tx.commit().await?;
    Ok(see_other(&format!("{}/facts#phases", href(id))))
}

fn day_of(typed: &str, field: &'static str, t: IncidentWords, errors: &mut FormErrors) -> Option<jiff::civil::Date> {
    let typed = typed.trim();
    let day = typed.parse().ok();
    if !typed.is_empty() && day.is_none() {
        errors.add(field, t.day_bad());
    }
    day
}

/// Adds a venue.
pub(super) async fn send_venue(visit: Visit, At(id): At<IncidentId>, Sent(form): Sent<PhaseForm>) -> PageResult {
    let record = open_here(&visit, id).await?;
    let (t, mut errors) = (IncidentWords(visit.lang), FormErrors::default());
    if form.venue.trim().is_empty() {
        errors.add("venue", t.venue_none());
    }
    let area = form.area.parse::<AreaCode>().ok().filter(|area| visit.scope.holds_area(area));
    let Some(area) = area.filter(|_| errors.is_empty()) else {
        if errors.is_empty() {
            errors.add("area", t.area_none());
        }
        return refused(&visit, &record, form, errors).await;
    };
    let venue = Venue {
        id: PartId(visit.app.store().new_id(visit.now_ms)),
        name: form.venue.trim().to_owned(),
        area,
        words: form.venue_words.trim().to_owned(),
    };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&record.area));
    tx.add_venue(&record, &venue);
    tx.note(&record, &NewEntry::of(EntryKind::Fact, visit.now_ms, t.venue_added(&venue.name)));
    tx.commit().await?;
    Ok(see_other(&format!("{}/facts#venues", href(id))))
}

async fn refused(visit: &Visit, record: &IncidentRecord, form: PhaseForm, errors: FormErrors) -> PageResult {
    let typed = Typed { phase: form, ..typed(visit, record) };
    again(&facts_page(visit, record, typed, errors).await?)
}
