//! 次密接: who met a contact between that contact's first exposure and its isolation.

use crate::class::VenueClass;
use crate::query::bitset::Bitset;
use crate::query::case::{Case, CaseList, Isolation};
use crate::query::encounter::{Encounter, Finder, Grade};
use crate::query::exposure::exposures;
use crate::query::first::joined;
use crate::query::list::{ContactList, NoticeZone};
use crate::query::spread::{each, spread};
use crate::radix::by_high_half;
use crate::rules::{Reach, Rule, RuleSet};
use crate::segment::Stay;
use crate::store::Snapshot;
use crate::time::{DAY_MINUTES, Day, Minute, Window};
use crate::visit::PersonId;

/// Contacts of contacts. Cases and contacts are not among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondOrder {
    found: Bitset,
    /// The contacts through whom they were found, each with the time in which it could pass the disease on.
    through: Vec<(u32, Window)>,
    /// Places of contacts that had too many people to list.
    pub notices: Vec<NoticeZone>,
}

/// Whether everyone who was there at the same time is a contact, so that contacts need not be told apart.
fn is_plain(rule: &Rule) -> bool {
    rule.at_least <= 1 && rule.near.is_none() && rule.list_at_most.is_none()
}

fn conducts(rule: &Rule) -> bool {
    rule.conducts && rule.reach == Reach::Contact
}

/// Who met the contacts of a list, in venues that conduct. `threads` share the days; the answer is the same.
pub fn second_order(
    snapshot: &Snapshot,
    cases: &[Case],
    first: &ContactList,
    rules: &RuleSet,
    isolation: &Isolation,
    threads: usize,
) -> SecondOrder {
    let until = |person: u32| match isolation.of.is_empty() {
        true => isolation.from,
        false => isolation.of_person(snapshot.person_id(person)),
    };
    let through: Vec<(u32, Window)> =
        first.contacts.iter().map(|(person, from)| (*person, Window { from: *from, until: until(*person) })).collect();
    let mut found = plain_venues(snapshot, &through, rules, threads);
    let mut notices = Vec::new();
    if rules.rules().iter().any(|rule| conducts(rule) && !is_plain(rule)) {
        let finders = spread(&through, threads, |some| {
            let mut finder = Finder::default();
            some.iter().for_each(|one| finder.case(snapshot, *one, rules, |rule| conducts(rule) && !is_plain(rule)));
            finder
        });
        let all = joined(finders);
        all.met.iter().filter(|met| met.grade == Grade::Contact).for_each(|met| found.insert(met.person));
        notices = all.notices;
        notices.sort_unstable();
    }
    through.iter().for_each(|(person, _)| found.remove(*person));
    CaseList::find(snapshot, cases).known.iter().for_each(|(person, _)| found.remove(*person));
    SecondOrder { found, through, notices }
}

/// When a venue is asked who was there: `venue << 32 | from << 16 | until`, in minutes of a day.
type Asked = u64;

/// Who was in a plain venue together with any of the contacts. The times of all contacts in a venue are joined, so that each
/// venue is gone through once a day.
fn plain_venues(snapshot: &Snapshot, through: &[(u32, Window)], rules: &RuleSet, threads: usize) -> Bitset {
    let days: Vec<u32> = snapshot.days.keys().copied().collect();
    let (collected, _) = each(&days, threads, || (), |(), _, day| asked_on(snapshot, *day, through, rules));
    let nobody = || Bitset::new(snapshot.persons.len());
    let (_, sets) = each(&days, threads, nobody, |found, index, day| {
        let before = index.checked_sub(1).filter(|&before| days[before] + 1 == *day);
        let after = Some(index + 1).filter(|&after| days.get(after) == Some(&(day + 1)));
        let mut asked = collected[index].own.clone();
        asked.extend(before.into_iter().flat_map(|before| &collected[before].next_day));
        asked.extend(after.into_iter().flat_map(|after| &collected[after].day_before));
        asked.sort_unstable();
        who_was_there(snapshot, *day, &asked, rules, found);
    });
    let mut found = nobody();
    sets.iter().for_each(|set| found.union(set));
    found
}

/// What the stays of one day ask of it and, where the air lingers over midnight, of its neighbours.
#[derive(Debug, Default)]
struct AskedOn {
    own: Vec<Asked>,
    day_before: Vec<Asked>,
    next_day: Vec<Asked>,
}

/// Goes through the contacts' stays of a day in the order of the records, so that memory is read from front to back.
fn asked_on(snapshot: &Snapshot, day: u32, through: &[(u32, Window)], rules: &RuleSet) -> AskedOn {
    let mut asked = AskedOn::default();
    let whole = Window { from: Day(day).start(), until: Day(day + 1).start() };
    let Some(parts) = snapshot.days.get(&day) else {
        return asked;
    };
    let by_class = VenueClass::ALL.map(|class| Some(rules.of(class)).filter(|rule| conducts(rule) && is_plain(rule)));
    for part in &parts.parts {
        let view = part.view();
        let mut numbers = Vec::with_capacity(through.len() * 6);
        for (index, (person, window)) in through.iter().enumerate() {
            if window.meet(whole).is_some() {
                let places = view.of_person(*person);
                numbers.extend(places.map(|place| u64::from(view.position(place)) << 32 | index as u64));
            }
        }
        view.stays_in_order(&by_high_half(numbers), |index, stay| {
            let rule = by_class.get(usize::from(snapshot.class(stay.venue).number()));
            let (Some(Some(rule)), Some((_, window))) = (rule, through.get(index as usize)) else {
                return;
            };
            if stay.is_open() && parts.is_closed(stay.venue, stay.enter, stay.person) {
                return;
            }
            let there = stay_window(whole.from, &stay, rule);
            if let Some(there) = there.meet(*window) {
                asked.add(day, whole, stay.venue, there.widened(rule.before, rule.after));
            }
        });
    }
    asked
}

/// When a stay was, on a day that begins at `start`; its end is assumed where nobody has seen it.
fn stay_window(start: Minute, stay: &Stay, rule: &Rule) -> Window {
    let dwell = if stay.is_open() { rule.assumed_stay.max(1) } else { stay.dwell };
    let until = stay.enter.saturating_add(dwell).min(DAY_MINUTES);
    Window { from: start.plus(stay.enter.into()), until: start.plus(until.into()) }
}

impl AskedOn {
    #[inline]
    fn add(&mut self, day: u32, whole: Window, venue: u32, wide: Window) {
        let asked = |day: u32| {
            let minutes = wide.in_day(Day(day));
            minutes.map(|(from, until)| u64::from(venue) << 32 | u64::from(from) << 16 | u64::from(until))
        };
        self.own.extend(asked(day));
        if wide.from < whole.from {
            self.day_before.extend(asked(day - 1));
        }
        if wide.until > whole.until {
            self.next_day.extend(asked(day + 1));
        }
    }
}

/// Adds everyone who was there; `asked` is sorted.
fn who_was_there(snapshot: &Snapshot, day: u32, asked: &[Asked], rules: &RuleSet, found: &mut Bitset) {
    let Some(parts) = snapshot.days.get(&day) else {
        return;
    };
    let mut asked = asked.iter().copied().peekable();
    while let Some(one) = asked.next() {
        let (venue, from) = ((one >> 32) as u32, (one >> 16) as u16);
        let mut until = one as u16;
        while let Some(next) = asked.next_if(|next| (next >> 32) as u32 == venue && (next >> 16) as u16 <= until) {
            until = until.max(next as u16);
        }
        debug_assert!(until <= DAY_MINUTES);
        let assumed = rules.of(snapshot.class(venue)).assumed_stay;
        for part in &parts.parts {
            part.view().scan(venue, from, until, assumed, |hit| {
                if !hit.open || !parts.is_closed(venue, hit.enter, hit.person) {
                    found.insert(hit.person);
                }
            });
        }
    }
}

impl SecondOrder {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Everyone, by number of the person.
    pub fn persons<'a>(&'a self, snapshot: &'a Snapshot) -> impl Iterator<Item = PersonId> + 'a {
        self.found.iter().map(|person| snapshot.person_id(person))
    }

    /// Why a person is among them: its encounters with contacts, sorted. Give the snapshot and rules that were asked.
    pub fn why(&self, snapshot: &Snapshot, rules: &RuleSet, person: PersonId) -> Vec<Encounter> {
        let Some(person) = snapshot.persons.find(person.0).filter(|person| self.found.contains(*person)) else {
            return Vec::new();
        };
        let mut venues: Vec<u32> = Vec::new();
        snapshot.presences(person, Window::ALWAYS, rules, |presence| venues.push(presence.venue));
        venues.sort_unstable();
        let mut finder = Finder::default();
        for contact in &self.through {
            let all = exposures(snapshot, *contact, rules, conducts);
            let shared = all.chunk_by(|a, b| a.venue == b.venue).filter(|of_venue| {
                of_venue.first().is_some_and(|exposure| venues.binary_search(&exposure.venue).is_ok())
            });
            shared.for_each(|of_venue| finder.venue(snapshot, contact.0, of_venue, rules));
        }
        let met = finder.met.iter().filter(|met| met.person == person && met.grade == Grade::Contact);
        let mut encounters: Vec<Encounter> = met.map(|met| met.named(snapshot)).collect();
        encounters.sort_unstable();
        encounters
    }
}
