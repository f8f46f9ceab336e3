//! Several signals together, and alarms that do not ring twice.

/// Alarm rules.
pub mod alarm;
/// Back-tests.
pub mod backtest;
/// Detectors that are worth a back-test.
pub mod candidates;
/// Combined p-values.
pub mod combine;
/// False discoveries.
pub mod discovery;
