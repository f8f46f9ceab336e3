use super::{ChangeKind, LevelChange, NoChange};
use crate::plan::{LoweringNeed, Plan, ResponseLevel, TimeKind};

/// What a plan demands before a level is changed like this.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Demand {
    /// The factors that are assessed, in the plan's words.
    pub factors: Vec<String>,
    /// The tiers of experts that judge it, lowest first: 区, 市, 省, 国家.
    pub tiers: Vec<String>,
    /// Who proposes.
    pub proposers: Vec<String>,
    /// Who may approve; any of them is enough.
    pub approvers: Vec<String>,
    /// With whom it is filed.
    pub files_with: Vec<String>,
    /// What is assessed before lowering.
    pub needs: Vec<LoweringNeed>,
    /// What must hold before it ends, all of it.
    pub conditions: Vec<EndCondition>,
}

/// A condition for ending a response.
#[derive(Clone, Debug, PartialEq)]
pub struct EndCondition {
    /// What kind of condition.
    pub kind: EndConditionKind,
    /// In the plan's words.
    pub text: String,
}

/// How a condition for ending is judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EndConditionKind {
    /// By the calendar: no new local case within so many maximum incubation periods after the last isolation.
    Incubations {
        /// How many.
        multiple: u32,
    },
    /// 输入风险: by a named person.
    ImportRisk,
    /// Anything else: by a named person.
    Other,
}

fn condition(plan: &Plan, text: &str, span: crate::plan::Span) -> EndCondition {
    let inside = |at: crate::plan::Span| span.start <= at.start && at.end <= span.end;
    let multiple = plan.times.iter().filter(|time| inside(time.source.span)).find_map(|time| match &time.kind {
        TimeKind::Incubations { multiple, .. } => multiple.to_string().parse().ok(),
        _ => None,
    });
    let kind = match multiple {
        Some(multiple) => EndConditionKind::Incubations { multiple },
        None if text.contains("输入") && text.contains("风险") => EndConditionKind::ImportRisk,
        None => EndConditionKind::Other,
    };
    EndCondition { kind, text: text.trim_end_matches(['；', '。', ';']).to_owned() }
}

impl Demand {
    /// What the plan demands for a change. Lowering always needs trend and effect to be assessed, ending always needs the
    /// two incubation periods and the import risk to be judged, whether or not the plan writes so: both are the national
    /// rule where a plan is silent.
    pub fn of(plan: &Plan, change: LevelChange) -> Demand {
        let procedure = &plan.level_procedure;
        let names = |members: &[crate::plan::Member]| members.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
        let kind = change.kind();
        let judged = change.to.or(change.from);
        let level = plan.levels.iter().find(|level| Some(level.level) == judged);
        let mut approvers = names(&procedure.approves);
        if approvers.is_empty() {
            approvers = level.map(|level| level.decided_by.clone()).unwrap_or_default();
        }
        let needs = match kind {
            Some(ChangeKind::Lower | ChangeKind::End) => vec![LoweringNeed::Trend, LoweringNeed::EffectAssessment],
            _ => Vec::new(),
        };
        let conditions = match kind {
            Some(ChangeKind::End) => end_conditions(plan),
            _ => Vec::new(),
        };
        Demand {
            factors: procedure.assessment_factors.iter().map(|text| text.text.clone()).collect(),
            tiers: level.map(|level| level.review_chain.clone()).unwrap_or_default(),
            proposers: names(&procedure.proposes),
            approvers,
            files_with: names(&procedure.files_with),
            needs,
            conditions,
        }
    }

    /// Whether the plan lets the level be changed like this at all.
    ///
    /// # Errors
    /// [`NoChange`] says what it lets be done instead.
    pub fn may_change(plan: &Plan, change: LevelChange) -> Result<ChangeKind, NoChange> {
        let kind = change.kind().ok_or(NoChange::Same)?;
        if let Some(to) = change.to
            && !plan.levels.is_empty()
            && !plan.levels.iter().any(|level| level.level == to)
        {
            return Err(NoChange::NotInPlan(to));
        }
        let jumps = if kind.is_upward() { plan.level_procedure.jump_up } else { plan.level_procedure.jump_down };
        if jumps == Some(false) && change.n_steps() > 1 {
            let next = if kind.is_upward() { above(change.from) } else { change.from.and_then(ResponseLevel::lower) };
            return Err(NoChange::StepByStep { next });
        }
        Ok(kind)
    }
}

fn above(level: Option<ResponseLevel>) -> Option<ResponseLevel> {
    match level {
        None => Some(ResponseLevel::Iv),
        Some(level) => ResponseLevel::from_number(u32::from(level.number()).saturating_sub(1)),
    }
}

fn end_conditions(plan: &Plan) -> Vec<EndCondition> {
    let written = &plan.level_procedure.termination.conditions;
    let mut conditions: Vec<EndCondition> =
        written.iter().map(|one| condition(plan, &one.text, one.source.span)).collect();
    if !conditions.iter().any(|one| matches!(one.kind, EndConditionKind::Incubations { .. })) {
        let text = "最后一例病例隔离后两个最长潜伏期内无新发本土病例".to_owned();
        conditions.insert(0, EndCondition { kind: EndConditionKind::Incubations { multiple: 2 }, text });
    }
    if !conditions.iter().any(|one| one.kind == EndConditionKind::ImportRisk) {
        conditions
            .push(EndCondition { kind: EndConditionKind::ImportRisk, text: "疫情输入风险降低".to_owned() });
    }
    conditions
}
