use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use lianfang_domain::{
    UnitId,
    access::Scope,
    area::AreaCode,
    unit::{UnitKind, normal_name},
};

use super::{NamedUnit, UnitState, kind_of, range::For, state_of};
use crate::{
    Store, StoreError,
    query::Query,
    value::{Row, part_of},
};

/// By what a list of units is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnitOrder {
    /// By area, and in an area by name.
    #[default]
    Area,
    /// The same, backwards.
    AreaBackwards,
    /// By name.
    Name,
    /// The same, backwards.
    NameBackwards,
}

/// Where a unit stands in a list, whichever way it is ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitPlace {
    pub(super) division: AreaCode,
    id: UnitId,
    name_key: String,
}

impl fmt::Display for UnitPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.division, self.id, self.name_key)
    }
}

impl FromStr for UnitPlace {
    type Err = ();

    fn from_str(text: &str) -> Result<UnitPlace, ()> {
        let mut parts = text.splitn(3, '.');
        let mut next = || parts.next().ok_or(());
        Ok(UnitPlace {
            division: next()?.parse().map_err(|_| ())?,
            id: next()?.parse().map_err(|_| ())?,
            name_key: next()?.to_owned(),
        })
    }
}

/// Where a page of a list begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ListStart {
    /// At the beginning of the list.
    #[default]
    First,
    /// After this unit.
    After(UnitPlace),
    /// So that it ends before this unit.
    Before(UnitPlace),
}

/// Which units are listed, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitSearch {
    /// Part of a name or alias, however it is typed; empty for all.
    pub text: String,
    /// Of one kind.
    pub kind: Option<UnitKind>,
    /// In one area and below it.
    pub area: Option<AreaCode>,
    /// In one state; those merged into others are never listed.
    pub state: Option<UnitState>,
    /// Directly under one unit.
    pub parent: Option<UnitId>,
    /// In which order.
    pub order: UnitOrder,
    /// From where.
    pub start: ListStart,
    /// How many at most.
    pub limit: u32,
}

/// A unit in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    /// The unit.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: UnitKind,
    /// Its area.
    pub area: AreaCode,
    /// The area's name on the day; its code where it had none.
    pub area_name: String,
    /// The unit above, if the scope holds it.
    pub parent: Option<NamedUnit>,
    /// The number that reaches whoever is on duty; empty where none is known.
    pub duty_phone: String,
    /// At work or not.
    pub state: UnitState,
    /// How many posts it has.
    pub n_posts: i64,
    /// How many of them nobody holds on the day.
    pub n_vacant: i64,
    /// Where it stands in the list.
    pub place: UnitPlace,
    /// For telling whether someone else changed it.
    pub version: i64,
}

/// A page of a list of units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitList {
    /// The units.
    pub rows: Vec<UnitRow>,
    /// Whether some stand before them.
    pub has_before: bool,
    /// Whether some stand after them.
    pub has_after: bool,
    /// How many match.
    pub n_found: i64,
    /// How many the scope holds.
    pub n_all: i64,
}

const COLUMNS: &str = "SELECT u.id, u.name, u.kind, u.division,
    (SELECT n.name FROM area_name n WHERE n.code = u.division AND n.from_on <= ";
const POSTS: &str = " ORDER BY n.from_on DESC LIMIT 1), p.id, p.name, u.duty_phone, u.state, u.name_key,
    (SELECT count(*) FROM post q WHERE q.area = u.area AND q.unit = u.id AND q.state = 'open'),
    (SELECT count(*) FROM post q WHERE q.area = u.area AND q.unit = u.id AND q.state = 'open' AND NOT EXISTS (
        SELECT 1 FROM incumbency i WHERE i.area = q.area AND i.post = q.id AND i.state = 'valid' AND i.from_on <= ";
const UNTIL: &str = " AND (i.until_on IS NULL OR i.until_on >= ";
const FROM: &str = ")), u.version FROM unit u LEFT JOIN unit p ON p.id = u.parent AND";

fn row(row: &Row<'_>) -> Result<UnitRow, StoreError> {
    let area = row.parsed::<AreaCode>(3)?;
    let parent = row.opt_id(5)?.map(UnitId).zip(row.opt_text(6)?);
    let id = UnitId(row.id(0)?);
    Ok(UnitRow {
        id,
        name: row.text(1)?,
        kind: kind_of(row, 2)?,
        area_name: row.opt_text(4)?.unwrap_or_else(|| area.to_string()),
        parent: parent.map(|(id, name)| NamedUnit { id, name }),
        duty_phone: row.text(7)?,
        state: state_of(row, 8)?,
        n_posts: row.int(10)?,
        n_vacant: row.int(11)?,
        place: UnitPlace { division: area.clone(), id, name_key: row.text(9)? },
        version: row.int(12)?,
        area,
    })
}

impl UnitSearch {
    /// Whether it leaves anything out.
    fn filters(&self) -> bool {
        !normal_name(&self.text).is_empty()
            || self.kind.is_some()
            || self.area.is_some()
            || self.state.is_some()
            || self.parent.is_some()
    }

    fn filter(&self, query: &mut Query) {
        let key = normal_name(&self.text);
        if !key.is_empty() {
            let part = part_of(&key);
            query.text(" AND (u.name_key LIKE ").value(&part).text(" ESCAPE '\\'");
            query.text(" OR u.id IN (SELECT l.unit FROM unit_alias l WHERE l.alias_key");
            query.text(" LIKE ").value(&part).text(" ESCAPE '\\'))");
        }
        if let Some(kind) = self.kind {
            query.text(" AND u.kind = ").value(kind.code());
        }
        if let Some(state) = self.state {
            query.text(" AND u.state = ").value(state.code());
        }
        if let Some(parent) = self.parent {
            query.text(" AND u.parent = ").value(parent);
        }
    }

    /// The page's start and order.
    fn page(&self, query: &mut Query) {
        let (columns, by_area, down) = match self.order {
            UnitOrder::Area => ("(u.division, u.name_key, u.id)", true, false),
            UnitOrder::AreaBackwards => ("(u.division, u.name_key, u.id)", true, true),
            UnitOrder::Name => ("(u.name_key, u.id)", false, false),
            UnitOrder::NameBackwards => ("(u.name_key, u.id)", false, true),
        };
        let (place, turned) = match &self.start {
            ListStart::First => (None, false),
            ListStart::After(place) => (Some(place), false),
            ListStart::Before(place) => (Some(place), true),
        };
        let falling = down != turned;
        if let Some(place) = place {
            query.text(" AND ").text(columns).text(if falling { " < (" } else { " > (" });
            if by_area {
                query.value(&place.division).text(", ");
            }
            query.value(&place.name_key).text(", ").value(place.id).text(")");
        }
        query.text(match (by_area, falling) {
            (true, false) => " ORDER BY u.division, u.name_key, u.id",
            (true, true) => " ORDER BY u.division DESC, u.name_key DESC, u.id DESC",
            (false, false) => " ORDER BY u.name_key, u.id",
            (false, true) => " ORDER BY u.name_key DESC, u.id DESC",
        });
        query.text(" LIMIT ").value(self.limit);
    }
}

impl Store {
    /// A page of the units that the scope holds, with how many there are before and after filtering. Vacancies are
    /// those of the day.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn units(&self, search: &UnitSearch, scope: &Scope, day: Date) -> Result<UnitList, StoreError> {
        let with_next = UnitSearch { limit: search.limit.saturating_add(1), ..search.clone() };
        let mut rows = self.unit_rows(&with_next, scope, day).await?;
        let turned = matches!(search.start, ListStart::Before(_));
        let limit = usize::try_from(search.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        if turned {
            rows.reverse();
        }
        let begun = search.start != ListStart::First;
        let (has_before, has_after) = if turned { (more, true) } else { (begun, more) };
        let n_all = self.count_units(&UnitSearch::default(), scope).await?;
        let n_found = if search.filters() { self.count_units(search, scope).await? } else { n_all };
        Ok(UnitList { rows, has_before, has_after, n_found, n_all })
    }

    /// At most as many rows as the search's limit; from its end backwards where it starts before a place.
    pub(super) async fn unit_rows(
        &self,
        search: &UnitSearch,
        scope: &Scope,
        day: Date,
    ) -> Result<Vec<UnitRow>, StoreError> {
        let mut query = Query::new(COLUMNS);
        query.value(day).text(POSTS).value(day).text(UNTIL).value(day).text(")").text(FROM);
        query.within_units(["p.division", "p.id", "p.parent"], scope).text(" WHERE");
        search.restrict(&mut query, scope, For::Page);
        query.text(" AND u.state <> 'merged'");
        search.filter(&mut query);
        search.page(&mut query);
        let (sql, values) = query.done();
        self.scan(sql, values, row).await
    }

    async fn count_units(&self, search: &UnitSearch, scope: &Scope) -> Result<i64, StoreError> {
        let mut query = Query::new("SELECT count(*) FROM unit u WHERE");
        search.restrict(&mut query, scope, For::Count);
        // By state leads to the index of states, which has no names.
        query.text(if search.text.is_empty() {
            " AND u.state IN ('open', 'closed')"
        } else {
            " AND u.state <> 'merged'"
        });
        search.filter(&mut query);
        let (sql, values) = query.done();
        Ok(self.scan(sql, values, |row| row.int(0)).await?.into_iter().next().unwrap_or(0))
    }
}
