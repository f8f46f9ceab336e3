//! Where a person was, and who was in a place.

use crate::class::VenueClass;
use crate::query::presence::Presence;
use crate::rules::RuleSet;
use crate::store::Snapshot;
use crate::time::{DAY_MINUTES, Day, Minute, Window};
use crate::visit::{PersonId, Source, Spot, VenueId};

/// A person's time in a venue, joined over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Track {
    /// When.
    pub window: Window,
    /// Where.
    pub venue: VenueId,
    /// What kind of venue.
    pub class: VenueClass,
    /// Where inside.
    pub spot: Option<Spot>,
    /// Where it was learnt from.
    pub source: Source,
    /// Whether the end was assumed.
    pub assumed: bool,
}

/// A person's stays in a window, by time. Empty for a person of whom nothing is known.
pub fn track(snapshot: &Snapshot, person: PersonId, window: Window, rules: &RuleSet) -> Vec<Track> {
    let mut presences: Vec<Presence> = Vec::new();
    if let Some(person) = snapshot.persons.find(person.0) {
        snapshot.presences(person, window, rules, |presence| presences.push(presence));
    }
    presences.sort_unstable_by_key(|presence| {
        (presence.venue, presence.spot, presence.source, presence.assumed, presence.window)
    });
    presences.dedup();
    let mut track: Vec<Track> = Vec::with_capacity(presences.len());
    for presence in presences {
        let next = Track {
            window: presence.window,
            venue: snapshot.venue_id(presence.venue),
            class: snapshot.class(presence.venue),
            spot: Spot::new(presence.spot),
            source: Source(presence.source),
            assumed: presence.assumed,
        };
        let same = |last: &Track| (last.venue, last.spot, last.source, last.assumed);
        match track.last_mut().filter(|last| goes_on(last.window, next.window) && same(last) == same(&next)) {
            Some(last) => last.window.until = next.window.until,
            None => track.push(next),
        }
    }
    track.sort_unstable();
    track
}

/// Whether one window ends at the midnight at which the other begins.
fn goes_on(one: Window, other: Window) -> bool {
    one.until == other.from && other.from.of_day() == 0
}

/// Someone who was in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// When, within what was asked.
    pub window: Window,
    /// Who.
    pub person: PersonId,
    /// Where inside.
    pub spot: Option<Spot>,
    /// Whether the end was assumed.
    pub assumed: bool,
}

/// Who was in a venue in a window, by time.
pub fn place(snapshot: &Snapshot, venue: VenueId, window: Window, rules: &RuleSet) -> Vec<Place> {
    let Some(number) = snapshot.venues.find(venue.0).filter(|_| window.from < window.until) else {
        return Vec::new();
    };
    let assumed_stay = rules.of(snapshot.class(number)).assumed_stay;
    let mut found = Vec::new();
    for (day, parts) in snapshot.days.range(window.days()) {
        let Some((from, until)) = window.in_day(Day(*day)) else {
            continue;
        };
        let start = Day(*day).start().0;
        for part in &parts.parts {
            let view = part.view();
            view.scan(number, from, until.min(DAY_MINUTES), assumed_stay, |hit| {
                if hit.open && parts.is_closed(number, hit.enter, hit.person) {
                    return;
                }
                let window = Window {
                    from: Minute(start + u32::from(hit.enter.max(from))),
                    until: Minute(start + u32::from(hit.leave.min(until))),
                };
                let spot = Spot::new(view.stay(hit.number).spot);
                found.push(Place { window, person: snapshot.person_id(hit.person), spot, assumed: hit.open });
            });
        }
    }
    found.sort_unstable_by_key(|place| (place.person, place.spot, place.assumed, place.window));
    found.dedup();
    let mut joined: Vec<Place> = Vec::with_capacity(found.len());
    for next in found {
        let same = |last: &Place| (last.person, last.spot, last.assumed) == (next.person, next.spot, next.assumed);
        match joined.last_mut().filter(|last| goes_on(last.window, next.window) && same(last)) {
            Some(last) => last.window.until = next.window.until,
            None => joined.push(next),
        }
    }
    joined.sort_unstable();
    joined
}
