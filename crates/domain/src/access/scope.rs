use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Act, Reach, Role, Who};
use crate::{GrantId, UnitId, area::AreaCode};

/// A role that a user holds, where and from when to when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The grant itself.
    pub id: GrantId,
    /// The role.
    pub role: Role,
    /// The area for which it is held; for a unit's officer the area of the unit. None for administrators.
    pub area: Option<AreaCode>,
    /// The unit for which it is held.
    pub unit: Option<UnitId>,
    /// First day.
    pub from_on: Date,
    /// Last day, if it ends.
    pub until_on: Option<Date>,
}

impl Grant {
    /// Whether it runs on a day.
    pub fn runs_on(&self, day: Date) -> bool {
        self.from_on <= day && self.until_on.is_none_or(|until| day <= until)
    }
}

/// What of the data an act may touch.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Scope {
    /// The whole system.
    pub everywhere: bool,
    /// Areas with everything below them; none lies in another.
    pub areas: Vec<AreaCode>,
    /// Units with the units under them.
    pub units: BTreeSet<UnitId>,
}

impl Scope {
    /// Everything.
    pub fn everywhere() -> Scope {
        Scope { everywhere: true, ..Scope::default() }
    }

    /// Whether the act may not be done at all.
    pub fn is_nothing(&self) -> bool {
        !self.everywhere && self.areas.is_empty() && self.units.is_empty()
    }

    /// Whether the area lies inside.
    pub fn holds_area(&self, area: &AreaCode) -> bool {
        self.everywhere || self.areas.iter().any(|held| held.contains(area))
    }

    fn add_area(&mut self, area: &AreaCode) {
        if self.areas.iter().any(|held| held.contains(area)) {
            return;
        }
        self.areas.retain(|held| !area.contains(held));
        self.areas.push(area.clone());
        self.areas.sort();
    }
}

/// What a user with these grants may touch on a day by doing this. A scope of nothing means: not at all.
pub fn scope(grants: &[Grant], act: Act, day: Date) -> Scope {
    let rows = match act.who() {
        Who::Anybody | Who::SignedIn => return Scope::everywhere(),
        Who::Roles(rows) => rows,
    };
    let mut scope = Scope::default();
    for grant in grants.iter().filter(|grant| grant.runs_on(day)) {
        for &(_, reach) in rows.iter().filter(|(role, _)| *role == grant.role) {
            match (reach, &grant.area, grant.unit) {
                (Reach::Everywhere, _, _) => scope.everywhere = true,
                (Reach::Area, Some(area), _) => scope.add_area(area),
                (Reach::Home, Some(area), _) => scope.add_area(&area.home()),
                (Reach::Unit, _, Some(unit)) => {
                    scope.units.insert(unit);
                }
                (Reach::Area | Reach::Home, None, _) | (Reach::Unit, _, None) => {}
            }
        }
    }
    if scope.everywhere { Scope::everywhere() } else { scope }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Id;

    fn grant(role: Role, area: &str, unit: Option<i64>) -> Grant {
        Grant {
            id: GrantId(Id::from_number(1)),
            role,
            area: (!area.is_empty()).then(|| area.parse().unwrap()),
            unit: unit.map(|unit| UnitId(Id::from_number(unit))),
            from_on: date(2026, 1, 1),
            until_on: Some(date(2026, 12, 31)),
        }
    }

    fn areas(grants: &[Grant], act: Act) -> Vec<String> {
        scope(grants, act, date(2026, 6, 1)).areas.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_township_officer_sees_the_township_and_what_is_below() {
        let grants = [grant(Role::TownshipOfficer, "990101003", None)];
        let scope = scope(&grants, Act::ViewUnits, date(2026, 6, 1));
        assert!(scope.holds_area(&"990101003012".parse().unwrap()));
        assert!(!scope.holds_area(&"990101004".parse().unwrap()) && !scope.holds_area(&"990101".parse().unwrap()));
    }

    #[test]
    fn a_unit_officer_reads_the_county_and_changes_the_own_unit_only() {
        let grants = [grant(Role::UnitOfficer, "990101003", Some(7))];
        assert_eq!(areas(&grants, Act::ViewUnits), ["990101"]);
        let change = scope(&grants, Act::ChangePosts, date(2026, 6, 1));
        assert!(change.areas.is_empty() && change.units.len() == 1);
        assert!(scope(&grants, Act::ChangeUnits, date(2026, 6, 1)).is_nothing());
    }

    #[test]
    fn roles_end_with_their_last_day() {
        let grants = [grant(Role::Office, "990101", None)];
        assert!(!scope(&grants, Act::ViewUnits, date(2026, 12, 31)).is_nothing());
        assert!(scope(&grants, Act::ViewUnits, date(2027, 1, 1)).is_nothing());
        assert!(scope(&grants, Act::ViewUnits, date(2025, 12, 31)).is_nothing());
    }

    #[test]
    fn an_area_inside_another_adds_nothing() {
        let grants = [
            grant(Role::Office, "990101003", None),
            grant(Role::Office, "990101", None),
            grant(Role::Expert, "990101004", None),
            grant(Role::Observer, "990102", None),
        ];
        assert_eq!(areas(&grants, Act::ViewUnits), ["990101", "990102"]);
    }

    #[test]
    fn an_audit_administrator_sees_the_audit_record_and_no_unit() {
        let grants = [grant(Role::AuditAdmin, "", None)];
        assert!(scope(&grants, Act::ViewAudit, date(2026, 6, 1)).everywhere);
        assert!(scope(&grants, Act::ViewUnits, date(2026, 6, 1)).is_nothing());
    }
}
