//! A segment's sections as they are read.

use std::ops::Range;

use crate::bits::{mask, packed_at, u32_at, u64_at};
use crate::memory::prefetch;
use crate::segment::chunk::{CHUNK, CHUNK_BYTES, Chunk};
use crate::segment::header::{BASE_PERSONS, Header, Section};
use crate::segment::stay::Stay;

/// How many stays ahead memory is asked for.
const AHEAD: usize = 12;

/// The sections of a segment. All reads are checked: damaged bytes give wrong stays, never a panic.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    pub(crate) day: u32,
    pub(crate) stays: u32,
    pub(crate) persons: u32,
    pub(crate) venues: u32,
    pub(crate) open: u32,
    pub(crate) person_bits: u32,
    position_bits: u32,
    count_bytes: u32,
    starts: &'a [u8],
    pub(crate) chunks: &'a [u8],
    pub(crate) records: &'a [u8],
    bases: &'a [u8],
    counts: &'a [u8],
    positions: &'a [u8],
}

impl<'a> View<'a> {
    pub(crate) fn new(file: &'a [u8], header: &Header) -> View<'a> {
        let section = |which| file.get(header.range(which)).unwrap_or(&[]);
        View {
            day: header.day,
            stays: header.stays,
            persons: header.persons,
            venues: header.venues,
            open: header.open,
            person_bits: header.person_bits,
            position_bits: header.position_bits,
            count_bytes: header.count_bytes,
            starts: section(Section::Starts),
            chunks: section(Section::Chunks),
            records: section(Section::Records),
            bases: section(Section::Bases),
            counts: section(Section::Counts),
            positions: section(Section::Positions),
        }
    }

    /// The numbers of a venue's stays.
    #[inline]
    pub(crate) fn of_venue(&self, venue: u32) -> Range<u32> {
        if venue >= self.venues {
            return 0..0;
        }
        let (from, until) = (u32_at(self.starts, venue as usize), u32_at(self.starts, venue as usize + 1));
        from.min(self.stays)..until.min(self.stays)
    }

    /// The places in the list of positions where a person's stand.
    #[inline]
    pub(crate) fn of_person(&self, person: u32) -> Range<usize> {
        if person >= self.persons {
            return 0..0;
        }
        let person = person as usize;
        let (base, first) = (person / BASE_PERSONS, person / BASE_PERSONS * BASE_PERSONS);
        let before: u32 = match self.count_bytes {
            1 => self.counts.get(first..person).unwrap_or(&[]).iter().map(|&count| u32::from(count)).sum(),
            _ => (first..person).fold(0, |sum, person| sum.saturating_add(self.count(person))),
        };
        let from = (u32_at(self.bases, base).saturating_add(before)).min(self.stays);
        let until = from.saturating_add(self.count(person)).min(self.stays);
        from as usize..until as usize
    }

    fn count(&self, person: usize) -> u32 {
        match self.count_bytes {
            1 => self.counts.get(person).copied().map_or(0, u32::from),
            2 => self
                .counts
                .get(person * 2..)
                .and_then(<[u8]>::first_chunk)
                .map_or(0, |two| u16::from_le_bytes(*two).into()),
            _ => u32_at(self.counts, person),
        }
    }

    /// The number of the stay at a place of the list of positions.
    #[inline]
    pub(crate) fn position(&self, place: usize) -> u32 {
        packed_at(self.positions, place, self.position_bits) as u32
    }

    /// The venue of a stay: one of those from the first of its chunk to the first of the next.
    #[inline]
    pub(crate) fn venue_of(&self, stay: u32) -> u32 {
        let chunk = stay as usize / CHUNK;
        let mut low = Chunk::read(self.chunks, chunk).first_venue;
        let is_last = (chunk + 1) * CHUNK >= self.stays as usize;
        let mut high = match is_last {
            true => self.venues.saturating_sub(1),
            false => Chunk::read(self.chunks, chunk + 1).first_venue,
        };
        // The venue is the last one that starts at or before the stay.
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if u32_at(self.starts, middle as usize) <= stay {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        low
    }

    /// A stay by its number.
    #[inline]
    pub(crate) fn stay(&self, number: u32) -> Stay {
        let chunk = Chunk::read(self.chunks, number as usize / CHUNK);
        self.stay_in(&chunk, number, self.venue_of(number))
    }

    /// A stay of a chunk whose venue is known.
    #[inline]
    pub(crate) fn stay_in(&self, chunk: &Chunk, number: u32, venue: u32) -> Stay {
        let (index, at) = (number as usize % CHUNK, chunk.at as usize * 8);
        let bits = chunk.record_bits(self.person_bits);
        let bit = index * bits as usize;
        let record = u64_at(self.records, at + bit / 8) >> (bit % 8);
        let enter = ((record & mask(chunk.enter_bits)) as u32 + chunk.enter_base).min(1439);
        let dwell = (record >> chunk.enter_bits & mask(chunk.dwell_bits)) as u32 + 1;
        let person = (record >> (chunk.enter_bits + chunk.dwell_bits) & mask(self.person_bits)) as u32;
        let extra = self.extra(chunk, number);
        let open = chunk.open && extra & 1 == 1;
        let spot = extra >> u32::from(chunk.open) & mask(chunk.spot_bits);
        let source = extra >> (u32::from(chunk.open) + chunk.spot_bits) & mask(chunk.source_bits);
        Stay {
            venue,
            enter: enter as u16,
            person,
            dwell: if open { 0 } else { dwell.min(1440 - enter) as u16 },
            spot: spot as u16,
            source: (source as u32 + chunk.source_base) as u8,
        }
    }

    /// Gives stays whose numbers, in the upper halves of `keys`, rise; with the lower half of each.
    pub(crate) fn stays_in_order(&self, keys: &[u64], mut give: impl FnMut(u32, Stay)) {
        keys.iter().take(AHEAD).for_each(|key| self.prefetch_head(key >> 32));
        keys.iter().take(AHEAD / 2).for_each(|key| self.prefetch_record(key >> 32));
        let (mut chunk, mut at, mut venue) = (Chunk::default(), usize::MAX, 0);
        for (index, key) in keys.iter().enumerate() {
            if let Some(next) = keys.get(index + AHEAD) {
                self.prefetch_head(next >> 32);
            }
            if let Some(next) = keys.get(index + AHEAD / 2) {
                self.prefetch_record(next >> 32);
            }
            let number = (key >> 32) as u32;
            if number as usize / CHUNK != at {
                at = number as usize / CHUNK;
                chunk = Chunk::read(self.chunks, at);
                venue = chunk.first_venue;
            }
            while venue + 1 < self.venues && u32_at(self.starts, venue as usize + 1) <= number {
                venue += 1;
            }
            give(*key as u32, self.stay_in(&chunk, number, venue));
        }
    }

    #[inline]
    fn prefetch_head(&self, number: u64) {
        prefetch(self.chunks, number as usize / CHUNK * CHUNK_BYTES);
    }

    #[inline]
    fn prefetch_record(&self, number: u64) {
        let head = Chunk::read(self.chunks, number as usize / CHUNK);
        let bits = head.record_bits(self.person_bits) as usize;
        prefetch(self.records, head.at as usize * 8 + number as usize % CHUNK * bits / 8);
        prefetch(self.starts, head.first_venue as usize * 4);
    }

    /// What a chunk holds of a stay beside who and when.
    #[inline]
    fn extra(&self, chunk: &Chunk, number: u32) -> u64 {
        let bits = chunk.extra_bits();
        if bits == 0 {
            return 0;
        }
        let bit = number as usize % CHUNK * bits as usize;
        let at = chunk.at as usize * 8 + self.extras_at(chunk, number) + bit / 8;
        (u64_at(self.records, at) >> (bit % 8)) & mask(bits)
    }

    /// Where, behind the first record of its chunk, the extras of a stay's chunk begin.
    #[inline]
    pub(crate) fn extras_at(&self, chunk: &Chunk, number: u32) -> usize {
        // The last chunk may hold fewer stays, and its records end earlier.
        let first = number as usize / CHUNK * CHUNK;
        let in_chunk = (self.stays as usize).saturating_sub(first).min(CHUNK);
        (in_chunk * chunk.record_bits(self.person_bits) as usize).div_ceil(64) * 8
    }

    /// Every stay, in order.
    pub(crate) fn all(&self) -> impl Iterator<Item = Stay> + '_ {
        let mut venue = 0;
        (0..self.stays).map(move |number| {
            while venue + 1 < self.venues && u32_at(self.starts, venue as usize + 1) <= number {
                venue += 1;
            }
            self.stay_in(&Chunk::read(self.chunks, number as usize / CHUNK), number, venue)
        })
    }

    /// The stays that nobody has seen end, in order. Only chunks that hold some are read.
    pub(crate) fn open_stays(&self) -> impl Iterator<Item = Stay> + '_ {
        let chunks = if self.open == 0 { 0 } else { (self.stays as usize).div_ceil(CHUNK) };
        (0..chunks).filter(|&number| Chunk::read(self.chunks, number).open).flat_map(|number| {
            let first = (number * CHUNK) as u32;
            (first..(first + CHUNK as u32).min(self.stays)).map(|stay| self.stay(stay)).filter(Stay::is_open)
        })
    }

    /// The bytes that a stay is read from: ranges within the sections of starts, chunks and records.
    pub(crate) fn bytes_of(&self, number: u32) -> [(Section, Range<usize>); 2] {
        let chunk = number as usize / CHUNK;
        let head = Chunk::read(self.chunks, chunk);
        let at = head.at as usize * 8;
        let bits = (head.record_bits(self.person_bits) + head.extra_bits()) as usize;
        let heads = chunk * 16..chunk * 16 + 32;
        [(Section::Chunks, heads), (Section::Records, at..at + CHUNK * bits / 8 + 16)]
    }
}
