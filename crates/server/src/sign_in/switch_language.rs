use crate::at::At;
use axum::extract::Query;
use lianfang_domain::Lang;
use serde::Deserialize;

use crate::{
    fault::PageResult,
    page::{inside, see_other},
    visit::Visit,
};

#[derive(Deserialize)]
pub(super) struct Back {
    #[serde(default)]
    back: String,
}

/// Shows the pages in the other language on this device.
pub(super) async fn go(visit: Visit, At(lang): At<String>, Query(query): Query<Back>) -> PageResult {
    let lang = if lang == "en" { Lang::En } else { Lang::Zh };
    visit.app.with_language(see_other(inside(&query.back)), lang)
}
