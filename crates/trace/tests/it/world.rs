//! Small worlds by chance.

use lianfang_trace::query::Case;
use lianfang_trace::rules::{Reach, Rule, RuleSet};
use lianfang_trace::{Minute, PersonId, Source, Spot, VenueClass, VenueId, Visit, Window};
use proptest::prelude::*;

use crate::reference::Known;

/// The first minute of the worlds: a day in 2026.
pub(crate) const START: u32 = 20_000 * 1440;

pub(crate) fn visit() -> impl Strategy<Value = Visit> {
    // Times on a grid of 20 minutes meet more often, also at midnight.
    (0u64..9, 0u64..6, 0u32..4 * 72, prop_oneof![4 => 0u32..20, 1 => 20u32..150], 0u16..8, prop::bool::weighted(0.12))
        .prop_map(|(person, venue, from, length, spot, open)| {
            let enter = Minute(START + from * 20);
            Visit {
                person: PersonId(person * 1_000_003),
                venue: VenueId(venue + 77),
                enter,
                leave: (!open).then_some(Minute(enter.0 + length * 7)),
                spot: Spot::new(spot),
                source: Source((spot % 3) as u8),
            }
        })
}

fn rule(class: VenueClass) -> impl Strategy<Value = Rule> {
    let times = (0u16..30, 0u16..90, 1u16..40, 1u16..300);
    let limits = (prop::option::of(0u16..4), prop::bool::weighted(0.8), any::<bool>(), prop::option::of(1u32..6));
    (times, limits).prop_map(move |((before, after, at_least, assumed_stay), (near, contact, conducts, most))| Rule {
        class,
        before,
        after,
        at_least,
        assumed_stay,
        near,
        reach: if contact { Reach::Contact } else { Reach::LowRisk },
        conducts,
        list_at_most: most,
        source: String::new(),
    })
}

pub(crate) fn rules() -> impl Strategy<Value = RuleSet> {
    let made =
        VenueClass::ALL.into_iter().map(rule).collect::<Vec<_>>().prop_map(|rules| {
            RuleSet::off(0, 0, 1).with(|rule| *rule = rules[usize::from(rule.class.number())].clone())
        });
    prop_oneof![3 => made, 1 => (0u16..40, 0u16..40, 1u16..90).prop_map(|(before, after, stay)| RuleSet::off(before, after, stay))]
}

pub(crate) fn classes() -> impl Strategy<Value = Vec<(VenueId, VenueClass)>> {
    proptest::collection::vec(0u8..9, 6)
        .prop_map(|classes| (77..).map(VenueId).zip(classes.into_iter().map(VenueClass::of_number)).collect())
}

pub(crate) fn cases() -> impl Strategy<Value = Vec<Case>> {
    let case = (0u64..10, 0u32..5000, 1u32..5000).prop_map(|(person, from, length)| {
        let from = Minute(START + from);
        Case { person: PersonId(person * 1_000_003), infectious: Window { from, until: Minute(from.0 + length) } }
    });
    proptest::collection::vec(case, 1..3).prop_map(|mut cases| {
        cases.dedup_by_key(|case| case.person);
        cases
    })
}

pub(crate) fn known(visits: Vec<Visit>, classes: &[(VenueId, VenueClass)]) -> Known {
    Known { visits, classes: classes.iter().copied().collect() }
}
