//! The same questions answered the slow way: sets of minutes, every visit looked at.

use std::collections::{BTreeMap, BTreeSet};

use lianfang_trace::query::{Case, Encounter, Grade, NoticeZone};
use lianfang_trace::rules::{Reach, Rule, RuleSet};
use lianfang_trace::{Minute, PersonId, VenueClass, VenueId, Visit, Window};

/// Visits as they were told, and what is known of the venues.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub(crate) visits: Vec<Visit>,
    pub(crate) classes: BTreeMap<VenueId, VenueClass>,
}

/// A visit with an end.
#[derive(Clone, Debug)]
struct Stay {
    visit: Visit,
    window: Window,
    assumed: bool,
}

type Minutes = BTreeSet<u32>;

fn minutes(window: Window) -> Minutes {
    (window.from.0..window.until.0).collect()
}

impl Known {
    pub(crate) fn class(&self, venue: VenueId) -> VenueClass {
        self.classes.get(&venue).copied().unwrap_or_default()
    }

    fn stays(&self, rules: &RuleSet) -> Vec<Stay> {
        let closed = |open: &Visit| {
            let over_midnight = |visit: &Visit, leave| {
                open.enter.0.is_multiple_of(1440) && visit.enter < open.enter && leave > open.enter
            };
            (self.visits.iter().filter(|visit| (visit.person, visit.venue) == (open.person, open.venue)))
                .any(|visit| visit.leave.is_some_and(|leave| visit.enter == open.enter || over_midnight(visit, leave)))
        };
        let told = self.visits.iter().filter(|visit| visit.leave.is_some() || !closed(visit));
        told.map(|visit| {
            let assumed = visit.leave.is_none();
            let midnight = Minute((visit.enter.0 / 1440 + 1) * 1440);
            let stay = u32::from(rules.of(self.class(visit.venue)).assumed_stay);
            let until = visit.leave.unwrap_or(Minute(visit.enter.0 + stay).min(midnight));
            let until = until.max(Minute(visit.enter.0 + 1));
            Stay { visit: *visit, window: Window { from: visit.enter, until }, assumed }
        })
        .collect()
    }

    /// Who met a case, and where a notice stands in place of a list.
    pub(crate) fn met(
        &self,
        case: Case,
        rules: &RuleSet,
        counts: fn(&Rule) -> bool,
    ) -> (Vec<Encounter>, Vec<NoticeZone>) {
        let stays = self.stays(rules);
        let venues: BTreeSet<VenueId> = stays.iter().map(|stay| stay.visit.venue).collect();
        let (mut met, mut notices) = (Vec::new(), Vec::new());
        for venue in venues {
            let rule = rules.of(self.class(venue));
            if counts(rule) {
                let there: Vec<&Stay> = stays.iter().filter(|stay| stay.visit.venue == venue).collect();
                in_venue(case, venue, rule, &there, &mut met, &mut notices);
            }
        }
        (met, notices)
    }

    /// Encounters with any of the cases, sorted; cases themselves left out.
    pub(crate) fn first_order(&self, cases: &[Case], rules: &RuleSet) -> (Vec<Encounter>, Vec<NoticeZone>) {
        let (mut met, mut notices) = (Vec::new(), Vec::new());
        for case in cases {
            let (more, zones) = self.met(*case, rules, |_| true);
            met.extend(more);
            notices.extend(zones);
        }
        met.retain(|one| cases.iter().all(|case| case.person != one.person));
        met.sort();
        notices.sort();
        (met, notices)
    }

    /// Contacts with their first exposure.
    pub(crate) fn contacts(met: &[Encounter]) -> BTreeMap<PersonId, Minute> {
        let mut contacts: BTreeMap<PersonId, Minute> = BTreeMap::new();
        for one in met.iter().filter(|one| one.grade == Grade::Contact) {
            let first = contacts.entry(one.person).or_insert(one.window.from);
            *first = one.window.from.min(*first);
        }
        contacts
    }

    /// Contacts of contacts, each with the contacts and venues through which it came.
    pub(crate) fn second_order(
        &self,
        cases: &[Case],
        rules: &RuleSet,
        isolated: Minute,
    ) -> BTreeMap<PersonId, Vec<Encounter>> {
        let contacts = Known::contacts(&self.first_order(cases, rules).0);
        let mut second: BTreeMap<PersonId, Vec<Encounter>> = BTreeMap::new();
        for (person, from) in &contacts {
            let through = Case { person: *person, infectious: Window { from: *from, until: isolated } };
            for one in self.met(through, rules, |rule| rule.conducts && rule.reach == Reach::Contact).0 {
                let is_new = !contacts.contains_key(&one.person) && cases.iter().all(|case| case.person != one.person);
                if is_new && one.grade == Grade::Contact {
                    second.entry(one.person).or_default().push(one);
                }
            }
        }
        second.values_mut().for_each(|met| met.sort());
        second
    }

    /// Who was in a venue, minute by minute.
    pub(crate) fn place(&self, venue: VenueId, window: Window, rules: &RuleSet) -> BTreeMap<PersonId, Minutes> {
        let mut found: BTreeMap<PersonId, Minutes> = BTreeMap::new();
        for stay in self.stays(rules).iter().filter(|stay| stay.visit.venue == venue) {
            let there: Minutes = minutes(stay.window).intersection(&minutes(window)).copied().collect();
            if !there.is_empty() {
                found.entry(stay.visit.person).or_default().extend(there);
            }
        }
        found
    }

    /// Where a person was, minute by minute.
    pub(crate) fn track(&self, person: PersonId, rules: &RuleSet) -> BTreeMap<VenueId, Minutes> {
        let mut found: BTreeMap<VenueId, Minutes> = BTreeMap::new();
        for stay in self.stays(rules).iter().filter(|stay| stay.visit.person == person) {
            found.entry(stay.visit.venue).or_default().extend(minutes(stay.window));
        }
        found
    }
}

/// The runs of consecutive minutes.
fn runs(minutes: &Minutes) -> Vec<Window> {
    let mut runs: Vec<Window> = Vec::new();
    for &minute in minutes {
        match runs.last_mut().filter(|run| run.until.0 == minute) {
            Some(run) => run.until = Minute(minute + 1),
            None => runs.push(Window { from: Minute(minute), until: Minute(minute + 1) }),
        }
    }
    runs
}

fn in_venue(
    case: Case,
    venue: VenueId,
    rule: &Rule,
    there: &[&Stay],
    met: &mut Vec<Encounter>,
    notices: &mut Vec<NoticeZone>,
) {
    let own: Vec<(Window, &Stay)> = (there.iter().filter(|stay| stay.visit.person == case.person))
        .filter_map(|stay| Some((stay.window.meet(case.infectious)?.widened(rule.before, rule.after), *stay)))
        .collect();
    let exposed: Minutes = own.iter().flat_map(|(window, _)| minutes(*window)).collect();
    let mut shared: BTreeMap<PersonId, (Minutes, Minutes, bool)> = BTreeMap::new();
    let mut assumed = false;
    for run in runs(&exposed) {
        let in_run: Vec<&Stay> =
            own.iter().filter(|(window, _)| window.meet(run).is_some()).map(|(_, stay)| *stay).collect();
        let others: Vec<&&Stay> =
            (there.iter()).filter(|stay| stay.visit.person != case.person && stay.window.meet(run).is_some()).collect();
        let persons: BTreeSet<PersonId> = others.iter().map(|stay| stay.visit.person).collect();
        if rule.list_at_most.is_some_and(|most| persons.len() > most as usize) {
            notices.push(NoticeZone {
                venue,
                class: rule.class,
                window: run,
                persons: persons.len() as u32,
                case: case.person,
            });
            continue;
        }
        assumed |= in_run.iter().any(|stay| stay.assumed);
        for stay in others {
            let both: Minutes = minutes(stay.window).intersection(&minutes(run)).copied().collect();
            let (all, near, any_assumed) = shared.entry(stay.visit.person).or_default();
            if is_near(&in_run, stay, rule) {
                near.extend(&both);
            }
            all.extend(both);
            *any_assumed |= stay.assumed;
        }
    }
    for (person, (all, near, any_assumed)) in shared {
        let is_contact = rule.reach == Reach::Contact && near.len() >= usize::from(rule.at_least.max(1));
        met.push(Encounter {
            person,
            case: case.person,
            venue,
            class: rule.class,
            window: Window { from: Minute(*all.first().unwrap()), until: Minute(all.last().unwrap() + 1) },
            overlap: all.len() as u32,
            near_overlap: near.len() as u32,
            grade: if is_contact { Grade::Contact } else { Grade::LowRisk },
            assumed: assumed || any_assumed,
        });
    }
}

fn is_near(own: &[&Stay], other: &Stay, rule: &Rule) -> bool {
    let Some(near) = rule.near else {
        return true;
    };
    own.iter().any(|stay| match (stay.visit.spot, other.visit.spot) {
        (Some(one), Some(other)) => one.number().abs_diff(other.number()) <= near,
        _ => true,
    })
}
