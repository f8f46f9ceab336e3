use std::collections::BTreeMap;

use lianfang_domain::area::AreaCode;
use lianfang_store::AreaRow;

use crate::{Fault, frame::TreeItem, visit::Visit};

/// The tree of areas as far as the user sees it, opened on the way to where the page is.
pub(super) async fn tree(visit: &Visit, here: Option<&AreaCode>) -> Result<Vec<TreeItem>, Fault> {
    let store = visit.app.store();
    let tops = store.areas_below(None, &visit.scope, visit.day()).await?;
    let mut below = BTreeMap::new();
    for code in here.into_iter().flat_map(|here| here.ancestors().chain([here.clone()])) {
        if visit.scope.holds_area(&code) {
            let rows = store.areas_below(Some(&code), &visit.scope, visit.day()).await?;
            below.insert(code, rows);
        }
    }
    Ok(tops.iter().map(|row| item(row, &below, here)).collect())
}

fn item(row: &AreaRow, below: &BTreeMap<AreaCode, Vec<AreaRow>>, here: Option<&AreaCode>) -> TreeItem {
    let rows = below.get(&row.code);
    TreeItem {
        here: here == Some(&row.code),
        open: rows.is_some(),
        below: rows.into_iter().flatten().map(|row| item(row, below, here)).collect(),
        ..TreeItem::new(&row.name, format!("/areas/{}", row.code))
    }
}
