//! Time that does not count.

use serde::{Deserialize, Serialize};

/// A time in which a clock stands, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// From when.
    pub from_ms: i64,
    /// Until when; open while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_ms: Option<i64>,
    /// Why.
    pub reason: String,
}

/// Why a clock was not paused or resumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotPaused {
    /// It stands already.
    StandsAlready,
    /// It does not stand.
    DoesNotStand,
    /// The instant lies before the last pause or the start.
    TooEarly,
    /// It is done.
    IsDone,
}

impl NotPaused {
    /// What is wrong and what to do.
    pub fn words(self, lang: crate::Lang) -> &'static str {
        match self {
            NotPaused::StandsAlready => {
                lang.pick("时限已经暂停。恢复后才能再次暂停。", "The clock is paused already. Resume it first.")
            }
            NotPaused::DoesNotStand => lang.pick("时限没有暂停，无需恢复。", "The clock is not paused; it runs."),
            NotPaused::TooEarly => lang.pick(
                "时间早于时限开始或上一次暂停。请核对时间。",
                "That is before the clock's start or its last pause. Check the time.",
            ),
            NotPaused::IsDone => lang.pick("事项已经办结，时限不再走动。", "It is done, so its clock no longer runs."),
        }
    }
}

/// The pauses of a clock: in order, apart from each other, none before the start, only the last one open.
#[derive(Clone, Copy)]
pub(super) struct Pauses<'a>(pub(super) &'a [Pause]);

impl Pauses<'_> {
    /// From when until when the pause lasts in which an instant lies.
    pub(super) fn lasting(self, now_ms: i64) -> Option<(i64, Option<i64>)> {
        let lasts = |pause: &&Pause| pause.from_ms <= now_ms && pause.until_ms.is_none_or(|until| now_ms < until);
        self.0.iter().find(lasts).map(|pause| (pause.from_ms, pause.until_ms))
    }

    /// The instant on a clock that never stood, moved to the wall: later by every pause that began before it. None when
    /// an open pause lies before it.
    pub(super) fn to_wall(self, running_ms: i64) -> Option<i64> {
        self.0.iter().try_fold(running_ms, |at, pause| {
            if pause.from_ms < at { at.checked_add(pause.until_ms? - pause.from_ms) } else { Some(at) }
        })
    }

    /// How an instant on the wall reads on a clock that never stood.
    pub(super) fn to_running(self, wall_ms: i64) -> i64 {
        let stood = |pause: &Pause| {
            let until = pause.until_ms.unwrap_or(i64::MAX).min(wall_ms);
            (until - pause.from_ms).max(0)
        };
        wall_ms - self.0.iter().take_while(|pause| pause.from_ms < wall_ms).map(stood).sum::<i64>()
    }
}
