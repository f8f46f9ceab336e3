//! The log: what was acknowledged and is not in a segment yet.

mod frame;
mod group;
mod record;
mod replay;

pub(crate) use group::{Log, Queued};
pub(crate) use record::Record;
pub(crate) use replay::read_log;

/// The name of the log with this number.
pub(crate) fn log_name(number: u64) -> String {
    format!("log-{number:010}.wal")
}

/// The number of a log by its name.
pub(crate) fn log_number(name: &str) -> Option<u64> {
    name.strip_prefix("log-")?.strip_suffix(".wal")?.parse().ok()
}
