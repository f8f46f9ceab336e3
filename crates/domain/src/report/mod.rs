//! Reports: a filled template of figures and text for a period, by a unit, until an instant.
//!
//! Everything is counted in the time of China and by the server's clock; holidays do not exist for a report.
//!
//! * [`ReportTemplate`]: what is asked, of whom, and how often.
//! * [`Cadence`]: how often a report falls due, and at which time of day; [`Covers`]: the period it tells of.
//! * [`ReportContent`]: what was filled in; a line without an answer is neither zero nor unknown.
//! * [`Cell`]: how a unit stands with the report of a period, as the completeness board shows it.
//! * [`Look`]: when somebody must be reminded, and when an omission is noted.

mod assign;
mod cadence;
mod cell;
mod content;
mod due;
mod from_plan;
mod look;
mod step;
mod supplied;
mod tally;
mod template;
mod time_of_day;

pub use assign::Assignment;
pub use cadence::{Cadence, Covers};
pub use cell::{Cell, CellState, ReportFacts, ReportState, late_minutes};
pub use content::{Answer, AnswerFault, Asked, Difference, Filled, ReportContent, TypedAnswer, fill_zeros, section_of};
pub use due::{Due, Period, first_day_of_version};
pub use from_plan::{PlannedTime, planned_times};
pub use look::{Look, LookKind, looks, looks_of, next_look_ms, next_look_of};
pub use step::{ReportRefusal, ReportStep, StepFacts, next_state};
pub use supplied::{SUPPLIED, SuppliedAsk, SuppliedLine, SuppliedTemplate};
pub use tally::Completeness;
pub use template::{LineAsk, ReportLine, ReportTemplate, TemplateFault, TemplateState, move_line};
pub use time_of_day::time_of_day;

#[cfg(test)]
mod content_tests;
#[cfg(test)]
mod tests;
