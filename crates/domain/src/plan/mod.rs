//! A plan document as structure. Every item carries its [`Source`]: where in the document it stands, by which rule it
//! was read, and how sure the reader is. What the document does not say is absent, never guessed.

mod accept;
mod clause;
mod describe;
mod diff;

mod document;
mod edit;
mod finding;
mod level;
mod number;
mod organisation;
mod quantity;
mod source;
mod task;
mod tier;
mod time;

pub use accept::{NotAcceptable, PlanState, Verdict, may_accept};
pub use clause::{Clause, ClauseKind};
pub use diff::{Change, ChangeKind, diff};
pub use document::{
    Block, BlockKind, Definition, DocumentDate, DocumentDateRole, DocumentKind, Plan, Principle, Reading, Reference,
    Section, SectionKind, Text,
};
pub use edit::{ClauseKey, Edit, EditKind, NotEditable, Reread, edit_in_force, is_editable, may_edit};
pub use finding::{Finding, FindingCode, Place, Severity};
pub use level::{
    ConditionMode, Criterion, EventGrade, Level, LevelProcedure, LoweringNeed, Measure, MeasureSet, ResponseLevel,
    Termination,
};
pub use number::Number;
pub use organisation::{Body, BodyKind, BodyStatus, Leader, Member, MemberKind, Office, Organisation, Phone, Rank};
pub use quantity::{Comparator, NamedList, Per, Quantity, QuantityRole};
pub use source::{Confidence, Repair, RepairKind, Rule, Source, Span};
pub use task::{
    Deadline, DeadlinePlace, Duty, Mechanism, ReportFlow, Responsibility, ResponsibilityRole, Task, UnitDuty,
};
pub use tier::{DemandedPlan, PlanTier};
pub use time::{DurationUnit, PartialDate, Phase, TimeKind, TimeOfDay, TimeRule};
