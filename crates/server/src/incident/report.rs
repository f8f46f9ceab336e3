use lianfang_domain::{IncidentId, incident::EntryKind};
use lianfang_store::{IncidentRecord, NewEntry};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{IncidentWords, here, href, open_here, show::incident_page};
use crate::{
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

/// The kind of thing for which the clock of a first report runs.
pub(super) const CLOCK: &str = "incident.report";

/// To whom an incident was reported.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "IncidentToReport")]
pub(super) struct ReportForm {
    version: i64,
    reported_to: String,
}

/// Notes the first report. Its time is that of the server and cannot be typed.
pub(super) async fn send(visit: Visit, At(id): At<IncidentId>, Sent(form): Sent<ReportForm>) -> PageResult {
    let record = open_here(&visit, id).await?;
    let (t, to) = (IncidentWords(visit.lang), form.reported_to.trim());
    if to.is_empty() {
        let mut errors = FormErrors::default();
        errors.add("reported_to", t.reported_to_none());
        return again(&incident_page(&visit, &record, errors).await?);
    }
    let seen = IncidentRecord { version: form.version, ..record };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&seen.area));
    tx.report_incident(&seen, to);
    for clock in visit.app.store().clocks_of(CLOCK, &id.to_string()).await? {
        tx.stop_clock(&clock, Some(visit.now_ms))?;
    }
    let entry =
        NewEntry { addressees: to.to_owned(), ..NewEntry::of(EntryKind::Report, visit.now_ms, t.first_reported()) };
    tx.note(&seen, &entry);
    match keep(tx, Refusals::changed(t.changed())).await? {
        Ok(()) => Ok(see_other(&href(id))),
        Err(errors) => again(&incident_page(&visit, &here(&visit, id).await?, errors).await?),
    }
}
