use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use lianfang_domain::{
    access::Act,
    area::{AreaCode, AreaLevel},
};
use lianfang_store::{DirectorySearch, DirectoryUnit, PhoneSight};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    lines::{PostLine, post_lines},
    words::PostWords,
};
use crate::{
    Fault, Frame, Link,
    fault::PageResult,
    frame::Choice,
    page::page,
    shown::{grouped, instant},
    unit::{area_choices, href},
    visit::Visit,
};

/// How many units are put on one page.
const MOST: u32 = 1000;

/// The directory for printing: units by area with duty phone, posts and who is in them.
#[derive(Template)]
#[template(path = "post/directory.html")]
pub(crate) struct DirectoryPage {
    frame: Frame,
    t: PostWords,
    areas: Vec<Choice>,
    groups: Vec<AreaGroup>,
    area: String,
    as_of: String,
    n_shown: String,
    n_all: String,
    may_see_phones: bool,
    sight: PhoneSight,
}

/// The units of an area.
struct AreaGroup {
    area: String,
    units: Vec<UnitEntry>,
}

struct UnitEntry {
    name: String,
    href: String,
    duty_phone: String,
    posts: Vec<PostLine>,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "DirectoryQuery")]
pub(super) struct DirectoryQuery {
    pub(super) area: String,
    phones: String,
}

impl DirectoryQuery {
    /// Whether numbers are asked for in full.
    pub(super) fn wants_phones(&self) -> bool {
        self.phones == "full"
    }
}

pub(super) async fn show(visit: Visit, Query(query): Query<DirectoryQuery>) -> PageResult {
    let t = PostWords(visit.lang);
    let may_see_phones = visit.may(Act::ViewPhones);
    let sight = if may_see_phones && query.wants_phones() { PhoneSight::Full } else { PhoneSight::Masked };
    let search = DirectorySearch {
        area: query.area.parse::<AreaCode>().ok(),
        day: visit.day(),
        sight: PhoneSight::Masked,
        limit: MOST,
    };
    let (mut units, n_all) = visit.app.store().directory(&search, &visit.scope).await?;
    if sight == PhoneSight::Full {
        show_phones(&visit, &search, &mut units).await?;
    }
    let trail = vec![Link { name: t.units().to_owned(), href: "/units".to_owned() }];
    page(&DirectoryPage {
        frame: visit.frame(t.directory(), trail),
        t,
        areas: area_choices(&visit, &visit.scope, AreaLevel::Township, &query.area).await?,
        area: query.area,
        as_of: instant(visit.now_ms, visit.lang),
        n_shown: grouped(i64::try_from(units.len()).unwrap_or(i64::MAX)),
        n_all: grouped(n_all),
        groups: groups(units, &visit),
        may_see_phones,
        sight,
    })
}

/// Puts numbers in full where the user's right to them reaches, which may be less than the directory, and that on
/// record.
pub(super) async fn show_phones(
    visit: &Visit,
    search: &DirectorySearch,
    units: &mut [DirectoryUnit],
) -> Result<(), Fault> {
    let store = visit.app.store();
    let search = DirectorySearch { sight: PhoneSight::Full, ..search.clone() };
    let (full, _) = store.directory(&search, &visit.scope_of(Act::ViewPhones)).await?;
    let area = search.area.as_ref();
    store.record_read(&visit.actor(), Act::ViewPhones, "directory", area, "");
    let holders = full.into_iter().flat_map(|unit| unit.posts).flat_map(|post| post.holders);
    let numbers: BTreeMap<_, _> = holders.map(|holder| (holder.incumbency.id, holder.phone)).collect();
    for holder in units.iter_mut().flat_map(|unit| &mut unit.posts).flat_map(|post| &mut post.holders) {
        if let Some(number) = numbers.get(&holder.incumbency.id) {
            holder.phone.clone_from(number);
        }
    }
    Ok(())
}

/// Units by area, in the order in which they come.
fn groups(units: Vec<DirectoryUnit>, visit: &Visit) -> Vec<AreaGroup> {
    let mut groups: Vec<(AreaCode, AreaGroup)> = Vec::new();
    for DirectoryUnit { unit, posts } in units {
        let entry = UnitEntry {
            name: unit.name,
            href: href(unit.id),
            duty_phone: unit.duty_phone,
            posts: post_lines(&posts, visit),
        };
        match groups.last_mut().filter(|(area, _)| *area == unit.area) {
            Some((_, group)) => group.units.push(entry),
            None => groups.push((unit.area, AreaGroup { area: unit.area_name, units: vec![entry] })),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

impl DirectoryPage {
    fn is_cut(&self) -> bool {
        self.n_shown != self.n_all
    }

    /// The address under which this directory is taken out.
    fn export_href(&self) -> String {
        let phones = if self.sight == PhoneSight::Full { "full" } else { "" };
        self.phones_href(phones).replacen("/directory", "/directory/export.xlsx", 1)
    }

    /// The address of this directory with the numbers in full, or without.
    fn phones_href(&self, phones: &str) -> String {
        let mut text = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("area", self.area.as_str()), ("phones", phones)] {
            if !value.is_empty() {
                text.append_pair(name, value);
            }
        }
        format!("/directory?{}", text.finish())
    }
}
