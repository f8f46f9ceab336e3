//! Work that is done after its request was answered, and the pages on it.
//!
//! A capability registers a handler under a kind (`kinds.rs`), queues jobs of that kind with its changes
//! (`Tx::queue_job`), and the runner calls the handler, here or on another node of the same database.

mod api;
mod clear_out;
mod kinds;
mod list;
mod retry;
mod run;
mod words;
mod work;

pub(crate) use kinds::{Kinds, kinds};
pub(crate) use list::why_failed;
pub(crate) use run::Runner;
pub use run::run_due_jobs;
pub(crate) use work::{JobFault, Work};

use lianfang_domain::access::Act;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    api::routes(routes).get("/system/jobs", Act::ViewJobs, list::show).post(
        "/system/jobs/{id}/retry",
        Act::ChangeJobs,
        retry::send,
    )
}
