//! Incidents: what happened, where, how grave, who has been told, and who commands.
//!
//! An incident has a grade 事件分级, which says how grave the event is; the response level of [`crate::response`] says what
//! is done about it. They are set apart by different people under different rules.

mod command;
mod disease;
mod entry;
mod first_report;
mod grade;
mod kind;
mod supplied_grades;

pub use command::{CommandBody, CommandMember, DoubleDuty, double_duties};
pub use disease::{Disease, DiseaseClass, Parameter, ParameterName};
pub use entry::{EntryKind, NoDecision, may_decide};
pub use first_report::{FirstReport, first_report};
pub use grade::{Condition, Figure, GradeRule, GradeVerdict, MetRule, Shortfall, suggest_grade};
pub use kind::{IncidentKind, IncidentState};
pub use supplied_grades::supplied_grade_rules;
