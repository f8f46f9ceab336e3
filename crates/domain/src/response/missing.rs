use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Demand, EndClock, EndConditionKind, EndFacts, LevelChange};
use crate::{Lang, plan::LoweringNeed};

/// What was assessed for a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// What was found of each factor, by its place in the plan.
    pub factors: BTreeMap<usize, String>,
    /// How it develops: needed for lowering and ending.
    pub trend: String,
    /// What the measures achieved: needed for lowering and ending.
    pub effect: String,
    /// Why it cannot wait for the experts; empty if it can. Only for going up.
    pub urgent: String,
}

/// Whether an expert agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OpinionVerdict {
    /// 同意.
    Agree,
    /// 不同意: kept and shown, whatever is decided.
    Disagree,
    /// 弃权.
    Abstain,
}

impl OpinionVerdict {
    /// Every verdict.
    pub const ALL: [OpinionVerdict; 3] = [OpinionVerdict::Agree, OpinionVerdict::Disagree, OpinionVerdict::Abstain];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            OpinionVerdict::Agree => "agree",
            OpinionVerdict::Disagree => "disagree",
            OpinionVerdict::Abstain => "abstain",
        }
    }

    /// The verdict of a code.
    pub fn from_code(code: &str) -> Option<OpinionVerdict> {
        OpinionVerdict::ALL.into_iter().find(|verdict| verdict.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            OpinionVerdict::Agree => lang.pick("同意", "Agrees"),
            OpinionVerdict::Disagree => lang.pick("不同意", "Disagrees"),
            OpinionVerdict::Abstain => lang.pick("弃权", "Abstains"),
        }
    }
}

/// What an expert said, signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// The tier for which the expert speaks.
    pub tier: String,
    /// Whether the expert agrees.
    pub verdict: OpinionVerdict,
}

/// What a named person said of a condition for ending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The place of the condition.
    pub condition: usize,
    /// Whether it holds.
    pub holds: bool,
    /// Who judged.
    pub person: String,
}

/// Something without which a change cannot be proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Factors that nobody assessed.
    Factors {
        /// How many.
        n: usize,
    },
    /// No expert of this tier has spoken.
    Tier(String),
    /// How it develops is not assessed.
    Trend,
    /// What was achieved is not assessed.
    Effect,
    /// The maximum incubation period is not set.
    Incubation,
    /// The clock still runs.
    ClockRuns {
        /// The first day on which the condition holds.
        until: Date,
    },
    /// Nobody has judged this condition.
    NotJudged(String),
    /// Someone judged that this condition does not hold.
    DoesNotHold {
        /// The condition.
        condition: String,
        /// Who.
        person: String,
    },
}

impl Missing {
    /// What is missing and what to do.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Missing::Factors { n: 1 } => {
                lang.pick("还有 1 项评估因素未填写。", "One factor is not assessed yet.").to_owned()
            }
            Missing::Factors { n } => {
                lang.pick(format!("还有 {n} 项评估因素未填写。"), format!("{n} factors are not assessed yet."))
            }
            Missing::Tier(tier) => lang.pick(
                format!("缺少{tier}级专家意见。"),
                format!("No expert of the tier {tier} has given an opinion yet."),
            ),
            Missing::Trend => lang
                .pick("降级或终止前须填写疫情趋势评估。", "The trend must be assessed before lowering or ending.")
                .to_owned(),
            Missing::Effect => lang
                .pick(
                    "降级或终止前须填写防控效果评估。",
                    "The effect of the measures must be assessed before lowering or ending.",
                )
                .to_owned(),
            Missing::Incubation => lang
                .pick(
                    "未设定最长潜伏期，无法计算终止时间。请先在“事件信息”中设定并注明来源。",
                    "The maximum incubation period is not set. Set it with its source under “Facts” first.",
                )
                .to_owned(),
            Missing::ClockRuns { until } => lang.pick(
                format!("两个最长潜伏期未满，最早{}年{}月{}日。", until.year(), until.month(), until.day()),
                format!("The two incubation periods are not over; the earliest day is {until}."),
            ),
            Missing::NotJudged(condition) => lang.pick(
                format!("“{condition}”尚未由具名人员判定。"),
                format!("No named person has judged “{condition}” yet."),
            ),
            Missing::DoesNotHold { condition, person } => lang.pick(
                format!("{person}判定“{condition}”不成立。"),
                format!("{person} judged that “{condition}” does not hold."),
            ),
        }
    }
}

/// What is still missing before a change can be proposed. Going up in an emergency may be proposed before the experts
/// have spoken and the factors are written down; they can follow.
pub fn missing(
    demand: &Demand,
    change: LevelChange,
    assessment: &Assessment,
    opinions: &[Opinion],
    (judgements, end, day): (&[Judgement], &EndFacts, Date),
) -> Vec<Missing> {
    let mut found = Vec::new();
    let is_urgent = change.kind().is_some_and(super::ChangeKind::is_upward) && !assessment.urgent.trim().is_empty();
    if !is_urgent {
        let is_open = |place: &usize| assessment.factors.get(place).is_none_or(|words| words.trim().is_empty());
        let n = (0..demand.factors.len()).filter(is_open).count();
        found.extend((n > 0).then_some(Missing::Factors { n }));
        let silent = demand.tiers.iter().filter(|tier| !opinions.iter().any(|one| one.tier == **tier));
        found.extend(silent.map(|tier| Missing::Tier(tier.clone())));
    }
    for need in &demand.needs {
        let (words, missing) = match need {
            LoweringNeed::Trend => (&assessment.trend, Missing::Trend),
            LoweringNeed::EffectAssessment => (&assessment.effect, Missing::Effect),
        };
        found.extend(words.trim().is_empty().then_some(missing));
    }
    for (place, condition) in demand.conditions.iter().enumerate() {
        found.extend(match condition.kind {
            EndConditionKind::Incubations { multiple } => clock_runs(end, multiple, day),
            EndConditionKind::ImportRisk | EndConditionKind::Other => not_held(judgements, place, &condition.text),
        });
    }
    found
}

fn clock_runs(end: &EndFacts, multiple: u32, day: Date) -> Option<Missing> {
    match EndClock::of(end, multiple) {
        None => Some(Missing::Incubation),
        Some(clock) if !clock.is_over(day) => Some(Missing::ClockRuns { until: clock.earliest_on }),
        Some(_) => None,
    }
}

/// The last one who judged counts.
fn not_held(judgements: &[Judgement], place: usize, text: &str) -> Option<Missing> {
    match judgements.iter().rev().find(|one| one.condition == place) {
        None => Some(Missing::NotJudged(text.to_owned())),
        Some(one) if !one.holds => {
            Some(Missing::DoesNotHold { condition: text.to_owned(), person: one.person.clone() })
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::EndCondition;
    use super::*;
    use crate::plan::ResponseLevel::{Iii, Iv};

    const END: EndFacts =
        EndFacts { last_isolated_on: None, began_on: date(2026, 11, 1), max_incubation_days: Some(14) };

    fn opinion(tier: &str, verdict: OpinionVerdict) -> Opinion {
        Opinion { tier: tier.to_owned(), verdict }
    }

    #[test]
    fn an_activation_needs_every_factor_and_tier_unless_it_cannot_wait() {
        let demand =
            Demand { factors: vec!["甲".into(), "乙".into()], tiers: vec!["区".into()], ..Demand::default() };
        let change = LevelChange { from: None, to: Some(Iii) };
        let ask = |assessment: &Assessment, opinions: &[Opinion]| {
            missing(&demand, change, assessment, opinions, (&[], &END, date(2026, 11, 2)))
        };
        let mut assessment = Assessment::default();
        assert_eq!(ask(&assessment, &[]), [Missing::Factors { n: 2 }, Missing::Tier("区".into())]);
        let urgent = Assessment { urgent: "社区传播，不能等待".into(), ..Assessment::default() };
        assert_eq!(ask(&urgent, &[]), []);
        assessment.factors = BTreeMap::from([(0, "有".into()), (1, "足".into())]);
        let dissent = [opinion("区", OpinionVerdict::Disagree)];
        assert_eq!(ask(&assessment, &dissent), [], "dissent is kept, not counted");
    }

    #[test]
    fn lowering_needs_trend_and_effect_and_no_hurry_helps() {
        let demand = Demand { needs: vec![LoweringNeed::Trend, LoweringNeed::EffectAssessment], ..Demand::default() };
        let change = LevelChange { from: Some(Iii), to: Some(Iv) };
        let hurried = Assessment { urgent: "尽快".into(), ..Assessment::default() };
        let found = missing(&demand, change, &hurried, &[], (&[], &END, date(2026, 11, 2)));
        assert_eq!(found, [Missing::Trend, Missing::Effect]);
    }

    #[test]
    fn ending_needs_the_clock_run_out_and_every_other_condition_judged_to_hold() {
        let conditions = vec![
            EndCondition { kind: EndConditionKind::Incubations { multiple: 2 }, text: "两个最长潜伏期".into() },
            EndCondition { kind: EndConditionKind::ImportRisk, text: "输入风险降低".into() },
        ];
        let demand = Demand { conditions, ..Demand::default() };
        let change = LevelChange { from: Some(Iv), to: None };
        let ask =
            |judged: &[Judgement], day| missing(&demand, change, &Assessment::default(), &[], (judged, &END, day));
        let judged = |holds| Judgement { condition: 1, holds, person: "某甲".into() };
        let (early, late) = (date(2026, 11, 28), date(2026, 11, 29));
        let until = late;
        assert_eq!(ask(&[judged(true)], early), [Missing::ClockRuns { until }]);
        assert_eq!(ask(&[], late), [Missing::NotJudged("输入风险降低".into())]);
        assert!(matches!(ask(&[judged(true), judged(false)], late)[..], [Missing::DoesNotHold { .. }]));
        assert_eq!(ask(&[judged(false), judged(true)], late), []);
    }
}
