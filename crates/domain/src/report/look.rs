use jiff::{Timestamp, civil::Date, tz::Offset};

use super::{Cadence, Covers, Due, ReportTemplate, TemplateState};
use crate::clock::{HOUR_MS, MINUTE_MS};

/// What is done when somebody looks at who has reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LookKind {
    /// Half an hour before it is due: whoever has not handed in is reminded.
    Remind,
    /// When it is due: omissions are noted, and told to the units.
    Note,
    /// An hour later: those who receive it are told who is missing.
    TellReceivers,
    /// Three hours later: the commander is told too.
    TellCommander,
}

/// A look at a report that is due: when, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at_ms: i64,
    /// What is done.
    pub kind: LookKind,
    /// At what.
    pub due: Due,
}

impl LookKind {
    /// Every kind in the order of time, with its distance from when the report is due.
    const ALL: [(LookKind, i64); 4] = [
        (LookKind::Remind, -30 * MINUTE_MS),
        (LookKind::Note, 0),
        (LookKind::TellReceivers, HOUR_MS),
        (LookKind::TellCommander, 3 * HOUR_MS),
    ];
}

/// The day of an instant in China.
fn day_of(at_ms: i64) -> Option<Date> {
    Timestamp::from_millisecond(at_ms).ok().map(|at| Offset::constant(8).to_datetime(at).date())
}

/// The looks of one report.
fn looks_at(due: Due) -> impl Iterator<Item = Look> {
    LookKind::ALL.into_iter().map(move |(kind, from_due)| Look { at_ms: due.due_at_ms + from_due, kind, due })
}

/// The looks after an instant until another (included), in the order of time: what was to be done meanwhile.
pub fn looks(cadence: Cadence, covers: Covers, after_ms: i64, until_ms: i64) -> Vec<Look> {
    let (Some(from), Some(until)) = (day_of(after_ms), day_of(until_ms)) else { return Vec::new() };
    // A look may lie on the day after the one on which the report is due, or before it.
    let (from, until) = (from.yesterday().unwrap_or(from), until.tomorrow().unwrap_or(until));
    let dues = cadence.dues(covers, from, until);
    let mut found: Vec<Look> = dues.into_iter().flat_map(looks_at).collect();
    found.retain(|look| after_ms < look.at_ms && look.at_ms <= until_ms);
    found.sort_by_key(|look| (look.at_ms, look.kind));
    found
}

/// Days of a month and a little more, in which whatever recurs falls due at least once.
const AHEAD_DAYS: i64 = 33;

/// When somebody must look again after an instant; none where nothing falls due any more.
pub fn next_look_ms(cadence: Cadence, covers: Covers, after_ms: i64) -> Option<i64> {
    if let Cadence::Once { on, .. } = cadence {
        let due = cadence.due_on(covers, on)?;
        return looks_at(due).map(|look| look.at_ms).find(|at_ms| *at_ms > after_ms);
    }
    let until_ms = after_ms.checked_add(AHEAD_DAYS * 24 * HOUR_MS)?;
    looks(cadence, covers, after_ms, until_ms).first().map(|look| look.at_ms)
}

/// The same looks over every version of a template: each report is looked at by the version by which it fell due.
pub fn looks_of(versions: &[ReportTemplate], after_ms: i64, until_ms: i64) -> Vec<(&ReportTemplate, Look)> {
    let mut found = Vec::new();
    for one in versions {
        let own = looks(one.cadence, one.covers, after_ms, until_ms).into_iter();
        let holds = |look: &Look| {
            ReportTemplate::in_force(versions, look.due.day).is_some_and(|held| held.version == one.version)
        };
        found.extend(own.filter(holds).map(|look| (one, look)));
    }
    found.sort_by_key(|(_, look)| (look.at_ms, look.kind));
    found
}

/// When somebody must look next over every version of a template.
pub fn next_look_of(versions: &[ReportTemplate], after_ms: i64) -> Option<i64> {
    let ahead = after_ms.checked_add(AHEAD_DAYS * 24 * HOUR_MS)?;
    let soon = looks_of(versions, after_ms, ahead).first().map(|(_, look)| look.at_ms);
    let last = versions.iter().max_by_key(|one| one.version).filter(|one| one.state == TemplateState::InUse);
    soon.or_else(|| last.and_then(|one| next_look_ms(one.cadence, one.covers, ahead)))
}
