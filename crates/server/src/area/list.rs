use crate::at::At;
use askama::Template;
use lianfang_domain::{
    Lang,
    access::Act,
    area::{Area, AreaCode},
};
use lianfang_store::AreaRow;
use schemars::JsonSchema;

use super::{tree::tree, words::AreaWords};
use crate::{
    Fault, Frame, Link,
    fault::PageResult,
    form::FormErrors,
    frame::TreeItem,
    page::{form_page, page},
    shown::{date, grouped},
    visit::Visit,
};

/// The areas at the top of what the user sees.
#[derive(Template)]
#[template(path = "area/top.html")]
pub(crate) struct AreasPage {
    pub(super) frame: Frame,
    pub(super) t: AreaWords,
    pub(super) rows: Vec<AreaLine>,
    pub(super) tree: Vec<TreeItem>,
    pub(super) may_change: bool,
    pub(super) may_import: bool,
}

/// An area with what is below it.
#[derive(Template)]
#[template(path = "area/one.html")]
pub(crate) struct AreaPage {
    pub(super) frame: Frame,
    pub(super) t: AreaWords,
    pub(super) here: AreaLine,
    pub(super) rows: Vec<AreaLine>,
    pub(super) tree: Vec<TreeItem>,
    pub(super) total: Total,
    pub(super) names: Vec<[String; 3]>,
    pub(super) populations: Vec<[String; 3]>,
    pub(super) form: ChangeForm,
    pub(super) errors: FormErrors,
    pub(super) may_change: bool,
}

form_page!(AreaPage);

/// An area in a table.
#[derive(Clone, Debug)]
pub(crate) struct AreaLine {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) level: &'static str,
    /// Grouped by thousands; empty when unknown.
    pub(super) population: String,
    pub(super) counted_on: String,
    pub(super) n_below: i64,
}

/// What the areas below add up to, and for which ones nothing is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Total {
    pub(super) population: String,
    pub(super) unknown: String,
}

/// What was typed into the two forms of an area's page.
#[derive(Clone, Debug, Default, serde::Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "AreaChange")]
pub(crate) struct ChangeForm {
    pub(super) version: i64,
    pub(super) name: String,
    pub(super) short: String,
    pub(super) from_on: String,
    pub(super) population: String,
    pub(super) counted_on: String,
    pub(super) source: String,
}

impl AreaLine {
    pub(super) fn of(row: &AreaRow, lang: Lang) -> AreaLine {
        AreaLine {
            code: row.code.to_string(),
            name: row.name.clone(),
            level: row.code.level().words(lang),
            population: row.population.map(grouped).unwrap_or_default(),
            counted_on: row.counted_on.map(|on| date(on, lang)).unwrap_or_default(),
            n_below: row.n_below,
        }
    }
}

impl Total {
    /// The sum of what is known, with the names of what is not.
    pub(super) fn of(rows: &[AreaRow], lang: Lang) -> Total {
        let known: i64 = rows.iter().filter_map(|row| row.population).sum();
        let unknown: Vec<String> =
            rows.iter().filter(|row| row.population.is_none()).map(|row| row.name.clone()).collect();
        let population = if unknown.len() == rows.len() { String::new() } else { grouped(known) };
        Total { population, unknown: unknown.join(lang.pick("、", ", ")) }
    }
}

pub(super) async fn top(visit: Visit) -> PageResult {
    let t = AreaWords(visit.lang);
    let rows = visit.app.store().areas_below(None, &visit.scope, visit.day()).await?;
    let rows = rows.iter().map(|row| AreaLine::of(row, visit.lang)).collect();
    page(&AreasPage {
        frame: visit.frame(t.title(), Vec::new()),
        t,
        rows,
        tree: tree(&visit, None).await?,
        may_change: visit.may(Act::ChangeAreas),
        may_import: visit.may(Act::ImportAreas),
    })
}

pub(super) async fn one(visit: Visit, At(code): At<AreaCode>) -> PageResult {
    page(&area_page(&visit, &code, None, FormErrors::default()).await?)
}

/// The page of an area, with the form as it was typed if it was.
pub(super) async fn area_page(
    visit: &Visit,
    code: &AreaCode,
    form: Option<ChangeForm>,
    errors: FormErrors,
) -> Result<AreaPage, Fault> {
    let store = visit.app.store();
    let row = store.area_row(code, &visit.scope, visit.day()).await?.ok_or(Fault::NotFound)?;
    let area = store.area(code, &visit.scope).await?.ok_or(Fault::NotFound)?;
    let below = store.areas_below(Some(code), &visit.scope, visit.day()).await?;
    let t = AreaWords(visit.lang);
    let form = form.unwrap_or_else(|| ChangeForm { from_on: visit.day().to_string(), ..ChangeForm::default() });
    Ok(AreaPage {
        frame: visit.frame(&row.name, trail(visit, code).await?),
        t,
        tree: tree(visit, Some(code)).await?,
        rows: below.iter().map(|row| AreaLine::of(row, visit.lang)).collect(),
        total: Total::of(&below, visit.lang),
        names: names(&area, visit.lang),
        populations: populations(&area, visit.lang, t),
        form: ChangeForm { version: row.version, ..form },
        here: AreaLine::of(&row, visit.lang),
        errors,
        may_change: visit.scope_of(Act::ChangeAreas).holds_area(code),
    })
}

/// The areas above, as far as the user sees them.
async fn trail(visit: &Visit, code: &AreaCode) -> Result<Vec<Link>, Fault> {
    let t = AreaWords(visit.lang);
    let mut steps = Vec::new();
    for above in code.ancestors() {
        if let Some(row) = visit.app.store().area_row(&above, &visit.scope, visit.day()).await? {
            steps.push(Link { name: row.name, href: format!("/areas/{above}") });
        }
    }
    steps.push(Link { name: t.title().to_owned(), href: "/areas".to_owned() });
    steps.reverse();
    Ok(steps)
}

fn names(area: &Area, lang: Lang) -> Vec<[String; 3]> {
    let row = |name: &lianfang_domain::area::NameFrom| {
        [date(name.from_on, lang), name.name.clone(), name.short.clone().unwrap_or_default()]
    };
    area.names.iter().rev().map(row).collect()
}

fn populations(area: &Area, lang: Lang, t: AreaWords) -> Vec<[String; 3]> {
    let number = |n: Option<u64>| n.and_then(|n| i64::try_from(n).ok()).map_or(t.unknown().to_owned(), grouped);
    area.populations.iter().rev().map(|count| [date(count.on, lang), number(count.n), count.source.clone()]).collect()
}
