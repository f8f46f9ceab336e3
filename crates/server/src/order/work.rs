use lianfang_domain::{
    access::{Act, Scope},
    clock::end_of_day_ms,
    order::OrderState,
};
use lianfang_store::{OrderSearch, StateFilter};

use super::{line::OrderLine, words::OrderWords};
use crate::{Fault, visit::Visit, work::Section};

/// Orders shown in a section.
const SHOWN: u32 = 8;

/// What orders ask of the user: as the unit that carries them out, and as whoever issued them.
pub(crate) async fn sections(visit: &Visit) -> Result<Vec<Section>, Fault> {
    let mut sections = Vec::new();
    let (does, issues) = (visit.scope_of(Act::DoOrders), visit.scope_of(Act::IssueOrders));
    if !does.is_nothing() {
        receiving(visit, &does, &mut sections).await?;
    }
    if !issues.is_nothing() {
        issuing(visit, &issues, does.is_nothing(), &mut sections).await?;
    }
    Ok(sections)
}

async fn receiving(visit: &Visit, scope: &Scope, sections: &mut Vec<Section>) -> Result<(), Fault> {
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
async fn issuing(visit: &Visit, scope: &Scope, with_late: bool, sections: &mut Vec<Section>) -> Result<(), Fault> {
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

async fn section(
    visit: &Visit,
    scope: &Scope,
    (title, code, tone): (&'static str, &'static str, &'static str),
    state: StateFilter,
) -> Result<Section, Fault> {
    let store = visit.app.store();
    let search = OrderSearch { state, now_ms: visit.now_ms, limit: SHOWN, ..OrderSearch::default() };
    let rows = store.order_rows(&search, scope).await?;
    let full = rows.len() == usize::try_from(SHOWN).unwrap_or(usize::MAX);
    let n = if full { store.count_orders(&search, scope).await? } else { i64::try_from(rows.len()).unwrap_or(0) };
    Ok(Section {
        title,
        tone,
        n,
        lines: rows.into_iter().map(|row| OrderLine::of(row, visit)).collect(),
        href: format!("/orders?state={code}"),
        all: OrderWords(visit.lang).show_all(),
    })
}
