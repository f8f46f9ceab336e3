use super::ReportState;
use crate::Lang;

/// What is done with a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportStep {
    /// What was typed is kept, and nobody is told.
    Save,
    /// It is handed in.
    Submit,
    /// What was handed in is handed in anew.
    Correct,
    /// Who receives it sends it back.
    Return,
}

/// Who does it, and what they say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepFacts {
    /// Whether the user may report for the unit.
    pub is_reporter: bool,
    /// Whether the user receives the report.
    pub is_receiver: bool,
    /// Whether a reason is given.
    pub has_words: bool,
}

/// Why a step is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportRefusal {
    /// Only who reports for the unit does this.
    NotYours,
    /// Only who receives the report does this.
    NotReceiver,
    /// A reason is wanted.
    NoReason,
    /// It was handed in already: it is corrected.
    IsIn,
    /// It is not handed in yet.
    IsNotIn,
}

impl ReportRefusal {
    /// What is wrong and what to do.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            ReportRefusal::NotYours => {
                lang.pick("该报表由填报单位或其上级填报。", "This report is filled in by the unit or those above it.")
            }
            ReportRefusal::NotReceiver => {
                lang.pick("只有接收方可以退回。", "Only whoever receives the report sends it back.")
            }
            ReportRefusal::NoReason => lang.pick("请写明原因。", "Say why."),
            ReportRefusal::IsIn => {
                lang.pick("该报表已经上报，如需修改请更正。", "It was handed in already; correct it.")
            }
            ReportRefusal::IsNotIn => lang.pick("该报表尚未上报。", "It is not handed in yet."),
        }
    }
}

/// The state after a step. Handing in too late is always possible, and never hidden.
///
/// # Errors
/// [`ReportRefusal`] says why not.
pub fn next_state(was: Option<ReportState>, step: ReportStep, facts: StepFacts) -> Result<ReportState, ReportRefusal> {
    let open = matches!(was, None | Some(ReportState::Draft | ReportState::Omitted));
    match step {
        ReportStep::Return if !facts.is_receiver => Err(ReportRefusal::NotReceiver),
        ReportStep::Save | ReportStep::Submit | ReportStep::Correct if !facts.is_reporter => {
            Err(ReportRefusal::NotYours)
        }
        ReportStep::Save if open => Ok(ReportState::Draft),
        ReportStep::Submit if open || was == Some(ReportState::Returned) => Ok(ReportState::Submitted),
        ReportStep::Save | ReportStep::Submit => Err(ReportRefusal::IsIn),
        ReportStep::Correct | ReportStep::Return if was != Some(ReportState::Submitted) => Err(ReportRefusal::IsNotIn),
        ReportStep::Correct | ReportStep::Return if !facts.has_words => Err(ReportRefusal::NoReason),
        ReportStep::Correct => Ok(ReportState::Submitted),
        ReportStep::Return => Ok(ReportState::Returned),
    }
}
