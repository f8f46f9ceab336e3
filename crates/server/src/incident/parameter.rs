use lianfang_domain::{
    IncidentId,
    incident::{DiseaseClass, EntryKind, ParameterName},
};
use lianfang_store::{NewEntry, ParameterRecord};
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
    visit::Visit,
};

/// The longest incubation period that is believed, in days.
const LONGEST_DAYS: u32 = 3_650;
const MOST_MINUTES: u32 = 1_440;

/// A parameter of the disease, with the document that says so.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "ParameterToSet")]
pub(super) struct ParameterForm {
    /// `max_incubation_days`, `mean_incubation_days`, `at_once_minutes` or class.
    pub(super) name: String,
    /// Days, for the incubation period.
    pub(super) days: String,
    /// `a`, `b_as_a`, `b`, `c` or unlisted, for the class.
    pub(super) class: String,
    pub(super) from_on: String,
    pub(super) source: String,
}

pub(super) async fn send(visit: Visit, At(id): At<IncidentId>, Sent(form): Sent<ParameterForm>) -> PageResult {
    let record = open_here(&visit, id).await?;
    let parameter = match read(&visit, &form) {
        Ok(parameter) => parameter,
        Err(errors) => {
            let typed = Typed { parameter: form, ..typed(&visit, &record) };
            return again(&facts_page(&visit, &record, typed, errors).await?);
        }
    };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&record.area));
    tx.set_parameter(&record, &parameter);
    let lang = visit.lang;
    let words = format!("{}{}{}", parameter.name.words(lang), lang.pick("：", ": "), parameter.value);
    let entry = NewEntry { basis: parameter.source, ..NewEntry::of(EntryKind::Fact, visit.now_ms, words) };
    tx.note(&record, &entry);
    tx.commit().await?;
    Ok(see_other(&format!("{}/facts#parameters", href(id))))
}

fn read(visit: &Visit, form: &ParameterForm) -> Result<ParameterRecord, FormErrors> {
    let (t, mut errors) = (IncidentWords(visit.lang), FormErrors::default());
    let name = ParameterName::from_code(&form.name);
    let value = match name {
        Some(ParameterName::MaxIncubationDays) => {
            let days = form.days.trim().parse::<u32>().ok().filter(|days| (1..=LONGEST_DAYS).contains(days));
            if days.is_none() {
                errors.add("days", t.days_bad());
            }
            days.map(|days| days.to_string())
        }
        Some(ParameterName::MeanIncubationDays) => {
            let days =
                form.days.trim().parse::<f64>().ok().filter(|days| (0.1..=f64::from(LONGEST_DAYS)).contains(days));
            if days.is_none() {
                errors.add("days", t.mean_days_bad());
            }
            days.map(|days| days.to_string())
        }
        Some(ParameterName::AtOnceMinutes) => {
            let minutes = form.days.trim().parse::<u32>().ok().filter(|minutes| (1..=MOST_MINUTES).contains(minutes));
            if minutes.is_none() {
                errors.add("days", t.minutes_bad());
            }
            minutes.map(|minutes| minutes.to_string())
        }
        Some(ParameterName::Class) => {
            let class = DiseaseClass::from_code(&form.class);
            if class.is_none() {
                errors.add("class", t.class_none());
            }
            class.map(|class| class.code().to_owned())
        }
        None => {
            errors.add("name", t.parameter_none());
            None
        }
    };
    let from_on = form.from_on.trim().parse().ok();
    if from_on.is_none() {
        errors.add("from_on", t.day_bad());
    }
    let source = form.source.trim();
    if source.is_empty() {
        errors.add("source", t.source_none());
    }
    match (name, value, from_on, errors.is_empty()) {
        (Some(name), Some(value), Some(from_on), true) => Ok(ParameterRecord {
            name,
            value,
            from_on,
            source: source.to_owned(),
            by: String::new(),
            at_ms: visit.now_ms,
        }),
        _ => Err(errors),
    }
}
