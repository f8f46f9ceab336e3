//! Rule sets with their dates, as a file holds them.

use std::fmt;

use serde::Deserialize;

use crate::class::VenueClass;
use crate::rules::{Rule, RuleSet};
use crate::time::Day;

/// The rule sets that hold one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleBook {
    /// By the day from which they hold, the earliest first.
    sets: Vec<RuleSet>,
}

/// Why a file is no rule book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleFault {
    /// It is no TOML of the expected form; the words say where.
    Form(String),
    /// A set lacks a class.
    Missing(String, VenueClass),
    /// A set has a class twice.
    Twice(String, VenueClass),
    /// There is no set in it.
    Empty,
    /// Two sets begin on one day.
    SameDay(Day),
}

impl RuleFault {
    /// 中文。
    pub fn zh(&self) -> String {
        match self {
            RuleFault::Form(what) => format!("规则文件格式不对：{what}"),
            RuleFault::Missing(set, class) => format!("规则集“{set}”缺少{}（{}）", class.zh(), class.key()),
            RuleFault::Twice(set, class) => format!("规则集“{set}”中{}（{}）出现两次", class.zh(), class.key()),
            RuleFault::Empty => "规则文件中没有规则集".into(),
            RuleFault::SameDay(day) => format!("两个规则集都从{day}起执行；请改其中一个日期"),
        }
    }
}

impl fmt::Display for RuleFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RuleFault::Form(what) => write!(f, "the rule file has another form: {what}"),
            RuleFault::Missing(set, class) => write!(f, "rule set “{set}” lacks {}", class.key()),
            RuleFault::Twice(set, class) => write!(f, "rule set “{set}” has {} twice", class.key()),
            RuleFault::Empty => write!(f, "there is no rule set in the file"),
            RuleFault::SameDay(day) => write!(f, "two rule sets hold from {day} on; change one of the dates"),
        }
    }
}

impl std::error::Error for RuleFault {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BookFile {
    set: Vec<SetFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetFile {
    name: String,
    in_force_from: jiff::civil::Date,
    rule: Vec<Rule>,
}

impl RuleBook {
    /// Reads rule sets: `[[set]]` with `name`, `in_force_from` and a `[[set.rule]]` for each class.
    ///
    /// # Errors
    /// [`RuleFault`] names what is wrong.
    pub fn parse(text: &str) -> Result<RuleBook, RuleFault> {
        let file: BookFile = toml::from_str(text).map_err(|error| RuleFault::Form(error.to_string()))?;
        let mut sets = file.set.into_iter().map(read_set).collect::<Result<Vec<_>, _>>()?;
        sets.sort_by_key(|set| set.in_force_from);
        if sets.is_empty() {
            return Err(RuleFault::Empty);
        }
        match sets.windows(2).find(|pair| pair[0].in_force_from == pair[1].in_force_from) {
            Some(pair) => Err(RuleFault::SameDay(pair[0].in_force_from)),
            None => Ok(RuleBook { sets }),
        }
    }

    /// The rules that come with the program, each with its source.
    ///
    /// # Errors
    /// None in practice: a test reads them.
    pub fn supplied() -> Result<RuleBook, RuleFault> {
        RuleBook::parse(include_str!("supplied.toml"))
    }

    /// The set that holds on a day; `None` before the first.
    pub fn on(&self, day: Day) -> Option<&RuleSet> {
        self.sets.iter().rev().find(|set| set.in_force_from <= day)
    }

    /// All sets, the earliest first.
    pub fn sets(&self) -> &[RuleSet] {
        &self.sets
    }
}

fn read_set(file: SetFile) -> Result<RuleSet, RuleFault> {
    let find = |class: VenueClass| {
        let mut found = file.rule.iter().filter(|rule| rule.class == class);
        match (found.next(), found.next()) {
            (Some(rule), None) => Ok(rule.clone()),
            (None, _) => Err(RuleFault::Missing(file.name.clone(), class)),
            (Some(_), Some(_)) => Err(RuleFault::Twice(file.name.clone(), class)),
        }
    };
    let day = Day::from_civil(file.in_force_from);
    let in_force_from = day.ok_or_else(|| RuleFault::Form(format!("{} is before 1970", file.in_force_from)))?;
    let mut rules = RuleSet::off(0, 0, 1).rules;
    for rule in &mut rules {
        *rule = find(rule.class)?;
    }
    Ok(RuleSet { name: file.name, in_force_from, rules })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Reach;

    #[test]
    fn the_supplied_rules_cover_every_class_and_name_their_source() {
        let book = RuleBook::supplied().unwrap();
        for set in book.sets() {
            for rule in set.rules() {
                assert!(!rule.source.is_empty(), "{} in {}", rule.class.key(), set.name);
                assert!(rule.assumed_stay > 0 && rule.at_least > 0, "{} in {}", rule.class.key(), set.name);
            }
        }
        let latest = book.sets().last().unwrap();
        assert!(latest.of(VenueClass::Household).conducts);
        assert_eq!(latest.of(VenueClass::Outdoor).reach, Reach::LowRisk);
        assert_eq!(latest.of(VenueClass::Vehicle).near, Some(3));
    }

    #[test]
    fn the_set_of_a_day_is_the_last_that_began() {
        let book = RuleBook::supplied().unwrap();
        let first = &book.sets()[0];
        assert_eq!(book.on(first.in_force_from), Some(first));
        assert_eq!(book.on(Day(first.in_force_from.0 - 1)), None);
    }

    #[test]
    fn a_book_that_lacks_a_class_says_which() {
        let text = include_str!("supplied.toml").replace("class = \"shop\"", "class = \"room\"");
        let fault = RuleBook::parse(&text).unwrap_err();
        assert!(matches!(fault, RuleFault::Twice(_, VenueClass::Room)), "{fault}");
        assert!(matches!(RuleBook::parse("set = []"), Err(RuleFault::Empty)));
        assert!(matches!(RuleBook::parse("name = 1"), Err(RuleFault::Form(_))));
    }
}
