use std::collections::BTreeMap;

use futures_util::{StreamExt, stream::FuturesUnordered};
use lianfang_domain::{
    ImportId, UnitId,
    area::{Area, AreaCode},
    import::AreaStep,
};
use lianfang_store::{ImportCounts, ImportRecord, ImportState, PostRecord, StoreError, Tx, UnitRecord};
use serde::Deserialize;

use super::{
    here, href,
    show::ready_page,
    store_step::{area_step, unit_step},
    trial::{Known, Outcome, Steps, Trial, is_work},
    words::ImportWords,
};
use crate::{
    Fault,
    at::At,
    fault::{FaultWords, PageResult},
    form::{FormErrors, Sent},
    page::{again, see_other},
    visit::Visit,
};

/// Steps under way at once: as many are committed together.
const AT_ONCE: usize = 128;

/// The version that the user saw.
#[derive(Debug, Deserialize)]
pub(super) struct Seen {
    pub(super) version: i64,
}

pub(super) async fn send(visit: Visit, At(id): At<ImportId>, Sent(seen): Sent<Seen>) -> PageResult {
    let import = here(&visit, id).await?;
    let trial = Trial::read(&visit, &import).await?;
    let mut errors = FormErrors::default();
    let outcome = match &trial.outcome {
        Ok(outcome) if outcome.steps.n_work() > 0 => outcome,
        Ok(_) => {
            errors.add("", ImportWords(visit.lang).run_none());
            return again(&ready_page(&visit, &import, errors).await?);
        }
        Err(_) => return again(&ready_page(&visit, &import, errors).await?),
    };
    let counts = ImportCounts {
        n_rejected: outcome.checked.rejected.len(),
        n_blank: outcome.checked.blank,
        n_steps: outcome.steps.n_work(),
    };
    let seen = ImportRecord { version: seen.version, ..import.clone() };
    let mut tx = visit.begin();
    tx.about("import", id, None);
    tx.start_import(&seen, counts);
    match tx.commit().await {
        Ok(()) => {
            let running = here(&visit, id).await?;
            spawn(visit, running);
            Ok(see_other(&href(&import)))
        }
        Err(StoreError::Changed(_)) => {
            errors.add("", FaultWords(visit.lang).changed_why());
            again(&ready_page(&visit, &here(&visit, id).await?, errors).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Goes on in the background.
fn spawn(visit: Visit, import: ImportRecord) {
    tokio::spawn(async move {
        if let Err(fault) = store_all(&visit, &import).await {
            tracing::error!(import = %import.id, ?fault, "an import stopped");
        }
    });
}

/// Stores every good row. What is stored already shows as known, so that it can be begun again after a stop.
pub(super) async fn store_all(visit: &Visit, import: &ImportRecord) -> Result<(), Fault> {
    let trial = Trial::read(visit, import).await?;
    let outcome = trial.outcome.map_err(Fault::BadInput)?;
    keep(visit, import.id, acts(visit, import.id, &outcome)?).await?;
    let mut tx = visit.begin();
    tx.about("import", import.id, None);
    tx.set_import_state(import, ImportState::Done);
    Ok(tx.commit().await?)
}

/// A step: its rows and the act.
type Step<'a> = (Vec<usize>, Tx<'a>);

/// The acts of an import.
fn acts<'a>(visit: &'a Visit, id: ImportId, outcome: &Outcome) -> Result<Vec<Step<'a>>, Fault> {
    let mut acts = Vec::new();
    match (&outcome.steps, &outcome.known) {
        (Steps::Areas(steps), Known::Areas(known)) => {
            let known: BTreeMap<&AreaCode, &(Area, i64)> = known.iter().map(|area| (&area.0.code, area)).collect();
            for step in steps {
                let was = if let AreaStep::Change { code, .. } = step { known.get(code).copied() } else { None };
                acts.extend(area_step(visit, id, step, was)?.map(|tx| (vec![step.row()], tx)));
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
                let tx = unit_step(visit, id, step, units.get(&unit).copied(), posts)?;
                acts.extend(tx.map(|tx| (step.rows.clone(), tx)));
            }
        }
        _ => return Err(Fault::Broken("an import of two kinds".to_owned())),
    }
    Ok(acts)
}

/// Keeps steps, many at once. A step for which someone else was faster is noted and the others go on.
async fn keep(visit: &Visit, id: ImportId, acts: Vec<Step<'_>>) -> Result<(), Fault> {
    let mut under_way = FuturesUnordered::new();
    for (rows, tx) in acts {
        if under_way.len() >= AT_ONCE
            && let Some(kept) = under_way.next().await
        {
            kept?;
        }
        under_way.push(keep_one(visit, id, rows, tx));
    }
    while let Some(kept) = under_way.next().await {
        kept?;
    }
    Ok(())
}

async fn keep_one(visit: &Visit, id: ImportId, rows: Vec<usize>, tx: Tx<'_>) -> Result<(), Fault> {
    match tx.commit().await {
        Ok(()) => Ok(()),
        Err(StoreError::Changed(_) | StoreError::Taken(_)) => {
            let mut tx = visit.begin();
            tx.about("import", id, None);
            tx.note_late(id, &rows);
            Ok(tx.commit().await?)
        }
        Err(error) => Err(Fault::from(error)),
    }
}
