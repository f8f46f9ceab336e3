use lianfang_domain::{
    IncidentId, ProposalId,
    access::Role,
    incident::EntryKind,
    response::{Opinion, OpinionVerdict, may_change_proposal},
};
use lianfang_store::{NewEntry, OpinionRecord, Signed};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    LevelWords, finish, here,
    show_proposal::{Typed, proposal_page},
};
use crate::{
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::again,
    visit::Visit,
};

/// An expert's opinion.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "OpinionToSign")]
pub(super) struct OpinionForm {
    /// The tier for which the expert speaks, as the plan names it.
    pub(super) tier: String,
    /// agree, disagree or abstain.
    pub(super) verdict: String,
    pub(super) words: String,
    /// The expert, where the office puts on record what was handed in.
    pub(super) expert: String,
}

/// Signs an opinion; the office puts one on record that an expert handed in, under the expert's name. Opinions cannot be
/// changed; an expert who thinks otherwise signs another.
pub(super) async fn send(
    visit: Visit,
    At((id, proposal)): At<(IncidentId, ProposalId)>,
    Sent(form): Sent<OpinionForm>,
) -> PageResult {
    let case = here(&visit, id, proposal).await?;
    let t = LevelWords(visit.lang);
    let tiers = case.demand(&visit).await?.tiers;
    let mut errors = FormErrors::default();
    if let Err(why) = may_change_proposal(case.proposal.state) {
        errors.add("", why.words(visit.lang));
    }
    if form.tier.is_empty() || !tiers.is_empty() && !tiers.contains(&form.tier) {
        errors.add("tier", t.tier_none());
    }
    let verdict = OpinionVerdict::from_code(&form.verdict);
    if verdict.is_none() {
        errors.add("verdict", t.verdict_none());
    }
    if form.words.trim().is_empty() {
        errors.add("words", t.opinion_none());
    }
    let seat = visit.seat()?;
    let is_expert = seat.grants.iter().any(|grant| grant.role == Role::Expert && grant.runs_on(visit.day()));
    let expert = if is_expert { seat.name.clone() } else { form.expert.trim().to_owned() };
    if expert.is_empty() {
        errors.add("expert", t.expert_none());
    }
    let Some(verdict) = verdict.filter(|_| errors.is_empty()) else {
        let typed = Typed { opinion: form, ..Typed::default() };
        return again(&proposal_page(&visit, &case, typed, errors).await?);
    };
    let signed = if is_expert { Signed::InPerson } else { Signed::OnRecord };
    let words = t.opined(&form.tier, verdict.words(visit.lang));
    let opinion = OpinionRecord {
        opinion: Opinion { tier: form.tier, verdict },
        expert,
        words: form.words.trim().to_owned(),
        signed,
        by: seat.login.clone(),
        at_ms: visit.now_ms,
    };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&case.incident.area));
    tx.sign_opinion(&case.incident, proposal, &opinion);
    tx.note(&case.incident, &NewEntry::of(EntryKind::Level, visit.now_ms, words));
    finish(&visit, tx, &case).await
}
