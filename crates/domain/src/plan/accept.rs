use std::collections::BTreeMap;

use super::{Finding, FindingCode, Severity};
use crate::Lang;

/// How far a plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlanState {
    /// Read; its findings are being answered.
    Draft,
    /// Accepted: it cannot be changed any more, only followed by another version.
    Accepted,
    /// Followed by another version.
    Replaced,
    /// Put aside.
    Dropped,
}

impl PlanState {
    /// Every state.
    pub const ALL: [PlanState; 4] = [PlanState::Draft, PlanState::Accepted, PlanState::Replaced, PlanState::Dropped];

    /// The text that is kept.
    pub fn code(self) -> &'static str {
        match self {
            PlanState::Draft => "draft",
            PlanState::Accepted => "accepted",
            PlanState::Replaced => "replaced",
            PlanState::Dropped => "dropped",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<PlanState> {
        PlanState::ALL.into_iter().find(|state| state.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            PlanState::Draft => lang.pick("核对中", "Being checked"),
            PlanState::Accepted => lang.pick("已采用", "Accepted"),
            PlanState::Replaced => lang.pick("已被新版替代", "Replaced"),
            PlanState::Dropped => lang.pick("已放弃", "Put aside"),
        }
    }
}

/// What was said about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The document says so and it holds as written.
    AsWritten,
    /// The document is wrong; the note says what holds.
    Corrected,
    /// The finding is mistaken or does not matter.
    Dismissed,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Verdict; 3] = [Verdict::AsWritten, Verdict::Corrected, Verdict::Dismissed];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            Verdict::AsWritten => "as_written",
            Verdict::Corrected => "corrected",
            Verdict::Dismissed => "dismissed",
        }
    }

    /// The verdict of a code.
    pub fn from_code(code: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Verdict::AsWritten => lang.pick("按原文", "As written"),
            Verdict::Corrected => lang.pick("更正为", "Corrected"),
            Verdict::Dismissed => lang.pick("无需处理", "Nothing to do"),
        }
    }

    /// Whether it says nothing without a note.
    pub fn needs_note(self) -> bool {
        self == Verdict::Corrected
    }
}

/// Why a plan cannot be accepted yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAcceptable {
    /// Errors without an answer.
    OpenErrors {
        /// How many.
        n: usize,
    },
    /// It lays nothing down.
    NoPlan,
}

impl NotAcceptable {
    /// What is missing and what to do.
    pub fn message(self, lang: Lang) -> String {
        match self {
            NotAcceptable::OpenErrors { n } => lang.pick(
                format!("还有 {n} 处错误没有答复。请逐一核对原文后答复，再采用。"),
                format!("{n} errors have no answer yet. Check each against the text and answer it; then accept."),
            ),
            NotAcceptable::NoPlan => lang.pick(
                "文件中没有读到预案内容，不能采用。请核对是否传错文件。".to_owned(),
                "Nothing that a plan is made of was found, so it cannot be accepted. Check that it is the right file."
                    .to_owned(),
            ),
        }
    }
}

/// Whether a plan may be accepted: every error has an answer, by the place of the finding in its list. Warnings and
/// questions may stay open, as they hold up only what depends on them.
///
/// # Errors
/// [`NotAcceptable`] says what is missing.
pub fn may_accept(findings: &[Finding], answers: &BTreeMap<usize, Verdict>) -> Result<(), NotAcceptable> {
    if findings.iter().any(|finding| finding.code == FindingCode::NothingFound) {
        return Err(NotAcceptable::NoPlan);
    }
    let open =
        |(place, finding): &(usize, &Finding)| finding.severity == Severity::Error && !answers.contains_key(place);
    match findings.iter().enumerate().filter(open).count() {
        0 => Ok(()),
        n => Err(NotAcceptable::OpenErrors { n }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Place;
    use super::*;

    fn finding(code: FindingCode, severity: Severity) -> Finding {
        let text = String::new;
        Finding {
            code,
            severity,
            place: Place::default(),
            message_zh: text(),
            message_en: text(),
            question_zh: text(),
            question_en: text(),
        }
    }

    #[test]
    fn a_plan_is_accepted_once_each_of_its_errors_is_answered() {
        let findings = [
            finding(FindingCode::NumberGap, Severity::Warning),
            finding(FindingCode::SumMismatch, Severity::Error),
            finding(FindingCode::DateImpossible, Severity::Error),
        ];
        let mut answers = BTreeMap::from([(0, Verdict::Dismissed), (1, Verdict::AsWritten)]);
        assert_eq!(may_accept(&findings, &answers), Err(NotAcceptable::OpenErrors { n: 1 }));
        answers.insert(2, Verdict::Corrected);
        assert_eq!(may_accept(&findings, &answers), Ok(()));
        let nothing = [finding(FindingCode::NothingFound, Severity::Error)];
        assert_eq!(may_accept(&nothing, &BTreeMap::from([(0, Verdict::AsWritten)])), Err(NotAcceptable::NoPlan));
    }

    #[test]
    fn states_and_verdicts_are_told_by_their_codes() {
        assert!(PlanState::ALL.into_iter().all(|state| PlanState::from_code(state.code()) == Some(state)));
        assert!(Verdict::ALL.into_iter().all(|verdict| Verdict::from_code(verdict.code()) == Some(verdict)));
    }
}
