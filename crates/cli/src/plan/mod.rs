//! The commands on plans.

pub(crate) mod check;
pub(crate) mod diff;
pub(crate) mod example;
pub(crate) mod json;
pub(crate) mod read;
pub(crate) mod schema;
