//! Where a person was.

use crate::rules::RuleSet;
use crate::store::{DayParts, Snapshot};
use crate::time::{DAY_MINUTES, Day, Minute, Window};

/// A stay of a person, its end assumed where nobody has seen it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Presence {
    pub(crate) venue: u32,
    pub(crate) window: Window,
    pub(crate) spot: u16,
    pub(crate) source: u8,
    pub(crate) assumed: bool,
}

impl Snapshot {
    /// Gives what of a person's stays lies in a window, day by day.
    #[inline]
    pub(crate) fn presences(&self, person: u32, window: Window, rules: &RuleSet, mut give: impl FnMut(Presence)) {
        if window.from >= window.until {
            return;
        }
        for (day, parts) in self.days.range(window.days()) {
            self.presences_on(*day, parts, person, rules, |presence| {
                if let Some(window) = presence.window.meet(window) {
                    give(Presence { window, ..presence });
                }
            });
        }
    }

    /// A person's stays on one day.
    #[inline]
    pub(crate) fn presences_on(
        &self,
        day: u32,
        parts: &DayParts,
        person: u32,
        rules: &RuleSet,
        mut give: impl FnMut(Presence),
    ) {
        let start = Day(day).start();
        for part in &parts.parts {
            let view = part.view();
            let numbers: Vec<u64> = view.of_person(person).map(|place| u64::from(view.position(place)) << 32).collect();
            view.stays_in_order(&numbers, |_, stay| {
                let assumed = stay.is_open();
                if assumed && parts.is_closed(stay.venue, stay.enter, person) {
                    return;
                }
                let dwell = if assumed { rules.of(self.class(stay.venue)).assumed_stay.max(1) } else { stay.dwell };
                let until = stay.enter.saturating_add(dwell).min(DAY_MINUTES);
                let window =
                    Window { from: Minute(start.0 + u32::from(stay.enter)), until: Minute(start.0 + u32::from(until)) };
                give(Presence { venue: stay.venue, window, spot: stay.spot, source: stay.source, assumed });
            });
        }
    }
}
