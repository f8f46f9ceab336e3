use lianfang_domain::{
    IncidentId, ProposalId,
    incident::EntryKind,
    response::{EndConditionKind, Judgement, may_change_proposal},
};
use lianfang_store::{JudgementRecord, NewEntry};
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

/// What a named person judges of a condition for ending.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "ConditionToJudge")]
pub(super) struct JudgeForm {
    /// The place of the condition, from 0.
    pub(super) condition: String,
    /// holds or `does_not_hold`.
    pub(super) holds: String,
    pub(super) person: String,
    pub(super) why: String,
}

pub(super) async fn send(
    visit: Visit,
    At((id, proposal)): At<(IncidentId, ProposalId)>,
    Sent(form): Sent<JudgeForm>,
) -> PageResult {
    let case = here(&visit, id, proposal).await?;
    let (t, mut errors) = (LevelWords(visit.lang), FormErrors::default());
    if let Err(why) = may_change_proposal(case.proposal.state) {
        errors.add("", why.words(visit.lang));
    }
    let demand = case.demand(&visit).await?;
    let place = form.condition.parse::<usize>().ok();
    // What the calendar decides is not for people to judge.
    let condition = place.and_then(|place| demand.conditions.get(place));
    let condition = condition.filter(|one| !matches!(one.kind, EndConditionKind::Incubations { .. }));
    if condition.is_none() {
        errors.add("condition", t.condition_none());
    }
    let holds = match form.holds.as_str() {
        "holds" => Some(true),
        "does_not_hold" => Some(false),
        _ => None,
    };
    if holds.is_none() {
        errors.add("holds", t.verdict_none());
    }
    for (field, value, why) in [("person", &form.person, t.person_none()), ("why", &form.why, t.why_none())] {
        if value.trim().is_empty() {
            errors.add(field, why);
        }
    }
    let (Some(condition), Some(holds), Some(text), true) =
        (place, holds, condition.map(|one| one.text.clone()), errors.is_empty())
    else {
        let typed = Typed { judgement: form, ..Typed::default() };
        return again(&proposal_page(&visit, &case, typed, errors).await?);
    };
    let judgement = JudgementRecord {
        judgement: Judgement { condition, holds, person: form.person.trim().to_owned() },
        words: form.why.trim().to_owned(),
        by: visit.seat()?.login.clone(),
        at_ms: visit.now_ms,
    };
    let words = if holds { t.judged_holds(&text) } else { t.judged_not(&text) };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&case.incident.area));
    tx.judge_condition(&case.incident, proposal, &judgement);
    let entry = NewEntry { basis: judgement.words, ..NewEntry::of(EntryKind::Level, visit.now_ms, words) };
    tx.note(&case.incident, &entry);
    finish(&visit, tx, &case).await
}
