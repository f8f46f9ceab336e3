use std::collections::BTreeMap;

use askama::Template;
use lianfang_domain::{
    access::Act,
    area::AreaCode,
    incident::{Disease, Figure, GradeRule, supplied_grade_rules},
    plan::ResponseLevel,
};
use lianfang_store::GradeRuleRecord;

use super::words::GradeRuleWords;
use crate::{
    Choice, Fault, Frame,
    fault::PageResult,
    form::FormErrors,
    page::{form_page, page},
    shown::{date, instant},
    unit::offered,
    visit::Visit,
};

/// The grading rules of a county.
#[derive(Template)]
#[template(path = "grade_rule/list.html")]
pub(crate) struct GradingPage {
    frame: Frame,
    t: GradeRuleWords,
    area: String,
    is_supplied: bool,
    rules: Vec<RuleLine>,
    grades: Vec<Choice>,
    diseases: Vec<Choice>,
    figures: Vec<(&'static str, &'static str, String)>,
    typed: BTreeMap<String, String>,
    may_change: bool,
    errors: FormErrors,
}

form_page!(GradingPage);

struct RuleLine {
    id: String,
    version: i64,
    grade: String,
    clause: String,
    disease: String,
    words: String,
    conditions: String,
    holds: String,
    source: String,
    by: String,
    has_ended: bool,
}

pub(super) async fn show(visit: Visit) -> PageResult {
    let typed = BTreeMap::from([("from_on".to_owned(), visit.day().to_string())]);
    page(&grading_page(&visit, typed, FormErrors::default()).await?)
}

/// The county of the user: the first of those that the act reaches.
pub(super) async fn county(visit: &Visit) -> Result<Option<AreaCode>, Fault> {
    let scope = visit.scope_of(Act::ViewIncidents);
    let areas = offered(visit, &scope, lianfang_domain::area::AreaLevel::Township).await?;
    Ok(areas.first().map(|area| area.code.home()))
}

pub(super) async fn grading_page(
    visit: &Visit,
    typed: BTreeMap<String, String>,
    errors: FormErrors,
) -> Result<GradingPage, Fault> {
    let (t, lang, store) = (GradeRuleWords(visit.lang), visit.lang, visit.app.store());
    let county = county(visit).await?;
    let own = match &county {
        Some(county) => store.grade_rules(county).await?,
        None => Vec::new(),
    };
    let area = match &county {
        Some(county) => store.area_row(county, &lianfang_domain::access::Scope::everywhere(), visit.day()).await?,
        None => None,
    };
    let is_supplied = own.is_empty();
    let rules = if is_supplied {
        supplied_grade_rules().into_iter().map(|rule| line(visit, &rule, None)).collect()
    } else {
        own.iter().map(|one| line(visit, &one.rule, Some(one))).collect()
    };
    let field = |name: &str| typed.get(name).cloned().unwrap_or_default();
    Ok(GradingPage {
        frame: visit.frame(t.title(), Vec::new()),
        area: area.map(|area| area.name).unwrap_or_default(),
        is_supplied,
        rules,
        grades: Choice::all(
            ResponseLevel::ALL.map(|grade| (grade.number().to_string(), grade.words(lang))),
            &field("grade"),
        ),
        diseases: Choice::all(Disease::ALL.iter().map(|one| (one.code, one.words(lang))), &field("disease")),
        figures: Figure::ALL.map(|figure| (figure.code(), figure.words(lang), field(figure.code()))).into(),
        may_change: county.is_some() && visit.may(Act::ChangeGradeRules),
        typed,
        errors,
        t,
    })
}

fn line(visit: &Visit, rule: &GradeRule, record: Option<&GradeRuleRecord>) -> RuleLine {
    let (t, lang) = (GradeRuleWords(visit.lang), visit.lang);
    let disease = Disease::from_code(&rule.disease).map_or(rule.disease.as_str(), |one| one.words(lang));
    let disease = match rule.disease.as_str() {
        "" => t.any(),
        "food_poisoning" => t.food_poisoning(),
        _ => disease,
    };
    let conditions: Vec<String> =
        rule.conditions.iter().map(|one| format!("{} ≥ {}", one.figure.words(lang), one.at_least)).collect();
    let until = record.and_then(|one| one.until_on).map(|day| date(day, lang));
    RuleLine {
        id: record.map(|one| one.id.to_string()).unwrap_or_default(),
        version: record.map_or(0, |one| one.version),
        grade: rule.grade.words(lang),
        clause: rule.clause.clone(),
        disease: disease.to_owned(),
        words: rule.words.clone(),
        conditions: conditions.join(lang.pick("，且 ", " and ")),
        holds: format!("{} – {}", date(rule.from_on, lang), until.clone().unwrap_or_default()),
        source: rule.source.clone(),
        by: record.map(|one| format!("{} {}", one.by, instant(one.at_ms, lang))).unwrap_or_default(),
        has_ended: until.is_some(),
    }
}
