use axum::extract::Query;
use lianfang_domain::access::Act;
use lianfang_store::AuditRow;
use schemars::JsonSchema;
use serde::Serialize;

use super::list::{Filter, found, place_text};
use crate::{
    api::{Page, json, operation},
    fault::PageResult,
    route::Routes,
    visit::Visit,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let search = operation("searchAudit", "The audit record, latest first").query::<Filter>();
    routes.api_get("/api/audit", Act::ViewAudit, search_audit, search.answers::<Page<AuditOut>>())
}

/// A row of the audit record.
#[derive(Debug, Serialize, JsonSchema)]
struct AuditOut {
    /// In milliseconds since 1970.
    at_ms: i64,
    /// The user's name; empty for the program itself.
    who: String,
    /// The code of the act.
    act: String,
    target: String,
    area: String,
    why: String,
    /// What changed, as JSON, without personal data.
    detail: String,
    request: String,
}

fn row_out(row: AuditRow) -> AuditOut {
    let entry = row.entry;
    AuditOut {
        at_ms: entry.at_ms,
        who: if entry.who.is_some() { entry.who_name } else { String::new() },
        act: entry.act,
        target: entry.target,
        area: entry.area,
        why: entry.why,
        detail: entry.detail,
        request: entry.request,
    }
}

async fn search_audit(visit: Visit, Query(filter): Query<Filter>) -> PageResult {
    let (rows, more, _) = found(&visit, filter).await?;
    let next = more.then(|| rows.last().map(|row| place_text(row.place))).flatten();
    json(&Page { rows: rows.into_iter().map(row_out).collect(), next })
}
