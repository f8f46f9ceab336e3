//! Sorting many items by a number: first into parts that fit near the processor, then each part digit by digit.

use crate::bits::{mask, width};

/// Bits by which items are first put into parts: more would scatter over more pages of memory than the processor remembers.
pub(crate) const PART_BITS: u32 = 8;
/// How many parts there are.
pub(crate) const PARTS: usize = 1 << PART_BITS;
/// Bits that one pass over a part looks at.
pub(crate) const DIGIT: u32 = 12;
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
    let low = bits.saturating_sub(PART_BITS);
    let part = |item: &T| (key(item) >> low) as usize % PARTS;
    let starts = starts_of(counts_of(items, part));
    let ends = deal(items.iter().map(|item| (part(item), *item)), &mut other, &starts);
    let mut counters = vec![0; 1 << DIGIT];
    for (start, end) in starts.into_iter().zip(ends) {
        if sort_part(&mut other[start..end], &mut items[start..end], low, &mut counters, key) {
            items[start..end].copy_from_slice(&other[start..end]);
        }
    }
}

/// How many items are in each part.
pub(crate) fn counts_of<T>(items: &[T], part: impl Fn(&T) -> usize) -> [usize; PARTS] {
    let mut counts = [0; PARTS];
    items.iter().for_each(|item| counts[part(item)] += 1);
    counts
}

/// Where parts of so many items begin.
pub(crate) fn starts_of(mut counts: [usize; PARTS]) -> [usize; PARTS] {
    let mut before = 0;
    for slot in &mut counts {
        let count = std::mem::replace(slot, before);
        before += count;
    }
    counts
}

/// Puts each item behind those of its part, and says where the parts end.
pub(crate) fn deal<T>(
    items: impl Iterator<Item = (usize, T)>,
    to: &mut [T],
    starts: &[usize; PARTS],
) -> [usize; PARTS] {
    let mut next = *starts;
    for (part, item) in items {
        let slot = &mut next[part];
        to[*slot] = item;
        *slot += 1;
    }
    next
}

/// Sorts a part by the lower bits of the key. Says whether the result is in `part` or in `spare`.
pub(crate) fn sort_part<T: Copy>(
    part: &mut [T],
    spare: &mut [T],
    bits: u32,
    counters: &mut [u32],
    key: impl Fn(&T) -> u64 + Copy,
) -> bool {
    if part.len() < FEW {
        part.sort_by_key(key);
        return true;
    }
    // Few items are not worth thousands of counters. Passes of equal width, as few as there can be.
    let most = if part.len() < 1 << DIGIT { PART_BITS } else { DIGIT };
    let passes = bits.div_ceil(most);
    let digit = bits.div_ceil(passes.max(1));
    let (mut from, mut to, mut in_part) = (part, spare, true);
    for pass in 0..passes {
        let shift = pass * digit;
        let digit_mask = mask(digit.min(bits - shift)) as usize;
        scatter(from, to, &mut counters[..=digit_mask], |item| (key(item) >> shift) as usize & digit_mask);
        std::mem::swap(&mut from, &mut to);
        in_part = !in_part;
    }
    in_part
}

/// Puts the items of a part in the order of their digit.
fn scatter<T: Copy>(from: &[T], to: &mut [T], next: &mut [u32], digit: impl Fn(&T) -> usize) {
    next.fill(0);
    from.iter().for_each(|item| next[digit(item)] += 1);
    let mut before = 0;
    for slot in next.iter_mut() {
        let count = std::mem::replace(slot, before);
        before += count;
    }
    for item in from {
        let slot = &mut next[digit(item)];
        to[*slot as usize] = *item;
        *slot += 1;
    }
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
}
