use proptest::prelude::*;

use super::*;
use crate::segment::header::Section;
use crate::segment::sort::sort;

fn stay() -> impl Strategy<Value = Stay> {
    (0u32..40, 0u16..1440, 0u32..50, 0u16..1440, 0u16..3, 0u8..3).prop_map(
        |(venue, enter, person, dwell, spot, source)| Stay {
            venue,
            enter,
            person,
            dwell: dwell.min(1440 - enter),
            spot: spot * 300,
            source: source * 100,
        },
    )
}

fn segment_of(stays: &[Stay]) -> Segment {
    Segment::of_stays(7, stays.to_vec()).unwrap()
}

proptest! {
    #[test]
    fn a_segment_gives_back_its_stays(stays in proptest::collection::vec(stay(), 0..400)) {
        let mut sorted = stays.clone();
        sort(&mut sorted);
        let segment = segment_of(&stays);
        segment.verify().unwrap();
        let view = segment.view();
        prop_assert_eq!(view.all().collect::<Vec<_>>(), sorted.clone());
        for (number, stay) in sorted.iter().enumerate() {
            prop_assert_eq!(view.stay(number as u32), *stay);
        }
        let open: Vec<Stay> = sorted.iter().filter(|stay| stay.is_open()).copied().collect();
        prop_assert_eq!(view.open_stays().collect::<Vec<_>>(), open);
    }

    #[test]
    fn a_person_has_its_stays_and_a_venue_its_own(stays in proptest::collection::vec(stay(), 0..400)) {
        let segment = segment_of(&stays);
        let view = segment.view();
        let sorted: Vec<Stay> = view.all().collect();
        for person in 0..60 {
            let found: Vec<Stay> = view.of_person(person).map(|place| view.stay(view.position(place))).collect();
            let expected: Vec<Stay> = sorted.iter().filter(|stay| stay.person == person).copied().collect();
            prop_assert_eq!(found, expected);
        }
        for venue in 0..50 {
            let found: Vec<Stay> = view.of_venue(venue).map(|number| view.stay(number)).collect();
            let expected: Vec<Stay> = sorted.iter().filter(|stay| stay.venue == venue).copied().collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_scan_finds_who_was_there(
        stays in proptest::collection::vec(stay(), 0..400), venue in 0u32..45, from in 0u16..1440, length in 1u16..200,
        assumed in 1u16..300,
    ) {
        let until = (from + length).min(1440);
        let segment = segment_of(&stays);
        let view = segment.view();
        let mut found = Vec::new();
        view.scan(venue, from, until, assumed, |hit| found.push(hit.number));
        let leave = |stay: &Stay| (stay.enter + if stay.is_open() { assumed } else { stay.dwell }).min(1440);
        let expected: Vec<u32> = (0u32..)
            .zip(view.all())
            .filter(|(_, stay)| stay.venue == venue && stay.enter < until && leave(stay) > from)
            .map(|(number, _)| number)
            .collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn the_order_of_arrival_does_not_change_the_bytes(stays in proptest::collection::vec(stay(), 0..200)) {
        let reversed: Vec<Stay> = stays.iter().rev().copied().collect();
        let (one, other) = (segment_of(&stays), segment_of(&reversed));
        prop_assert_eq!(one.bytes(), other.bytes());
    }

    #[test]
    fn a_flipped_bit_is_seen_and_nothing_panics(stays in proptest::collection::vec(stay(), 1..200), at in any::<u32>()) {
        let mut bytes = segment_of(&stays).bytes().to_vec();
        let bit = at as usize % (bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        let Ok(segment) = Segment::open(Bytes::Owned(bytes.clone())) else {
            return Ok(());
        };
        prop_assert!(segment.verify().is_err(), "bit {} of {}", bit, bytes.len() * 8);
        let view = segment.view();
        let _ = view.all().count();
        for person in 0..60 {
            let _ = view.of_person(person).map(|place| u64::from(view.stay(view.position(place)).venue)).sum::<u64>();
        }
        for venue in 0..50 {
            view.scan(venue, 0, 1440, 60, |_| ());
        }
    }
}

/// A segment of many pages.
fn large() -> Vec<Stay> {
    let mut chance = crate::chance::Chance::new(5, 0, 0);
    let mut draw = |n: u32| chance.below(n);
    (0..60_000)
        .map(|_| {
            let enter = draw(1400) as u16;
            Stay { venue: draw(9000), enter, person: draw(20_000), dwell: draw(40) as u16 + 1, spot: 0, source: 0 }
        })
        .collect()
}

#[test]
fn damage_on_the_side_of_the_persons_costs_nothing() {
    let segment = segment_of(&large());
    let mut bytes = segment.bytes().to_vec();
    let positions = segment.header().range(Section::Positions);
    bytes[positions.end - 5000] ^= 4;
    let saved = salvage(bytes).unwrap();
    let view = segment.view();
    // The page may reach into what stands before it; here it does not.
    assert_eq!((saved.lost, saved.stays.len()), (0, view.stays as usize));
    assert_eq!(saved.stays, view.all().collect::<Vec<_>>());
}

#[test]
fn damage_on_the_side_of_the_venues_loses_what_stands_there_and_no_more() {
    let segment = segment_of(&large());
    let mut bytes = segment.bytes().to_vec();
    let records = segment.header().range(Section::Records);
    bytes[(records.start + records.end) / 2] ^= 1;
    let saved = salvage(bytes).unwrap();
    let all: Vec<Stay> = segment.view().all().collect();
    assert!(saved.lost > 1000 && saved.lost < 40_000, "{}", saved.lost);
    assert_eq!(saved.stays.len() + saved.lost as usize, all.len());
    assert!(saved.stays.iter().all(|stay| all.binary_search(stay).is_ok()));
}

#[test]
fn a_damaged_head_is_read_from_its_copy() {
    let segment = segment_of(&large());
    let mut bytes = segment.bytes().to_vec();
    bytes[9] ^= 1;
    bytes[0] = 0;
    let saved = salvage(bytes).unwrap();
    assert_eq!((saved.day, saved.lost, saved.stays.len()), (7, 0, segment.view().stays as usize));
}
