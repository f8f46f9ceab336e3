//! From stays to the bytes of a segment.

use crate::bits::{Packer, width};
use crate::fault::Fault;
use crate::segment::chunk::{CHUNK, Chunk};
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
    let persons = stays.iter().map(|stay| stay.person + 1).max().unwrap_or(0);
    let venues = stays.last().map_or(0, |stay| stay.venue + 1);
    let counts = counts_of(stays, persons);
    let largest = counts.iter().copied().max().unwrap_or(0);
    let mut header = Header {
        day,
        stays: count,
        persons,
        venues,
        open: stays.iter().filter(|stay| stay.is_open()).count() as u32,
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
    let mut chunks = Vec::with_capacity(stays.len().div_ceil(CHUNK));
    let mut records = Vec::with_capacity(stays.len() * 6);
    for group in stays.chunks(CHUNK) {
        chunks.push(chunk(&mut records, group, header.person_bits)?);
    }
    records.extend([0; SPARE]);
    section(&mut out, &mut header, Section::Chunks, |out, _| chunks.iter().for_each(|chunk| chunk.write(out)));
    section(&mut out, &mut header, Section::Records, |out, _| out.extend_from_slice(&records));
    drop(records);
    let starts = person_starts(&counts);
    section(&mut out, &mut header, Section::Bases, |out, _| {
        starts.iter().step_by(BASE_PERSONS).for_each(|base| out.extend_from_slice(&base.to_le_bytes()));
    });
    section(&mut out, &mut header, Section::Counts, |out, header| write_counts(out, &counts, header.count_bytes));
    section(&mut out, &mut header, Section::Positions, |out, header| {
        write_positions(out, stays, starts, header.position_bits);
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

fn counts_of(stays: &[Stay], persons: u32) -> Vec<u32> {
    let mut counts = vec![0u32; persons as usize];
    for stay in stays {
        counts[stay.person as usize] += 1;
    }
    counts
}

fn person_starts(counts: &[u32]) -> Vec<u32> {
    let mut next = 0;
    let mut starts = Vec::with_capacity(counts.len());
    for count in counts {
        starts.push(next);
        next += count;
    }
    starts
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

/// Writes the records of up to 64 stays and gives the head of their chunk.
fn chunk(records: &mut Vec<u8>, stays: &[Stay], person_bits: u32) -> Result<Chunk, Fault> {
    let head = head_of(records.len(), stays)?;
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

fn head_of(at: usize, stays: &[Stay]) -> Result<Chunk, Fault> {
    let least = |of: fn(&Stay) -> u32| stays.iter().map(of).min().unwrap_or(0);
    let most = |of: fn(&Stay) -> u32| stays.iter().map(of).max().unwrap_or(0);
    let open = stays.iter().any(Stay::is_open);
    let latest = if open { DAY_MINUTES.into() } else { most(|stay| u32::from(stay.enter) + u32::from(stay.dwell)) };
    let (enter_base, source_base) = (least(|stay| stay.enter.into()), least(|stay| stay.source.into()));
    let bits = |largest: u32| width(largest.into());
    Ok(Chunk {
        at: u32::try_from(at / 8).map_err(|_| Fault::TooMany("bytes of one day"))?,
        first_venue: stays.first().map_or(0, |stay| stay.venue),
        enter_base,
        latest,
        enter_bits: bits(most(|stay| stay.enter.into()) - enter_base),
        dwell_bits: bits(most(|stay| stay.dwell.saturating_sub(1).into())),
        open,
        spot_bits: bits(most(|stay| stay.spot.into())),
        source_bits: bits(most(|stay| stay.source.into()) - source_base),
        source_base,
    })
}

fn write_counts(out: &mut Vec<u8>, counts: &[u32], count_bytes: u32) {
    for count in counts {
        out.extend_from_slice(&count.to_le_bytes()[..count_bytes as usize]);
    }
}

fn write_positions(out: &mut Vec<u8>, stays: &[Stay], mut next: Vec<u32>, position_bits: u32) {
    let mut positions = vec![0u32; stays.len()];
    for (index, stay) in stays.iter().enumerate() {
        let slot = &mut next[stay.person as usize];
        positions[*slot as usize] = index as u32;
        *slot += 1;
    }
    let mut packer = Packer::default();
    for position in positions {
        packer.put(out, position.into(), position_bits);
    }
    packer.finish(out);
    out.extend([0; SPARE]);
}
