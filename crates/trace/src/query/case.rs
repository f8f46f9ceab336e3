//! Whose contacts are looked for, and when.

use crate::store::Snapshot;
use crate::time::{Minute, Window};
use crate::visit::PersonId;

/// A case and when it was infectious. The domain says when that is (two days before onset, or whatever the programme says).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// The person.
    pub person: PersonId,
    /// From the first infectious minute until isolation.
    pub infectious: Window,
}

/// Cases by number, and those of whom no visit is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseList {
    pub(crate) known: Vec<(u32, Window)>,
    /// Persons of whom no visit is known: their contacts cannot be found here.
    pub unknown: Vec<PersonId>,
}

impl CaseList {
    /// Finds the numbers of cases.
    pub fn find(snapshot: &Snapshot, cases: &[Case]) -> CaseList {
        let mut list = CaseList::default();
        for case in cases {
            match snapshot.persons.find(case.person.0) {
                Some(number) => list.known.push((number, case.infectious)),
                None => list.unknown.push(case.person),
            }
        }
        list
    }
}

/// When contacts are kept apart, so that they meet nobody more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Isolation {
    /// For everyone who is not listed.
    pub from: Minute,
    /// For single persons.
    pub of: std::collections::BTreeMap<PersonId, Minute>,
}

impl Isolation {
    /// Everyone from the same minute on.
    pub fn of_all(from: Minute) -> Isolation {
        Isolation { from, of: std::collections::BTreeMap::new() }
    }

    /// When a person is isolated.
    pub fn of_person(&self, person: PersonId) -> Minute {
        self.of.get(&person).copied().unwrap_or(self.from)
    }
}
