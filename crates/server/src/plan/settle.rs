use std::collections::BTreeMap;

use lianfang_domain::{PlanId, plan::may_accept};
use lianfang_store::{PlanRecord, Tx};

use super::{here, href, show::plan_page, words::PlanWords};
use crate::{
    Fault,
    at::At,
    fault::PageResult,
    form::{FormErrors, Seen, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

/// Accepts a draft, once its errors are answered.
pub(super) async fn accept(visit: Visit, At(id): At<PlanId>, Sent(seen): Sent<Seen>) -> PageResult {
    let record = here(&visit, id).await?;
    let store = visit.app.store();
    let answers = store.plan_answers(&record).await?;
    let verdicts = answers.into_iter().map(|(place, answer)| (place, answer.verdict)).collect();
    let content = store.plan_content(&record).await?;
    if let Err(why) = may_accept(&content.findings, &verdicts) {
        let mut errors = FormErrors::default();
        errors.add("findings", why.message(visit.lang));
        return again(&plan_page(&visit, &record, &BTreeMap::new(), errors).await?);
    }
    let follows = match record.replaces {
        Some(old) => Some(store.plan(old, &visit.scope).await?.ok_or(Fault::NotFound)?),
        None => None,
    };
    let seen = PlanRecord { version: seen.version, ..record };
    let mut tx = visit.begin();
    tx.accept_plan(&seen, follows.as_ref());
    finish(&visit, tx, &seen, &href(id)).await
}

/// Puts a draft aside.
pub(super) async fn drop_it(visit: Visit, At(id): At<PlanId>, Sent(seen): Sent<Seen>) -> PageResult {
    let seen = PlanRecord { version: seen.version, ..here(&visit, id).await? };
    let mut tx = visit.begin();
    tx.drop_plan(&seen);
    finish(&visit, tx, &seen, "/plans").await
}

async fn finish(visit: &Visit, mut tx: Tx<'_>, plan: &PlanRecord, to: &str) -> PageResult {
    tx.about("plan", plan.id, Some(&plan.area));
    match keep(tx, Refusals::changed(PlanWords(visit.lang).changed())).await? {
        Ok(()) => Ok(see_other(to)),
        Err(errors) => again(&plan_page(visit, &here(visit, plan.id).await?, &BTreeMap::new(), errors).await?),
    }
}
