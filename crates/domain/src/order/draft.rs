use crate::{
    Lang, UnitId,
    plan::{ResponseLevel, Span, TimeKind},
};

use super::Collective;

/// What of a plan an order is proposed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DraftKind {
    /// A measure of a level.
    Measure,
    /// A duty of a group, of an office or of a unit.
    Duty,
    /// A task with responsible units.
    Task,
    /// What a phase lays down.
    Phase,
    /// Who reports what to whom.
    Report,
    /// A standing mechanism, such as a daily meeting.
    Mechanism,
    /// A measure outside the levels.
    General,
    /// A plan that this one says is to be made and that is not there.
    SubPlan,
}

impl DraftKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [DraftKind; 8] = [
        DraftKind::Measure,
        DraftKind::Duty,
        DraftKind::Task,
        DraftKind::Phase,
        DraftKind::Report,
        DraftKind::Mechanism,
        DraftKind::General,
        DraftKind::SubPlan,
    ];

    /// The text that is kept and sent; keys of drafts begin with it.
    pub fn code(self) -> &'static str {
        match self {
            DraftKind::Measure => "measure",
            DraftKind::Duty => "duty",
            DraftKind::Task => "task",
            DraftKind::Phase => "phase",
            DraftKind::Report => "report",
            DraftKind::Mechanism => "mechanism",
            DraftKind::General => "general",
            DraftKind::SubPlan => "sub_plan",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<DraftKind> {
        DraftKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            DraftKind::Measure => lang.pick("响应措施", "Measures of the level"),
            DraftKind::Duty => lang.pick("职责", "Duties"),
            DraftKind::Task => lang.pick("任务", "Tasks"),
            DraftKind::Phase => lang.pick("阶段工作", "Phases"),
            DraftKind::Report => lang.pick("信息报送", "Reporting"),
            DraftKind::Mechanism => lang.pick("工作机制", "Mechanisms"),
            DraftKind::General => lang.pick("级外措施", "Measures outside the levels"),
            DraftKind::SubPlan => lang.pick("待编制的方案", "Plans to be made"),
        }
    }
}

/// What part a unit has in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrderRole {
    /// 牵头.
    Lead,
    /// 承办, with nobody before or beside it.
    Responsible,
    /// 按职责分工: each for its own share.
    Shared,
    /// 配合.
    Support,
}

impl OrderRole {
    /// Every role, from the one that answers for the most.
    pub const ALL: [OrderRole; 4] = [OrderRole::Lead, OrderRole::Responsible, OrderRole::Shared, OrderRole::Support];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            OrderRole::Lead => "lead",
            OrderRole::Responsible => "responsible",
            OrderRole::Shared => "shared",
            OrderRole::Support => "support",
        }
    }

    /// The role of a code.
    pub fn from_code(code: &str) -> Option<OrderRole> {
        OrderRole::ALL.into_iter().find(|role| role.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            OrderRole::Lead => lang.pick("牵头", "Lead"),
            OrderRole::Responsible => lang.pick("承办", "Responsible"),
            OrderRole::Shared => lang.pick("按职责分工", "For its share"),
            OrderRole::Support => lang.pick("配合", "Support"),
        }
    }
}

/// Why it is not known which unit is meant. A person chooses it; what has its unit does not wait for that.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// Nobody has settled yet which unit the name means.
    NotSettled,
    /// The name was settled to be no single unit of ours.
    NotOurs,
    /// All units of a kind are meant, and none of that kind is registered.
    NoneOfKind(Collective),
    /// The plan names nobody for it, and no group fits.
    NobodyNamed,
    /// The group has no lead unit in the plan.
    NoLead,
}

impl Missing {
    /// What is missing and what to do.
    pub fn words(&self, lang: Lang) -> String {
        let (zh, en) = match self {
            Missing::NotSettled => {
                ("名称尚未对应登记单位，请选择。", "It is not settled which unit the name means; choose it.")
            }
            Missing::NotOurs => ("不是单个登记单位，请选择。", "The name is no single registered unit; choose one."),
            Missing::NoneOfKind(kind) => {
                return lang.pick(
                    format!("没有登记{}，请登记或另选单位。", kind.words(Lang::Zh)),
                    format!("No {} are registered; add them or choose a unit.", kind.words(Lang::En)),
                );
            }
            Missing::NobodyNamed => ("预案未写明承办单位，请选择。", "The plan names nobody for it; choose a unit."),
            Missing::NoLead => ("该组未写明牵头单位，请选择。", "The plan gives the group no lead unit; choose one."),
        };
        lang.pick(zh, en).to_owned()
    }
}

/// Who is to carry out a draft.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DraftOwner {
    /// The name as the plan gives it; empty where it gives none.
    pub name: String,
    /// By way of what the unit was found: a group, an office, all of a kind. Empty where the plan names the unit itself.
    pub by: String,
    /// Which part it has.
    pub role: OrderRole,
    /// The unit, or why there is none yet.
    pub unit: Result<UnitId, Missing>,
}

/// What is proposed as an order. Nothing is asked of anybody until a named person issues it.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderDraft {
    /// What of the plan it comes from.
    pub kind: DraftKind,
    /// The same for the same place of the same plan, whatever else changes.
    pub key: String,
    /// The level that asks for it, for measures.
    pub level: Option<ResponseLevel>,
    /// What it stands under: the level, the group, the unit, the task.
    pub heading: String,
    /// The group to which it goes by its words, where the plan names nobody for it. It is shown, so that a person sees
    /// that it was concluded.
    pub fits: Option<String>,
    /// The words.
    pub text: String,
    /// Its place in the plan's text.
    pub span: Span,
    /// Who carries it out.
    pub owners: Vec<DraftOwner>,
    /// By when, or how often; none where the plan does not say.
    pub limit: Option<TimeKind>,
    /// Every limit that it names, in their order.
    pub times: Vec<TimeKind>,
    /// Whether it is to be kept up without end.
    pub ongoing: bool,
}

impl OrderDraft {
    /// The key of the order that this draft becomes for one unit. It keeps the same thing from being asked of the same
    /// unit twice.
    pub fn key_for(&self, unit: UnitId) -> String {
        format!("{}@{unit}", self.key)
    }

    /// The units that are known, with their parts.
    pub fn units(&self) -> impl Iterator<Item = (UnitId, OrderRole)> {
        self.owners.iter().filter_map(|owner| Some((owner.unit.clone().ok()?, owner.role)))
    }

    /// Whether a unit is still to be chosen.
    pub fn is_blocked(&self) -> bool {
        self.owners.iter().any(|owner| owner.unit.is_err())
    }
}

/// The key of the draft in the key of an order.
pub fn base_of(key: &str) -> &str {
    key.split_once('@').map_or(key, |(base, _)| base)
}
