//! Who was in a place; where a person was.

use std::io::{self, Write};

use lianfang_domain::Lang;
use lianfang_trace::query;
use lianfang_trace::rules::RuleSet;
use lianfang_trace::{PersonId, Snapshot, Spot, VenueClass, VenueId, Window};

use crate::exit::Exit;
use crate::out::{self, Destination};
use crate::visits::args::{PlaceArgs, RuleArgs, TrackArgs};
use crate::visits::{open, rules};

/// Lists who was in a venue.
pub(super) fn place(args: &PlaceArgs, lang: Lang) -> Exit {
    let asked = open::window(&args.window, lang).and_then(|window| Ok((window, open::snapshot(&args.data, lang)?)));
    let done = asked.and_then(|(window, snapshot)| {
        let rules = supplied(&snapshot, lang)?;
        let found = query::place(&snapshot, VenueId(args.venue), window, &rules);
        Ok(out::write(&Destination::Screen, lang, |out| {
            for one in &found {
                writeln!(out, "{}  {}{}", times(one.window), one.person.0, marks(one.spot, one.assumed, lang))?;
            }
            let persons: std::collections::BTreeSet<_> = found.iter().map(|one| one.person).collect();
            writeln!(out, "{}", lang.pick(format!("共{}人。", persons.len()), format!("{} persons.", persons.len())))
        }))
    });
    done.unwrap_or_else(|exit| exit)
}

/// Lists where a person was.
pub(super) fn track(args: &TrackArgs, lang: Lang) -> Exit {
    let done = open::snapshot(&args.data, lang).and_then(|snapshot| {
        let rules = supplied(&snapshot, lang)?;
        let found = query::track(&snapshot, PersonId(args.person), Window::ALWAYS, &rules);
        Ok(out::write(&Destination::Screen, lang, |out| write_track(out, &found, lang)))
    });
    done.unwrap_or_else(|exit| exit)
}

fn write_track(out: &mut dyn Write, found: &[query::Track], lang: Lang) -> io::Result<()> {
    for one in found {
        let class = class_words(one.class, lang);
        writeln!(out, "{}  {}  {class}{}", times(one.window), one.venue.0, marks(one.spot, one.assumed, lang))?;
    }
    writeln!(out, "{}", lang.pick(format!("共{}条。", found.len()), format!("{} stays.", found.len())))
}

/// The supplied rules on the last day of the visits; only their assumed stays matter here.
fn supplied(snapshot: &Snapshot, lang: Lang) -> Result<RuleSet, Exit> {
    let none = RuleArgs { rules: None, before: None, after: None };
    match snapshot.days().last() {
        Some(day) => rules::choose(&none, day, lang),
        None => Ok(RuleSet::off(0, 0, 30)),
    }
}

pub(super) fn class_words(class: VenueClass, lang: Lang) -> &'static str {
    lang.pick(class.zh(), class.key())
}

pub(super) fn times(window: Window) -> String {
    format!("{} – {}", window.from, window.until)
}

fn marks(spot: Option<Spot>, assumed: bool, lang: Lang) -> String {
    let spot = spot.map(|spot| format!("  {}{}", lang.pick("位置", "spot "), spot.number())).unwrap_or_default();
    let assumed = if assumed { lang.pick("  （离开时间为推定）", "  (end assumed)") } else { "" };
    format!("{spot}{assumed}")
}
