//! Indicators 指标: what is counted every day, the figures that are reported, and what is computed from them.
//!
//! Invariant: unknown, redacted, not applicable and zero are four different values, and nothing reported is none of
//! them. No sum, formula or format turns one into another.

mod amount;
mod check;
mod figure;
mod record;
mod total;

pub use amount::{Amount, NotAnAmount};
pub use check::{Warning, check};
pub use figure::{Figure, figure_words};
pub use record::{Denominator, Indicator, IndicatorState, NotAFigure, Period, RollUp, Source};
pub use total::Total;
