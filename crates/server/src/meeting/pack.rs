use askama::Template;
use axum::extract::Query;
use jiff::ToSpan;
use lianfang_domain::{
    access::{Act, Scope},
    incident::IncidentState,
    indicator::Figure,
    sitrep::SitrepState,
};
use lianfang_store::{AreaRow, OrderSearch, SitrepsSeen, StateFilter};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{trail, words::MeetingWords};
use crate::{
    Choice, Fault, Frame,
    chart::spark_svg,
    fault::PageResult,
    indicator::{Ledger, Window, area_of, href as indicator_href, query},
    order::OrderLine,
    page::page,
    report::completeness::{few, reports_of_day},
    shown::instant,
    unit::area_choices,
    visit::Visit,
};

/// Orders shown in a list of the pack.
const ORDERS: u32 = 30;
/// Units named that have not reported.
const NAMED: usize = 20;
/// Incidents and reports looked at.
const LOOKED_AT: u32 = 100;

/// What lies before a meeting.
#[derive(Template)]
#[template(path = "meeting/pack.html")]
pub(crate) struct PackPage {
    frame: Frame,
    t: MeetingWords,
    areas: Vec<Choice>,
    as_of: String,
    figures: Vec<FigureLine>,
    late: Vec<OrderLine>,
    n_late: i64,
    /// Where all of them are.
    late_href: String,
    /// Name of the template, how complete it is, whether somebody is missing, and where the board is.
    reports: Vec<(String, String, bool, String)>,
    waiting: Vec<(String, String)>,
    open_decisions: Vec<OrderLine>,
    may_hold: bool,
}

struct FigureLine {
    name: String,
    href: String,
    unit: String,
    yesterday: String,
    is_missing: bool,
    before: String,
    change: String,
    course: String,
}

/// Of which area.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "PackQuery")]
pub(super) struct PackQuery {
    /// The code of the area; the first county that the user sees when left out.
    area: String,
}

pub(super) async fn show(visit: Visit, Query(asked): Query<PackQuery>) -> PageResult {
    let t = MeetingWords(visit.lang);
    let area = area_of(&visit, &asked.area, &visit.scope).await?.ok_or(Fault::NotFound)?;
    let within = Scope { areas: vec![area.code.clone()], ..Scope::default() };
    let orders = |state, origin_meeting: bool| OrderSearch {
        state,
        area: Some(area.code.clone()),
        text: String::new(),
        origin: origin_meeting.then_some(lianfang_domain::order::OrderOrigin::Meeting),
        now_ms: visit.now_ms,
        limit: ORDERS,
        ..OrderSearch::default()
    };
    let store = visit.app.store();
    let seen = visit.scope_of(Act::ViewOrders);
    let late = store.order_rows(&orders(StateFilter::Late, false), &seen).await?;
    let n_late = store.count_orders(&orders(StateFilter::Late, false), &seen).await?;
    let open = store.order_rows(&orders(StateFilter::Open, true), &seen).await?;
    page(&PackPage {
        frame: visit.frame(t.pack(), trail(&visit)),
        areas: area_choices(&visit, &visit.scope, lianfang_domain::area::AreaLevel::Township, area.code.as_str())
            .await?,
        as_of: instant(visit.now_ms, visit.lang),
        figures: figures(&visit, &area).await?,
        late: late.into_iter().map(|row| OrderLine::of(row, &visit)).collect(),
        n_late,
        late_href: format!("/orders?state=late&area={}", area.code),
        reports: reports(&visit, &area, &within).await?,
        waiting: waiting(&visit, &area).await?,
        open_decisions: open.into_iter().map(|row| OrderLine::of(row, &visit)).collect(),
        may_hold: visit.may(Act::HoldMeetings),
        t,
    })
}

/// The figures of yesterday beside those of the day before, for every indicator of which anything is known.
async fn figures(visit: &Visit, area: &AreaRow) -> Result<Vec<FigureLine>, Fault> {
    let lang = visit.lang;
    let yesterday = visit.day().yesterday().unwrap_or_else(|_| visit.day());
    let before = yesterday.yesterday().unwrap_or(yesterday);
    let from = yesterday.checked_sub(6.days()).unwrap_or(yesterday);
    let span = Window { under: area, from, to: yesterday, codes: None };
    let ledger = Ledger::load_whole(visit.app.store(), &visit.scope, span, from, lang).await?;
    let mut lines = Vec::new();
    for indicator in &ledger.indicators {
        let value = |day| ledger.value(&indicator.code, day, &area.code);
        let (now, then) = (value(yesterday), value(before));
        if now.figure.is_none() && then.figure.is_none() {
            continue;
        }
        let change = match (now.amount(), then.amount()) {
            (Some(now), Some(then)) => now.minus(then).map(|by| by.grouped(indicator.decimals)).unwrap_or_default(),
            _ => lang.pick("不可比", "—").to_owned(),
        };
        let days = from.series(1.day()).take_while(|day| *day <= yesterday);
        let marks: Vec<_> = days.map(|day| value(day).mark()).collect();
        lines.push(FigureLine {
            name: indicator.name(lang).to_owned(),
            href: format!("{}?{}", indicator_href(indicator.id), query(&area.code, yesterday)),
            unit: indicator.unit_words(lang).to_owned(),
            yesterday: now.words(indicator, lang),
            is_missing: !matches!(now.figure, Some(Figure::Known(_) | Figure::NotApplicable)),
            before: then.words(indicator, lang),
            change: if change.starts_with(['-', '—', '不', '0']) { change } else { format!("+{change}") },
            course: spark_svg(&marks, indicator.name(lang)),
        });
    }
    Ok(lines)
}

async fn reports(visit: &Visit, area: &AreaRow, within: &Scope) -> Result<Vec<(String, String, bool, String)>, Fault> {
    let lang = visit.lang;
    let yesterday = visit.day().yesterday().unwrap_or_else(|_| visit.day());
    let found = reports_of_day(visit.app.store(), within, &area.code, (yesterday, visit.now_ms)).await?;
    let line = |one: crate::report::completeness::DayReports| {
        let words = one.completeness.words(&few(&one.missing, NAMED, lang), lang);
        let board = format!("/reports/board?template={}", one.template.id);
        (one.template.name(lang).to_owned(), words, !one.missing.is_empty(), board)
    };
    Ok(found.into_iter().map(line).collect())
}

/// Changes of level that are open, and situation reports that are cleared and not issued.
async fn waiting(visit: &Visit, area: &AreaRow) -> Result<Vec<(String, String)>, Fault> {
    let (t, store, lang) = (MeetingWords(visit.lang), visit.app.store(), visit.lang);
    let colon = lang.pick("：", ": ");
    let mut lines = Vec::new();
    let incidents = store.incidents(&visit.scope_of(Act::ViewIncidents), IncidentState::Open, None, LOOKED_AT).await?;
    for incident in incidents.into_iter().filter(|one| area.code.contains(&one.area)) {
        for one in store.proposals(&incident).await?.into_iter().filter(|one| one.state.is_open()) {
            let words = format!("{}{colon}{} · {}", incident.name, one.change.words(lang), one.state.words(lang));
            lines.push((words, format!("/incidents/{}/level/{}", incident.id, one.id)));
        }
    }
    if visit.may(Act::IssueSitreps) || visit.may(Act::ClearSitreps) {
        let scope = visit.scope_of(Act::ViewSitreps);
        let reports = store.sitreps(SitrepsSeen::All, &scope, None, LOOKED_AT).await?;
        let cleared = reports.into_iter().filter(|one| one.state == SitrepState::Cleared);
        lines.extend(
            cleared.map(|one| {
                (format!("{}{colon}{}", t.to_issue(), one.sitrep.name), format!("/sitreps/{}", one.sitrep.id))
            }),
        );
    }
    Ok(lines)
}
