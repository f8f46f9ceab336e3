use lianfang_domain::sitrep::{Document, MarkupFault, SitrepState, fill, language_of, read_template, untraced_numbers};
use lianfang_store::{NewSitrep, SitrepRecord};

use super::gather::{Asking, Names, gather};
use crate::{Fault, visit::Visit};

/// A report as it reads: with the figures of now while it is being written, as it was frozen once it is issued.
pub(crate) struct Filled {
    pub(crate) document: Document,
    /// Places that cannot be filled.
    pub(super) faults: Vec<MarkupFault>,
    /// Numbers that were typed.
    pub(super) untraced: Vec<String>,
}

/// Reads a report.
pub(super) async fn filled(visit: &Visit, record: &SitrepRecord) -> Result<Filled, Fault> {
    if matches!(record.state, SitrepState::Issued | SitrepState::Withdrawn) {
        let document = serde_json::from_str(&record.content).map_err(|error| Fault::Broken(error.to_string()))?;
        return Ok(Filled { document, faults: Vec::new(), untraced: Vec::new() });
    }
    fill_now(&Asking::of(visit), &record.sitrep).await
}

/// Fills a text with what is known now, in the language of the text.
pub(crate) async fn fill_now(asking: &Asking<'_>, sitrep: &NewSitrep) -> Result<Filled, Fault> {
    let lang = language_of(&sitrep.body).unwrap_or(asking.lang);
    let asking = &Asking { lang, incidents: asking.incidents.clone(), ..*asking };
    let names = Names::of(asking, &sitrep.area).await?;
    let (blocks, faults) = read_template(&sitrep.body, &names.all);
    let facts = gather(asking, sitrep, &names, &blocks).await?;
    let document = fill(&blocks, &facts, asking.lang);
    Ok(Filled { document, faults, untraced: untraced_numbers(&blocks) })
}
