use lianfang_domain::{
    access::Scope,
    area::{AreaCode, AreaLevel},
};

use crate::{Fault, frame::Choice, visit::Visit};

/// A selection of more areas than this is no longer read by anyone.
const MOST: usize = 400;

/// An area in a selection.
pub(crate) struct OfferedArea {
    pub(crate) code: AreaCode,
    pub(crate) name: String,
    depth: usize,
}

/// The areas of a scope from its top down to a level, as long as they are not too many; each level is offered whole or
/// not at all.
pub(crate) async fn offered(visit: &Visit, scope: &Scope, down_to: AreaLevel) -> Result<Vec<OfferedArea>, Fault> {
    let store = visit.app.store();
    let offer = |depth| move |row: lianfang_store::AreaRow| OfferedArea { code: row.code, name: row.name, depth };
    let mut all: Vec<OfferedArea> =
        store.areas_below(None, scope, visit.day()).await?.into_iter().map(offer(0)).collect();
    let mut last: Vec<AreaCode> = all.iter().map(|area| area.code.clone()).collect();
    for depth in 1.. {
        let mut next = Vec::new();
        for above in last.iter().filter(|code| code.level() < down_to) {
            next.extend(store.areas_below(Some(above), scope, visit.day()).await?.into_iter().map(offer(depth)));
            if all.len() + next.len() > MOST {
                next.clear();
                break;
            }
        }
        if next.is_empty() {
            break;
        }
        last = next.iter().map(|area| area.code.clone()).collect();
        all.extend(next);
    }
    // A code begins with the one above it, so this is the order of the tree.
    all.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(all)
}

/// The choices of a selection of areas down to a level, those below moved in. One that is chosen is always among them.
pub(crate) async fn area_choices(
    visit: &Visit,
    scope: &Scope,
    down_to: AreaLevel,
    chosen: &str,
) -> Result<Vec<Choice>, Fault> {
    let offered = offered(visit, scope, down_to).await?;
    let label = |area: &OfferedArea| format!("{}{}", "\u{3000}".repeat(area.depth), area.name);
    let mut choices = Choice::all(offered.iter().map(|area| (area.code.to_string(), label(area))), chosen);
    if !chosen.is_empty() && !choices.iter().any(|choice| choice.chosen) {
        choices.push(Choice { value: chosen.to_owned(), label: chosen.to_owned(), chosen: true });
    }
    Ok(choices)
}
