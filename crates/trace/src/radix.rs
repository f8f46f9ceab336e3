//! Sorting many items by a number: first into parts that fit near the processor, then each part digit by digit.

use crate::bits::{mask, width};

/// Bits that one pass looks at: more would scatter over more pages of memory than the processor remembers.
const DIGIT: u32 = 8;
/// Below this many a comparing sort is faster.
const FEW: usize = 256;

/// Sorts by `key`; what is equal in it keeps its order.
pub(crate) fn sort_by_number<T: Copy + Default>(items: &mut [T], key: impl Fn(&T) -> u64 + Copy) {
    let bits = width(items.iter().map(key).max().unwrap_or(0));
    if items.len() < FEW {
        items.sort_by_key(key);
        return;
    }
    let mut other = vec![T::default(); items.len()];
    let low = bits.saturating_sub(DIGIT);
    let ends = scatter(items, &mut other, |item| (key(item) >> low) as usize & 0xFF);
    let mut first = 0;
    for end in ends {
        let in_other = sort_part(&mut other[first..end], &mut items[first..end], low, key);
        if in_other {
            items[first..end].copy_from_slice(&other[first..end]);
        }
        first = end;
    }
}

/// Sorts a part by the lower bits of the key. Says whether the result is in `part` or in `spare`.
fn sort_part<T: Copy>(part: &mut [T], spare: &mut [T], bits: u32, key: impl Fn(&T) -> u64 + Copy) -> bool {
    if part.len() < FEW {
        part.sort_by_key(key);
        return true;
    }
    let (mut from, mut to, mut in_part) = (part, spare, true);
    for digit in 0..bits.div_ceil(DIGIT) {
        let shift = digit * DIGIT;
        let digit_mask = mask(DIGIT.min(bits - shift)) as usize;
        scatter(from, to, |item| (key(item) >> shift) as usize & digit_mask);
        std::mem::swap(&mut from, &mut to);
        in_part = !in_part;
    }
    in_part
}

/// Puts items in the order of their digit. Gives where each digit ends.
fn scatter<T: Copy>(from: &[T], to: &mut [T], digit: impl Fn(&T) -> usize) -> [usize; 1 << DIGIT] {
    let mut next = [0usize; 1 << DIGIT];
    from.iter().for_each(|item| next[digit(item)] += 1);
    let mut before = 0;
    for slot in &mut next {
        let count = std::mem::replace(slot, before);
        before += count;
    }
    for item in from {
        let slot = &mut next[digit(item)];
        to[*slot] = *item;
        *slot += 1;
    }
    next
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
