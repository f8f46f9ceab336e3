use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use jiff::civil::Date;
use lianfang_domain::{
    access::{Act, Scope},
    area::AreaCode,
    indicator::{Figure, GapVerdict, Input, Requirement, Target},
};
use lianfang_store::{AreaRow, TargetRecord};

use super::words::TargetWords;
use crate::{
    Choice, Fault, Frame,
    fault::PageResult,
    indicator::{Asked, Ledger, Valued, Window, area_of, choices, href, query},
    page::page,
    shown::date,
    visit::Visit,
};

/// The targets of an area with their gaps.
#[derive(Template)]
#[template(path = "target/list.html")]
pub(crate) struct TargetsPage {
    frame: Frame,
    t: TargetWords,
    areas: Vec<Choice>,
    area: String,
    on: String,
    rows: Vec<TargetLine>,
    counts: Vec<(&'static str, usize)>,
    may_change: bool,
}

struct TargetLine {
    edit: String,
    what: String,
    href: Option<String>,
    place: String,
    required: String,
    reckoning: String,
    held: String,
    gap: String,
    tone: &'static str,
    deadline: String,
    left: String,
    is_over: bool,
    unit: String,
    basis: String,
    question: String,
}

/// A target with everything it is reckoned from.
pub(super) struct Reckoned {
    pub(super) record: TargetRecord,
    pub(super) place: AreaRow,
    pub(super) name: Option<(String, String, String)>,
    pub(super) requirement: Requirement,
    pub(super) held: Valued,
    pub(super) verdict: GapVerdict,
    pub(super) held_words: String,
}

pub(super) async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let t = TargetWords(visit.lang);
    let area = area_of(&visit, &asked.area, &visit.scope).await?.ok_or(Fault::NotFound)?;
    let on = asked.day(&visit).unwrap_or_else(|| visit.day());
    let all = reckoned(&visit, &area.code, on).await?;
    let count = |is: &dyn Fn(&GapVerdict) -> bool| all.iter().filter(|one| is(&one.verdict)).count();
    let counts = vec![
        (t.all(), all.len()),
        (t.n_met(), count(&|verdict| *verdict == GapVerdict::Met)),
        (t.n_short(), count(&|verdict| matches!(verdict, GapVerdict::Short(_) | GapVerdict::MetByLowest(_)))),
        (t.n_open(), count(&|verdict| matches!(verdict, GapVerdict::Open(_)))),
    ];
    let mut rows = Vec::new();
    for one in &all {
        rows.push(line(&visit, one, on).await?);
    }
    page(&TargetsPage {
        frame: visit.frame(t.title(), crate::indicator::trail(&visit)),
        t,
        areas: choices(&visit, &area.code).await?,
        area: area.code.to_string(),
        on: on.to_string(),
        rows,
        counts,
        may_change: visit.may(Act::ChangeIndicators),
    })
}

/// The targets for areas inside one, reckoned: what is short first, then what is unknown, then what is reached.
pub(super) async fn reckoned(visit: &Visit, area: &AreaCode, on: Date) -> Result<Vec<Reckoned>, Fault> {
    let store = visit.app.store();
    let records = store.targets(area, &visit.scope).await?;
    let mut by_place: BTreeMap<AreaCode, Vec<TargetRecord>> = BTreeMap::new();
    for record in records.into_iter().filter(|record| area.contains(&record.target.place)) {
        by_place.entry(record.target.place.clone()).or_default().push(record);
    }
    let mut all = Vec::new();
    for (place, records) in by_place {
        let Some(row) = store.area_row(&place, &visit.scope, on).await? else { continue };
        let targets = || records.iter().map(|record| &record.target);
        let codes: Vec<String> = targets()
            .flat_map(|target| [Some(target.indicator.as_str()), target.takes()])
            .flatten()
            .map(str::to_owned)
            .collect();
        let window = Window { under: &row, from: on, to: on, codes: Some(&codes) };
        let ledger = Ledger::load_whole(store, &visit.scope, window, on, visit.lang).await?;
        all.extend(records.into_iter().map(|record| reckon(visit, record, &ledger, (&row, on))));
    }
    all.sort_by_key(|one| match one.verdict {
        GapVerdict::Short(_) => 0,
        GapVerdict::MetByLowest(_) => 1,
        GapVerdict::Open(_) => 2,
        GapVerdict::Met => 3,
    });
    Ok(all)
}

fn reckon(visit: &Visit, record: TargetRecord, ledger: &Ledger, (place, on): (&AreaRow, Date)) -> Reckoned {
    let (target, lang) = (&record.target, visit.lang);
    let value_of = |input: &Input| -> Option<Figure> {
        match input {
            Input::Indicator(code) => ledger.value(code, on, &place.code).figure,
            Input::Population(of) => Some(ledger.population(of.as_ref().unwrap_or(&place.code))),
        }
    };
    let requirement = target.requirement(&value_of, lang);
    let held = ledger.value(&target.indicator, on, &place.code);
    let verdict = target.gap(&requirement, &held.total);
    let found = ledger.indicator(&target.indicator);
    let name = found.map(|one| {
        let link = format!("{}?{}", href(one.id), query(&place.code, on));
        (one.name(lang).to_owned(), one.unit_words(lang).to_owned(), link)
    });
    let held_words = found.map_or_else(|| target.indicator.clone(), |one| held.words(one, lang));
    Reckoned { place: place.clone(), name, requirement, verdict, held_words, held, record }
}

async fn line(visit: &Visit, one: &Reckoned, on: Date) -> Result<TargetLine, Fault> {
    let (t, lang, target) = (TargetWords(visit.lang), visit.lang, &one.record.target);
    let unit = match target.unit {
        Some(unit) => visit.app.store().unit(unit, &Scope::everywhere()).await?.map(|found| found.unit.name),
        None => None,
    };
    let (name, counted, link) =
        one.name.clone().unwrap_or_else(|| (target.indicator.clone(), String::new(), String::new()));
    let amount = one.requirement.span.map(lianfang_domain::indicator::Bounds::words);
    let required = amount.map(|amount| format!("{} {amount} {counted}", target.comparator.words(lang)));
    Ok(TargetLine {
        edit: format!("/targets/{}", target.id),
        what: name,
        href: (!link.is_empty()).then_some(link),
        place: one.place.name.clone(),
        required: required.unwrap_or_default(),
        reckoning: if shows_reckoning(target) { one.requirement.shown.clone() } else { String::new() },
        held: format!("{} {}", one.held_words, if one.held.total.n_known > 0 { &counted } else { "" }),
        gap: one.verdict.words(&counted, lang),
        tone: match one.verdict {
            GapVerdict::Met => "good",
            GapVerdict::Short(_) => "bad",
            GapVerdict::MetByLowest(_) => "warning",
            GapVerdict::Open(_) => "unknown",
        },
        deadline: target.deadline_on.map(|day| date(day, lang)).unwrap_or_default(),
        left: target.deadline_on.map(|day| left_words(t, on, day)).unwrap_or_default(),
        is_over: one.verdict != GapVerdict::Met && target.deadline_on.is_some_and(|day| day < on),
        unit: unit.unwrap_or_default(),
        basis: target.basis.clone(),
        question: one.requirement.question.clone().unwrap_or_default(),
    })
}

fn shows_reckoning(target: &Target) -> bool {
    !matches!(target.required, lianfang_domain::indicator::Required::Amount(_))
}

fn left_words(t: TargetWords, on: Date, deadline: Date) -> String {
    match on.until(deadline).map(|span| span.get_days()).unwrap_or(0) {
        0 => t.last_day().to_owned(),
        n if n < 0 => t.overdue().to_owned(),
        n => t.days_left().replace("{n}", &n.to_string()),
    }
}
