//! Many visits at once, past the log: they are kept when their segments are.

use std::collections::BTreeMap;

use crate::class::VenueClass;
use crate::fault::Fault;
use crate::segment::{Stay, stays_of};
use crate::store::seal::Change;
use crate::store::{Appended, Rejected, Sealed, Store};
use crate::time::Day;
use crate::visit::{VenueId, Visit};

/// Visits on their way into segments. Nothing of them is kept before [`Bulk::flush`] returns.
#[derive(Debug)]
pub struct Bulk<'a> {
    store: &'a Store,
    days: BTreeMap<u32, Vec<Stay>>,
    stays: usize,
}

/// How many visits ahead memory is asked for.
const AHEAD: usize = 8;

impl Store {
    /// Begins to take many visits at once. It is faster than [`append`](Store::append) and keeps nothing until it is flushed.
    pub fn bulk(&self) -> Bulk<'_> {
        Bulk { store: self, days: BTreeMap::new(), stays: 0 }
    }
}

impl Bulk<'_> {
    /// Takes visits.
    ///
    /// # Errors
    /// [`Fault::TooMany`] beyond the ids that there can be.
    pub fn extend(&mut self, visits: &[Visit]) -> Result<Appended, Fault> {
        let mut inner = self.store.inner();
        inner.snapshot = None;
        let expired = inner.manifest.expired_before;
        let mut appended = Appended::default();
        // Visits often come person by person.
        let mut last = None;
        for (index, visit) in visits.iter().enumerate() {
            for (ahead, is_near) in [(2 * AHEAD, false), (AHEAD, true)] {
                if let Some(next) = visits.get(index + ahead) {
                    inner.venues.prefetch(next.venue.0, is_near);
                    if visits[index + ahead - 1].person != next.person {
                        inner.persons.prefetch(next.person.0, is_near);
                    }
                }
            }
            if let Err(why) = visit.check(Day(expired)) {
                appended.rejected.push(Rejected { index, why });
                continue;
            }
            let person = match last {
                Some((id, number)) if id == visit.person => number,
                _ => inner.person_number(visit.person.0)?,
            };
            last = Some((visit.person, person));
            let venue = inner.venue_number(visit.venue.0)?;
            for (day, stay) in stays_of(visit, person, venue) {
                self.days.entry(day.0).or_default().push(stay);
                self.stays += 1;
            }
            appended.stored += 1;
        }
        Ok(appended)
    }

    /// Says what kind of venues these are.
    ///
    /// # Errors
    /// As [`extend`](Bulk::extend).
    pub fn classify(&mut self, venues: &[(VenueId, VenueClass)]) -> Result<(), Fault> {
        let mut inner = self.store.inner();
        inner.snapshot = None;
        venues.iter().try_for_each(|(venue, class)| inner.apply_class(*venue, *class))
    }

    /// Stays that wait for the next flush, 16 bytes each.
    pub fn waiting(&self) -> usize {
        self.stays
    }

    /// Seals what was taken.
    ///
    /// # Errors
    /// As [`Store::seal`]; what was taken since the last flush is then not kept.
    pub fn flush(&mut self) -> Result<Sealed, Fault> {
        self.stays = 0;
        self.store.republish(Change { bulk: std::mem::take(&mut self.days), ..Change::default() })
    }
}
