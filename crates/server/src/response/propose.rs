use lianfang_domain::{
    IncidentId, ProposalId,
    incident::EntryKind,
    notice::{NoticeKind, Urgency},
    response::{Judgement, Missing, Opinion, ProposalState, missing},
};
use lianfang_store::{NewEntry, ProposalRecord};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Case, LevelWords, finish, here, refused,
    tell::{WHO_DECIDES, tell},
};
use crate::{
    Fault,
    at::At,
    fault::PageResult,
    form::{FormErrors, Seen, Sent},
    incident::end_facts,
    visit::Visit,
};

/// What is still missing before a change can be proposed.
pub(super) async fn still_missing(visit: &Visit, case: &Case) -> Result<Vec<Missing>, Fault> {
    let store = visit.app.store();
    let opinions = store.opinions(&case.incident, case.proposal.id).await?;
    let opinions: Vec<Opinion> = opinions.into_iter().map(|one| one.opinion).collect();
    let judgements = store.judgements(&case.incident, case.proposal.id).await?;
    let judgements: Vec<Judgement> = judgements.into_iter().map(|one| one.judgement).collect();
    let end = end_facts(visit, &case.incident).await?;
    let known = (judgements.as_slice(), &end, visit.day());
    Ok(missing(&case.demand(visit).await?, case.proposal.change, &case.proposal.assessment, &opinions, known))
}

/// Proposes the change, once nothing that the plan demands is missing.
pub(super) async fn send(
    visit: Visit,
    At((id, proposal)): At<(IncidentId, ProposalId)>,
    Sent(seen): Sent<Seen>,
) -> PageResult {
    let case = here(&visit, id, proposal).await?;
    let mut errors = FormErrors::default();
    for one in still_missing(&visit, &case).await? {
        errors.add("", one.words(visit.lang));
    }
    if case.proposal.state != ProposalState::Assessing {
        errors.add("", LevelWords(visit.lang).not_assessing());
    }
    if !errors.is_empty() {
        return refused(&visit, &case, errors).await;
    }
    let record = ProposalRecord { version: seen.version, ..case.proposal.clone() };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&case.incident.area));
    tx.propose(&case.incident, &record);
    let words = LevelWords(visit.lang).proposed(&record.change.words(visit.lang));
    tx.note(&case.incident, &NewEntry::of(EntryKind::Level, visit.now_ms, words));
    tell(&visit, &mut tx, &case, (WHO_DECIDES, NoticeKind::ToDecide), Urgency::Urgent).await?;
    finish(&visit, tx, &case).await
}

/// Why a proposal is withdrawn.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "ProposalToWithdraw")]
pub(super) struct WithdrawForm {
    version: i64,
    withdraw_why: String,
}

/// Withdraws a proposal that is not decided.
pub(super) async fn withdraw(
    visit: Visit,
    At((id, proposal)): At<(IncidentId, ProposalId)>,
    Sent(form): Sent<WithdrawForm>,
) -> PageResult {
    let case = here(&visit, id, proposal).await?;
    let (t, why) = (LevelWords(visit.lang), form.withdraw_why.trim());
    if why.is_empty() {
        let mut errors = FormErrors::default();
        errors.add("withdraw_why", t.why_none());
        return refused(&visit, &case, errors).await;
    }
    let record = ProposalRecord { version: form.version, ..case.proposal.clone() };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&case.incident.area));
    tx.withdraw(&case.incident, &record, why);
    let words = t.withdrawn(&record.change.words(visit.lang));
    let entry = NewEntry { basis: why.to_owned(), ..NewEntry::of(EntryKind::Level, visit.now_ms, words) };
    tx.note(&case.incident, &entry);
    finish(&visit, tx, &case).await
}
