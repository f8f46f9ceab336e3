use lianfang_domain::{
    access::Scope,
    area::{AreaCode, AreaLevel},
};

use super::{ListStart, UnitOrder, UnitSearch};
use crate::query::Query;

/// The column of a unit's area where it is to lead to an index, and where it is not: an expression leads to none, on
/// either database.
const LED: &str = "u.division";
const NOT_LED: &str = "(u.division || '')";

/// One range of areas around everything that is asked for. It leads to the rows; what exactly is asked for is said
/// beside it, in a way that leads nowhere, so that the database has one way only and takes no wrong one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Around {
    from: Option<String>,
    below: Option<String>,
}

impl Around {
    fn of(scope: &Scope, area: Option<&AreaCode>) -> Around {
        let mut around = Around::default();
        if !scope.everywhere {
            around.from = scope.areas.iter().map(ToString::to_string).min();
            around.below = scope.areas.iter().map(AreaCode::upper_bound).max();
        }
        if let Some(area) = area {
            around.narrow(Some(area.to_string()), Some(area.upper_bound()));
        }
        around
    }

    fn narrow(&mut self, from: Option<String>, below: Option<String>) {
        self.from = self.from.take().max(from);
        self.below = match (self.below.take(), below) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }

    /// Goes on from where a list by area begins.
    fn start(&mut self, search: &UnitSearch) {
        let falling = search.order == UnitOrder::AreaBackwards;
        let (place, falling) = match &search.start {
            ListStart::First => return,
            ListStart::After(place) => (place, falling),
            ListStart::Before(place) => (place, !falling),
        };
        match falling {
            false => self.narrow(Some(place.division.to_string()), None),
            true => self.narrow(None, Some(place.division.upper_bound())),
        }
    }

    /// Whether it is no wider than one area of a level.
    fn lies_within_one(&self, level: AreaLevel) -> bool {
        let one = self.from.as_ref().and_then(|from| from.parse::<AreaCode>().ok());
        one.is_some_and(|one| one.level() >= level && self.below.as_ref().is_some_and(|end| *end <= one.upper_bound()))
    }

    fn put(self, query: &mut Query) {
        query.text(" TRUE");
        if let Some(from) = self.from {
            query.text(" AND ").text(LED).text(" >= ").value(from);
        }
        if let Some(below) = self.below {
            query.text(" AND ").text(LED).text(" < ").value(below);
        }
    }
}

/// What the rows are restricted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum For {
    /// A page of a list.
    Page,
    /// How many there are.
    Count,
}

impl UnitSearch {
    /// Restricts to the scope and to the area asked for.
    pub(super) fn restrict(&self, query: &mut Query, scope: &Scope, what: For) {
        if !scope.units.is_empty() {
            // Few units, each looked up by itself.
            query.within_units([LED, "u.id", "u.parent"], scope);
            self.put_area(query, LED);
            return;
        }
        let mut around = Around::of(scope, self.area.as_ref());
        let by_area = matches!(self.order, UnitOrder::Area | UnitOrder::AreaBackwards);
        let leads = match what {
            For::Page if by_area => {
                around.start(self);
                true
            }
            // A list by name is read in the order of names, unless there is little to sort.
            For::Page => around.lies_within_one(AreaLevel::Village),
            // A name is looked for in the index of names, unless there are few.
            For::Count => self.text.is_empty() || around.lies_within_one(AreaLevel::Township),
        };
        // Around one area alone, or everything, the range is all that is asked for.
        if leads && (scope.everywhere || scope.areas.len() == 1) {
            around.put(query);
            return;
        }
        query.within(NOT_LED, scope);
        self.put_area(query, NOT_LED);
        if leads {
            query.text(" AND");
            around.put(query);
        }
    }

    fn put_area(&self, query: &mut Query, column: &'static str) {
        if let Some(area) = &self.area {
            query.text(" AND ").text(column).text(" >= ").value(area);
            query.text(" AND ").text(column).text(" < ").value(area.upper_bound());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(areas: &[&str]) -> Scope {
        Scope { areas: areas.iter().map(|code| code.parse().unwrap()).collect(), ..Scope::default() }
    }

    #[test]
    fn the_range_lies_around_everything_asked_for_and_no_wider() {
        let range = |areas: &[&str], area: Option<&str>| {
            let area = area.map(|code| code.parse::<AreaCode>().unwrap());
            let Around { from, below } = Around::of(&scope(areas), area.as_ref());
            (from.unwrap_or_default(), below.unwrap_or_default())
        };
        let pair = |from: &str, below: &str| (from.to_owned(), below.to_owned());
        assert_eq!(range(&["990101"], None), pair("990101", "990101:"));
        assert_eq!(range(&["990101001", "990101003"], None), pair("990101001", "990101003:"));
        assert_eq!(range(&["990101"], Some("990101002")), pair("990101002", "990101002:"));
        assert_eq!(range(&["990101002"], Some("990101")), pair("990101002", "990101002:"));
        assert_eq!(Around::of(&Scope::everywhere(), None), Around::default());
    }

    #[test]
    fn a_range_of_one_township_is_told_from_a_wider_one() {
        let within = |areas: &[&str]| Around::of(&scope(areas), None).lies_within_one(AreaLevel::Township);
        assert!(within(&["990101001"]) && within(&["990101001002"]));
        assert!(!within(&["990101"]) && !within(&["990101001", "990101002"]));
    }
}
