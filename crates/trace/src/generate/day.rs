//! What everyone does on a day.

use crate::chance::Chance;
use crate::generate::layout::{District, Habit, Where};
use crate::time::{DAY_MINUTES, Day, Minute};
use crate::visit::{Source, Spot, Visit};

/// Where visits were learnt from, in made-up data.
const REGISTER: Source = Source(1);
const PLACE_CODE: Source = Source(2);
const TICKET: Source = Source(3);

/// Minutes between two runs of a line.
const HEADWAY: u32 = 4;
/// Rows of a bus or carriage.
const ROWS: u32 = 14;

impl District {
    /// The visits of some people on a day, person by person; at night everyone is at home.
    pub fn day(&self, day: Day, persons: std::ops::Range<u32>, out: &mut Vec<Visit>) {
        for person in persons.start..persons.end.min(self.persons()) {
            let mut walk =
                Walk { district: self, person, day, chance: self.draw(person, 1000 + u64::from(day.0)), out };
            walk.all_day();
        }
    }
}

/// A person's way through a day.
struct Walk<'a> {
    district: &'a District,
    person: u32,
    day: Day,
    chance: Chance,
    out: &'a mut Vec<Visit>,
}

impl Walk<'_> {
    fn all_day(&mut self) {
        let workday = self.day.0 % 7 < 5;
        let habit = self.district.habit(self.person);
        let (leaves, returns) = match habit {
            Habit::Pupil if workday => self.busy(self.district.class(self.person), 440, 560),
            Habit::Worker if workday || self.chance.per_mille(300) => {
                self.busy(self.district.work_area(self.person), 450, 580)
            }
            _ => self.free(),
        };
        self.at_home(0, leaves);
        self.at_home(returns, DAY_MINUTES.into());
    }

    fn at_home(&mut self, from: u32, until: u32) {
        let home = Where::Household(self.district.household(self.person));
        self.visit(home, from, until, None, REGISTER);
    }

    /// A day with a place to be at, a ride there and back for some, and perhaps a shop on the way home.
    fn busy(&mut self, place: Where, begins: u32, lasts: u32) -> (u32, u32) {
        let begin = begins + self.chance.below(70);
        let end = (begin + lasts - 40 + self.chance.below(80)).min(1300);
        self.visit(place, begin, end, None, REGISTER);
        let mut leaves = begin - 10 - self.chance.below(15);
        let mut free = end + 5 + self.chance.below(20);
        if let Some(line) = self.district.line(self.person) {
            let there = 10 + self.chance.below(30);
            leaves = begin - there - 8;
            self.ride(line, begin - there - 3, there);
            let back = 10 + self.chance.below(30);
            self.ride(line, end + 4, back);
            free = end + back + 10;
            if self.chance.per_mille(120) {
                let hub = self.district.hub(&mut self.chance);
                self.visit(hub, free, free + 12, None, PLACE_CODE);
                free += 20;
            }
        }
        // Many shop on the way home, or eat out.
        for _ in 0..2 {
            if free < 1350 && self.chance.per_mille(640) {
                free = self.shop(free);
            }
        }
        (leaves, free.min(1430))
    }

    /// A day without.
    fn free(&mut self) -> (u32, u32) {
        let leaves = 420 + self.chance.below(240);
        let mut now = leaves + 8;
        for _ in 0..4 {
            if now < 1200 && self.chance.per_mille(850) {
                now = self.shop(now) + self.chance.below(50);
            }
        }
        if now < 1200 && self.chance.per_mille(600) {
            let stays = 20 + self.chance.below(90);
            let park = self.district.park(self.person, &mut self.chance);
            self.visit(park, now, now + stays, None, PLACE_CODE);
            now += stays + 5;
        }
        (leaves, (now + 5).min(1430))
    }

    fn shop(&mut self, at: u32) -> u32 {
        let shop = self.district.shop(self.person, &mut self.chance);
        let stays = match shop {
            Where::Hall(_) => 25 + self.chance.below(90),
            _ => 4 + self.chance.below(22),
        };
        // A few are not seen leaving.
        let leaves = (!self.chance.per_mille(4)).then_some(at + stays);
        self.push(shop, at, leaves, None, PLACE_CODE);
        at + stays + 5
    }

    fn ride(&mut self, line: u32, at: u32, lasts: u32) {
        let run = at / HEADWAY;
        let row = Spot::new(1 + self.chance.below(ROWS) as u16);
        self.visit(Where::Run(line, run), at, at + lasts, row, TICKET);
    }

    fn visit(&mut self, place: Where, from: u32, until: u32, spot: Option<Spot>, source: Source) {
        self.push(place, from, Some(until), spot, source);
    }

    fn push(&mut self, place: Where, from: u32, until: Option<u32>, spot: Option<Spot>, source: Source) {
        let start = self.day.start().0;
        let end = u32::from(DAY_MINUTES);
        let enter = Minute(start + from.min(end - 1));
        self.out.push(Visit {
            person: self.district.person_id(self.person),
            venue: self.district.venue_id(place, self.day.0),
            enter,
            leave: until.map(|until| Minute(start + until.min(end)).max(Minute(enter.0 + 1))),
            spot,
            source,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_day_whole_or_in_parts() {
        let district = District::new(5000, 7);
        let (mut whole, mut parts) = (Vec::new(), Vec::new());
        district.day(Day(20_000), 0..5000, &mut whole);
        district.day(Day(20_000), 0..1234, &mut parts);
        district.day(Day(20_000), 1234..9999, &mut parts);
        assert_eq!(whole, parts);
        let mut other = Vec::new();
        District::new(5000, 8).day(Day(20_000), 0..5000, &mut other);
        assert_ne!(whole, other);
    }

    #[test]
    fn everyone_is_at_home_at_night_and_every_visit_can_be_kept() {
        let district = District::new(3000, 1);
        let mut visits = Vec::new();
        district.day(Day(20_001), 0..3000, &mut visits);
        assert!(visits.iter().all(|visit| visit.check(Day(0)).is_ok() && visit.enter.day() == Day(20_001)));
        let night = Day(20_001).start();
        let sleepers = visits.iter().filter(|visit| visit.enter == night).count();
        assert_eq!(sleepers, 3000);
        let each = visits.len() as f64 / 3000.0;
        assert!((4.5..6.5).contains(&each), "{each} visits a person");
    }
}
