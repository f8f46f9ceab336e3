use askama::Template;
use axum::extract::Query;
use jiff::{ToSpan, civil::Date};
use lianfang_domain::{
    access::Act,
    area::{AreaCode, AreaLevel},
    indicator::{Amount, Indicator, IndicatorState},
};
use lianfang_store::AreaRow;
use serde::Deserialize;

use super::{Ledger, Window, area_of, choices, href, ledger::Valued, query, words::IndicatorWords};
use crate::{
    Choice, Fault, Frame,
    chart::{Mark, spark_svg},
    fault::PageResult,
    page::page,
    shown::{date, instant},
    visit::Visit,
};

/// Days of the small courses, the day itself included.
const DAYS: i64 = 7;

/// The list of indicators with what is known on a day.
#[derive(Template)]
#[template(path = "indicator/list.html")]
pub(crate) struct IndicatorsPage {
    frame: Frame,
    t: IndicatorWords,
    areas: Vec<Choice>,
    area: String,
    on: String,
    on_words: String,
    earlier: String,
    later: Option<String>,
    asked: ListQuery,
    rows: Vec<IndicatorLine>,
    n_all: usize,
    has_areas: bool,
    may_change: bool,
    may_add_areas: bool,
}

struct IndicatorLine {
    href: String,
    name: String,
    code: String,
    value: String,
    missing: String,
    unit: String,
    tone: &'static str,
    change: String,
    spark: String,
    as_of: String,
    period: &'static str,
    source: &'static str,
    is_retired: bool,
}

/// What the address of the list says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    area: String,
    on: String,
    q: String,
    retired: String,
}

pub(super) async fn show(visit: Visit, Query(asked): Query<ListQuery>) -> PageResult {
    let Some(area) = area_of(&visit, &asked.area, &visit.scope).await? else {
        return page(&nothing(&visit, asked));
    };
    let (ledger, on) = loaded(&visit, &asked, &area).await?;
    let t = IndicatorWords(visit.lang);
    let fits = |one: &&Indicator| {
        let found = asked.q.trim().is_empty()
            || [&one.code, &one.name_zh, &one.name_en].iter().any(|text| text.contains(asked.q.trim()));
        found && (one.state == IndicatorState::InUse || !asked.retired.is_empty())
    };
    let rows = ledger.indicators.iter().filter(fits).map(|one| line(&visit, &ledger, one, (&area.code, on))).collect();
    let at = |day: Date| format!("/indicators?{}", query(&area.code, day));
    page(&IndicatorsPage {
        frame: visit.frame(t.title(), Vec::new()),
        t,
        areas: choices(&visit, &area.code).await?,
        n_all: ledger.indicators.len(),
        on: on.to_string(),
        on_words: date(on, visit.lang),
        earlier: at(on.saturating_sub(1.days())),
        later: (on < visit.day()).then(|| at(on.saturating_add(1.days()))),
        area: area.code.to_string(),
        asked,
        rows,
        has_areas: true,
        may_change: visit.may(Act::ChangeIndicators),
        may_add_areas: false,
    })
}

fn nothing(visit: &Visit, asked: ListQuery) -> IndicatorsPage {
    let t = IndicatorWords(visit.lang);
    IndicatorsPage {
        frame: visit.frame(t.title(), Vec::new()),
        t,
        areas: Vec::new(),
        area: String::new(),
        on: String::new(),
        on_words: String::new(),
        earlier: String::new(),
        later: None,
        asked,
        rows: Vec::new(),
        n_all: 0,
        has_areas: false,
        may_change: visit.may(Act::ChangeIndicators),
        may_add_areas: visit.may(Act::ChangeAreas),
    }
}

/// The figures of the last days, and the day itself: the one asked for, today, or yesterday while nothing has come today.
async fn loaded(visit: &Visit, asked: &ListQuery, area: &AreaRow) -> Result<(Ledger, Date), Fault> {
    let named = asked.on.parse::<Date>().ok().filter(|day| *day <= visit.day());
    let to = named.unwrap_or_else(|| visit.day());
    let window = Window { under: area, from: to.saturating_sub(DAYS.days()), to, codes: None };
    let villages_from = to.saturating_sub(2.days());
    let ledger = Ledger::load_whole(visit.app.store(), &visit.scope, window, villages_from, visit.lang).await?;
    let yesterday = to.saturating_sub(1.days());
    let on = if named.is_none() && !ledger.has(to) && ledger.has(yesterday) { yesterday } else { to };
    Ok((ledger, on))
}

/// The tone of a figure: whole, partly missing, or not known.
pub(super) fn tone(valued: &Valued) -> &'static str {
    match valued.mark() {
        Mark::Whole(_) | Mark::Nothing => "",
        Mark::Partial(_) => "partial",
        Mark::Missing => "unknown",
    }
}

/// The change against the day before with its sign; empty where either is missing.
pub(super) fn change_words(now: &Valued, before: &Valued, decimals: u8) -> String {
    let change = now.amount().zip(before.amount()).and_then(|(now, before)| now.minus(before));
    match change {
        None => String::new(),
        Some(change) if change > Amount::ZERO => format!("+{}", change.grouped(decimals)),
        Some(change) => change.grouped(decimals).replacen('-', "−", 1),
    }
}

fn line(visit: &Visit, ledger: &Ledger, indicator: &Indicator, (area, on): (&AreaCode, Date)) -> IndicatorLine {
    let lang = visit.lang;
    let days: Vec<Valued> =
        (0..DAYS).rev().map(|back| ledger.value(&indicator.code, on.saturating_sub(back.days()), area)).collect();
    let marks: Vec<Mark> = days.iter().map(Valued::mark).collect();
    let before = ledger.value(&indicator.code, on.saturating_sub(1.days()), area);
    let valued = days.last().cloned().unwrap_or_default();
    let has_course = indicator.level != Some(AreaLevel::Village);
    let is_known = valued.total.n_known > 0;
    IndicatorLine {
        href: format!("{}?{}", href(indicator.id), query(area, on)),
        name: indicator.name(lang).to_owned(),
        code: if indicator.code == indicator.name(lang) { String::new() } else { indicator.code.clone() },
        value: valued.short_words(indicator, lang),
        missing: valued.missing_words(lang),
        unit: if is_known { indicator.unit_words(lang).to_owned() } else { String::new() },
        tone: tone(&valued),
        change: change_words(&valued, &before, indicator.decimals),
        spark: if has_course { spark_svg(&marks, indicator.name(lang)) } else { String::new() },
        as_of: valued.as_of_ms.map(|at| instant(at, lang)).unwrap_or_default(),
        period: indicator.period.words(lang),
        source: indicator.source.words(lang),
        is_retired: indicator.state == IndicatorState::Retired,
    }
}
