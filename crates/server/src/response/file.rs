use lianfang_domain::{IncidentId, ProposalId, incident::EntryKind, response::ProposalState};
use lianfang_store::{NewEntry, ProposalRecord};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{LevelWords, finish, here, refused};
use crate::{
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    visit::Visit,
};

/// How an approved change was filed, or its receipt.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "ChangeToFile")]
pub(super) struct FileForm {
    version: i64,
    /// With whom; not for a receipt.
    with: String,
    number: String,
}

/// Notes that an approved change was filed with the level above.
pub(super) async fn send(
    visit: Visit,
    At((id, proposal)): At<(IncidentId, ProposalId)>,
    Sent(form): Sent<FileForm>,
) -> PageResult {
    let case = here(&visit, id, proposal).await?;
    let (t, mut errors) = (LevelWords(visit.lang), FormErrors::default());
    if case.proposal.state != ProposalState::Approved || case.proposal.filing.is_some() {
        errors.add("", t.not_to_file());
    }
    let (with, number) = (form.with.trim(), form.number.trim());
    if with.is_empty() {
        errors.add("with", t.with_none());
    }
    if !errors.is_empty() {
        return refused(&visit, &case, errors).await;
    }
    let record = ProposalRecord { version: form.version, ..case.proposal.clone() };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&case.incident.area));
    tx.file(&case.incident, &record, (with, number));
    let entry = NewEntry { basis: number.to_owned(), ..NewEntry::of(EntryKind::Level, visit.now_ms, t.filed(with)) };
    tx.note(&case.incident, &NewEntry { addressees: with.to_owned(), ..entry });
    finish(&visit, tx, &case).await
}

/// Notes the receipt of a filing.
pub(super) async fn receipt(
    visit: Visit,
    At((id, proposal)): At<(IncidentId, ProposalId)>,
    Sent(form): Sent<FileForm>,
) -> PageResult {
    let case = here(&visit, id, proposal).await?;
    let t = LevelWords(visit.lang);
    let is_awaited = case.proposal.filing.as_ref().is_some_and(|filing| filing.receipt.is_none());
    let number = form.number.trim();
    let mut errors = FormErrors::default();
    if !is_awaited {
        errors.add("", t.no_receipt_awaited());
    }
    if number.is_empty() {
        errors.add("number", t.number_none());
    }
    if !errors.is_empty() {
        return refused(&visit, &case, errors).await;
    }
    let record = ProposalRecord { version: form.version, ..case.proposal.clone() };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&case.incident.area));
    tx.note_receipt(&case.incident, &record, number);
    let entry = NewEntry::of(EntryKind::Level, visit.now_ms, t.receipt_came(number));
    tx.note(&case.incident, &entry);
    finish(&visit, tx, &case).await
}
