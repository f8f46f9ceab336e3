//! Many visits at once, past the log: they are kept when their segments are.

use std::collections::BTreeMap;

use crate::class::VenueClass;
use crate::fault::Fault;
use crate::segment::{Stay, stays_of};
use crate::store::seal::Change;
use crate::store::{Appended, Inner, Rejected, Sealed, Store};
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
        let mut filler = Filler { days: &mut self.days, day: u32::MAX, open: Vec::new(), taken: 0 };
        let appended = take(&mut inner, visits, &mut filler);
        self.stays += filler.taken;
        filler.put_back();
        appended
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

/// Gives visits their numbers and puts their stays into days.
fn take(inner: &mut Inner, visits: &[Visit], filler: &mut Filler<'_>) -> Result<Appended, Fault> {
    let expired = Day(inner.manifest.expired_before);
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
        if let Err(why) = visit.check(expired) {
            appended.rejected.push(Rejected { index, why });
            continue;
        }
        let person = match last {
            Some((id, number)) if id == visit.person => number,
            _ => inner.person_number(visit.person.0)?,
        };
        last = Some((visit.person, person));
        let venue = inner.venue_number(visit.venue.0)?;
        stays_of(visit, person, venue).for_each(|(day, stay)| filler.put(day.0, stay));
        appended.stored += 1;
    }
    Ok(appended)
}

/// Puts stays into days. The day of the last one stays at hand: visits often come day by day, too.
struct Filler<'a> {
    days: &'a mut BTreeMap<u32, Vec<Stay>>,
    day: u32,
    open: Vec<Stay>,
    taken: usize,
}

impl Filler<'_> {
    fn put(&mut self, day: u32, stay: Stay) {
        if day != self.day {
            self.put_back();
            self.day = day;
            self.open = self.days.remove(&day).unwrap_or_default();
        }
        self.open.push(stay);
        self.taken += 1;
    }

    fn put_back(&mut self) {
        if !self.open.is_empty() {
            self.days.insert(self.day, std::mem::take(&mut self.open));
        }
    }
}
