//! The audit record, for the audit administrator.

mod list;
mod words;

use lianfang_domain::access::Act;

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.get("/audit", Act::ViewAudit, list::show)
}
