use lianfang_domain::{MeetingId, PartId};
use lianfang_store::Decision;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{here, href, show::with_decision, words::MeetingWords};
use crate::{
    Fault,
    at::At,
    fault::PageResult,
    form::{FormErrors, Nothing, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    typed_time::instant_of,
    visit::Visit,
};

/// A decision as it is typed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "DecisionToNote")]
pub(super) struct DecisionForm {
    pub(super) words: String,
    /// Registered names, one a line.
    pub(super) units: String,
    /// `2026-11-22T18:00`, in China's time.
    pub(super) due_at: String,
}

pub(super) async fn send(visit: Visit, At(id): At<MeetingId>, Sent(form): Sent<DecisionForm>) -> PageResult {
    let (meeting, t) = (here(&visit, id).await?, MeetingWords(visit.lang));
    let mut errors = FormErrors::default();
    if form.words.trim().is_empty() {
        errors.add("words", t.decision_bad());
    }
    let due_at_ms = instant_of(&form.due_at);
    if !form.due_at.trim().is_empty() && due_at_ms.is_none() {
        errors.add("due_at", t.time_bad());
    }
    if !errors.is_empty() {
        return again(&with_decision(&visit, &meeting, None, form, errors).await?);
    }
    let new = Decision {
        id: PartId(visit.app.store().new_id(visit.now_ms)),
        words: form.words.trim().to_owned(),
        units: form.units.trim().replace("\r\n", "\n"),
        due_at_ms,
        batch: None,
        by: String::new(),
        at_ms: visit.now_ms,
    };
    let mut tx = visit.begin();
    tx.about("meeting", id, Some(&meeting.area));
    tx.add_decision(&meeting, &new);
    tx.commit().await?;
    Ok(see_other(&format!("{}#decisions", href(id))))
}

/// Takes a decision out that was noted by mistake.
pub(super) async fn drop_it(
    visit: Visit,
    At((id, part)): At<(MeetingId, PartId)>,
    Sent(Nothing {}): Sent<Nothing>,
) -> PageResult {
    let meeting = here(&visit, id).await?;
    let decisions = visit.app.store().decisions(&meeting).await?;
    let seen = decisions.into_iter().find(|one| one.id == part).ok_or(Fault::NotFound)?;
    let mut tx = visit.begin();
    tx.about("meeting", id, Some(&meeting.area));
    tx.drop_decision(&meeting, &seen);
    match keep(tx, Refusals::changed(MeetingWords(visit.lang).changed())).await? {
        Ok(()) => Ok(see_other(&format!("{}#decisions", href(id)))),
        Err(errors) => again(&with_decision(&visit, &meeting, None, DecisionForm::default(), errors).await?),
    }
}
