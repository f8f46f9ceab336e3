//! From a list of dates and counts to one judgement with its reasons.

/// Which method, and why.
pub mod choose;
/// Dates and counts put in order.
pub mod clean;
/// Every method behind one question.
pub mod detector;
mod page;
/// The judgement in words.
pub mod words;

pub use page::{Assessment, Settings, assess};
