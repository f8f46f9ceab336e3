//! Sealing: what was appended goes into the segments of its days.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, PoisonError};

use crate::fault::Fault;
use crate::segment::{Build, Segment, Stay};
use crate::store::clean::clean;
use crate::store::file::{publish, publish_as};
use crate::store::manifest::{DayFile, DayNames, Manifest, copies};
use crate::store::repair::Mended;
use crate::store::{DayFiles, Store, Unwritten};
use crate::time::Day;

/// What a seal wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sealed {
    /// Days that were written, in order.
    pub days: Vec<Day>,
    /// Stays in the files that were written.
    pub stays: u64,
    /// Bytes of the files that were written.
    pub bytes: u64,
}

/// What is done to the segments beside taking in what was appended.
#[derive(Debug, Default)]
pub(crate) struct Change {
    /// Days before this one are dropped.
    pub(crate) expire: Option<u32>,
    /// Persons who are erased, by number.
    pub(crate) erase: Vec<u32>,
    /// Stays that come in without the log.
    pub(crate) bulk: BTreeMap<u32, Vec<Stay>>,
    /// Days that were damaged.
    pub(crate) mended: Mended,
}

/// A day as it will be.
struct NextDay {
    names: DayNames,
    files: DayFiles,
}

impl Store {
    /// Puts what was appended into segments. Late visits of a day that has a segment go into a second one beside it, which
    /// the next seal merges. Appending and asking go on meanwhile.
    ///
    /// # Errors
    /// [`Fault::Io`] if the disk refused: then nothing has changed, and the log still holds what was appended.
    pub fn seal(&self) -> Result<Sealed, Fault> {
        self.republish(Change::default())
    }

    /// Changes the segments in one step: until the new manifest is in place the old files hold, from then on the new ones.
    pub(crate) fn republish(&self, change: Change) -> Result<Sealed, Fault> {
        let _one = self.sealing.lock().unwrap_or_else(PoisonError::into_inner);
        let log_from = self.freeze(&change)?;
        let (mut manifest, days, erase) = {
            let inner = self.inner();
            (inner.manifest.clone(), inner.days.clone(), inner.erasing.clone())
        };
        manifest.generation += 1;
        manifest.log_from = log_from;
        manifest.expired_before = manifest.expired_before.max(change.expire.unwrap_or(0));
        manifest.losses.extend_from_slice(&change.mended.losses);
        let mut sealed = Sealed::default();
        let written = self.write_days(&mut manifest, days, &erase, change, &mut sealed);
        let written = written.and_then(|days| self.write_numbers(&mut manifest).map(|()| days));
        let days = match written.and_then(|days| manifest.publish(&self.folder).map(|()| days)) {
            Ok(days) => days,
            Err(fault) => {
                self.inner().unwritten = Unwritten::ALL;
                return Err(fault);
            }
        };
        let mut inner = self.inner();
        inner.manifest = manifest;
        inner.days = days;
        inner.frozen.clear();
        inner.erasing.clear();
        inner.snapshot = None;
        let manifest = inner.manifest.clone();
        drop(inner);
        clean(&self.folder, &manifest)?;
        Ok(sealed)
    }

    /// Begins a new log and sets aside what the older ones hold. Gives the number of the new one.
    fn freeze(&self, change: &Change) -> Result<u64, Fault> {
        self.log.next(|number| {
            let mut inner = self.inner();
            inner.unsealed = 0;
            for (day, runs) in inner.live.take()? {
                inner.frozen.entry(day).or_default().extend(runs);
            }
            for person in &change.erase {
                Arc::make_mut(&mut inner.persons).erase(*person);
                inner.erasing.push(*person);
                inner.unwritten.persons = true;
            }
            inner.snapshot = None;
            Ok(number)
        })
    }

    fn write_days(
        &self,
        manifest: &mut Manifest,
        mut old: BTreeMap<u32, DayFiles>,
        erase: &[u32],
        mut change: Change,
        sealed: &mut Sealed,
    ) -> Result<BTreeMap<u32, DayFiles>, Fault> {
        let mut frozen = self.inner().frozen.clone();
        let mut touched: BTreeSet<u32> = old.keys().chain(frozen.keys()).copied().collect();
        touched.extend(change.bulk.keys().chain(change.mended.days.keys()));
        let mut days = BTreeMap::new();
        for day in touched {
            let names = manifest.days.remove(&day).unwrap_or_default();
            if day < manifest.expired_before {
                continue;
            }
            let mut new = change.bulk.remove(&day).unwrap_or_default();
            new.extend(
                frozen.remove(&day).unwrap_or_default().iter().flat_map(|run| run.view().all().collect::<Vec<_>>()),
            );
            let mut files = old.remove(&day).unwrap_or_default();
            let mended = change.mended.days.remove(&day);
            let rewrite = mended.is_some() || files.parts().any(|part| holds_any(part, erase));
            if let Some(stays) = mended {
                files = DayFiles::default();
                new.extend(stays);
            }
            if !erase.is_empty() {
                new.retain(|stay| !erase.contains(&stay.person));
            }
            let next = Next { folder: &self.folder, generation: manifest.generation, day, erase, sealed };
            let next = next.day(NextDay { names, files }, new, rewrite)?;
            if next.files.main.is_some() {
                days.insert(day, next.files);
                manifest.days.insert(day, next.names);
            }
        }
        Ok(days)
    }

    /// Writes the lists of ids that have changed.
    fn write_numbers(&self, manifest: &mut Manifest) -> Result<(), Fault> {
        let (unwritten, persons, venues) = {
            let mut inner = self.inner();
            let unwritten = std::mem::take(&mut inner.unwritten);
            (unwritten, Arc::clone(&inner.persons), Arc::clone(&inner.venues))
        };
        for (kind, is_unwritten, numbers, name) in [
            ("persons", unwritten.persons, persons, &mut manifest.persons),
            ("venues", unwritten.venues, venues, &mut manifest.venues),
        ] {
            if !is_unwritten && name.is_some() {
                continue;
            }
            let new = format!("{kind}-{:010}", manifest.generation);
            let bytes = numbers.write();
            for file in copies(&new) {
                publish(&self.folder, &file, &bytes)?;
            }
            *name = Some(new);
        }
        Ok(())
    }
}

fn holds_any(segment: &Segment, persons: &[u32]) -> bool {
    persons.iter().any(|person| !segment.view().of_person(*person).is_empty())
}

/// How the next files of a day come about.
struct Next<'a> {
    folder: &'a Path,
    generation: u64,
    day: u32,
    erase: &'a [u32],
    sealed: &'a mut Sealed,
}

impl Next<'_> {
    fn day(mut self, old: NextDay, mut new: Vec<Stay>, rewrite: bool) -> Result<NextDay, Fault> {
        let late = old.files.main.is_some() && old.files.side.is_none() && !rewrite;
        if late && new.is_empty() {
            return Ok(old);
        }
        if late {
            let (file, segment) = self.write("side", new)?;
            let names = DayNames { side: Some(file), ..old.names };
            return Ok(NextDay { names, files: DayFiles { side: Some(segment), ..old.files } });
        }
        for part in old.files.parts() {
            new.extend(part.view().all().filter(|stay| !self.erase.contains(&stay.person)));
        }
        drop(old);
        if new.is_empty() {
            return Ok(NextDay { names: DayNames::default(), files: DayFiles::default() });
        }
        let (file, segment) = self.write("main", new)?;
        Ok(NextDay {
            names: DayNames { main: Some(file), side: None },
            files: DayFiles { main: Some(segment), side: None },
        })
    }

    fn write(&mut self, kind: &str, stays: Vec<Stay>) -> Result<(DayFile, Arc<Segment>), Fault> {
        let name = format!("day-{}-{:010}-{kind}.seg", Day(self.day), self.generation);
        let segment = Build::new(self.day, stays)?;
        self.sealed.bytes += publish_as(self.folder, &name, |file| segment.write(file))?;
        self.sealed.days.push(Day(self.day));
        let segment = Segment::map(&self.folder.join(&name))?;
        let stays = segment.header().stays;
        self.sealed.stays += u64::from(stays);
        Ok((DayFile { file: name, stays }, Arc::new(segment)))
    }
}
