use lianfang_domain::{
    SitrepId,
    incident::EntryKind,
    sitrep::{SitrepStep, StepBy, next_sitrep},
};
use lianfang_store::{NewEntry, SitrepRecord, StoreError};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{filled::filled, here, href, number_of, show::sitrep_page, words::SitrepWords};
use crate::{
    Fault,
    app::day_of,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

/// A step with the version that the user saw.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "SitrepStepToTake")]
pub(super) struct StepForm {
    version: i64,
    /// Why, for sending back and withdrawing.
    reason: String,
}

pub(super) async fn clear(visit: Visit, At(id): At<SitrepId>, Sent(form): Sent<StepForm>) -> PageResult {
    take(&visit, id, SitrepStep::Clear, form).await
}

pub(super) async fn send_back(visit: Visit, At(id): At<SitrepId>, Sent(form): Sent<StepForm>) -> PageResult {
    take(&visit, id, SitrepStep::SendBack, form).await
}

pub(super) async fn withdraw(visit: Visit, At(id): At<SitrepId>, Sent(form): Sent<StepForm>) -> PageResult {
    take(&visit, id, SitrepStep::Withdraw, form).await
}

pub(super) async fn put_aside(visit: Visit, At(id): At<SitrepId>, Sent(form): Sent<StepForm>) -> PageResult {
    take(&visit, id, SitrepStep::Drop, form).await
}

pub(super) async fn issue(visit: Visit, At(id): At<SitrepId>, Sent(form): Sent<StepForm>) -> PageResult {
    take(&visit, id, SitrepStep::Issue, form).await
}

async fn take(visit: &Visit, id: SitrepId, step: SitrepStep, form: StepForm) -> PageResult {
    let (record, t) = (here(visit, id).await?, SitrepWords(visit.lang));
    let seen = SitrepRecord { version: form.version, ..record };
    let user = visit.seat()?.user.to_string();
    let text = filled(visit, &seen).await?;
    let by = StepBy { user: &user, cleared_by: &seen.cleared_by, reason: &form.reason, n_faults: text.faults.len() };
    let after = match next_sitrep(seen.state, step, by) {
        Ok(after) => after,
        Err(why) => {
            let mut errors = FormErrors::default();
            errors.add("", why.words(visit.lang));
            return again(&sitrep_page(visit, &here(visit, id).await?, errors).await?);
        }
    };
    let mut tx = visit.begin();
    tx.about("sitrep", id, Some(&seen.sitrep.area));
    if step == SitrepStep::Issue {
        let content = serde_json::to_string(&text.document).map_err(|error| Fault::Broken(error.to_string()))?;
        let number = next_number(visit, &seen).await?;
        tx.issue_sitrep(&seen, number, &content);
        note_in_log(visit, &mut tx, &seen, number).await?;
    } else {
        tx.step_sitrep(&seen, step, after, form.reason.trim());
    }
    // Whoever issues at the same moment takes the same number; the slower one looks again.
    let kept = match keep(tx, Refusals::changed(t.changed())).await {
        Err(Fault::Store(StoreError::Taken(_))) => {
            let mut errors = FormErrors::default();
            errors.add("", t.changed());
            Err(errors)
        }
        other => other?,
    };
    match kept {
        Ok(()) => Ok(see_other(if step == SitrepStep::Drop { "/sitreps".to_owned() } else { href(id) }.as_str())),
        Err(errors) => again(&sitrep_page(visit, &here(visit, id).await?, errors).await?),
    }
}

/// The next number of the year of issue.
async fn next_number(visit: &Visit, record: &SitrepRecord) -> Result<(i64, i64), Fault> {
    let year = i64::from(day_of(visit.now_ms).year());
    let last = visit.app.store().last_sitrep_number(&record.home(), record.sitrep.kind, year).await?;
    Ok((year, last + 1))
}

/// The log of the incident says that it was issued.
async fn note_in_log(
    visit: &Visit,
    tx: &mut lianfang_store::Tx<'_>,
    record: &SitrepRecord,
    number: (i64, i64),
) -> Result<(), Fault> {
    let Some(id) = record.sitrep.incident else { return Ok(()) };
    let scope = lianfang_domain::access::Scope::everywhere();
    if let Some(incident) = visit.app.store().incident(id, &scope).await? {
        let number = number_of(record.sitrep.kind, number, visit.lang);
        let words = format!("{} {} {number}", SitrepStep::Issue.words(visit.lang), record.sitrep.name);
        tx.note(&incident, &NewEntry::of(EntryKind::Report, visit.now_ms, words));
    }
    Ok(())
}
