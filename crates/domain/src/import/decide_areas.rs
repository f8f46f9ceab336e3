use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use super::{Decided, Fault, GoodRow, Refused};
use crate::access::Scope;
use crate::area::{Area, AreaCode, NameFrom, PopulationFrom};

/// A name that is entered for the first time counts from the beginning of what can be recorded.
pub const FIRST_NAME: Date = date(1949, 10, 1);

/// What is done for a row of the table of areas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AreaStep {
    /// The area is new.
    Add {
        /// The row.
        row: usize,
        /// The area.
        area: Area,
    },
    /// The area is there and the row says something else of it.
    Change {
        /// The row.
        row: usize,
        /// The area.
        code: AreaCode,
        /// Its name from the day of the import on.
        name: Option<NameFrom>,
        /// Its population.
        population: Option<PopulationFrom>,
    },
    /// Everything in the row is known.
    Same {
        /// The row.
        row: usize,
        /// The area.
        code: AreaCode,
    },
}

impl AreaStep {
    /// The row it is for.
    pub fn row(&self) -> usize {
        match self {
            AreaStep::Add { row, .. } | AreaStep::Change { row, .. } | AreaStep::Same { row, .. } => *row,
        }
    }
}

/// Decides what an import of areas does beside the areas that are there. The area above must be there or in the table,
/// unless it lies outside the scope; steps come from the highest level down.
///
/// * `known`: every area within the scope.
/// * `today`: from which day a changed name counts.
pub fn decide_areas(rows: &[GoodRow], known: &[Area], scope: &Scope, today: Date) -> Decided<AreaStep> {
    let known: BTreeMap<&AreaCode, &Area> = known.iter().map(|area| (&area.code, area)).collect();
    let mut given: Vec<(&AreaCode, &GoodRow)> =
        rows.iter().filter_map(|row| row.area("code").map(|code| (code, row))).collect();
    // Codes in order: an area stands before everything in it.
    given.sort_by_key(|(code, row)| (*code, row.row));
    let mut decided = Decided { steps: Vec::new(), refused: Vec::new() };
    let mut there: BTreeSet<&AreaCode> = known.keys().copied().collect();
    for (code, row) in given {
        let mut refuse = |fault| decided.refused.push(Refused { row: row.row, field: "code", fault });
        let missing = code.parent().filter(|above| !there.contains(above) && scope.holds_area(above));
        if !scope.holds_area(code) {
            refuse(Fault::OutsideScope);
        } else if let Some(above) = missing.filter(|_| hangs_below(code, &there, rows)) {
            refuse(Fault::AboveMissing { code: above });
        } else {
            decided.steps.push(step(code, row, known.get(code).copied(), today));
            there.insert(code);
        }
    }
    decided
}

/// Whether any area further up is there or in the table. The highest one of all needs none above it.
fn hangs_below(code: &AreaCode, there: &BTreeSet<&AreaCode>, rows: &[GoodRow]) -> bool {
    let given = rows.iter().filter_map(|row| row.area("code"));
    there.iter().copied().chain(given).any(|other| other != code && other.contains(code))
}

fn step(code: &AreaCode, row: &GoodRow, known: Option<&Area>, today: Date) -> AreaStep {
    let name = row.text("name").unwrap_or_default().to_owned();
    let short = row.text("short").map(str::to_owned);
    let population = row.number("population").zip(row.date("population_on")).map(|(n, on)| PopulationFrom {
        on,
        n: u64::try_from(n).ok(),
        source: row.text("population_source").unwrap_or_default().to_owned(),
    });
    let Some(known) = known else {
        let names = vec![NameFrom { from_on: FIRST_NAME, name, short }];
        let area = Area { code: code.clone(), names, populations: population.into_iter().collect() };
        return AreaStep::Add { row: row.row, area };
    };
    let now = known.name_on(today);
    // An empty cell says nothing: a short name that is known stays.
    let short = short.or_else(|| now.filter(|now| now.name == name).and_then(|now| now.short.clone()));
    let is_new = now.is_none_or(|now| now.name != name || now.short != short);
    let name = is_new.then_some(NameFrom { from_on: today, name, short });
    let population = population.filter(|new| !known.populations.contains(new));
    if name.is_none() && population.is_none() {
        return AreaStep::Same { row: row.row, code: code.clone() };
    }
    AreaStep::Change { row: row.row, code: code.clone(), name, population }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;
    use crate::import::{Table, area_template, check, suggest_mapping};

    const TODAY: Date = date(2026, 11, 22);

    fn rows(lines: &[[&str; 4]]) -> Vec<GoodRow> {
        let mut cells = vec![["代码", "名称", "人口", "统计日期"].map(str::to_owned).to_vec()];
        cells.extend(lines.iter().map(|line| line.map(str::to_owned).to_vec()));
        let (template, table) = (area_template(TODAY), Table::new(cells, 1).unwrap());
        check(&template, &suggest_mapping(&template, table.header()).mapping(), &table).unwrap().rows
    }

    fn area(code: &str, name: &str) -> Area {
        let names = vec![NameFrom { from_on: FIRST_NAME, name: name.to_owned(), short: None }];
        Area { code: code.parse().unwrap(), names, populations: Vec::new() }
    }

    fn in_district() -> Scope {
        Scope { areas: vec!["990101".parse().unwrap()], ..Scope::default() }
    }

    #[test]
    fn a_whole_district_is_added_from_the_top_whatever_the_order_of_rows() {
        let rows = rows(&[
            ["990101101201", "杏花村", "", ""],
            ["990101101", "白鹭镇", "31200", "2025-12-31"],
            ["990101", "清河区", "", ""],
        ]);
        let decided = decide_areas(&rows, &[], &Scope::everywhere(), TODAY);
        assert_eq!(decided.refused, []);
        let order: Vec<usize> = decided.steps.iter().map(AreaStep::row).collect();
        assert_eq!(order, [4, 3, 2]);
    }

    #[test]
    fn what_lies_outside_or_hangs_in_the_air_is_refused() {
        let rows = rows(&[["990101102202", "梨园村", "", ""], ["990102", "临河区", "", ""]]);
        let decided = decide_areas(&rows, &[area("990101", "清河区")], &in_district(), TODAY);
        let refused: Vec<_> = decided.refused.iter().map(|one| (one.row, one.fault.clone())).collect();
        let above = "990101102".parse().unwrap();
        assert_eq!(refused, [(2, Fault::AboveMissing { code: above }), (3, Fault::OutsideScope)]);
    }

    #[test]
    fn the_highest_area_may_come_again_although_nothing_stands_above_it() {
        let rows = rows(&[["990101", "清河区", "", ""]]);
        let decided = decide_areas(&rows, &[area("990101", "清河区")], &Scope::everywhere(), TODAY);
        assert!(matches!(decided.steps[..], [AreaStep::Same { row: 2, .. }]), "{decided:?}");
    }

    #[test]
    fn a_known_area_is_changed_only_where_the_row_says_something_else() {
        let known = [area("990101", "清河区"), area("990101101", "白鹭乡")];
        let rows = rows(&[["990101", "清河区", "", ""], ["990101101", "白鹭镇", "31200", "2025-12-31"]]);
        let decided = decide_areas(&rows, &known, &in_district(), TODAY);
        assert!(matches!(decided.steps[0], AreaStep::Same { row: 2, .. }));
        let AreaStep::Change { name: Some(name), population: Some(population), .. } = &decided.steps[1] else {
            panic!("{:?}", decided.steps[1]);
        };
        assert_eq!((name.from_on, name.name.as_str(), population.n), (TODAY, "白鹭镇", Some(31_200)));
    }

    #[test]
    fn a_refusal_says_what_to_do() {
        let code = "990101102".parse().unwrap();
        let sentence = Fault::AboveMissing { code }.sentence("区划代码", "990101102202", Lang::Zh);
        assert_eq!(sentence, "区划代码“990101102202”的上级（990101102）既未登记，也不在本表中，请先补上");
    }
}
