use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use lianfang_domain::{
    Lang,
    access::{Act, Scope},
    area::AreaCode,
    indicator::Indicator,
    report::Completeness,
    sitrep::{
        FACT_NAMES, FigureFact, KnownNames, PartFact, SitrepBlock, SitrepFacts, WordFact, figures_in, questions_in,
    },
};
use lianfang_store::{AreaRow, IncidentRecord, NewSitrep, Store, UnitTally};

use super::{
    words::SitrepWords,
    written::{Question, questions, written},
};
use crate::{
    Fault,
    app::day_of,
    incident::level_said,
    indicator::{Ledger, Window, href as indicator_href, query},
    report::completeness::{few, reports_of_day},
    shown::{date, instant},
    visit::Visit,
};

/// Units named that have not reported.
const NAMED: usize = 12;

/// For whom and when a text is filled.
pub(crate) struct Asking<'a> {
    pub(crate) store: &'a Store,
    pub(crate) lang: Lang,
    pub(crate) now_ms: i64,
    /// Whose incidents may be told of.
    pub(crate) incidents: Scope,
}

impl<'a> Asking<'a> {
    /// Of a request.
    pub(super) fn of(visit: &'a Visit) -> Asking<'a> {
        let incidents = visit.scope_of(Act::ViewIncidents);
        Asking { store: visit.app.store(), lang: visit.lang, now_ms: visit.now_ms, incidents }
    }
}

/// What a text may ask for, by name: indicators by their names and code, and questions of reports.
pub(super) struct Names {
    indicators: BTreeMap<String, Indicator>,
    questions: Vec<Question>,
    /// Every name, with those of facts.
    pub(super) all: KnownNames,
}

impl Names {
    /// The names that an area's county knows.
    pub(super) async fn of(asking: &Asking<'_>, area: &AreaCode) -> Result<Names, Fault> {
        let mut indicators = BTreeMap::new();
        for one in asking.store.indicators(area).await? {
            for name in [&one.name_zh, &one.name_en, &one.code] {
                if !name.is_empty() {
                    indicators.insert(name.clone(), one.clone());
                }
            }
        }
        let facts = FACT_NAMES.iter().flat_map(|name| [name.zh, name.en]).map(str::to_owned);
        let questions = questions(asking, area).await?;
        let all = KnownNames {
            figures: indicators.keys().cloned().chain(facts).collect(),
            questions: questions.iter().flat_map(Question::names).cloned().collect(),
        };
        Ok(Names { indicators, questions, all })
    }

    /// Each indicator once, by the name in the user's language, with what it is counted in.
    pub(super) fn offered(&self, lang: Lang) -> Vec<(String, String)> {
        let named = |(name, one): (&String, &Indicator)| {
            (name == one.name(lang)).then(|| (name.clone(), one.unit_words(lang).to_owned()))
        };
        self.indicators.iter().filter_map(named).collect()
    }

    /// The questions, each with the report that asks it, as they are written into a text.
    pub(super) fn offered_questions(&self, lang: Lang) -> Vec<String> {
        let verb = lang.pick("文字", "texts");
        self.questions.iter().map(|one| format!("{verb} {}", lang.pick(&one.full[0], &one.full[1]))).collect()
    }
}

/// Fetches what a text asks for. What nobody knows is not there, and reads as unknown.
pub(super) async fn gather(
    asking: &Asking<'_>,
    sitrep: &NewSitrep,
    names: &Names,
    blocks: &[SitrepBlock],
) -> Result<SitrepFacts, Fault> {
    let store = asking.store;
    let asked = figures_in(blocks);
    let used: BTreeMap<&String, &Indicator> =
        asked.iter().filter_map(|name| Some((name, names.indicators.get(name)?))).collect();
    let n_days = blocks.iter().map(|block| if let SitrepBlock::Chart(chart) = block { chart.days } else { 2 }).max();
    let from = sitrep.on.checked_sub(i64::from(n_days.unwrap_or(2) - 1).days()).unwrap_or(sitrep.on);
    let area = store.area_row(&sitrep.area, &Scope::everywhere(), sitrep.on).await?.ok_or(Fault::NotFound)?;
    let codes: Vec<String> = used.values().map(|one| one.code.clone()).collect();
    let span = Window { under: &area, from, to: sitrep.on, codes: Some(&codes) };
    let ledger = Ledger::load(store, &Scope::everywhere(), span, asking.lang).await?;
    let days: Vec<Date> = from.series(1.day()).take_while(|day| *day <= sitrep.on).collect();
    let mut facts = SitrepFacts::default();
    let mut as_of_ms: Option<i64> = None;
    for (name, indicator) in used {
        let value = ledger.value(&indicator.code, sitrep.on, &sitrep.area);
        as_of_ms = as_of_ms.max(value.as_of_ms);
        facts.figures.insert(name.clone(), figure(asking, &ledger, (indicator, &area), &days));
    }
    facts.words = words(asking, sitrep, &area, as_of_ms).await?;
    facts.written = written(asking, sitrep, &questions_in(blocks)).await?;
    Ok(facts)
}

fn figure(
    asking: &Asking<'_>,
    ledger: &Ledger,
    (indicator, area): (&Indicator, &AreaRow),
    days: &[Date],
) -> FigureFact {
    let lang = asking.lang;
    let on = days.last().copied().unwrap_or_else(|| day_of(asking.now_ms));
    let before = on.yesterday().unwrap_or(on);
    let total = |on: Date, code: &AreaCode| ledger.value(&indicator.code, on, code).total;
    let part = |part: &AreaRow| PartFact {
        name: part.name.clone(),
        total: total(on, &part.code),
        before: total(before, &part.code),
    };
    let is_told = |part: &AreaCode| {
        ledger.is_asked(indicator, on, part) || total(on, part).n_parts() + total(before, part).n_parts() > 0
    };
    let as_of = ledger.value(&indicator.code, on, &area.code).as_of_ms;
    let as_of = as_of.map(|at| format!(" {} {}", SitrepWords(lang).as_of(), instant(at, lang))).unwrap_or_default();
    FigureFact {
        name: indicator.name(lang).to_owned(),
        unit: indicator.unit_words(lang).to_owned(),
        decimals: indicator.decimals,
        total: total(on, &area.code),
        before: total(before, &area.code),
        // A part that is asked nothing has nothing that could be missing.
        parts: ledger.parts.iter().filter(|part| is_told(&part.code)).map(part).collect(),
        course: days.iter().map(|day| (day.strftime("%m-%d").to_string(), total(*day, &area.code))).collect(),
        of: format!("{} · {} · {}{as_of}", area.name, indicator.period.words(lang), date(on, lang)),
        href: format!("{}?{}", indicator_href(indicator.id), query(&area.code, on)),
    }
}

async fn words(
    asking: &Asking<'_>,
    sitrep: &NewSitrep,
    area: &AreaRow,
    as_of_ms: Option<i64>,
) -> Result<BTreeMap<String, WordFact>, Fault> {
    let (t, lang) = (SitrepWords(asking.lang), asking.lang);
    let mut facts: BTreeMap<&'static str, WordFact> = BTreeMap::new();
    let mut say = |name, text: String, of: &str, href: String| {
        facts.insert(name, WordFact { text, of: of.to_owned(), href });
    };
    say("area", area.name.clone(), t.areas(), "/areas".to_owned());
    say("date", date(sitrep.on, lang), t.of_report(), String::new());
    say("as_of", instant(as_of_ms.unwrap_or(asking.now_ms), lang), t.of_figures(), String::new());
    let incident = match sitrep.incident {
        Some(id) => asking.store.incident(id, &asking.incidents).await?,
        None => None,
    };
    if let Some(incident) = incident {
        let href = format!("/incidents/{}", incident.id);
        say("incident", incident.name.clone(), t.of_incident(), href.clone());
        say("level", level_said(incident.level, lang), t.of_level(), format!("{href}/level"));
        let since = incident.level_since_ms.map(|at| instant(at, lang)).unwrap_or_default();
        say("level_since", since, t.of_level(), format!("{href}/level"));
        let (tally, n_done) = orders(asking, &incident).await?;
        let rows = |state: &str| format!("/orders?incident={}&state={state}", incident.id);
        say("orders_open", t.n_orders(tally.n_open), t.of_orders(), rows("open"));
        say("orders_late", t.n_orders(tally.n_late), t.of_orders(), rows("late"));
        say("orders_done", t.n_orders(n_done), t.of_orders(), rows("done"));
    }
    for (name, fact) in completeness(asking, sitrep).await? {
        facts.insert(name, fact);
    }
    let both = facts.into_iter().flat_map(|(en, fact)| {
        let zh = FACT_NAMES.iter().find(|name| name.en == en).map(|name| (name.zh.to_owned(), fact.clone()));
        zh.into_iter().chain([(en.to_owned(), fact)])
    });
    Ok(both.collect())
}

/// Who has reported and who has not, for the day.
async fn completeness(asking: &Asking<'_>, sitrep: &NewSitrep) -> Result<Vec<(&'static str, WordFact)>, Fault> {
    let (t, lang) = (SitrepWords(asking.lang), asking.lang);
    let scope = Scope { areas: vec![sitrep.area.clone()], ..Scope::default() };
    let days = reports_of_day(asking.store, &scope, &sitrep.area, (sitrep.on, asking.now_ms)).await?;
    let sum = |n: fn(&Completeness) -> usize| t.n_reports(days.iter().map(|one| n(&one.completeness)).sum());
    let mut missing: Vec<String> = Vec::new();
    for name in days.iter().flat_map(|one| &one.missing) {
        if !missing.contains(name) {
            missing.push(name.clone());
        }
    }
    let n_open: usize = days.iter().map(|one| one.completeness.n_draft + one.completeness.n_not_yet_due).sum();
    let names = match (missing.is_empty(), n_open) {
        (true, 0) => t.nobody().to_owned(),
        (true, n) => t.not_yet_due(n),
        (false, _) => few(&missing, NAMED, lang).join(lang.pick("、", ", ")),
    };
    let of = |text: String| WordFact {
        text: if days.is_empty() { String::new() } else { text },
        of: t.of_completeness().to_owned(),
        href: "/reports/board".to_owned(),
    };
    Ok(vec![
        ("reports_due", of(sum(Completeness::n_asked))),
        ("reports_in", of(sum(Completeness::n_in))),
        ("reports_late", of(sum(|one| one.n_late))),
        ("missing_units", of(names)),
    ])
}

/// How the orders of an incident stand, and how many are done.
async fn orders(asking: &Asking<'_>, incident: &IncidentRecord) -> Result<(UnitTally, i64), Fault> {
    let store = asking.store;
    let tallies = store.tally_units(incident.id, (asking.now_ms, asking.now_ms)).await?;
    let all = tallies.iter().fold(UnitTally::default(), |sum, (_, _, tally)| sum.and(tally));
    Ok((all, store.n_orders_done(incident.id).await?))
}
