//! How fast is it spreading, from whom, and after how long?

/// Secondary attack rates.
pub mod attack_rate;
/// Reproduction number by Cori.
pub mod cori;
/// Delays from censored and truncated observations.
pub mod delay;
/// Growth rate, doubling time, and how they and R belong together.
pub mod growth;
/// Offspring distribution.
pub mod offspring;
/// Serial intervals in whole days.
pub mod serial_interval;
/// Reproduction number where the serial interval itself is uncertain.
pub mod uncertain;
/// Reproduction number of those who fell ill, by Wallinga and Teunis.
pub mod wallinga_teunis;
