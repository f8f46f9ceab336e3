//! Clocks that run. A clock knows what it runs for by kind and identifier alone, so that whoever watches clocks needs to
//! know nothing of orders or levels.

mod change;
mod read;

use lianfang_domain::{
    ClockId, UnitId,
    area::AreaCode,
    clock::{Clock, Escalation},
};

pub(crate) use change::ALL as CHANGE;
pub(crate) use read::ALL as READ;

/// Whether a clock runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockState {
    /// It runs.
    Running,
    /// It stands for a while.
    Paused,
    /// What it ran for is done, or no longer needed.
    Stopped,
}

impl ClockState {
    /// The text that is kept.
    pub fn code(self) -> &'static str {
        match self {
            ClockState::Running => "running",
            ClockState::Paused => "paused",
            ClockState::Stopped => "stopped",
        }
    }

    fn from_code(code: &str) -> Option<ClockState> {
        [ClockState::Running, ClockState::Paused, ClockState::Stopped].into_iter().find(|state| state.code() == code)
    }
}

/// A clock that is started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClock {
    /// Its identifier.
    pub id: ClockId,
    /// The area that it concerns; the offices of this area and those above are told when it is brought up again.
    pub area: AreaCode,
    /// The kind of thing that it runs for: `order`.
    pub subject_kind: &'static str,
    /// Which one.
    pub subject: String,
    /// What it is called in notices; never personal data.
    pub title: String,
    /// The page that notices lead to.
    pub href: String,
    /// The unit that is told; none means the headquarters office.
    pub told_unit: Option<UnitId>,
    /// The clock.
    pub clock: Clock,
    /// How it is brought up again when it is over.
    pub escalation: Escalation,
}

/// A clock as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockRecord {
    /// Its identifier.
    pub id: ClockId,
    /// The area that it concerns.
    pub area: AreaCode,
    /// The kind of thing that it runs for.
    pub subject_kind: String,
    /// Which one.
    pub subject: String,
    /// What it is called in notices.
    pub title: String,
    /// The page that notices lead to.
    pub href: String,
    /// The unit that is told.
    pub told_unit: Option<UnitId>,
    /// The clock.
    pub clock: Clock,
    /// How it is brought up again.
    pub escalation: Escalation,
    /// Whether it runs.
    pub state: ClockState,
    /// When it must be looked at next.
    pub next_at_ms: Option<i64>,
    /// What it said last.
    pub told: String,
    /// For telling whether someone else changed it.
    pub version: i64,
}

impl ClockRecord {
    /// The county by which it is kept.
    pub fn home(&self) -> AreaCode {
        self.area.home()
    }
}
