use std::collections::BTreeMap;

use lianfang_domain::access::Act;
use schemars::JsonSchema;
use serde::Serialize;

use super::{policy, sign_out};
use crate::{
    api::{json, operation},
    fault::PageResult,
    form::Nothing,
    route::Routes,
    visit::Visit,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let read = operation("readSecurityPolicy", "Which roles need a second factor").answers::<PolicyOut>();
    let set = operation("setSecurityPolicy", "Say which roles need a second factor").body::<PolicyIn>();
    let end = operation("signOutUser", "Sign someone out on every device").body::<Nothing>();
    routes
        .api_get("/api/security", Act::ChangePolicy, show, read)
        .api_post("/api/security", Act::ChangePolicy, policy::send, set)
        .api_post("/api/users/{id}/sign-out", Act::EndSessions, sign_out::send, end)
}

/// The security policy.
#[derive(Debug, Serialize, JsonSchema)]
struct PolicyOut {
    /// Codes of the roles that need a second factor.
    second_factor: Vec<&'static str>,
}

/// `role_CODE` for every role that is to need a second factor; the others need none.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used, in the document")]
struct PolicyIn {
    #[serde(flatten)]
    roles: BTreeMap<String, String>,
}

async fn show(visit: Visit) -> PageResult {
    let roles = visit.app.store().second_factor_roles().await?;
    json(&PolicyOut { second_factor: roles.into_iter().map(|role| role.code()).collect() })
}
