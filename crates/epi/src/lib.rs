//! Early warning and epidemic statistics.
//!
//! Pure: no file, clock or random number of its own. Dates, as-of times and [`number::chance::Stream`]s are arguments, so that
//! the same input gives the same bytes out.
//!
//! Inside the arithmetic an unknown count is `NaN`, which no comparison takes for a number; results carry `Option`, so that
//! unknown stays unknown and no alarm is ever a `NaN`.

pub mod aberration;
pub mod assess;
pub mod chart;
pub mod now;
pub mod number;
mod panel;
mod probability;
mod refusal;
pub mod scan;
pub mod signals;
pub mod transmission;

pub use panel::Panel;
pub use probability::Probability;
pub use refusal::Refusal;
