use askama::Template;
use axum::extract::Query;
use lianfang_domain::{
    access::Act,
    area::{AreaCode, AreaLevel},
    clock::end_of_day_ms,
    incident::IncidentState,
    order::OrderState,
    plan::ResponseLevel,
};
use lianfang_store::{OrderList, OrderSearch, OrderStart, StateFilter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{line::OrderLine, words::OrderWords};
use crate::{
    Fault, Frame,
    fault::PageResult,
    frame::{Choice, Pager},
    page::page,
    shown::grouped,
    unit::area_choices,
    visit::Visit,
};

/// The list of orders.
#[derive(Template)]
#[template(path = "order/list.html")]
pub(crate) struct OrdersPage {
    frame: Frame,
    t: OrderWords,
    query: ListQuery,
    states: Vec<Choice>,
    levels: Vec<Choice>,
    areas: Vec<Choice>,
    incidents: Vec<Choice>,
    chips: Vec<(&'static str, String, String)>,
    rows: Vec<OrderLine>,
    pager: Pager,
    n_found: String,
    n_all: String,
    clear_href: &'static str,
    is_empty: bool,
    here: String,
    export_href: String,
    may_issue: bool,
    may_ask: bool,
    /// The acts on many: address and word.
    bulk: Vec<(&'static str, &'static str)>,
}

/// What the address of the list says.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "OrderQuery")]
pub(super) struct ListQuery {
    /// Part of the words.
    pub(super) q: String,
    /// A state, or `open`, `in_hand`, `late`, `soon`, `today`, `supervised`.
    pub(super) state: String,
    /// A level: I, II, III or IV.
    level: String,
    /// The group, level or task that an order stands under.
    heading: String,
    area: String,
    unit: String,
    incident: String,
    plan: String,
    batch: String,
    rows: String,
    after: String,
    before: String,
}

impl ListQuery {
    fn pairs(&self) -> [(&'static str, &String); 12] {
        [
            ("q", &self.q),
            ("state", &self.state),
            ("level", &self.level),
            ("heading", &self.heading),
            ("area", &self.area),
            ("unit", &self.unit),
            ("incident", &self.incident),
            ("plan", &self.plan),
            ("batch", &self.batch),
            ("rows", &self.rows),
            ("after", &self.after),
            ("before", &self.before),
        ]
    }

    /// The filters that are not chosen in the form, to be sent with it.
    fn hidden(&self) -> Vec<(&'static str, &String)> {
        let chosen = ["q", "state", "level", "area", "incident", "after", "before"];
        self.pairs().into_iter().filter(|(name, value)| !chosen.contains(name) && !value.is_empty()).collect()
    }

    /// The query of an address, from its beginning.
    pub(super) fn of_address(address: &str) -> ListQuery {
        let query = address.split_once('?').map_or("", |(_, query)| query);
        let mut found: ListQuery = serde_urlencoded::from_str(query).unwrap_or_default();
        found.after.clear();
        found.before.clear();
        found
    }

    /// The address of the list from its beginning, with something changed.
    pub(super) fn href(&self, change: impl FnOnce(&mut ListQuery)) -> String {
        let mut query = ListQuery { after: String::new(), before: String::new(), ..self.clone() };
        change(&mut query);
        let mut text = form_urlencoded::Serializer::new(String::new());
        for (name, value) in query.pairs().into_iter().filter(|(_, value)| !value.is_empty()) {
            text.append_pair(name, value);
        }
        let text = text.finish();
        if text.is_empty() { "/orders".to_owned() } else { format!("/orders?{text}") }
    }

    fn n_rows(&self) -> u32 {
        self.rows.parse().ok().filter(|n| Pager::SIZES.contains(n)).unwrap_or(Pager::SIZES[0])
    }

    fn state(&self, visit: &Visit) -> StateFilter {
        match self.state.as_str() {
            "open" => StateFilter::Open,
            "in_hand" => StateFilter::InHand,
            "late" => StateFilter::Late,
            "soon" => StateFilter::Soon,
            "today" => StateFilter::DueBefore(end_of_day_ms(visit.day()).unwrap_or(visit.now_ms)),
            "supervised" => StateFilter::Supervised,
            other => OrderState::from_code(other).map_or(StateFilter::Any, StateFilter::One),
        }
    }

    pub(super) fn search(&self, visit: &Visit) -> OrderSearch {
        let start = match (self.after.parse(), self.before.parse()) {
            (Ok(place), _) => OrderStart::After(place),
            (Err(()), Ok(place)) => OrderStart::Before(place),
            (Err(()), Err(())) => OrderStart::First,
        };
        OrderSearch {
            text: self.q.clone(),
            state: self.state(visit),
            incident: self.incident.parse().ok(),
            plan: self.plan.parse().ok(),
            unit: self.unit.parse().ok(),
            area: self.area.parse::<AreaCode>().ok(),
            heading: self.heading.clone(),
            level: self.level.clone(),
            batch: self.batch.parse().ok(),
            origin: None,
            now_ms: visit.now_ms,
            start,
            limit: self.n_rows(),
        }
    }

    fn pager(&self, list: &OrderList) -> Pager {
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

/// The filters by how far an order is: first what asks for something, then each state.
fn states(visit: &Visit) -> Vec<(&'static str, &'static str)> {
    let t = OrderWords(visit.lang);
    let mut states = vec![
        ("open", t.open()),
        ("late", t.late()),
        ("soon", t.soon()),
        ("today", t.today()),
        ("in_hand", t.in_hand()),
        ("supervised", t.supervised()),
    ];
    states.extend(OrderState::ALL.into_iter().map(|state| (state.code(), state.words(visit.lang))));
    states
}

pub(super) async fn show(visit: Visit, Query(query): Query<ListQuery>) -> PageResult {
    let t = OrderWords(visit.lang);
    let list = visit.app.store().orders(&query.search(&visit), &visit.scope).await?;
    let areas = area_choices(&visit, &visit.scope, AreaLevel::Township, &query.area).await?;
    let levels = ResponseLevel::ALL.into_iter().map(|level| (level.code(), level.words(visit.lang)));
    let chips = chips(&visit, &query, &areas).await?;
    page(&OrdersPage {
        frame: visit.frame(t.title(), Vec::new()),
        clear_href: if chips.is_empty() { "" } else { "/orders" },
        states: Choice::all(states(&visit), &query.state),
        levels: Choice::all(levels, &query.level),
        areas,
        incidents: incidents(&visit, &query.incident).await?,
        chips,
        pager: query.pager(&list),
        n_found: grouped(list.n_found),
        n_all: grouped(list.n_all),
        is_empty: list.n_all == 0,
        rows: list.rows.into_iter().map(|row| OrderLine::of(row, &visit)).collect(),
        here: visit.here.clone(),
        export_href: query.href(|_| {}).replacen("/orders", "/orders/export.xlsx", 1),
        may_issue: visit.may(Act::IssueOrders),
        may_ask: visit.may(Act::DoOrders),
        bulk: super::many::offered(&visit),
        t,
        query,
    })
}

/// Open incidents offered at most.
const INCIDENTS: u32 = 50;

/// The open incidents, to choose from.
async fn incidents(visit: &Visit, chosen: &str) -> Result<Vec<Choice>, Fault> {
    let scope = visit.scope_of(Act::ViewIncidents);
    let mut open = visit.app.store().incidents(&scope, IncidentState::Open, None, INCIDENTS).await?;
    if let Ok(id) = chosen.parse()
        && !open.iter().any(|one| one.id == id)
    {
        open.extend(visit.app.store().incident(id, &scope).await?);
    }
    Ok(Choice::all(open.into_iter().map(|one| (one.id.to_string(), one.name)), chosen))
}

type Chip = (&'static str, String, String);

/// The filters in force, each with the address of the list without it.
async fn chips(visit: &Visit, query: &ListQuery, areas: &[Choice]) -> Result<Vec<Chip>, Fault> {
    let (t, search, store) = (OrderWords(visit.lang), query.search(visit), visit.app.store());
    let mut chips = Vec::new();
    let mut add = |name, value: String, remove| chips.push((name, value, remove));
    if !query.q.trim().is_empty() {
        add(t.what(), query.q.trim().to_owned(), query.href(|query| query.q.clear()));
    }
    if let Some((_, words)) = states(visit).into_iter().find(|(code, _)| *code == query.state) {
        add(t.state(), words.to_owned(), query.href(|query| query.state.clear()));
    }
    if let Some(level) = ResponseLevel::from_code(&query.level) {
        add(t.level(), level.words(visit.lang), query.href(|query| query.level.clear()));
    }
    if !query.heading.is_empty() {
        add(t.heading(), query.heading.clone(), query.href(|query| query.heading.clear()));
    }
    if let Some(area) = &search.area {
        let named = areas.iter().find(|choice| choice.chosen).map(|choice| choice.label.trim().to_owned());
        add(t.area(), named.unwrap_or_else(|| area.to_string()), query.href(|query| query.area.clear()));
    }
    if let Some(unit) = search.unit {
        let name = store.unit(unit, &visit.scope_of(Act::ViewUnits)).await?.map(|unit| unit.unit.name);
        add(t.unit(), name.unwrap_or_else(|| unit.to_string()), query.href(|query| query.unit.clear()));
    }
    if let Some(plan) = search.plan {
        let title = store.plan(plan, &visit.scope_of(Act::ViewPlans)).await?.map(|plan| plan.title);
        add(t.plan(), title.unwrap_or_else(|| plan.to_string()), query.href(|query| query.plan.clear()));
    }
    if let Some(incident) = search.incident {
        let name = store.incident(incident, &visit.scope_of(Act::ViewIncidents)).await?.map(|one| one.name);
        add(t.incident(), name.unwrap_or_else(|| incident.to_string()), query.href(|query| query.incident.clear()));
    }
    if let Some(batch) = search.batch {
        add(t.batch(), batch.to_string(), query.href(|query| query.batch.clear()));
    }
    Ok(chips)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_list_holds_its_filters_and_is_read_again() {
        let query = ListQuery { q: "床位".to_owned(), state: "late".to_owned(), ..ListQuery::default() };
        let address = query.href(|query| query.after = "1.x".to_owned());
        assert_eq!(address, "/orders?q=%E5%BA%8A%E4%BD%8D&state=late&after=1.x");
        let again = ListQuery::of_address(&address);
        assert_eq!((again.q.as_str(), again.state.as_str(), again.after.as_str()), ("床位", "late", ""));
        assert_eq!(ListQuery::default().href(|_| {}), "/orders");
    }
}
