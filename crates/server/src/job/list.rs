use askama::Template;
use axum::extract::Query;
use lianfang_domain::{Lang, access::Act, job::JobState};
use lianfang_store::{Job, JobSearch};
use schemars::JsonSchema;
use serde::Deserialize;

use super::words::JobWords;
use crate::{
    Choice, Fault, Frame, Link,
    fault::PageResult,
    page::page,
    shown::{grouped, instant},
    visit::Visit,
};

/// Jobs on a page.
const PAGE: u32 = 50;

/// The list of jobs.
#[derive(Template)]
#[template(path = "job/list.html")]
pub(crate) struct JobsPage {
    frame: Frame,
    t: JobWords,
    states: Vec<Choice>,
    rows: Vec<JobLine>,
    next: Option<String>,
    may_change: bool,
    /// What went wrong with what was asked for just now; empty when nothing did.
    pub(super) refused: &'static str,
}

struct JobLine {
    id: String,
    kind: String,
    state: &'static str,
    tone: &'static str,
    made_at: String,
    made_by: String,
    ended_at: String,
    progress: String,
    attempts: String,
    error: String,
    failed: bool,
}

/// Which jobs, as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "JobQuery")]
pub(super) struct Filter {
    state: String,
    /// The job after which to go on.
    before: String,
}

pub(super) async fn show(visit: Visit, Query(filter): Query<Filter>) -> PageResult {
    page(&jobs_page(&visit, &filter).await?)
}

/// The jobs that a filter finds, and whether there are more.
pub(super) async fn found(visit: &Visit, filter: &Filter) -> Result<(JobSearch, Vec<Job>, bool), Fault> {
    let search = JobSearch { state: JobState::from_code(&filter.state), before: filter.before.parse().ok() };
    let mut jobs = visit.app.store().jobs(&search, PAGE + 1).await?;
    let more = jobs.len() > PAGE as usize;
    jobs.truncate(PAGE as usize);
    Ok((search, jobs, more))
}

/// The list of jobs.
pub(super) async fn jobs_page(visit: &Visit, filter: &Filter) -> Result<JobsPage, Fault> {
    let t = JobWords(visit.lang);
    let (search, jobs, more) = found(visit, filter).await?;
    let last = jobs.last().filter(|_| more);
    let next =
        last.map(|job| format!("/system/jobs?state={}&before={}", search.state.map_or("", JobState::code), job.id));
    let trail = vec![Link { name: t.system().to_owned(), href: "/system".to_owned() }];
    Ok(JobsPage {
        frame: visit.frame(t.title(), trail),
        t,
        states: Choice::all(JobState::ALL.map(|state| (state.code(), state_words(state, t).0)), &filter.state),
        rows: jobs.into_iter().map(|job| line(job, visit, t)).collect(),
        next,
        may_change: visit.may(Act::ChangeJobs),
        refused: "",
    })
}

fn state_words(state: JobState, t: JobWords) -> (&'static str, &'static str) {
    match state {
        JobState::Waiting => (t.waiting(), "neutral"),
        JobState::Running => (t.running(), "warning"),
        JobState::Done => (t.done(), "good"),
        JobState::Failed => (t.failed(), "bad"),
    }
}

fn line(job: Job, visit: &Visit, t: JobWords) -> JobLine {
    let (state, tone) = state_words(job.state, t);
    let number = |n: u64| grouped(i64::try_from(n).unwrap_or(i64::MAX));
    let progress = match (job.n_done, job.n_total) {
        (0, None) => String::new(),
        (n, None) => number(n),
        (n, Some(of)) => format!("{} / {}", number(n), number(of)),
    };
    JobLine {
        id: job.id.to_string(),
        kind: visit.app.0.kinds.of(&job.kind).map_or(job.kind.clone(), |kind| kind.words(visit.lang).to_owned()),
        state,
        tone,
        made_at: instant(job.made_at_ms, visit.lang),
        made_by: if job.made_by.is_none() { t.program().to_owned() } else { job.made_by_name },
        ended_at: job.ended_at_ms.map(|at| instant(at, visit.lang)).unwrap_or_default(),
        progress,
        attempts: job.attempts.to_string(),
        error: why_failed(&job.last_error, visit.lang).to_owned(),
        failed: job.state == JobState::Failed,
    }
}

/// Why an attempt failed; a handler's own words stand as they are.
pub(crate) fn why_failed(error: &str, lang: Lang) -> &str {
    let t = JobWords(lang);
    match error {
        "lost" => t.error_lost(),
        "changed" => t.error_changed(),
        "unavailable" => t.error_unavailable(),
        "broken" => t.error_broken(),
        other => other,
    }
}
