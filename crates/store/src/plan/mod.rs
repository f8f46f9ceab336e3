//! Plans: what was read from them, and what people said about it.

mod change;
mod edit;
mod file;
mod read;

use lianfang_domain::{
    PlanId, UnitId,
    area::AreaCode,
    plan::{Finding, Plan, PlanState, PlanTier, Verdict},
};
use serde::{Deserialize, Serialize};

use crate::crypto::SealedAt;

pub(crate) use change::ALL as CHANGE;
pub(crate) use edit::ALL as EDIT;
pub use edit::PlanEdit;
pub(crate) use file::ALL as FILE;
pub(crate) use read::ALL as READ;

/// What was read from a document: the plan and what is doubtful in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlanContent {
    /// The plan.
    pub plan: Plan,
    /// What is doubtful; an answer names a finding by its place here.
    pub findings: Vec<Finding>,
}

/// A plan that was just read.
#[derive(Clone, Debug, PartialEq)]
pub struct NewPlan {
    /// Its identifier.
    pub id: PlanId,
    /// The area that it is for.
    pub area: AreaCode,
    /// Its title, or the name of the file where it has none.
    pub title: String,
    /// What kind of document, as the reader calls it.
    pub kind: String,
    /// The name of the file.
    pub file: String,
    /// The plan of which it is a new version.
    pub replaces: Option<PlanId>,
    /// The plan under which the file is kept, in which it came.
    pub file_of: Option<PlanId>,
    /// What it is among the plans of its area.
    pub tier: PlanTier,
    /// The plan to which it belongs.
    pub parent: Option<PlanId>,
}

/// A plan as it is kept, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRecord {
    /// Its identifier.
    pub id: PlanId,
    /// The area that it is for.
    pub area: AreaCode,
    /// Its title.
    pub title: String,
    /// What kind of document, as the reader calls it.
    pub kind: String,
    /// How far it is.
    pub state: PlanState,
    /// The name of the file.
    pub file: String,
    /// Errors that the reader found in it.
    pub n_errors: i64,
    /// Everything doubtful that the reader found.
    pub n_findings: i64,
    /// The plan of which it is a new version.
    pub replaces: Option<PlanId>,
    /// The plan under which the file is kept, in which it came.
    pub file_of: Option<PlanId>,
    /// What it is among the plans of its area.
    pub tier: PlanTier,
    /// The plan to which it belongs.
    pub parent: Option<PlanId>,
    /// Who uploaded it.
    pub made_by: String,
    /// When, in milliseconds.
    pub made_at_ms: i64,
    /// Who accepted it, or put it aside; empty while it is a draft.
    pub settled_by: String,
    /// When.
    pub settled_at_ms: Option<i64>,
    /// For telling whether someone else changed it.
    pub version: i64,
}

impl PlanRecord {
    /// The county by which it is kept.
    pub fn home(&self) -> AreaCode {
        self.area.home()
    }
}

/// What someone said about a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanAnswer {
    /// The place of the finding in its list, from 0.
    pub finding: usize,
    /// What was said.
    pub verdict: Verdict,
    /// In their words.
    pub note: String,
    /// Who.
    pub by: String,
    /// When, in milliseconds.
    pub at_ms: i64,
}

/// What someone said a name in a plan means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanUnit {
    /// The name, in full as the reader has it.
    pub name: String,
    /// The unit; none when it is no single unit (`各乡镇`) or not one of ours.
    pub unit: Option<UnitId>,
}

/// The text of a plan names officials with their telephone numbers, so it is sealed.
fn sealed_at(plan: PlanId) -> SealedAt {
    SealedAt { table: "plan_content", column: "content", row: plan.0.number() }
}
