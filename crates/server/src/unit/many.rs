use std::collections::BTreeMap;

use askama::Template;
use lianfang_domain::UnitId;
use lianfang_store::{StoreError, Tx, UnitRecord};
use schemars::JsonSchema;
use serde::Serialize;

use super::{href, words::UnitWords};
use crate::{
    Fault, Frame, Link,
    api::told,
    fault::PageResult,
    form::Sent,
    page::{inside, page},
    visit::Visit,
};

/// What was sent: `unit_ID` with the version seen, for each unit that was chosen, and `back`, the list.
type Fields = BTreeMap<String, String>;

/// What became of an act on many units, each of them an act of its own.
#[derive(Template)]
#[template(path = "unit/many.html")]
pub(crate) struct ManyPage {
    frame: Frame,
    t: UnitWords,
    counts: Vec<(&'static str, String)>,
    left: Vec<(Link, &'static str)>,
    back: String,
}

/// What a program is told of it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ManyOut {
    /// How many were changed.
    n_done: usize,
    /// Those that were not, and why.
    left: Vec<LeftOut>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct LeftOut {
    id: String,
    why: String,
}

pub(super) async fn close(visit: Visit, Sent(fields): Sent<Fields>) -> PageResult {
    each(&visit, &fields, |tx, unit| tx.close_unit(unit)).await
}

pub(super) async fn reopen(visit: Visit, Sent(fields): Sent<Fields>) -> PageResult {
    each(&visit, &fields, |tx, unit| tx.reopen_unit(unit)).await
}

async fn each(visit: &Visit, fields: &Fields, change: fn(&mut Tx<'_>, &UnitRecord)) -> PageResult {
    let t = UnitWords(visit.lang);
    let (mut n_done, mut left) = (0_usize, Vec::new());
    for (id, version) in chosen(fields) {
        let Some(record) = visit.app.store().unit(id, &visit.scope).await? else {
            left.push((Link { name: id.to_string(), href: href(id) }, t.many_gone()));
            continue;
        };
        match one(visit, UnitRecord { version, ..record.clone() }, change, t).await? {
            None => n_done += 1,
            Some(why) => left.push((Link { name: record.unit.name, href: href(id) }, why)),
        }
    }
    let out = ManyOut { n_done, left: left.iter().map(left_out).collect() };
    let out = serde_json::to_value(out).map_err(|error| Fault::Broken(error.to_string()))?;
    let back = inside(fields.get("back").map_or("/units", String::as_str)).to_owned();
    let trail = vec![Link { name: t.title().to_owned(), href: back.clone() }];
    let counts = vec![(t.many_done(), n_done.to_string()), (t.many_left(), left.len().to_string())];
    Ok(told(page(&ManyPage { frame: visit.frame(t.many(), trail), t, counts, left, back })?, out))
}

/// Changes one unit; gives back why not, where it could not be.
async fn one(
    visit: &Visit,
    seen: UnitRecord,
    change: fn(&mut Tx<'_>, &UnitRecord),
    t: UnitWords,
) -> Result<Option<&'static str>, Fault> {
    let mut tx = visit.begin();
    tx.about("unit", seen.unit.id, Some(&seen.unit.area));
    change(&mut tx, &seen);
    match tx.commit().await {
        Ok(()) => Ok(None),
        Err(StoreError::Changed(_)) => Ok(Some(t.many_changed())),
        Err(StoreError::Taken(_)) => Ok(Some(t.taken())),
        Err(error) => Err(error.into()),
    }
}

fn chosen(fields: &Fields) -> impl Iterator<Item = (UnitId, i64)> {
    fields.iter().filter_map(|(name, version)| {
        let id = name.strip_prefix("unit_")?.parse().ok()?;
        Some((id, version.parse().ok()?))
    })
}

fn left_out((unit, why): &(Link, &'static str)) -> LeftOut {
    LeftOut { id: unit.href.trim_start_matches("/units/").to_owned(), why: (*why).to_owned() }
}
