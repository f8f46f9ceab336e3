//! What the store holds at one moment, to be asked.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::class::VenueClass;
use crate::fault::Fault;
use crate::numbers::Numbers;
use crate::segment::{Segment, Stay};
use crate::store::manifest::Loss;
use crate::store::{Inner, Store};
use crate::time::Day;
use crate::visit::{PersonId, VenueId};

/// All visits at one moment. It does not change while the store goes on.
#[derive(Debug)]
pub struct Snapshot {
    pub(crate) days: BTreeMap<u32, DayParts>,
    pub(crate) persons: Arc<Numbers>,
    pub(crate) venues: Arc<Numbers>,
    losses: Vec<Loss>,
    expired_before: u32,
}

/// The segments that together are a day.
#[derive(Debug, Default)]
pub(crate) struct DayParts {
    pub(crate) parts: Vec<Arc<Segment>>,
    /// Open stays of one part that a stay of another closes, sorted.
    closed: Vec<(u32, u16, u32)>,
}

/// How much a snapshot holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Days with visits.
    pub days: usize,
    /// Stays: a visit counts once for each day that it touches.
    pub stays: u64,
    /// Persons that have, or had, visits.
    pub persons: usize,
    /// Venues.
    pub venues: usize,
    /// Bytes of all segments, mapped or in memory.
    pub segment_bytes: u64,
    /// Bytes of ids and of the tables by which they are found, in memory.
    pub id_bytes: u64,
}

impl DayParts {
    fn new(parts: Vec<Arc<Segment>>) -> DayParts {
        let mut day = DayParts { parts, closed: Vec::new() };
        if day.parts.len() > 1 {
            let opens = day.parts.iter().flat_map(|part| part.view().open_stays().collect::<Vec<_>>());
            day.closed = opens.filter(|open| day.is_closed_by_another(open)).map(|open| open.key()).collect();
            day.closed.sort_unstable();
        }
        day
    }

    fn is_closed_by_another(&self, open: &Stay) -> bool {
        self.parts.iter().any(|part| {
            let view = part.view();
            let mut stays = view.of_person(open.person).map(|place| view.stay(view.position(place)));
            stays.any(|stay| !stay.is_open() && stay.key() == open.key())
        })
    }

    /// Whether an open stay counts no more, because its end has been seen.
    #[inline]
    pub(crate) fn is_closed(&self, venue: u32, enter: u16, person: u32) -> bool {
        !self.closed.is_empty() && self.closed.binary_search(&(venue, enter, person)).is_ok()
    }

    /// A day's stays in order, each once, without those that another closes.
    pub(crate) fn all(&self) -> Vec<Stay> {
        let mut stays: Vec<Stay> = self.parts.iter().flat_map(|part| part.view().all().collect::<Vec<_>>()).collect();
        if self.parts.len() > 1 {
            crate::segment::sort(&mut stays);
        }
        stays
    }
}

impl Store {
    /// All visits at this moment. Costs nothing while none came in since the last one; else the new ones are sorted first.
    ///
    /// # Errors
    /// [`Fault::TooMany`] beyond what the format can hold.
    pub fn snapshot(&self) -> Result<Arc<Snapshot>, Fault> {
        self.inner().snapshot()
    }
}

impl Inner {
    fn snapshot(&mut self) -> Result<Arc<Snapshot>, Fault> {
        if let Some(snapshot) = &self.snapshot {
            return Ok(Arc::clone(snapshot));
        }
        self.live.settle()?;
        let mut parts: BTreeMap<u32, Vec<Arc<Segment>>> = BTreeMap::new();
        for (day, files) in &self.days {
            parts.entry(*day).or_default().extend(files.parts().cloned());
        }
        for (day, frozen) in &self.frozen {
            parts.entry(*day).or_default().extend(frozen.iter().cloned());
        }
        for (day, live) in self.live.parts() {
            parts.entry(day).or_default().extend(live.iter().cloned());
        }
        let snapshot = Arc::new(Snapshot {
            days: parts.into_iter().map(|(day, parts)| (day, DayParts::new(parts))).collect(),
            persons: Arc::clone(&self.persons),
            venues: Arc::clone(&self.venues),
            losses: self.manifest.losses.clone(),
            expired_before: self.manifest.expired_before,
        });
        self.snapshot = Some(Arc::clone(&snapshot));
        Ok(snapshot)
    }
}

impl Snapshot {
    /// Reads a store that another process may be writing to. What is appended later is not seen.
    ///
    /// # Errors
    /// [`Fault::Damaged`] with the file that is not as written; the writer, or `verify --repair`, rebuilds it.
    pub fn open(folder: &Path) -> Result<Arc<Snapshot>, Fault> {
        Inner::read_only(folder)?.snapshot()
    }

    /// The days that have visits, in order.
    pub fn days(&self) -> impl Iterator<Item = Day> + '_ {
        self.days.keys().copied().map(Day)
    }

    /// What damage has cost: answers about these days may lack visits.
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// The first day that has not expired.
    pub fn expired_before(&self) -> Day {
        Day(self.expired_before)
    }

    /// How much it holds.
    pub fn sizes(&self) -> Sizes {
        let parts = || self.days.values().flat_map(|day| &day.parts);
        Sizes {
            days: self.days.len(),
            stays: parts().map(|part| u64::from(part.view().stays)).sum(),
            persons: self.persons.len(),
            venues: self.venues.len(),
            segment_bytes: parts().map(|part| part.bytes().len() as u64).sum(),
            id_bytes: self.persons.bytes() + self.venues.bytes(),
        }
    }

    /// The class of a venue.
    pub fn class_of(&self, venue: VenueId) -> VenueClass {
        self.venues.find(venue.0).map_or(VenueClass::Unclassified, |number| self.class(number))
    }

    pub(crate) fn class(&self, venue: u32) -> VenueClass {
        VenueClass::of_number(self.venues.mark(venue))
    }

    pub(crate) fn person_id(&self, person: u32) -> PersonId {
        PersonId(self.persons.id(person).unwrap_or(u64::MAX))
    }

    pub(crate) fn venue_id(&self, venue: u32) -> VenueId {
        VenueId(self.venues.id(venue).unwrap_or(u64::MAX))
    }
}
