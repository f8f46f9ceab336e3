use std::collections::{BTreeMap, btree_map::Entry};

use askama::Template;
use axum::extract::Query;
use jiff::{ToSpan, civil::Date};
use lianfang_domain::{
    IndicatorId, UnitId,
    access::{Act, Scope},
    area::AreaCode,
    indicator::{Amount, Denominator, Figure, Indicator, Input, Source, figure_words},
    report::CellState,
};
use lianfang_store::{AreaRow, FigureRow, FigureSearch};

use super::{
    Asked, Ledger, Window, area_of, choices, here, href,
    ledger::Valued,
    list::{change_words, tone},
    map::picture,
    query, trail,
    words::IndicatorWords,
};
use crate::{
    Choice, Fault, Frame,
    at::At,
    chart::{BarRow, Bars, Line, LinePoint, LineSeries, Mark, bars_svg, line_svg, map_svg},
    fault::PageResult,
    page::page,
    report::completeness::few,
    shown::{date, instant},
    visit::Visit,
};

/// Days of the course, the day itself included.
const DAYS: i64 = 30;

/// One indicator: what it means, its figure worked out, its course, its parts, its rows.
#[derive(Template)]
#[template(path = "indicator/show.html")]
pub(crate) struct IndicatorPage {
    frame: Frame,
    t: IndicatorWords,
    href: String,
    areas: Vec<Choice>,
    on: String,
    area_name: String,
    above: Option<String>,
    value: Shown,
    facts: Vec<(&'static str, String)>,
    worked: Option<WorkedShown>,
    not_summed: bool,
    ratio: String,
    line: String,
    days: Vec<Shown>,
    bars: String,
    map: String,
    parts: Vec<PartLine>,
    missing: String,
    rows: Vec<RowLine>,
    too_many: bool,
    versions: Vec<(i64, String, String, String)>,
    may_change: bool,
}

/// A figure with what stands beside it.
struct Shown {
    label: String,
    value: String,
    missing: String,
    unit: String,
    tone: &'static str,
    change: String,
    as_of: String,
}

struct WorkedShown {
    shown: String,
    by_version: String,
    inputs: Vec<(String, Option<String>, String)>,
    missing: String,
    left_out: String,
}

struct PartLine {
    code: AreaCode,
    rank: String,
    href: String,
    name: String,
    value: String,
    tone: &'static str,
    change: String,
}

struct RowLine {
    place: String,
    unit: String,
    figure: String,
    tone: &'static str,
    as_of: String,
    by: String,
    report: Option<String>,
}

/// What a page on one indicator is about.
struct About<'a> {
    visit: &'a Visit,
    indicator: &'a Indicator,
    ledger: &'a Ledger,
    area: &'a AreaRow,
    on: Date,
}

pub(super) async fn show(visit: Visit, At(id): At<IndicatorId>, Query(asked): Query<Asked>) -> PageResult {
    let (indicator, t, lang) = (here(&visit, id).await?, IndicatorWords(visit.lang), visit.lang);
    // Without an area of their own nobody gets here: the scope that reached the indicator has one.
    let named = if asked.area.is_empty() { default_area(&visit, &indicator).await? } else { asked.area.clone() };
    let area = area_of(&visit, &named, &visit.scope).await?.ok_or(Fault::NotFound)?;
    if !indicator.area.contains(&area.code) {
        return Err(Fault::NotFound);
    }
    let to = asked.day(&visit).unwrap_or_else(|| visit.day());
    let window = Window {
        under: &area,
        from: to.saturating_sub(DAYS.days()),
        to,
        codes: Some(std::slice::from_ref(&indicator.code)),
    };
    let ledger = Ledger::load(visit.app.store(), &visit.scope, window, lang).await?;
    let yesterday = to.saturating_sub(1.days());
    let on = if asked.on.is_empty() && !ledger.has(to) && ledger.has(yesterday) { yesterday } else { to };
    let about = About { visit: &visit, indicator: &indicator, ledger: &ledger, area: &area, on };
    let valued = ledger.value(&indicator.code, on, &area.code);
    let parts = ranked(&about);
    let found = reported(&about).await?;
    let above = area.code.parent().filter(|above| visit.scope.holds_area(above) && indicator.area.contains(above));
    page(&IndicatorPage {
        frame: visit.frame(indicator.name(lang), trail(&visit)),
        t,
        href: href(id),
        areas: choices(&visit, &area.code).await?,
        on: on.to_string(),
        area_name: area.name.clone(),
        above: above.map(|above| format!("{}?{}", href(id), query(&above, on))),
        value: shown(&about, on, date(on, lang)),
        facts: facts(&about).await?,
        worked: worked(&about, &valued),
        not_summed: indicator.source == Source::Typed && valued.total.n_parts() == 0,
        ratio: ratio(&about, &valued),
        line: line_svg(&course(&about)),
        days: (0..DAYS)
            .map(|back| on.saturating_sub(back.days()))
            .map(|day| shown(&about, day, date(day, lang)))
            .collect(),
        bars: bars(&about, &parts),
        map: map(&about).await?,
        missing: missing(&about, &found),
        parts: parts.into_iter().map(|(line, _)| line).collect(),
        too_many: found.len() > MOST_ROWS,
        rows: rows(&about, found).await?,
        versions: versions(&about).await?,
        may_change: visit.may(Act::ChangeIndicators),
    })
}

/// The highest area of the user inside the county that defines the indicator.
async fn default_area(visit: &Visit, indicator: &Indicator) -> Result<String, Fault> {
    if visit.scope.holds_area(&indicator.area) {
        return Ok(indicator.area.to_string());
    }
    let own = visit.scope.areas.iter().find(|area| indicator.area.contains(area));
    own.map(ToString::to_string).ok_or(Fault::NotFound)
}

fn shown(about: &About<'_>, on: Date, label: String) -> Shown {
    let (indicator, lang) = (about.indicator, about.visit.lang);
    let valued = about.ledger.value(&indicator.code, on, &about.area.code);
    let before = about.ledger.value(&indicator.code, on.saturating_sub(1.days()), &about.area.code);
    let unit = if valued.total.n_known > 0 { indicator.unit_words(lang).to_owned() } else { String::new() };
    Shown {
        label,
        value: match is_left_out(about, on, &about.area.code, &valued) {
            true => CellState::NotAsked.words(lang),
            false => valued.short_words(indicator, lang),
        },
        missing: valued.missing_words(lang),
        unit,
        tone: tone(&valued),
        change: change_words(&valued, &before, indicator.decimals),
        as_of: valued.as_of_ms.map(|at| instant(at, lang)).unwrap_or_default(),
    }
}

async fn facts(about: &About<'_>) -> Result<Vec<(&'static str, String)>, Fault> {
    let (t, lang, one) = (IndicatorWords(about.visit.lang), about.visit.lang, about.indicator);
    let bound = |bound: Option<Amount>| bound.map(|amount| amount.to_string()).unwrap_or_default();
    let unit = match one.unit {
        Some(unit) => about.visit.app.store().unit(unit, &Scope::everywhere()).await?.map(|found| found.unit.name),
        None => None,
    };
    let since = one.since_on.map(|day| format!("{}（{}）", one.period.words(lang), date(day, lang)));
    let jump = one.jump_percent.map(|percent| format!("{percent}%")).unwrap_or_default();
    let all = [
        (t.meaning(), one.meaning.clone()),
        (t.code(), one.code.clone()),
        (t.unit_zh(), one.unit_words(lang).to_owned()),
        (t.period(), since.unwrap_or_else(|| one.period.words(lang).to_owned())),
        (t.source(), one.source.words(lang).to_owned()),
        (t.formula(), one.source.formula().unwrap_or_default().to_owned()),
        (t.level(), one.level.map(|level| level.words(lang).to_owned()).unwrap_or_default()),
        (t.unit(), unit.unwrap_or_default()),
        (t.low(), bound(one.low)),
        (t.high(), bound(one.high)),
        (t.jump(), jump),
    ];
    Ok(all.into_iter().filter(|(_, value)| !value.is_empty()).collect())
}

fn worked(about: &About<'_>, valued: &Valued) -> Option<WorkedShown> {
    let (t, lang) = (IndicatorWords(about.visit.lang), about.visit.lang);
    let worked = valued.worked.as_ref()?;
    let result = about.indicator.words(valued.figure, lang);
    let result = valued.fault().map_or(result, |fault| fault.words(lang));
    let input = |one: &lianfang_domain::indicator::WorkedInput| match &one.input {
        Input::Population(_) => (one.input.written(), None, figure_words(one.figure, 0, lang)),
        Input::Indicator(code) => {
            let found = about.ledger.indicator(code);
            let link = found.map(|found| format!("{}?{}", href(found.id), query(&about.area.code, about.on)));
            let words = found.map_or_else(|| figure_words(one.figure, 0, lang), |found| found.words(one.figure, lang));
            (found.map_or(code.as_str(), |found| found.name(lang)).to_owned(), link, words)
        }
    };
    Some(WorkedShown {
        shown: format!("{} = {result}", worked.shown),
        by_version: t.by_version().replace("{n}", &valued.version.to_string()),
        inputs: worked.inputs.iter().map(input).collect(),
        missing: worked.missing.join(lang.pick("、", ", ")),
        left_out: worked.left_out.join(lang.pick("、", ", ")),
    })
}

/// The figure in proportion to what the definition says; empty where there is nothing to say.
fn ratio(about: &About<'_>, valued: &Valued) -> String {
    let lang = about.visit.lang;
    let (of, words) = match &about.indicator.denominator {
        Denominator::None => return String::new(),
        Denominator::Population => {
            (Some(about.ledger.population(&about.area.code)), lang.pick("每万人口", "for 10,000 people").to_owned())
        }
        Denominator::Indicator(code) => {
            let found = about.ledger.indicator(code).map(|one| one.name(lang).to_owned());
            (about.ledger.value(code, about.on, &about.area.code).figure, found.unwrap_or_else(|| code.clone()))
        }
    };
    let per = if about.indicator.denominator == Denominator::Population { 10_000 } else { 100 };
    let amount = valued.amount().zip(of.and_then(Figure::amount));
    let ratio = amount.and_then(|(one, of)| one.times(Amount::whole(per))?.over(of));
    match (ratio, per) {
        (None, _) => String::new(),
        (Some(ratio), 100) => {
            lang.pick(format!("占{words} {}%", ratio.grouped(1)), format!("{}% of {words}", ratio.grouped(1)))
        }
        (Some(ratio), _) => format!("{words} {}", ratio.grouped(2)),
    }
}

fn course(about: &About<'_>) -> Line {
    let (t, lang) = (IndicatorWords(about.visit.lang), about.visit.lang);
    let point = |back: i64| {
        let day = about.on.saturating_sub(back.days());
        let valued = about.ledger.value(&about.indicator.code, day, &about.area.code);
        let mark = match is_left_out(about, day, &about.area.code, &valued) {
            true => Mark::Nothing,
            false => valued.mark(),
        };
        LinePoint { label: format!("{:02}-{:02}", day.month(), day.day()), mark }
    };
    Line {
        key: "trend".to_owned(),
        title: format!("{} · {} · {}", about.area.name, about.indicator.name(lang), t.trend()),
        unit: about.indicator.unit_words(lang).to_owned(),
        missing: t.legend_missing().to_owned(),
        series: vec![LineSeries { name: t.legend_series().to_owned(), points: (0..DAYS).rev().map(point).collect() }],
    }
}

/// The parts of the area, the greatest figure first, then partial ones, then those of which nothing is known.
fn ranked(about: &About<'_>) -> Vec<(PartLine, Valued)> {
    let indicator = about.indicator;
    let value = |part: &AreaRow, on| about.ledger.value(&indicator.code, on, &part.code);
    let mut parts: Vec<(&AreaRow, Valued)> =
        about.ledger.parts.iter().map(|part| (part, value(part, about.on))).collect();
    parts.sort_by_key(|(part, valued)| (std::cmp::Reverse(valued.amount()), part.code.clone()));
    let mut rank = 0;
    let lines = parts.into_iter().map(|(part, valued)| {
        rank += i32::from(valued.amount().is_some());
        let before = value(part, about.on.saturating_sub(1.days()));
        let line = PartLine {
            code: part.code.clone(),
            rank: if valued.amount().is_some() { rank.to_string() } else { "—".to_owned() },
            href: format!("{}?{}", href(indicator.id), query(&part.code, about.on)),
            name: part.name.clone(),
            value: part_words(about, part, &valued),
            tone: tone(&valued),
            change: change_words(&valued, &before, indicator.decimals),
        };
        (line, valued)
    });
    lines.collect()
}

/// Whether nobody is asked in an area on a day and nothing is there of it.
fn is_left_out(about: &About<'_>, on: Date, area: &AreaCode, valued: &Valued) -> bool {
    valued.worked.is_none() && valued.total.n_parts() == 0 && !about.ledger.is_asked(about.indicator, on, area)
}

/// The figure of a part; of one that is asked nothing that it is not.
fn part_words(about: &About<'_>, part: &AreaRow, valued: &Valued) -> String {
    if is_left_out(about, about.on, &part.code, valued) {
        return CellState::NotAsked.words(about.visit.lang);
    }
    valued.words(about.indicator, about.visit.lang)
}

fn bars(about: &About<'_>, parts: &[(PartLine, Valued)]) -> String {
    if parts.is_empty() {
        return String::new();
    }
    let row = |(line, valued): &(PartLine, Valued)| BarRow {
        label: line.name.clone(),
        shown: valued.short_words(about.indicator, about.visit.lang),
        mark: valued.mark(),
    };
    let parts = parts.iter().filter(|(line, valued)| !is_left_out(about, about.on, &line.code, valued));
    let lang = about.visit.lang;
    bars_svg(&Bars {
        key: "bars".to_owned(),
        title: format!("{} · {}", about.indicator.name(lang), date(about.on, lang)),
        unit: about.indicator.unit_words(lang).to_owned(),
        rows: parts.map(row).collect(),
    })
}

async fn map(about: &About<'_>) -> Result<String, Fault> {
    let lang = about.visit.lang;
    let title = format!("{} · {}", about.indicator.name(lang), date(about.on, lang));
    let value = |part: &AreaRow| {
        let valued = about.ledger.value(&about.indicator.code, about.on, &part.code);
        if is_left_out(about, about.on, &part.code, &valued) {
            return (Mark::Nothing, CellState::NotAsked.words(lang));
        }
        (valued.mark(), valued.short_words(about.indicator, lang))
    };
    let drawn = picture(about.visit, &about.ledger.parts, &title, &value).await?;
    Ok(drawn.map(|drawn| map_svg(&drawn)).unwrap_or_default())
}

/// The names of the parts that should have a figure of their own and have none; where units are asked, of the units.
fn missing(about: &About<'_>, found: &[FigureRow]) -> String {
    let lang = about.visit.lang;
    let has_row = |unit: UnitId| found.iter().any(|row| row.unit == unit);
    let asked = about.ledger.reporters(about.indicator.id, about.on, &about.area.code);
    let units: Vec<String> = asked.filter(|one| !has_row(one.unit)).map(|one| one.name.clone()).collect();
    if about.indicator.level.is_none() {
        return few(&units, NAMED, lang).join(lang.pick("、", ", "));
    }
    let is_missing = |part: &&AreaRow| {
        let valued = about.ledger.value(&about.indicator.code, about.on, &part.code);
        valued.worked.is_none() && valued.total.n_not_reported > 0
    };
    let names: Vec<&str> = about.ledger.parts.iter().filter(is_missing).map(|part| part.name.as_str()).collect();
    names.join(lang.pick("、", ", "))
}

/// The rows of the day in the area.
async fn reported(about: &About<'_>) -> Result<Vec<FigureRow>, Fault> {
    let search = FigureSearch {
        area: &about.indicator.area,
        indicators: &[about.indicator.id],
        from: about.on,
        to: about.on,
        under: &about.area.code,
    };
    Ok(about.visit.app.store().figures(search, &about.visit.scope).await?)
}

/// The rows of the day in words, where they are few; those of a whole district lie below its townships.
async fn rows(about: &About<'_>, found: Vec<FigureRow>) -> Result<Vec<RowLine>, Fault> {
    if found.len() > MOST_ROWS {
        return Ok(Vec::new());
    }
    let (store, lang, scope) = (about.visit.app.store(), about.visit.lang, &about.visit.scope);
    let names: BTreeMap<AreaCode, &str> =
        about.ledger.parts.iter().chain([about.area]).map(|row| (row.code.clone(), row.name.as_str())).collect();
    let mut units: BTreeMap<UnitId, String> = BTreeMap::new();
    let mut lines = Vec::new();
    for row in found {
        if let Entry::Vacant(place) = units.entry(row.unit) {
            let unit = store.unit(row.unit, &Scope::everywhere()).await?;
            place.insert(unit.map(|found| found.unit.name).unwrap_or_default());
        }
        let place = match names.get(&row.place) {
            Some(name) => (*name).to_owned(),
            None => store
                .area_row(&row.place, scope, about.on)
                .await?
                .map_or_else(|| row.place.to_string(), |area| area.name),
        };
        lines.push(RowLine {
            place,
            unit: units.get(&row.unit).cloned().unwrap_or_default(),
            figure: about.indicator.words(Some(row.figure), lang),
            tone: if row.figure.amount().is_some() { "" } else { "unknown" },
            as_of: instant(row.as_of_ms, lang),
            by: format!("{} {}", row.by, instant(row.at_ms, lang)),
            report: row.report.map(|report| format!("/reports/{report}")),
        });
    }
    Ok(lines)
}

/// Units named that have not reported.
const NAMED: usize = 20;
/// Rows shown at most.
const MOST_ROWS: usize = 40;

async fn versions(about: &About<'_>) -> Result<Vec<(i64, String, String, String)>, Fault> {
    let lang = about.visit.lang;
    let all = about.visit.app.store().indicator_versions(about.indicator).await?;
    let line = |one: lianfang_store::IndicatorVersion| {
        let what =
            one.indicator.source.formula().map_or_else(|| one.indicator.source.words(lang).to_owned(), str::to_owned);
        (one.indicator.version, what, one.why, format!("{} {}", one.by, instant(one.at_ms, lang)))
    };
    Ok(all.into_iter().map(line).collect())
}
