//! The list of contacts, with what every line rests on.

use std::ops::Range;

use crate::class::VenueClass;
use crate::query::encounter::{Encounter, Finder, Grade, Met};
use crate::store::{Loss, Snapshot};
use crate::time::{Minute, Window};
use crate::visit::{PersonId, VenueId};

/// A time and place where too many people were to list them: it is published instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoticeZone {
    /// Where.
    pub venue: VenueId,
    /// By which class's rule.
    pub class: VenueClass,
    /// When.
    pub window: Window,
    /// How many people are known to have been there, the case not counted.
    pub persons: u32,
    /// Because of whom.
    pub case: PersonId,
}

/// A person on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Who.
    pub person: PersonId,
    /// The gravest grade of its encounters.
    pub grade: Grade,
    /// The first shared minute of an encounter of that grade.
    pub first_exposure: Minute,
    /// The first minute after the last shared one, of an encounter of that grade.
    pub last_exposure: Minute,
    /// Its encounters, as places in [`ContactList::encounters`].
    pub encounters: Range<usize>,
}

/// How many there are, whether or not they are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// 密接.
    pub contacts: usize,
    /// 一般接触者.
    pub low_risk: usize,
    /// Encounters.
    pub encounters: usize,
    /// Notice zones.
    pub notices: usize,
}

/// Who met the cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactList {
    /// Everyone, by number of the person.
    pub persons: Vec<Listed>,
    /// Who met whom where, person by person.
    pub encounters: Vec<Encounter>,
    /// What is published instead of a list.
    pub notices: Vec<NoticeZone>,
    /// How many there are: also where the list is cut.
    pub totals: Totals,
    /// Persons whose visits are not known.
    pub unknown: Vec<PersonId>,
    /// What damage has cost: these days may lack people.
    pub losses: Vec<Loss>,
    /// The list was cut to this many persons.
    pub cut_to: Option<usize>,
    /// 密接 by number, with their first exposure.
    pub(crate) contacts: Vec<(u32, Minute)>,
}

impl ContactList {
    pub(crate) fn new(snapshot: &Snapshot, finder: Finder, unknown: Vec<PersonId>, cases: &[u32]) -> ContactList {
        let Finder { mut met, mut notices, .. } = finder;
        met.retain(|met| cases.binary_search(&met.person).is_err());
        met.sort_unstable_by_key(|met| (met.person, met.case, met.venue));
        notices.sort_unstable();
        let mut list = ContactList {
            persons: Vec::with_capacity(met.len()),
            encounters: met.iter().map(|met| met.named(snapshot)).collect(),
            notices,
            unknown,
            losses: snapshot.losses().to_vec(),
            ..ContactList::default()
        };
        let mut at = 0;
        for of_person in met.chunk_by(|a, b| a.person == b.person) {
            list.add(snapshot, of_person, at);
            at += of_person.len();
        }
        list.totals.encounters = list.encounters.len();
        list.totals.notices = list.notices.len();
        list
    }

    fn add(&mut self, snapshot: &Snapshot, met: &[Met], at: usize) {
        let Some(grade) = met.iter().map(|met| met.grade).min() else {
            return;
        };
        let of_grade = || met.iter().filter(|met| met.grade == grade);
        let first_exposure = of_grade().map(|met| met.window.from).min().unwrap_or_default();
        let person = met.first().map_or(0, |met| met.person);
        match grade {
            Grade::Contact => {
                self.totals.contacts += 1;
                self.contacts.push((person, first_exposure));
            }
            Grade::LowRisk => self.totals.low_risk += 1,
        }
        self.persons.push(Listed {
            person: snapshot.person_id(person),
            grade,
            first_exposure,
            last_exposure: of_grade().map(|met| met.window.until).max().unwrap_or_default(),
            encounters: at..at + met.len(),
        });
    }

    /// The list in the order in which people are looked for: contacts first, the longest near overlap first, cut to so many
    /// persons. The totals stay.
    pub fn by_urgency(mut self, at_most: usize) -> ContactList {
        let near = |listed: &Listed| -> u64 {
            self.encounters[listed.encounters.clone()].iter().map(|met| u64::from(met.near_overlap)).sum()
        };
        let mut order: Vec<(Grade, std::cmp::Reverse<u64>, PersonId, usize)> = (self.persons.iter().enumerate())
            .map(|(index, listed)| (listed.grade, std::cmp::Reverse(near(listed)), listed.person, index))
            .collect();
        order.sort_unstable();
        self.cut_to = (order.len() > at_most).then_some(at_most);
        order.truncate(at_most);
        self.persons = order.into_iter().map(|(_, _, _, index)| self.persons[index].clone()).collect();
        self
    }
}
