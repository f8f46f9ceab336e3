//! A stay: the part of a visit that lies in one day, with numbers in place of ids.

use crate::time::{DAY_MINUTES, Day};
use crate::visit::Visit;

/// One person's time in one venue on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(align(8))]
pub(crate) struct Stay {
    /// Number of the venue.
    pub(crate) venue: u32,
    /// Minute of the day of entering.
    pub(crate) enter: u16,
    /// Number of the person.
    pub(crate) person: u32,
    /// Minutes, at least 1; 0 while nobody has seen the person leave.
    pub(crate) dwell: u16,
    /// Spot, 0 if not known.
    pub(crate) spot: u16,
    /// Where it was learnt from.
    pub(crate) source: u8,
}

impl Stay {
    /// Whether nobody has seen the person leave.
    pub(crate) fn is_open(&self) -> bool {
        self.dwell == 0
    }

    /// What tells two stays of a day apart when one closes the other.
    pub(crate) fn key(&self) -> (u32, u16, u32) {
        (self.venue, self.enter, self.person)
    }
}

/// The stays of a visit with the days they are on: one for each day that it touches. An open visit is on the day of
/// entering only: nobody saw the person on the next.
pub(crate) fn stays_of(visit: &Visit, person: u32, venue: u32) -> impl Iterator<Item = (Day, Stay)> {
    let (enter, end) = (visit.enter, visit.end());
    let (spot, source) = (visit.spot.map_or(0, |spot| spot.number()), visit.source.0);
    let open = visit.leave.is_none();
    let last = if open { enter.day().0 } else { end.minus(1).day().0 };
    (enter.day().0..=last).map(move |day| {
        let start = Day(day).start().0;
        let from = enter.0.max(start) - start;
        let until = (end.0 - start).min(DAY_MINUTES.into());
        let dwell = if open { 0 } else { (until - from) as u16 };
        (Day(day), Stay { venue, enter: from as u16, person, dwell, spot, source })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Minute;
    use crate::visit::{PersonId, Source, VenueId};

    fn stays(enter: u32, leave: Option<u32>) -> Vec<(u32, u16, u16)> {
        let (person, venue, leave) = (PersonId(1), VenueId(2), leave.map(Minute));
        let visit = Visit { person, venue, enter: Minute(enter), leave, spot: None, source: Source(0) };
        stays_of(&visit, 7, 9).map(|(day, stay)| (day.0, stay.enter, stay.dwell)).collect()
    }

    #[test]
    fn a_visit_over_midnight_is_a_stay_on_each_day() {
        assert_eq!(stays(1439, Some(1440)), [(0, 1439, 1)]);
        assert_eq!(stays(1439, Some(1441)), [(0, 1439, 1), (1, 0, 1)]);
        assert_eq!(stays(1400, Some(1440 * 3)), [(0, 1400, 40), (1, 0, 1440), (2, 0, 1440)]);
    }

    #[test]
    fn an_open_visit_is_on_its_first_day_and_a_moment_is_a_minute() {
        assert_eq!(stays(1439, None), [(0, 1439, 0)]);
        assert_eq!(stays(1439, Some(1439)), [(0, 1439, 1)]);
    }
}
