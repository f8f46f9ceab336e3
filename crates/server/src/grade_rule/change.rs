use std::collections::BTreeMap;

use lianfang_domain::{
    PartId,
    area::AreaCode,
    incident::{Condition, Disease, Figure, GradeRule, supplied_grade_rules},
    plan::ResponseLevel,
};

use super::{
    list::{county, grading_page},
    words::GradeRuleWords,
};
use crate::{
    Fault,
    at::At,
    fault::PageResult,
    form::{FormErrors, Nothing, Seen, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    visit::Visit,
};

/// What was sent: the rule, and for each figure from how many on.
type Fields = BTreeMap<String, String>;

/// The user's county, for which the act must reach.
async fn own_county(visit: &Visit) -> Result<AreaCode, Fault> {
    county(visit).await?.filter(|county| visit.scope.holds_area(county)).ok_or(Fault::NotFound)
}

/// Lays down one more rule. A county without its own rules takes over the supplied ones with it.
pub(super) async fn send(visit: Visit, Sent(fields): Sent<Fields>) -> PageResult {
    let rule = match read(&visit, &fields) {
        Ok(rule) => rule,
        Err(errors) => return again(&grading_page(&visit, fields, errors).await?),
    };
    let county = own_county(&visit).await?;
    let mut rules = vec![rule];
    if visit.app.store().grade_rules(&county).await?.is_empty() {
        rules.extend(supplied_grade_rules());
    }
    lay_down(&visit, &county, &rules).await
}

/// Takes the supplied rules over as the county's own, so that each can be ended and others added.
pub(super) async fn take_over(visit: Visit, Sent(_): Sent<Nothing>) -> PageResult {
    let county = own_county(&visit).await?;
    if !visit.app.store().grade_rules(&county).await?.is_empty() {
        return Ok(see_other("/grading"));
    }
    lay_down(&visit, &county, &supplied_grade_rules()).await
}

async fn lay_down(visit: &Visit, county: &AreaCode, rules: &[GradeRule]) -> PageResult {
    let mut tx = visit.begin();
    tx.about("grade_rule", county, Some(county));
    for rule in rules {
        tx.add_grade_rule(county, PartId(visit.app.store().new_id(visit.now_ms)), rule)?;
    }
    tx.changed("rules", 0, rules.len());
    tx.commit().await?;
    Ok(see_other("/grading"))
}

/// Ends a rule with today.
pub(super) async fn end(visit: Visit, At(part): At<PartId>, Sent(seen): Sent<Seen>) -> PageResult {
    let county = own_county(&visit).await?;
    let mut tx = visit.begin();
    tx.about("grade_rule", part, Some(&county));
    tx.end_grade_rule(&county, (part, seen.version), visit.day());
    match keep(tx, Refusals::changed(GradeRuleWords(visit.lang).changed())).await? {
        Ok(()) => Ok(see_other("/grading")),
        Err(errors) => again(&grading_page(&visit, Fields::default(), errors).await?),
    }
}

fn read(visit: &Visit, fields: &Fields) -> Result<GradeRule, FormErrors> {
    let (t, mut errors) = (GradeRuleWords(visit.lang), FormErrors::default());
    let field = |name: &str| fields.get(name).map_or("", |value| value.trim());
    let grade = field("grade").parse().ok().and_then(ResponseLevel::from_number);
    if grade.is_none() {
        errors.add("grade", t.grade_none());
    }
    for (name, why) in [("clause", t.clause_none()), ("words", t.words_none()), ("source", t.source_none())] {
        if field(name).is_empty() {
            errors.add(name, why);
        }
    }
    let disease = field("disease");
    if !disease.is_empty() && Disease::from_code(disease).is_none() {
        errors.add("disease", t.disease_bad());
    }
    let from_on = field("from_on").parse().ok();
    if from_on.is_none() {
        errors.add("from_on", t.day_bad());
    }
    let mut conditions = Vec::new();
    for figure in Figure::ALL.into_iter().filter(|figure| !field(figure.code()).is_empty()) {
        match field(figure.code()).parse::<i64>().ok().filter(|n| *n > 0) {
            Some(at_least) => conditions.push(Condition { figure, at_least }),
            None => errors.add(figure.code(), t.figure_bad()),
        }
    }
    match (grade, from_on, errors.is_empty()) {
        (Some(grade), Some(from_on), true) => Ok(GradeRule {
            grade,
            clause: field("clause").to_owned(),
            disease: disease.to_owned(),
            words: field("words").to_owned(),
            conditions,
            from_on,
            source: field("source").to_owned(),
        }),
        _ => Err(errors),
    }
}
