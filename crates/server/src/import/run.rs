use std::collections::BTreeMap;

use futures_util::{StreamExt, stream::FuturesUnordered};
use lianfang_domain::{
    ImportId, UnitId,
    area::{Area, AreaCode},
    import::AreaStep,
};
use lianfang_store::{
    ImportCounts, ImportKind, ImportRecord, ImportState, NewJob, PostRecord, StoreError, Tx, UnitRecord,
};
use serde::Deserialize;

use super::{
    act_of, here, href,
    show::ready_page,
    store_step::{area_step, unit_step},
    take_back::TAKE_BACK,
    trial::{Known, Outcome, Steps, Trial, is_work},
    words::ImportWords,
};
use crate::{
    Fault,
    at::At,
    deed::Deed,
    fault::{FaultWords, PageResult},
    form::{FormErrors, Seen, Sent},
    job::{JobFault, Work},
    page::{again, see_other},
    visit::Visit,
};

/// How many steps lie between two words on the progress.
pub(super) const TOLD_EVERY: u64 = 200;
/// Steps under way at once: as many are committed together.
const AT_ONCE: usize = 128;

pub(super) async fn send(visit: Visit, At(id): At<ImportId>, Sent(seen): Sent<Seen>) -> PageResult {
    let import = here(&visit, id).await?;
    let seen = ImportRecord { version: seen.version, ..import.clone() };
    let mut errors = FormErrors::default();
    match start(&visit.deed()?, &seen).await {
        Ok(Started::Begun) => return Ok(see_other(&href(&import))),
        Ok(Started::Nothing) => errors.add("", ImportWords(visit.lang).run_none()),
        // The page itself says why.
        Ok(Started::Refused(_)) => {}
        Err(Fault::Store(StoreError::Changed(_))) => errors.add("", FaultWords(visit.lang).changed_why()),
        Err(fault) => return Err(fault),
    }
    again(&ready_page(&visit, &here(&visit, id).await?, errors).await?)
}

/// What came of starting an import.
pub(crate) enum Started {
    /// A job stores its rows.
    Begun,
    /// No row would change anything.
    Nothing,
    /// Its columns do not do; why.
    Refused(String),
}

/// Tries an import out and has a job store its good rows.
///
/// # Errors
/// [`StoreError::Changed`] when it is not the import that was seen.
pub(crate) async fn start(deed: &Deed, seen: &ImportRecord) -> Result<Started, Fault> {
    let outcome = match Trial::read(deed, seen).await?.outcome {
        Ok(outcome) if outcome.steps.n_work() == 0 => return Ok(Started::Nothing),
        Ok(outcome) => outcome,
        Err(why) => return Ok(Started::Refused(why)),
    };
    let counts = ImportCounts {
        n_rejected: outcome.checked.rejected.len(),
        n_blank: outcome.checked.blank,
        n_steps: outcome.steps.n_work(),
    };
    let mut tx = deed.begin();
    tx.about("import", seen.id, None);
    tx.start_import(seen, counts);
    tx.queue_job(&job(STORE_ROWS, seen));
    tx.commit().await?;
    Ok(Started::Begun)
}

/// Goes on after the request: stores every good row. What is stored already shows as known, so that it can be begun
/// again after a stop.
pub(crate) async fn store_rows(work: Work) -> Result<(), JobFault> {
    let Some((deed, import)) = wanted(&work, ImportState::Running).await? else { return Ok(()) };
    let trial = Trial::read(&deed, &import).await?;
    let outcome = trial.outcome.map_err(|_| JobFault::Never("columns".to_owned()))?;
    keep(&work, &deed, import.id, acts(&deed, import.id, &outcome)?).await?;
    let mut tx = deed.begin();
    tx.about("import", import.id, None);
    tx.set_import_state(&import, ImportState::Done);
    work.finish(tx).await
}

/// The name of the job that stores the rows.
pub(crate) const STORE_ROWS: &str = "import_rows";

/// A job about an import.
pub(super) fn job(kind: &'static str, import: &ImportRecord) -> NewJob {
    let body = serde_json::json!({ "import": import.id, "kind": import.kind.code() });
    NewJob { once: Some(format!("{kind}:{}", import.id)), ..NewJob::now(kind, body) }
}

/// The job that an import waits for; none when it waits for none.
pub(super) fn job_of(import: &ImportRecord) -> Option<NewJob> {
    match import.state {
        ImportState::Running => Some(job(STORE_ROWS, import)),
        ImportState::Undoing => Some(job(TAKE_BACK, import)),
        _ => None,
    }
}

#[derive(Deserialize)]
struct Body {
    import: ImportId,
    kind: String,
}

/// The import that a job is about and the act with which it goes on; none where it is no longer in the state for it.
pub(super) async fn wanted(work: &Work, state: ImportState) -> Result<Option<(Deed, ImportRecord)>, JobFault> {
    let body: Body = serde_json::from_str(&work.job.body).map_err(|_| JobFault::Never("body".to_owned()))?;
    let kind = ImportKind::from_code(&body.kind).ok_or_else(|| JobFault::Never("kind".to_owned()))?;
    let deed = work.deed(act_of(kind)).await?;
    let import = deed.app.store().import(body.import, deed.user).await?;
    Ok(import.filter(|import| import.state == state).map(|import| (deed, import)))
}

/// A step: its rows and the act.
type Step<'a> = (Vec<usize>, Tx<'a>);

/// The acts of an import.
fn acts<'a>(deed: &'a Deed, id: ImportId, outcome: &Outcome) -> Result<Vec<Step<'a>>, Fault> {
    let mut acts = Vec::new();
    match (&outcome.steps, &outcome.known) {
        (Steps::Areas(steps), Known::Areas(known)) => {
            let known: BTreeMap<&AreaCode, &(Area, i64)> = known.iter().map(|area| (&area.0.code, area)).collect();
            for step in steps {
                let was = if let AreaStep::Change { code, .. } = step { known.get(code).copied() } else { None };
                acts.extend(area_step(deed, id, step, was)?.map(|tx| (vec![step.row()], tx)));
            }
        }
        (Steps::Units(steps), Known::Units { units, posts, .. }) => {
            let units: BTreeMap<UnitId, &UnitRecord> = units.iter().map(|unit| (unit.unit.id, unit)).collect();
            let mut by_unit: BTreeMap<UnitId, Vec<&PostRecord>> = BTreeMap::new();
            for post in posts {
                by_unit.entry(post.post.unit).or_default().push(post);
            }
            for step in steps.iter().filter(|step| is_work(step)) {
                let unit = step.what.id();
                let posts = by_unit.get(&unit).map_or(&[][..], Vec::as_slice);
                let tx = unit_step(deed, id, step, units.get(&unit).copied(), posts)?;
                acts.extend(tx.map(|tx| (step.rows.clone(), tx)));
            }
        }
        _ => return Err(Fault::Broken("an import of two kinds".to_owned())),
    }
    Ok(acts)
}

/// Keeps steps, many at once. A step for which someone else was faster is noted and the others go on.
async fn keep(work: &Work, deed: &Deed, id: ImportId, acts: Vec<Step<'_>>) -> Result<(), JobFault> {
    let mut under_way = FuturesUnordered::new();
    let n_all = acts.len();
    for ((rows, tx), n_begun) in acts.into_iter().zip(0_u64..) {
        if n_begun % TOLD_EVERY == 0 {
            work.progress(n_begun, u64::try_from(n_all).ok()).await?;
        }
        if under_way.len() >= AT_ONCE
            && let Some(kept) = under_way.next().await
        {
            kept?;
        }
        under_way.push(keep_one(deed, id, rows, tx));
    }
    while let Some(kept) = under_way.next().await {
        kept?;
    }
    let n_all = u64::try_from(n_all).unwrap_or(u64::MAX);
    work.progress(n_all, Some(n_all)).await
}

async fn keep_one(deed: &Deed, id: ImportId, rows: Vec<usize>, tx: Tx<'_>) -> Result<(), Fault> {
    match tx.commit().await {
        Ok(()) => Ok(()),
        Err(StoreError::Changed(_) | StoreError::Taken(_)) => {
            let mut tx = deed.begin();
            tx.about("import", id, None);
            tx.note_late(id, &rows);
            Ok(tx.commit().await?)
        }
        Err(error) => Err(Fault::from(error)),
    }
}
