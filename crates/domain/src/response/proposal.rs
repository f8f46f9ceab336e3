use super::Demand;
use crate::{Lang, plan::ResponseLevel};

/// How far a proposal to change the level is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProposalState {
    /// 研判中: assessed, experts are asked.
    Assessing,
    /// 待批准.
    Proposed,
    /// 已批准: the level is changed.
    Approved,
    /// 不予批准.
    Refused,
    /// 已撤回.
    Withdrawn,
}

impl ProposalState {
    /// Every state.
    pub const ALL: [ProposalState; 5] = [
        ProposalState::Assessing,
        ProposalState::Proposed,
        ProposalState::Approved,
        ProposalState::Refused,
        ProposalState::Withdrawn,
    ];

    /// The text that is kept.
    pub fn code(self) -> &'static str {
        match self {
            ProposalState::Assessing => "assessing",
            ProposalState::Proposed => "proposed",
            ProposalState::Approved => "approved",
            ProposalState::Refused => "refused",
            ProposalState::Withdrawn => "withdrawn",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<ProposalState> {
        ProposalState::ALL.into_iter().find(|state| state.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            ProposalState::Assessing => lang.pick("研判中", "Being assessed"),
            ProposalState::Proposed => lang.pick("待批准", "To be approved"),
            ProposalState::Approved => lang.pick("已批准", "Approved"),
            ProposalState::Refused => lang.pick("不予批准", "Refused"),
            ProposalState::Withdrawn => lang.pick("已撤回", "Withdrawn"),
        }
    }

    /// Whether something is still to be done with it.
    pub fn is_open(self) -> bool {
        matches!(self, ProposalState::Assessing | ProposalState::Proposed)
    }
}

/// Why a proposal cannot be approved, refused or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotApprovable {
    /// It is in another state.
    Is(ProposalState),
    /// The one who proposed it cannot approve it.
    OwnProposal,
    /// The plan names others who approve.
    NoApprover {
        /// Whom.
        approvers: Vec<String>,
    },
    /// The level was changed in the meantime.
    LevelMoved {
        /// The level now.
        now: Option<ResponseLevel>,
    },
}

impl NotApprovable {
    /// What is wrong and what to do.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            NotApprovable::Is(state) => lang.pick(
                format!("该建议{}，不能再办理。", state.words(lang)),
                format!("This proposal is settled: {}.", state.words(lang).to_lowercase()),
            ),
            NotApprovable::OwnProposal => lang
                .pick(
                    "提请人不能批准自己的建议，请由其他有权人员批准。",
                    "Whoever proposed it cannot approve it; someone else has to.",
                )
                .to_owned(),
            NotApprovable::NoApprover { approvers } => lang.pick(
                format!("请选择批准机关：{}。", approvers.join("、")),
                format!("Choose who approves: {}.", approvers.join(", ")),
            ),
            NotApprovable::LevelMoved { now: Some(now) } => lang.pick(
                format!("当前级别已是{}级，请撤回后按现状重新提请。", now.numeral()),
                format!("The level is {} by now; withdraw this and propose anew.", now.numeral()),
            ),
            NotApprovable::LevelMoved { now: None } => lang
                .pick(
                    "当前没有启动响应，请撤回后按现状重新提请。",
                    "No response runs by now; withdraw this and propose anew.",
                )
                .to_owned(),
        }
    }
}

/// Whether a proposal can still be worked on: assessed, judged, withdrawn.
///
/// # Errors
/// [`NotApprovable::Is`] when it is settled.
pub fn may_change_proposal(state: ProposalState) -> Result<(), NotApprovable> {
    if state.is_open() { Ok(()) } else { Err(NotApprovable::Is(state)) }
}

/// Whether a proposal may be approved or refused now: it was proposed, by someone else, the level is still the one that it
/// starts from, and one of those whom the plan names decides.
///
/// # Errors
/// [`NotApprovable`] says what stands against it.
pub fn may_approve(
    state: ProposalState,
    is_own: IsOwn,
    (from, now): (Option<ResponseLevel>, Option<ResponseLevel>),
    demand: &Demand,
    approver: &str,
) -> Result<(), NotApprovable> {
    match () {
        () if state != ProposalState::Proposed => Err(NotApprovable::Is(state)),
        () if is_own == IsOwn::Yes => Err(NotApprovable::OwnProposal),
        () if from != now => Err(NotApprovable::LevelMoved { now }),
        () if !demand.approvers.is_empty() && !demand.approvers.iter().any(|one| one == approver) => {
            Err(NotApprovable::NoApprover { approvers: demand.approvers.clone() })
        }
        () => Ok(()),
    }
}

/// Whether the one who decides is the one who proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsOwn {
    /// The same person.
    Yes,
    /// Someone else.
    No,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::ResponseLevel::Iii;

    #[test]
    fn nothing_is_approved_by_its_proposer_by_a_stranger_or_after_the_level_moved() {
        let demand = Demand { approvers: vec!["区人民政府".into(), "指挥部".into()], ..Demand::default() };
        let ask = |state, own, now, approver: &str| may_approve(state, own, (None, now), &demand, approver);
        let proposed = ProposalState::Proposed;
        assert_eq!(ask(proposed, IsOwn::No, None, "指挥部"), Ok(()));
        assert_eq!(ask(proposed, IsOwn::Yes, None, "指挥部"), Err(NotApprovable::OwnProposal));
        assert!(matches!(ask(proposed, IsOwn::No, None, "区卫健局"), Err(NotApprovable::NoApprover { .. })));
        assert_eq!(ask(proposed, IsOwn::No, Some(Iii), "指挥部"), Err(NotApprovable::LevelMoved { now: Some(Iii) }));
        for state in ProposalState::ALL.into_iter().filter(|state| *state != proposed) {
            assert_eq!(ask(state, IsOwn::No, None, "指挥部"), Err(NotApprovable::Is(state)));
        }
    }
}
