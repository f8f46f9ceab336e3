//! The audit record, for the audit administrator.

mod api;
mod fields;
mod list;
mod words;

use lianfang_domain::access::Act;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    api::routes(routes).get("/audit", Act::ViewAudit, list::show)
}
