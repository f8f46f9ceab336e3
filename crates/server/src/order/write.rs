use askama::Template;
use jiff::civil::DateTime;
use lianfang_domain::{
    IncidentId, OrderBatchId, OrderId, UnitId,
    access::Act,
    area::{AreaCode, AreaLevel},
    clock::{Clock, Limit},
    incident::IncidentState,
    order::{OrderOrigin, OrderRole, OrderState},
    plan::TimeOfDay,
    unit::{Unit, UnitKind},
};
use lianfang_store::{NewOrder, Urgency};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{href, tell, trail, units::Units, words::OrderWords};
use crate::{
    Fault, Frame,
    fault::PageResult,
    form::{FormErrors, Sent},
    frame::Choice,
    keep::{Refusals, keep},
    page::{again, form_page, page, see_other},
    unit::area_choices,
    visit::Visit,
};

/// Open incidents offered at most.
const INCIDENTS: u32 = 50;

/// The form of an order that a person writes.
#[derive(Template)]
#[template(path = "order/write.html")]
pub(crate) struct WritePage {
    frame: Frame,
    t: OrderWords,
    form: WriteForm,
    /// Whether it asks those above, instead of ordering.
    is_request: bool,
    whose: &'static str,
    whose_hint: &'static str,
    verb: &'static str,
    origins: Vec<Choice>,
    kinds: Vec<Choice>,
    areas: Vec<Choice>,
    incidents: Vec<Choice>,
    units: Vec<String>,
    errors: FormErrors,
}

form_page!(WritePage);

/// What is filled in.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "OrderToWrite")]
pub(super) struct WriteForm {
    /// What is to be done.
    words: String,
    /// `written`, `meeting`, `above` or `request`.
    origin: String,
    /// The number of the document, or the name of the meeting.
    number: String,
    /// Registered names, one a line.
    units: String,
    /// A kind of unit, for all of that kind in `area`.
    kind: String,
    area: String,
    incident: String,
    /// `2026-11-22T15:00`, in China's time.
    due_at: String,
    /// `15:00`, where it is due every day.
    daily: String,
    /// `1` for urgent.
    urgent: String,
}

pub(super) async fn show(visit: Visit) -> PageResult {
    let form = WriteForm { origin: OrderOrigin::Written.code().to_owned(), ..WriteForm::default() };
    page(&write_page(&visit, form, false, FormErrors::default()).await?)
}

pub(super) async fn show_request(visit: Visit) -> PageResult {
    page(&write_page(&visit, WriteForm::default(), true, FormErrors::default()).await?)
}

async fn write_page(visit: &Visit, form: WriteForm, is_request: bool, errors: FormErrors) -> Result<WritePage, Fault> {
    let (t, lang) = (OrderWords(visit.lang), visit.lang);
    let units = Units::read(visit, &visit.scope).await?;
    let origins = OrderOrigin::WRITTEN.into_iter().map(|origin| (origin.code(), origin.words(lang)));
    let kinds = UnitKind::ALL.into_iter().map(|kind| (kind.code(), kind.words(lang)));
    let seen = visit.scope_of(Act::ViewIncidents);
    let incidents = visit.app.store().incidents(&seen, IncidentState::Open, None, INCIDENTS).await?;
    Ok(WritePage {
        frame: visit.frame(if is_request { t.ask() } else { t.write() }, trail(visit)),
        t,
        is_request,
        whose: if is_request { t.request_unit() } else { t.write_units() },
        whose_hint: if is_request { t.to_unit_hint() } else { t.write_units_hint() },
        verb: if is_request { t.send_request() } else { t.issue() },
        origins: Choice::all(origins, &form.origin),
        kinds: Choice::all(kinds, &form.kind),
        areas: area_choices(visit, &visit.scope, AreaLevel::Township, &form.area).await?,
        incidents: Choice::all(incidents.into_iter().map(|one| (one.id.to_string(), one.name)), &form.incident),
        units: units.offered(),
        form,
        errors,
    })
}

/// The instant of a date and time as the browser sends it; none where it is empty or wrong, which is then said.
pub(super) fn due_of(visit: &Visit, typed: &str, errors: &mut FormErrors) -> Option<i64> {
    let t = OrderWords(visit.lang);
    if typed.trim().is_empty() {
        return None;
    }
    let at = typed.trim().parse::<DateTime>().ok();
    let at = at.and_then(|at| jiff::tz::offset(8).to_timestamp(at).ok()).map(jiff::Timestamp::as_millisecond);
    match at {
        None => errors.add("due_at", t.due_bad()),
        Some(at) if at <= visit.now_ms => errors.add("due_at", t.due_past()),
        Some(at) => return Some(at),
    }
    None
}

fn limit_of(visit: &Visit, form: &WriteForm, errors: &mut FormErrors) -> Option<Limit> {
    if form.daily.trim().is_empty() {
        return due_of(visit, &form.due_at, errors).map(|at_ms| Limit::At { at_ms });
    }
    let time = form.daily.trim().parse::<jiff::civil::Time>().ok();
    let time = time.and_then(|time| Some((u8::try_from(time.hour()).ok()?, u8::try_from(time.minute()).ok()?)));
    match time {
        Some((hour, minute)) => Some(Limit::DailyBy { by: TimeOfDay { hour, minute } }),
        None => {
            errors.add("daily", OrderWords(visit.lang).due_bad());
            None
        }
    }
}

/// The units to which it goes.
fn units_of(visit: &Visit, units: &Units, form: &WriteForm, errors: &mut FormErrors) -> Vec<UnitId> {
    let t = OrderWords(visit.lang);
    let mut chosen = match units.all_of(&form.units, visit.lang) {
        Ok(chosen) => chosen,
        Err(why) => {
            errors.add("units", why);
            return Vec::new();
        }
    };
    if let Some(kind) = UnitKind::from_code(&form.kind) {
        let area = form.area.parse::<AreaCode>().ok();
        let areas = area.map_or_else(|| visit.scope.areas.clone(), |area| vec![area]);
        let all = areas.iter().flat_map(|area| units.of_kind(kind, area));
        chosen.extend(all.filter(|unit| !chosen.contains(unit)).collect::<Vec<_>>());
    }
    if chosen.is_empty() {
        errors.add("units", t.write_units_none());
    }
    chosen
}

pub(super) async fn send(visit: Visit, Sent(form): Sent<WriteForm>) -> PageResult {
    keep_written(&visit, form, false).await
}

/// Asks those above: it waits for their answer, which closes it.
pub(super) async fn send_request(visit: Visit, Sent(form): Sent<WriteForm>) -> PageResult {
    let form = WriteForm { origin: OrderOrigin::Request.code().to_owned(), kind: String::new(), ..form };
    keep_written(&visit, form, true).await
}

async fn keep_written(visit: &Visit, form: WriteForm, is_request: bool) -> PageResult {
    let t = OrderWords(visit.lang);
    let mut errors = FormErrors::default();
    let origin = OrderOrigin::from_code(&form.origin).filter(|origin| OrderOrigin::WRITTEN.contains(origin));
    let origin = origin.unwrap_or(OrderOrigin::Written);
    if form.words.trim().is_empty() {
        errors.add("words", t.write_words_none());
    }
    if origin.needs_number() && form.number.trim().is_empty() {
        errors.add("number", t.number_none());
    }
    let limit = limit_of(visit, &form, &mut errors);
    let units = Units::read(visit, &visit.scope).await?;
    let chosen = units_of(visit, &units, &form, &mut errors);
    if !errors.is_empty() {
        return again(&write_page(visit, form, is_request, errors).await?);
    }
    let seen = visit.scope_of(Act::ViewIncidents);
    let incident = match form.incident.parse().ok() {
        Some(id) => visit.app.store().incident(id, &seen).await?,
        None => None,
    };
    let batch = OrderBatchId(visit.app.store().new_id(visit.now_ms));
    let written = Written {
        words: form.words.trim(),
        number: form.number.trim(),
        origin,
        incident: incident.as_ref().map(|incident| incident.id),
        urgency: if form.urgent.is_empty() { Urgency::Normal } else { Urgency::Urgent },
        limit,
    };
    let orders = written.for_units(visit, &units, &chosen, batch);
    let told = tell::of_issue(visit, &orders).await?;
    let mut tx = visit.begin();
    tx.about("order_batch", batch, orders.first().map(|order| &order.issuer));
    tell::issue(visit, &mut tx, &orders, &told)?;
    tx.changed("n_orders", 0, i64::try_from(orders.len()).unwrap_or(i64::MAX));
    match keep(tx, Refusals::changed(t.changed())).await? {
        Ok(()) => Ok(see_other(&after(&orders, batch))),
        Err(errors) => again(&write_page(visit, form, is_request, errors).await?),
    }
}

/// What a person asks for in their own words, whichever way it came up.
pub(super) struct Written<'a> {
    pub(super) words: &'a str,
    /// The number of the document, or the name of the meeting.
    pub(super) number: &'a str,
    pub(super) origin: OrderOrigin,
    pub(super) incident: Option<IncidentId>,
    pub(super) urgency: Urgency,
    pub(super) limit: Option<Limit>,
}

impl Written<'_> {
    /// One order for each unit.
    pub(super) fn for_units(
        &self,
        visit: &Visit,
        units: &Units,
        chosen: &[UnitId],
        batch: OrderBatchId,
    ) -> Vec<NewOrder> {
        let order = |unit: &Unit| NewOrder {
            id: OrderId(visit.app.store().new_id(visit.now_ms)),
            unit: unit.id,
            division: unit.area.clone(),
            above: unit.parent,
            issuer: issuer_of(visit, &unit.area, self.origin),
            issuer_unit: None,
            parent: None,
            batch,
            incident: self.incident,
            plan: None,
            plan_key: String::new(),
            level: String::new(),
            heading: String::new(),
            role: if chosen.len() > 1 { OrderRole::Shared } else { OrderRole::Responsible },
            origin: self.origin,
            number: self.number.to_owned(),
            words: self.words.to_owned(),
            urgency: self.urgency,
            state: if self.origin == OrderOrigin::Request { OrderState::Reported } else { OrderState::Issued },
            clock: self.limit.clone().map(|limit| Clock::start(limit, visit.now_ms)),
        };
        chosen.iter().filter_map(|unit| units.get(*unit)).map(order).collect()
    }
}

/// Where to look at what was issued: one order, or all of the act.
fn after(orders: &[NewOrder], batch: OrderBatchId) -> String {
    match orders {
        [only] => href(only.id),
        _ => format!("/orders?batch={batch}"),
    }
}

/// The area for which it is issued: the one of the user's that holds the unit. A request goes to the county, whoever asks.
fn issuer_of(visit: &Visit, unit: &AreaCode, origin: OrderOrigin) -> AreaCode {
    if origin == OrderOrigin::Request {
        return unit.home();
    }
    visit.scope.areas.iter().find(|area| area.contains(unit)).cloned().unwrap_or_else(|| unit.home())
}
