//! One engine for every time limit: which instant is due, how the light stands, when something must be noticed next.
//!
//! Everything is counted in the time of China, eight hours ahead of UTC all year. The clock on the wall is an argument.
//! Holidays do not exist for a clock, because an epidemic keeps none; a working day is Monday to Friday.
//!
//! * [`Limit`]: what is due by when, as a plan or a person says it.
//! * [`Clock`]: a limit that runs from an instant, with its pauses and what has been done.
//! * [`Light`]: green, yellow in the last quarter, red when over.
//! * [`end_earliest_on`]: the earliest end of a response after the last case.

mod calendar;
mod incubation;
mod light;
mod limit;
mod of_plan;
mod pause;
mod run;
mod series;
mod words;

pub use calendar::{DAY_MS, HOUR_MS, MINUTE_MS, end_of_day_ms, start_of_day_ms};
pub use incubation::end_earliest_on;
pub use light::Light;
pub use limit::{Length, Limit};
pub use of_plan::{CannotRun, Facts};
pub use pause::{NotPaused, Pause};
pub use run::{Clock, Escalation};
pub use words::{duration_words, moment_words};
