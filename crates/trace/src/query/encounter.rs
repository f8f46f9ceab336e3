//! Who met whom, where and when: one line for a case, a person and a venue.

use crate::class::VenueClass;
use crate::query::exposure::{Exposure, Seen, exposures, seen_in};
use crate::query::list::NoticeZone;
use crate::rules::{Reach, Rule, RuleSet};
use crate::store::Snapshot;
use crate::time::{Minute, Window};
use crate::visit::{PersonId, VenueId};

/// What someone who shared a venue is, by the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// 密接.
    Contact,
    /// 一般接触者.
    LowRisk,
}

/// Why a person is on the list: what it shared with a case in one venue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Encounter {
    /// Who was exposed.
    pub person: PersonId,
    /// To whom.
    pub case: PersonId,
    /// Where.
    pub venue: VenueId,
    /// By which class's rule it was judged.
    pub class: VenueClass,
    /// The first shared minute, and the first after the last.
    pub window: Window,
    /// Shared minutes, lingering air included.
    pub overlap: u32,
    /// Of these, within the distance of the rule.
    pub near_overlap: u32,
    /// What the rule makes of it.
    pub grade: Grade,
    /// Whether some end of a visit was assumed.
    pub assumed: bool,
}

/// An encounter in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Met {
    pub(crate) person: u32,
    pub(crate) case: u32,
    pub(crate) venue: u32,
    pub(crate) window: Window,
    pub(crate) overlap: u32,
    pub(crate) near: u32,
    pub(crate) grade: Grade,
    pub(crate) assumed: bool,
}

impl Met {
    pub(crate) fn named(&self, snapshot: &Snapshot) -> Encounter {
        Encounter {
            person: snapshot.person_id(self.person),
            case: snapshot.person_id(self.case),
            venue: snapshot.venue_id(self.venue),
            class: snapshot.class(self.venue),
            window: self.window,
            overlap: self.overlap,
            near_overlap: self.near,
            grade: self.grade,
            assumed: self.assumed,
        }
    }
}

/// Finds the encounters of cases. Keeps its memory from one case to the next.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    seen: Vec<Seen>,
    /// The persons of `seen` in the upper halves, where they stand in the lower.
    by_person: Vec<u64>,
    pub(crate) met: Vec<Met>,
    pub(crate) notices: Vec<NoticeZone>,
}

impl Finder {
    /// Adds what a case shared with others in venues that count.
    pub(crate) fn case(
        &mut self,
        snapshot: &Snapshot,
        case: (u32, Window),
        rules: &RuleSet,
        counts: impl Fn(&Rule) -> bool,
    ) {
        let all = exposures(snapshot, case, rules, counts);
        for of_venue in all.chunk_by(|a, b| a.venue == b.venue) {
            self.venue(snapshot, case.0, of_venue, rules);
        }
    }

    /// Adds what a case shared with others in one venue, given its exposures there.
    pub(crate) fn venue(&mut self, snapshot: &Snapshot, case: u32, exposures: &[Exposure], rules: &RuleSet) {
        let Some(first) = exposures.first() else {
            return;
        };
        let rule = rules.of(first.class);
        self.seen.clear();
        let mut assumed = false;
        for exposure in exposures {
            let before = self.seen.len();
            seen_in(snapshot, exposure, rule, case, &mut self.seen);
            let persons = rule.list_at_most.map(|most| (distinct(&mut self.seen[before..]), most));
            match persons.filter(|(persons, most)| persons > most) {
                Some((persons, _)) => {
                    self.seen.truncate(before);
                    self.notices.push(notice(snapshot, case, exposure, persons));
                }
                None => assumed |= exposure.assumed,
            }
        }
        // Late visits and counted ones come out of order.
        if !self.seen.is_sorted_by_key(|seen| seen.window.from) {
            self.seen.sort_by_key(|seen| seen.window.from);
        }
        self.by_person.clear();
        self.by_person.extend(self.seen.iter().zip(0u64..).map(|(seen, index)| u64::from(seen.person) << 32 | index));
        self.by_person.sort_unstable();
        for of_person in self.by_person.chunk_by(|a, b| a >> 32 == b >> 32) {
            let seen = of_person.iter().map(|key| &self.seen[*key as u32 as usize]);
            self.met.push(meet(seen, rule, (case, first.venue), assumed));
        }
    }
}

fn notice(snapshot: &Snapshot, case: u32, exposure: &Exposure, persons: u32) -> NoticeZone {
    NoticeZone {
        venue: snapshot.venue_id(exposure.venue),
        class: exposure.class,
        window: exposure.window,
        persons,
        case: snapshot.person_id(case),
    }
}

/// How many different people; sorts them.
pub(crate) fn distinct(seen: &mut [Seen]) -> u32 {
    seen.sort_unstable_by_key(|seen| seen.person);
    seen.chunk_by(|a, b| a.person == b.person).count() as u32
}

/// Sums up what one person shared; `seen` comes by time.
fn meet<'a>(seen: impl Iterator<Item = &'a Seen>, rule: &Rule, (case, venue): (u32, u32), assumed: bool) -> Met {
    let (mut all, mut near) = (Union::default(), Union::default());
    let (mut first, mut assumed) = (None, assumed);
    for one in seen {
        first = first.or(Some((one.person, one.window.from)));
        assumed |= one.assumed;
        all.add(one.window);
        if one.near {
            near.add(one.window);
        }
    }
    let is_contact = rule.reach == Reach::Contact && near.minutes >= u32::from(rule.at_least).max(1);
    let (person, from) = first.unwrap_or_default();
    Met {
        person,
        case,
        venue,
        window: Window { from, until: all.until },
        overlap: all.minutes,
        near: near.minutes,
        grade: if is_contact { Grade::Contact } else { Grade::LowRisk },
        assumed,
    }
}

/// Minutes that windows cover together, where they come by their start.
#[derive(Debug, Default)]
struct Union {
    minutes: u32,
    until: Minute,
}

impl Union {
    fn add(&mut self, window: Window) {
        let from = window.from.max(self.until);
        if from < window.until {
            self.minutes += window.until.0 - from.0;
            self.until = window.until;
        }
    }
}
