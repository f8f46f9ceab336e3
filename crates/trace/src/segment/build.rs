//! From stays to the bytes of a segment.

use crate::bits::{Packer, width};
use crate::fault::Fault;
use crate::radix::places_by_group;
use crate::segment::chunk::{CHUNK, CHUNK_BYTES, Chunk};
use crate::segment::header::{BASE_PERSONS, HEADER_BYTES, Header, SPARE, Section};
use crate::segment::pages::PAGE;
use crate::segment::sort::sort;
use crate::segment::stay::Stay;
use crate::time::DAY_MINUTES;

/// Writes the segment of a day. The stays come in any order and are sorted on the way; the same stays give the same bytes.
///
/// # Errors
/// [`Fault::TooMany`] beyond 2³² − 1 stays on one day.
pub(crate) fn build(day: u32, stays: &mut Vec<Stay>) -> Result<Vec<u8>, Fault> {
    sort(stays);
    let count = u32::try_from(stays.len()).map_err(|_| Fault::TooMany("stays on one day"))?;
    let (mut persons, mut open) = (0, 0);
    for stay in &*stays {
        persons = persons.max(stay.person + 1);
        open += u32::from(stay.is_open());
    }
    let venues = stays.last().map_or(0, |stay| stay.venue + 1);
    let (counts, positions) = places_by_group(stays, persons, |stay| stay.person);
    let largest = counts.iter().copied().max().unwrap_or(0);
    let mut header = Header {
        day,
        stays: count,
        persons,
        venues,
        open,
        person_bits: width(persons.saturating_sub(1).into()),
        position_bits: width(count.saturating_sub(1).into()),
        count_bytes: [4, 1, 2][usize::from(largest < 1 << 8) + 2 * usize::from((1 << 8..1 << 16).contains(&largest))],
        pages_crc: 0,
        sections: [(0, 0); Section::COUNT],
    };
    // Nine bytes a stay are rarely exceeded, so that the bytes seldom move.
    let mut out = Vec::with_capacity(HEADER_BYTES * 2 + stays.len() * 9 + stays.len() / 2);
    out.resize(HEADER_BYTES, 0);
    section(&mut out, &mut header, Section::Starts, |out, _| starts(out, stays, venues));
    // The heads stand before the records and are known after them.
    let heads = stays.len().div_ceil(CHUNK) * CHUNK_BYTES;
    section(&mut out, &mut header, Section::Chunks, |out, _| out.resize(out.len() + heads, 0));
    let mut chunks = Vec::with_capacity(heads);
    let mut written = Ok(());
    section(&mut out, &mut header, Section::Records, |out, header| {
        let first = out.len();
        written = stays
            .chunks(CHUNK)
            .try_for_each(|group| chunk(out, first, group, header.person_bits).map(|head| head.write(&mut chunks)));
        out.extend([0; SPARE]);
    });
    written?;
    let at = header.sections[Section::Chunks as usize].0 as usize;
    out[at..at + heads].copy_from_slice(&chunks);
    section(&mut out, &mut header, Section::Bases, |out, _| write_bases(out, &counts));
    section(&mut out, &mut header, Section::Counts, |out, header| write_counts(out, &counts, header.count_bytes));
    section(&mut out, &mut header, Section::Positions, |out, header| {
        write_positions(out, &positions, header.position_bits);
    });
    Ok(finish(out, header))
}

/// Writes a section at a multiple of 64 bytes and notes where it is.
fn section(out: &mut Vec<u8>, header: &mut Header, which: Section, write: impl FnOnce(&mut Vec<u8>, &Header)) {
    out.resize(out.len().next_multiple_of(64), 0);
    let at = out.len();
    write(out, header);
    header.sections[which as usize] = (at as u64, (out.len() - at) as u64);
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

fn starts(out: &mut Vec<u8>, stays: &[Stay], venues: u32) {
    let mut next = 0;
    for (index, stay) in stays.iter().enumerate() {
        while next <= stay.venue {
            out.extend_from_slice(&(index as u32).to_le_bytes());
            next += 1;
        }
    }
    debug_assert_eq!(next, venues);
    out.extend_from_slice(&(stays.len() as u32).to_le_bytes());
}

/// Writes the records of up to 64 stays, behind those from `first` on, and gives the head of their chunk.
fn chunk(records: &mut Vec<u8>, first: usize, stays: &[Stay], person_bits: u32) -> Result<Chunk, Fault> {
    let head = head_of(records.len() - first, stays)?;
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
    Ok(head)
}

/// The widths that some stays need.
fn head_of(at: usize, stays: &[Stay]) -> Result<Chunk, Fault> {
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
    Ok(Chunk {
        at: u32::try_from(at / 8).map_err(|_| Fault::TooMany("bytes of one day"))?,
        first_venue: stays.first().map_or(0, |stay| stay.venue),
        enter_base: least.enter.into(),
        latest: if open { DAY_MINUTES } else { latest }.into(),
        enter_bits: bits(most.enter - least.enter),
        dwell_bits: bits(most.dwell.saturating_sub(1)),
        open,
        spot_bits: bits(most.spot),
        source_bits: bits((most.source - least.source).into()),
        source_base: least.source.into(),
    })
}

fn write_counts(out: &mut Vec<u8>, counts: &[u32], count_bytes: u32) {
    for count in counts {
        out.extend_from_slice(&count.to_le_bytes()[..count_bytes as usize]);
    }
}

fn write_positions(out: &mut Vec<u8>, positions: &[u32], position_bits: u32) {
    let mut packer = Packer::default();
    for position in positions {
        packer.put(out, u64::from(*position), position_bits);
    }
    packer.finish(out);
    out.extend([0; SPARE]);
}
