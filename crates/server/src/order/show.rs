use askama::Template;
use lianfang_domain::{
    OrderId,
    access::{Act, Scope},
    clock::{Clock, Light},
    order::{OrderAct, OrderFacts, OrderOrigin, OrderRole, Supervision},
};
use lianfang_store::{OrderRecord, Urgency};

use super::{
    decide::{decide, primary},
    here, href,
    line::{light_tone, state_words, tone},
    side::facts,
    trail,
    units::Units,
    words::OrderWords,
};
use crate::{
    Fault, Frame, Link,
    at::At,
    fault::PageResult,
    form::FormErrors,
    page::{form_page, page},
    shown::instant,
    visit::Visit,
};

/// Times of what recurs that are shown at most.
const MOST_TIMES: u32 = 30;

/// An order: what it asks, how far it is, what the user must do, who is on it, what happened.
#[derive(Template)]
#[template(path = "order/show.html")]
pub(crate) struct OrderPage {
    frame: Frame,
    t: OrderWords,
    href: String,
    version: i64,
    words: String,
    state: &'static str,
    tone: &'static str,
    light: String,
    light_tone: &'static str,
    supervision: &'static str,
    urgent: bool,
    facts: Vec<(&'static str, String)>,
    links: Vec<(&'static str, Link)>,
    /// The act that is most to be done.
    primary: Option<ActLine>,
    /// Why it cannot be done; empty when it can.
    barred: String,
    acts: Vec<ActLine>,
    subs: Vec<(Link, &'static str, &'static str)>,
    files: Vec<(Link, String)>,
    times: Vec<(String, String, String)>,
    events: Vec<EventLine>,
    units: Vec<String>,
    errors: FormErrors,
}

form_page!(OrderPage);

/// An act that can be done now.
struct ActLine {
    code: &'static str,
    verb: &'static str,
    /// What is asked for with it; empty where nothing is.
    label: &'static str,
    must: bool,
    takes_file: bool,
    takes_unit: bool,
    /// It has a page of its own.
    is_page: bool,
    open: bool,
    words: String,
    unit: String,
}

struct EventLine {
    when: String,
    who: String,
    what: &'static str,
    words: String,
}

/// What was typed with an act that could not be done.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) act: Option<OrderAct>,
    pub(super) words: String,
    pub(super) unit: String,
}

pub(super) async fn show(visit: Visit, At(id): At<OrderId>) -> PageResult {
    let record = here(&visit, id).await?;
    let shown = order_page(&visit, &record, &Typed::default(), FormErrors::default()).await?;
    let (_, is_receiver) = super::side::sides(&visit, &record);
    if is_receiver && record.read_at_ms.is_none() {
        note_read(&visit, &record).await;
    }
    page(&shown)
}

/// Notes that the unit has looked at it. The page is shown also when that cannot be kept.
async fn note_read(visit: &Visit, record: &OrderRecord) {
    let mut tx = visit.begin();
    tx.about("order", record.order.id, Some(&record.order.division));
    tx.read_order(record);
    if let Err(error) = tx.commit().await {
        tracing::warn!(%error, "that an order was seen could not be noted");
    }
}

/// The page, with what was typed.
pub(super) async fn order_page(
    visit: &Visit,
    record: &OrderRecord,
    typed: &Typed,
    errors: FormErrors,
) -> Result<OrderPage, Fault> {
    let (t, lang, store) = (OrderWords(visit.lang), visit.lang, visit.app.store());
    let facts = facts(visit, record, "x").await?;
    let main = primary(record, (facts.is_issuer, facts.is_receiver), facts.is_request);
    let refusal = main.and_then(|act| decide(record, act, &facts, "x", visit.now_ms).err());
    let acts = acts(record, &facts, main, typed, visit);
    let wants_unit = acts.iter().any(|act| act.takes_unit);
    let units =
        if wants_unit { Units::read(visit, &visit.scope_of(Act::IssueOrders)).await?.offered() } else { Vec::new() };
    let light = if record.order.state.is_open() { record.light(visit.now_ms) } else { Light::None };
    let title: String = record.order.words.chars().take(28).collect();
    let named = format!("{title}…");
    Ok(OrderPage {
        frame: visit.frame(if title == record.order.words { &title } else { &named }, trail(visit)),
        href: href(record.order.id),
        version: record.version,
        // What stands whole in the title is not said again below it.
        words: if title == record.order.words { String::new() } else { record.order.words.clone() },
        state: state_words(record, lang),
        tone: tone(record.order.state),
        light: light.words(lang),
        light_tone: light_tone(light),
        supervision: if record.supervision == Supervision::None { "" } else { record.supervision.words(lang) },
        urgent: record.order.urgency == Urgency::Urgent,
        facts: facts_of(visit, record).await?,
        links: links(visit, record).await?,
        primary: main.map(|act| act_line(act, record, typed, visit)),
        barred: refusal.map(|why| why.words(lang)).unwrap_or_default(),
        acts,
        subs: subs(visit, record).await?,
        files: files(visit, record).await?,
        times: times(visit, record).await?,
        events: store.order_events(record).await?.into_iter().map(|event| event_line(event, visit)).collect(),
        units,
        errors,
        t,
    })
}

/// What else can be done now, beside what is most to be done.
fn acts(
    record: &OrderRecord,
    facts: &OrderFacts,
    main: Option<OrderAct>,
    typed: &Typed,
    visit: &Visit,
) -> Vec<ActLine> {
    let may = |act: &OrderAct| decide(record, *act, facts, "x", visit.now_ms).is_ok();
    let supervises = visit.scope_of(Act::SuperviseOrders).holds_area(&record.order.issuer);
    let issuer_supervises =
        |act: &OrderAct| !matches!(act, OrderAct::Notice | OrderAct::Pass | OrderAct::Fail) || supervises;
    let needless = |act: &OrderAct| {
        matches!(act, OrderAct::Lift) && record.order.level.is_empty()
            || facts.is_request && !matches!(act, OrderAct::Close | OrderAct::Return)
            || record.order.origin == OrderOrigin::Split && *act == OrderAct::Reassign
    };
    let chosen = OrderAct::ALL.into_iter().filter(may).filter(issuer_supervises).filter(|act| !needless(act));
    chosen
        .filter(|act| Some(*act) != main || act.needs_words() || facts.is_request)
        .map(|act| act_line(act, record, typed, visit))
        .collect()
}

fn act_line(act: OrderAct, record: &OrderRecord, typed: &Typed, visit: &Visit) -> ActLine {
    let t = OrderWords(visit.lang);
    let is_typed = typed.act == Some(act);
    let is_request = record.order.origin == OrderOrigin::Request;
    let label = match act {
        OrderAct::Sign | OrderAct::Start | OrderAct::Resume | OrderAct::Split => "",
        OrderAct::Report | OrderAct::Answer | OrderAct::Rectify => t.words_done(),
        OrderAct::Close if is_request => t.words_answer(),
        OrderAct::Close | OrderAct::Remind | OrderAct::Lift | OrderAct::Pass => t.words_said(),
        _ => t.words_reason(),
    };
    ActLine {
        code: act.code(),
        verb: if is_request && act == OrderAct::Close { t.words_answer() } else { act.words(visit.lang) },
        label,
        must: act.needs_words() || is_request && act == OrderAct::Close,
        takes_file: act == OrderAct::Report,
        takes_unit: act == OrderAct::Reassign,
        is_page: act == OrderAct::Split,
        open: is_typed || matches!(act, OrderAct::Report | OrderAct::Answer | OrderAct::Rectify) || is_request,
        words: if is_typed { typed.words.clone() } else { String::new() },
        unit: if is_typed { typed.unit.clone() } else { String::new() },
    }
}

async fn facts_of(visit: &Visit, record: &OrderRecord) -> Result<Vec<(&'static str, String)>, Fault> {
    let (t, lang, order) = (OrderWords(visit.lang), visit.lang, &record.order);
    let unit = visit.app.store().unit(order.unit, &Scope::everywhere()).await?;
    let unit = unit.map_or_else(|| order.unit.to_string(), |unit| unit.unit.name);
    let role =
        if order.role == OrderRole::Responsible { String::new() } else { format!("（{}）", order.role.words(lang)) };
    let whose = if order.origin == OrderOrigin::Request { t.request_unit() } else { t.unit() };
    let limit = order.clock.as_ref().map_or_else(|| t.no_limit().to_owned(), |clock| limit_words(clock, visit));
    let mut facts = vec![(whose, format!("{unit}{role}")), (t.limit(), limit)];
    if !order.heading.is_empty() {
        facts.push((t.heading(), order.heading.clone()));
    }
    facts.push((t.origin(), order.origin.words(lang).to_owned()));
    if !order.number.is_empty() {
        facts.push((t.number(), order.number.clone()));
    }
    facts.push((t.issued(), format!("{} {}", instant(record.issued_at_ms, lang), record.issued_by)));
    let read = record.read_at_ms.map_or_else(|| t.unread().to_owned(), |at| instant(at, lang));
    facts.push((t.read(), read));
    if let Some(at) = record.signed_at_ms {
        facts.push((t.signed(), instant(at, lang)));
    }
    if record.n_done > 0 {
        facts.push((t.done_at(), t.n_times(record.n_done)));
    }
    Ok(facts)
}

fn limit_words(clock: &Clock, visit: &Visit) -> String {
    clock.limit.words(visit.lang)
}

/// What it belongs to, as far as the user may look at it.
async fn links(visit: &Visit, record: &OrderRecord) -> Result<Vec<(&'static str, Link)>, Fault> {
    let (t, store, order) = (OrderWords(visit.lang), visit.app.store(), &record.order);
    let mut links = Vec::new();
    if let Some(id) = order.incident
        && let Some(incident) = store.incident(id, &visit.scope_of(Act::ViewIncidents)).await?
    {
        links.push((t.incident(), Link { name: incident.name, href: format!("/incidents/{id}") }));
    }
    if let Some(id) = order.plan
        && let Some(plan) = store.plan(id, &visit.scope_of(Act::ViewPlans)).await?
    {
        let at = clause_at(&order.plan_key).map(|at| format!("#t{at}")).unwrap_or_default();
        links.push((t.clause(), Link { name: plan.title, href: format!("/plans/{id}/text{at}") }));
    }
    if let Some(id) = order.parent
        && let Some(parent) = store.order(id, &visit.scope_of(Act::ViewOrders)).await?
    {
        let name: String = parent.order.words.chars().take(28).collect();
        links.push((t.parent(), Link { name, href: href(id) }));
    }
    Ok(links)
}

/// Where a clause begins in the plan's text, which its key says.
fn clause_at(key: &str) -> Option<u32> {
    key.split_once(':')?.1.split_once('-')?.0.parse().ok()
}

async fn subs(visit: &Visit, record: &OrderRecord) -> Result<Vec<(Link, &'static str, &'static str)>, Fault> {
    let store = visit.app.store();
    let mut lines = Vec::new();
    for sub in store.sub_orders(record.order.id).await? {
        let unit = store.unit(sub.order.unit, &Scope::everywhere()).await?;
        let name = unit.map_or_else(|| sub.order.unit.to_string(), |unit| unit.unit.name);
        lines.push((Link { name, href: href(sub.order.id) }, tone(sub.order.state), state_words(&sub, visit.lang)));
    }
    Ok(lines)
}

async fn files(visit: &Visit, record: &OrderRecord) -> Result<Vec<(Link, String)>, Fault> {
    let found = visit.app.store().order_files(record).await?;
    let line = |file: lianfang_store::OrderFile| {
        let size = (file.size + 1023) / 1024;
        let by = format!("{size} KB · {} {}", instant(file.at_ms, visit.lang), file.by);
        (Link { name: file.name, href: format!("{}/files/{}", href(record.order.id), file.id) }, by)
    };
    Ok(found.into_iter().map(line).collect())
}

async fn times(visit: &Visit, record: &OrderRecord) -> Result<Vec<(String, String, String)>, Fault> {
    if record.n_done == 0 {
        return Ok(Vec::new());
    }
    let found = visit.app.store().order_occurrences(record, MOST_TIMES).await?;
    let line = |one: lianfang_store::OrderOccurrence| {
        let done = format!("{} {}", instant(one.done_at_ms, visit.lang), one.by);
        (instant(one.due_at_ms, visit.lang), done, one.words)
    };
    Ok(found.into_iter().map(line).collect())
}

fn event_line(event: lianfang_store::OrderEvent, visit: &Visit) -> EventLine {
    EventLine {
        when: instant(event.at_ms, visit.lang),
        who: event.by,
        what: event.act.words(visit.lang),
        words: event.words,
    }
}
