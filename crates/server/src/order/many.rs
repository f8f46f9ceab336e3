use std::collections::BTreeMap;

use askama::Template;
use lianfang_domain::{OrderId, access::Act, order::OrderAct};
use lianfang_store::{OrderRecord, OrderSearch, OrderStart, StoreError};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    decide::{Decided, decide},
    href,
    list::ListQuery,
    side::facts,
    tell,
    words::OrderWords,
};
use crate::{
    Fault, Frame, Link,
    api::{operation, told},
    fault::PageResult,
    form::Sent,
    page::{inside, page},
    route::Routes,
    shown::grouped,
    visit::Visit,
};

/// Orders read together.
const PAGE: u32 = 500;
/// How often an act on many is decided anew because someone else was faster with one of them.
const TRIES: usize = 3;
/// How many of those left are named one by one.
const NAMED: usize = 50;

/// The acts on many: act, address of page and of interface, right, and what the document says.
const ACTS: &[(OrderAct, &str, &str, Act, &str, &str)] = &[
    (OrderAct::Sign, "/orders/sign-many", "/api/orders/sign-many", Act::DoOrders, "signOrders", "Sign for many orders"),
    (
        OrderAct::Close,
        "/orders/close-many",
        "/api/orders/close-many",
        Act::DirectOrders,
        "closeOrders",
        "Close many orders as done",
    ),
    (
        OrderAct::Remind,
        "/orders/remind-many",
        "/api/orders/remind-many",
        Act::DirectOrders,
        "remindOrders",
        "Remind units of many orders",
    ),
    (
        OrderAct::Recall,
        "/orders/recall-many",
        "/api/orders/recall-many",
        Act::DirectOrders,
        "recallOrders",
        "Take many orders back",
    ),
    (OrderAct::Lift, "/orders/lift-many", "/api/orders/lift-many", Act::DirectOrders, "liftOrders", "Lift many orders"),
    (
        OrderAct::Notice,
        "/orders/supervise-many",
        "/api/orders/supervise-many",
        Act::SuperviseOrders,
        "superviseOrders",
        "Send notices on many overdue orders",
    ),
];

/// `order_ID` with the version seen for each that was chosen, or `all` with `query`, the address of the list; `words`;
/// and `back`.
type Fields = BTreeMap<String, String>;

/// The fields, for the document of the interface.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used, in the document")]
struct ManyOrdersIn {
    /// `1` for all orders of the list in `query`.
    all: Option<String>,
    /// The address of a filtered list, such as `/orders?state=late`.
    query: Option<String>,
    /// The reason.
    words: Option<String>,
    /// `order_ID` with the version seen, for each order chosen.
    #[serde(flatten)]
    chosen: BTreeMap<String, String>,
}

/// What became of an act on many orders.
#[derive(Template)]
#[template(path = "order/many.html")]
pub(crate) struct ManyOrdersPage {
    frame: Frame,
    t: OrderWords,
    counts: Vec<(&'static str, String)>,
    left: Vec<(Link, String)>,
    /// Said where nothing was chosen; empty otherwise.
    none: &'static str,
    back: String,
}

/// What a program is told of it.
#[derive(Debug, Serialize, JsonSchema)]
struct ManyOrdersOut {
    /// How many were done.
    n_done: usize,
    /// How many were not.
    n_left: usize,
    /// The first of those, and why.
    left: Vec<LeftOrderOut>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct LeftOrderOut {
    id: String,
    why: String,
}

pub(super) fn routes(mut routes: Routes) -> Routes {
    for (act, path, api, right, id, summary) in ACTS {
        let act = *act;
        let handler = move |visit, sent| each(visit, sent, act);
        let operation = operation(id, summary).body::<ManyOrdersIn>().answers::<ManyOrdersOut>();
        routes = routes.post(path, *right, handler).api_post(api, *right, handler, operation);
    }
    routes
}

/// The acts that the user may do on many at once.
pub(super) fn offered(visit: &Visit) -> Vec<(&'static str, &'static str)> {
    let may = |right: &Act| visit.may(*right);
    ACTS.iter().filter(|(.., right, _, _)| may(right)).map(|(act, path, ..)| (*path, act.words(visit.lang))).collect()
}

/// What could not be done with an order.
type Left = (OrderId, String, String);

async fn each(visit: Visit, Sent(fields): Sent<Fields>, act: OrderAct) -> PageResult {
    let t = OrderWords(visit.lang);
    let words = fields.get("words").map(|words| words.trim().to_owned()).unwrap_or_default();
    let mut tries = 0;
    let (n_done, left) = loop {
        let (chosen, mut left) = chosen(&visit, &fields, t).await?;
        let mut decided = Vec::new();
        for record in chosen {
            let facts = facts(&visit, &record, &words).await?;
            match decide(&record, act, &facts, &words, visit.now_ms) {
                Ok(done) => decided.push((record, done)),
                Err(why) => left.push((record.order.id, record.order.words, why.words(visit.lang))),
            }
        }
        tries += 1;
        match keep_all(&visit, act, &words, &decided).await {
            Ok(()) => break (decided.len(), left),
            Err(Fault::Store(StoreError::Changed(_))) if tries < TRIES => {}
            Err(fault) => return Err(fault),
        }
    };
    shown(&visit, &fields, n_done, left)
}

/// Keeps the act on all of them at once: everybody sees all of it, or nothing.
async fn keep_all(visit: &Visit, act: OrderAct, words: &str, decided: &[(OrderRecord, Decided)]) -> Result<(), Fault> {
    if decided.is_empty() {
        return Ok(());
    }
    let records: Vec<&OrderRecord> = decided.iter().map(|(was, _)| was).collect();
    let told = tell::of_act(visit, act, words, &records).await?;
    let mut tx = visit.begin();
    for (was, now) in decided {
        tx.save_order(was, &now.record, act, words);
    }
    let area = decided.first().map(|(was, _)| was.home());
    tx.about("orders", visit.request.as_str(), area.as_ref()).because(words);
    tx.changed("n_orders", 0, i64::try_from(decided.len()).unwrap_or(i64::MAX));
    tell::tell(&mut tx, &told)?;
    Ok(tx.commit().await?)
}

/// The orders that were chosen, or all of the filtered list; and those that are gone or were changed since.
async fn chosen(visit: &Visit, fields: &Fields, t: OrderWords) -> Result<(Vec<OrderRecord>, Vec<Left>), Fault> {
    let (mut found, mut left) = (Vec::new(), Vec::new());
    if fields.get("all").is_some_and(|all| !all.is_empty()) {
        let query = ListQuery::of_address(fields.get("query").map_or("", String::as_str));
        let mut search = OrderSearch { start: OrderStart::First, limit: PAGE, ..query.search(visit) };
        loop {
            let rows = visit.app.store().order_rows(&search, &visit.scope).await?;
            let Some(last) = rows.last().map(|row| row.place) else { break };
            search.start = OrderStart::After(last);
            found.extend(rows.into_iter().map(|row| row.record));
        }
        return Ok((found, left));
    }
    for (name, version) in fields {
        let Some(id) = name.strip_prefix("order_").and_then(|id| id.parse::<OrderId>().ok()) else { continue };
        match visit.app.store().order(id, &visit.scope).await? {
            Some(record) if record.version.to_string() == *version => found.push(record),
            Some(record) => left.push((id, record.order.words, t.many_changed().to_owned())),
            None => left.push((id, id.to_string(), t.many_changed().to_owned())),
        }
    }
    Ok((found, left))
}

fn shown(visit: &Visit, fields: &Fields, n_done: usize, left: Vec<Left>) -> PageResult {
    let t = OrderWords(visit.lang);
    let n_left = left.len();
    let out = ManyOrdersOut {
        n_done,
        n_left,
        left: left
            .iter()
            .take(NAMED)
            .map(|(id, _, why)| LeftOrderOut { id: id.to_string(), why: why.clone() })
            .collect(),
    };
    let out = serde_json::to_value(out).map_err(|error| Fault::Broken(error.to_string()))?;
    let back = inside(fields.get("back").map_or("/orders", String::as_str)).to_owned();
    let named = left.into_iter().take(NAMED).map(|(id, words, why)| {
        let name: String = words.chars().take(40).collect();
        (Link { name, href: href(id) }, why)
    });
    let shown = |n: usize| grouped(i64::try_from(n).unwrap_or(i64::MAX));
    let made = page(&ManyOrdersPage {
        frame: visit.frame(t.many(), vec![Link { name: t.title().to_owned(), href: back.clone() }]),
        t,
        counts: vec![(t.many_done(), shown(n_done)), (t.many_left(), shown(n_left))],
        left: named.collect(),
        none: if n_done + n_left == 0 { t.many_none() } else { "" },
        back,
    })?;
    Ok(told(made, out))
}
