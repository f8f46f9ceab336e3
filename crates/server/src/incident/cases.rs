use lianfang_domain::{IncidentId, PartId, incident::EntryKind};
use lianfang_store::{CaseOrigin, NewCases, NewEntry};
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
    keep::{Refusals, keep},
    page::{again, see_other},
    shown::date,
    visit::Visit,
};

/// Cases that became known together. No person is named here.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "CasesToNote")]
pub(super) struct CasesForm {
    pub(super) n_cases: String,
    /// local or imported.
    pub(super) origin: String,
    /// When the last of them was isolated.
    pub(super) isolated_on: String,
    /// From where it is known.
    pub(super) cases_source: String,
}

/// Why a note of cases is struck out.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "CasesToStrike")]
pub(super) struct StrikeForm {
    why: String,
}

pub(super) async fn send(visit: Visit, At(id): At<IncidentId>, Sent(form): Sent<CasesForm>) -> PageResult {
    let record = open_here(&visit, id).await?;
    let new = match read(&visit, &form) {
        Ok(new) => new,
        Err(errors) => {
            let typed = Typed { cases: form, ..typed(&visit, &record) };
            return again(&facts_page(&visit, &record, typed, errors).await?);
        }
    };
    let t = IncidentWords(visit.lang);
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&record.area));
    tx.note_cases(&record, &new);
    let origin = if new.origin == CaseOrigin::Local { t.local() } else { t.imported() };
    let words = t.cases_noted(new.n_cases, origin, &date(new.isolated_on, visit.lang));
    tx.note(&record, &NewEntry { basis: new.source, ..NewEntry::of(EntryKind::Cases, visit.now_ms, words) });
    tx.commit().await?;
    Ok(see_other(&format!("{}/facts#cases", href(id))))
}

fn read(visit: &Visit, form: &CasesForm) -> Result<NewCases, FormErrors> {
    let (t, mut errors) = (IncidentWords(visit.lang), FormErrors::default());
    let n_cases = form.n_cases.trim().parse::<i64>().ok().filter(|n| *n > 0);
    if n_cases.is_none() {
        errors.add("n_cases", t.n_cases_bad());
    }
    let origin = CaseOrigin::from_code(&form.origin);
    if origin.is_none() {
        errors.add("origin", t.origin_none());
    }
    let isolated_on = form.isolated_on.trim().parse().ok().filter(|day| *day <= visit.day());
    if isolated_on.is_none() {
        errors.add("isolated_on", t.day_bad());
    }
    match (n_cases, origin, isolated_on) {
        (Some(n_cases), Some(origin), Some(isolated_on)) => Ok(NewCases {
            id: PartId(visit.app.store().new_id(visit.now_ms)),
            n_cases,
            origin,
            isolated_on,
            source: form.cases_source.trim().to_owned(),
        }),
        _ => Err(errors),
    }
}

/// Strikes out what was noted by mistake; it stays to be seen, with the reason.
pub(super) async fn strike(
    visit: Visit,
    At((id, part)): At<(IncidentId, PartId)>,
    Sent(form): Sent<StrikeForm>,
) -> PageResult {
    let record = open_here(&visit, id).await?;
    let (t, why) = (IncidentWords(visit.lang), form.why.trim());
    let mut errors = FormErrors::default();
    if why.is_empty() {
        errors.add("cases", t.why_none());
        return again(&facts_page(&visit, &record, typed(&visit, &record), errors).await?);
    }
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&record.area));
    tx.strike_cases(&record, part, why);
    let entry = NewEntry { basis: why.to_owned(), ..NewEntry::of(EntryKind::Cases, visit.now_ms, t.cases_struck()) };
    tx.note(&record, &entry);
    match keep(tx, Refusals::changed(t.changed())).await? {
        Ok(()) => Ok(see_other(&format!("{}/facts#cases", href(id)))),
        Err(errors) => again(&facts_page(&visit, &record, typed(&visit, &record), errors).await?),
    }
}
