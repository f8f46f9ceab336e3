use super::NoticeKind;
use crate::access::Role;
use crate::clock::{Clock, Escalation, Light};

/// What a clock has to say at an instant. Two that are equal are said once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ring {
    /// What is said.
    pub kind: NoticeKind,
    /// Until when it is, or was, to be done.
    pub due_ms: i64,
    /// How often it has been brought up again since.
    pub step: u32,
}

impl std::fmt::Display for Ring {
    /// The text by which it is remembered that it was said.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.kind.code(), self.due_ms, self.step)
    }
}

/// What a clock has to say now; none while there is time, it stands, or it is done. What came and went while nobody
/// looked is not said any more.
pub fn rings(clock: &Clock, escalation: Escalation, now_ms: i64) -> Option<Ring> {
    match clock.light(now_ms) {
        // What lasts its time and is over by itself needs nobody to hurry.
        Light::Yellow { due_ms, .. } if clock.limit.can_be_late() => {
            Some(Ring { kind: NoticeKind::ClockRunsOut, due_ms, step: 0 })
        }
        Light::Red { due_ms, over_ms } => {
            let step = escalation.step(over_ms);
            let kind = if step == 0 { NoticeKind::ClockRanOut } else { NoticeKind::ClockStillOut };
            // Of a clock that recurs, the last that fell due is told, not the first that was left undone.
            let last = clock.occurrences(due_ms, now_ms + 1, MOST_MISSED).pop().unwrap_or(due_ms);
            Some(Ring { kind, due_ms: last, step })
        }
        _ => None,
    }
}

/// How many that were left undone are looked through for the last one.
const MOST_MISSED: usize = 1000;

/// Who is told of a clock besides the unit that it runs for, by how often it was brought up again: first nobody, then
/// the headquarters office, then the commander too.
pub fn told_beside_the_unit(step: u32) -> &'static [Role] {
    match step {
        0 => &[],
        1 => &[Role::Office],
        _ => &[Role::Office, Role::Commander],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{HOUR_MS, Length, Limit, MINUTE_MS};
    use crate::plan::{DurationUnit, TimeOfDay};

    const START: i64 = 1_795_309_200_000; // 22 November 2026, 09:00 in China.

    fn kinds(clock: &Clock, escalation: Escalation) -> Vec<(&'static str, i64, u32)> {
        let mut now = START;
        let mut said = Vec::new();
        for _ in 0..6 {
            let Some(next) = clock.next_change_ms(now, escalation) else { break };
            now = next;
            if let Some(ring) = rings(clock, escalation, now) {
                said.push((ring.kind.code(), (ring.due_ms - START) / MINUTE_MS, ring.step));
            }
        }
        said
    }

    #[test]
    fn a_clock_rings_before_its_end_at_its_end_and_with_each_step() {
        let length = Length { amount: 2, unit: DurationUnit::Hour };
        let escalation = Escalation { every_minutes: 60, steps: 2 };
        let expected = [
            ("clock.runs_out", 120, 0),
            ("clock.ran_out", 120, 0),
            ("clock.still_out", 120, 1),
            ("clock.still_out", 120, 2),
        ];
        assert_eq!(kinds(&Clock::start(Limit::Within { length }, START), escalation), expected);
        assert_eq!(kinds(&Clock::start(Limit::For { length }, START), escalation), []);
        assert_eq!(told_beside_the_unit(1).len() + told_beside_the_unit(7).len(), 3);
    }

    #[test]
    fn each_day_that_is_left_undone_rings_of_its_own() {
        let daily = Clock::start(Limit::DailyBy { by: TimeOfDay { hour: 15, minute: 0 } }, START);
        let said = kinds(&daily, Escalation::default());
        assert_eq!(said[..2], [("clock.runs_out", 360, 0), ("clock.ran_out", 360, 0)]);
        assert_eq!(said[2], ("clock.ran_out", 360 + 24 * HOUR_MS / MINUTE_MS, 0));
    }
}
