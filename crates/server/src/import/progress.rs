use askama::Template;
use lianfang_domain::{Lang, job::JobState};
use lianfang_store::{ImportRecord, ImportState, ImportTally, Job};

use super::{href, run::job_of, show::trail, words::ImportWords};
use crate::{
    Fault, Frame,
    job::why_failed,
    shown::{grouped, instant},
    visit::Visit,
};

/// What stands although it was taken back, shown at most.
const LEFT: u32 = 200;

/// An import that runs, is stored or taken back.
#[derive(Template)]
#[template(path = "import/progress.html")]
pub(crate) struct ProgressPage {
    frame: Frame,
    t: ImportWords,
    href: String,
    state: &'static str,
    when: String,
    version: i64,
    /// Steps done and all, while it runs.
    progress: Option<(i64, i64)>,
    /// Why it stopped half-way; empty when it did not.
    stopped: String,
    n_rows: String,
    counts: Vec<(&'static str, String)>,
    has_rejected: bool,
    may_undo: bool,
    left: Vec<(String, String)>,
    /// How many more stand than are listed; empty when none do.
    more_left: String,
}

pub(super) async fn progress_page(visit: &Visit, import: &ImportRecord) -> Result<ProgressPage, Fault> {
    let (t, store) = (ImportWords(visit.lang), visit.app.store());
    let tally = if import.is_at_work() { ImportTally::default() } else { store.import_tally(import.id).await? };
    let job = job_behind(visit, import).await?;
    let n_late = i64::try_from(store.import_late_rows(import.id).await?.len()).unwrap_or(i64::MAX);
    let left = store.import_left(import.id, LEFT).await?;
    let n_more = tally.n_left.saturating_sub(i64::from(LEFT));
    Ok(ProgressPage {
        frame: visit.frame(&import.file, trail(visit, import)),
        t,
        href: href(import),
        state: t.state_of(import.state),
        when: instant(import.done_at_ms.unwrap_or(import.made_at_ms), visit.lang),
        version: import.version,
        progress: import.is_at_work().then(|| steps_done(import, job.as_ref())),
        stopped: job.as_ref().and_then(|job| stopped(job, visit.lang)).unwrap_or_default().to_owned(),
        n_rows: t.n_rows(import.n_rows),
        counts: counts(import, tally, n_late, t),
        has_rejected: import.n_rejected + n_late > 0 && import.state != ImportState::Running,
        may_undo: import.state == ImportState::Done && tally.n_steps > 0,
        left: left.into_iter().map(|target| (named(&target, visit.lang), href_of(&target))).collect(),
        more_left: if n_more > 0 { t.more_left(n_more) } else { String::new() },
    })
}

/// The job that an import waits for.
pub(super) async fn job_behind(visit: &Visit, import: &ImportRecord) -> Result<Option<Job>, Fault> {
    let Some(new) = job_of(import) else { return Ok(None) };
    Ok(visit.app.store().job_named(new.kind, new.once.as_deref().unwrap_or_default()).await?)
}

/// Why a job was given up, if it was.
pub(super) fn stopped(job: &Job, lang: Lang) -> Option<&str> {
    (job.state == JobState::Failed).then(|| why_failed(&job.last_error, lang))
}

/// Steps done and all, as the job last said.
pub(super) fn steps_done(import: &ImportRecord, job: Option<&Job>) -> (i64, i64) {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    job.map_or((0, import.n_steps), |job| (number(job.n_done), job.n_total.map_or(import.n_steps, number)))
}

fn counts(import: &ImportRecord, tally: ImportTally, n_late: i64, t: ImportWords) -> Vec<(&'static str, String)> {
    let mut counts = vec![(t.n_rejected(), import.n_rejected), (t.n_blank(), import.n_blank)];
    if !import.is_at_work() {
        let known = import.n_rows - import.n_rejected - import.n_blank - tally.n_rows - n_late;
        counts.splice(0..0, [(t.stored(), tally.n_rows), (t.unchanged(), known)]);
    }
    if n_late > 0 {
        counts.push((t.late(), n_late));
    }
    if import.state == ImportState::Undone {
        counts.extend([(t.n_undone(), tally.n_undone), (t.n_left(), tally.n_left)]);
    }
    counts.into_iter().map(|(label, n)| (label, grouped(n))).collect()
}

/// `unit:0m4…` in words; its number tells several apart.
fn named(target: &str, lang: Lang) -> String {
    let (kind, id) = target.split_once(':').unwrap_or(("", target));
    let kind = match kind {
        "area" => lang.pick("辖区", "Area"),
        "unit" => lang.pick("单位", "Unit"),
        "post" => lang.pick("职务", "Post"),
        other => other,
    };
    format!("{kind} {id}")
}

fn href_of(target: &str) -> String {
    match target.split_once(':') {
        Some(("area", id)) => format!("/areas/{id}"),
        Some(("unit", id)) => format!("/units/{id}"),
        _ => String::new(),
    }
}
