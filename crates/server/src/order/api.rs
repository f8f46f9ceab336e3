use axum::extract::Query;
use lianfang_domain::{OrderId, access::Act, clock::Clock};
use lianfang_store::OrderRecord;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    act::ActForm,
    here,
    list::ListQuery,
    propose::{self, IssuedOut},
    reassign::{self, ReassignForm},
    report, split,
    write::{self, WriteForm},
};
use crate::{
    api::{Page, json, operation},
    at::At,
    fault::PageResult,
    route::Routes,
    visit::Visit,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let list = operation("listOrders", "Orders, what is due first before what is due later").query::<ListQuery>();
    let write = operation("writeOrder", "Write an order to one or many units").body::<WriteForm>().creates();
    let ask = operation("askAbove", "Ask those above").body::<WriteForm>().creates();
    let plan = operation("issueFromPlan", "Issue what a plan proposes").body::<IssueIn>().answers::<IssuedOut>();
    let incident =
        operation("issueForIncident", "Issue what the plan of an incident proposes at a level").body::<IssueIn>();
    let report = operation("reportOrder", "Report what was done").body::<ActForm>();
    let file = operation("addOrderFile", "Add evidence to an order").query::<FileName>().takes_file();
    let reassign = operation("reassignOrder", "Give an order to another unit").body::<ReassignForm>();
    let split = operation("splitOrder", "Split an order to units below").body::<SplitIn>();
    let one = operation("readOrder", "An order with what happened").answers::<OrderOut>();
    routes
        .api_get("/api/orders", Act::ViewOrders, listed, list.answers::<Page<OrderOut>>())
        .api_post("/api/orders", Act::IssueOrders, write::send, write)
        .api_post("/api/orders/request", Act::DoOrders, write::send_request, ask)
        .api_get("/api/orders/{id}", Act::ViewOrders, read, one)
        .api_post("/api/orders/{id}/report", Act::DoOrders, report::send_words, report)
        .api_post("/api/orders/{id}/files", Act::DoOrders, report::add_file, file)
        .api_post("/api/orders/{id}/reassign", Act::DirectOrders, reassign::send, reassign)
        .api_post("/api/orders/{id}/split", Act::DoOrders, split::send, split)
        .api_post("/api/plans/{id}/orders", Act::IssueOrders, propose::issue_for_plan, plan)
        .api_post(
            "/api/incidents/{id}/orders",
            Act::IssueOrders,
            propose::issue_for_incident,
            incident.answers::<IssuedOut>(),
        )
}

/// `level` (I, II, III, IV or `none`), `kind`, and by the key of a draft `drop_KEY`, `text_KEY`, `due_KEY`, `unit_KEY`,
/// `lead_KEY`; `keep_ID` for orders that would be lifted.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used, in the document")]
struct IssueIn {
    level: Option<String>,
    kind: Option<String>,
    #[serde(flatten)]
    changes: std::collections::BTreeMap<String, String>,
}

/// `version`, `words`, `due_at`, and `unit_ID` with `1` for each unit below.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used, in the document")]
struct SplitIn {
    version: i64,
    words: String,
    due_at: Option<String>,
    #[serde(flatten)]
    units: std::collections::BTreeMap<String, String>,
}

/// What stands in the address of an upload.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used, in the document")]
struct FileName {
    /// The name of the file.
    file: String,
}

/// An order.
#[derive(Debug, Serialize, JsonSchema)]
struct OrderOut {
    id: String,
    unit: String,
    area: String,
    /// lead, responsible, shared or support.
    role: &'static str,
    /// plan, written, meeting, above, request or split.
    origin: &'static str,
    number: String,
    heading: String,
    level: String,
    words: String,
    /// issued, signed, doing, reported, returned, done, recalled, lifted or reassigned.
    state: &'static str,
    /// none, noticed, answered, rectified or rechecked.
    supervision: &'static str,
    /// none, green, yellow, red, paused or done.
    light: &'static str,
    due_at_ms: Option<i64>,
    incident: Option<String>,
    plan: Option<String>,
    parent: Option<String>,
    batch: String,
    issued_by: String,
    issued_at_ms: i64,
    read_at_ms: Option<i64>,
    signed_at_ms: Option<i64>,
    reported_at_ms: Option<i64>,
    closed_at_ms: Option<i64>,
    /// How often what recurs was reported.
    n_done: i64,
    /// What happened, the latest first; only of one order.
    events: Vec<EventOut>,
    /// To be sent back with a change.
    version: i64,
}

#[derive(Debug, Serialize, JsonSchema)]
struct EventOut {
    act: &'static str,
    words: String,
    by: String,
    at_ms: i64,
}

fn order_out(record: OrderRecord, now_ms: i64) -> OrderOut {
    let light = record.light(now_ms).code();
    let order = record.order;
    OrderOut {
        id: order.id.to_string(),
        unit: order.unit.to_string(),
        area: order.division.to_string(),
        role: order.role.code(),
        origin: order.origin.code(),
        number: order.number,
        heading: order.heading,
        level: order.level,
        words: order.words,
        state: order.state.code(),
        supervision: record.supervision.code(),
        light,
        due_at_ms: order.clock.as_ref().and_then(Clock::due_ms),
        incident: order.incident.map(|id| id.to_string()),
        plan: order.plan.map(|id| id.to_string()),
        parent: order.parent.map(|id| id.to_string()),
        batch: order.batch.to_string(),
        issued_by: record.issued_by,
        issued_at_ms: record.issued_at_ms,
        read_at_ms: record.read_at_ms,
        signed_at_ms: record.signed_at_ms,
        reported_at_ms: record.reported_at_ms,
        closed_at_ms: record.closed_at_ms,
        n_done: record.n_done,
        events: Vec::new(),
        version: record.version,
    }
}

async fn listed(visit: Visit, Query(query): Query<ListQuery>) -> PageResult {
    let search = query.search(&visit);
    let rows = visit.app.store().order_rows(&search, &visit.scope).await?;
    let full = rows.len() == usize::try_from(search.limit).unwrap_or(usize::MAX);
    let next = rows.last().filter(|_| full).map(|row| row.place.to_string());
    json(&Page { rows: rows.into_iter().map(|row| order_out(row.record, visit.now_ms)).collect(), next })
}

async fn read(visit: Visit, At(id): At<OrderId>) -> PageResult {
    let record = here(&visit, id).await?;
    let events = visit.app.store().order_events(&record).await?;
    let event = |event: lianfang_store::OrderEvent| EventOut {
        act: event.act.code(),
        words: event.words,
        by: event.by,
        at_ms: event.at_ms,
    };
    let mut out = order_out(record, visit.now_ms);
    out.events = events.into_iter().map(event).collect();
    json(&out)
}
