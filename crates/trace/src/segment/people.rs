//! The other side of a segment: for each person, which stays are theirs.

use crate::bits::{Packer, width};
use crate::memory::large_pages;
use crate::radix::{PART_BITS, PARTS, starts_of};

/// The numbers of stays on their way to their persons, in parts by the upper bits of the persons: the persons of a part are so
/// few that their counters and stays remain near the processor.
#[derive(Debug)]
pub(crate) struct People<'a> {
    persons: u32,
    /// Bits of a person that are not its part's.
    low: u32,
    starts: [usize; PARTS],
    next: [usize; PARTS],
    /// The person in the upper half, the number of the stay in the lower.
    keys: &'a mut [u64],
}

/// The persons of a segment.
#[derive(Debug)]
pub(crate) struct Grouped {
    /// How many stays each has.
    pub(crate) counts: Vec<u32>,
    /// The numbers of the stays, person by person, packed.
    pub(crate) positions: Vec<u8>,
}

impl<'a> People<'a> {
    /// The stays of persons below `persons`, with room for a number for each; `each` counts the stays of each part.
    pub(crate) fn new(persons: u32, keys: &'a mut [u64], each: impl FnOnce(&mut [usize; PARTS], u32)) -> People<'a> {
        let low = width(persons.saturating_sub(1).into()).saturating_sub(PART_BITS);
        let mut counts = [0; PARTS];
        each(&mut counts, low);
        let starts = starts_of(counts);
        People { persons, low, starts, next: starts, keys }
    }

    /// Takes the next stay of a person. Numbers rise.
    #[inline(always)]
    pub(crate) fn put(&mut self, person: u32, number: u32) {
        let slot = &mut self.next[(person >> self.low) as usize % PARTS];
        self.keys[*slot] = u64::from(person) << 32 | u64::from(number);
        *slot += 1;
    }

    /// Brings the stays of each person together, in order.
    pub(crate) fn grouped(self, position_bits: u32) -> Grouped {
        let (mut counts, mut positions) = (vec![0u32; self.persons as usize], Vec::new());
        positions.reserve_exact(self.keys.len() * position_bits as usize / 8 + 16);
        large_pages(positions.spare_capacity_mut());
        let mut packer = Packer::default();
        let (mut next, mut places) = (vec![0u32; 1 << self.low], Vec::new());
        let parts = self.starts.iter().zip(&self.next).map(|(start, end)| &self.keys[*start..*end]);
        for (part, counts) in parts.zip(counts.chunks_mut(1 << self.low)) {
            let at = |key: u64| (key >> 32) as usize & ((1 << self.low) - 1);
            part.iter().for_each(|key| counts[at(*key)] += 1);
            let mut before = 0;
            for (next, count) in next.iter_mut().zip(&*counts) {
                *next = before;
                before += count;
            }
            places.resize(part.len(), 0u32);
            for key in part {
                let slot = &mut next[at(*key)];
                places[*slot as usize] = *key as u32;
                *slot += 1;
            }
            places.iter().for_each(|place| packer.put(&mut positions, u64::from(*place), position_bits));
        }
        packer.finish(&mut positions);
        Grouped { counts, positions }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bits::packed_at;
    use crate::chance::Chance;

    #[test]
    fn stays_stand_person_by_person_in_order() {
        let mut chance = Chance::new(1, 2, 1);
        for persons in [1, 2, 255, 256, 257, 70_000] {
            for count in [0, 1, 300, 20_000] {
                let of: Vec<u32> = (0..count).map(|_| chance.below(persons)).collect();
                let mut room = vec![0; of.len()];
                let mut people = People::new(persons, &mut room, |counts, low| {
                    of.iter().for_each(|person| counts[(person >> low) as usize] += 1);
                });
                of.iter().zip(0..).for_each(|(person, number)| people.put(*person, number));
                let mut grouped = people.grouped(20);
                grouped.positions.extend([0; 8]);
                let mut expected: Vec<u32> = (0..count).collect();
                expected.sort_by_key(|number| of[*number as usize]);
                let found = |place| packed_at(&grouped.positions, place, 20) as u32;
                assert_eq!((0..of.len()).map(found).collect::<Vec<_>>(), expected, "{persons} {count}");
                let number = |person: u32| of.iter().filter(|one| **one == person).count();
                assert!((0..persons.min(300)).all(|person| grouped.counts[person as usize] as usize == number(person)));
                assert_eq!(grouped.counts.len(), persons as usize);
            }
        }
    }
}
