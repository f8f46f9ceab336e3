use super::{Plan, Span};
use crate::Lang;

/// What a plan is among the plans of its area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlanTier {
    /// For the whole area.
    #[default]
    Overall,
    /// For one kind of event or one part of the work.
    Special,
    /// Of one department or unit.
    Department,
    /// For one year.
    Annual,
}

impl PlanTier {
    /// Every tier.
    pub const ALL: [PlanTier; 4] = [PlanTier::Overall, PlanTier::Special, PlanTier::Department, PlanTier::Annual];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            PlanTier::Overall => "overall",
            PlanTier::Special => "special",
            PlanTier::Department => "department",
            PlanTier::Annual => "annual",
        }
    }

    /// The tier of a code.
    pub fn from_code(code: &str) -> Option<PlanTier> {
        PlanTier::ALL.into_iter().find(|tier| tier.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            PlanTier::Overall => lang.pick("总体预案", "Overall plan"),
            PlanTier::Special => lang.pick("专项预案", "Special plan"),
            PlanTier::Department => lang.pick("部门预案", "Department's plan"),
            PlanTier::Annual => lang.pick("年度方案", "Annual plan"),
        }
    }
}

/// A plan that another one says is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemandedPlan {
    /// Its name, as far as the text gives one: `校园疫情防控应急预案`.
    pub name: String,
    /// Who is to make it, by their full names; empty when the text does not say.
    pub units: Vec<String>,
    /// Where the text says so.
    pub span: Span,
}

const MAKING: [&str; 6] = ["制定", "制订", "编制", "完善", "修订", "拟定"];
const ENDS: [&str; 3] = ["应急预案", "预案", "方案"];
/// What stands before a name without being part of it.
const BEFORE: [&str; 14] = [
    "本地区",
    "本辖区",
    "本行业",
    "本系统",
    "本部门",
    "本单位",
    "本级",
    "各自",
    "相应的",
    "相应",
    "具体的",
    "具体",
    "并完善",
    "和完善",
];
/// What ends a name that is not yet there.
const STOPS: [char; 10] = ['，', '。', '；', '、', '：', '（', '）', '\n', ',', ';'];
/// Longest name, in characters.
const LONGEST: usize = 30;

impl Plan {
    /// The plans that this one says are to be made (`制定校园疫情防控应急预案`), each name once, in the order of the text.
    /// Names that say nothing (`应急预案`, `方案`) are left out where no unit is named either.
    pub fn demanded_plans(&self) -> Vec<DemandedPlan> {
        let mut found: Vec<DemandedPlan> = Vec::new();
        let mut clauses = self.clauses(Lang::Zh);
        clauses.sort_by_key(|clause| clause.span);
        for clause in clauses {
            for name in demanded_names(&clause.text) {
                let says_little = ENDS.contains(&name.as_str());
                let known = found.iter().any(|one| one.name == name && (!says_little || one.units == clause.units));
                let says_nothing = says_little && clause.units.is_empty();
                if !known && !says_nothing {
                    found.push(DemandedPlan { name, units: clause.units.clone(), span: clause.span });
                }
            }
        }
        found
    }
}

impl DemandedPlan {
    /// Whether a plan of this title is the one demanded: the title holds the name's own words.
    pub fn is_met_by(&self, title: &str) -> bool {
        let end = ENDS.iter().find(|end| self.name.ends_with(*end)).copied().unwrap_or_default();
        let own = self.name.strip_suffix(end).unwrap_or(&self.name);
        let ends_alike = title.contains("预案") || !end.ends_with("预案");
        if own.is_empty() {
            return ends_alike && self.units.iter().any(|unit| title.contains(unit.as_str()));
        }
        ends_alike && title.contains(own)
    }
}

fn demanded_names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((at, verb)) = MAKING.iter().filter_map(|verb| rest.find(verb).map(|at| (at, verb))).min() {
        rest = &rest[at + verb.len()..];
        let until = rest.find(STOPS).unwrap_or(rest.len());
        let part = &rest[..until];
        let end = ENDS.iter().filter_map(|end| part.find(end).map(|at| (at, at + end.len()))).min();
        let Some((_, end)) = end else { continue };
        let mut name = &part[..end];
        while let Some(shorter) = MAKING.iter().chain(&BEFORE).find_map(|word| name.strip_prefix(word)) {
            name = shorter;
        }
        if !name.is_empty() && name.chars().count() <= LONGEST {
            names.push(name.to_owned());
        }
        rest = &rest[end..];
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_plan_that_is_to_be_made_is_found() {
        let cases: [(&str, &[&str]); 7] = [
            ("区教育局负责制定校园疫情防控应急预案，并组织演练。", &["校园疫情防控应急预案"]),
            ("制定完善本单位应急预案", &["应急预案"]),
            ("编制应急物资储备方案；修订转运工作方案。", &["应急物资储备方案", "转运工作方案"]),
            ("按照应急预案开展处置", &[]),
            ("制定计划，落实方案", &[]),
            ("制定本行业的防控措施", &[]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(demanded_names(text), expected, "{text}");
        }
    }

    #[test]
    fn a_title_meets_what_is_demanded_when_it_holds_its_own_words() {
        let demanded = |name: &str, unit: &str| DemandedPlan {
            name: name.to_owned(),
            units: vec![unit.to_owned()],
            span: Span { start: 0, end: 0 },
        };
        let school = demanded("校园疫情防控应急预案", "清河区教育局");
        assert!(school.is_met_by("清河区校园疫情防控应急预案（2026年修订）"));
        assert!(!school.is_met_by("清河区疫情防控应急预案") && !school.is_met_by("校园疫情防控工作总结"));
        let any = demanded("应急预案", "清河区教育局");
        assert!(any.is_met_by("清河区教育局突发公共卫生事件应急预案") && !any.is_met_by("清河区总体应急预案"));
        assert!(PlanTier::ALL.into_iter().all(|tier| PlanTier::from_code(tier.code()) == Some(tier)));
    }
}
