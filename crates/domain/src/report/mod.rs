//! Reports: a filled template of figures and text for a period, by a unit, until an instant.
//!
//! Everything is counted in the time of China and by the server's clock; holidays do not exist for a report.
//!
//! * [`Cadence`]: how often a report falls due, and at which time of day; [`Covers`]: the period it tells of.
//! * [`ReportTemplate`]: what is asked, of whom, and how often.
//! * [`Cell`]: how a unit stands with the report of a period, as the completeness board shows it.
//! * [`Look`]: when somebody must be reminded, and when an omission is noted.

mod assign;
mod cadence;
mod cell;
mod due;
mod look;
mod tally;
mod time_of_day;

pub use assign::Assignment;
pub use cadence::{Cadence, Covers};
pub use cell::{Cell, CellState, ReportFacts, ReportState, late_minutes};
pub use due::{Due, Period, first_day_of_version};
pub use look::{Look, LookKind, looks, next_look_ms};
pub use tally::Completeness;
pub use time_of_day::time_of_day;

#[cfg(test)]
mod tests;
