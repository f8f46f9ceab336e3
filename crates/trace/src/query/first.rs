//! 密接: who shared a venue with a case.

use crate::query::case::{Case, CaseList};
use crate::query::encounter::Finder;
use crate::query::list::ContactList;
use crate::query::spread::spread;
use crate::rules::RuleSet;
use crate::store::Snapshot;

/// Who met the cases while they were infectious, judged by the rules. `threads` share the cases; the answer is the same.
///
/// The shared minutes of a pair in a venue are those in which the person was there while the case was, or until the air was
/// clear: the minutes of `(∪ case's stays, widened by the rule) ∩ (∪ person's stays)`. A case is never its own contact, nor
/// another case's.
pub fn first_order(snapshot: &Snapshot, cases: &[Case], rules: &RuleSet, threads: usize) -> ContactList {
    let list = CaseList::find(snapshot, cases);
    let finders = spread(&list.known, threads, |some| {
        let mut finder = Finder::default();
        some.iter().for_each(|case| finder.case(snapshot, *case, rules, |_| true));
        finder
    });
    let mut persons: Vec<u32> = list.known.iter().map(|(person, _)| *person).collect();
    persons.sort_unstable();
    ContactList::new(snapshot, joined(finders), list.unknown, &persons)
}

/// What several have found, together.
pub(crate) fn joined(finders: Vec<Finder>) -> Finder {
    let mut finders = finders.into_iter();
    let mut all = finders.next().unwrap_or_default();
    for other in finders {
        all.met.extend(other.met);
        all.notices.extend(other.notices);
    }
    all
}
