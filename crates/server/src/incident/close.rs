use lianfang_domain::{
    IncidentId,
    incident::{EntryKind, IncidentState},
};
use lianfang_store::{IncidentRecord, NewEntry};

use super::{IncidentWords, here, href, show::incident_page};
use crate::{
    at::At,
    fault::PageResult,
    form::{FormErrors, Seen, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

/// Closes an incident of which no response runs.
pub(super) async fn send(visit: Visit, At(id): At<IncidentId>, Sent(seen): Sent<Seen>) -> PageResult {
    set(visit, id, seen, IncidentState::Closed).await
}

/// Opens a closed incident again.
pub(super) async fn reopen(visit: Visit, At(id): At<IncidentId>, Sent(seen): Sent<Seen>) -> PageResult {
    set(visit, id, seen, IncidentState::Open).await
}

async fn set(visit: Visit, id: IncidentId, seen: Seen, state: IncidentState) -> PageResult {
    let record = here(&visit, id).await?;
    let t = IncidentWords(visit.lang);
    if state == IncidentState::Closed && record.level.is_some() {
        let mut errors = FormErrors::default();
        errors.add("", t.still_runs());
        return again(&incident_page(&visit, &record, errors).await?);
    }
    let record = IncidentRecord { version: seen.version, ..record };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&record.area));
    tx.set_incident_state(&record, state);
    let words = if state == IncidentState::Closed { t.closed_noted() } else { t.reopened_noted() };
    tx.note(&record, &NewEntry::of(EntryKind::Opened, visit.now_ms, words));
    match keep(tx, Refusals::changed(t.changed())).await? {
        Ok(()) => Ok(see_other(&href(id))),
        Err(errors) => again(&incident_page(&visit, &here(&visit, id).await?, errors).await?),
    }
}
