use lianfang_domain::{IncidentId, incident::EntryKind, plan::ResponseLevel};
use lianfang_store::{IncidentRecord, NewEntry};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    IncidentWords,
    facts::{facts_page, typed},
    href, open_here,
};
use crate::{
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

/// How grave the event is.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "GradeToSet")]
pub(super) struct GradeForm {
    version: i64,
    /// 1 (gravest) to 4.
    grade: String,
    /// On what it rests.
    grade_basis: String,
}

/// Sets the grade; the suggestion is only a suggestion.
pub(super) async fn send(visit: Visit, At(id): At<IncidentId>, Sent(form): Sent<GradeForm>) -> PageResult {
    let record = open_here(&visit, id).await?;
    let (t, mut errors) = (IncidentWords(visit.lang), FormErrors::default());
    let grade = form.grade.parse().ok().and_then(ResponseLevel::from_number);
    if grade.is_none() {
        errors.add("grade", t.grade_none());
    }
    let basis = form.grade_basis.trim();
    if basis.is_empty() {
        errors.add("grade_basis", t.basis_none());
    }
    if !errors.is_empty() {
        return again(&facts_page(&visit, &record, typed(&visit, &record), errors).await?);
    }
    let seen = IncidentRecord { version: form.version, ..record };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&seen.area)).because(basis);
    tx.grade_incident(&seen, grade);
    let words = t.graded(&grade.map(|grade| grade.words(visit.lang)).unwrap_or_default());
    let entry = NewEntry { basis: basis.to_owned(), ..NewEntry::of(EntryKind::Fact, visit.now_ms, words) };
    tx.note(&seen, &entry);
    match keep(tx, Refusals::changed(t.changed())).await? {
        Ok(()) => Ok(see_other(&format!("{}/facts#grade", href(id)))),
        Err(errors) => {
            let now = super::here(&visit, id).await?;
            again(&facts_page(&visit, &now, typed(&visit, &now), errors).await?)
        }
    }
}
