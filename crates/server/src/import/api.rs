use lianfang_domain::{ImportId, access::Act};
use lianfang_store::ImportRecord;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    files, here, kind_of,
    run::{self, Seen},
    take_back,
    trial::{Trial, messages},
    upload,
};
use crate::{
    api::{Page, json, operation},
    at::At,
    fault::PageResult,
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
    /// Steps stored so far.
    n_stored: i64,
    /// What is wrong with the rows, while it can be corrected; at most 1000.
    messages: Vec<String>,
    /// Why the columns do not do; empty when they do.
    refusal: String,
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
        version: import.version,
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
        match Trial::read(&visit.deed()?, &import).await?.outcome {
            Ok(outcome) => {
                out.n_rejected = i64::try_from(outcome.checked.rejected.len()).unwrap_or(i64::MAX);
                out.n_blank = i64::try_from(outcome.checked.blank).unwrap_or(i64::MAX);
                out.messages = messages(&outcome.checked, visit.lang).into_iter().take(MESSAGES).collect();
            }
            Err(refusal) => out.refusal = refusal,
        }
    } else {
        out.n_stored = visit.app.store().import_progress(id).await?.0;
    }
    json(&out)
}
