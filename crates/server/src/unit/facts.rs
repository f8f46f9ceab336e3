use jiff::civil::Date;
use lianfang_domain::{
    UnitId,
    access::{Act, Scope},
};
use lianfang_store::{UnitRecord, UnitState};

use super::{href, words::UnitWords};
use crate::{Fault, Link, visit::Visit};

/// What a unit is, on top of every page about it.
#[derive(Clone, Debug)]
pub(crate) struct UnitFacts {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) area: String,
    pub(crate) area_code: String,
    pub(crate) parent: Option<Link>,
    /// Whether there is a unit above that the user does not see.
    pub(crate) parent_outside: bool,
    pub(crate) duty_phone: String,
    pub(crate) is_open: bool,
    pub(crate) version: i64,
}

impl UnitFacts {
    /// The address of the unit.
    pub(crate) fn href(&self) -> String {
        format!("/units/{}", self.id)
    }

    pub(crate) async fn of(visit: &Visit, record: &UnitRecord) -> Result<UnitFacts, Fault> {
        let unit = &record.unit;
        let seen = visit.scope_of(Act::ViewUnits);
        let parent = match unit.parent {
            Some(parent) => visit.app.store().unit(parent, &seen).await?,
            None => None,
        };
        Ok(UnitFacts {
            id: unit.id.to_string(),
            name: unit.name.clone(),
            kind: unit.kind.words(visit.lang),
            area: area_name(visit, record, visit.day()).await?,
            area_code: unit.area.to_string(),
            parent_outside: unit.parent.is_some() && parent.is_none(),
            parent: parent.map(|above| Link { name: above.unit.name, href: href(above.unit.id) }),
            duty_phone: unit.duty_phone.as_ref().map(ToString::to_string).unwrap_or_default(),
            is_open: record.state == UnitState::Open,
            version: record.version,
        })
    }
}

/// The name of a unit's area; its code where it has no name.
async fn area_name(visit: &Visit, record: &UnitRecord, day: Date) -> Result<String, Fault> {
    let area = &record.unit.area;
    let row = visit.app.store().area_row(area, &Scope::everywhere(), day).await?;
    Ok(row.map_or_else(|| area.to_string(), |row| row.name))
}

/// A unit that the act of this request reaches. One outside is answered like one that does not exist.
pub(crate) async fn here(visit: &Visit, id: UnitId) -> Result<UnitRecord, Fault> {
    visit.app.store().unit(id, &visit.scope).await?.ok_or(Fault::NotFound)
}

/// Whether the user may do another act on a unit: whether its button is shown.
pub(crate) fn may_reach(visit: &Visit, act: Act, record: &UnitRecord) -> bool {
    let scope = visit.scope_of(act);
    let own = scope.units.contains(&record.unit.id);
    let below = record.unit.parent.is_some_and(|parent| scope.units.contains(&parent));
    own || below || scope.holds_area(&record.unit.area)
}

/// The steps above a page about a unit.
pub(crate) fn trail(visit: &Visit, record: &UnitRecord) -> Vec<Link> {
    let unit = Link { name: record.unit.name.clone(), href: href(record.unit.id) };
    vec![Link { name: UnitWords(visit.lang).title().to_owned(), href: "/units".to_owned() }, unit]
}
