use axum::extract::Query;
use lianfang_domain::{access::Act, area::AreaCode, import::unit_template};
use lianfang_store::{DirectorySearch, DirectoryUnit, PhoneSight};

use super::{
    directory::{DirectoryQuery, show_phones},
    words::PostWords,
};
use crate::{
    fault::PageResult,
    file::{Cell, Workbook},
    visit::Visit,
};

/// The fields of the import's form that the directory gives, in its order.
const FIELDS: [&str; 7] =
    ["name", "area_code", "area_name", "duty_phone", "post_title", "incumbent", "in_post_from_on"];
/// More units than any city has.
const MOST: u32 = 200_000;

/// The directory as a workbook that can be imported again: a row for each post. Numbers of persons are in it only where
/// they were asked for and the user may see them; that goes on record.
pub(super) async fn take_out(visit: Visit, Query(query): Query<DirectoryQuery>) -> PageResult {
    let t = PostWords(visit.lang);
    let with_phones = query.wants_phones() && visit.may(Act::ViewPhones);
    let search = DirectorySearch {
        area: query.area.parse::<AreaCode>().ok(),
        day: visit.day(),
        sight: PhoneSight::Masked,
        limit: MOST,
    };
    let (mut units, _) = visit.app.store().directory(&search, &visit.scope).await?;
    if with_phones {
        show_phones(&visit, &search, &mut units).await?;
    }
    let template = unit_template(visit.day());
    let label = |key: &str| template.field(key).map(|field| field.label(visit.lang).to_owned()).unwrap_or_default();
    let mut header: Vec<String> = FIELDS.iter().map(|key| label(key)).collect();
    if with_phones {
        header.push(label("phone"));
    }
    let mut book = Workbook::new(t.directory(), &header)?;
    for unit in &units {
        for line in lines(unit, with_phones) {
            book.row(&line)?;
        }
    }
    visit.app.store().record_read(&visit.actor(), visit.act, "directory", search.area.as_ref(), "");
    book.downloaded(&format!("{}-{}.xlsx", t.directory(), visit.day())).await
}

/// The rows of a unit: one for each post and each of its holders; one without post for a unit that has none.
fn lines(unit: &DirectoryUnit, with_phones: bool) -> Vec<Vec<Cell>> {
    let row = &unit.unit;
    let own = [
        Cell::from(row.name.as_str()),
        Cell::from(row.area.as_str()),
        Cell::from(row.area_name.as_str()),
        Cell::from(row.duty_phone.as_str()),
    ];
    let mut lines = Vec::new();
    for post in &unit.posts {
        let titled = [&own[..], &[Cell::from(post.post.title.as_str())]].concat();
        for holder in &post.holders {
            let one = &holder.incumbency;
            let mut line = [&titled[..], &[Cell::from(one.person.as_str()), Cell::Day(one.from_on)]].concat();
            if with_phones {
                line.push(Cell::from(holder.phone.as_str()));
            }
            lines.push(line);
        }
        if post.holders.is_empty() {
            lines.push(titled);
        }
    }
    if unit.posts.is_empty() {
        lines.push(own.to_vec());
    }
    lines
}
