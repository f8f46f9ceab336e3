use super::{Cadence, Covers};
use crate::plan::{Plan, TimeKind};

/// A time for reports that a plan sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedTime {
    /// How often and until when.
    pub cadence: Cadence,
    /// Of which period, as far as the words say it.
    pub covers: Covers,
    /// The words of the plan.
    pub words: String,
    /// Who reports by them, as the plan names them.
    pub from: Vec<String>,
}

/// The times of a plan by which somebody reports every day: first those of its reporting clauses, then other times whose
/// words speak of reporting. The plan proposes them; a person takes one over.
pub fn planned_times(plan: &Plan) -> Vec<PlannedTime> {
    let mut found: Vec<PlannedTime> = Vec::new();
    let mut add = |kind: &TimeKind, words: &str, from: &[String]| {
        let (TimeKind::DailyBy { by } | TimeKind::DailyAt { at: by }) = kind else { return };
        let covers = if words.contains("24小时") { Covers::UpToDue } else { Covers::Current };
        let words = words.trim().to_owned();
        if !found.iter().any(|one| one.words.contains(&words) || words.contains(&one.words)) {
            found.push(PlannedTime { cadence: Cadence::Daily { by: *by }, covers, words, from: from.to_vec() });
        }
    };
    for flow in &plan.report_flows {
        if let Some(when) = &flow.when {
            add(&when.kind, &flow.text, &flow.from);
        }
    }
    for time in &plan.times {
        let said = if time.subject.trim().is_empty() { &time.text } else { &time.subject };
        if said.contains('报') {
            add(&time.kind, said, &[]);
        }
    }
    found
}
