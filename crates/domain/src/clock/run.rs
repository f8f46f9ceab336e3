use serde::{Deserialize, Serialize};

use super::calendar::{MINUTE_MS, end_of_its_day, later};
use super::pause::{NotPaused, Pauses};
use super::series::{Series, Turn};
use super::{Length, Light, Limit, Pause, end_of_day_ms, start_of_day_ms};
use crate::plan::DurationUnit;

/// A limit that runs: since when, when it stood, and what has been done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// What is due by when.
    pub limit: Limit,
    /// Since when it runs: the trigger of the limit.
    pub started_at_ms: i64,
    /// When it stood: in order, apart from each other, only the last one open. [`Clock::pause`] keeps them so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
    /// Of a limit that recurs: the instant until which everything due has been done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_through_ms: Option<i64>,
    /// When the whole of it was done; the clock has stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at_ms: Option<i64>,
}

/// How what is over is brought up again: so many times, so many minutes apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// Minutes between two steps.
    pub every_minutes: u32,
    /// How many steps; none means that it is told once.
    pub steps: u32,
}

impl Clock {
    /// A clock that starts to run.
    pub fn start(limit: Limit, started_at_ms: i64) -> Clock {
        Clock { limit, started_at_ms, pauses: Vec::new(), done_through_ms: None, done_at_ms: None }
    }

    /// When the next undone thing is due. None where nothing is ever due, where a pause lasts that moves it, and where
    /// all is done.
    pub fn due_ms(&self) -> Option<i64> {
        self.turn().map(|turn| turn.due_ms)
    }

    /// The instants from `from_ms` until before `until_ms` at which something is or was due, done or not, at most `most`.
    pub fn occurrences(&self, from_ms: i64, until_ms: i64, most: usize) -> Vec<i64> {
        let Some(series) = Series::of(&self.limit, self.started_at_ms, self.pauses()) else {
            let once = self.once().map(|turn| turn.due_ms);
            return once.filter(|due| (from_ms..until_ms).contains(due) && most > 0).into_iter().collect();
        };
        let first = series.first_after(from_ms.saturating_sub(1));
        std::iter::successors(first, |turn| series.first_after(turn.due_ms))
            .map(|turn| turn.due_ms)
            .take_while(|due| *due < until_ms)
            .take(most)
            .collect()
    }

    /// How it stands. It is over from the instant on at which it is due.
    pub fn light(&self, now_ms: i64) -> Light {
        if let Some(at_ms) = self.done_at_ms {
            return self.light_of_done(at_ms);
        }
        if let Some((since_ms, until_ms)) = self.pauses().lasting(now_ms) {
            return Light::Paused { since_ms, until_ms };
        }
        let Some(turn) = self.turn() else {
            return self.done_through_ms.filter(|_| self.is_counted()).map_or(Light::None, Light::done);
        };
        let due_ms = turn.due_ms;
        if now_ms >= due_ms {
            return if self.limit.ends_by_itself() {
                Light::done(due_ms)
            } else {
                Light::Red { due_ms, over_ms: now_ms.saturating_sub(due_ms) }
            };
        }
        let left_ms = due_ms.saturating_sub(now_ms);
        if self.turns_yellow_ms(turn).is_some_and(|yellow| now_ms >= yellow) {
            Light::Yellow { due_ms, left_ms }
        } else {
            Light::Green { due_ms, left_ms }
        }
    }

    /// The next instant after `now_ms` at which something must be noticed: the light changes, something else falls due,
    /// or what is over is brought up again. None when nothing happens until someone does something.
    pub fn next_change_ms(&self, now_ms: i64, escalation: Escalation) -> Option<i64> {
        if self.done_at_ms.is_some() {
            return None;
        }
        if let Limit::FromDate { date } = self.limit {
            return start_of_day_ms(date).filter(|begin| *begin > now_ms);
        }
        if let Some((_, until_ms)) = self.pauses().lasting(now_ms) {
            return until_ms;
        }
        let turn = self.turn()?;
        let over = now_ms >= turn.due_ms;
        if !over {
            let yellow = self.turns_yellow_ms(turn).filter(|yellow| *yellow > now_ms);
            return yellow.or(Some(turn.due_ms));
        }
        if self.limit.ends_by_itself() {
            return None;
        }
        let again = Series::of(&self.limit, self.started_at_ms, self.pauses());
        let again = again.and_then(|series| series.first_after(now_ms)).map(|turn| turn.due_ms);
        [again, escalation.after(turn.due_ms, now_ms)].into_iter().flatten().min()
    }

    /// Everything due until an instant has been done.
    pub fn done_through(&mut self, through_ms: i64) {
        self.done_through_ms = self.done_through_ms.max(Some(through_ms));
    }

    /// The clock stands from now on.
    ///
    /// # Errors
    /// [`NotPaused`] when it stands already, is done, or the instant lies before its start or last pause.
    pub fn pause(&mut self, at_ms: i64, reason: &str) -> Result<(), NotPaused> {
        let free_from = match self.pauses.last() {
            Some(Pause { until_ms: None, .. }) => return Err(NotPaused::StandsAlready),
            Some(Pause { until_ms: Some(until), .. }) => *until,
            None => self.started_at_ms,
        };
        if self.done_at_ms.is_some() {
            return Err(NotPaused::IsDone);
        }
        if at_ms < free_from {
            return Err(NotPaused::TooEarly);
        }
        self.pauses.push(Pause { from_ms: at_ms, until_ms: None, reason: reason.to_owned() });
        Ok(())
    }

    /// The clock runs again.
    ///
    /// # Errors
    /// [`NotPaused`] when it does not stand, or has not stood since before the instant.
    pub fn resume(&mut self, at_ms: i64) -> Result<(), NotPaused> {
        match self.pauses.last_mut() {
            Some(pause) if pause.until_ms.is_none() => {
                if at_ms < pause.from_ms {
                    return Err(NotPaused::TooEarly);
                }
                pause.until_ms = Some(at_ms);
                Ok(())
            }
            _ => Err(NotPaused::DoesNotStand),
        }
    }

    /// Whether it stands at an instant.
    pub fn stands(&self, now_ms: i64) -> bool {
        self.pauses().lasting(now_ms).is_some()
    }

    fn pauses(&self) -> Pauses<'_> {
        Pauses(&self.pauses)
    }

    fn is_counted(&self) -> bool {
        Series::of(&self.limit, self.started_at_ms, self.pauses()).is_some_and(|series| series.is_counted())
    }

    /// The next undone turn.
    fn turn(&self) -> Option<Turn> {
        match Series::of(&self.limit, self.started_at_ms, self.pauses()) {
            Some(series) => series.first_after(self.done_through_ms.unwrap_or(i64::MIN).max(self.started_at_ms)),
            None => self.once(),
        }
    }

    /// The only turn of a limit that does not recur.
    fn once(&self) -> Option<Turn> {
        let begin_ms = self.started_at_ms;
        let moved = |running: i64| self.pauses().to_wall(running);
        let due_ms = match self.limit {
            Limit::At { at_ms } => at_ms,
            Limit::ByDate { date, .. } => end_of_day_ms(date)?,
            Limit::Within { length } => moved(end_of_within(begin_ms, length)?)?,
            Limit::For { length } => moved(later(begin_ms, length, 1)?)?,
            Limit::Incubations { days, .. } => {
                moved(later(begin_ms, Length { amount: days, unit: DurationUnit::Day }, 1)?)?
            }
            Limit::AtOnce { grace_minutes } => moved(begin_ms.checked_add(i64::from(grace_minutes) * MINUTE_MS)?)?,
            _ => return None,
        };
        Some(Turn { begin_ms, due_ms })
    }

    /// From when on the last quarter of a turn runs. What was to be done at once is urgent from its start.
    fn turns_yellow_ms(&self, turn: Turn) -> Option<i64> {
        if matches!(self.limit, Limit::AtOnce { .. }) {
            return Some(turn.begin_ms);
        }
        let last_quarter = |begin: i64, due: i64| due - due.saturating_sub(begin).max(0) / 4;
        if self.limit.is_a_duration() {
            let running = |wall| self.pauses().to_running(wall);
            self.pauses().to_wall(last_quarter(running(turn.begin_ms), running(turn.due_ms)))
        } else {
            Some(last_quarter(turn.begin_ms, turn.due_ms))
        }
    }

    fn light_of_done(&self, at_ms: i64) -> Light {
        if matches!(self.limit, Limit::ByDate { ongoing: true, .. }) {
            return Light::None;
        }
        let due = if self.limit.can_be_late() && !self.limit.recurs() { self.due_ms() } else { None };
        Light::Done { at_ms, late_ms: due.map_or(0, |due| (at_ms - due).max(0)) }
    }
}

/// Minutes and hours count from the instant; of days and longer units the first is not counted, the last is full.
fn end_of_within(begin_ms: i64, length: Length) -> Option<i64> {
    let end = later(begin_ms, length, 1)?;
    match length.unit {
        DurationUnit::Minute | DurationUnit::Hour => Some(end),
        _ => end_of_its_day(end),
    }
}

impl Escalation {
    /// The number of the step that has been reached: 0 when it is just over, then one more each time.
    pub fn step(self, over_ms: i64) -> u32 {
        let passed = over_ms.max(0) / (i64::from(self.every_minutes) * MINUTE_MS).max(1);
        u32::try_from(passed).unwrap_or(u32::MAX).min(self.steps)
    }

    /// The first step after an instant.
    fn after(self, due_ms: i64, now_ms: i64) -> Option<i64> {
        let every = i64::from(self.every_minutes) * MINUTE_MS;
        let step = self.step(now_ms.saturating_sub(due_ms));
        (every > 0 && step < self.steps).then(|| due_ms.saturating_add(i64::from(step + 1).saturating_mul(every)))
    }
}
