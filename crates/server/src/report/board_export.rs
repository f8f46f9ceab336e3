use axum::extract::Query;
use axum::response::IntoResponse;
use lianfang_domain::report::Cell as Standing;

use super::{
    board::{Board, BoardQuery, read},
    words::ReportWords,
};
use crate::{
    Fault,
    fault::PageResult,
    file::{Cell, Workbook, download},
    visit::Visit,
};

/// The header: the unit, its area, its kind, and a column for each day.
fn header(visit: &Visit, board: &Board) -> Vec<String> {
    let t = ReportWords(visit.lang);
    let first = [t.unit(), t.area(), t.kind()].map(str::to_owned);
    first.into_iter().chain(board.matrix.days.iter().map(ToString::to_string)).collect()
}

/// A cell in words: how it stands, corrections, unknown figures.
fn words(cell: &Standing, visit: &Visit) -> String {
    let (t, lang) = (ReportWords(visit.lang), visit.lang);
    let mut words = match cell.state {
        lianfang_domain::report::CellState::NotAsked => String::new(),
        state => state.words(lang),
    };
    if cell.n_corrections > 0 {
        words.push_str(&format!("；{}", t.n_corrected(cell.n_corrections)));
    }
    if cell.n_unknown > 0 && cell.state.is_in() {
        words.push_str(&format!("；{}", t.n_unknown(cell.n_unknown)));
    }
    words
}

fn rows(visit: &Visit, board: &Board) -> Vec<Vec<String>> {
    let row = |row: &super::completeness::MatrixRow| {
        let unit = &row.unit;
        let first = [unit.name.clone(), unit.division.to_string(), unit.kind.words(visit.lang).to_owned()];
        first.into_iter().chain(row.cells.iter().map(|(cell, _)| words(cell, visit))).collect()
    };
    board.matrix.rows.iter().map(row).collect()
}

async fn asked(visit: &Visit, query: &BoardQuery) -> Result<Board, Fault> {
    let board = read(visit, query).await?.ok_or(Fault::NotFound)?;
    visit.app.store().record_read(&visit.actor(), visit.act, "reports", None, &visit.here);
    Ok(board)
}

/// The board as it is filtered, as a workbook.
pub(super) async fn workbook(visit: Visit, Query(query): Query<BoardQuery>) -> PageResult {
    let board = asked(&visit, &query).await?;
    let t = ReportWords(visit.lang);
    let mut book = Workbook::new(t.board(), &header(&visit, &board))?;
    for row in rows(&visit, &board) {
        book.row(&row.into_iter().map(Cell::from).collect::<Vec<_>>())?;
    }
    book.downloaded(&format!("{}-{}-{}.xlsx", t.board(), board.template.name(visit.lang), visit.day())).await
}

/// The same as text, its fields parted by commas.
pub(super) async fn text(visit: Visit, Query(query): Query<BoardQuery>) -> PageResult {
    let board = asked(&visit, &query).await?;
    let broken = |error: csv::Error| Fault::Broken(error.to_string());
    let mut written = csv::Writer::from_writer(Vec::new());
    written.write_record(header(&visit, &board)).map_err(broken)?;
    for row in rows(&visit, &board) {
        written.write_record(row).map_err(broken)?;
    }
    let bytes = written.into_inner().map_err(|error| Fault::Broken(error.to_string()))?;
    let name = format!("{}-{}.csv", ReportWords(visit.lang).board(), visit.day());
    // The mark at the beginning tells spreadsheet programs which characters these are.
    Ok(download([&b"\xEF\xBB\xBF"[..], &bytes].concat(), &name).into_response())
}
