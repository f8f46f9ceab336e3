//! What is doubtful about a document. Each module looks at one thing.

mod bodies;
mod dates;
mod figures;
mod file;
mod finding;
mod levels;
mod numbering;
mod repairs;
mod tasks;
mod text;

pub(crate) use file::check_file;
use lianfang_domain::plan::{DocumentKind, Finding, Plan};

use crate::{Options, outline::NodeId, read::Ctx};

/// Everything the checks look at.
pub(crate) struct Checked<'a> {
    pub(crate) ctx: &'a Ctx<'a>,
    pub(crate) plan: &'a Plan,
    pub(crate) number: u32,
    pub(crate) options: &'a Options,
    pub(crate) findings: Vec<Finding>,
}

/// Checks one document, in the order of a reader's questions.
pub(crate) fn check_document(
    ctx: &Ctx<'_>,
    plan: &Plan,
    numeral_lost: &[NodeId],
    number: u32,
    options: &Options,
) -> Vec<Finding> {
    let mut checked = Checked { ctx, plan, number, options, findings: Vec::new() };
    let is_report = plan.kind == DocumentKind::StatusReport;
    numbering::check(&mut checked);
    dates::check(&mut checked);
    bodies::check(&mut checked);
    if !is_report {
        levels::check(&mut checked, numeral_lost);
        tasks::check(&mut checked);
    }
    figures::check(&mut checked);
    text::check(&mut checked);
    repairs::check(&mut checked);
    let mut findings = checked.findings;
    findings.sort_by(|a, b| {
        (a.severity, a.place.line, a.place.column, a.code).cmp(&(b.severity, b.place.line, b.place.column, b.code))
    });
    findings
}
