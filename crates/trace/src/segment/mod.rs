//! One day of visits in one immutable file. The layout is written down in `docs/trace-format.md`.
//!
//! Every stay is kept twice: as a record on the side of its venue (sorted by venue, time and person), and as the number of
//! that record on the side of its person.

mod build;
mod chunk;
mod day_file;
mod form;
mod header;
mod out;
mod pages;
mod people;
mod records;
mod salvage;
mod scan;
mod sort;
mod stay;
#[cfg(test)]
mod tests;
mod view;

use std::path::Path;

pub(crate) use build::Build;
use build::build;
pub use day_file::{DayFile, Walk};
use header::Header;
use pages::PAGE;
pub(crate) use salvage::salvage;
pub(crate) use sort::sort;
pub(crate) use stay::{Stay, stays_of};
pub(crate) use view::View;

use crate::fault::Fault;
use crate::memory::Bytes;

/// The stays of one day, or some of them, ready to be searched.
#[derive(Debug)]
pub(crate) struct Segment {
    bytes: Bytes,
    header: Header,
}

impl Segment {
    /// Opens the bytes of a segment. Checks the header and that every section lies inside; the contents of the sections are
    /// checked by [`Segment::verify`], and reading them is safe whatever they hold.
    pub(crate) fn open(bytes: Bytes) -> Result<Segment, Fault> {
        let header = Header::read(&bytes)?;
        Ok(Segment { bytes, header })
    }

    /// Maps the file of a segment.
    pub(crate) fn map(path: &Path) -> Result<Segment, Fault> {
        let file = std::fs::File::open(path).map_err(|error| Fault::io("open", path, &error))?;
        let bytes = Bytes::map(&file).map_err(|error| Fault::io("map", path, &error))?;
        Segment::open(bytes).map_err(|fault| fault.in_file(path))
    }

    /// Puts stays into a segment in memory.
    pub(crate) fn of_stays(day: u32, stays: Vec<Stay>) -> Result<Segment, Fault> {
        Segment::open(Bytes::Owned(build(day, stays)?))
    }

    pub(crate) fn header(&self) -> &Header {
        &self.header
    }

    /// All bytes, as the file holds them.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its sections, to be read.
    pub(crate) fn view(&self) -> View<'_> {
        View::new(&self.bytes, &self.header)
    }

    /// Checks every byte against its checksum.
    ///
    /// # Errors
    /// [`Fault::Damaged`] with the first places that are not as they were written.
    pub(crate) fn verify(&self) -> Result<(), Fault> {
        if !pages::heads_are_sound(&self.bytes, &self.header) {
            return Err(Fault::damaged("one of its heads is not as written"));
        }
        let bad = pages::bad_pages(&self.bytes, &self.header);
        match bad.first() {
            None => Ok(()),
            Some(first) => {
                let what = format!("{} of its pages are not as written, the first at byte {}", bad.len(), first * PAGE);
                Err(Fault::damaged(what))
            }
        }
    }
}
