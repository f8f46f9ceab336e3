//! How a command ends. Documented in `docs/guides/plan-command.md`.

use std::process::ExitCode;

/// What the exit code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Done.
    Ok,
    /// `check` found errors, or `diff` found differences.
    Found,
    /// The command was given wrongly.
    Usage,
    /// A file could not be read; the others were.
    Unreadable,
    /// The output could not be written.
    Unwritable,
    /// The database or the address to listen on could not be had.
    Unavailable,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}
