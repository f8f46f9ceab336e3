use lianfang_domain::{
    IncidentId,
    incident::{EntryKind, NoDecision, may_decide},
};
use lianfang_store::NewEntry;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    IncidentWords, href,
    log::{Page, log_page},
    open_here,
};
use crate::{
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, see_other},
    typed_time::instant_of,
    visit::Visit,
};

/// What is noted in the log.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "EntryToNote")]
pub(super) struct EntryForm {
    /// event or decision.
    pub(super) kind: String,
    /// `2026-11-22T15:00`, in China's time.
    pub(super) at: String,
    pub(super) words: String,
    /// On what a decision rests.
    pub(super) basis: String,
    /// Who carries it out.
    pub(super) addressees: String,
}

pub(super) async fn send(visit: Visit, At(id): At<IncidentId>, Sent(form): Sent<EntryForm>) -> PageResult {
    let record = open_here(&visit, id).await?;
    let entry = match read(&visit, &form) {
        Ok(entry) => entry,
        Err(errors) => return again(&log_page(&visit, &record, &Page::default(), form, errors).await?),
    };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&record.area));
    tx.note(&record, &entry);
    tx.commit().await?;
    Ok(see_other(&format!("{}/log", href(id))))
}

fn read(visit: &Visit, form: &EntryForm) -> Result<NewEntry, FormErrors> {
    let (t, mut errors) = (IncidentWords(visit.lang), FormErrors::default());
    let at_ms = instant_of(&form.at).filter(|at| *at <= visit.now_ms);
    if at_ms.is_none() {
        errors.add("at", t.time_bad());
    }
    let is_decision = form.kind == EntryKind::Decision.code();
    if is_decision {
        let now_ms = visit.now_ms;
        if let Err(why) = may_decide(&form.words, &form.basis, &form.addressees, at_ms.unwrap_or(now_ms), now_ms) {
            let field = match why {
                NoDecision::NoMeasure => "words",
                NoDecision::NoBasis => "basis",
                NoDecision::NoAddressee => "addressees",
                NoDecision::NotYet => "at",
            };
            errors.add(field, why.words(visit.lang));
        }
    } else if form.words.trim().is_empty() {
        errors.add("words", t.words_none());
    }
    let trimmed = |text: &str| if is_decision { text.trim().to_owned() } else { String::new() };
    match at_ms {
        Some(at_ms) if errors.is_empty() => Ok(NewEntry {
            kind: if is_decision { EntryKind::Decision } else { EntryKind::Event },
            at_ms,
            words: form.words.trim().to_owned(),
            basis: trimmed(&form.basis),
            addressees: trimmed(&form.addressees),
        }),
        _ => Err(errors),
    }
}
