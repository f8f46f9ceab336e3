//! Visits come in.

use std::sync::Arc;

use crate::class::VenueClass;
use crate::fault::Fault;
use crate::log::{Queued, Record};
use crate::segment::stays_of;
use crate::store::{Inner, Store};
use crate::time::Day;
use crate::visit::{Rejection, VenueId, Visit};

/// What became of the visits of a call: `stored + rejected.len()` is how many were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Appended {
    /// Visits that are on the disk now.
    pub stored: usize,
    /// Visits that were not taken.
    pub rejected: Vec<Rejected>,
}

/// A visit that was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Its place among those that were given, from 0.
    pub index: usize,
    /// Why.
    pub why: Rejection,
}

impl Store {
    /// Keeps visits. When this returns they are on the disk and every later [`snapshot`](Store::snapshot) sees them. Calls
    /// from many threads at once share one write.
    ///
    /// # Errors
    /// [`Fault`] if the disk refused: then it is not known whether the visits were kept, and the store takes no more until it
    /// is opened again.
    pub fn append(&self, visits: &[Visit]) -> Result<Appended, Fault> {
        let expired = Day(self.inner().manifest.expired_before);
        let mut appended = Appended::default();
        let mut records = Vec::with_capacity(visits.len());
        for (index, visit) in visits.iter().enumerate() {
            match visit.check(expired) {
                Ok(()) => records.push(Record::Visit(*visit)),
                Err(why) => appended.rejected.push(Rejected { index, why }),
            }
        }
        appended.stored = records.len();
        if !records.is_empty() {
            self.log.append(&records, |group| self.apply(group))?;
        }
        Ok(appended)
    }

    /// Says what kind of venues these are. The last word holds.
    ///
    /// # Errors
    /// As [`append`](Store::append).
    pub fn classify(&self, venues: &[(VenueId, VenueClass)]) -> Result<(), Fault> {
        let records: Vec<Record> = venues.iter().map(|(venue, class)| Record::Class(*venue, *class)).collect();
        if records.is_empty() { Ok(()) } else { self.log.append(&records, |group| self.apply(group)) }
    }

    fn apply(&self, group: &Queued) -> Result<(), Fault> {
        let mut inner = self.inner();
        inner.apply(group)?;
        let unsealed = inner.unsealed;
        drop(inner);
        self.waker.tell(unsealed);
        Ok(())
    }
}

impl Inner {
    /// Takes records that are on the disk.
    pub(crate) fn apply(&mut self, group: &Queued) -> Result<(), Fault> {
        self.snapshot = None;
        self.unsealed += group.records.len();
        for record in &group.records {
            match record {
                Record::Visit(visit) => self.apply_visit(visit)?,
                Record::Class(venue, class) => self.apply_class(*venue, *class)?,
            }
        }
        Ok(())
    }

    fn apply_visit(&mut self, visit: &Visit) -> Result<(), Fault> {
        let expired = self.manifest.expired_before;
        let person = self.person_number(visit.person.0)?;
        let venue = self.venue_number(visit.venue.0)?;
        for (day, stay) in stays_of(visit, person, venue) {
            if day.0 >= expired {
                self.live.push(day.0, stay);
            }
        }
        Ok(())
    }

    pub(crate) fn apply_class(&mut self, venue: VenueId, class: VenueClass) -> Result<(), Fault> {
        let number = self.venue_number(venue.0)?;
        if self.venues.mark(number) != class.number() {
            self.unwritten.venues |= Arc::make_mut(&mut self.venues).set_mark(number, class.number());
        }
        Ok(())
    }

    pub(crate) fn person_number(&mut self, id: u64) -> Result<u32, Fault> {
        match self.persons.find(id) {
            Some(number) => Ok(number),
            None => {
                self.unwritten.persons = true;
                Arc::make_mut(&mut self.persons).number(id)
            }
        }
    }

    pub(crate) fn venue_number(&mut self, id: u64) -> Result<u32, Fault> {
        match self.venues.find(id) {
            Some(number) => Ok(number),
            None => {
                self.unwritten.venues = true;
                Arc::make_mut(&mut self.venues).number(id)
            }
        }
    }
}
