//! Stays in the order of a segment: venue, minute of entering, person.

use crate::radix::sort_by_number;
use crate::segment::stay::Stay;

/// Bits of a minute of the day.
const MINUTE: u32 = 11;
/// Below this many stays a comparing sort is faster.
const FEW: usize = 4096;

/// Sorts, then leaves out stays that are there twice, and open ones that another closes.
pub(crate) fn sort(stays: &mut Vec<Stay>) {
    if stays.len() < FEW {
        stays.sort_unstable();
    } else {
        sort_by_number(stays, key);
    }
    // Where every stay comes after the one before by venue, minute and person, none is there twice and none closes another.
    if !stays.is_sorted_by(|a, b| (key(a), a.person) < (key(b), b.person)) {
        sort_ties(stays);
        leave_out_repeated_and_closed(stays);
    }
}

fn key(stay: &Stay) -> u64 {
    u64::from(stay.venue) << MINUTE | u64::from(stay.enter)
}

/// Sorts what has the same venue and minute.
fn sort_ties(stays: &mut [Stay]) {
    for tie in stays.chunk_by_mut(|a, b| key(a) == key(b)) {
        if tie.len() > 1 && !tie.is_sorted() {
            tie.sort_unstable();
        }
    }
}

/// Leaves out stays that are there twice, and open ones for which there is one of the same person, venue and minute that has
/// an end. An open one sorts before those that close it.
fn leave_out_repeated_and_closed(stays: &mut Vec<Stay>) {
    let mut kept = 0;
    for index in 0..stays.len() {
        let stay = stays[index];
        let is_closed = stay.is_open() && {
            let same = stays[index + 1..].iter().take_while(|other| other.key() == stay.key());
            same.into_iter().any(|other| !other.is_open())
        };
        if is_closed || (kept > 0 && stays[kept - 1] == stay) {
            continue;
        }
        stays[kept] = stay;
        kept += 1;
    }
    stays.truncate(kept);
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
