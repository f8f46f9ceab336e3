//! The bytes of one day, looked at on their own.

use crate::fault::Fault;
use crate::memory::Bytes;
use crate::segment::{Segment, Stay, build, salvage};
use crate::time::{DAY_MINUTES, Day};

/// A file of a day, outside of any store: to look into a file that was found, and to test the reader with bytes of any kind.
#[derive(Debug)]
pub struct DayFile(Segment);

/// What was met on the way through a file. In a sound file all three are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// Stays by their numbers.
    pub by_number: u64,
    /// Stays by the lists of persons.
    pub by_person: u64,
    /// Stays that a search of each venue over the whole day finds.
    pub by_venue: u64,
}

impl DayFile {
    /// Opens bytes that may hold anything.
    ///
    /// # Errors
    /// [`Fault::Damaged`] if there is no sound head, [`Fault::Version`] if a later program wrote it.
    pub fn open(bytes: Vec<u8>) -> Result<DayFile, Fault> {
        Segment::open(Bytes::Owned(bytes)).map(DayFile)
    }

    /// A small sound file, made up.
    ///
    /// # Errors
    /// None in practice: it is far below what the format can hold.
    pub fn sample(stays: u32) -> Result<Vec<u8>, Fault> {
        let made: Vec<Stay> = (0..stays)
            .map(|n| {
                let (venue, person, enter) = (n * 7 % 23, n * 11 % 41, (n * 97 % 1400) as u16);
                Stay { venue, enter, person, dwell: (n % 40) as u16, spot: (n % 5) as u16, source: (n % 3) as u8 }
            })
            .collect();
        build(20_000, made)
    }

    /// The day that it says it holds.
    pub fn day(&self) -> Day {
        Day(self.0.header().day)
    }

    /// Checks every byte.
    ///
    /// # Errors
    /// [`Fault::Damaged`] with the first place that is not as it was written.
    pub fn verify(&self) -> Result<(), Fault> {
        self.0.verify()
    }

    /// Goes through all that can be read, also of a damaged file; a file that leads around in circles is left in time.
    pub fn walk(&self) -> Walk {
        let view = self.0.view();
        let enough = u64::from(view.stays) * 4;
        let mut walk = Walk { by_number: view.all().count() as u64, ..Walk::default() };
        for person in 0..view.persons {
            for place in view.of_person(person) {
                let stay = view.stay(view.position(place));
                walk.by_person += u64::from(stay.person == person);
            }
            if walk.by_person > enough {
                break;
            }
        }
        for venue in 0..view.venues {
            view.scan(venue, 0, DAY_MINUTES, 1, |_| walk.by_venue += 1);
            if walk.by_venue > enough {
                break;
            }
        }
        walk
    }

    /// How many stays can be read of bytes that are damaged, and how many cannot.
    ///
    /// # Errors
    /// [`Fault::Damaged`] if nothing can be told: no sound head, or no sound checksums.
    pub fn salvage(bytes: Vec<u8>) -> Result<(usize, u32), Fault> {
        salvage(bytes).map(|saved| (saved.stays.len(), saved.lost))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_ways_through_a_sound_file_meet_the_same_stays() {
        let bytes = DayFile::sample(700).unwrap();
        let file = DayFile::open(bytes.clone()).unwrap();
        file.verify().unwrap();
        let stays = u64::from(file.0.view().stays);
        assert!(stays > 600, "{stays}");
        assert_eq!(file.walk(), Walk { by_number: stays, by_person: stays, by_venue: stays });
        assert_eq!(DayFile::salvage(bytes).unwrap(), (stays as usize, 0));
    }
}
