use std::collections::BTreeMap;

use axum::extract::Query;
use lianfang_domain::report::{Filled, ReportState, ReportStep, TypedAnswer, fill_zeros, next_state, section_of};
use lianfang_store::StoreError;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    fill_page::{Shown, fill_page},
    ground::{Ground, Place},
    href,
    keep_report::{Keeping, keep},
    words::ReportWords,
};
use crate::{
    Fault,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, page, see_other},
    visit::Visit,
};

/// Which report is filled in: one that is kept, or a template, a unit and the day under which its figures stand.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "ReportPlace")]
pub(super) struct PlaceQuery {
    report: String,
    template: String,
    unit: String,
    /// `2026-11-22`.
    on: String,
}

impl PlaceQuery {
    pub(super) fn of(fields: &Fields) -> PlaceQuery {
        let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
        PlaceQuery { report: field("report"), template: field("template"), unit: field("unit"), on: field("on") }
    }

    pub(super) fn place(&self) -> Result<Place, Fault> {
        if let Ok(id) = self.report.parse() {
            return Ok(Place::Kept(id));
        }
        let template = self.template.parse().map_err(|_| Fault::NotFound)?;
        let unit = self.unit.parse().map_err(|_| Fault::NotFound)?;
        Ok(Place::Due { template, unit, on: self.on.parse().ok() })
    }
}

/// What was sent: `v_KEY`, `c_KEY` and `r_KEY` by the key of a line, and what is to be done in `act`.
pub(super) type Fields = BTreeMap<String, String>;

/// What was typed, by the keys of the lines.
pub(super) fn typed_of(fields: &Fields, ground: &Ground) -> BTreeMap<String, TypedAnswer> {
    let field = |name: &str, key: &str| fields.get(&format!("{name}_{key}")).cloned().unwrap_or_default();
    let lines = ground.template.lines.iter();
    let typed = |key: &str| TypedAnswer { value: field("v", key), chosen: field("c", key), reason: field("r", key) };
    lines.map(|line| (line.key.clone(), typed(&line.key))).collect()
}

/// What is to be done with what was sent.
enum Wish {
    Save,
    Submit,
    /// Zeros into what was left empty: everywhere, or in the section that begins at a line.
    Zero(Option<usize>),
}

fn wish(fields: &Fields) -> Wish {
    match fields.get("act").map_or("", String::as_str) {
        "draft" => Wish::Save,
        "zero" => Wish::Zero(None),
        other => other.strip_prefix("zero:").map_or(Wish::Submit, |at| Wish::Zero(at.parse().ok())),
    }
}

pub(super) async fn show(visit: Visit, Query(query): Query<PlaceQuery>) -> PageResult {
    let ground = Ground::read(&visit, &visit.scope, query.place()?).await?;
    let typed = ground.template.lines.iter().map(|line| (line.key.clone(), ground.content.typed(line))).collect();
    let shown = Shown { typed, is_first: true, ..Shown::default() };
    page(&fill_page(&visit, &ground, shown, FormErrors::default()))
}

pub(super) async fn send(visit: Visit, Sent(fields): Sent<Fields>) -> PageResult {
    let ground = Ground::read(&visit, &visit.scope, PlaceQuery::of(&fields).place()?).await?;
    let mut typed = typed_of(&fields, &ground);
    let why = fields.get("why").map(|why| why.trim().to_owned()).unwrap_or_default();
    let step = match wish(&fields) {
        Wish::Save => ReportStep::Save,
        Wish::Submit if is_in(&ground) => ReportStep::Correct,
        Wish::Submit => ReportStep::Submit,
        Wish::Zero(at) => {
            let lines = &ground.template.lines;
            let n = fill_zeros(at.map_or(lines, |at| section_of(lines, at)), &mut typed);
            let notice = ReportWords(visit.lang).n_zeros(n);
            let filled = ground.read_typed(&typed, true, visit.lang);
            let shown = Shown { typed, warnings: filled.warnings, why, notice: Some(notice), is_first: false };
            return page(&fill_page(&visit, &ground, shown, FormErrors::default()));
        }
    };
    let filled = ground.read_typed(&typed, step == ReportStep::Save, visit.lang);
    let mut errors = errors_of(&visit, &ground, &filled);
    let facts = ground.facts(&visit, &why);
    let state = next_state(ground.record.as_ref().map(|record| record.state), step, facts);
    if let Err(why) = &state {
        errors.add(if facts.is_reporter && step == ReportStep::Correct { "why" } else { "" }, why.words(visit.lang));
    }
    if is_stale(&ground, &fields) {
        errors.add("", ReportWords(visit.lang).changed());
    }
    if let (true, Ok(state)) = (errors.is_empty(), state) {
        let kept = keep_once_more(&visit, ground, &filled, (step, state), &why).await?;
        match kept {
            Ok(id) if step == ReportStep::Save => return Ok(see_other(&format!("/reports/fill?report={id}&saved=1"))),
            Ok(id) => return Ok(see_other(&href(id))),
            Err(ground) => {
                errors.add("", ReportWords(visit.lang).changed());
                let shown = Shown { typed, warnings: filled.warnings, why, notice: None, is_first: false };
                return again(&fill_page(&visit, &ground, shown, errors));
            }
        }
    }
    let shown = Shown { typed, warnings: filled.warnings, why, notice: None, is_first: false };
    again(&fill_page(&visit, &ground, shown, errors))
}

/// Whether it was handed in and stands.
fn is_in(ground: &Ground) -> bool {
    ground.record.as_ref().is_some_and(|record| record.state == ReportState::Submitted)
}

/// Whether somebody changed it since the form was opened. That it was noted as missing meanwhile changes nothing of it.
fn is_stale(ground: &Ground, fields: &Fields) -> bool {
    let seen: i64 = fields.get("version").and_then(|seen| seen.parse().ok()).unwrap_or(0);
    let noted = |state: ReportState| state == ReportState::Omitted;
    ground.record.as_ref().is_some_and(|record| record.version != seen && !noted(record.state))
}

/// Keeps it; once more if it was noted as missing at the same moment. Otherwise the present state comes back.
async fn keep_once_more(
    visit: &Visit,
    ground: Ground,
    filled: &Filled,
    (step, state): (ReportStep, ReportState),
    why: &str,
) -> Result<Result<lianfang_domain::ReportId, Ground>, Fault> {
    let mut ground = ground;
    for is_last in [false, true] {
        match keep(visit, &Keeping { ground: &ground, filled, step, state, why }).await {
            Ok(id) => return Ok(Ok(id)),
            Err(Fault::Store(StoreError::Changed(_) | StoreError::Taken(_))) => {}
            Err(fault) => return Err(fault),
        }
        let key = &ground.key;
        let place = Place::Due { template: key.template, unit: key.unit, on: Some(key.period_on) };
        let place = ground.record.as_ref().map_or(place, |record| Place::Kept(record.id));
        ground = Ground::read(visit, &visit.scope, place).await?;
        let noted = ground.record.as_ref().is_some_and(|record| record.state == ReportState::Omitted);
        if is_last || !noted {
            break;
        }
    }
    Ok(Err(ground))
}

/// What is wrong, at the fields of the lines.
pub(super) fn errors_of(visit: &Visit, ground: &Ground, filled: &Filled) -> FormErrors {
    let mut errors = FormErrors::default();
    for line in &ground.template.lines {
        let Some(fault) = filled.faults.get(&line.key) else { continue };
        let name = line.name(&ground.indicators, visit.lang);
        let words = fault.words(visit.lang);
        errors.add(format!("v_{}", line.key), visit.lang.pick(format!("{name}：{words}"), format!("{name}: {words}")));
    }
    errors
}
