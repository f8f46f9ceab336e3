//! Stays in the order of a segment: venue, minute of entering, person.

use crate::bits::width;
use crate::segment::stay::Stay;

/// Bits that one pass looks at.
const DIGIT: u32 = 11;
/// Below this many stays a comparing sort is faster.
const FEW: usize = 4096;

/// Sorts, then leaves out stays that are there twice, and open ones that another closes.
pub(crate) fn sort(stays: &mut Vec<Stay>) {
    if stays.len() < FEW {
        stays.sort_unstable();
    } else {
        by_venue_and_enter(stays);
        sort_ties(stays);
    }
    stays.dedup();
    leave_out_closed(stays);
}

fn key(stay: &Stay) -> u64 {
    u64::from(stay.venue) << DIGIT | u64::from(stay.enter)
}

/// Sorts by venue and minute, a digit at a time from the lowest; each pass keeps the order of the one before.
fn by_venue_and_enter(stays: &mut Vec<Stay>) {
    let largest = stays.iter().map(key).max().unwrap_or(0);
    let mut other = vec![Stay::default(); stays.len()];
    for digit in 0..width(largest).div_ceil(DIGIT) {
        let of = |stay: &Stay| (key(stay) >> (digit * DIGIT)) as usize & ((1 << DIGIT) - 1);
        let mut next = [0usize; 1 << DIGIT];
        for stay in &*stays {
            next[of(stay)] += 1;
        }
        let mut before = 0;
        for slot in &mut next {
            let count = std::mem::replace(slot, before);
            before += count;
        }
        for stay in &*stays {
            let slot = &mut next[of(stay)];
            other[*slot] = *stay;
            *slot += 1;
        }
        std::mem::swap(stays, &mut other);
    }
}

/// Sorts what has the same venue and minute.
fn sort_ties(stays: &mut [Stay]) {
    for tie in stays.chunk_by_mut(|a, b| key(a) == key(b)) {
        if tie.len() > 1 && !tie.is_sorted() {
            tie.sort_unstable();
        }
    }
}

/// Leaves out open stays for which there is one of the same person, venue and minute that has an end. An open one sorts
/// before those that close it.
fn leave_out_closed(stays: &mut Vec<Stay>) {
    if !stays.iter().any(Stay::is_open) {
        return;
    }
    let mut closed_by: Vec<Stay> = stays.iter().filter(|stay| !stay.is_open()).copied().collect();
    closed_by.dedup_by_key(|stay| stay.key());
    stays.retain(|stay| !stay.is_open() || closed_by.binary_search_by_key(&stay.key(), Stay::key).is_err());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;

    #[test]
    fn many_stays_are_sorted_as_few_are() {
        let mut chance = Chance::new(1, 0, 0);
        let mut draw = |n| chance.below(n);
        let mut stays: Vec<Stay> = (0..20_000)
            .map(|_| Stay {
                venue: draw(3000),
                enter: draw(30) as u16,
                person: draw(20),
                dwell: draw(3) as u16,
                spot: 0,
                source: draw(2) as u8,
            })
            .collect();
        let mut plain = stays.clone();
        plain.sort();
        plain.dedup();
        let closed: Vec<_> = plain.iter().filter(|stay| !stay.is_open()).map(Stay::key).collect();
        plain.retain(|stay| !stay.is_open() || !closed.contains(&stay.key()));
        sort(&mut stays);
        assert_eq!(stays, plain);
    }
}
