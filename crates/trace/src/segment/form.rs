//! How stays stand in memory while they are sorted: packed into one word each where they fit, else as they are.

use crate::bits::{mask, width};
use crate::segment::stay::Stay;

/// Bits of a minute of the day, and of a dwell.
pub(crate) const MINUTE: u32 = 11;

/// A form in which the stays of a part are sorted. A part holds the stays whose venues have the same upper bits, so that an
/// item need not hold these.
pub(crate) trait Form: Copy {
    /// A stay. Items of a part are ordered as their stays are.
    type Item: Copy + Ord + Default;

    /// The item of a stay.
    fn pack(self, stay: &Stay) -> Self::Item;
    /// The stay of an item of a part.
    fn stay(self, part: u32, item: Self::Item) -> Stay;
    /// The lower bits of the venue, then the minute of entering.
    fn key(self, item: &Self::Item) -> u64;
    fn person(self, item: &Self::Item) -> u32;
    fn is_open(self, item: &Self::Item) -> bool;
    /// Whether the one can close the other: same person, venue and minute of entering.
    fn is_same_visit(self, a: &Self::Item, b: &Self::Item) -> bool;
}

/// The largest numbers among stays.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Largest {
    pub(crate) venue: u32,
    pub(crate) person: u32,
    spot: u16,
    source: u8,
}

impl Largest {
    pub(crate) fn of(stays: &[Stay]) -> Largest {
        stays.iter().fold(Largest::default(), |largest, stay| Largest {
            venue: largest.venue.max(stay.venue),
            person: largest.person.max(stay.person),
            spot: largest.spot.max(stay.spot),
            source: largest.source.max(stay.source),
        })
    }
}

/// Stays as they are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain {
    /// Bits of a venue that are not its part's.
    pub(crate) low: u32,
}

impl Form for Plain {
    type Item = Stay;

    fn pack(self, stay: &Stay) -> Stay {
        *stay
    }

    fn stay(self, _part: u32, item: Stay) -> Stay {
        item
    }

    fn key(self, item: &Stay) -> u64 {
        (u64::from(item.venue) & mask(self.low)) << MINUTE | u64::from(item.enter)
    }

    fn person(self, item: &Stay) -> u32 {
        item.person
    }

    fn is_open(self, item: &Stay) -> bool {
        item.is_open()
    }

    fn is_same_visit(self, a: &Stay, b: &Stay) -> bool {
        a.key() == b.key()
    }
}

/// Stays in words: lower bits of the venue, minute, person, dwell, spot, source, from the top.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    low: u32,
    person_at: u32,
    person_bits: u32,
    spot_at: u32,
    source_bits: u32,
}

impl Words {
    /// Words for stays up to these numbers, if they fit.
    pub(crate) fn for_stays(largest: &Largest, low: u32) -> Option<Words> {
        let (spot_bits, source_bits) = (width(largest.spot.into()), width(largest.source.into()));
        let person_bits = width(largest.person.into());
        let person_at = MINUTE + spot_bits + source_bits;
        let fits = low + MINUTE + person_bits + person_at <= u64::BITS;
        fits.then_some(Words { low, person_at, person_bits, spot_at: source_bits, source_bits })
    }

    fn dwell_at(self) -> u32 {
        self.person_at - MINUTE
    }

    fn enter_at(self) -> u32 {
        self.person_at + self.person_bits
    }
}

impl Form for Words {
    type Item = u64;

    #[inline(always)]
    fn pack(self, stay: &Stay) -> u64 {
        let key = (u64::from(stay.venue) & mask(self.low)) << MINUTE | u64::from(stay.enter);
        key << self.enter_at()
            | u64::from(stay.person) << self.person_at
            | u64::from(stay.dwell) << self.dwell_at()
            | u64::from(stay.spot) << self.spot_at
            | u64::from(stay.source)
    }

    #[inline(always)]
    fn stay(self, part: u32, item: u64) -> Stay {
        let key = item >> self.enter_at();
        Stay {
            venue: part << self.low | (key >> MINUTE) as u32,
            enter: (key & mask(MINUTE)) as u16,
            person: self.person(&item),
            dwell: (item >> self.dwell_at() & mask(MINUTE)) as u16,
            spot: (item >> self.spot_at & mask(self.dwell_at() - self.spot_at)) as u16,
            source: (item & mask(self.source_bits)) as u8,
        }
    }

    #[inline(always)]
    fn key(self, item: &u64) -> u64 {
        item >> self.enter_at()
    }

    #[inline(always)]
    fn person(self, item: &u64) -> u32 {
        (item >> self.person_at & mask(self.person_bits)) as u32
    }

    #[inline(always)]
    fn is_open(self, item: &u64) -> bool {
        item >> self.dwell_at() & mask(MINUTE) == 0
    }

    #[inline(always)]
    fn is_same_visit(self, a: &u64, b: &u64) -> bool {
        a >> self.person_at == b >> self.person_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stay() -> impl Strategy<Value = Stay> {
        (0u32..1 << 20, 0u16..1440, 0u32..1 << 21, 0u16..=1440, 0u16..60, 0u8..8)
            .prop_map(|(venue, enter, person, dwell, spot, source)| Stay { venue, enter, person, dwell, spot, source })
    }

    proptest! {
        #[test]
        fn a_word_holds_its_stay_and_is_ordered_as_it(a in stay(), b in stay(), low in 8u32..12) {
            let words = Words::for_stays(&Largest::of(&[a, b]), low).unwrap();
            for stay in [a, b] {
                prop_assert_eq!(words.stay(stay.venue >> low, words.pack(&stay)), stay);
                prop_assert_eq!(words.key(&words.pack(&stay)), Plain { low }.key(&stay));
                prop_assert_eq!(words.is_open(&words.pack(&stay)), stay.is_open());
            }
            let b = Stay { venue: a.venue >> low << low | b.venue & ((1 << low) - 1), ..b };
            prop_assert_eq!(words.pack(&a).cmp(&words.pack(&b)), a.cmp(&b));
            let other = Stay { dwell: 1440 - a.dwell, spot: 0, ..a };
            prop_assert!(words.is_same_visit(&words.pack(&a), &words.pack(&other)));
            prop_assert_eq!(words.is_same_visit(&words.pack(&a), &words.pack(&b)), a.key() == b.key());
        }
    }

    #[test]
    fn what_is_too_wide_is_no_word() {
        let largest = Largest { venue: u32::MAX, person: u32::MAX >> 1, spot: 0, source: 0 };
        assert!(Words::for_stays(&largest, 11).is_some());
        assert!(Words::for_stays(&largest, 12).is_none());
    }
}
