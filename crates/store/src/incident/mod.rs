//! Incidents: the record, its log, its figures and parameters, its command.

mod change;
mod command;
mod facts;
mod grade_rule;
mod read;

use jiff::civil::Date;
use lianfang_domain::{
    EntryId, IncidentId, PartId, PlanId,
    area::AreaCode,
    incident::{EntryKind, Figure, IncidentKind, IncidentState, ParameterName},
    plan::ResponseLevel,
};

use crate::{StoreError, value::Row};

pub use command::{BodyRecord, MemberRecord, NewBody, NewMember};
pub use grade_rule::GradeRuleRecord;

pub(crate) use change::ALL as CHANGE;
pub(crate) use command::ALL as COMMAND;
pub(crate) use facts::ALL as FACTS;
pub(crate) use grade_rule::ALL as GRADE_RULE;
pub(crate) use read::ALL as READ;

/// An incident that is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewIncident {
    /// Its identifier.
    pub id: IncidentId,
    /// Where it happened.
    pub area: AreaCode,
    /// What kind of incident.
    pub kind: IncidentKind,
    /// Its name.
    pub name: String,
    /// The code of the disease; empty where there is none.
    pub disease: String,
    /// The plan under which it is dealt with.
    pub plan: Option<PlanId>,
    /// When the first one fell ill, if known.
    pub onset_on: Option<Date>,
    /// When it was discovered, in milliseconds.
    pub discovered_at_ms: i64,
    /// What is known, in words.
    pub summary: String,
}

/// An incident as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentRecord {
    /// Its identifier.
    pub id: IncidentId,
    /// Where it happened.
    pub area: AreaCode,
    /// What kind of incident.
    pub kind: IncidentKind,
    /// Its name.
    pub name: String,
    /// Whether it is still being dealt with.
    pub state: IncidentState,
    /// The code of the disease; empty where there is none.
    pub disease: String,
    /// How grave the event is, once someone has set it.
    pub grade: Option<ResponseLevel>,
    /// The response level; none while no response runs.
    pub level: Option<ResponseLevel>,
    /// Since when, in milliseconds.
    pub level_since_ms: Option<i64>,
    /// When the response began that runs now.
    pub began_at_ms: Option<i64>,
    /// The plan under which it is dealt with.
    pub plan: Option<PlanId>,
    /// When the first one fell ill, if known.
    pub onset_on: Option<Date>,
    /// When it was discovered.
    pub discovered_at_ms: i64,
    /// When it was first reported.
    pub reported_at_ms: Option<i64>,
    /// To whom.
    pub reported_to: String,
    /// What is known, in words.
    pub summary: String,
    /// Who opened it.
    pub made_by: String,
    /// When.
    pub made_at_ms: i64,
    /// When it was closed.
    pub closed_at_ms: Option<i64>,
    /// For telling whether someone else changed it.
    pub version: i64,
}

impl IncidentRecord {
    /// The county by which it is kept.
    pub fn home(&self) -> AreaCode {
        self.area.home()
    }
}

/// An entry for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// What it is.
    pub kind: EntryKind,
    /// When it happened, in milliseconds.
    pub at_ms: i64,
    /// What happened or was decided.
    pub words: String,
    /// On what a decision rests.
    pub basis: String,
    /// To whom it is addressed.
    pub addressees: String,
}

impl NewEntry {
    /// An entry that says what happened, and no more.
    pub fn of(kind: EntryKind, at_ms: i64, words: impl Into<String>) -> NewEntry {
        NewEntry { kind, at_ms, words: words.into(), basis: String::new(), addressees: String::new() }
    }
}

/// An entry in the log of an incident. There is no statement that changes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRecord {
    /// Its identifier.
    pub id: EntryId,
    /// What was noted.
    pub entry: NewEntry,
    /// When it was noted.
    pub noted_at_ms: i64,
    /// Who noted it.
    pub who: String,
}

/// A parameter of an incident's disease, as someone set it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterRecord {
    /// What.
    pub name: ParameterName,
    /// Its value: a number of days, or the code of a class.
    pub value: String,
    /// Since when it holds.
    pub from_on: Date,
    /// Who says so.
    pub source: String,
    /// Who set it.
    pub by: String,
    /// When.
    pub at_ms: i64,
}

/// A figure of an incident, as someone noted it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureRecord {
    /// Which.
    pub figure: Figure,
    /// How many.
    pub value: i64,
    /// As of when.
    pub as_of_ms: i64,
    /// From where.
    pub source: String,
    /// Who noted it.
    pub by: String,
    /// When.
    pub at_ms: i64,
}

/// Where cases got infected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseOrigin {
    /// 本土.
    Local,
    /// 输入.
    Imported,
}

impl CaseOrigin {
    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            CaseOrigin::Local => "local",
            CaseOrigin::Imported => "imported",
        }
    }

    /// The origin of a code.
    pub fn from_code(code: &str) -> Option<CaseOrigin> {
        [CaseOrigin::Local, CaseOrigin::Imported].into_iter().find(|origin| origin.code() == code)
    }
}

/// Cases that became known together. No person is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCases {
    /// Its identifier.
    pub id: PartId,
    /// How many.
    pub n_cases: i64,
    /// Where they got infected.
    pub origin: CaseOrigin,
    /// When the last of them was isolated.
    pub isolated_on: Date,
    /// From where it is known.
    pub source: String,
}

/// The same as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CasesRecord {
    /// What was noted.
    pub cases: NewCases,
    /// Who noted it.
    pub by: String,
    /// When.
    pub at_ms: i64,
    /// Why it was struck out; none while it stands.
    pub struck: Option<(String, String)>,
}

/// A phase of a planned event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentPhase {
    /// Its identifier.
    pub id: PartId,
    /// Its name.
    pub name: String,
    /// First day; none when it is open.
    pub from_on: Option<Date>,
    /// Last day; none when it is open.
    pub until_on: Option<Date>,
    /// What is to be done in it.
    pub words: String,
}

/// A place of a planned event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Venue {
    /// Its identifier.
    pub id: PartId,
    /// Its name.
    pub name: String,
    /// Where it lies.
    pub area: AreaCode,
    /// What to know of it.
    pub words: String,
}

/// The level or grade in a column.
pub(crate) fn level_at(row: &Row<'_>, column: usize) -> Result<Option<ResponseLevel>, StoreError> {
    let Some(code) = row.opt_text(column)? else { return Ok(None) };
    let found = ResponseLevel::from_code(&code);
    found.map(Some).ok_or_else(|| StoreError::Broken(format!("there is no level “{code}”")))
}
