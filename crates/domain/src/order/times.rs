use crate::clock::Escalation;
use crate::plan::{DurationUnit, Plan, Span, TimeKind};

/// How an overdue order is brought up again: to the unit when it is over, after two hours to the office too, after four
/// to the commander.
pub const ESCALATION: Escalation = Escalation { every_minutes: 120, steps: 3 };

/// Whether something is to be done by it again and again.
pub fn is_recurring(kind: &TimeKind) -> bool {
    matches!(
        kind,
        TimeKind::DailyAt { .. } | TimeKind::DailyBy { .. } | TimeKind::TimesPerDay { .. } | TimeKind::Every { .. }
    )
}

/// Whether it limits when something is to be done; a look back, a length of observation or a first day does not.
fn limits(kind: &TimeKind) -> bool {
    is_recurring(kind) || matches!(kind, TimeKind::ByDate { .. } | TimeKind::Within { .. } | TimeKind::AtOnce { .. })
}

/// The limits that stand inside a part of the plan's text, in their order.
pub(super) fn limits_in(plan: &Plan, span: Span) -> Vec<TimeKind> {
    let inside = |time: &&crate::plan::TimeRule| {
        span.start <= time.source.span.start && time.source.span.end <= span.end && limits(&time.kind)
    };
    let mut found: Vec<_> = plan.times.iter().filter(inside).collect();
    found.sort_by_key(|time| time.source.span);
    found.into_iter().map(|time| time.kind.clone()).collect()
}

/// The one that the whole is done by: what recurs makes it recur; otherwise a date; otherwise the longest of several
/// durations (of `2+4+24` the last), as only then is all of it done.
pub(super) fn ruling(times: &[TimeKind]) -> Option<TimeKind> {
    let recurring = times.iter().find(|kind| is_recurring(kind));
    let dated = times.iter().find(|kind| matches!(kind, TimeKind::ByDate { .. }));
    let longest = times.iter().filter(|kind| minutes(kind) > 0.0).max_by(|a, b| minutes(a).total_cmp(&minutes(b)));
    recurring.or(dated).or(longest).or(times.first()).cloned()
}

fn minutes(kind: &TimeKind) -> f64 {
    let TimeKind::Within { amount, unit, .. } = kind else { return 0.0 };
    amount.0
        * match unit {
            DurationUnit::Minute => 1.0,
            DurationUnit::Hour => 60.0,
            DurationUnit::Day | DurationUnit::WorkingDay => 1_440.0,
            DurationUnit::Week => 10_080.0,
            DurationUnit::Month => 43_200.0,
            DurationUnit::Year => 525_600.0,
        }
}
