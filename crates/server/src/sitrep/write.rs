use lianfang_domain::{SitrepId, sitrep::SitrepState};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{here, href, show::sitrep_page, words::SitrepWords};
use crate::{
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

/// The longest text, in characters.
const LONGEST: usize = 50_000;

/// The words of a draft.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "SitrepToWrite")]
pub(super) struct WriteForm {
    version: i64,
    name: String,
    /// The text with its placeholders.
    body: String,
}

pub(super) async fn send(visit: Visit, At(id): At<SitrepId>, Sent(form): Sent<WriteForm>) -> PageResult {
    let (record, t) = (here(&visit, id).await?, SitrepWords(visit.lang));
    let mut errors = FormErrors::default();
    let name = form.name.trim();
    if name.is_empty() || name.chars().count() > 60 {
        errors.add("name", t.name_bad());
    }
    if record.state != SitrepState::Draft {
        errors.add("body", t.no_draft());
    }
    let body: String = form.body.replace("\r\n", "\n").chars().take(LONGEST).collect();
    if errors.is_empty() {
        let mut seen = record.clone();
        seen.version = form.version;
        let mut tx = visit.begin();
        tx.about("sitrep", id, Some(&record.sitrep.area));
        tx.write_sitrep(&seen, name, &body);
        match keep(tx, Refusals::changed(t.changed())).await? {
            Ok(()) => return Ok(see_other(&href(id))),
            Err(raced) => errors = raced,
        }
    }
    let mut now = here(&visit, id).await?;
    if now.state == SitrepState::Draft {
        (now.sitrep.name, now.sitrep.body) = (form.name, body);
    }
    again(&sitrep_page(&visit, &now, errors).await?)
}
