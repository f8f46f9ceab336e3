//! The records of a segment, and what is learnt while they are written.

use std::io::{self, Seek, Write};

use crate::bits::{Packer, width};
use crate::radix::PARTS;
use crate::segment::chunk::{CHUNK, CHUNK_BYTES, Chunk};
use crate::segment::form::Form;
use crate::segment::header::Header;
use crate::segment::out::Out;
use crate::segment::people::People;
use crate::segment::sort::Ordered;
use crate::segment::stay::Stay;
use crate::time::DAY_MINUTES;

/// The most stays of a day: a head of a chunk points to its records in steps of eight bytes, and no record takes more than ten.
pub(crate) const MOST: usize = u32::MAX as usize / 10 * 8;

/// What is known when all records are written.
#[derive(Debug)]
pub(crate) struct Records<'a> {
    /// For each venue the number of its first stay, then the number of stays.
    pub(crate) starts: Vec<u8>,
    /// The heads of the chunks.
    pub(crate) heads: Vec<u8>,
    /// Stays that nobody has seen end.
    pub(crate) open: u32,
    pub(crate) people: People<'a>,
}

impl<'a> Records<'a> {
    /// Writes the records of stays that are in order, at most [`MOST`]. The room holds a number for each stay.
    pub(crate) fn of<F: Form>(
        stays: &Ordered<'_, F>,
        room: &'a mut [u64],
        out: &mut Out<impl Write + Seek>,
        header: &Header,
    ) -> io::Result<Records<'a>> {
        let people = People::new(header.persons, room, |counts, low| {
            stays.each_person(|person| counts[(person >> low) as usize % PARTS] += 1);
        });
        let mut records = Records {
            starts: Vec::with_capacity((header.venues as usize + 1) * 4),
            heads: Vec::with_capacity(stays.len().div_ceil(CHUNK) * CHUNK_BYTES),
            open: 0,
            people,
        };
        let (first, mut next_venue, mut number) = (out.len(), 0, 0u32);
        stays.each_chunk(|stays| {
            let at = out.len() - first;
            for (stay, number) in stays.iter().zip(number..) {
                while next_venue <= stay.venue {
                    records.starts.extend_from_slice(&number.to_le_bytes());
                    next_venue += 1;
                }
            }
            stays.iter().zip(number..).for_each(|(stay, number)| records.people.put(stay.person, number));
            number += stays.len() as u32;
            let head = chunk(&mut out.waiting, at, stays, header.person_bits);
            if head.open {
                records.open += stays.iter().filter(|stay| stay.is_open()).count() as u32;
            }
            head.write(&mut records.heads);
            out.pass_on()
        })?;
        records.starts.extend_from_slice(&number.to_le_bytes());
        Ok(records)
    }
}

/// Writes the records of up to 64 stays, so many bytes behind the first ones, and gives the head of their chunk.
fn chunk(records: &mut Vec<u8>, at: usize, stays: &[Stay], person_bits: u32) -> Chunk {
    let head = head_of(at, stays);
    let mut packer = Packer::default();
    let (dwell_at, person_at) = (head.enter_bits, head.enter_bits + head.dwell_bits);
    for stay in stays {
        let dwell = u64::from(stay.dwell.saturating_sub(1)) << dwell_at;
        let record = u64::from(u32::from(stay.enter) - head.enter_base) | dwell | u64::from(stay.person) << person_at;
        packer.put(records, record, head.record_bits(person_bits));
    }
    packer.finish(records);
    let extra_bits = head.extra_bits();
    if extra_bits > 0 {
        let (spot_at, source_at) = (u32::from(head.open), u32::from(head.open) + head.spot_bits);
        for stay in stays {
            let source = u64::from(u32::from(stay.source) - head.source_base) << source_at;
            packer.put(records, u64::from(stay.is_open()) | u64::from(stay.spot) << spot_at | source, extra_bits);
        }
        packer.finish(records);
    }
    head
}

/// The widths that some stays need.
fn head_of(at: usize, stays: &[Stay]) -> Chunk {
    let mut least = Stay { enter: u16::MAX, source: u8::MAX, ..Stay::default() };
    let (mut most, mut latest, mut open) = (Stay::default(), 0, false);
    for stay in stays {
        least.enter = least.enter.min(stay.enter);
        least.source = least.source.min(stay.source);
        most.enter = most.enter.max(stay.enter);
        most.dwell = most.dwell.max(stay.dwell);
        most.spot = most.spot.max(stay.spot);
        most.source = most.source.max(stay.source);
        latest = latest.max(stay.enter + stay.dwell);
        open |= stay.is_open();
    }
    let bits = |largest: u16| width(largest.into());
    Chunk {
        at: (at / 8) as u32,
        first_venue: stays.first().map_or(0, |stay| stay.venue),
        enter_base: least.enter.into(),
        latest: if open { DAY_MINUTES } else { latest }.into(),
        enter_bits: bits(most.enter - least.enter),
        dwell_bits: bits(most.dwell.saturating_sub(1)),
        open,
        spot_bits: bits(most.spot),
        source_bits: bits((most.source - least.source).into()),
        source_base: least.source.into(),
    }
}
