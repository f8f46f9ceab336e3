//! The list of contacts, with what every line rests on.

use std::ops::Range;

use crate::class::VenueClass;
use crate::query::encounter::{Encounter, Finder, Grade, Met};
use crate::radix::by_high_half;
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
    /// Its encounters, as places in the list.
    encounters: Range<usize>,
}

/// A person on the list, in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    person: u32,
    grade: Grade,
    first_exposure: Minute,
    last_exposure: Minute,
    /// Places in the encounters.
    from: u32,
    until: u32,
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
    lines: Vec<Line>,
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
    /// Who met whom where, person by person.
    met: Vec<Met>,
}

impl ContactList {
    pub(crate) fn new(snapshot: &Snapshot, finder: Finder, unknown: Vec<PersonId>, cases: &[u32]) -> ContactList {
        let Finder { mut met, mut notices, .. } = finder;
        if cases.len() > 1 {
            met.retain(|met| cases.binary_search(&met.person).is_err());
        }
        by_person(&mut met);
        notices.sort_unstable();
        let mut list = ContactList {
            lines: Vec::with_capacity(met.len()),
            notices,
            unknown,
            losses: snapshot.losses().to_vec(),
            ..ContactList::default()
        };
        let mut at = 0;
        for of_person in met.chunk_by(|a, b| a.person == b.person) {
            list.add(of_person, at);
            at += of_person.len();
        }
        list.totals.encounters = met.len();
        list.totals.notices = list.notices.len();
        list.met = met;
        list
    }

    /// Why a person is on the list: where and when it met whom. Give the snapshot that was asked.
    pub fn why<'a>(&'a self, snapshot: &'a Snapshot, listed: &Listed) -> impl Iterator<Item = Encounter> + 'a {
        let met = self.met.get(listed.encounters.clone()).unwrap_or(&[]);
        met.iter().map(|met| met.named(snapshot))
    }

    /// Every encounter, person by person; also those of persons whom a cut left out.
    pub fn encounters<'a>(&'a self, snapshot: &'a Snapshot) -> impl Iterator<Item = Encounter> + 'a {
        self.met.iter().map(|met| met.named(snapshot))
    }

    fn add(&mut self, met: &[Met], at: usize) {
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
        self.lines.push(Line {
            person,
            grade,
            first_exposure,
            last_exposure: of_grade().map(|met| met.window.until).max().unwrap_or_default(),
            from: at as u32,
            until: (at + met.len()) as u32,
        });
    }

    /// Everyone on the list. Give the snapshot that was asked.
    pub fn persons<'a>(&'a self, snapshot: &'a Snapshot) -> impl ExactSizeIterator<Item = Listed> + 'a {
        self.lines.iter().map(|line| Listed {
            person: snapshot.person_id(line.person),
            grade: line.grade,
            first_exposure: line.first_exposure,
            last_exposure: line.last_exposure,
            encounters: line.encounters(),
        })
    }

    /// The list in the order in which people are looked for: contacts first, the longest near overlap first, cut to so many
    /// persons. The totals stay.
    pub fn by_urgency(mut self, at_most: usize) -> ContactList {
        let met = std::mem::take(&mut self.met);
        let near = |line: &Line| -> u64 {
            met.get(line.encounters()).unwrap_or(&[]).iter().map(|met| u64::from(met.near)).sum()
        };
        self.lines.sort_by_cached_key(|line| (line.grade, std::cmp::Reverse(near(line)), line.person));
        self.cut_to = (self.lines.len() > at_most).then_some(at_most);
        self.lines.truncate(at_most);
        self.met = met;
        self
    }
}

impl Line {
    fn encounters(&self) -> Range<usize> {
        self.from as usize..self.until as usize
    }
}

/// Below this many a comparing sort is faster.
const FEW: usize = 512;

/// Sorts encounters by person, then case, then venue.
fn by_person(met: &mut Vec<Met>) {
    if met.len() < FEW {
        met.sort_unstable_by_key(|met| (met.person, met.case, met.venue));
        return;
    }
    let keys = met.iter().zip(0u64..).map(|(met, index)| u64::from(met.person) << 32 | index).collect();
    let sorted: Vec<Met> = by_high_half(keys).into_iter().map(|key| met[key as u32 as usize]).collect();
    *met = sorted;
    for of_person in met.chunk_by_mut(|a, b| a.person == b.person) {
        of_person.sort_unstable_by_key(|met| (met.case, met.venue));
    }
}
