//! From stays to the bytes of a segment.

use crate::bits::width;
use crate::fault::Fault;
use crate::memory::large_pages;
use crate::segment::chunk::{CHUNK, CHUNK_BYTES};
use crate::segment::form::Form;
use crate::segment::header::{BASE_PERSONS, HEADER_BYTES, Header, SPARE, Section};
use crate::segment::pages::PAGE;
use crate::segment::records::Records;
use crate::segment::sort::{Ordered, Use, in_order};
use crate::segment::stay::Stay;

/// Writes the segment of a day. The stays come in any order; the same stays give the same bytes. One
/// that is there twice is kept once.
///
/// # Errors
/// [`Fault::TooMany`] beyond 2³² − 1 stays on one day.
pub(crate) fn build(day: u32, stays: Vec<Stay>) -> Result<Vec<u8>, Fault> {
    if u32::try_from(stays.len()).is_err() {
        return Err(Fault::TooMany("stays on one day"));
    }
    in_order(stays, Build { day })
}

struct Build {
    day: u32,
}

impl Use for Build {
    type Made = Result<Vec<u8>, Fault>;

    fn with<F: Form>(self, stays: &Ordered<F>) -> Result<Vec<u8>, Fault> {
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
        // Nine bytes a stay are rarely exceeded, so that the bytes seldom move.
        let mut out = Vec::with_capacity(HEADER_BYTES * 2 + stays.len() * 9 + stays.len() / 2);
        large_pages(out.spare_capacity_mut());
        out.resize(HEADER_BYTES, 0);
        // Starts and heads stand before the records and are known after them.
        let starts = (venues as usize + 1) * 4;
        section(&mut out, &mut header, Section::Starts, |out, _| out.resize(out.len() + starts, 0));
        let heads = stays.len().div_ceil(CHUNK) * CHUNK_BYTES;
        section(&mut out, &mut header, Section::Chunks, |out, _| out.resize(out.len() + heads, 0));
        let records = section(&mut out, &mut header, Section::Records, |out, header| {
            let records = Records::of(stays, out, header);
            out.extend([0; SPARE]);
            records
        })?;
        header.open = records.open;
        fill(&mut out, &header, Section::Starts, &records.starts);
        fill(&mut out, &header, Section::Chunks, &records.heads);
        let people = records.people.grouped(header.position_bits);
        header.count_bytes = match people.counts.iter().max() {
            Some(256..=0xFFFF) => 2,
            Some(0x1_0000..) => 4,
            _ => 1,
        };
        section(&mut out, &mut header, Section::Bases, |out, _| write_bases(out, &people.counts));
        section(&mut out, &mut header, Section::Counts, |out, header| {
            write_counts(out, &people.counts, header.count_bytes);
        });
        section(&mut out, &mut header, Section::Positions, |out, _| {
            out.extend_from_slice(&people.positions);
            out.extend([0; SPARE]);
        });
        Ok(finish(out, header))
    }
}

/// Fills a section for which room was left.
fn fill(out: &mut [u8], header: &Header, which: Section, bytes: &[u8]) {
    out[header.range(which)].copy_from_slice(bytes);
}

/// Writes a section at a multiple of 64 bytes and notes where it is.
fn section<T>(
    out: &mut Vec<u8>,
    header: &mut Header,
    which: Section,
    write: impl FnOnce(&mut Vec<u8>, &Header) -> T,
) -> T {
    out.resize(out.len().next_multiple_of(64), 0);
    let at = out.len();
    let made = write(out, header);
    header.sections[which as usize] = (at as u64, (out.len() - at) as u64);
    made
}

/// Adds the checksums of the pages and both heads. The head's own checksum covers the head, so its page is summed as zeros.
fn finish(mut out: Vec<u8>, mut header: Header) -> Vec<u8> {
    out.resize(out.len().next_multiple_of(64), 0);
    let at = out.len();
    let sums: Vec<u8> = out.chunks(PAGE).flat_map(|page| crc32fast::hash(page).to_le_bytes()).collect();
    header.pages_crc = crc32fast::hash(&sums);
    header.sections[Section::Pages as usize] = (at as u64, sums.len() as u64);
    out.extend_from_slice(&sums);
    let head = header.write();
    out[..HEADER_BYTES].copy_from_slice(&head);
    out.extend_from_slice(&head);
    out
}

fn write_bases(out: &mut Vec<u8>, counts: &[u32]) {
    let mut before = 0u32;
    for group in counts.chunks(BASE_PERSONS) {
        out.extend_from_slice(&before.to_le_bytes());
        before += group.iter().sum::<u32>();
    }
}

fn write_counts(out: &mut Vec<u8>, counts: &[u32], count_bytes: u32) {
    for count in counts {
        out.extend_from_slice(&count.to_le_bytes()[..count_bytes as usize]);
    }
}
