//! Stays in the order of a segment: venue, minute of entering, person.

use std::convert::Infallible;

use crate::bits::width;
use crate::memory::large_pages;
use crate::radix::{DIGIT, PART_BITS, PARTS, counts_of, deal, sort_part, starts_of};
use crate::segment::chunk::CHUNK;
use crate::segment::form::{Form, Largest, MINUTE, Plain, Words};
use crate::segment::stay::Stay;

/// Below this many stays parts are not worth their counters.
const FEW: usize = 4096;

/// What is done with stays in order, in whatever form they are.
pub(crate) trait Use {
    type Made;
    /// The room holds as many numbers as there were stays; what stands in it is of no use.
    fn with<F: Form>(self, ordered: &Ordered<'_, F>, room: &mut [u64]) -> Self::Made;
}

/// Sorts stays, leaves out those that are there twice and open ones that another closes, and gives the rest to be used.
pub(crate) fn in_order<U: Use>(stays: Vec<Stay>, then: U) -> U::Made {
    let largest = Largest::of(&stays);
    let low = match stays.len() < FEW {
        true => u32::BITS,
        false => width(largest.venue.into()).saturating_sub(PART_BITS),
    };
    let count = stays.len();
    match Words::for_stays(&largest, low).filter(|_| count >= FEW) {
        Some(words) => {
            let (mut packed, parts) = pack(words, low, stays);
            let starts = starts_of(counts_of(&parts, |part| usize::from(*part)));
            packed.resize(2 * count, 0);
            let (room, items) = packed.split_at_mut(count);
            let ends = deal(parts.iter().zip(&*room).map(|(part, word)| (usize::from(*part), *word)), items, &starts);
            drop(parts);
            then.with(&Ordered::of(words, low, largest, items, (starts, ends)), room)
        }
        None => {
            let part = |stay: &Stay| part_of(stay.venue, low);
            let starts = starts_of(counts_of(&stays, part));
            let mut items = vec![Stay::default(); count];
            large_pages(&items);
            let ends = deal(stays.iter().map(|stay| (part(stay), *stay)), &mut items, &starts);
            let mut room: Vec<u64> = stays.into_iter().map(|_| 0).collect();
            then.with(&Ordered::of(Plain { low }, low, largest, &mut items, (starts, ends)), &mut room)
        }
    }
}

/// The part of a venue: the bits above its `low` lower ones.
fn part_of(venue: u32, low: u32) -> usize {
    venue.checked_shr(low).unwrap_or(0) as usize % PARTS
}

/// The words of stays and their parts. A stay takes as much memory as two words and is aligned as they are, so that the words stand
/// where the stays stood, with room for as many again: memory that is new to a process costs more than the work on it.
fn pack(words: Words, low: u32, stays: Vec<Stay>) -> (Vec<u64>, Vec<u8>) {
    let mut parts = Vec::with_capacity(stays.len());
    let word = |stay: Stay| {
        parts.push(part_of(stay.venue, low) as u8);
        words.pack(&stay)
    };
    (stays.into_iter().map(word).collect(), parts)
}

/// Sorts, then leaves out stays that are there twice, and open ones that another closes.
pub(crate) fn sort(stays: &mut Vec<Stay>) {
    struct List;
    impl Use for List {
        type Made = Vec<Stay>;
        fn with<F: Form>(self, ordered: &Ordered<'_, F>, _room: &mut [u64]) -> Vec<Stay> {
            let mut list = Vec::with_capacity(ordered.len());
            let Ok(()) = ordered.each_chunk(|chunk| {
                list.extend_from_slice(chunk);
                Ok::<(), Infallible>(())
            });
            list
        }
    }
    *stays = in_order(std::mem::take(stays), List);
}

/// The stays of a day in order, in parts by the upper bits of their venues.
#[derive(Debug)]
pub(crate) struct Ordered<'a, F: Form> {
    pub(crate) largest: Largest,
    form: F,
    items: &'a [F::Item],
    /// Where each part begins, and how many of its items are left.
    parts: Vec<(usize, usize)>,
}

impl<'a, F: Form> Ordered<'a, F> {
    /// Sorts the items of each part, from where it begins to where it ends.
    fn of(
        form: F,
        low: u32,
        largest: Largest,
        items: &'a mut [F::Item],
        (starts, ends): ([usize; PARTS], [usize; PARTS]),
    ) -> Ordered<'a, F> {
        let longest = starts.iter().zip(&ends).map(|(start, end)| end - start).max().unwrap_or(0);
        let mut spare = vec![F::Item::default(); longest];
        let mut counters = vec![0; 1 << DIGIT];
        let bits = low.min(u32::BITS) + MINUTE;
        let parts = starts.into_iter().zip(ends).map(|(start, end)| {
            let part = &mut items[start..end];
            let spare = &mut spare[..part.len()];
            if !sort_part(part, spare, bits, &mut counters, |item| form.key(item)) {
                part.copy_from_slice(spare);
            }
            (start, settle(form, part))
        });
        let parts = parts.collect();
        Ordered { largest, form, items, parts }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.parts.iter().map(|(_, count)| count).sum()
    }

    /// Gives all stays, chunk by chunk: only the last one is not full.
    pub(crate) fn each_chunk<E>(&self, mut give: impl FnMut(&[Stay]) -> Result<(), E>) -> Result<(), E> {
        let (mut chunk, mut filled) = ([Stay::default(); CHUNK], 0);
        for (&(start, count), part) in self.parts.iter().zip(0u32..) {
            let mut items = &self.items[start..start + count];
            while !items.is_empty() {
                let (some, rest) = items.split_at(items.len().min(CHUNK - filled));
                for (slot, item) in chunk[filled..].iter_mut().zip(some) {
                    *slot = self.form.stay(part, *item);
                }
                (items, filled) = (rest, filled + some.len());
                if filled == CHUNK {
                    give(&chunk)?;
                    filled = 0;
                }
            }
        }
        if filled > 0 { give(&chunk[..filled]) } else { Ok(()) }
    }

    /// Gives the person of each stay.
    #[inline(always)]
    pub(crate) fn each_person(&self, mut give: impl FnMut(u32)) {
        for &(start, count) in &self.parts {
            self.items[start..start + count].iter().for_each(|item| give(self.form.person(item)));
        }
    }
}

/// Puts what has the same venue and minute in order, leaves out what need not be there, and says how many are left.
fn settle<F: Form>(form: F, part: &mut [F::Item]) -> usize {
    let clean = |a: &F::Item, b: &F::Item| a < b && !form.is_same_visit(a, b);
    if part.is_sorted_by(clean) {
        return part.len();
    }
    for tie in part.chunk_by_mut(|a, b| form.key(a) == form.key(b)) {
        if !tie.is_sorted() {
            tie.sort_unstable();
        }
    }
    leave_out_repeated_and_closed(form, part)
}

/// Leaves out stays that are there twice, and open ones for which there is one of the same person, venue and minute that has
/// an end. An open one sorts before those that close it.
fn leave_out_repeated_and_closed<F: Form>(form: F, part: &mut [F::Item]) -> usize {
    let mut kept = 0;
    for index in 0..part.len() {
        let item = part[index];
        let is_closed = form.is_open(&item) && {
            let same = part[index + 1..].iter().take_while(|other| form.is_same_visit(other, &item));
            same.into_iter().any(|other| !form.is_open(other))
        };
        if is_closed || (kept > 0 && part[kept - 1] == item) {
            continue;
        }
        part[kept] = item;
        kept += 1;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;

    /// Many stays with repeated ones and open ones that others close.
    fn many(venues: u32, persons: u32) -> Vec<Stay> {
        let mut chance = Chance::new(1, 0, 0);
        let mut draw = |n| chance.below(n);
        let stay = |_| Stay {
            venue: draw(venues),
            enter: draw(30) as u16,
            person: draw(20) * (persons / 20),
            dwell: draw(3) as u16,
            spot: 0,
            source: draw(2) as u8,
        };
        (0..20_000).map(stay).collect()
    }

    #[test]
    fn many_stays_are_sorted_as_few_are_in_both_forms() {
        for (venues, persons) in [(1, 20), (300, 20), (3000, 20), (u32::MAX >> 1, u32::MAX >> 1)] {
            let mut stays = many(venues, persons);
            stays.extend_from_within(..500);
            let mut plain = stays.clone();
            plain.sort();
            plain.dedup();
            let closed: Vec<_> = plain.iter().filter(|stay| !stay.is_open()).map(Stay::key).collect();
            plain.retain(|stay| !stay.is_open() || closed.binary_search(&stay.key()).is_err());
            sort(&mut stays);
            assert!(stays == plain, "{venues} venues");
        }
    }

    #[test]
    fn the_widest_numbers_are_no_words() {
        let largest = Largest::of(&many(u32::MAX >> 1, u32::MAX >> 1));
        assert!(Words::for_stays(&largest, width(largest.venue.into()) - PART_BITS).is_none());
    }
}
