use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use jiff::civil::Date;
use lianfang_domain::{
    Lang, ReportTemplateId, UnitId,
    report::{AnswerFault, ReportLine, ReportRefusal, ReportState, ReportStep, TypedAnswer, next_state},
};
use lianfang_store::StoreError;

use super::{
    fill::errors_of,
    fill_page::{Shown, fill_page},
    ground::{Ground, Place},
    href,
    keep_report::{Keeping, keep},
    sheet::{BEFORE, SheetQuery, column, ground},
    trail,
    words::ReportWords,
};
use crate::{
    Fault, Frame,
    fault::PageResult,
    file::{FoundTable, Upload, read_table},
    form::FormErrors,
    page::{again, form_page, page},
    shown::date,
    visit::Visit,
};

/// Reports by workbook: taken out for many units, filled in elsewhere, and read again.
#[derive(Template)]
#[template(path = "report/sheet.html")]
pub(crate) struct SheetPage {
    frame: Frame,
    t: ReportWords,
    templates: Vec<(String, String, String)>,
    /// What became of the rows, once there are some.
    done: Option<String>,
    kept: Vec<(String, String, &'static str)>,
    /// Cells that could not be read: row, column, unit, what stands there, what is wrong.
    wrong: Vec<WrongCell>,
    errors: FormErrors,
}

form_page!(SheetPage);

#[derive(PartialEq, Eq)]
struct WrongCell {
    place: String,
    unit: String,
    column: String,
    held: String,
    why: String,
}

pub(super) async fn show(visit: Visit, Query(_): Query<SheetQuery>) -> PageResult {
    page(&sheet_page(&visit, Read::default(), FormErrors::default()).await?)
}

/// What was read of a workbook.
#[derive(Default)]
struct Read {
    done: Option<String>,
    kept: Vec<(String, String, &'static str)>,
    wrong: Vec<WrongCell>,
}

async fn sheet_page(visit: &Visit, read: Read, errors: FormErrors) -> Result<SheetPage, Fault> {
    let t = ReportWords(visit.lang);
    let mut templates = Vec::new();
    for record in visit.app.store().report_templates(&visit.scope).await? {
        let query = SheetQuery { template: record.template.id.to_string(), ..SheetQuery::default() };
        let Ok(found) = ground(visit, &query).await else { continue };
        if !found.units.is_empty() {
            let name = format!("{} {}", found.template.name(visit.lang), date(found.due.period.on, visit.lang));
            let href = format!("/reports/sheet.xlsx?template={}", record.template.id);
            templates.push((name, t.n_units(found.units.len()), href));
        }
    }
    let Read { done, kept, wrong } = read;
    Ok(SheetPage { frame: visit.frame(t.by_sheet(), trail(visit)), t, templates, done, kept, wrong, errors })
}

/// A row of a workbook: which report it is, and what stands in it.
struct SheetRow {
    at: usize,
    template: ReportTemplateId,
    version: i64,
    unit: UnitId,
    on: Date,
    cells: Vec<String>,
}

fn row_of(at: usize, cells: &[String]) -> Option<SheetRow> {
    let mut parts = cells.first()?.trim().splitn(4, '.');
    Some(SheetRow {
        at,
        template: parts.next()?.parse().ok()?,
        version: parts.next()?.parse().ok()?,
        unit: parts.next()?.parse().ok()?,
        on: parts.next()?.parse().ok()?,
        cells: cells.to_vec(),
    })
}

/// The letters of a column, as spreadsheet programs show them.
fn letters(mut at: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(at % 26).unwrap_or(0)));
        if at < 26 {
            return letters.into_iter().rev().collect();
        }
        at = at / 26 - 1;
    }
}

pub(super) async fn send(visit: Visit, upload: Upload) -> PageResult {
    let t = ReportWords(visit.lang);
    let step = match upload.fields.get("act").map(String::as_str) {
        Some("submit") => ReportStep::Submit,
        _ => ReportStep::Save,
    };
    let why = upload.fields.get("why").map_or("", |why| why.trim()).to_owned();
    let bytes = upload.bytes;
    let read = tokio::task::spawn_blocking(move || read_table(&bytes)).await;
    let mut errors = FormErrors::default();
    let table = match read.map_err(|error| Fault::Broken(error.to_string()))? {
        Ok(table) => table,
        Err(unreadable) => {
            errors.add("file", unreadable.message(visit.lang));
            return again(&sheet_page(&visit, Read::default(), errors).await?);
        }
    };
    let (rows, mut wrong) = rows_of(&visit, &table);
    if rows.is_empty() {
        errors.add("file", t.sheet_empty());
        return again(&sheet_page(&visit, Read { wrong, ..Read::default() }, errors).await?);
    }
    let n_rows = rows.len() + wrong.len();
    if let ([only], ReportStep::Save, true) = (rows.as_slice(), step, wrong.is_empty()) {
        return one_row(&visit, only, &table).await;
    }
    let mut kept = Vec::new();
    for row in &rows {
        match keep_row(&visit, row, &table, (step, &why)).await? {
            Ok(line) => kept.push(line),
            // What is wrong with the header is told once, not for every row.
            Err(cells) => wrong.extend(cells.into_iter().filter(|cell| !wrong.contains(cell)).collect::<Vec<_>>()),
        }
    }
    let done = t.n_rows_kept(n_rows, kept.len(), n_rows - kept.len());
    let is_whole = wrong.is_empty();
    let shown = sheet_page(&visit, Read { done: Some(done), kept, wrong }, errors).await?;
    if is_whole { page(&shown) } else { again(&shown) }
}

/// The rows of a table that say which report they are, and those that do not.
fn rows_of(visit: &Visit, table: &FoundTable) -> (Vec<SheetRow>, Vec<WrongCell>) {
    let t = ReportWords(visit.lang);
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for (cells, at) in table.cells.iter().zip(1..).skip(1) {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match row_of(at, cells) {
            Some(row) => rows.push(row),
            None => wrong.push(WrongCell {
                place: format!("A{at}"),
                unit: cells.get(1).cloned().unwrap_or_default(),
                column: String::new(),
                held: cells.first().cloned().unwrap_or_default(),
                why: t.row_number_lost().to_owned(),
            }),
        }
    }
    (rows, wrong)
}

/// What a row holds, by the keys of the lines of the version by which it was taken out.
fn typed_of(row: &SheetRow, ground: &Ground) -> BTreeMap<String, TypedAnswer> {
    let cell = |at: usize| row.cells.get(BEFORE + at).cloned().unwrap_or_default();
    let typed = |(at, key): (usize, &String)| {
        let was = ground.content.reasons.get(key).cloned().unwrap_or_default();
        (key.clone(), TypedAnswer { value: cell(at), chosen: String::new(), reason: was })
    };
    ground.template.lines.iter().map(|line| &line.key).enumerate().map(typed).collect()
}

async fn ground_of(visit: &Visit, row: &SheetRow) -> Result<Option<Ground>, Fault> {
    let place = Place::Due { template: row.template, unit: row.unit, on: Some(row.on) };
    match Ground::read(visit, &visit.scope, place).await {
        Ok(ground) => Ok(Some(ground)),
        Err(Fault::NotFound) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// One row alone fills the form, to be looked at before it is kept: what cannot be read stands there as it was typed.
async fn one_row(visit: &Visit, row: &SheetRow, table: &FoundTable) -> PageResult {
    let t = ReportWords(visit.lang);
    let Some(ground) = ground_of(visit, row).await? else { return Err(Fault::NotFound) };
    if ground.template.version != row.version {
        return Err(Fault::BadInput(t.other_version().to_owned()));
    }
    let wrong = wrong_header(visit, table, &ground);
    if !wrong.is_empty() {
        return again(&sheet_page(visit, Read { wrong, ..Read::default() }, FormErrors::default()).await?);
    }
    let typed = typed_of(row, &ground);
    let filled = ground.read_typed(&typed, true, visit.lang);
    let errors = errors_of(visit, &ground, &filled);
    let notice = Some(t.sheet_read().to_owned());
    let shown = Shown { typed, warnings: filled.warnings, why: String::new(), notice, is_first: false };
    let shown = fill_page(visit, &ground, shown, errors);
    if filled.faults.is_empty() { page(&shown) } else { again(&shown) }
}

type Kept = Result<(String, String, &'static str), Vec<WrongCell>>;

/// Keeps what a row holds. What was handed in already is left alone where the row says the same, and corrected where it
/// says something else and why.
async fn keep_row(
    visit: &Visit,
    row: &SheetRow,
    table: &FoundTable,
    (step, why): (ReportStep, &str),
) -> Result<Kept, Fault> {
    let t = ReportWords(visit.lang);
    let unit = row.cells.get(1).cloned().unwrap_or_default();
    let whole = |why: &str| {
        vec![WrongCell {
            place: format!("A{}", row.at),
            unit: unit.clone(),
            column: String::new(),
            held: String::new(),
            why: why.to_owned(),
        }]
    };
    let Some(ground) = ground_of(visit, row).await? else { return Ok(Err(whole(t.row_not_yours()))) };
    if ground.template.version != row.version {
        return Ok(Err(whole(t.other_version())));
    }
    let wrong = wrong_header(visit, table, &ground);
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let typed = typed_of(row, &ground);
    let filled = ground.read_typed(&typed, step == ReportStep::Save, visit.lang);
    if !filled.faults.is_empty() {
        return Ok(Err(wrong_cells(visit, row, &ground, &filled.faults)));
    }
    let was = ground.record.as_ref().map(|record| record.state);
    if let (Some(ReportState::Submitted), Some(record)) = (was, &ground.record)
        && filled.content == ground.content
    {
        return Ok(Ok((ground.unit.name.clone(), href(record.id), t.unchanged())));
    }
    let corrects = was == Some(ReportState::Submitted) && step == ReportStep::Submit;
    let step = if corrects { ReportStep::Correct } else { step };
    let state = match next_state(was, step, ground.facts(visit, why)) {
        Ok(state) => state,
        Err(ReportRefusal::NoReason) => return Ok(Err(whole(t.sheet_why_wanted()))),
        Err(refusal) => return Ok(Err(whole(refusal.words(visit.lang)))),
    };
    let why = if corrects { why } else { "" };
    match keep(visit, &Keeping { ground: &ground, filled: &filled, step, state, why }).await {
        Ok(id) => {
            let words = match (corrects, state) {
                (true, _) => t.corrected(),
                (false, ReportState::Submitted) => t.handed_in(),
                (false, _) => t.kept_as_draft(),
            };
            Ok(Ok((ground.unit.name.clone(), href(id), words)))
        }
        Err(Fault::Store(StoreError::Changed(_) | StoreError::Taken(_))) => Ok(Err(whole(t.changed()))),
        Err(fault) => Err(fault),
    }
}

/// Columns whose header is not that of the template: moved, taken out or added, so that figures would stand under others.
fn wrong_header(visit: &Visit, table: &FoundTable, ground: &Ground) -> Vec<WrongCell> {
    let t = ReportWords(visit.lang);
    let header = table.cells.first().map(Vec::as_slice).unwrap_or_default();
    let wrong = |(at, line): (usize, &ReportLine)| {
        let held = header.get(BEFORE + at).map_or("", |cell| cell.trim());
        let named = [Lang::Zh, Lang::En].map(|lang| column(line, &ground.indicators, lang));
        (!named.iter().any(|name| name == held)).then(|| WrongCell {
            place: format!("{}1", letters(BEFORE + at)),
            unit: String::new(),
            column: column(line, &ground.indicators, visit.lang),
            held: held.to_owned(),
            why: t.header_changed().to_owned(),
        })
    };
    ground.template.lines.iter().enumerate().filter_map(wrong).collect()
}

fn wrong_cells(
    visit: &Visit,
    row: &SheetRow,
    ground: &Ground,
    faults: &BTreeMap<String, AnswerFault>,
) -> Vec<WrongCell> {
    let wrong = |(at, line): (usize, &ReportLine)| {
        let fault = faults.get(&line.key)?;
        Some(WrongCell {
            place: format!("{}{}", letters(BEFORE + at), row.at),
            unit: ground.unit.name.clone(),
            column: column(line, &ground.indicators, visit.lang),
            held: row.cells.get(BEFORE + at).cloned().unwrap_or_default(),
            why: fault.words(visit.lang),
        })
    };
    ground.template.lines.iter().enumerate().filter_map(wrong).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        let cases = [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")];
        for (at, name) in cases {
            assert_eq!(letters(at), name);
        }
    }

    #[test]
    fn a_row_knows_its_report_by_its_number() {
        let id = |n: i64| lianfang_domain::Id::from_number(n).to_string();
        let cells = vec![format!("{}.3.{}.2026-11-22", id(5), id(7)), "石桥镇".to_owned()];
        let row = row_of(2, &cells).unwrap();
        assert_eq!((row.version, row.on.to_string().as_str(), row.at), (3, "2026-11-22", 2));
        assert!(row_of(2, &["石桥镇".to_owned()]).is_none());
    }
}
