//! Where and when a case exposed others, and who was there.

use crate::class::VenueClass;
use crate::query::presence::Presence;
use crate::rules::{Rule, RuleSet};
use crate::store::Snapshot;
use crate::time::{Day, Minute, Window};

/// A stretch of time in a venue in which others could be infected: the case's stays there, widened by the rule's minutes, and
/// joined where they touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exposure {
    pub(crate) venue: u32,
    pub(crate) class: VenueClass,
    pub(crate) window: Window,
    /// Where the case was in it, if distance counts there; a 0 says that it is not known for some of the time.
    pub(crate) spots: Vec<u16>,
    /// Some end was assumed.
    pub(crate) assumed: bool,
}

/// Someone who was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) person: u32,
    pub(crate) window: Window,
    pub(crate) near: bool,
    pub(crate) assumed: bool,
}

/// The exposures of a case, by venue and time. `counts` says which classes of venues are asked for.
pub(crate) fn exposures(
    snapshot: &Snapshot,
    (case, infectious): (u32, Window),
    rules: &RuleSet,
    counts: impl Fn(&Rule) -> bool,
) -> Vec<Exposure> {
    let mut presences: Vec<Presence> = Vec::with_capacity(128);
    snapshot.presences(case, infectious, rules, |presence| presences.push(presence));
    presences.sort_unstable();
    let mut exposures: Vec<Exposure> = Vec::with_capacity(presences.len());
    for presence in presences {
        let class = snapshot.class(presence.venue);
        let rule = rules.of(class);
        if !counts(rule) {
            continue;
        }
        let window = presence.window.widened(rule.before, rule.after);
        match exposures.last_mut().filter(|last| last.venue == presence.venue && window.from <= last.window.until) {
            Some(last) => {
                last.window.until = last.window.until.max(window.until);
                if rule.near.is_some() {
                    last.spots.push(presence.spot);
                }
                last.assumed |= presence.assumed;
            }
            None => exposures.push(Exposure {
                venue: presence.venue,
                class,
                window,
                spots: rule.near.map(|_| presence.spot).into_iter().collect(),
                assumed: presence.assumed,
            }),
        }
    }
    exposures
}

/// Everyone who was in a venue during an exposure, but for the case.
pub(crate) fn seen_in(snapshot: &Snapshot, exposure: &Exposure, rule: &Rule, case: u32, seen: &mut Vec<Seen>) {
    let near = rule.near.filter(|_| !exposure.spots.contains(&0));
    for (day, parts) in snapshot.days.range(exposure.window.days()) {
        let Some((from, until)) = exposure.window.in_day(Day(*day)) else {
            continue;
        };
        let start = Day(*day).start().0;
        for part in &parts.parts {
            let view = part.view();
            view.scan(exposure.venue, from, until, rule.assumed_stay, |hit| {
                if hit.person == case || (hit.open && parts.is_closed(exposure.venue, hit.enter, hit.person)) {
                    return;
                }
                let is_near = match near {
                    None => true,
                    Some(near) => is_near(&exposure.spots, view.stay(hit.number).spot, near),
                };
                let window = Window {
                    from: Minute(start + u32::from(hit.enter.max(from))),
                    until: Minute(start + u32::from(hit.leave.min(until))),
                };
                seen.push(Seen { person: hit.person, window, near: is_near, assumed: hit.open });
            });
        }
    }
}

/// Whether a spot is at most `near` away from one of the case's. A spot that is not known cannot be ruled out.
fn is_near(spots: &[u16], spot: u16, near: u16) -> bool {
    spot == 0 || spots.iter().any(|own| own.abs_diff(spot) <= near)
}
