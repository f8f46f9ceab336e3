//! Grading rules of a jurisdiction: by which figures an event has which grade, each with the number of its clause.

mod change;
mod list;
mod words;

use jiff::civil::Date;
use lianfang_domain::{
    access::Act,
    area::AreaCode,
    incident::{GradeRule, supplied_grade_rules},
};
use lianfang_store::{Store, StoreError};

use crate::route::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get("/grading", Act::ViewIncidents, list::show)
        .post("/grading", Act::ChangeGradeRules, change::send)
        .post("/grading/take-over", Act::ChangeGradeRules, change::take_over)
        .post("/grading/{part}/end", Act::ChangeGradeRules, change::end)
}

/// The rules that hold in a county on a day: its own, or the supplied ones while it has none.
pub(crate) async fn rules_in_force(store: &Store, area: &AreaCode, day: Date) -> Result<Vec<GradeRule>, StoreError> {
    let own = store.grade_rules(area).await?;
    if own.is_empty() {
        return Ok(supplied_grade_rules());
    }
    Ok(own.into_iter().filter(|one| one.until_on.is_none_or(|until| day <= until)).map(|one| one.rule).collect())
}
