use axum::extract::Query;
use lianfang_domain::{
    ReportId, ReportTemplateId,
    access::Act,
    report::{Answer, Cell, CellState, ReportTemplate},
};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    ask::{self, AskForm},
    board::{BoardQuery, read, templates},
    fill,
    give_back::{self, ReturnForm},
    ground::{Ground, Place},
};
use crate::{
    Fault,
    api::{json, operation},
    at::At,
    fault::PageResult,
    route::Routes,
    visit::Visit,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let board = operation("readReportBoard", "Who has reported and who has not, by unit and day").query::<BoardQuery>();
    let list = operation("listReportTemplates", "Report templates").answers::<Vec<TemplateOut>>();
    let one = operation("readReport", "A report with its answers").answers::<ReportOut>();
    let fill_in = operation("fillReport", "Hand in, correct or save a report").body::<FillIn>().creates();
    let back = operation("returnReport", "Send a report back to the unit").body::<ReturnForm>();
    let ask_now = operation("askForReport", "Ask every unit of a template for a report at once").body::<AskForm>();
    routes
        .api_get("/api/reports/board", Act::ViewReports, board_out, board.answers::<BoardOut>())
        .api_get("/api/reports/templates", Act::ViewReportTemplates, template_list, list)
        .api_post("/api/reports/templates/{id}/ask", Act::ReturnReports, ask::send, ask_now)
        .api_post("/api/reports/fill", Act::FillReports, fill::send, fill_in)
        .api_get("/api/reports/{id}", Act::ViewReports, show, one)
        .api_post("/api/reports/{id}/return", Act::ReturnReports, give_back::send, back)
}

/// Which report (`report`, or `template`, `unit` and `on`), the `version` that was seen, `act` (`submit` or `draft`), `why`
/// for a correction, and by the key of a line `v_KEY` (a figure or words; 不详, * and — as in sheets) and `r_KEY` (why a
/// doubtful figure is right).
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used, in the document")]
struct FillIn {
    report: Option<String>,
    template: Option<String>,
    unit: Option<String>,
    on: Option<String>,
    version: Option<i64>,
    act: Option<String>,
    why: Option<String>,
    #[serde(flatten)]
    answers: std::collections::BTreeMap<String, String>,
}

/// The board: a row for each unit, a cell for each day.
#[derive(Debug, Serialize, JsonSchema)]
struct BoardOut {
    template: String,
    days: Vec<String>,
    /// How many are asked for, handed in, late and missing.
    n_asked: usize,
    n_in: usize,
    n_late: usize,
    n_missing: usize,
    rows: Vec<RowOut>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct RowOut {
    unit: String,
    name: String,
    area: String,
    cells: Vec<CellOut>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct CellOut {
    /// `not_asked`, `not_yet_due`, `draft`, `missing`, `returned`, `late` or `on_time`.
    state: &'static str,
    late_minutes: Option<i64>,
    n_corrections: i64,
    /// How many figures are unknown or redacted.
    n_unknown: i64,
    report: Option<String>,
}

fn cell_out((cell, report): &(Cell, Option<ReportId>)) -> CellOut {
    CellOut {
        state: cell.state.code(),
        late_minutes: if let CellState::Late(minutes) = cell.state { Some(minutes) } else { None },
        n_corrections: cell.n_corrections,
        n_unknown: cell.n_unknown,
        report: report.map(|id| id.to_string()),
    }
}

async fn board_out(visit: Visit, Query(query): Query<BoardQuery>) -> PageResult {
    let board = read(&visit, &query).await?.ok_or(Fault::NotFound)?;
    let row = |row: &super::completeness::MatrixRow| RowOut {
        unit: row.unit.id.to_string(),
        name: row.unit.name.clone(),
        area: row.unit.division.to_string(),
        cells: row.cells.iter().map(cell_out).collect(),
    };
    json(&BoardOut {
        template: board.template.id.to_string(),
        days: board.matrix.days.iter().map(ToString::to_string).collect(),
        n_asked: board.all.n_asked(),
        n_in: board.all.n_in(),
        n_late: board.all.n_late,
        n_missing: board.all.n_missing,
        rows: board.matrix.rows.iter().map(row).collect(),
    })
}

/// A template.
#[derive(Debug, Serialize, JsonSchema)]
struct TemplateOut {
    id: String,
    area: String,
    name_zh: String,
    name_en: String,
    /// daily, weekly, monthly, once or at_once.
    every: &'static str,
    /// `15:00`.
    by: Option<String>,
    /// up_to_due, current or previous.
    covers: &'static str,
    version: i64,
    state: &'static str,
    lines: Vec<LineOut>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct LineOut {
    key: String,
    section: String,
    /// The indicator; null where words are asked for.
    indicator: Option<String>,
    name: String,
    required: bool,
}

fn template_out(one: &ReportTemplate) -> TemplateOut {
    let line = |line: &lianfang_domain::report::ReportLine| LineOut {
        key: line.key.clone(),
        section: line.section_zh.clone(),
        indicator: line.indicator().map(|id: lianfang_domain::IndicatorId| id.0.to_string()),
        name: line.name(&[], lianfang_domain::Lang::Zh).to_owned(),
        required: line.required,
    };
    TemplateOut {
        id: one.id.to_string(),
        area: one.area.to_string(),
        name_zh: one.name_zh.clone(),
        name_en: one.name_en.clone(),
        every: one.cadence.code(),
        by: one.cadence.by().map(|by| by.to_string()),
        covers: one.covers.code(),
        version: one.version,
        state: one.state.code(),
        lines: one.lines.iter().map(line).collect(),
    }
}

async fn template_list(visit: Visit) -> PageResult {
    let found: Vec<TemplateOut> = templates(&visit).await?.iter().map(template_out).collect();
    json(&found)
}

/// A report.
#[derive(Debug, Serialize, JsonSchema)]
struct ReportOut {
    id: String,
    template: ReportTemplateRef,
    unit: String,
    area: String,
    period_on: String,
    due_at_ms: i64,
    /// draft, submitted, returned or omitted.
    state: &'static str,
    first_submitted_at_ms: Option<i64>,
    last_submitted_at_ms: Option<i64>,
    n_corrections: i64,
    answers: Vec<AnswerOut>,
    /// To be sent back with a change.
    version: i64,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ReportTemplateRef {
    id: String,
    version: i64,
}

#[derive(Debug, Serialize, JsonSchema)]
struct AnswerOut {
    key: String,
    /// known, unknown, redacted, not_applicable, words; null where it was not answered.
    state: Option<&'static str>,
    /// The figure as it is typed, or the words.
    value: Option<String>,
    reason: Option<String>,
}

async fn show(visit: Visit, At(id): At<ReportId>) -> PageResult {
    let ground = Ground::read(&visit, &visit.scope, Place::Kept(id)).await?;
    let record = ground.record.as_ref().ok_or(Fault::NotFound)?;
    let answer = |line: &lianfang_domain::report::ReportLine| {
        let (state, value) = match ground.content.answers.get(&line.key) {
            Some(Answer::Figure(figure)) => (Some(figure.state()), figure.amount().map(|amount| amount.to_string())),
            Some(Answer::Text(words)) => (Some("words"), Some(words.clone())),
            None => (None, None),
        };
        AnswerOut { key: line.key.clone(), state, value, reason: ground.content.reasons.get(&line.key).cloned() }
    };
    let template: ReportTemplateId = ground.template.id;
    json(&ReportOut {
        id: id.to_string(),
        template: ReportTemplateRef { id: template.to_string(), version: ground.template.version },
        unit: ground.unit.id.to_string(),
        area: ground.key.division.to_string(),
        period_on: ground.key.period_on.to_string(),
        due_at_ms: ground.key.due_at_ms,
        state: record.state.code(),
        first_submitted_at_ms: record.first_submitted_at_ms,
        last_submitted_at_ms: record.last_submitted_at_ms,
        n_corrections: record.n_corrections,
        answers: ground.template.lines.iter().map(answer).collect(),
        version: record.version,
    })
}
