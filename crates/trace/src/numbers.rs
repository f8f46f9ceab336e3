//! Ids and the dense numbers that stand for them in segments. A number, once given, stays.

use crate::bits::{mask, u32_at, u64_at, width};
use crate::chance::mix;
use crate::fault::Fault;
use crate::memory::{large_pages, prefetch};

const MAGIC: [u8; 8] = *b"LFNUMBR\n";
const VERSION: u32 = 1;
const HEADER_BYTES: usize = 24;

/// Stands where an id was erased.
const ERASED: u64 = u64::MAX;

/// Ids by number and numbers by id. Each id may carry a mark of one byte: for venues, their class.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbers {
    ids: Vec<u64>,
    marks: Vec<u8>,
    /// An open table: 0 where empty, else number + 1. A power of two, at most half full.
    slots: Vec<u32>,
}

impl Numbers {
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Bytes in memory.
    pub(crate) fn bytes(&self) -> u64 {
        (self.ids.len() * 9 + self.slots.len() * 4) as u64
    }

    /// The id of a number; `None` where it was erased or never given.
    pub(crate) fn id(&self, number: u32) -> Option<u64> {
        self.ids.get(number as usize).copied().filter(|id| *id != ERASED)
    }

    pub(crate) fn mark(&self, number: u32) -> u8 {
        self.marks.get(number as usize).copied().unwrap_or(0)
    }

    /// Sets the mark of a number and says whether it was another.
    pub(crate) fn set_mark(&mut self, number: u32, mark: u8) -> bool {
        match self.marks.get_mut(number as usize) {
            Some(slot) => std::mem::replace(slot, mark) != mark,
            None => false,
        }
    }

    /// The slot where an id is or would be.
    fn slot(&self, id: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut slot = mix(id) as usize & last;
        while self.slots[slot] != 0 && self.ids[self.slots[slot] as usize - 1] != id {
            slot = (slot + 1) & last;
        }
        slot
    }

    /// Asks for the memory in which an id will be looked up; a second time, nearer to the moment, for what it points to.
    #[inline]
    pub(crate) fn prefetch(&self, id: u64, is_near: bool) {
        let slot = mix(id) as usize & self.slots.len().wrapping_sub(1);
        if !is_near {
            prefetch(&self.slots, slot);
        } else if let Some(number) = self.slots.get(slot) {
            prefetch(&self.ids, (*number as usize).wrapping_sub(1));
        }
    }

    /// The number of an id, if it has one.
    pub(crate) fn find(&self, id: u64) -> Option<u32> {
        if self.slots.is_empty() || id == ERASED {
            return None;
        }
        self.slots[self.slot(id)].checked_sub(1)
    }

    /// The number of an id, given now if it has none.
    ///
    /// # Errors
    /// [`Fault::TooMany`] beyond 2³¹ ids.
    pub(crate) fn number(&mut self, id: u64) -> Result<u32, Fault> {
        if (self.ids.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let slot = self.slot(id);
        if let Some(number) = self.slots[slot].checked_sub(1) {
            return Ok(number);
        }
        let number = self.ids.len() as u32;
        if width(number.into()) > 31 {
            return Err(Fault::TooMany("persons or venues"));
        }
        self.ids.push(id);
        self.marks.push(0);
        self.slots[slot] = number + 1;
        Ok(number)
    }

    /// Forgets an id: its number stays, and stands for nobody.
    pub(crate) fn erase(&mut self, number: u32) {
        if let Some(id) = self.ids.get_mut(number as usize) {
            *id = ERASED;
            self.fill(self.slots.len());
        }
    }

    fn grow(&mut self) {
        self.fill((self.slots.len() * 2).max(64));
    }

    fn fill(&mut self, slots: usize) {
        self.slots = vec![0; slots];
        large_pages(&self.slots);
        // Ids are looked up everywhere in the list, so that large pages spare the processor looking up where it is.
        self.ids.reserve_exact((slots / 2).saturating_sub(self.ids.len()));
        large_pages(self.ids.spare_capacity_mut());
        for number in 0..self.ids.len() {
            if self.ids[number] != ERASED {
                let slot = self.slot(self.ids[number]);
                self.slots[slot] = number as u32 + 1;
            }
        }
    }

    /// The bytes of its file: head, ids, marks, CRC-32 of all of it.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(HEADER_BYTES + self.ids.len() * 9 + 4);
        out.extend_from_slice(&MAGIC);
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&(self.ids.len() as u32).to_le_bytes());
        let marked = u64::from(self.marks.iter().any(|mark| *mark != 0));
        out.extend_from_slice(&marked.to_le_bytes());
        self.ids.iter().for_each(|id| out.extend_from_slice(&id.to_le_bytes()));
        if marked == 1 {
            out.extend_from_slice(&self.marks);
        }
        let crc = crc32fast::hash(&out);
        out.extend_from_slice(&crc.to_le_bytes());
        out
    }

    /// Reads what [`write`](Numbers::write) wrote.
    pub(crate) fn read(bytes: &[u8]) -> Result<Numbers, Fault> {
        let Some((body, sum)) = bytes.split_last_chunk::<4>().filter(|_| bytes.starts_with(&MAGIC)) else {
            return Err(Fault::damaged("it does not begin as a list of numbers"));
        };
        if crc32fast::hash(body) != u32::from_le_bytes(*sum) {
            return Err(Fault::damaged("its checksum does not fit"));
        }
        let (version, count, marked) = (u32_at(body, 2), u32_at(body, 3) as usize, u64_at(body, 16) == 1);
        if version != VERSION {
            return Err(Fault::Version { found: version, known: VERSION });
        }
        let length = HEADER_BYTES + count * if marked { 9 } else { 8 };
        if body.len() != length || count as u64 > mask(31) {
            return Err(Fault::damaged("its length does not fit its count"));
        }
        let mut ids = Vec::with_capacity(count);
        large_pages(ids.spare_capacity_mut());
        ids.extend((0..count).map(|index| u64_at(body, HEADER_BYTES + index * 8)));
        let marks = if marked { body[HEADER_BYTES + count * 8..].to_vec() } else { vec![0; count] };
        let mut numbers = Numbers { ids, marks, slots: Vec::new() };
        numbers.fill((count * 2 + 2).next_power_of_two().max(64));
        Ok(numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> Numbers {
        let mut numbers = Numbers::default();
        for id in 0..1000 {
            assert_eq!(numbers.number(mix(id)).unwrap(), id as u32);
        }
        numbers.set_mark(3, 7);
        numbers
    }

    #[test]
    fn an_id_keeps_its_number_over_a_file() {
        let mut numbers = filled();
        assert_eq!(numbers.number(mix(5)).unwrap(), 5);
        let read = Numbers::read(&numbers.write()).unwrap();
        assert_eq!((read.find(mix(999)), read.find(12345), read.len()), (Some(999), None, 1000));
        assert_eq!((read.id(3), read.mark(3), read.mark(4)), (Some(mix(3)), 7, 0));
    }

    #[test]
    fn an_erased_id_is_found_no_more_and_its_number_is_not_given_again() {
        let mut numbers = filled();
        numbers.erase(5);
        assert_eq!((numbers.find(mix(5)), numbers.id(5)), (None, None));
        assert_eq!(numbers.number(mix(5)).unwrap(), 1000);
        let read = Numbers::read(&numbers.write()).unwrap();
        assert_eq!((read.find(mix(5)), read.find(mix(6))), (Some(1000), Some(6)));
    }

    #[test]
    fn a_flipped_bit_is_seen_wherever_it_is() {
        let bytes = filled().write();
        for bit in (0..bytes.len() * 8).step_by(97) {
            let mut damaged = bytes.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            assert!(Numbers::read(&damaged).is_err(), "bit {bit}");
        }
    }
}
