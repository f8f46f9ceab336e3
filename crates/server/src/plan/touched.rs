use std::collections::BTreeSet;

use lianfang_domain::{
    access::Act,
    incident::IncidentState,
    order::{OrderDraft, carry_over},
    plan::PlanState,
    unit::normal_name,
};
use lianfang_store::IncidentRecord;

use super::changes::Compared;
use crate::{
    Fault, Link,
    incident::{level_class, level_words},
    order::drafts_of,
    visit::Visit,
};

/// Incidents looked at.
const MOST: u32 = 200;
/// Orders named one by one.
const NAMED: usize = 8;

/// An open incident that goes by the older version, and what the newer one would change in it.
pub(super) struct Touched {
    pub(super) incident: Link,
    pub(super) level: String,
    pub(super) level_class: &'static str,
    /// Orders whose clause stays.
    pub(super) n_kept: usize,
    /// Orders whose clause is gone or worded otherwise.
    pub(super) n_gone: usize,
    /// The first of them.
    pub(super) gone: Vec<Link>,
    /// Clauses that are not in the older version.
    pub(super) n_new: usize,
    /// Where the newer version is put in force for it, with the version of the incident that was seen.
    pub(super) follow: Option<(String, i64)>,
}

/// What the newer version of a plan would change in the responses that run.
pub(super) async fn touched(visit: &Visit, compared: &Compared) -> Result<Vec<Touched>, Fault> {
    let scope = visit.scope_of(Act::ViewIncidents);
    let open = visit.app.store().incidents(&scope, IncidentState::Open, None, MOST).await?;
    let by_old: Vec<IncidentRecord> =
        open.into_iter().filter(|incident| incident.plan == Some(compared.old.id)).collect();
    if by_old.is_empty() {
        return Ok(Vec::new());
    }
    let [before, after] = [0, 1].map(|n| drafts_of(&compared.texts[n], visit.lang));
    let mut lines = Vec::new();
    for incident in by_old {
        lines.push(line(visit, compared, &incident, &before, &after).await?);
    }
    Ok(lines)
}

async fn line(
    visit: &Visit,
    compared: &Compared,
    incident: &IncidentRecord,
    before: &[OrderDraft],
    after: &[OrderDraft],
) -> Result<Touched, Fault> {
    let store = visit.app.store();
    let since = incident.began_at_ms.unwrap_or(0);
    let standing = store.standing_orders(compared.old.id, Some(incident.id), since).await?;
    let carried = carry_over(&standing, before, after);
    let known: BTreeSet<String> = before.iter().map(|draft| normal_name(&draft.text)).collect();
    let mut gone = Vec::new();
    for id in carried.gone.iter().take(NAMED) {
        let order = store.order(*id, &visit.scope_of(Act::ViewOrders)).await?;
        gone.extend(order.map(|order| Link { name: order.order.words, href: format!("/orders/{id}") }));
    }
    let may =
        compared.new.state == PlanState::Accepted && visit.scope_of(Act::ChangeIncidents).holds_area(&incident.area);
    Ok(Touched {
        incident: Link { name: incident.name.clone(), href: format!("/incidents/{}", incident.id) },
        level: level_words(incident.level, visit),
        level_class: level_class(incident.level),
        n_kept: carried.kept.len(),
        n_gone: carried.gone.len(),
        gone,
        n_new: after.iter().filter(|draft| !known.contains(&normal_name(&draft.text))).count(),
        follow: may.then(|| (format!("/incidents/{}/plan", incident.id), incident.version)),
    })
}
