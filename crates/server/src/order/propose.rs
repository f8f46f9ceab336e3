use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Query;
use lianfang_domain::{
    IncidentId, OrderBatchId, PlanId, UnitId,
    clock::Clock,
    order::{DraftKind, OrderAct, OrderDraft, OrderState},
    plan::ResponseLevel,
};
use lianfang_store::{NewOrder, OrderRecord, StoreError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    gather::{Ground, NoGround, Proposal},
    proposal::{Fields, is_dropped, limit_of, orders_of},
    tell,
    words::OrderWords,
};
use crate::{
    Fault, Frame, Link,
    api::told,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    frame::Choice,
    page::{again, form_page, page, refuse, see_other},
    shown::instant,
    visit::Visit,
};

/// Names shown one by one at most.
const NAMES: usize = 12;

/// What a plan proposes, before it is issued.
#[derive(Template)]
#[template(path = "order/propose.html")]
pub(crate) struct ProposePage {
    frame: Frame,
    t: OrderWords,
    action: String,
    units_href: String,
    query: ProposeQuery,
    levels: Vec<Choice>,
    kinds: Vec<Choice>,
    groups: Vec<Group>,
    lift: Vec<LiftLine>,
    /// What stands in the way; empty when nothing does.
    problem: (&'static str, &'static str),
    total: String,
    blocked: String,
    told: String,
    issue: String,
    n_standing: i64,
    units: Vec<String>,
    errors: FormErrors,
}

form_page!(ProposePage);

struct Group {
    title: String,
    kind: &'static str,
    drafts: Vec<DraftLine>,
}

struct DraftLine {
    key: String,
    text: String,
    typed_text: String,
    clause: String,
    owners: Vec<(String, &'static str)>,
    missing: Vec<String>,
    has_support: bool,
    fits: String,
    limit: String,
    limit_doubt: bool,
    dropped: bool,
    due: String,
    unit: String,
    lead_only: bool,
}

struct LiftLine {
    name: String,
    href: String,
    unit: String,
    words: String,
    issued: String,
    due: String,
    kept: bool,
}

/// What the address says.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "ProposeQuery")]
pub(super) struct ProposeQuery {
    /// I, II, III or IV; `none` for no level; empty for the one in force.
    pub(super) level: String,
    /// A kind of draft; empty for all.
    pub(super) kind: String,
}

/// What a program is told of an act of issuing.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct IssuedOut {
    /// The act of issuing; `GET /api/orders?batch=` gives its orders.
    batch: String,
    /// How many orders were issued.
    n_orders: usize,
    /// To how many units.
    n_units: usize,
    /// How many were lifted.
    n_lifted: usize,
}

/// Whether it is for an incident or for a plan alone.
#[derive(Clone, Copy)]
enum For {
    Incident(IncidentId),
    Plan(PlanId),
}

impl For {
    fn action(self) -> String {
        match self {
            For::Incident(id) => format!("/incidents/{id}/orders/propose"),
            For::Plan(id) => format!("/plans/{id}/orders/propose"),
        }
    }

    async fn ground(self, visit: &Visit) -> Result<Result<Ground, NoGround>, Fault> {
        match self {
            For::Incident(id) => Ground::of_incident(visit, id).await,
            For::Plan(id) => Ground::of_plan(visit, id).await,
        }
    }
}

pub(super) async fn show_for_plan(visit: Visit, At(id): At<PlanId>, Query(query): Query<ProposeQuery>) -> PageResult {
    show(&visit, For::Plan(id), query).await
}

pub(super) async fn show_for_incident(
    visit: Visit,
    At(id): At<IncidentId>,
    Query(query): Query<ProposeQuery>,
) -> PageResult {
    show(&visit, For::Incident(id), query).await
}

pub(super) async fn issue_for_plan(visit: Visit, At(id): At<PlanId>, Sent(fields): Sent<Fields>) -> PageResult {
    issue(&visit, For::Plan(id), fields).await
}

pub(super) async fn issue_for_incident(visit: Visit, At(id): At<IncidentId>, Sent(fields): Sent<Fields>) -> PageResult {
    issue(&visit, For::Incident(id), fields).await
}

async fn show(visit: &Visit, whose: For, query: ProposeQuery) -> PageResult {
    match whose.ground(visit).await? {
        Ok(ground) => {
            let proposal = ground.proposal(visit, &query).await?;
            page(&propose_page(visit, whose, &ground, &proposal, query, (&Fields::new(), FormErrors::default())).await?)
        }
        Err(why) => page(&nothing(visit, whose, why)),
    }
}

/// Issues what is proposed, as it was changed, and lifts what is no longer asked for: one act, which everybody sees at
/// once.
async fn issue(visit: &Visit, whose: For, fields: Fields) -> PageResult {
    let t = OrderWords(visit.lang);
    let ground = match whose.ground(visit).await? {
        Ok(ground) => ground,
        Err(why) => return refuse(&nothing(visit, whose, why)),
    };
    let text = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let query = ProposeQuery { level: text("level"), kind: text("kind") };
    let proposal = ground.proposal(visit, &query).await?;
    let mut errors = FormErrors::default();
    let batch = OrderBatchId(visit.app.store().new_id(visit.now_ms));
    let orders = orders_of(visit, &ground, &proposal.change.add, &fields, batch, &mut errors);
    let lift: Vec<&OrderRecord> =
        proposal.lift.iter().filter(|order| !fields.contains_key(&format!("keep_{}", order.order.id))).collect();
    if errors.is_empty() && orders.is_empty() && lift.is_empty() {
        errors.add("", t.none_chosen());
    }
    if errors.is_empty() {
        match keep_issue(visit, &ground, &orders, &lift, batch).await {
            Ok(()) => return issued(&orders, lift.len(), batch),
            Err(Fault::Store(StoreError::Taken(_) | StoreError::Changed(_))) => errors.add("", t.raced()),
            Err(fault) => return Err(fault),
        }
    }
    let proposal = ground.proposal(visit, &query).await?;
    again(&propose_page(visit, whose, &ground, &proposal, query, (&fields, errors)).await?)
}

async fn keep_issue(
    visit: &Visit,
    ground: &Ground,
    orders: &[NewOrder],
    lift: &[&OrderRecord],
    batch: OrderBatchId,
) -> Result<(), Fault> {
    let mut told = tell::of_issue(visit, orders).await?;
    told.extend(tell::of_act(visit, OrderAct::Lift, "", lift).await?);
    let mut tx = visit.begin();
    for was in lift {
        let mut now = (*was).clone();
        (now.order.state, now.closed_at_ms) = (OrderState::Lifted, Some(visit.now_ms));
        tx.save_order(was, &now, OrderAct::Lift, "");
    }
    tell::issue(visit, &mut tx, orders, &told)?;
    let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    tx.about("order_batch", batch, Some(&ground.record.area));
    tx.changed("n_orders", 0, n(orders.len())).changed("n_lifted", 0, n(lift.len()));
    tx.changed("plan", "", ground.record.id.to_string());
    Ok(tx.commit().await?)
}

fn issued(orders: &[NewOrder], n_lifted: usize, batch: OrderBatchId) -> PageResult {
    let units: BTreeSet<UnitId> = orders.iter().map(|order| order.unit).collect();
    let out = IssuedOut { batch: batch.to_string(), n_orders: orders.len(), n_units: units.len(), n_lifted };
    let out = serde_json::to_value(out).map_err(|error| Fault::Broken(error.to_string()))?;
    Ok(told(see_other(&format!("/orders?batch={batch}")), out))
}

fn trail(visit: &Visit, ground: Option<&Ground>) -> Vec<Link> {
    let mut trail = super::trail(visit);
    if let Some(ground) = ground {
        trail.push(match &ground.incident {
            Some(incident) => Link { name: incident.name.clone(), href: format!("/incidents/{}", incident.id) },
            None => Link { name: ground.record.title.clone(), href: format!("/plans/{}", ground.record.id) },
        });
    }
    trail
}

/// The page where nothing can be proposed yet.
fn nothing(visit: &Visit, whose: For, why: NoGround) -> ProposePage {
    let t = OrderWords(visit.lang);
    ProposePage {
        frame: visit.frame(t.propose_title(), trail(visit, None)),
        action: whose.action(),
        units_href: String::new(),
        query: ProposeQuery::default(),
        levels: Vec::new(),
        kinds: Vec::new(),
        groups: Vec::new(),
        lift: Vec::new(),
        problem: match why {
            NoGround::NoPlan => (t.no_plan(), t.no_plan_why()),
            NoGround::NotAccepted => (t.not_accepted(), t.not_accepted_why()),
        },
        total: String::new(),
        blocked: String::new(),
        told: String::new(),
        issue: String::new(),
        n_standing: 0,
        units: Vec::new(),
        errors: FormErrors::default(),
        t,
    }
}

async fn propose_page(
    visit: &Visit,
    whose: For,
    ground: &Ground,
    proposal: &Proposal,
    query: ProposeQuery,
    (fields, errors): (&Fields, FormErrors),
) -> Result<ProposePage, Fault> {
    let (t, lang) = (OrderWords(visit.lang), visit.lang);
    let drafts = &proposal.change.add;
    let batch = OrderBatchId(visit.app.store().new_id(visit.now_ms));
    let orders = orders_of(visit, ground, drafts, fields, batch, &mut FormErrors::default());
    let told: BTreeSet<UnitId> = orders.iter().map(|order| order.unit).collect();
    let names: Vec<String> = told.iter().map(|unit| ground.units.name(*unit)).collect();
    let n_blocked = drafts.iter().filter(|draft| draft.is_blocked() && !is_dropped(draft, fields)).count();
    let in_plan = ground.plan.levels.iter().map(|level| level.level);
    let mut levels: Vec<(&str, String)> = in_plan.map(|level| (level.code(), level.words(lang))).collect();
    levels.push(("none", t.no_level().to_owned()));
    let chosen = proposal.level.map_or("none", ResponseLevel::code);
    let kinds = DraftKind::ALL.into_iter().map(|kind| (kind.code(), kind.words(lang)));
    let empty = drafts.is_empty() && proposal.lift.is_empty();
    Ok(ProposePage {
        frame: visit.frame(t.propose_title(), trail(visit, Some(ground))),
        action: whose.action(),
        units_href: format!("/plans/{}/units", ground.record.id),
        levels: Choice::all(levels, chosen),
        kinds: Choice::all(kinds, &query.kind),
        groups: groups(visit, ground, drafts, fields),
        lift: proposal.lift.iter().map(|order| lift_line(order, ground, fields, visit)).collect(),
        problem: if empty { (t.nothing_left(), t.nothing_left_why()) } else { ("", "") },
        total: t.n_to(orders.len(), told.len()),
        blocked: if n_blocked > 0 { t.n_blocked(n_blocked) } else { String::new() },
        told: t.names(&names, NAMES),
        issue: t.issue_n(orders.len()),
        n_standing: i64::try_from(proposal.n_standing).unwrap_or(i64::MAX),
        units: if n_blocked > 0 { ground.units.offered() } else { Vec::new() },
        query: ProposeQuery { level: chosen.to_owned(), ..query },
        errors,
        t,
    })
}

/// Drafts under what they stand under, in the order in which they are proposed.
fn groups(visit: &Visit, ground: &Ground, drafts: &[OrderDraft], fields: &Fields) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for draft in drafts {
        // Every task is a heading of its own; they stand together.
        let title = match (draft.kind, draft.level) {
            (DraftKind::Measure, Some(level)) => ResponseLevel::words(level, visit.lang),
            (DraftKind::Duty | DraftKind::Phase, _) => draft.heading.clone(),
            (kind, _) => kind.words(visit.lang).to_owned(),
        };
        let kind = draft.kind.words(visit.lang);
        if !groups.last().is_some_and(|group| group.title == title && group.kind == kind) {
            groups.push(Group { title, kind, drafts: Vec::new() });
        }
        let line = draft_line(visit, ground, draft, fields);
        if let Some(group) = groups.last_mut() {
            group.drafts.push(line);
        }
    }
    groups
}

fn draft_line(visit: &Visit, ground: &Ground, draft: &OrderDraft, fields: &Fields) -> DraftLine {
    let (t, lang) = (OrderWords(visit.lang), visit.lang);
    let typed = |name: &str| fields.get(&format!("{name}_{}", draft.key)).cloned();
    let mut owners: Vec<(String, &'static str)> = Vec::new();
    for role in lianfang_domain::order::OrderRole::ALL {
        let of_role = draft.units().filter(|(_, own)| *own == role);
        let names: Vec<String> = of_role.map(|(unit, _)| ground.units.name(unit)).collect();
        if !names.is_empty() {
            owners.push((t.names(&names, NAMES), role.words(lang)));
        }
    }
    let missing = draft.owners.iter().filter_map(|owner| {
        let why = owner.unit.as_ref().err()?.words(lang);
        Some(if owner.name.is_empty() { why } else { format!("{}{}{why}", owner.name, lang.pick("：", ": ")) })
    });
    let limit = limit_of(draft, ground, lang);
    let task = matches!(draft.kind, DraftKind::Task | DraftKind::Mechanism | DraftKind::General);
    let heading = if task { format!("【{}】", draft.heading) } else { String::new() };
    DraftLine {
        key: draft.key.clone(),
        text: format!("{heading}{}", draft.text),
        typed_text: typed("text").unwrap_or_else(|| draft.text.clone()),
        clause: format!("/plans/{}/text#t{}", ground.record.id, draft.span.start),
        has_support: draft.units().any(|(_, role)| role == lianfang_domain::order::OrderRole::Support),
        owners,
        missing: missing.collect(),
        fits: draft.fits.clone().unwrap_or_default(),
        limit_doubt: limit.is_err(),
        limit: match limit {
            Ok(limit) => limit.map(|limit| limit.words(lang)).unwrap_or_default(),
            Err(why) => why,
        },
        dropped: is_dropped(draft, fields),
        due: typed("due").unwrap_or_default(),
        unit: typed("unit").unwrap_or_default(),
        lead_only: typed("lead").is_some(),
    }
}

fn lift_line(record: &OrderRecord, ground: &Ground, fields: &Fields, visit: &Visit) -> LiftLine {
    let name = format!("keep_{}", record.order.id);
    LiftLine {
        kept: fields.contains_key(&name),
        name,
        href: super::href(record.order.id),
        unit: ground.units.name(record.order.unit),
        words: record.order.words.clone(),
        issued: instant(record.issued_at_ms, visit.lang),
        due: record
            .order
            .clock
            .as_ref()
            .and_then(Clock::due_ms)
            .map(|due| instant(due, visit.lang))
            .unwrap_or_default(),
    }
}
