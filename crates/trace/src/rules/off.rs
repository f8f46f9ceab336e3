//! No rules: everyone who was there counts.

use crate::class::VenueClass;
use crate::rules::{Reach, Rule, RuleSet};
use crate::time::Day;

impl RuleSet {
    /// Everyone who was in the same venue counts as a contact: from `before` minutes before the case came until `after` minutes
    /// after it left, however short, however far, however many. A visit without an end lasts `assumed_stay` minutes.
    pub fn off(before: u16, after: u16, assumed_stay: u16) -> RuleSet {
        let rules = VenueClass::ALL.map(|class| Rule {
            class,
            before,
            after,
            at_least: 1,
            assumed_stay,
            near: None,
            reach: Reach::Contact,
            conducts: true,
            list_at_most: None,
            source: String::new(),
        });
        RuleSet { name: "off".into(), in_force_from: Day(0), rules }
    }
}
