//! Indicators 指标: what is counted every day, the figures that are reported, and what is computed from them.
//!
//! Invariant: unknown, redacted, not applicable and zero are four different values, and nothing reported is none of
//! them. No sum, formula or format turns one into another.

mod amount;
mod balance;
mod capacity;
mod check;
mod figure;
mod formula;
mod record;
mod target;
mod total;

pub use amount::{Amount, NotAnAmount};
pub use balance::Balance;
pub use capacity::{
    Bounds, LostFigure, days_of_stock, infection_control, part_time_infection_control, proportion, reckoned_for,
};
pub use check::{Warning, check};
pub use figure::{Figure, figure_words};
pub use formula::{
    Formula, FormulaFault, FormulaFaultKind, Input, Measure, WorkFault, Worked, WorkedInput, cycle_among, is_code,
};
pub use record::{Denominator, Indicator, IndicatorState, NotAFigure, Period, RollUp, Source};
pub use target::{Comparator, GapVerdict, Required, Requirement, Target};
pub use total::Total;
