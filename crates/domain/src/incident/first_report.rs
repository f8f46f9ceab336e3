use super::{DiseaseClass, IncidentKind};
use crate::Lang;

const HOUR_MS: i64 = 3_600_000;

/// Until when an incident had to be reported first, and whether it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstReport {
    /// How long there is from discovery on.
    pub hours: i64,
    /// The last instant, in milliseconds.
    pub due_at_ms: i64,
    /// When it was reported; none if not yet.
    pub reported_at_ms: Option<i64>,
    /// The rule.
    pub source: &'static str,
}

impl FirstReport {
    /// By how many minutes it is late at an instant, or was when it was reported; none when in time.
    pub fn minutes_late(&self, now_ms: i64) -> Option<i64> {
        let late = self.reported_at_ms.unwrap_or(now_ms) - self.due_at_ms;
        (late > 0).then_some(late.div_euclid(60_000).max(1))
    }

    /// The rule in words.
    pub fn words(&self, lang: Lang) -> String {
        lang.pick(
            format!("发现后{}小时内报告", self.hours),
            format!("to be reported within {} hours of discovery", self.hours),
        )
    }
}

/// When an incident had to be reported first: within 2 hours for class A, what is managed as A, what is new or
/// unexplained, and every outbreak or cluster; otherwise within 24 hours. Planned events are not reported.
///
/// Source: 传染病信息报告管理规范（2026年版）.
pub fn first_report(
    kind: IncidentKind,
    class: Option<DiseaseClass>,
    discovered_at_ms: i64,
    reported_at_ms: Option<i64>,
) -> Option<FirstReport> {
    if !kind.must_be_reported() {
        return None;
    }
    let is_grave = matches!(class, Some(DiseaseClass::A | DiseaseClass::BAsA | DiseaseClass::Unlisted));
    let hours = if is_grave || matches!(kind, IncidentKind::Outbreak | IncidentKind::Cluster) { 2 } else { 24 };
    Some(FirstReport {
        hours,
        due_at_ms: discovered_at_ms + hours * HOUR_MS,
        reported_at_ms,
        source: "传染病信息报告管理规范（2026年版）",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outbreak_is_reported_within_two_hours_and_lateness_counts_from_then() {
        let report = first_report(IncidentKind::Cluster, Some(DiseaseClass::C), 0, None).unwrap();
        assert_eq!((report.hours, report.due_at_ms), (2, 7_200_000));
        assert_eq!(report.minutes_late(7_200_000), None);
        assert_eq!(report.minutes_late(7_200_001), Some(1));
        let reported = FirstReport { reported_at_ms: Some(7_320_000), ..report };
        assert_eq!(reported.minutes_late(i64::MAX), Some(2), "it grows no further once reported");
    }

    #[test]
    fn what_is_neither_grave_nor_an_outbreak_has_a_day_and_a_planned_event_no_report() {
        assert_eq!(first_report(IncidentKind::Other, Some(DiseaseClass::B), 0, None).unwrap().hours, 24);
        assert_eq!(first_report(IncidentKind::Other, Some(DiseaseClass::Unlisted), 0, None).unwrap().hours, 2);
        assert_eq!(first_report(IncidentKind::PlannedEvent, None, 0, None), None);
    }
}
