//! Who was in a venue in a stretch of the day: the innermost loop.

use crate::bits::{mask, packed_at, u64_at};
use crate::segment::chunk::{CHUNK, Chunk};
use crate::segment::view::View;
use crate::time::DAY_MINUTES;

/// A stay that was found: its number, the person, and its minutes of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) number: u32,
    pub(crate) person: u32,
    pub(crate) enter: u16,
    /// The first minute after it.
    pub(crate) leave: u16,
    /// Nobody saw the person leave: the end is assumed.
    pub(crate) open: bool,
}

impl View<'_> {
    /// Gives the stays of a venue that meet the minutes `from..until`. An open stay lasts `assumed` minutes, at most until
    /// midnight.
    #[inline]
    pub(crate) fn scan(&self, venue: u32, from: u16, until: u16, assumed: u16, mut hit: impl FnMut(Hit)) {
        let stays = self.of_venue(venue);
        let (mut number, end) = (stays.start, stays.end);
        while number < end {
            let index = number as usize / CHUNK;
            let chunk = Chunk::read(self.chunks, index);
            let chunk_end = end.min(((index + 1) * CHUNK) as u32);
            if chunk.enter_base >= until.into() {
                return;
            }
            if chunk.latest > from.into() {
                if chunk.open {
                    self.scan_open(&chunk, number..chunk_end, (from, until, assumed), &mut hit);
                } else {
                    self.scan_closed(&chunk, number..chunk_end, (from, until), &mut hit);
                }
            }
            number = chunk_end;
        }
    }

    /// A chunk in which every stay has an end: one load and two comparisons a stay.
    #[inline(always)]
    fn scan_closed(
        &self,
        chunk: &Chunk,
        numbers: std::ops::Range<u32>,
        (from, until): (u16, u16),
        hit: &mut impl FnMut(Hit),
    ) {
        let bits = chunk.record_bits(self.person_bits) as usize;
        let records = self.records.get(chunk.at as usize * 8..).unwrap_or(&[]);
        let (enter_mask, dwell_mask, person_mask) =
            (mask(chunk.enter_bits), mask(chunk.dwell_bits), mask(self.person_bits));
        let (dwell_at, person_at) = (chunk.enter_bits, chunk.enter_bits + chunk.dwell_bits);
        let mut bit = numbers.start as usize % CHUNK * bits;
        for number in numbers {
            let record = u64_at(records, bit >> 3) >> (bit & 7);
            bit += bits;
            let enter = (record & enter_mask) as u32 + chunk.enter_base;
            let leave = enter + (record >> dwell_at & dwell_mask) as u32 + 1;
            if enter < until.into() && leave > from.into() {
                let person = (record >> person_at & person_mask) as u32;
                hit(Hit { number, person, enter: enter as u16, leave: leave as u16, open: false });
            }
        }
    }

    /// A chunk with open stays: one more load a stay says whether it is one.
    fn scan_open(
        &self,
        chunk: &Chunk,
        numbers: std::ops::Range<u32>,
        (from, until, assumed): (u16, u16, u16),
        hit: &mut impl FnMut(Hit),
    ) {
        let (bits, extra_bits) = (chunk.record_bits(self.person_bits), chunk.extra_bits());
        let records = self.records.get(chunk.at as usize * 8..).unwrap_or(&[]);
        let extras = records.get(self.extras_at(chunk, numbers.start)..).unwrap_or(&[]);
        let person_at = chunk.enter_bits + chunk.dwell_bits;
        for number in numbers {
            let index = number as usize % CHUNK;
            let record = packed_at(records, index, bits);
            let open = packed_at(extras, index, extra_bits) & 1 == 1;
            let enter = ((record & mask(chunk.enter_bits)) as u32 + chunk.enter_base).min(1439);
            let seen = (record >> chunk.enter_bits & mask(chunk.dwell_bits)) as u32 + 1;
            let leave = (enter + if open { u32::from(assumed.max(1)) } else { seen }).min(DAY_MINUTES.into());
            if enter < until.into() && leave > from.into() {
                let person = (record >> person_at & mask(self.person_bits)) as u32;
                hit(Hit { number, person, enter: enter as u16, leave: leave as u16, open });
            }
        }
    }
}
