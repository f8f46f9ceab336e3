use std::collections::BTreeMap;

use askama::Template;
use lianfang_domain::{
    IncidentId,
    access::Act,
    area::AreaLevel,
    incident::{DiseaseClass, Figure, IncidentKind, ParameterName, suggest_grade},
    plan::ResponseLevel,
};
use lianfang_store::{CaseOrigin, CasesRecord, IncidentRecord, ParameterRecord};

use super::{
    IncidentWords, cases::CasesForm, change::ChangeForm, diseases, here, href, pages, parameter::ParameterForm,
    phase::PhaseForm, plans, trail,
};
use crate::{
    Choice, Fault, Frame,
    at::At,
    fault::PageResult,
    form::FormErrors,
    grade_rule::rules_in_force,
    page::{form_page, page},
    shown::{date, grouped, instant},
    typed_time::field_of,
    unit::area_choices,
    visit::Visit,
};

/// What is known of an incident, and the forms that change it.
#[derive(Template)]
#[template(path = "incident/facts.html")]
pub(crate) struct FactsPage {
    frame: Frame,
    t: IncidentWords,
    href: String,
    pages: Vec<(String, &'static str, bool)>,
    version: i64,
    is_planned: bool,
    typed: Typed,
    diseases: Vec<Choice>,
    plans: Vec<Choice>,
    parameter_names: Vec<Choice>,
    classes: Vec<Choice>,
    parameters: Vec<ParameterLine>,
    figures: Vec<FigureLine>,
    verdict: VerdictShown,
    grades: Vec<Choice>,
    origins: Vec<Choice>,
    cases: Vec<CasesLine>,
    phases: Vec<PhaseLine>,
    venues: Vec<(String, String, String)>,
    areas: Vec<Choice>,
    may_change: bool,
    errors: FormErrors,
}

form_page!(FactsPage);

/// What was typed into the forms of the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) change: ChangeForm,
    pub(super) parameter: ParameterForm,
    pub(super) figures: BTreeMap<String, String>,
    pub(super) cases: CasesForm,
    pub(super) phase: PhaseForm,
}

struct ParameterLine {
    name: &'static str,
    value: String,
    source: String,
    from_on: String,
    by: String,
}

struct FigureLine {
    code: &'static str,
    name: &'static str,
    value: String,
    as_of: String,
    /// What was typed for it.
    typed: String,
}

struct CasesLine {
    id: String,
    n_cases: String,
    origin: &'static str,
    isolated: String,
    source: String,
    by: String,
    struck: String,
}

struct PhaseLine {
    name: String,
    days: String,
    words: String,
    is_now: bool,
}

/// What the grading rules say of the figures.
#[derive(Default)]
pub(super) struct VerdictShown {
    pub(super) grade: String,
    /// Clause, what it says, and the figures that it was judged by.
    pub(super) met: Vec<(String, String, String)>,
    /// Clause, what it says, and what is missing.
    pub(super) next: Vec<(String, String, String)>,
}

pub(super) async fn show(visit: Visit, At(id): At<IncidentId>) -> PageResult {
    let record = here(&visit, id).await?;
    let typed = typed(&visit, &record);
    page(&facts_page(&visit, &record, typed, FormErrors::default()).await?)
}

/// The forms as they stand before anything is typed.
pub(super) fn typed(visit: &Visit, record: &IncidentRecord) -> Typed {
    Typed {
        change: ChangeForm::of(record),
        parameter: ParameterForm { from_on: visit.day().to_string(), ..ParameterForm::default() },
        figures: BTreeMap::from([("as_of".to_owned(), field_of(visit.now_ms))]),
        cases: CasesForm { isolated_on: visit.day().to_string(), ..CasesForm::default() },
        phase: PhaseForm::default(),
    }
}

pub(super) async fn facts_page(
    visit: &Visit,
    record: &IncidentRecord,
    typed: Typed,
    errors: FormErrors,
) -> Result<FactsPage, Fault> {
    let (t, store, lang) = (IncidentWords(visit.lang), visit.app.store(), visit.lang);
    let figures = store.figures_of(record).await?;
    let latest: BTreeMap<Figure, (i64, i64)> =
        figures.iter().map(|one| (one.figure, (one.value, one.as_of_ms))).collect();
    let verdict = verdict(visit, record, &latest).await?;
    let parameters = store.parameters(record).await?;
    let origin = if typed.cases.origin.is_empty() { "local" } else { &typed.cases.origin };
    let grade = record.grade.map(|grade| grade.number().to_string()).unwrap_or_default();
    Ok(FactsPage {
        frame: visit.frame(t.facts(), trail(visit, Some(record))),
        href: href(record.id),
        pages: pages(visit, record.id),
        version: record.version,
        is_planned: record.kind == IncidentKind::PlannedEvent,
        diseases: diseases(visit, &typed.change.disease),
        plans: plans(visit, &typed.change.plan).await?,
        parameter_names: Choice::all(
            ParameterName::ALL.map(|name| (name.code(), name.words(lang))),
            &typed.parameter.name,
        ),
        classes: Choice::all(DiseaseClass::ALL.map(|class| (class.code(), class.words(lang))), &typed.parameter.class),
        parameters: parameters.iter().rev().map(|one| parameter_line(visit, one)).collect(),
        figures: Figure::ALL.map(|figure| figure_line(visit, figure, latest.get(&figure), &typed)).into(),
        verdict,
        grades: Choice::all(ResponseLevel::ALL.map(|grade| (grade.number().to_string(), grade.words(lang))), &grade),
        origins: Choice::all([("local", t.local()), ("imported", t.imported())], origin),
        cases: store.cases_of(record).await?.into_iter().rev().map(|one| cases_line(visit, one)).collect(),
        phases: phase_lines(visit, record).await?,
        venues: venues(visit, record).await?,
        areas: area_choices(visit, &visit.scope, AreaLevel::Township, &typed.phase.area).await?,
        may_change: record.closed_at_ms.is_none() && visit.may(Act::ChangeIncidents),
        typed,
        errors,
        t,
    })
}

/// What the rules in force suggest for the figures that are known.
pub(super) async fn verdict(
    visit: &Visit,
    record: &IncidentRecord,
    latest: &BTreeMap<Figure, (i64, i64)>,
) -> Result<VerdictShown, Fault> {
    let lang = visit.lang;
    let rules = rules_in_force(visit.app.store(), &record.area, visit.day()).await?;
    let known = latest.iter().map(|(figure, (value, _))| (*figure, *value)).collect();
    let verdict = suggest_grade(&rules, &record.disease, &known, visit.day());
    let join = |words: Vec<String>| words.join(lang.pick("，", ", "));
    let met = verdict.met.iter().map(|one| {
        let figures = one
            .figures
            .iter()
            .map(|(asked, value)| format!("{} {value} ≥ {}", asked.figure.words(lang), asked.at_least));
        (one.rule.clause.clone(), one.rule.words.clone(), join(figures.collect()))
    });
    let next = verdict.next.iter().map(|(rule, short)| {
        let short = short.iter().map(|one| one.words(lang)).collect();
        (format!("{} {}", rule.grade.numeral(), rule.clause), rule.words.clone(), join(short))
    });
    let grade = verdict.grade.map(|grade| grade.words(lang)).unwrap_or_default();
    Ok(VerdictShown { grade, met: met.collect(), next: next.collect() })
}

fn parameter_line(visit: &Visit, one: &ParameterRecord) -> ParameterLine {
    let value = match one.name {
        ParameterName::Class => DiseaseClass::from_code(&one.value).map(|class| class.words(visit.lang).to_owned()),
        ParameterName::MaxIncubationDays | ParameterName::MeanIncubationDays | ParameterName::AtOnceMinutes => None,
    };
    ParameterLine {
        name: one.name.words(visit.lang),
        value: value.unwrap_or_else(|| one.value.clone()),
        source: one.source.clone(),
        from_on: date(one.from_on, visit.lang),
        by: format!("{} {}", one.by, instant(one.at_ms, visit.lang)),
    }
}

fn figure_line(visit: &Visit, figure: Figure, known: Option<&(i64, i64)>, typed: &Typed) -> FigureLine {
    FigureLine {
        code: figure.code(),
        name: figure.words(visit.lang),
        value: known.map(|(value, _)| grouped(*value)).unwrap_or_default(),
        as_of: known.map(|(_, as_of)| instant(*as_of, visit.lang)).unwrap_or_default(),
        typed: typed.figures.get(figure.code()).cloned().unwrap_or_default(),
    }
}

fn cases_line(visit: &Visit, record: CasesRecord) -> CasesLine {
    let t = IncidentWords(visit.lang);
    CasesLine {
        id: record.cases.id.to_string(),
        n_cases: grouped(record.cases.n_cases),
        origin: match record.cases.origin {
            CaseOrigin::Local => t.local(),
            CaseOrigin::Imported => t.imported(),
        },
        isolated: date(record.cases.isolated_on, visit.lang),
        source: record.cases.source,
        by: format!("{} {}", record.by, instant(record.at_ms, visit.lang)),
        struck: record.struck.map(|(why, who)| t.struck(&who, &why)).unwrap_or_default(),
    }
}

async fn phase_lines(visit: &Visit, record: &IncidentRecord) -> Result<Vec<PhaseLine>, Fault> {
    let day = visit.day();
    let phases = visit.app.store().phases(record).await?;
    let line = |phase: lianfang_store::IncidentPhase| PhaseLine {
        is_now: phase.from_on.is_none_or(|from| from <= day) && phase.until_on.is_none_or(|until| day <= until),
        days: super::phase::days(visit, &phase),
        name: phase.name,
        words: phase.words,
    };
    Ok(phases.into_iter().map(line).collect())
}

async fn venues(visit: &Visit, record: &IncidentRecord) -> Result<Vec<(String, String, String)>, Fault> {
    let mut lines = Vec::new();
    for venue in visit.app.store().venues(record).await? {
        let area = visit.app.store().area_row(&venue.area, &visit.scope, visit.day()).await?;
        lines.push((venue.name, area.map_or_else(|| venue.area.to_string(), |area| area.name), venue.words));
    }
    Ok(lines)
}
