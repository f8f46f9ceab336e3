use lianfang_domain::{IncidentId, incident::Disease};
use lianfang_store::IncidentRecord;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    IncidentWords,
    facts::{Typed, facts_page, typed},
    href, open_here, plans,
};
use crate::{
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

/// What an incident is.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "IncidentToChange")]
pub(super) struct ChangeForm {
    pub(super) version: i64,
    pub(super) name: String,
    /// The code of a disease; empty where there is none.
    pub(super) disease: String,
    /// An accepted plan.
    pub(super) plan: String,
    pub(super) onset_on: String,
    pub(super) summary: String,
}

impl ChangeForm {
    pub(super) fn of(record: &IncidentRecord) -> ChangeForm {
        ChangeForm {
            version: record.version,
            name: record.name.clone(),
            disease: record.disease.clone(),
            plan: record.plan.map(|plan| plan.to_string()).unwrap_or_default(),
            onset_on: record.onset_on.map(|day| day.to_string()).unwrap_or_default(),
            summary: record.summary.clone(),
        }
    }
}

pub(super) async fn send(visit: Visit, At(id): At<IncidentId>, Sent(form): Sent<ChangeForm>) -> PageResult {
    let record = open_here(&visit, id).await?;
    let new = match read(&visit, &record, &form).await? {
        Ok(new) => new,
        Err(errors) => {
            let typed = Typed { change: form, ..typed(&visit, &record) };
            return again(&facts_page(&visit, &record, typed, errors).await?);
        }
    };
    let seen = IncidentRecord { version: form.version, ..record };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&seen.area));
    tx.change_incident(&seen, &new);
    match keep(tx, Refusals::changed(IncidentWords(visit.lang).changed())).await? {
        Ok(()) => Ok(see_other(&format!("{}/facts", href(id)))),
        Err(errors) => {
            let now = super::here(&visit, id).await?;
            let typed = Typed { change: ChangeForm { version: now.version, ..form }, ..typed(&visit, &now) };
            again(&facts_page(&visit, &now, typed, errors).await?)
        }
    }
}

async fn read(
    visit: &Visit,
    record: &IncidentRecord,
    form: &ChangeForm,
) -> Result<Result<IncidentRecord, FormErrors>, crate::Fault> {
    let (t, mut errors) = (IncidentWords(visit.lang), FormErrors::default());
    let name = form.name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        errors.add("name", t.name_bad());
    }
    if !form.disease.is_empty() && form.disease != record.disease && Disease::from_code(&form.disease).is_none() {
        errors.add("disease", t.disease_bad());
    }
    let plan = form.plan.parse().ok();
    let is_offered = plans(visit, "").await?.iter().any(|choice| choice.value == form.plan);
    if !form.plan.is_empty() && plan != record.plan && !is_offered {
        errors.add("plan", t.plan_bad());
    }
    let onset_on = form.onset_on.trim().parse().ok().filter(|day| *day <= visit.day());
    if !form.onset_on.trim().is_empty() && onset_on.is_none() {
        errors.add("onset_on", t.day_bad());
    }
    Ok(if errors.is_empty() {
        Ok(IncidentRecord {
            name: name.to_owned(),
            disease: form.disease.clone(),
            plan,
            onset_on,
            summary: form.summary.trim().to_owned(),
            ..record.clone()
        })
    } else {
        Err(errors)
    })
}
