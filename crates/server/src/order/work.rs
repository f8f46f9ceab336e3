use futures_util::future::{try_join, try_join_all};
use lianfang_domain::{
    access::{Act, Scope},
    clock::end_of_day_ms,
    order::OrderState,
};
use lianfang_store::{OrderSearch, OrderTally, StateFilter};

use super::{line::OrderLine, words::OrderWords};
use crate::{
    Fault,
    visit::Visit,
    work::{Section, WorkWords},
};

/// Orders shown in a section.
const SHOWN: u32 = 8;

/// What orders ask of the user: as the unit that carries them out, and as whoever issued them.
pub(crate) async fn sections(visit: &Visit) -> Result<Vec<Section>, Fault> {
    let (does, issues) = (visit.scope_of(Act::DoOrders), visit.scope_of(Act::IssueOrders));
    // Each section is a question to the database; they are asked together.
    let asked = |scope: Scope, wanted: Vec<Wanted>| async move {
        if scope.is_nothing() {
            return Ok(Vec::new());
        }
        let tally = visit.app.store().tally_orders(&scope, visit.now_ms).await?;
        try_join_all(wanted.into_iter().map(|one| section(visit, &scope, &tally, one))).await
    };
    let t = WorkWords(visit.lang);
    if does == issues {
        return asked(does, [receiving(t, visit), issuing(t, false)].concat()).await;
    }
    let with_late = does.is_nothing();
    let (mut received, issued) =
        try_join(asked(does, receiving(t, visit)), asked(issues, issuing(t, with_late))).await?;
    received.extend(issued);
    Ok(received)
}

/// A section by its title, the code of its list, and its tone.
type Wanted = (&'static str, &'static str, &'static str, StateFilter);

fn receiving(t: WorkWords, visit: &Visit) -> Vec<Wanted> {
    let end = end_of_day_ms(visit.day()).unwrap_or(visit.now_ms);
    vec![
        (t.late(), "late", "bad", StateFilter::Late),
        (t.to_sign(), "issued", "warning", StateFilter::One(OrderState::Issued)),
        (t.returned(), "returned", "bad", StateFilter::One(OrderState::Returned)),
        (t.due_today(), "today", "warning", StateFilter::DueBefore(end)),
        (t.to_answer(), "supervised", "bad", StateFilter::Supervised),
        (t.in_hand(), "in_hand", "neutral", StateFilter::InHand),
    ]
}

/// What waits for the issuer; whether those that are late belong to them depends on nobody else having shown them.
fn issuing(t: WorkWords, with_late: bool) -> Vec<Wanted> {
    let mut wanted = vec![(t.to_decide(), "reported", "warning", StateFilter::One(OrderState::Reported))];
    if with_late {
        wanted.push((t.late_units(), "late", "bad", StateFilter::Late));
        wanted.push((t.supervised(), "supervised", "warning", StateFilter::Supervised));
        wanted.push((t.unsigned(), "issued", "neutral", StateFilter::One(OrderState::Issued)));
    }
    wanted
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
    scope: &Scope,
    tally: &OrderTally,
    (title, code, tone, state): Wanted,
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
