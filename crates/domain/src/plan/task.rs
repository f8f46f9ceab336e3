use serde::{Deserialize, Serialize};

use super::{PartialDate, Source, TimeRule};

/// One duty of a body or unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Duty {
    /// Number as written.
    pub number: Option<String>,
    /// The words.
    pub text: String,
    /// Units that the duty itself names as its subjects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<String>,
    /// Whether it is the phrase that closes every list (`承担领导交办的其他工作`): known, but not a task.
    pub boilerplate: bool,
    /// Where.
    pub source: Source,
}

/// The duties of one unit, or of all units of a kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnitDuty {
    /// Who.
    pub unit: String,
    /// What.
    pub duties: Vec<Duty>,
    /// Where.
    pub source: Source,
}

/// What part a unit has in a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ResponsibilityRole {
    /// 牵头.
    Lead,
    /// 配合.
    Support,
    /// 负责 without further distinction.
    Responsible,
    /// 按职责分工负责: each for its own share.
    Shared,
}

/// A unit and its part in a task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Responsibility {
    /// Full name with the inherited prefix.
    pub unit: String,
    /// As written.
    pub text: String,
    /// Which part.
    pub role: ResponsibilityRole,
}

/// Where a deadline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeadlinePlace {
    /// In the responsibility bracket, line or table cell.
    Responsibility,
    /// In the running text of the task.
    Text,
}

/// A date by which a task is due.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Deadline {
    /// Last day; parts may be unknown.
    pub date: Option<PartialDate>,
    /// Whether the work goes on afterwards (`并长期坚持`) or has no end (`长期坚持`).
    pub ongoing: bool,
    /// Where in the task.
    pub place: DeadlinePlace,
    /// The words.
    pub text: String,
    /// Where in the document.
    pub source: Source,
}

/// A task with responsible units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Task {
    /// Number as written.
    pub number: Option<String>,
    /// Its heading or first clause.
    pub title: String,
    /// Headings above it, outermost first.
    pub path: Vec<String>,
    /// The words, without the responsibility bracket.
    pub text: String,
    /// Who, in the order of the text.
    pub responsible: Vec<Responsibility>,
    /// Whether the plan says 按职责分工.
    pub shared_by_duty: bool,
    /// Whether the list of units is open (`等部门`).
    pub units_open: bool,
    /// Until when.
    pub deadlines: Vec<Deadline>,
    /// Where.
    pub source: Source,
}

/// A standing mechanism: 例会, 信息发布, 值班, 督查, 举报.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mechanism {
    /// Its name.
    pub name: String,
    /// The words.
    pub text: String,
    /// Where.
    pub source: Source,
}

/// Who reports what to whom, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportFlow {
    /// Who reports.
    pub from: Vec<String>,
    /// To whom.
    pub to: Vec<String>,
    /// What.
    pub what: String,
    /// When, if the sentence says so.
    pub when: Option<TimeRule>,
    /// The words.
    pub text: String,
    /// Where.
    pub source: Source,
}
