use lianfang_domain::import::area_template;

use super::words::AreaWords;
use crate::{
    fault::PageResult,
    file::{Cell, Workbook},
    visit::Visit,
};

/// The fields of the import's form that the list gives, in its order.
const FIELDS: [&str; 7] = ["code", "name", "short", "level", "population", "population_on", "population_source"];

/// Every area that the user sees, as a workbook that can be imported again.
pub(super) async fn take_out(visit: Visit) -> PageResult {
    let t = AreaWords(visit.lang);
    let template = area_template(visit.day());
    let label = |key: &&str| template.field(key).map(|field| field.label(visit.lang).to_owned()).unwrap_or_default();
    let mut book = Workbook::new(t.title(), &FIELDS.iter().map(label).collect::<Vec<_>>())?;
    for (area, _) in visit.app.store().areas_within(&visit.scope).await? {
        let name = area.name_on(visit.day());
        let count = area.population_on(visit.day());
        book.row(&[
            Cell::from(area.code.as_str()),
            name.map_or(Cell::Empty, |name| Cell::from(name.name.as_str())),
            name.and_then(|name| name.short.as_deref()).map_or(Cell::Empty, Cell::from),
            Cell::from(area.code.level().words(visit.lang)),
            Cell::from(count.and_then(|count| count.n).and_then(|n| i64::try_from(n).ok())),
            // A day without a count would say nothing.
            Cell::from(count.filter(|count| count.n.is_some()).map(|count| count.on)),
            count.map_or(Cell::Empty, |count| Cell::from(count.source.as_str())),
        ])?;
    }
    visit.app.store().record_read(&visit.actor(), visit.act, "areas", None, "");
    book.downloaded(&format!("{}-{}.xlsx", t.title(), visit.day())).await
}
