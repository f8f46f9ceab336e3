use askama::Template;
use axum::extract::Query;
use lianfang_domain::{
    ReportTemplateId,
    access::{Act, Scope},
    area::AreaLevel,
    indicator::{Indicator, IndicatorState},
    plan::PlanState,
    report::{
        Cadence, Covers, ReportTemplate, SUPPLIED, SuppliedAsk, SuppliedTemplate, first_day_of_version, planned_times,
    },
    unit::UnitKind,
};
use lianfang_store::TemplateRecord;
use serde::Deserialize;

use super::{
    template_form::{Fields, TemplateForm, TypedLine},
    template_href, trail,
    words::ReportWords,
};
use crate::{
    Fault, Frame, Link,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    frame::Choice,
    keep::{Refusals, keep},
    order::Units,
    page::{again, form_page, page, see_other},
    unit::area_choices,
    visit::Visit,
};

/// The form of a template.
#[derive(Template)]
#[template(path = "report/template_edit.html")]
pub(crate) struct TemplateEditPage {
    frame: Frame,
    t: ReportWords,
    action: String,
    cancel: String,
    version: i64,
    form: TemplateForm,
    areas: Vec<Choice>,
    asked_areas: Vec<Choice>,
    every: Vec<Choice>,
    weekdays: Vec<Choice>,
    covers: Vec<Choice>,
    kinds: Vec<Choice>,
    lines: Vec<LineForm>,
    units: Vec<String>,
    /// Times that the accepted plans set: what is said, and how often.
    planned: Vec<(String, String, String)>,
    supplied: Vec<(&'static str, &'static str)>,
    is_new: bool,
    errors: FormErrors,
}

form_page!(TemplateEditPage);

struct LineForm {
    at: usize,
    line: TypedLine,
    asks: Vec<Choice>,
    name: String,
    is_text: bool,
}

/// From what a new template begins.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct BeginQuery {
    supplied: String,
    copy: String,
}

/// What the form needs beside what is typed.
struct Ground {
    indicators: Vec<Indicator>,
    names: Units,
}

async fn ground(visit: &Visit) -> Result<Ground, Fault> {
    let names = Units::read(visit, &visit.scope).await?;
    let mut indicators = Vec::new();
    let mut homes: Vec<_> = visit.scope.areas.iter().map(lianfang_domain::area::AreaCode::home).collect();
    if visit.scope.everywhere {
        let areas = visit.app.store().areas_within(&visit.scope).await?;
        homes = areas.into_iter().map(|(area, _)| area.code.home()).collect();
        homes.sort();
    }
    homes.dedup();
    for home in homes {
        indicators.extend(visit.app.store().indicators(&home).await?);
    }
    indicators.retain(|one| one.state == IndicatorState::InUse);
    Ok(Ground { indicators, names })
}

pub(super) async fn begin(visit: Visit, Query(query): Query<BeginQuery>) -> PageResult {
    let ground = ground(&visit).await?;
    let area = visit.scope.areas.first().map(ToString::to_string).unwrap_or_default();
    let form = match (SuppliedTemplate::of(&query.supplied), query.copy.parse::<ReportTemplateId>()) {
        (Some(one), _) => TemplateForm::of_supplied(one, &area, &ground.indicators),
        (None, Ok(id)) => {
            let record = here(&visit, id).await?;
            let mut form = TemplateForm::from_template(&record.template, &ground.names);
            form.lines.iter_mut().for_each(|line| line.key.clear());
            form.name_zh = ReportWords(visit.lang).copy_of(&form.name_zh);
            form.name_en.clear();
            form
        }
        (None, Err(_)) => {
            let mut form = TemplateForm { area: area.clone(), asked_area: area, ..TemplateForm::default() };
            form.set_cadence(Cadence::Daily { by: lianfang_domain::plan::TimeOfDay { hour: 15, minute: 0 } });
            form.lines.push(TypedLine { required: "1".to_owned(), ..TypedLine::default() });
            form
        }
    };
    page(&edit_page(&visit, &ground, form, None, FormErrors::default()).await?)
}

pub(super) async fn here(visit: &Visit, id: ReportTemplateId) -> Result<TemplateRecord, Fault> {
    let record = visit.app.store().report_template(id, &visit.scope).await?.ok_or(Fault::NotFound)?;
    if visit.scope.holds_area(&record.template.area) { Ok(record) } else { Err(Fault::NotFound) }
}

pub(super) async fn show(visit: Visit, At(id): At<ReportTemplateId>) -> PageResult {
    let (ground, record) = (ground(&visit).await?, here(&visit, id).await?);
    let form = TemplateForm::from_template(&record.template, &ground.names);
    page(&edit_page(&visit, &ground, form, Some(&record), FormErrors::default()).await?)
}

async fn edit_page(
    visit: &Visit,
    ground: &Ground,
    form: TemplateForm,
    record: Option<&TemplateRecord>,
    errors: FormErrors,
) -> Result<TemplateEditPage, Fault> {
    let (t, lang) = (ReportWords(visit.lang), visit.lang);
    let title = record.map_or_else(|| t.template_new().to_owned(), |one| one.template.name(lang).to_owned());
    let mut steps = trail(visit);
    steps.push(Link { name: t.templates().to_owned(), href: "/reports/templates".to_owned() });
    let weekdays = (1..=7).map(|n: usize| (n.to_string(), t.weekday(n)));
    let codes: Vec<&str> = form.kinds.iter().map(|kind| kind.code()).collect();
    let mut kinds = Choice::all(UnitKind::ALL.into_iter().map(|kind| (kind.code(), kind.words(lang))), "");
    kinds.iter_mut().for_each(|choice| choice.chosen = codes.contains(&choice.value.as_str()));
    Ok(TemplateEditPage {
        frame: visit.frame(&title, steps),
        t,
        action: record.map_or_else(
            || "/reports/templates/new".to_owned(),
            |one| format!("{}/edit", template_href(one.template.id)),
        ),
        cancel: record.map_or_else(|| "/reports/templates".to_owned(), |one| template_href(one.template.id)),
        version: record.map_or(0, |one| one.template.version),
        areas: area_choices(visit, &visit.scope, AreaLevel::County, &form.area).await?,
        asked_areas: area_choices(visit, &visit.scope, AreaLevel::Township, &form.asked_area).await?,
        every: Choice::all(Cadence::kinds(lang), &form.every),
        weekdays: Choice::all(weekdays, &form.weekday),
        covers: Choice::all(Covers::ALL.into_iter().map(|one| (one.code(), one.words(lang))), &form.covers),
        kinds,
        lines: line_forms(visit, ground, &form),
        units: ground.names.offered(),
        planned: planned(visit).await?,
        supplied: SUPPLIED.iter().map(|one| (one.code, one.name(lang))).collect(),
        is_new: record.is_none(),
        form,
        errors,
    })
}

fn line_forms(visit: &Visit, ground: &Ground, form: &TemplateForm) -> Vec<LineForm> {
    let lang = visit.lang;
    let typed = ground.indicators.iter().filter(|one| one.source.formula().is_none());
    let label = |one: &Indicator| format!("{}（{}）", one.name(lang), one.unit_words(lang));
    let known: Vec<(String, String)> = typed.map(|one| (one.id.to_string(), label(one))).collect();
    let line = |(at, line): (usize, &TypedLine)| {
        let mut asks = vec![("text".to_owned(), ReportWords(lang).words_asked().to_owned())];
        asks.extend(known.iter().cloned());
        if let Some(code) = line.ask.strip_prefix("new:") {
            asks.push((line.ask.clone(), ReportWords(lang).new_indicator(supplied_name(code, lang))));
        }
        let name = asks.iter().find(|(value, _)| *value == line.ask).map(|(_, label)| label.clone());
        let is_text = line.ask.is_empty() || line.ask == "text";
        LineForm {
            at,
            name: if is_text { line.name_zh.clone() } else { name.unwrap_or_default() },
            is_text,
            asks: Choice::all(asks, &line.ask),
            line: line.clone(),
        }
    };
    form.lines.iter().enumerate().map(line).collect()
}

/// The name of an indicator that is supplied.
fn supplied_name(code: &str, lang: lianfang_domain::Lang) -> &'static str {
    let asks = SUPPLIED.iter().flat_map(|one| one.lines).map(|(_, ask)| ask);
    let name = |ask: &SuppliedAsk| match ask {
        SuppliedAsk::Figure { code: own, name, .. } if *own == code => Some(lang.pick(name.0, name.1)),
        _ => None,
    };
    asks.into_iter().find_map(name).unwrap_or_default()
}

/// Times for reports that the accepted plans set.
async fn planned(visit: &Visit) -> Result<Vec<(String, String, String)>, Fault> {
    let (store, scope) = (visit.app.store(), visit.scope_of(Act::ViewPlans));
    let mut found = Vec::new();
    if scope.is_nothing() {
        return Ok(found);
    }
    for record in store.plans(&scope, None, 50).await?.into_iter().filter(|one| one.state == PlanState::Accepted) {
        let plan = store.plan_content(&record).await?.plan;
        for time in planned_times(&plan) {
            let by = time.cadence.by().map(|by| by.to_string()).unwrap_or_default();
            let words = format!("{}：{}", record.title, time.words);
            found.push((words, time.cadence.words(visit.lang), format!("{by}|{}", time.covers.code())));
        }
    }
    Ok(found)
}

/// What a button of the form does to what is typed, without keeping it; false where it is to be kept.
fn arrange(form: &mut TemplateForm, wish: &str) -> bool {
    let at = |number: &str| number.parse::<usize>().ok().filter(|at| *at < form.lines.len());
    match wish.split_once(':') {
        Some(("up", n)) => at(n).filter(|at| *at > 0).into_iter().for_each(|at| form.lines.swap(at - 1, at)),
        Some(("down", n)) => {
            let last = form.lines.len().saturating_sub(1);
            at(n).filter(|at| *at < last).into_iter().for_each(|at| form.lines.swap(at, at + 1));
        }
        Some(("drop", n)) => at(n).into_iter().for_each(|at| drop(form.lines.remove(at))),
        Some(("planned", rule)) => {
            let (by, covers) = rule.split_once('|').unwrap_or((rule, ""));
            "daily".clone_into(&mut form.every);
            by.clone_into(&mut form.by);
            covers.clone_into(&mut form.covers);
        }
        _ if wish == "add" => {
            form.lines.push(TypedLine { required: "1".to_owned(), ..TypedLine::default() });
        }
        _ => return wish == "preview",
    }
    true
}

pub(super) async fn add(visit: Visit, Sent(fields): Sent<Fields>) -> PageResult {
    keep_template(&visit, &fields, None).await
}

pub(super) async fn change(visit: Visit, At(id): At<ReportTemplateId>, Sent(fields): Sent<Fields>) -> PageResult {
    let record = here(&visit, id).await?;
    keep_template(&visit, &fields, Some(record)).await
}

async fn keep_template(visit: &Visit, fields: &Fields, record: Option<TemplateRecord>) -> PageResult {
    let ground = ground(visit).await?;
    let mut form = TemplateForm::of(fields);
    if arrange(&mut form, fields.get("do").map_or("", String::as_str)) {
        return page(&edit_page(visit, &ground, form, record.as_ref(), FormErrors::default()).await?);
    }
    let id = record
        .as_ref()
        .map_or_else(|| ReportTemplateId(visit.app.store().new_id(visit.now_ms)), |record| record.template.id);
    let from_on = record
        .as_ref()
        .map_or(visit.day(), |record| first_day_of_version(record.template.cadence, visit.day(), visit.now_ms));
    let (read, new, errors) = form.read(visit, (id, from_on), (&ground.names, &ground.indicators));
    let Some(template) = read.filter(|_| errors.is_empty()) else {
        return again(&edit_page(visit, &ground, form, record.as_ref(), errors).await?);
    };
    let mut tx = visit.begin();
    tx.about("report_template", id, Some(&template.area));
    new.iter().try_for_each(|indicator| tx.add_indicator(indicator))?;
    match &record {
        None => tx.add_report_template(&template)?,
        Some(record) => {
            let seen: i64 = fields.get("version").and_then(|seen| seen.parse().ok()).unwrap_or(0);
            let seen = ReportTemplate { version: seen, ..record.template.clone() };
            tx.change_report_template(&seen, &template)?;
        }
    }
    let t = ReportWords(visit.lang);
    match keep(tx, Refusals::changed(t.changed()).or_taken("", t.indicator_taken())).await? {
        Ok(()) => Ok(see_other(&template_href(id))),
        Err(errors) => {
            let present = match record {
                Some(_) => Some(here(visit, id).await?),
                None => None,
            };
            again(&edit_page(visit, &ground, form, present.as_ref(), errors).await?)
        }
    }
}

/// Everything of a county, for those whose own right reaches further than it.
pub(super) fn of_home(template: &ReportTemplate) -> Scope {
    Scope { areas: vec![template.area.home()], ..Scope::default() }
}
