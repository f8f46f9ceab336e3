use lianfang_domain::{MeetingId, OrderBatchId};

use super::{
    decide::DecisionForm,
    here,
    show::{is_to_order, with_decision},
    words::MeetingWords,
};
use crate::{
    at::At,
    fault::PageResult,
    form::{FormErrors, Nothing, Sent},
    keep::{Refusals, keep},
    order::{Decided, issue_decided},
    page::{again, see_other},
    visit::Visit,
};

/// Makes every decision that names units an order for each of them: one act, all or none.
pub(super) async fn send(visit: Visit, At(id): At<MeetingId>, Sent(Nothing {}): Sent<Nothing>) -> PageResult {
    let (meeting, t) = (here(&visit, id).await?, MeetingWords(visit.lang));
    let batch = OrderBatchId(visit.app.store().new_id(visit.now_ms));
    let (mut errors, mut n) = (FormErrors::default(), 0);
    let decisions = visit.app.store().decisions(&meeting).await?;
    let mut tx = visit.begin();
    tx.about("meeting", id, Some(&meeting.area));
    for decision in decisions.iter().filter(|one| is_to_order(one)) {
        let decided = Decided {
            words: &decision.words,
            units: &decision.units,
            due_at_ms: decision.due_at_ms,
            meeting: &meeting.name,
            incident: meeting.incident,
        };
        match issue_decided(&visit, &mut tx, &decided, batch).await? {
            Ok(issued) => n += issued,
            Err(why) => errors.add("", format!("{}{}{why}", decision.words, visit.lang.pick("：", ": "))),
        }
        tx.order_decision(&meeting, decision, batch);
    }
    if n == 0 && errors.is_empty() {
        errors.add("", t.nothing_to_order());
    }
    if errors.is_empty() {
        tx.changed("n_orders", 0, i64::try_from(n).unwrap_or(i64::MAX));
        match keep(tx, Refusals::changed(t.changed())).await? {
            Ok(()) => return Ok(see_other(&format!("/orders?batch={batch}"))),
            Err(raced) => errors = raced,
        }
    }
    again(&with_decision(&visit, &meeting, None, DecisionForm::default(), errors).await?)
}
