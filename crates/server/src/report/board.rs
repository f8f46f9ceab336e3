use std::fmt::Write as _;

use askama::Template;
use axum::extract::Query;
use jiff::{Span, civil::Date};
use lianfang_domain::{
    Lang, ReportTemplateId,
    access::Act,
    area::{AreaCode, AreaLevel},
    report::{Cell, CellState, ReportTemplate},
    unit::UnitKind,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    completeness::{Matrix, MatrixRow, Wanted, few, matrix},
    trail,
    words::ReportWords,
};
use crate::{
    Fault, Frame,
    fault::PageResult,
    frame::Choice,
    page::page,
    shown::{date, grouped, instant},
    unit::area_choices,
    visit::Visit,
};

/// The completeness board: who has reported and who has not, by unit and day.
#[derive(Template)]
#[template(path = "report/board.html")]
pub(crate) struct BoardPage {
    frame: Frame,
    t: ReportWords,
    templates: Vec<Choice>,
    areas: Vec<Choice>,
    kinds: Vec<Choice>,
    states: Vec<Choice>,
    spans: Vec<Choice>,
    to: String,
    chips: Vec<(&'static str, String, String)>,
    counts: Vec<Count>,
    line: String,
    as_of: String,
    heads: Vec<Head>,
    rows: Vec<Row>,
    n_found: String,
    n_all: String,
    clear_href: &'static str,
    more: Option<(String, String)>,
    earlier: String,
    later: Option<String>,
    workbook: String,
    text: String,
    is_empty: bool,
    may_see_templates: bool,
}

struct Count {
    href: String,
    n: String,
    words: &'static str,
    tone: &'static str,
    here: bool,
}

struct Head {
    day: String,
    weekday: &'static str,
    done: String,
}

struct Row {
    unit: String,
    cells: String,
}

/// Units on a page unless all are asked for.
const ROWS: usize = 100;
/// Units named in the line of the day.
const NAMES: usize = 12;
/// Days that are shown unless others are chosen.
const DAYS: i64 = 14;
/// The most days that are shown.
const MOST_DAYS: i64 = 62;

/// What the address of the board says.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "BoardQuery")]
pub(super) struct BoardQuery {
    template: String,
    /// An area, with everything below it.
    area: String,
    /// A kind of unit.
    kind: String,
    /// missing, returned, late, draft, not_yet_due, on_time, corrected or unknown.
    state: String,
    /// The last day, `2026-11-22`; today if left out.
    to: String,
    /// How many days.
    days: String,
    /// `all` for every unit on one page.
    rows: String,
}

impl BoardQuery {
    fn pairs(&self) -> [(&'static str, &String); 7] {
        [
            ("template", &self.template),
            ("area", &self.area),
            ("kind", &self.kind),
            ("state", &self.state),
            ("to", &self.to),
            ("days", &self.days),
            ("rows", &self.rows),
        ]
    }

    fn href(&self, change: impl FnOnce(&mut BoardQuery)) -> String {
        let mut query = self.clone();
        change(&mut query);
        let mut text = form_urlencoded::Serializer::new(String::new());
        for (name, value) in query.pairs().into_iter().filter(|(_, value)| !value.is_empty()) {
            text.append_pair(name, value);
        }
        format!("/reports/board?{}", text.finish())
    }

    /// The first and the last day.
    fn span(&self, today: Date) -> (Date, Date) {
        let to = self.to.parse().unwrap_or(today);
        let n = self.days.parse::<i64>().unwrap_or(DAYS).clamp(1, MOST_DAYS);
        (to.checked_sub(Span::new().days(n - 1)).unwrap_or(to), to)
    }
}

/// The board as it was asked for, filtered.
pub(super) struct Board {
    pub(super) template: ReportTemplate,
    pub(super) matrix: Matrix,
    /// Units before filtering by state.
    pub(super) n_all: usize,
    /// Everything of the units that are left by the other filters.
    pub(super) all: lianfang_domain::report::Completeness,
    pub(super) today: (lianfang_domain::report::Completeness, Vec<String>),
}

/// Whether a cell is of a state that is asked for.
fn is_of(cell: &Cell, state: &str) -> bool {
    match state {
        "corrected" => cell.n_corrections > 0,
        "unknown" => cell.state.is_in() && cell.n_unknown > 0,
        other => cell.state.code() == other,
    }
}

/// The templates of a scope, those that recur first.
pub(super) async fn templates(visit: &Visit) -> Result<Vec<ReportTemplate>, Fault> {
    let records = visit.app.store().report_templates(&visit.scope).await?;
    Ok(records.into_iter().map(|record| record.template).collect())
}

/// Reads the board; none where there is no template at all.
pub(super) async fn read(visit: &Visit, query: &BoardQuery) -> Result<Option<Board>, Fault> {
    let templates = templates(visit).await?;
    let chosen = query.template.parse::<ReportTemplateId>().ok();
    let template = match chosen {
        Some(id) => templates.into_iter().find(|one| one.id == id).ok_or(Fault::NotFound)?,
        None => match templates.into_iter().next() {
            Some(first) => first,
            None => return Ok(None),
        },
    };
    let (from, to) = query.span(visit.day());
    let under = query.area.parse::<AreaCode>().ok();
    let wanted = Wanted { from, to, under: under.as_ref(), now_ms: visit.now_ms };
    let mut matrix = matrix(visit.app.store(), template.id, &visit.scope, &wanted).await?;
    if let Some(kind) = UnitKind::from_code(&query.kind) {
        matrix.rows.retain(|row| row.unit.kind == kind);
    }
    let (n_all, all) = (matrix.rows.len(), matrix.completeness());
    let today = matrix.on_day(matrix.days.len().saturating_sub(1));
    if !query.state.is_empty() {
        matrix.rows.retain(|row| row.cells.iter().any(|(cell, _)| is_of(cell, &query.state)));
    }
    Ok(Some(Board { template, matrix, n_all, all, today }))
}

pub(super) async fn show(visit: Visit, Query(query): Query<BoardQuery>) -> PageResult {
    let (t, lang) = (ReportWords(visit.lang), visit.lang);
    let Some(board) = read(&visit, &query).await? else { return page(&empty(&visit)) };
    let (from, to) = query.span(visit.day());
    let n_found = board.matrix.rows.len();
    let shown = if query.rows == "all" { n_found } else { n_found.min(ROWS) };
    let id = board.template.id.to_string();
    let names = templates(&visit).await?;
    let names = names.iter().map(|one| (one.id.to_string(), one.name(lang).to_owned()));
    let n_days = (to - from).get_days() + 1;
    let spans = [7, 14, 31].map(|n| (n.to_string(), t.n_days(n)));
    let areas = area_choices(&visit, &visit.scope, AreaLevel::Township, &query.area).await?;
    let chips = chips(&query, &areas, lang);
    let states = state_choices(lang);
    let (day_words, may_fill) = (date(to, lang), visit.may(Act::FillReports));
    page(&BoardPage {
        frame: visit.frame(t.board(), trail(&visit)),
        t,
        templates: Choice::all(names, &id),
        kinds: Choice::all(UnitKind::ALL.into_iter().map(|kind| (kind.code(), kind.words(lang))), &query.kind),
        states: Choice::all(states, &query.state),
        spans: Choice::all(spans, &n_days.to_string()),
        to: to.to_string(),
        clear_href: if chips.is_empty() { "" } else { "/reports/board" },
        chips,
        areas,
        counts: counts(&board, &query, lang),
        line: t.line_of(&day_words, &board.today.0.words(&few(&board.today.1, NAMES, lang), lang)),
        as_of: instant(visit.now_ms, lang),
        heads: heads(&board.matrix, lang),
        rows: board.matrix.rows[..shown]
            .iter()
            .map(|row| row_of(row, &board.matrix.days, (&id, may_fill), lang))
            .collect(),
        n_found: grouped(i64::try_from(n_found).unwrap_or(0)),
        n_all: grouped(i64::try_from(board.n_all).unwrap_or(0)),
        more: (shown < n_found).then(|| (query.href(|query| "all".clone_into(&mut query.rows)), t.show_n(n_found))),
        earlier: query.href(|query| query.to = from.yesterday().unwrap_or(from).to_string()),
        later: (to < visit.day()).then(|| {
            let next = to.checked_add(Span::new().days(i64::from(n_days))).unwrap_or(to).min(visit.day());
            query.href(|query| query.to = next.to_string())
        }),
        workbook: query.href(|_| {}).replacen("/reports/board", "/reports/board.xlsx", 1),
        text: query.href(|_| {}).replacen("/reports/board", "/reports/board.csv", 1),
        is_empty: false,
        may_see_templates: visit.may(Act::ViewReportTemplates),
    })
}

fn empty(visit: &Visit) -> BoardPage {
    let t = ReportWords(visit.lang);
    BoardPage {
        frame: visit.frame(t.board(), trail(visit)),
        t,
        templates: Vec::new(),
        areas: Vec::new(),
        kinds: Vec::new(),
        states: Vec::new(),
        spans: Vec::new(),
        to: String::new(),
        chips: Vec::new(),
        counts: Vec::new(),
        line: String::new(),
        as_of: String::new(),
        heads: Vec::new(),
        rows: Vec::new(),
        n_found: String::new(),
        n_all: String::new(),
        clear_href: "",
        more: None,
        earlier: String::new(),
        later: None,
        workbook: String::new(),
        text: String::new(),
        is_empty: true,
        may_see_templates: visit.may(Act::ViewReportTemplates),
    }
}

fn state_choices(lang: Lang) -> Vec<(&'static str, &'static str)> {
    let t = ReportWords(lang);
    let mut states: Vec<_> = CellState::CODES.map(|code| (code, CellState::code_words(code, lang))).to_vec();
    states.extend([("corrected", t.corrected()), ("unknown", t.with_unknown())]);
    states
}

fn chips(query: &BoardQuery, areas: &[Choice], lang: Lang) -> Vec<(&'static str, String, String)> {
    let t = ReportWords(lang);
    let mut chips = Vec::new();
    if let Some(area) = areas.iter().find(|choice| choice.chosen) {
        chips.push((t.area(), area.label.trim().to_owned(), query.href(|query| query.area.clear())));
    }
    if let Some(kind) = UnitKind::from_code(&query.kind) {
        chips.push((t.kind(), kind.words(lang).to_owned(), query.href(|query| query.kind.clear())));
    }
    if let Some((_, words)) = state_choices(lang).into_iter().find(|(code, _)| *code == query.state) {
        chips.push((t.state(), words.to_owned(), query.href(|query| query.state.clear())));
    }
    chips
}

/// How many there are of each state, each leading to its units.
fn counts(board: &Board, query: &BoardQuery, lang: Lang) -> Vec<Count> {
    let tone = |code: &str| match code {
        "missing" | "returned" => "bad",
        "late" | "draft" => "warning",
        _ => "neutral",
    };
    let count = |(code, words): (&'static str, &'static str)| {
        let n = match code {
            "corrected" => board.all.n_corrected,
            "unknown" => board.all.n_with_unknown,
            _ => board.all.n(code),
        };
        let here = query.state == code;
        Count {
            href: query.href(|query| if here { query.state.clear() } else { code.clone_into(&mut query.state) }),
            n: grouped(i64::try_from(n).unwrap_or(0)),
            words,
            tone: if n == 0 { "none" } else { tone(code) },
            here,
        }
    };
    state_choices(lang).into_iter().map(count).collect()
}

fn heads(matrix: &Matrix, lang: Lang) -> Vec<Head> {
    let weekdays = lang.pick(["一", "二", "三", "四", "五", "六", "日"], ["M", "T", "W", "T", "F", "S", "S"]);
    let head = |(at, day): (usize, &Date)| {
        let (all, _) = matrix.on_day(at);
        let zero = day.weekday().to_monday_zero_offset();
        Head {
            day: format!("{}-{:02}", day.month(), day.day()),
            weekday: weekdays[usize::try_from(zero).unwrap_or(0)],
            done: if all.n_asked() == 0 { String::new() } else { format!("{}/{}", all.n_in(), all.n_asked()) },
        }
    };
    matrix.days.iter().enumerate().map(head).collect()
}

/// The cells of a unit. They are put together by hand: a board has thousands of them.
fn row_of(row: &MatrixRow, days: &[Date], (template, may_fill): (&str, bool), lang: Lang) -> Row {
    let mut cells = String::with_capacity(row.cells.len() * 64);
    let unit = row.unit.id.to_string();
    for ((cell, report), day) in row.cells.iter().zip(days) {
        let sign = sign(cell, lang);
        let (code, marks) = (cell.state.code(), marks(cell, lang));
        // Writing to a string does not fail.
        let written = match (cell.state, report) {
            (CellState::NotAsked, _) => write!(cells, "<td class=\"b\"></td>"),
            (CellState::OnTime, Some(id)) if marks.is_empty() => {
                write!(cells, "<td class=\"b b-on_time\"><a href=\"/reports/{id}\">{sign}</a></td>")
            }
            (state, Some(id)) => write!(
                cells,
                "<td class=\"b b-{code}\"><a href=\"/reports/{id}\" title=\"{}\">{sign}{marks}</a></td>",
                title(cell, state, lang),
            ),
            // Whoever may not report is led nowhere where nothing is yet.
            (state, None) if !may_fill => {
                write!(cells, "<td class=\"b b-{code}\" title=\"{}\">{sign}</td>", title(cell, state, lang))
            }
            (state, None) => write!(
                cells,
                "<td class=\"b b-{code}\"><a href=\"/reports/fill?template={template}&amp;unit={unit}&amp;on={day}\" \
                 title=\"{}\">{sign}</a></td>",
                title(cell, state, lang),
            ),
        };
        if written.is_err() {
            break;
        }
    }
    Row { unit: row.unit.name.clone(), cells }
}

/// What stands in a cell; a sign and not only a colour.
fn sign(cell: &Cell, lang: Lang) -> String {
    match cell.state {
        CellState::OnTime => "✓".to_owned(),
        CellState::Late(minutes) if minutes < 100 => lang.pick(format!("迟{minutes}"), format!("+{minutes}")),
        CellState::Late(minutes) => lang.pick(format!("迟{}时", minutes / 60), format!("+{}h", minutes / 60)),
        CellState::Missing => lang.pick("缺", "–").to_owned(),
        CellState::Returned => lang.pick("退", "R").to_owned(),
        CellState::Draft => "…".to_owned(),
        CellState::NotYetDue => "·".to_owned(),
        CellState::NotAsked => String::new(),
    }
}

fn marks(cell: &Cell, lang: Lang) -> String {
    let mut marks = String::new();
    if cell.n_corrections > 0 {
        marks.push_str(&format!("<sup>{}{}</sup>", lang.pick("改", "C"), cell.n_corrections));
    }
    if cell.n_unknown > 0 && cell.state.is_in() {
        marks.push_str("<sup>?</sup>");
    }
    marks
}

fn title(cell: &Cell, state: CellState, lang: Lang) -> String {
    let t = ReportWords(lang);
    let mut words = vec![state.words(lang)];
    if cell.n_corrections > 0 {
        words.push(t.n_corrected(cell.n_corrections));
    }
    if cell.n_unknown > 0 {
        words.push(t.n_unknown(cell.n_unknown));
    }
    words.join(lang.pick("，", ", "))
}
