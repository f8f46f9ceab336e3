use axum::extract::Query;
use lianfang_domain::clock::Clock;
use lianfang_store::{OrderRow, OrderSearch, OrderStart};

use super::{line::state_words, list::ListQuery, words::OrderWords};
use crate::{
    fault::PageResult,
    file::{Cell, Workbook},
    shown::instant,
    visit::Visit,
};

/// Rows read together.
const PAGE: u32 = 500;

/// The orders of the list as it is filtered, as a workbook.
pub(super) async fn take_out(visit: Visit, Query(query): Query<ListQuery>) -> PageResult {
    let t = OrderWords(visit.lang);
    let header = [
        t.what(),
        t.unit(),
        t.role(),
        t.heading(),
        t.level(),
        t.state(),
        t.limit(),
        t.due_at(),
        t.light(),
        t.supervision(),
        t.origin(),
        t.number(),
        t.issued(),
        t.signed(),
        t.words_done(),
    ];
    let mut book = Workbook::new(t.title(), &header.map(str::to_owned))?;
    let mut search = OrderSearch { start: OrderStart::First, limit: PAGE, ..query.search(&visit) };
    loop {
        let rows = visit.app.store().order_rows(&search, &visit.scope).await?;
        for row in &rows {
            book.row(&cells(row, &visit))?;
        }
        match rows.last() {
            Some(last) if rows.len() == usize::try_from(PAGE).unwrap_or(0) => {
                search.start = OrderStart::After(last.place);
            }
            _ => break,
        }
    }
    visit.app.store().record_read(&visit.actor(), visit.act, "orders", None, &visit.here);
    book.downloaded(&format!("{}-{}.xlsx", t.title(), visit.day())).await
}

fn cells(row: &OrderRow, visit: &Visit) -> Vec<Cell> {
    let (record, lang) = (&row.record, visit.lang);
    let order = &record.order;
    let at = |at_ms: Option<i64>| at_ms.map_or(Cell::Empty, |at_ms| Cell::from(instant(at_ms, lang)));
    let clock = order.clock.as_ref();
    vec![
        Cell::from(order.words.as_str()),
        Cell::from(row.unit_name.as_str()),
        Cell::from(order.role.words(lang)),
        Cell::from(order.heading.as_str()),
        Cell::from(order.level.as_str()),
        Cell::from(state_words(record, lang)),
        clock.map_or(Cell::Empty, |clock| Cell::from(clock.limit.words(lang))),
        at(clock.and_then(Clock::due_ms)),
        Cell::from(record.light(visit.now_ms).words(lang)),
        Cell::from(record.supervision.words(lang)),
        Cell::from(order.origin.words(lang)),
        Cell::from(order.number.as_str()),
        Cell::from(format!("{} {}", instant(record.issued_at_ms, lang), record.issued_by)),
        at(record.signed_at_ms),
        at(record.reported_at_ms),
    ]
}
