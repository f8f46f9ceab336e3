use std::collections::BTreeMap;

use lianfang_domain::{PlanId, plan::Verdict};

use super::{here, href, show::plan_page, words::PlanWords};
use crate::{
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

/// What was sent: `verdict_N` and `note_N` for the findings, by their place.
type Fields = BTreeMap<String, String>;

/// An answer that was typed.
struct Typed {
    finding: usize,
    verdict: Verdict,
    note: String,
}

/// Keeps the answers to findings, those that say something new: one or all at once.
pub(super) async fn send(visit: Visit, At(id): At<PlanId>, Sent(fields): Sent<Fields>) -> PageResult {
    let record = here(&visit, id).await?;
    let answers = visit.app.store().plan_answers(&record).await?;
    let typed = typed(&fields);
    let mut errors = FormErrors::default();
    if typed.iter().any(|one| one.verdict.needs_note() && one.note.is_empty()) {
        errors.add("findings", PlanWords(visit.lang).note_needed());
        return again(&plan_page(&visit, &record, &fields, errors).await?);
    }
    let is_new = |one: &&Typed| {
        answers.get(&one.finding).is_none_or(|kept| kept.verdict != one.verdict || kept.note != one.note)
    };
    let n_findings = usize::try_from(record.n_findings).unwrap_or(0);
    let mut tx = visit.begin();
    tx.about("plan", id, Some(&record.area));
    let mut n_new = 0;
    for one in typed.iter().filter(is_new).filter(|one| one.finding < n_findings) {
        tx.answer_finding(&record, one.finding, one.verdict, &one.note);
        n_new += 1;
    }
    if n_new == 0 {
        return Ok(see_other(&href(id)));
    }
    match keep(tx, Refusals::changed(PlanWords(visit.lang).changed())).await? {
        Ok(()) => Ok(see_other(&href(id))),
        Err(errors) => again(&plan_page(&visit, &here(&visit, id).await?, &fields, errors).await?),
    }
}

fn typed(fields: &Fields) -> Vec<Typed> {
    let one = |(name, verdict): (&String, &String)| {
        let finding = name.strip_prefix("verdict_")?.parse().ok()?;
        let note = fields.get(&format!("note_{finding}")).map(|note| note.trim().chars().take(500).collect());
        Some(Typed { finding, verdict: Verdict::from_code(verdict)?, note: note.unwrap_or_default() })
    };
    fields.iter().filter_map(one).collect()
}
