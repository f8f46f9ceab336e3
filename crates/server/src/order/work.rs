use lianfang_domain::{
    access::{Act, Scope},
    clock::end_of_day_ms,
    order::OrderState,
};
use lianfang_store::{OrderSearch, OrderTally, StateFilter};

use super::{line::OrderLine, words::OrderWords};
use crate::{Fault, visit::Visit, work::Section};

/// Orders shown in a section.
const SHOWN: u32 = 8;

/// What orders ask of the user: as the unit that carries them out, and as whoever issued them.
pub(crate) async fn sections(visit: &Visit) -> Result<Vec<Section>, Fault> {
    let mut sections = Vec::new();
    let (does, issues) = (visit.scope_of(Act::DoOrders), visit.scope_of(Act::IssueOrders));
    let mut tally = None;
    if !does.is_nothing() {
        let own = visit.app.store().tally_orders(&does, visit.now_ms).await?;
        receiving(visit, (&does, &own), &mut sections).await?;
        tally = Some(own).filter(|_| does == issues);
    }
    if !issues.is_nothing() {
        let tally = match tally {
            Some(tally) => tally,
            None => visit.app.store().tally_orders(&issues, visit.now_ms).await?,
        };
        issuing(visit, (&issues, &tally), does.is_nothing(), &mut sections).await?;
    }
    Ok(sections)
}

/// Orders of a scope, with how many there are in each state.
type Counted<'a> = (&'a Scope, &'a OrderTally);

async fn receiving(visit: &Visit, scope: Counted<'_>, sections: &mut Vec<Section>) -> Result<(), Fault> {
    let t = super::super::work::WorkWords(visit.lang);
    let end = end_of_day_ms(visit.day()).unwrap_or(visit.now_ms);
    let wanted = [
        (t.late(), "late", "bad", StateFilter::Late),
        (t.to_sign(), "issued", "warning", StateFilter::One(OrderState::Issued)),
        (t.returned(), "returned", "bad", StateFilter::One(OrderState::Returned)),
        (t.due_today(), "today", "warning", StateFilter::DueBefore(end)),
        (t.to_answer(), "supervised", "bad", StateFilter::Supervised),
        (t.in_hand(), "in_hand", "neutral", StateFilter::InHand),
    ];
    for (title, code, tone, state) in wanted {
        sections.push(section(visit, scope, (title, code, tone), state).await?);
    }
    Ok(())
}

/// What waits for the issuer; whether those that are late belong to them depends on nobody else having shown them.
async fn issuing(visit: &Visit, scope: Counted<'_>, with_late: bool, sections: &mut Vec<Section>) -> Result<(), Fault> {
    let t = super::super::work::WorkWords(visit.lang);
    let decide = (t.to_decide(), "reported", "warning");
    sections.push(section(visit, scope, decide, StateFilter::One(OrderState::Reported)).await?);
    if with_late {
        sections.push(section(visit, scope, (t.late_units(), "late", "bad"), StateFilter::Late).await?);
        let supervised = (t.supervised(), "supervised", "warning");
        sections.push(section(visit, scope, supervised, StateFilter::Supervised).await?);
        let unsigned = (t.unsigned(), "issued", "neutral");
        sections.push(section(visit, scope, unsigned, StateFilter::One(OrderState::Issued)).await?);
    }
    Ok(())
}

/// How many a tally has of a filter; none where it does not tell.
fn counted(tally: &OrderTally, state: StateFilter) -> Option<i64> {
    match state {
        StateFilter::Late => Some(tally.n_late()),
        StateFilter::One(state) => Some(tally.n(state)),
        StateFilter::InHand => {
            Some([OrderState::Signed, OrderState::Doing, OrderState::Returned].map(|one| tally.n(one)).iter().sum())
        }
        _ => None,
    }
}

async fn section(
    visit: &Visit,
    (scope, tally): Counted<'_>,
    (title, code, tone): (&'static str, &'static str, &'static str),
    state: StateFilter,
) -> Result<Section, Fault> {
    let (store, known) = (visit.app.store(), counted(tally, state));
    let search = OrderSearch { state, now_ms: visit.now_ms, limit: SHOWN, ..OrderSearch::default() };
    let rows = if known == Some(0) { Vec::new() } else { store.order_rows(&search, scope).await? };
    let n = match known {
        Some(n) => n,
        None if rows.len() < usize::try_from(SHOWN).unwrap_or(usize::MAX) => i64::try_from(rows.len()).unwrap_or(0),
        None => store.count_orders(&search, scope).await?,
    };
    Ok(Section {
        title,
        tone,
        n,
        lines: rows.into_iter().map(|row| OrderLine::of(row, visit)).collect(),
        href: format!("/orders?state={code}"),
        all: OrderWords(visit.lang).show_all(),
    })
}
