use std::collections::BTreeMap;

use axum::extract::Query;
use lianfang_domain::{
    IndicatorId, Lang,
    access::Act,
    indicator::{Figure, Indicator},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ledger, Valued, Window, area_of, edit, here, map};
use crate::{
    Fault,
    api::{Page, json, operation},
    at::At,
    fault::PageResult,
    route::Routes,
    visit::Visit,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let list =
        operation("listIndicators", "Indicators of a county").query::<CountyQuery>().answers::<Page<IndicatorOut>>();
    let add = operation("addIndicator", "Define an indicator").body::<IndicatorIn>().creates();
    let change = operation("changeIndicator", "Change an indicator: a new version").body::<IndicatorIn>();
    let figures = operation("listFigures", "Figures of an area and day, put together, with what is missing")
        .query::<super::Asked>()
        .answers::<Page<FigureOut>>();
    let put = operation("uploadAreaMap", "Upload the outlines of areas").query::<MapFile>().takes_file();
    routes
        .api_get("/api/indicators", Act::ViewIndicators, listed, list)
        .api_post("/api/indicators", Act::ChangeIndicators, edit::send_new, add)
        .api_get(
            "/api/indicators/{id}",
            Act::ViewIndicators,
            one,
            operation("readIndicator", "An indicator").answers::<IndicatorOut>(),
        )
        .api_post("/api/indicators/{id}", Act::ChangeIndicators, edit::send, change)
        .api_get("/api/figures", Act::ViewIndicators, figures_on, figures)
        .api_post("/api/area-map", Act::ChangeIndicators, map::send, put)
}

/// Of which county.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "IndicatorQuery")]
struct CountyQuery {
    /// The code of an area in it; the first that the user sees when left out.
    area: String,
}

/// What stands in the address of an upload.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used, in the document")]
struct MapFile {
    /// The name of the file.
    file: String,
    /// The county.
    area: String,
}

/// The fields of an indicator, as in the form: `code`, `name_zh`, `unit_zh`, `source` (`sum`, `max`, `last`, `typed`,
/// `formula`), `formula`, `period`, `level`, and the rest; with `version` and `why` for a change.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used, in the document")]
struct IndicatorIn {
    #[serde(flatten)]
    fields: BTreeMap<String, String>,
}

/// An indicator.
#[derive(Debug, Serialize, JsonSchema)]
struct IndicatorOut {
    id: String,
    area: String,
    code: String,
    name_zh: String,
    name_en: String,
    unit_zh: String,
    unit_en: String,
    meaning: String,
    period: &'static str,
    decimals: u8,
    /// sum, max, last, typed or formula.
    source: &'static str,
    formula: Option<String>,
    /// At which level every area is expected to have a figure.
    level: Option<&'static str>,
    /// in_use or retired.
    state: &'static str,
    /// To be sent back with a change.
    version: i64,
}

/// A figure of an area, put together.
#[derive(Debug, Serialize, JsonSchema)]
struct FigureOut {
    indicator: String,
    code: String,
    area: String,
    on: String,
    /// known, unknown, redacted, not_applicable, or null when nobody reported.
    state: Option<&'static str>,
    /// The amount as decimal text, only where it is known whole.
    amount: Option<String>,
    /// The sum of what is known, where something is missing.
    at_least: Option<String>,
    n_known: u64,
    n_unknown: u64,
    n_redacted: u64,
    n_not_applicable: u64,
    n_not_reported: u64,
    as_of_ms: Option<i64>,
    /// Which version of the definition it was worked out by.
    version: i64,
    /// The formula with the values in it.
    worked: Option<String>,
}

fn out(one: Indicator) -> IndicatorOut {
    IndicatorOut {
        id: one.id.to_string(),
        area: one.area.to_string(),
        formula: one.source.formula().map(str::to_owned),
        source: one.source.code(),
        period: one.period.code(),
        level: one.level.map(|level| level.code()),
        state: one.state.code(),
        code: one.code,
        name_zh: one.name_zh,
        name_en: one.name_en,
        unit_zh: one.unit_zh,
        unit_en: one.unit_en,
        meaning: one.meaning,
        decimals: one.decimals,
        version: one.version,
    }
}

async fn listed(visit: Visit, Query(query): Query<CountyQuery>) -> PageResult {
    let area = area_of(&visit, &query.area, &visit.scope).await?;
    let found = match area {
        Some(area) => visit.app.store().indicators(&area.code).await?,
        None => Vec::new(),
    };
    json(&Page { rows: found.into_iter().map(out).collect(), next: None })
}

async fn one(visit: Visit, At(id): At<IndicatorId>) -> PageResult {
    json(&out(here(&visit, id).await?))
}

async fn figures_on(visit: Visit, Query(asked): Query<super::Asked>) -> PageResult {
    let Some(area) = area_of(&visit, &asked.area, &visit.scope).await? else { return Err(Fault::NotFound) };
    let on = asked.day(&visit).unwrap_or_else(|| visit.day());
    let window = Window { under: &area, from: on, to: on, codes: None };
    let ledger = Ledger::load(visit.app.store(), &visit.scope, window, Lang::Zh).await?;
    let mut rows = Vec::new();
    for indicator in &ledger.indicators {
        for of in ledger.parts.iter().chain([&ledger.under]) {
            let valued = ledger.value(&indicator.code, on, &of.code);
            rows.push(figure_out(indicator, of.code.to_string(), on.to_string(), valued));
        }
    }
    json(&Page { rows, next: None })
}

fn figure_out(indicator: &Indicator, area: String, on: String, valued: Valued) -> FigureOut {
    let total = &valued.total;
    let is_partial = total.n_known > 0 && !matches!(valued.figure, Some(Figure::Known(_)));
    FigureOut {
        indicator: indicator.id.to_string(),
        code: indicator.code.clone(),
        area,
        on,
        state: valued.figure.map(Figure::state),
        amount: valued.amount().map(|amount| amount.to_string()),
        at_least: is_partial.then(|| total.known.to_string()),
        n_known: total.n_known,
        n_unknown: total.n_unknown,
        n_redacted: total.n_redacted,
        n_not_applicable: total.n_not_applicable,
        n_not_reported: total.n_not_reported,
        as_of_ms: valued.as_of_ms,
        version: valued.version,
        worked: valued.worked.map(|worked| worked.shown),
    }
}
