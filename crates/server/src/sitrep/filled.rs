use lianfang_domain::sitrep::{Document, MarkupFault, SitrepState, fill, read_template, untraced_numbers};
use lianfang_store::SitrepRecord;

use super::gather::{Names, gather};
use crate::{Fault, visit::Visit};

/// A report as it reads: with the figures of now while it is being written, as it was frozen once it is issued.
pub(super) struct Filled {
    pub(super) document: Document,
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
    let names = Names::of(visit, &record.sitrep.area).await?;
    let (blocks, faults) = read_template(&record.sitrep.body, &names.all);
    let facts = gather(visit, &record.sitrep, &names, &blocks).await?;
    let document = fill(&blocks, &facts, visit.lang);
    Ok(Filled { document, faults, untraced: untraced_numbers(&blocks) })
}
