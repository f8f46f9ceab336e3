use lianfang_domain::clock::Clock;

use super::{ClockRecord, ClockState, NewClock};
use crate::{StoreError, Tx, sql::statements, value::values};

statements! {
    START = "INSERT INTO clock (area, id, division, subject_kind, subject, title, href, told_unit, body, every_minutes,
        steps, state, next_at_ms, told, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'running', $12, '', 1)";
    CHANGE = "UPDATE clock SET body = $4, state = $5, next_at_ms = $6, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND state <> 'stopped'";
    MOVE_ON = "UPDATE clock SET next_at_ms = $4, told = $5, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND state <> 'stopped'";
}

fn text(clock: &Clock) -> Result<String, StoreError> {
    serde_json::to_string(clock).map_err(|error| StoreError::Broken(error.to_string()))
}

impl Tx<'_> {
    /// Starts a clock.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down.
    pub fn start_clock(&mut self, new: &NewClock) -> Result<(), StoreError> {
        let NewClock { id, area, subject_kind, subject, title, href, told_unit, clock, escalation } = new;
        // What is late already when it is kept is looked at at once.
        let next = clock.next_change_ms(clock.started_at_ms - 1, *escalation);
        let values = values![
            area.home(),
            *id,
            area,
            *subject_kind,
            subject,
            title,
            href,
            *told_unit,
            text(clock)?,
            escalation.every_minutes,
            escalation.steps,
            next,
        ];
        self.one(&START, "clock", values);
        Ok(())
    }

    /// Keeps a clock that was changed: paused, resumed, part of it done, its limit another one.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down.
    pub fn change_clock(&mut self, record: &ClockRecord, clock: &Clock) -> Result<(), StoreError> {
        let stands = clock.stands(self.now_ms);
        let state = if stands { ClockState::Paused } else { ClockState::Running };
        let next = clock.next_change_ms(self.now_ms, record.escalation);
        // A clock that is over already when it runs again is looked at at once.
        let next =
            if clock.due_ms().is_some_and(|due| due <= self.now_ms) && !stands { Some(self.now_ms) } else { next };
        let values = values![record.home(), record.id, record.version, text(clock)?, state.code(), next];
        self.one(&CHANGE, "clock", values);
        self.changed("clock", record.state.code(), state.code());
        Ok(())
    }

    /// Stops a clock: what it ran for is done at an instant, or needed no longer.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down.
    pub fn stop_clock(&mut self, record: &ClockRecord, done_at_ms: Option<i64>) -> Result<(), StoreError> {
        let clock = Clock { done_at_ms, ..record.clock.clone() };
        let stopped = ClockState::Stopped.code();
        let values = values![record.home(), record.id, record.version, text(&clock)?, stopped, None::<i64>];
        self.one(&CHANGE, "clock", values);
        Ok(())
    }

    /// Notes what a clock said, and when it must be looked at next. Someone faster makes the whole act fail.
    pub fn clock_moved_on(&mut self, record: &ClockRecord, next_at_ms: Option<i64>, told: &str) {
        let values = values![record.home(), record.id, record.version, next_at_ms, told];
        self.one(&MOVE_ON, "clock", values);
    }
}
