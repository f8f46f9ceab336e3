//! From stays to the bytes of a segment.

use std::io::{self, Cursor, Seek, Write};

use crate::bits::width;
use crate::fault::Fault;
use crate::segment::chunk::{CHUNK, CHUNK_BYTES};
use crate::segment::form::Form;
use crate::segment::header::{BASE_PERSONS, HEADER_BYTES, Header, SPARE, Section};
use crate::segment::out::Out;
use crate::segment::records::{MOST, Records};
use crate::segment::sort::{Ordered, Use, in_order};
use crate::segment::stay::Stay;

/// The segment of a day that is about to be written. The stays come in any order; the same stays give the same bytes. One that is
/// there twice is kept once.
#[derive(Debug)]
pub(crate) struct Build {
    day: u32,
    stays: Vec<Stay>,
}

impl Build {
    /// # Errors
    /// [`Fault::TooMany`] beyond [`MOST`] stays on one day.
    pub(crate) fn new(day: u32, stays: Vec<Stay>) -> Result<Build, Fault> {
        if stays.len() > MOST {
            return Err(Fault::TooMany("stays on one day"));
        }
        Ok(Build { day, stays })
    }

    /// Writes the segment from where `to` begins, and says how many bytes it has.
    ///
    /// # Errors
    /// Those of `to`.
    pub(crate) fn write(self, to: impl Write + Seek) -> io::Result<u64> {
        in_order(self.stays, Writing { day: self.day, to })
    }
}

/// The bytes of the segment of a day.
///
/// # Errors
/// As [`Build::new`].
pub(crate) fn build(day: u32, stays: Vec<Stay>) -> Result<Vec<u8>, Fault> {
    let mut bytes = Cursor::new(Vec::new());
    let written = Build::new(day, stays)?.write(&mut bytes);
    written.map_err(|error| Fault::io("write", "memory".as_ref(), &error))?;
    Ok(bytes.into_inner())
}

struct Writing<W> {
    day: u32,
    to: W,
}

impl<W: Write + Seek> Use for Writing<W> {
    type Made = io::Result<u64>;

    fn with<F: Form>(self, stays: &Ordered<'_, F>, room: &mut [u64]) -> io::Result<u64> {
        let count = stays.len() as u32;
        let beyond = |largest: u32| if count == 0 { 0 } else { largest + 1 };
        let (persons, venues) = (beyond(stays.largest.person), beyond(stays.largest.venue));
        let mut header = Header {
            day: self.day,
            stays: count,
            persons,
            venues,
            open: 0,
            person_bits: width(persons.saturating_sub(1).into()),
            position_bits: width(count.saturating_sub(1).into()),
            count_bytes: 1,
            pages_crc: 0,
            sections: [(0, 0); Section::COUNT],
        };
        // Starts and heads stand before the records and are known after them.
        let mut end = HEADER_BYTES;
        for (which, length) in
            [(Section::Starts, (venues as usize + 1) * 4), (Section::Chunks, stays.len().div_ceil(CHUNK) * CHUNK_BYTES)]
        {
            let at = end.next_multiple_of(64);
            header.sections[which as usize] = (at as u64, length as u64);
            end = at + length;
        }
        let mut out = Out::new(self.to, end);
        let records = section(&mut out, &mut header, Section::Records, |out, header| {
            let records = Records::of(stays, room, out, header)?;
            out.put(&[0; SPARE])?;
            Ok(records)
        })?;
        header.open = records.open;
        for (which, bytes) in [(Section::Starts, &records.starts), (Section::Chunks, &records.heads)] {
            out.first(end)[header.range(which)].copy_from_slice(bytes);
        }
        let people = records.people.grouped(header.position_bits);
        header.count_bytes = match people.counts.iter().max() {
            Some(256..=0xFFFF) => 2,
            Some(0x1_0000..) => 4,
            _ => 1,
        };
        section(&mut out, &mut header, Section::Bases, |out, _| write_bases(out, &people.counts))?;
        section(&mut out, &mut header, Section::Counts, |out, header| {
            write_counts(out, &people.counts, header.count_bytes)
        })?;
        section(&mut out, &mut header, Section::Positions, |out, _| {
            out.put(&people.positions)?;
            out.put(&[0; SPARE])
        })?;
        out.finish(&mut header)
    }
}

/// Writes a section at a multiple of 64 bytes and notes where it is.
fn section<W: Write + Seek, T>(
    out: &mut Out<W>,
    header: &mut Header,
    which: Section,
    write: impl FnOnce(&mut Out<W>, &Header) -> io::Result<T>,
) -> io::Result<T> {
    out.align();
    let at = out.len();
    let made = write(out, header)?;
    header.sections[which as usize] = (at as u64, (out.len() - at) as u64);
    Ok(made)
}

fn write_bases(out: &mut Out<impl Write + Seek>, counts: &[u32]) -> io::Result<()> {
    let mut before = 0u32;
    counts.chunks(BASE_PERSONS).try_for_each(|group| {
        out.waiting.extend_from_slice(&before.to_le_bytes());
        before += group.iter().sum::<u32>();
        out.pass_on()
    })
}

fn write_counts(out: &mut Out<impl Write + Seek>, counts: &[u32], count_bytes: u32) -> io::Result<()> {
    counts.chunks(BASE_PERSONS).try_for_each(|group| {
        for count in group {
            out.waiting.extend_from_slice(&count.to_le_bytes()[..count_bytes as usize]);
        }
        out.pass_on()
    })
}
