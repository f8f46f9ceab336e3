use lianfang_domain::{
    ReportId,
    notice::{About, Notice, NoticeKind, Urgency},
    report::{ReportStep, next_state},
};
use lianfang_store::ReportRecord;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    ground::{Ground, Place},
    href,
    show::report_page,
    words::ReportWords,
};
use crate::{
    Fault,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

/// Why a report is sent back.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "ReportToReturn")]
pub(super) struct ReturnForm {
    /// The version that was seen.
    version: i64,
    /// The reason.
    why: String,
}

/// Sends a report back to the unit, which is told why.
pub(super) async fn send(visit: Visit, At(id): At<ReportId>, Sent(form): Sent<ReturnForm>) -> PageResult {
    let ground = Ground::read(&visit, &visit.scope, Place::Kept(id)).await?;
    let record = ground.record.clone().ok_or(Fault::NotFound)?;
    let why = form.why.trim();
    let mut errors = FormErrors::default();
    if let Err(refusal) = next_state(Some(record.state), ReportStep::Return, ground.facts(&visit, why)) {
        errors.add("why", refusal.words(visit.lang));
        return again(&report_page(&visit, &ground, why, errors).await?);
    }
    let seen = ReportRecord { version: form.version, ..record };
    let to = visit.app.store().users_for_unit(ground.key.unit, visit.day()).await?;
    let about = About { what: ground.title(), more: why.to_owned(), due_ms: None };
    let area = ground.key.division.clone();
    let notice = Notice { kind: NoticeKind::ReportReturned, about, href: href(id), urgency: Urgency::Ordinary, area };
    let mut tx = visit.begin();
    tx.about("report", id, Some(&ground.key.division));
    tx.because(why);
    tx.return_report(&seen, why);
    tx.notify(&to, &notice)?;
    match keep(tx, Refusals::changed(ReportWords(visit.lang).changed())).await? {
        Ok(()) => Ok(see_other(&href(id))),
        Err(errors) => {
            let ground = Ground::read(&visit, &visit.scope, Place::Kept(id)).await?;
            again(&report_page(&visit, &ground, why, errors).await?)
        }
    }
}
