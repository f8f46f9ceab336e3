use askama::Template;
use lianfang_domain::{MeetingId, access::Act};
use lianfang_store::{Decision, Meeting};

use super::{decide::DecisionForm, here, href, open::MeetingForm, trail, words::MeetingWords};
use crate::{
    Fault, Frame,
    at::At,
    fault::PageResult,
    form::FormErrors,
    page::{form_page, page},
    shown::instant,
    visit::Visit,
};

/// A meeting with its minutes and decisions.
#[derive(Template)]
#[template(path = "meeting/show.html")]
pub(crate) struct MeetingPage {
    frame: Frame,
    t: MeetingWords,
    href: String,
    held_at: String,
    form: MeetingForm,
    decision: DecisionForm,
    decisions: Vec<DecisionLine>,
    n_to_order: usize,
    may_hold: bool,
    errors: FormErrors,
}

form_page!(MeetingPage);

struct DecisionLine {
    id: String,
    words: String,
    units: String,
    due: String,
    state: &'static str,
    tone: &'static str,
    /// Where its orders are; empty while there are none.
    orders: String,
    by: String,
}

pub(super) async fn show(visit: Visit, At(id): At<MeetingId>) -> PageResult {
    let meeting = here(&visit, id).await?;
    page(&meeting_page(&visit, &meeting, None, FormErrors::default()).await?)
}

/// The page of a meeting, with what was typed where a form is shown again.
pub(super) async fn meeting_page(
    visit: &Visit,
    meeting: &Meeting,
    typed: Option<MeetingForm>,
    errors: FormErrors,
) -> Result<MeetingPage, Fault> {
    with_decision(visit, meeting, typed, DecisionForm::default(), errors).await
}

pub(super) async fn with_decision(
    visit: &Visit,
    meeting: &Meeting,
    typed: Option<MeetingForm>,
    decision: DecisionForm,
    errors: FormErrors,
) -> Result<MeetingPage, Fault> {
    let t = MeetingWords(visit.lang);
    let decisions = visit.app.store().decisions(meeting).await?;
    let may_hold = visit.scope_of(Act::HoldMeetings).holds_area(&meeting.area);
    Ok(MeetingPage {
        frame: visit.frame(&meeting.name, trail(visit)),
        href: href(meeting.id),
        held_at: instant(meeting.held_at_ms, visit.lang),
        form: typed.unwrap_or_else(|| MeetingForm::of(meeting)),
        decision,
        n_to_order: decisions.iter().filter(|one| is_to_order(one)).count(),
        decisions: decisions.into_iter().map(|one| line(visit, one)).collect(),
        may_hold,
        errors,
        t,
    })
}

/// Whether it names units and has not become orders.
pub(super) fn is_to_order(decision: &Decision) -> bool {
    decision.batch.is_none() && !decision.units.trim().is_empty()
}

fn line(visit: &Visit, one: Decision) -> DecisionLine {
    let t = MeetingWords(visit.lang);
    let (state, tone) = match (&one.batch, is_to_order(&one)) {
        (Some(_), _) => (t.ordered(), "good"),
        (None, true) => (t.to_order(), "warning"),
        (None, false) => (t.only_noted(), "neutral"),
    };
    DecisionLine {
        id: one.id.to_string(),
        due: one.due_at_ms.map(|at| instant(at, visit.lang)).unwrap_or_default(),
        orders: one.batch.map(|batch| format!("/orders?batch={batch}")).unwrap_or_default(),
        by: format!("{} {}", instant(one.at_ms, visit.lang), one.by),
        words: one.words,
        units: one.units.replace('\n', visit.lang.pick("、", ", ")),
        state,
        tone,
    }
}
