use axum::extract::Query;
use lianfang_domain::access::Act;
use lianfang_store::Job;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    list::{Filter, found},
    retry,
};
use crate::{
    api::{Page, json, operation},
    fault::PageResult,
    form::Nothing,
    route::Routes,
    visit::Visit,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let list = operation("listJobs", "Work in the background, latest first").query::<Filter>();
    let retry = operation("retryJob", "Have a job that was given up tried again").body::<Nothing>();
    routes.api_get("/api/system/jobs", Act::ViewJobs, listed, list.answers::<Page<JobOut>>()).api_post(
        "/api/system/jobs/{id}/retry",
        Act::ChangeJobs,
        retry::send,
        retry,
    )
}

/// A job.
#[derive(Debug, Serialize, JsonSchema)]
struct JobOut {
    id: String,
    kind: String,
    /// waiting, running, done or failed.
    state: &'static str,
    attempts: u32,
    /// Why the last attempt failed; empty when none did.
    last_error: String,
    n_done: u64,
    n_total: Option<u64>,
    made_by: String,
    made_at_ms: i64,
    ended_at_ms: Option<i64>,
}

fn job_out(job: Job) -> JobOut {
    JobOut {
        id: job.id.to_string(),
        kind: job.kind,
        state: job.state.code(),
        attempts: job.attempts,
        last_error: job.last_error,
        n_done: job.n_done,
        n_total: job.n_total,
        made_by: job.made_by_name,
        made_at_ms: job.made_at_ms,
        ended_at_ms: job.ended_at_ms,
    }
}

async fn listed(visit: Visit, Query(filter): Query<Filter>) -> PageResult {
    let (_, jobs, more) = found(&visit, &filter).await?;
    let next = more.then(|| jobs.last().map(|job| job.id.to_string())).flatten();
    json(&Page { rows: jobs.into_iter().map(job_out).collect(), next })
}
