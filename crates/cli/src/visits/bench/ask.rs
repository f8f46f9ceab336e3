//! Questions: the first and the second circle.

use lianfang_trace::generate::District;
use lianfang_trace::query::{Case, Isolation, expected, first_order, second_order};
use lianfang_trace::rules::{RuleBook, RuleSet};
use lianfang_trace::{Day, Snapshot, Window};
use serde_json::json;

use crate::visits::bench::Figures;
use crate::visits::bench::measure::{Cost, measured, median};

/// How many cases are asked for at once.
const MANY: u32 = 100;

/// Cases spread over the district, infectious on all days.
pub(super) fn cases(snapshot: &Snapshot, district: &District) -> Vec<Case> {
    let days: Vec<Day> = snapshot.days().collect();
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Vec::new();
    };
    let infectious = Window { from: first.start(), until: Day(last.0 + 1).start() };
    let step = (district.persons() / MANY).max(1);
    (0..MANY.min(district.persons()))
        .map(|number| Case { person: district.person_id(number * step + number % step), infectious })
        .collect()
}

/// Without rules, which is the worst that can be asked, and by the rules that are supplied.
pub(super) fn figures(figures: &mut Figures, snapshot: &Snapshot, district: &District, repeat: usize) {
    let cases = cases(snapshot, district);
    circles(figures, snapshot, &cases, &RuleSet::off(0, 0, 30), ("rules_off", repeat));
    if let Some(rules) = RuleBook::supplied().ok().and_then(|book| book.sets().last().cloned()) {
        circles(figures, snapshot, &cases, &rules, ("rules_supplied", repeat));
    }
}

fn circles(figures: &mut Figures, snapshot: &Snapshot, cases: &[Case], rules: &RuleSet, (name, repeat): (&str, usize)) {
    let each = |ask: &dyn Fn(&[Case])| -> Cost {
        let costs = (0..repeat.max(1)).flat_map(|_| cases.chunks(1).map(|case| measured(|| ask(case)).1));
        median(costs.collect())
    };
    let often = |ask: &dyn Fn()| -> Cost { median((0..repeat.max(1)).map(|_| measured(ask).1).collect()) };
    let counted = each(&|case| {
        std::hint::black_box(expected(snapshot, case, rules));
    });
    let listed = each(&|case| drop(first_order(snapshot, case, rules, 1)));
    let many_counted = often(&|| {
        std::hint::black_box(expected(snapshot, cases, rules));
    });
    let many = often(&|| drop(first_order(snapshot, cases, rules, 1)));
    let all = first_order(snapshot, cases, rules, 1);
    let contacts = |case: &&Case| first_order(snapshot, &[**case], rules, 1).totals.contacts;
    let Some(widest) = cases.iter().max_by_key(contacts) else {
        return;
    };
    let first = first_order(snapshot, &[*widest], rules, 1);
    let isolation = Isolation::of_all(widest.infectious.until);
    let second = |threads: usize| second_order(snapshot, &[*widest], &first, rules, &isolation, threads);
    let (one_core, two_cores) = (often(&|| drop(second(1))), often(&|| drop(second(2))));
    figures.insert(
        name.to_owned(),
        json!({
            "first_order_of_1_counted": counted.json(),
            "first_order_of_1_listed": listed.json(),
            "first_order_of_100_counted": many_counted.json(),
            "first_order_of_100_listed": many.json(),
            "first_order_of_100_contacts": all.totals.contacts,
            "first_order_of_100_encounters": all.totals.encounters,
            "second_order_contacts_of_the_widest_case": first.totals.contacts,
            "second_order_persons": second(1).len(),
            "second_order_one_core": one_core.json(),
            "second_order_two_cores": two_cores.json(),
        }),
    );
}
