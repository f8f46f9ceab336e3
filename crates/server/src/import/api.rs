use std::collections::BTreeMap;

use lianfang_domain::{
    ImportId,
    access::Act,
    import::{Answer, MappedColumn},
};
use lianfang_store::ImportRecord;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    columns, files, go_on, here, kind_of,
    progress::{job_behind, steps_done, stopped},
    run, take_back,
    trial::{Doubt, Trial, messages},
    upload,
};
use crate::{
    api::{Page, json, operation},
    at::At,
    fault::PageResult,
    form::{Nothing, Seen},
    route::Routes,
    visit::Visit,
};

/// Messages in an answer at most; all of them stand in the workbook.
const MESSAGES: usize = 1000;

/// The routes of one kind: its addresses, its act, and the names of its operations.
macro_rules! import_routes {
    ($routes:expr, $base:literal, $act:expr, $what:literal) => {
        $routes
            .api_get(
                concat!("/api", $base),
                $act,
                listed,
                operation(concat!("list", $what, "Imports"), "One’s own imports").answers::<Page<ImportOut>>(),
            )
            .api_post(
                concat!("/api", $base),
                $act,
                upload::send,
                operation(concat!("upload", $what), "Upload a table; nothing is stored yet")
                    .query::<FileName>()
                    .takes_file()
                    .creates(),
            )
            .api_get(
                concat!("/api", $base, "/{import}"),
                $act,
                one,
                operation(concat!("read", $what, "Import"), "An import: what it would do, or did")
                    .answers::<ImportOut>(),
            )
            .api_post(
                concat!("/api", $base, "/{import}/columns"),
                $act,
                columns::send,
                operation(concat!("settle", $what, "Import"), "Say what the columns hold and whose names these are")
                    .body::<Settled>(),
            )
            .api_post(
                concat!("/api", $base, "/{import}/go-on"),
                $act,
                go_on::send,
                operation(concat!("resume", $what, "Import"), "Go on with an import that stopped half-way")
                    .body::<Nothing>(),
            )
            .api_post(
                concat!("/api", $base, "/{import}/run"),
                $act,
                run::send,
                operation(concat!("run", $what, "Import"), "Store the good rows").body::<Seen>(),
            )
            .api_post(
                concat!("/api", $base, "/{import}/drop"),
                $act,
                take_back::drop_it,
                operation(concat!("drop", $what, "Import"), "Put an upload aside").body::<Seen>(),
            )
            .api_post(
                concat!("/api", $base, "/{import}/undo"),
                $act,
                take_back::send,
                operation(concat!("undo", $what, "Import"), "Take an import back").body::<Seen>(),
            )
            .get(concat!("/api", $base, "/{import}/rejected.xlsx"), $act, files::rejected)
    };
}

pub(super) fn routes(routes: Routes) -> Routes {
    let routes = import_routes!(routes, "/areas/import", Act::ImportAreas, "Area");
    import_routes!(routes, "/units/import", Act::ImportUnits, "Unit")
}

/// What the uploaded file is called; the upload reads it from the address.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used, in the document")]
struct FileName {
    /// The name of the file.
    file: String,
}

/// What is said about the columns and the doubtful names of an upload.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used, in the document")]
struct Settled {
    /// The version that was seen.
    version: i64,
    /// The row of the header, from 1; with another one, the columns are found anew and the rest is not looked at.
    header_row: i64,
    /// `column_0` and so on: the field that the column holds, or nothing. `fixed_FIELD`: a value for empty cells.
    /// `written_0` with `doubt_0`: a doubtful name, and `new` or the unit that it is.
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

/// A column of the uploaded table.
#[derive(Debug, Serialize, JsonSchema)]
struct ColumnOut {
    /// What stands in the header.
    header: String,
    /// The field that it holds, if any.
    field: Option<String>,
}

/// A name that may be that of a registered unit.
#[derive(Debug, Serialize, JsonSchema)]
struct DoubtOut {
    /// The name in the table.
    written: String,
    /// The unit that it may be.
    unit: Option<String>,
    /// Its name.
    unit_name: Option<String>,
    /// `new` or the unit, once it was said.
    answer: Option<String>,
}

/// An import.
#[derive(Debug, Serialize, JsonSchema)]
struct ImportOut {
    id: String,
    file: String,
    /// ready, running, done, undoing, undone or dropped.
    state: &'static str,
    n_rows: i64,
    /// Rows that would be, or were, rejected.
    n_rejected: i64,
    n_blank: i64,
    /// Steps stored so far, or undone while it is taken back.
    n_stored: i64,
    /// What is wrong with the rows, while it can be corrected; at most 1000.
    messages: Vec<String>,
    /// Why the columns do not do; empty when they do.
    refusal: String,
    /// The row of the header, from 1.
    header_row: i64,
    /// The columns, while they can be settled.
    columns: Vec<ColumnOut>,
    /// Values for empty cells, by field.
    fixed: BTreeMap<String, String>,
    /// Doubtful names, while they can be settled.
    doubts: Vec<DoubtOut>,
    /// Why it stopped half-way; empty when it did not.
    stopped: String,
    /// To be sent back with a change.
    version: i64,
}

fn import_out(import: &ImportRecord) -> ImportOut {
    ImportOut {
        id: import.id.to_string(),
        file: import.file.clone(),
        state: import.state.code(),
        n_rows: import.n_rows,
        n_rejected: import.n_rejected,
        n_blank: import.n_blank,
        n_stored: 0,
        messages: Vec::new(),
        refusal: String::new(),
        header_row: import.header_row.try_into().unwrap_or(i64::MAX),
        columns: Vec::new(),
        fixed: BTreeMap::new(),
        doubts: Vec::new(),
        stopped: String::new(),
        version: import.version,
    }
}

fn column_out((header, held): (&String, &MappedColumn)) -> ColumnOut {
    ColumnOut { header: header.clone(), field: held.field.clone() }
}

fn doubt_out(trial: &Trial, doubt: &Doubt) -> DoubtOut {
    let answer = trial.answers.get(&doubt.written).map(|answer| match answer {
        Answer::New => "new".to_owned(),
        Answer::Is(unit) => unit.to_string(),
    });
    DoubtOut {
        written: doubt.written.clone(),
        unit: doubt.perhaps.as_ref().map(|(unit, _)| unit.to_string()),
        unit_name: doubt.perhaps.as_ref().map(|(_, name)| name.clone()),
        answer,
    }
}

async fn listed(visit: Visit) -> PageResult {
    let imports = visit.app.store().imports(visit.seat()?.user, 50).await?;
    let of_kind = imports.iter().filter(|import| import.kind == kind_of(visit.act));
    json(&Page { rows: of_kind.map(import_out).collect(), next: None })
}

async fn one(visit: Visit, At(id): At<ImportId>) -> PageResult {
    let import = here(&visit, id).await?;
    let mut out = import_out(&import);
    if import.state == lianfang_store::ImportState::Ready {
        let trial = Trial::read(&visit.deed()?, &import).await?;
        out.columns = trial.table.header().iter().zip(&trial.mapping.columns).map(column_out).collect();
        out.fixed.clone_from(&trial.mapping.fixed);
        match &trial.outcome {
            Ok(outcome) => {
                out.doubts = outcome.doubts.iter().map(|doubt| doubt_out(&trial, doubt)).collect();
                out.n_rejected = i64::try_from(outcome.checked.rejected.len()).unwrap_or(i64::MAX);
                out.n_blank = i64::try_from(outcome.checked.blank).unwrap_or(i64::MAX);
                out.messages = messages(&outcome.checked, visit.lang).into_iter().take(MESSAGES).collect();
            }
            Err(refusal) => out.refusal.clone_from(refusal),
        }
    } else {
        let job = job_behind(&visit, &import).await?;
        out.stopped = job.as_ref().and_then(|job| stopped(job, visit.lang)).unwrap_or_default().to_owned();
        out.n_stored = match import.is_at_work() {
            true => steps_done(&import, job.as_ref()).0,
            false => visit.app.store().import_tally(id).await?.n_steps,
        };
    }
    json(&out)
}
