//! Clocks that run: whoever is due is told.

mod sweep;

pub(crate) use sweep::{SWEEP, is_due, sweep};
