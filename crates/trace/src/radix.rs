//! Sorting many items by a number: first into parts that fit near the processor, then each part digit by digit.

use crate::bits::{mask, width};

/// Bits by which items are first put into parts: more would scatter over more pages of memory than the processor remembers.
const PARTS: u32 = 8;
/// Bits that one pass over a part looks at.
const DIGIT: u32 = 12;
/// Below this many a comparing sort is faster.
const FEW: usize = 256;

/// Sorts by `key`; what is equal in it keeps its order.
pub(crate) fn sort_by_number<T: Copy + Default>(items: &mut [T], key: impl Fn(&T) -> u64 + Copy) {
    if items.len() < FEW {
        items.sort_by_key(key);
        return;
    }
    let bits = width(items.iter().map(key).max().unwrap_or(0));
    let mut other = vec![T::default(); items.len()];
    let low = bits.saturating_sub(PARTS);
    let mut next = vec![0; 1 << DIGIT];
    scatter(items, &mut other, &mut next[..1 << PARTS], |item| (key(item) >> low) as usize & 0xFF);
    let ends = next[..1 << PARTS].to_vec();
    let mut first = 0;
    for end in ends {
        let in_other = sort_part(&mut other[first..end], &mut items[first..end], low, &mut next, key);
        if in_other {
            items[first..end].copy_from_slice(&other[first..end]);
        }
        first = end;
    }
}

/// Sorts a part by the lower bits of the key. Says whether the result is in `part` or in `spare`.
fn sort_part<T: Copy>(
    part: &mut [T],
    spare: &mut [T],
    bits: u32,
    next: &mut [usize],
    key: impl Fn(&T) -> u64 + Copy,
) -> bool {
    if part.len() < FEW {
        part.sort_by_key(key);
        return true;
    }
    // Few items are not worth thousands of counters. Passes of equal width, as few as there can be.
    let most = if part.len() < 1 << DIGIT { PARTS } else { DIGIT };
    let passes = bits.div_ceil(most);
    let digit = bits.div_ceil(passes.max(1));
    let (mut from, mut to, mut in_part) = (part, spare, true);
    for pass in 0..passes {
        let shift = pass * digit;
        let digit_mask = mask(digit.min(bits - shift)) as usize;
        scatter(from, to, &mut next[..=digit_mask], |item| (key(item) >> shift) as usize & digit_mask);
        std::mem::swap(&mut from, &mut to);
        in_part = !in_part;
    }
    in_part
}

/// Puts items in the order of their digit. `next` then holds where each digit ends.
fn scatter<T: Copy>(from: &[T], to: &mut [T], next: &mut [usize], digit: impl Fn(&T) -> usize) {
    next.fill(0);
    from.iter().for_each(|item| next[digit(item)] += 1);
    let mut before = 0;
    for slot in next.iter_mut() {
        let count = std::mem::replace(slot, before);
        before += count;
    }
    for item in from {
        let slot = &mut next[digit(item)];
        to[*slot] = *item;
        *slot += 1;
    }
}

/// How many items have each group's number, and the places of the items, group by group, in order. Every group is below `groups`.
pub(crate) fn places_by_group<T>(items: &[T], groups: u32, group: impl Fn(&T) -> u32 + Copy) -> (Vec<u32>, Vec<u32>) {
    let low = width(u64::from(groups.saturating_sub(1))).saturating_sub(PARTS);
    let mut ends = [0usize; 1 << PARTS];
    items.iter().for_each(|item| ends[(group(item) >> low) as usize] += 1);
    let mut before = 0;
    for slot in &mut ends {
        let count = std::mem::replace(slot, before);
        before += count;
    }
    let mut parts = vec![0u64; items.len()];
    for (item, place) in items.iter().zip(0u64..) {
        let slot = &mut ends[(group(item) >> low) as usize];
        parts[*slot] = u64::from(group(item)) << 32 | place;
        *slot += 1;
    }
    let (mut counts, mut places) = (vec![0u32; groups as usize], vec![0u32; items.len()]);
    let mut next = vec![0u32; 1 << low];
    let mut first = 0;
    // The groups of a part are so few that their counters and places stay near the processor.
    for (end, counts) in ends.into_iter().zip(counts.chunks_mut(1 << low)) {
        let at = |key: u64| (key >> 32) as usize & ((1 << low) - 1);
        let part = &parts[first..end];
        part.iter().for_each(|key| counts[at(*key)] += 1);
        let mut before = first as u32;
        for (next, count) in next.iter_mut().zip(&*counts) {
            *next = before;
            before += count;
        }
        for key in part {
            let slot = &mut next[at(*key)];
            places[*slot as usize] = *key as u32;
            *slot += 1;
        }
        first = end;
    }
    (counts, places)
}

/// Sorts by the upper 32 bits.
pub(crate) fn by_high_half(mut keys: Vec<u64>) -> Vec<u64> {
    sort_by_number(&mut keys, |key| key >> 32);
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;

    #[test]
    fn items_are_sorted_by_their_key_and_else_keep_their_order() {
        let mut chance = Chance::new(1, 1, 1);
        for largest in [1, 50, 3_000_000, u32::MAX] {
            for count in [0, 1, 200, 5000, 200_000] {
                let keys: Vec<u64> =
                    (0..count).map(|index| u64::from(chance.below(largest)) << 32 | (count - index)).collect();
                let mut expected = keys.clone();
                expected.sort_by_key(|key| key >> 32);
                assert!(by_high_half(keys) == expected, "{largest} {count}");
            }
        }
    }

    #[test]
    fn places_stand_group_by_group_in_order() {
        let mut chance = Chance::new(1, 2, 1);
        for groups in [1, 2, 255, 256, 257, 70_000] {
            for count in [0, 1, 300, 20_000] {
                let items: Vec<u32> = (0..count).map(|_| chance.below(groups)).collect();
                let (counts, places) = places_by_group(&items, groups, |item| *item);
                let mut expected: Vec<u32> = (0..count).collect();
                expected.sort_by_key(|place| items[*place as usize]);
                assert_eq!(places, expected, "{groups} {count}");
                let number = |group: u32| items.iter().filter(|item| **item == group).count();
                let sample: Vec<u32> = (0..groups.min(300)).collect();
                assert!(sample.iter().all(|&group| counts[group as usize] as usize == number(group)));
                assert_eq!(counts.len(), groups as usize);
            }
        }
    }
}
