use axum::extract::Query;
use lianfang_domain::{
    import::unit_template,
    unit::{Alias, AliasKind},
};
use lianfang_store::{ListStart, UnitRow, UnitSearch, UnitState};

use super::{list::ListQuery, words::UnitWords};
use crate::{
    fault::PageResult,
    file::{Cell, Workbook},
    visit::Visit,
};

/// Rows read together.
const PAGE: u32 = 500;
/// The fields of the import's form that the list gives, in its order.
const FIELDS: [&str; 9] =
    ["name", "kind", "area_code", "area_name", "parent", "aliases", "short", "former", "duty_phone"];

/// The units of the list as it is filtered and sorted, as a workbook that can be imported again.
pub(super) async fn take_out(visit: Visit, Query(query): Query<ListQuery>) -> PageResult {
    let t = UnitWords(visit.lang);
    let template = unit_template(visit.day());
    let label = |key: &&str| template.field(key).map(|field| field.label(visit.lang).to_owned()).unwrap_or_default();
    let mut header: Vec<String> = FIELDS.iter().map(label).collect();
    header.extend([t.posts().to_owned(), t.state().to_owned()]);
    let mut book = Workbook::new(t.title(), &header)?;
    let mut search = UnitSearch { start: ListStart::First, limit: PAGE, ..query.search() };
    loop {
        let rows = visit.app.store().units_to_take_out(&search, &visit.scope, visit.day()).await?;
        for (row, aliases) in &rows {
            book.row(&cells(row, aliases, t))?;
        }
        match rows.last() {
            Some((last, _)) if rows.len() == usize::try_from(PAGE).unwrap_or(0) => {
                search.start = ListStart::After(last.place.clone());
            }
            _ => break,
        }
    }
    visit.app.store().record_read(&visit.actor(), visit.act, "units", None, &visit.here);
    book.downloaded(&format!("{}-{}.xlsx", t.title(), visit.day())).await
}

fn cells(row: &UnitRow, aliases: &[Alias], t: UnitWords) -> Vec<Cell> {
    let named = |kinds: &[AliasKind]| {
        let of_kind = aliases.iter().filter(|alias| kinds.contains(&alias.kind));
        of_kind.map(|alias| alias.text.as_str()).collect::<Vec<_>>()
    };
    // The form has one short name; any other stands with the other names.
    let short = named(&[AliasKind::Short]);
    let mut others = named(&[AliasKind::Bracketed, AliasKind::Learned]);
    others.extend(short.iter().skip(1));
    vec![
        Cell::from(row.name.as_str()),
        Cell::from(row.kind.words(t.0)),
        Cell::from(row.area.as_str()),
        Cell::from(row.area_name.as_str()),
        row.parent.as_ref().map_or(Cell::Empty, |above| Cell::from(above.name.as_str())),
        Cell::from(others.join("、")),
        short.first().map_or(Cell::Empty, |short| Cell::from(*short)),
        Cell::from(named(&[AliasKind::Former]).join("、")),
        Cell::from(row.duty_phone.as_str()),
        Cell::Number(row.n_posts),
        Cell::from(if row.state == UnitState::Open { t.open() } else { t.closed() }),
    ]
}
