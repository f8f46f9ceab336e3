use lianfang_domain::{
    IncidentId, ProposalId,
    incident::EntryKind,
    notice::{NoticeKind, Urgency},
    response::{IsOwn, may_approve},
};
use lianfang_store::{NewEntry, ProposalRecord};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Case, LevelWords, finish, here,
    propose::still_missing,
    show_proposal::{Typed, proposal_page},
    tell::{WHO_FOLLOWS, WHO_PROPOSED, tell},
};
use crate::{
    Fault,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::again,
    visit::Visit,
};

/// A decision on a proposal.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "ProposalToDecide")]
pub(super) struct DecideForm {
    pub(super) version: i64,
    /// In whose name: one of those whom the plan names.
    pub(super) approver: String,
    pub(super) decision_words: String,
}

/// What stands against deciding, in words.
async fn checked(visit: &Visit, case: &Case, form: &DecideForm) -> Result<FormErrors, Fault> {
    let mut errors = FormErrors::default();
    let is_own = if case.proposal.proposed_by == Some(visit.seat()?.user) { IsOwn::Yes } else { IsOwn::No };
    let levels = (case.proposal.change.from, case.incident.level);
    let demand = case.demand(visit).await?;
    if let Err(why) = may_approve(case.proposal.state, is_own, levels, &demand, &form.approver) {
        errors.add("approver", why.words(visit.lang));
    }
    Ok(errors)
}

/// Approves a change: from then on the level is another one. What the plan demands is looked at once more, as a new case
/// may have started the clock to the end again since it was proposed.
pub(super) async fn approve(
    visit: Visit,
    At((id, proposal)): At<(IncidentId, ProposalId)>,
    Sent(form): Sent<DecideForm>,
) -> PageResult {
    let case = here(&visit, id, proposal).await?;
    let mut errors = checked(&visit, &case, &form).await?;
    for one in still_missing(&visit, &case).await? {
        errors.add("", one.words(visit.lang));
    }
    if !errors.is_empty() {
        return again(&proposal_page(&visit, &case, Typed { decision: form, ..Typed::default() }, errors).await?);
    }
    let record = ProposalRecord { version: form.version, ..case.proposal.clone() };
    let words = LevelWords(visit.lang).approved(&record.change.words(visit.lang), &form.approver);
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&case.incident.area));
    tx.approve(&case.incident, &record, (&form.approver, form.decision_words.trim()));
    let basis = form.decision_words.trim().to_owned();
    tx.note(&case.incident, &NewEntry { basis, ..NewEntry::of(EntryKind::Level, visit.now_ms, words) });
    tell(&visit, &mut tx, &case, (WHO_FOLLOWS, NoticeKind::LevelChanged), Urgency::Urgent).await?;
    finish(&visit, tx, &case).await
}

/// Refuses a change, with the reason.
pub(super) async fn refuse(
    visit: Visit,
    At((id, proposal)): At<(IncidentId, ProposalId)>,
    Sent(form): Sent<DecideForm>,
) -> PageResult {
    let case = here(&visit, id, proposal).await?;
    let (t, why) = (LevelWords(visit.lang), form.decision_words.trim());
    let mut errors = checked(&visit, &case, &form).await?;
    if why.is_empty() {
        errors.add("decision_words", t.why_none());
    }
    if !errors.is_empty() {
        return again(&proposal_page(&visit, &case, Typed { decision: form, ..Typed::default() }, errors).await?);
    }
    let record = ProposalRecord { version: form.version, ..case.proposal.clone() };
    let words = t.refused(&record.change.words(visit.lang), &form.approver);
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&case.incident.area)).because(why);
    tx.refuse(&case.incident, &record, (&form.approver, why));
    let basis = why.to_owned();
    tx.note(&case.incident, &NewEntry { basis, ..NewEntry::of(EntryKind::Level, visit.now_ms, words) });
    tell(&visit, &mut tx, &case, (WHO_PROPOSED, NoticeKind::LevelRefused), Urgency::Ordinary).await?;
    finish(&visit, tx, &case).await
}
