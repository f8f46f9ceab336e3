//! 判定规则: when a shared venue makes a contact. Rules are data with a date and a source; whoever judges on site may replace
//! them. They propose; the judgement is made after the investigation.

mod book;
mod off;

use serde::{Deserialize, Serialize};

pub use book::{RuleBook, RuleFault};

use crate::class::VenueClass;
use crate::time::Day;

/// How near people come in a class of venues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// 密接: who is there long enough and near enough is a contact.
    Contact,
    /// 一般接触者: who is there is a low-risk contact at most.
    LowRisk,
}

/// The rule of a class of venues. Times in minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The class.
    pub class: VenueClass,
    /// How long before the case came people still count: clocks differ.
    pub before: u16,
    /// How long after the case left people still count: the air lingers.
    pub after: u16,
    /// The least overlap, summed over the case's stays in one venue; shorter ones are low-risk.
    pub at_least: u16,
    /// How long a visit lasts that nobody has seen end, at most until midnight.
    pub assumed_stay: u16,
    /// Contacts are at most this many spots (rows, beds, stalls) away; who is further is low-risk. Where a spot is not known,
    /// the person counts as near. `None`: distance does not matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near: Option<u16>,
    /// What people there are at most.
    pub reach: Reach,
    /// Whether contacts pass it on there: the venue counts for contacts of contacts.
    pub conducts: bool,
    /// Above this many people at a time and place it becomes a notice: time and place are published, nobody is listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_at_most: Option<u32>,
    /// Where the rule comes from.
    pub source: String,
}

/// A rule for each class of venues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSet {
    /// Its name.
    pub name: String,
    /// The day from which it holds.
    pub in_force_from: Day,
    rules: [Rule; VenueClass::COUNT],
}

impl RuleSet {
    /// The rule of a class.
    pub fn of(&self, class: VenueClass) -> &Rule {
        &self.rules[usize::from(class.number())]
    }

    /// The set with some rules changed: what if?
    pub fn with(mut self, change: impl Fn(&mut Rule)) -> RuleSet {
        for rule in &mut self.rules {
            let class = rule.class;
            change(rule);
            rule.class = class;
        }
        self
    }

    /// All rules, by class.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }
}
