use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Lang, plan::ResponseLevel};

/// A figure by which an event is graded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// 病例数.
    Cases,
    /// 死亡数.
    Deaths,
    /// 波及县（市、区）数.
    Counties,
    /// 波及市（地）数.
    Cities,
    /// 波及省份数.
    Provinces,
    /// 有扩散趋势: 1 if so, 0 if not.
    Spreading,
    /// 烈性菌（毒）种等丢失: 1 if so, 0 if not.
    StrainLost,
}

impl Figure {
    /// Every figure.
    pub const ALL: [Figure; 7] = [
        Figure::Cases,
        Figure::Deaths,
        Figure::Counties,
        Figure::Cities,
        Figure::Provinces,
        Figure::Spreading,
        Figure::StrainLost,
    ];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            Figure::Cases => "cases",
            Figure::Deaths => "deaths",
            Figure::Counties => "counties",
            Figure::Cities => "cities",
            Figure::Provinces => "provinces",
            Figure::Spreading => "spreading",
            Figure::StrainLost => "strain_lost",
        }
    }

    /// The figure of a code.
    pub fn from_code(code: &str) -> Option<Figure> {
        Figure::ALL.into_iter().find(|figure| figure.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Figure::Cases => lang.pick("病例数", "Cases"),
            Figure::Deaths => lang.pick("死亡数", "Deaths"),
            Figure::Counties => lang.pick("波及县（市、区）数", "Counties affected"),
            Figure::Cities => lang.pick("波及市（地）数", "Cities affected"),
            Figure::Provinces => lang.pick("波及省份数", "Provinces affected"),
            Figure::Spreading => lang.pick("有扩散趋势（是1否0）", "Spreading (1 yes, 0 no)"),
            Figure::StrainLost => lang.pick("菌（毒）种丢失（是1否0）", "Strain lost (1 yes, 0 no)"),
        }
    }
}

/// A figure that must be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Which.
    pub figure: Figure,
    /// From how many on.
    pub at_least: i64,
}

/// One alternative by which an event has a grade: all of its conditions hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeRule {
    /// The grade.
    pub grade: ResponseLevel,
    /// The number of the clause.
    pub clause: String,
    /// The code of the disease that it is about; empty for every event.
    pub disease: String,
    /// What it says.
    pub words: String,
    /// What must hold, all of it.
    pub conditions: Vec<Condition>,
    /// Since when it holds.
    pub from_on: Date,
    /// Where it is laid down.
    pub source: String,
}

/// A condition that does not hold, or of which nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortfall {
    /// What is asked for.
    pub condition: Condition,
    /// What is known; none if nothing is.
    pub known: Option<i64>,
}

impl Shortfall {
    /// `病例数还差 3`, `死亡数未知`.
    pub fn words(&self, lang: Lang) -> String {
        let name = self.condition.figure.words(lang);
        match self.known {
            None => lang.pick(format!("{name}未知"), format!("{name}: unknown")),
            Some(known) => {
                let missing = self.condition.at_least - known;
                lang.pick(format!("{name}还差{missing}"), format!("{name}: {missing} more"))
            }
        }
    }
}

/// A rule that holds, with the figures that it was judged by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetRule<'a> {
    /// The rule.
    pub rule: &'a GradeRule,
    /// Each condition with the figure.
    pub figures: Vec<(Condition, i64)>,
}

/// What grade the figures suggest. A person sets it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GradeVerdict<'a> {
    /// The gravest grade of which a rule holds; none if none does.
    pub grade: Option<ResponseLevel>,
    /// Every rule of that grade that holds.
    pub met: Vec<MetRule<'a>>,
    /// The next graver grade's rules, with what is missing to each, the nearest first.
    pub next: Vec<(&'a GradeRule, Vec<Shortfall>)>,
}

fn judge<'a>(rule: &'a GradeRule, figures: &BTreeMap<Figure, i64>) -> Result<MetRule<'a>, Vec<Shortfall>> {
    let mut met = Vec::new();
    let mut short = Vec::new();
    for &condition in &rule.conditions {
        match figures.get(&condition.figure).copied() {
            Some(known) if known >= condition.at_least => met.push((condition, known)),
            known => short.push(Shortfall { condition, known }),
        }
    }
    // A rule without figures is for people to judge, so it never holds by itself.
    if short.is_empty() && !met.is_empty() { Ok(MetRule { rule, figures: met }) } else { Err(short) }
}

/// Which grade the figures of an event suggest, by the rules in force on a day: 有下列情形之一 within a grade, the gravest
/// that holds (就高不就低). What is unknown meets no condition, and is named.
pub fn suggest_grade<'a>(
    rules: &'a [GradeRule],
    disease: &str,
    figures: &BTreeMap<Figure, i64>,
    day: Date,
) -> GradeVerdict<'a> {
    let about = |rule: &&GradeRule| (rule.disease.is_empty() || rule.disease == disease) && rule.from_on <= day;
    let rules: Vec<&GradeRule> = rules.iter().filter(about).collect();
    let met: Vec<MetRule<'_>> = rules.iter().filter_map(|rule| judge(rule, figures).ok()).collect();
    // Ⅰ is the smallest.
    let grade = met.iter().map(|one| one.rule.grade).min();
    let graver = |rule: &&&GradeRule| grade.is_none_or(|held| rule.grade < held);
    let next_grade = rules.iter().filter(graver).map(|rule| rule.grade).max();
    let mut next: Vec<(&GradeRule, Vec<Shortfall>)> = rules
        .iter()
        .filter(|rule| Some(rule.grade) == next_grade)
        .filter_map(|rule| judge(rule, figures).err().filter(|short| !short.is_empty()).map(|short| (*rule, short)))
        .collect();
    next.sort_by_key(|(_, short)| short.len());
    GradeVerdict { grade, met: met.into_iter().filter(|one| Some(one.rule.grade) == grade).collect(), next }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::supplied_grade_rules;
    use super::*;

    fn suggest(disease: &str, figures: &[(Figure, i64)]) -> (Option<ResponseLevel>, Vec<String>) {
        let rules = supplied_grade_rules();
        let figures = figures.iter().copied().collect();
        let verdict = suggest_grade(&rules, disease, &figures, date(2026, 11, 22));
        let next = verdict.next.iter().flat_map(|(_, short)| short).map(|short| short.words(Lang::Zh)).collect();
        (verdict.grade, next)
    }

    #[test]
    fn the_gravest_rule_that_holds_gives_the_grade() {
        assert_eq!(suggest("plague", &[(Figure::Cases, 12), (Figure::Counties, 1)]).0, Some(ResponseLevel::Iii));
        assert_eq!(suggest("plague", &[(Figure::Cases, 20), (Figure::Counties, 1)]).0, Some(ResponseLevel::Ii));
        assert_eq!(suggest("plague", &[(Figure::Cases, 3), (Figure::Counties, 2)]).0, Some(ResponseLevel::Iii));
        assert_eq!(suggest("unknown to the rules", &[(Figure::Cases, 3)]).0, None);
    }

    #[test]
    fn the_distance_to_the_next_grade_is_told_and_what_is_unknown_meets_nothing() {
        let (grade, next) = suggest("plague", &[(Figure::Cases, 3)]);
        assert_eq!(grade, Some(ResponseLevel::Iv));
        assert!(
            next.contains(&"病例数还差7".to_owned()) && next.contains(&"波及县（市、区）数未知".to_owned()),
            "{next:?}"
        );
    }
}
