//! Report templates, the reports that units hand in, and who has not.

mod board;
mod change;
mod owed;
mod read;
mod template;

use jiff::civil::Date;
use lianfang_domain::{
    IndicatorId, ReportId, ReportTemplateId, UnitId,
    area::AreaCode,
    report::{Due, ReportContent, ReportFacts, ReportState, ReportTemplate},
    unit::UnitKind,
};

pub use board::{BoardCell, ReportingUnit};
pub(crate) use change::ALL as CHANGE;
pub use owed::ReportSearch;
pub(crate) use read::ALL as READ;
pub(crate) use template::ALL as TEMPLATE;

/// A template as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateRecord {
    /// The template as it is now.
    pub template: ReportTemplate,
    /// Until when it was looked at who has reported, in milliseconds.
    pub looked_at_ms: i64,
    /// When somebody must look again.
    pub next_at_ms: Option<i64>,
}

/// A version of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateVersion {
    /// The template as it was laid down then.
    pub template: ReportTemplate,
    /// Who laid it down.
    pub by: String,
    /// When, in milliseconds.
    pub at_ms: i64,
}

/// What a report is about: which template, unit and period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportKey {
    /// The template.
    pub template: ReportTemplateId,
    /// Which version of it.
    pub template_version: i64,
    /// The unit.
    pub unit: UnitId,
    /// The unit's area.
    pub division: AreaCode,
    /// The unit above it.
    pub above: Option<UnitId>,
    /// The day under which its figures stand.
    pub period_on: Date,
    /// When it was asked for, of one that is due at once; otherwise zero.
    pub turn: i64,
    /// From when on it is late.
    pub due_at_ms: i64,
}

impl ReportKey {
    /// The report of a unit that falls due by a template.
    pub fn of(template: &ReportTemplate, unit: &ReportingUnit, due: Due) -> ReportKey {
        ReportKey {
            template: template.id,
            template_version: template.version,
            unit: unit.id,
            division: unit.division.clone(),
            above: unit.above,
            period_on: due.period.on,
            turn: 0,
            due_at_ms: due.due_at_ms,
        }
    }
}

/// A report as it is kept, without what was filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRecord {
    /// Its identifier.
    pub id: ReportId,
    /// What it is about.
    pub key: ReportKey,
    /// How far it is.
    pub state: ReportState,
    /// How many of its figures are unknown or redacted.
    pub n_unknown: i64,
    /// When it was first handed in.
    pub first_submitted_at_ms: Option<i64>,
    /// When it was last handed in.
    pub last_submitted_at_ms: Option<i64>,
    /// How often it was handed in again.
    pub n_corrections: i64,
    /// Who handed it in, or began it.
    pub by: String,
    /// For whom they did it, where it was not their own unit.
    pub on_behalf: String,
    /// Why it was sent back.
    pub why_returned: String,
    /// When anything was last changed.
    pub changed_at_ms: i64,
    /// For telling whether someone else changed it.
    pub version: i64,
}

impl ReportRecord {
    /// The county by which it is kept.
    pub fn home(&self) -> AreaCode {
        self.key.division.home()
    }

    /// What completeness goes by.
    pub fn facts(&self) -> ReportFacts {
        ReportFacts {
            state: self.state,
            due_at_ms: self.key.due_at_ms,
            first_submitted_at_ms: self.first_submitted_at_ms,
            n_corrections: self.n_corrections,
            n_unknown: self.n_unknown,
        }
    }
}

/// A version of a report that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportVersion {
    /// Its number, from 1.
    pub number: i64,
    /// The version of the template by which it was filled in.
    pub template_version: i64,
    /// What was filled in.
    pub content: ReportContent,
    /// Why it was handed in again; empty for the first.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// For whom, where it was not their own unit.
    pub on_behalf: String,
    /// When, in milliseconds.
    pub at_ms: i64,
}

/// What is handed in or kept as a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContent<'a> {
    /// What was filled in.
    pub content: &'a ReportContent,
    /// The version of the template by which it was filled in.
    pub template_version: i64,
    /// Why it is handed in again; empty for the first.
    pub reason: &'a str,
    /// For whom, where it is not their own unit; empty otherwise.
    pub on_behalf: &'a str,
    /// Indicators of which the report no longer says anything.
    pub withdrawn: &'a [IndicatorId],
}

/// The kind of a unit that was read.
fn kind_of(code: &str) -> UnitKind {
    UnitKind::from_code(code).unwrap_or(UnitKind::Other)
}
