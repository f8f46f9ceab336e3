use lianfang_domain::{ImportId, import::CellError};
use lianfang_store::ImportState;

use super::{here, kind_of, template_of, trial::Trial, words::ImportWords};
use crate::{
    Fault,
    at::At,
    fault::PageResult,
    file::{Cell, Workbook},
    visit::Visit,
};

/// The form with its headers and nothing else.
pub(super) async fn empty_form(visit: Visit) -> PageResult {
    let template = template_of(kind_of(visit.act), visit.day());
    let name = template.name(visit.lang).to_owned();
    let book = Workbook::new(&name, &template.header(visit.lang))?;
    book.downloaded(&format!("{name}.xlsx")).await
}

/// The rejected rows with what is wrong with each, to be corrected and uploaded again.
pub(super) async fn rejected(visit: Visit, At(id): At<ImportId>) -> PageResult {
    let (import, t) = (here(&visit, id).await?, ImportWords(visit.lang));
    match import.state {
        ImportState::Dropped => return Err(Fault::BadInput(t.content_gone().to_owned())),
        ImportState::Running | ImportState::Undoing => return Err(Fault::BadInput(t.not_settled().to_owned())),
        ImportState::Ready | ImportState::Done | ImportState::Undone => {}
    }
    if visit.app.store().import_cells(id).await?.is_empty() {
        return Err(Fault::BadInput(t.content_gone().to_owned()));
    }
    let trial = Trial::read(&visit.deed()?, &import).await?;
    let outcome = trial.outcome.map_err(Fault::BadInput)?;
    let mut sheet = outcome.checked.error_sheet(trial.table.header(), visit.lang);
    let late = visit.app.store().import_late_rows(id).await?;
    for (row, cells) in trial.table.rows().filter(|(row, _)| late.contains(row)) {
        let mut cells = cells.to_vec();
        cells.resize(trial.table.header().len(), String::new());
        cells.extend([row.to_string(), CellError::in_the_meantime(row).message(visit.lang)]);
        sheet.push(cells);
    }
    let mut lines = sheet.into_iter();
    let mut book = Workbook::new(t.sheet_rejected(), &lines.next().unwrap_or_default())?;
    for line in lines {
        book.row(&line.into_iter().map(Cell::from).collect::<Vec<_>>())?;
    }
    visit.app.store().record_read(&visit.actor(), visit.act, &format!("import:{id}"), None, t.errors());
    book.downloaded(&format!("{}.xlsx", t.sheet_rejected())).await
}
