use crate::Lang;

/// How far a situation report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SitrepState {
    /// Being written; its figures are those of now.
    Draft,
    /// 已审定: the office has cleared it; its words no longer change.
    Cleared,
    /// 已发布: numbered and frozen.
    Issued,
    /// 已撤回: it stays to be seen, with the reason.
    Withdrawn,
    /// Put aside before it was issued.
    Dropped,
}

impl SitrepState {
    /// Every state.
    pub const ALL: [SitrepState; 5] =
        [SitrepState::Draft, SitrepState::Cleared, SitrepState::Issued, SitrepState::Withdrawn, SitrepState::Dropped];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            SitrepState::Draft => "draft",
            SitrepState::Cleared => "cleared",
            SitrepState::Issued => "issued",
            SitrepState::Withdrawn => "withdrawn",
            SitrepState::Dropped => "dropped",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<SitrepState> {
        SitrepState::ALL.into_iter().find(|state| state.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            SitrepState::Draft => lang.pick("草稿", "Draft"),
            SitrepState::Cleared => lang.pick("已审定", "Cleared"),
            SitrepState::Issued => lang.pick("已发布", "Issued"),
            SitrepState::Withdrawn => lang.pick("已撤回", "Withdrawn"),
            SitrepState::Dropped => lang.pick("已放弃", "Put aside"),
        }
    }
}

/// A step that a person takes with a situation report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SitrepStep {
    /// 审定.
    Clear,
    /// 退回修改: back to the writer, with the reason.
    SendBack,
    /// 发布.
    Issue,
    /// 撤回, with the reason.
    Withdraw,
    /// Put aside what was never issued.
    Drop,
}

impl SitrepStep {
    /// Every step.
    pub const ALL: [SitrepStep; 5] =
        [SitrepStep::Clear, SitrepStep::SendBack, SitrepStep::Issue, SitrepStep::Withdraw, SitrepStep::Drop];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            SitrepStep::Clear => "clear",
            SitrepStep::SendBack => "send_back",
            SitrepStep::Issue => "issue",
            SitrepStep::Withdraw => "withdraw",
            SitrepStep::Drop => "drop",
        }
    }

    /// The step of a code.
    pub fn from_code(code: &str) -> Option<SitrepStep> {
        SitrepStep::ALL.into_iter().find(|step| step.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            SitrepStep::Clear => lang.pick("审定", "Clear"),
            SitrepStep::SendBack => lang.pick("退回修改", "Send back"),
            SitrepStep::Issue => lang.pick("发布", "Issue"),
            SitrepStep::Withdraw => lang.pick("撤回", "Withdraw"),
            SitrepStep::Drop => lang.pick("放弃", "Put aside"),
        }
    }

    /// Whether the reason must be given.
    pub fn needs_reason(self) -> bool {
        matches!(self, SitrepStep::SendBack | SitrepStep::Withdraw)
    }
}

/// Who takes a step, beside who took the one before, and what it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StepBy<'a> {
    /// The user who takes it.
    pub user: &'a str,
    /// The user who cleared the report, where it is cleared.
    pub cleared_by: &'a str,
    /// The reason.
    pub reason: &'a str,
    /// How many places of the text cannot be filled.
    pub n_faults: usize,
}

/// Why a step cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SitrepRefusal {
    /// The report is not where this step begins.
    NotNow(SitrepState),
    /// Whoever cleared it cannot issue it: two people answer for what goes out.
    SamePerson,
    /// The reason is missing.
    NoReason,
    /// Places of the text cannot be filled.
    Faults(usize),
}

impl SitrepRefusal {
    /// What is wrong and what to do.
    pub fn words(self, lang: Lang) -> String {
        match self {
            SitrepRefusal::NotNow(state) => lang.pick(
                format!("报告目前{}，不能这样办理。", state.words(lang)),
                format!("This cannot be done now: {}.", state.words(lang).to_lowercase()),
            ),
            SitrepRefusal::SamePerson => lang
                .pick(
                    "审定和发布须由两人分别办理，请宣传组另一人发布。",
                    "Clearing and issuing take two people; have someone else of the publicity group issue it.",
                )
                .to_owned(),
            SitrepRefusal::NoReason => lang.pick("请写明原因。", "Say why.").to_owned(),
            SitrepRefusal::Faults(n) => lang.pick(
                format!("正文有 {n} 处引用不能填写，请先更正。"),
                format!("{n} places of the text cannot be filled; correct them first."),
            ),
        }
    }
}

/// The state after a step.
///
/// # Errors
/// [`SitrepRefusal`] says what keeps it from being taken.
pub fn next_sitrep(now: SitrepState, step: SitrepStep, by: StepBy<'_>) -> Result<SitrepState, SitrepRefusal> {
    let after = match (now, step) {
        // What it takes may have gone since it was cleared.
        (SitrepState::Draft, SitrepStep::Clear) | (SitrepState::Cleared, SitrepStep::Issue) if by.n_faults > 0 => {
            return Err(SitrepRefusal::Faults(by.n_faults));
        }
        (SitrepState::Draft, SitrepStep::Clear) => SitrepState::Cleared,
        (SitrepState::Cleared, SitrepStep::SendBack) => SitrepState::Draft,
        (SitrepState::Cleared, SitrepStep::Issue) if by.user == by.cleared_by => return Err(SitrepRefusal::SamePerson),
        (SitrepState::Cleared, SitrepStep::Issue) => SitrepState::Issued,
        (SitrepState::Issued, SitrepStep::Withdraw) => SitrepState::Withdrawn,
        (SitrepState::Draft | SitrepState::Cleared, SitrepStep::Drop) => SitrepState::Dropped,
        _ => return Err(SitrepRefusal::NotNow(now)),
    };
    if step.needs_reason() && by.reason.trim().is_empty() {
        return Err(SitrepRefusal::NoReason);
    }
    Ok(after)
}
