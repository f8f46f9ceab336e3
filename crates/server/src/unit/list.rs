use askama::Template;
use axum::extract::Query;
use lianfang_domain::{
    UnitId,
    access::Act,
    area::{AreaCode, AreaLevel},
    unit::UnitKind,
};
use lianfang_store::{ListStart, UnitList, UnitOrder, UnitRow, UnitSearch, UnitState};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{area_choices::area_choices, href, words::UnitWords};
use crate::{
    Fault, Frame, Link,
    fault::PageResult,
    frame::{Choice, Pager},
    page::page,
    shown::grouped,
    visit::Visit,
};

/// The list of units.
#[derive(Template)]
#[template(path = "unit/list.html")]
pub(crate) struct UnitsPage {
    frame: Frame,
    t: UnitWords,
    query: ListQuery,
    kinds: Vec<Choice>,
    areas: Vec<Choice>,
    states: Vec<Choice>,
    chips: Vec<Chip>,
    by_name: Header,
    by_area: Header,
    rows: Vec<UnitLine>,
    pager: Pager,
    n_found: String,
    n_all: String,
    /// Where no filter is in force; empty where none is.
    clear_href: &'static str,
    is_empty: bool,
    may_add: bool,
    /// The address of this very list, to come back to.
    here: String,
    may_import: bool,
    export_href: String,
}

/// A filter in force, with the address of the list without it.
struct Chip {
    name: &'static str,
    value: String,
    remove: String,
}

/// A header that sorts.
struct Header {
    href: String,
    order: String,
}

struct UnitLine {
    href: String,
    name: String,
    kind: &'static str,
    area: String,
    parent: Option<Link>,
    duty_phone: String,
    posts: String,
    n_vacant: i64,
    is_open: bool,
    /// The name and value under which it is chosen, and what the choice is called.
    choice: (String, i64, String),
}

/// What the address of the list says.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "UnitQuery")]
pub(super) struct ListQuery {
    q: String,
    kind: String,
    area: String,
    state: String,
    parent: String,
    by: String,
    rows: String,
    after: String,
    before: String,
}

impl ListQuery {
    /// The address of the list from its beginning, with something changed.
    fn href(&self, change: impl FnOnce(&mut ListQuery)) -> String {
        let mut query = ListQuery { after: String::new(), before: String::new(), ..self.clone() };
        change(&mut query);
        query.address()
    }

    fn address(&self) -> String {
        let pairs = [
            ("q", &self.q),
            ("kind", &self.kind),
            ("area", &self.area),
            ("state", &self.state),
            ("parent", &self.parent),
            ("by", &self.by),
            ("rows", &self.rows),
            ("after", &self.after),
            ("before", &self.before),
        ];
        let mut text = form_urlencoded::Serializer::new(String::new());
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            text.append_pair(name, value);
        }
        let text = text.finish();
        if text.is_empty() { "/units".to_owned() } else { format!("/units?{text}") }
    }

    fn order(&self) -> UnitOrder {
        match self.by.as_str() {
            "name" => UnitOrder::Name,
            "-name" => UnitOrder::NameBackwards,
            "-area" => UnitOrder::AreaBackwards,
            _ => UnitOrder::Area,
        }
    }

    fn n_rows(&self) -> u32 {
        self.rows.parse().ok().filter(|n| Pager::SIZES.contains(n)).unwrap_or(Pager::SIZES[0])
    }

    fn start(&self) -> ListStart {
        match (self.after.parse(), self.before.parse()) {
            (Ok(place), _) => ListStart::After(place),
            (Err(()), Ok(place)) => ListStart::Before(place),
            (Err(()), Err(())) => ListStart::First,
        }
    }

    pub(super) fn search(&self) -> UnitSearch {
        UnitSearch {
            text: self.q.clone(),
            kind: UnitKind::from_code(&self.kind),
            area: self.area.parse::<AreaCode>().ok(),
            state: UnitState::from_code(&self.state),
            parent: self.parent.parse::<UnitId>().ok(),
            order: self.order(),
            start: self.start(),
            limit: self.n_rows(),
        }
    }

    fn header(&self, up: &str, down: &str, now: [UnitOrder; 2]) -> Header {
        let order = self.order();
        let (order, next) = if order == now[0] {
            ("ascending", down)
        } else if order == now[1] {
            ("descending", up)
        } else {
            ("none", up)
        };
        Header { href: self.href(|query| query.by = next.to_owned()), order: order.to_owned() }
    }

    fn pager(&self, list: &UnitList) -> Pager {
        let mut pager = Pager::new(self.n_rows(), |n| self.href(|query| query.rows = n.to_string()));
        if list.has_before {
            let place = list.rows.first().map(|row| row.place.to_string());
            pager.previous = place.map(|place| self.href(|query| query.before = place));
        }
        if list.has_after {
            let place = list.rows.last().map(|row| row.place.to_string());
            pager.next = place.map(|place| self.href(|query| query.after = place));
        }
        pager
    }
}

pub(super) async fn show(visit: Visit, Query(query): Query<ListQuery>) -> PageResult {
    let t = UnitWords(visit.lang);
    let list = visit.app.store().units(&query.search(), &visit.scope, visit.day()).await?;
    let areas = area_choices(&visit, &visit.scope, AreaLevel::Township, &query.area).await?;
    let kinds = UnitKind::ALL.into_iter().map(|kind| (kind.code(), kind.words(visit.lang)));
    let chips = chips(&visit, &query, &areas).await?;
    page(&UnitsPage {
        frame: visit.frame(t.title(), Vec::new()),
        clear_href: if chips.is_empty() { "" } else { "/units" },
        kinds: Choice::all(kinds, &query.kind),
        states: Choice::all([("open", t.open()), ("closed", t.closed())], &query.state),
        chips,
        areas,
        by_name: query.header("name", "-name", [UnitOrder::Name, UnitOrder::NameBackwards]),
        by_area: query.header("area", "-area", [UnitOrder::Area, UnitOrder::AreaBackwards]),
        pager: query.pager(&list),
        n_found: grouped(list.n_found),
        n_all: grouped(list.n_all),
        is_empty: list.n_all == 0,
        rows: list.rows.into_iter().map(|row| line(row, &visit)).collect(),
        may_add: visit.may(Act::ChangeUnits),
        here: visit.here.clone(),
        may_import: visit.may(Act::ImportUnits),
        export_href: query.href(|_| {}).replacen("/units", "/units/export.xlsx", 1),
        t,
        query,
    })
}

fn line(row: UnitRow, visit: &Visit) -> UnitLine {
    let choose = UnitWords(visit.lang).choose();
    UnitLine {
        choice: (format!("unit_{}", row.id), row.version, format!("{choose} {}", row.name)),
        href: href(row.id),
        name: row.name,
        kind: row.kind.words(visit.lang),
        area: row.area_name,
        parent: row.parent.map(|above| Link { name: above.name, href: href(above.id) }),
        duty_phone: row.duty_phone,
        posts: grouped(row.n_posts),
        n_vacant: row.n_vacant,
        is_open: row.state == UnitState::Open,
    }
}

/// The filters in force. A value that means nothing filters nothing and has no chip.
async fn chips(visit: &Visit, query: &ListQuery, areas: &[Choice]) -> Result<Vec<Chip>, Fault> {
    let t = UnitWords(visit.lang);
    let search = query.search();
    let mut chips = Vec::new();
    let mut add = |name, value, remove| chips.push(Chip { name, value, remove });
    if !query.q.trim().is_empty() {
        add(t.name(), query.q.trim().to_owned(), query.href(|query| query.q.clear()));
    }
    if let Some(kind) = search.kind {
        add(t.kind(), kind.words(visit.lang).to_owned(), query.href(|query| query.kind.clear()));
    }
    if let Some(area) = &search.area {
        let named = areas.iter().find(|choice| choice.chosen).map(|choice| choice.label.trim().to_owned());
        add(t.area(), named.unwrap_or_else(|| area.to_string()), query.href(|query| query.area.clear()));
    }
    if let Some(state) = search.state.filter(|state| *state != UnitState::Merged) {
        let word = if state == UnitState::Open { t.open() } else { t.closed() };
        add(t.state(), word.to_owned(), query.href(|query| query.state.clear()));
    }
    if let Some(parent) = search.parent {
        let above = visit.app.store().unit(parent, &visit.scope).await?;
        let name = above.map_or_else(|| parent.to_string(), |above| above.unit.name);
        add(t.parent(), name, query.href(|query| query.parent.clear()));
    }
    Ok(chips)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_list_holds_its_filters_and_starts_anew_when_one_is_changed() {
        let query =
            ListQuery { q: "卫健".to_owned(), kind: "cdc".to_owned(), after: "x".to_owned(), ..ListQuery::default() };
        assert_eq!(query.href(|query| query.kind.clear()), "/units?q=%E5%8D%AB%E5%81%A5");
        assert_eq!(query.href(|query| (query.q.clear(), query.kind.clear()).0), "/units");
    }

    #[test]
    fn what_an_address_cannot_mean_is_passed_over() {
        let query =
            ListQuery { kind: "x".to_owned(), rows: "7".to_owned(), after: "x".to_owned(), ..ListQuery::default() };
        let search = query.search();
        assert_eq!((search.kind, search.limit, search.start), (None, 25, ListStart::First));
    }
}
