use crate::Lang;

/// What an entry in the log of an incident is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// The incident was opened or closed.
    Opened,
    /// What happened.
    Event,
    /// A decision, with its basis and whom it is addressed to.
    Decision,
    /// The first report, or a later one.
    Report,
    /// Cases that became known.
    Cases,
    /// A figure, grade or parameter was set.
    Fact,
    /// The response level: proposed, approved, changed, filed.
    Level,
    /// The headquarters, its groups and who is in them.
    Command,
    /// A phase began or ended.
    Phase,
    /// Orders were issued or lifted.
    Orders,
}

impl EntryKind {
    /// Every kind.
    pub const ALL: [EntryKind; 10] = [
        EntryKind::Opened,
        EntryKind::Event,
        EntryKind::Decision,
        EntryKind::Report,
        EntryKind::Cases,
        EntryKind::Fact,
        EntryKind::Level,
        EntryKind::Command,
        EntryKind::Phase,
        EntryKind::Orders,
    ];

    /// The text that is kept.
    pub fn code(self) -> &'static str {
        match self {
            EntryKind::Opened => "opened",
            EntryKind::Event => "event",
            EntryKind::Decision => "decision",
            EntryKind::Report => "report",
            EntryKind::Cases => "cases",
            EntryKind::Fact => "fact",
            EntryKind::Level => "level",
            EntryKind::Command => "command",
            EntryKind::Phase => "phase",
            EntryKind::Orders => "orders",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<EntryKind> {
        EntryKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            EntryKind::Opened => lang.pick("立案", "Opened"),
            EntryKind::Event => lang.pick("动态", "Event"),
            EntryKind::Decision => lang.pick("决定", "Decision"),
            EntryKind::Report => lang.pick("报告", "Report"),
            EntryKind::Cases => lang.pick("病例", "Cases"),
            EntryKind::Fact => lang.pick("研判", "Assessment"),
            EntryKind::Level => lang.pick("响应级别", "Response level"),
            EntryKind::Command => lang.pick("指挥体系", "Command"),
            EntryKind::Phase => lang.pick("阶段", "Phase"),
            EntryKind::Orders => lang.pick("指令", "Orders"),
        }
    }
}

/// Why a decision cannot be noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDecision {
    /// It says nothing.
    NoMeasure,
    /// It does not say on what it rests.
    NoBasis,
    /// It is addressed to nobody.
    NoAddressee,
    /// It lies in the future.
    NotYet,
}

impl NoDecision {
    /// What is missing and what to do.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            NoDecision::NoMeasure => lang.pick("请写明决定的内容。", "Say what was decided."),
            NoDecision::NoBasis => lang.pick(
                "请写明依据，如条款、会议或研判结论。",
                "Say on what it rests: a clause, a meeting, an assessment.",
            ),
            NoDecision::NoAddressee => lang.pick("请写明由谁落实。", "Say who carries it out."),
            NoDecision::NotYet => lang.pick("时间不能晚于现在。", "The time cannot lie in the future."),
        }
    }
}

/// Whether a decision can be noted: with its measure, basis and addressees, and not before it was made.
///
/// # Errors
/// [`NoDecision`] says what is missing.
pub fn may_decide(measure: &str, basis: &str, addressees: &str, at_ms: i64, now_ms: i64) -> Result<(), NoDecision> {
    match () {
        () if measure.trim().is_empty() => Err(NoDecision::NoMeasure),
        () if basis.trim().is_empty() => Err(NoDecision::NoBasis),
        () if addressees.trim().is_empty() => Err(NoDecision::NoAddressee),
        () if at_ms > now_ms => Err(NoDecision::NotYet),
        () => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_says_what_why_and_who() {
        assert_eq!(may_decide("停课", "研判会", "区教育局", 5, 5), Ok(()));
        assert_eq!(may_decide(" ", "研判会", "区教育局", 5, 5), Err(NoDecision::NoMeasure));
        assert_eq!(may_decide("停课", "", "区教育局", 5, 5), Err(NoDecision::NoBasis));
        assert_eq!(may_decide("停课", "研判会", "", 5, 5), Err(NoDecision::NoAddressee));
        assert_eq!(may_decide("停课", "研判会", "区教育局", 6, 5), Err(NoDecision::NotYet));
    }

    #[test]
    fn kinds_are_told_by_their_codes() {
        assert!(EntryKind::ALL.into_iter().all(|kind| EntryKind::from_code(kind.code()) == Some(kind)));
    }
}
