//! Who lives where, and which venues there are.

use crate::chance::{Chance, mix};
use crate::class::VenueClass;
use crate::visit::{PersonId, VenueId};

/// People of a household, on average; between 1 and 6.
const HOUSEHOLD_SIZES: [u32; 6] = [1, 2, 3, 3, 4, 5];
/// People of a neighbourhood, who share its shops.
const NEIGHBOURHOOD: u32 = 3000;
/// Pupils of a class, people of a work area, on average.
const CLASS: u32 = 40;
const WORK_AREA: u32 = 18;
/// Shops and park corners of a neighbourhood, halls of ten of them.
const SHOPS: u32 = 30;
const PARKS: u32 = 6;
const HALLS: u32 = 6;
/// Riders of a bus or metro line on a day, by inhabitants.
const LINE_PEOPLE: u32 = 2000;
const HUB_PEOPLE: u32 = 20_000;

/// A made-up district.
#[derive(Clone, Debug)]
pub struct District {
    pub(super) persons: u32,
    pub(super) seed: u64,
    /// The first person of each household, and the number of persons at the end.
    households: Vec<u32>,
}

/// What a person does on working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    Pupil,
    Worker,
    AtHome,
}

/// A kind of venue with its number among its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    Household(u32),
    Class(u32),
    WorkArea(u32),
    Shop(u32),
    Hall(u32),
    Park(u32),
    Hub(u32),
    /// One run of a vehicle: line, run of the day.
    Run(u32, u32),
}

impl District {
    /// A district of so many people.
    pub fn new(persons: u32, seed: u64) -> District {
        let mut chance = Chance::new(seed, 1, 0);
        let mut households = Vec::with_capacity(persons as usize / 3 + 1);
        let mut first = 0u32;
        while first < persons {
            households.push(first);
            first = first.saturating_add(HOUSEHOLD_SIZES[chance.below(6) as usize]).min(persons);
        }
        households.push(persons);
        District { persons, seed, households }
    }

    /// How many people live in it.
    pub fn persons(&self) -> u32 {
        self.persons
    }

    /// The id of a person, from 0: opaque, as those of a register are.
    pub fn person_id(&self, person: u32) -> PersonId {
        PersonId(mix(self.seed ^ u64::from(person)) >> 1)
    }

    pub(super) fn household(&self, person: u32) -> u32 {
        self.households.partition_point(|first| *first <= person).saturating_sub(1) as u32
    }

    pub(super) fn habit(&self, person: u32) -> Habit {
        match self.draw(person, 2).below(100) {
            0..18 => Habit::Pupil,
            18..72 => Habit::Worker,
            _ => Habit::AtHome,
        }
    }

    /// What is drawn once for a person and a purpose.
    pub(super) fn draw(&self, person: u32, purpose: u64) -> Chance {
        Chance::new(self.seed, purpose, person.into())
    }

    /// The class of a pupil: one of the neighbourhood's.
    pub(super) fn class(&self, person: u32) -> Where {
        let classes = (NEIGHBOURHOOD * 18 / 100 / CLASS).max(1);
        Where::Class(person / NEIGHBOURHOOD * classes + self.draw(person, 3).below(classes))
    }

    /// The work area of a worker: most near home, some anywhere.
    pub(super) fn work_area(&self, person: u32) -> Where {
        let mut chance = self.draw(person, 4);
        let areas = (NEIGHBOURHOOD * 54 / 100 / WORK_AREA).max(1);
        let places = self.neighbourhoods();
        let place = if chance.per_mille(500) { person / NEIGHBOURHOOD } else { chance.below(places) };
        Where::WorkArea(place * areas + chance.below(areas))
    }

    /// Whether a person rides, and on which line.
    pub(super) fn line(&self, person: u32) -> Option<u32> {
        let mut chance = self.draw(person, 5);
        let lines = self.persons.div_ceil(LINE_PEOPLE);
        chance.per_mille(420).then(|| match chance.per_mille(700) {
            true => person / LINE_PEOPLE,
            false => chance.below(lines),
        })
    }

    /// A shop by chance: the neighbourhood's mostly, and few shops draw most of the people (Zipf, cut off).
    pub(super) fn shop(&self, person: u32, chance: &mut Chance) -> Where {
        let near = chance.per_mille(850);
        let place = if near { person / NEIGHBOURHOOD } else { chance.below(self.neighbourhoods()) };
        if chance.per_mille(60) {
            return Where::Hall(place / 10 * HALLS + chance.below(HALLS));
        }
        Where::Shop(place * SHOPS + zipf(SHOPS, chance))
    }

    pub(super) fn park(&self, person: u32, chance: &mut Chance) -> Where {
        Where::Park(person / NEIGHBOURHOOD * PARKS + chance.below(PARKS))
    }

    pub(super) fn hub(&self, chance: &mut Chance) -> Where {
        Where::Hub(chance.below(self.persons.div_ceil(HUB_PEOPLE)))
    }

    fn neighbourhoods(&self) -> u32 {
        self.persons.div_ceil(NEIGHBOURHOOD)
    }

    /// The id of a venue. A vehicle's runs are venues of each day anew.
    pub(super) fn venue_id(&self, place: Where, day: u32) -> VenueId {
        let (kind, number) = match place {
            Where::Household(number) => (1, u64::from(number)),
            Where::Class(number) => (2, u64::from(number)),
            Where::WorkArea(number) => (3, u64::from(number)),
            Where::Shop(number) => (4, u64::from(number)),
            Where::Hall(number) => (5, u64::from(number)),
            Where::Park(number) => (6, u64::from(number)),
            Where::Hub(number) => (7, u64::from(number)),
            Where::Run(line, run) => (8, u64::from(day % 7) << 40 | u64::from(line) << 12 | u64::from(run)),
        };
        VenueId(kind << 56 | number)
    }

    /// The class of a venue of this district, by its id.
    pub fn class_of(venue: VenueId) -> VenueClass {
        match venue.0 >> 56 {
            1 => VenueClass::Household,
            2 => VenueClass::Room,
            3 => VenueClass::Workplace,
            4 => VenueClass::Shop,
            5 => VenueClass::MarketHall,
            6 => VenueClass::Outdoor,
            7 => VenueClass::TransportHub,
            8 => VenueClass::Vehicle,
            _ => VenueClass::Unclassified,
        }
    }
}

/// A rank below `n`, where rank r comes up in proportion to 1 / (r + 1).
fn zipf(n: u32, chance: &mut Chance) -> u32 {
    let rank = (f64::from(n + 1).powf(chance.share()) - 1.0) as u32;
    rank.min(n - 1)
}
