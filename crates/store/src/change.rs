use crate::{StoreError, sql::Sql, value::Value};

/// How many rows a step must touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expect {
    /// Any number, also none.
    Any,
    /// One; otherwise someone else was faster.
    One,
}

/// One statement of a change.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) sql: &'static Sql,
    pub(crate) values: Vec<Value>,
    pub(crate) expect: Expect,
    /// What the step is about, for the message when it fails.
    pub(crate) about: &'static str,
}

/// What someone did, for the audit record.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct AuditEntry {
    /// When, in milliseconds.
    pub at_ms: i64,
    /// The user's number; none for the program itself.
    pub who: Option<i64>,
    /// The user's name as it was then.
    pub who_name: String,
    /// The code of the act.
    pub act: String,
    /// The area it was about.
    pub area: String,
    /// What it was about: a kind and an identifier, `unit:0m4…`.
    pub target: String,
    /// The reason given, where one is asked for.
    pub why: String,
    /// What changed, without personal data.
    pub detail: String,
    /// The request it came with.
    pub request: String,
}

/// Everything one act changes, kept all or not at all, with its audit entries.
#[derive(Clone, Debug, Default)]
pub(crate) struct Change {
    pub(crate) steps: Vec<Step>,
    pub(crate) audit: Vec<AuditEntry>,
}

/// Whether a step that touched so many rows did what it should.
pub(crate) fn judge(step: &Step, touched: u64) -> Result<(), StoreError> {
    match step.expect {
        Expect::One if touched != 1 => Err(StoreError::Changed(step.about)),
        _ => Ok(()),
    }
}
