use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::Query;
use lianfang_domain::{access::Act, area::AreaCode};
use lianfang_store::AreaRow;

use super::{Asked, Outline, area_of, read_outlines, trail, words::IndicatorWords};
use crate::{
    Fault, Frame,
    chart::{MapPicture, MapShape, Mark, map_svg},
    fault::PageResult,
    file::Upload,
    form::FormErrors,
    page::{again, form_page, page, see_other},
    shown::instant,
    visit::Visit,
};

/// Largest map in bytes.
const LARGEST: usize = 4 << 20;

/// The map of a county.
#[derive(Template)]
#[template(path = "indicator/map.html")]
pub(crate) struct MapPage {
    frame: Frame,
    t: IndicatorWords,
    area: String,
    drawn: String,
    put: String,
    without: String,
    may_change: bool,
    errors: FormErrors,
}

form_page!(MapPage);

/// A map of some areas with their figures, if their county has a map and it shows any of them.
pub(crate) async fn picture(
    visit: &Visit,
    areas: &[AreaRow],
    title: &str,
    value: &(dyn Fn(&AreaRow) -> (Mark, String) + Sync),
) -> Result<Option<MapPicture>, Fault> {
    let Some(home) = areas.first().map(|area| area.code.home()) else { return Ok(None) };
    let Some(map) = visit.app.store().area_map(&home).await? else { return Ok(None) };
    let wanted: BTreeMap<&AreaCode, &AreaRow> = areas.iter().map(|area| (&area.code, area)).collect();
    let outlines = stored(&map.content);
    let shape = |outline: &Outline| {
        let area = wanted.get(&outline.code)?;
        let (mark, shown) = value(area);
        Some(MapShape { name: area.name.clone(), shown, mark, rings: outline.rings.clone() })
    };
    let shapes: Vec<MapShape> = outlines.iter().filter_map(shape).collect();
    let missing = IndicatorWords(visit.lang).legend_missing().to_owned();
    Ok((!shapes.is_empty()).then(|| MapPicture { key: "map".to_owned(), title: title.to_owned(), missing, shapes }))
}

/// The outlines of a map that was checked when it was put.
fn stored(content: &str) -> Vec<Outline> {
    serde_json::from_str::<Vec<(AreaCode, Vec<Vec<(f64, f64)>>)>>(content)
        .map(|all| all.into_iter().map(|(code, rings)| Outline { code, rings }).collect())
        .unwrap_or_default()
}

/// The outlines as they are kept: no more of the file than is drawn.
pub(crate) fn kept(outlines: &[Outline]) -> Result<String, Fault> {
    let all: Vec<_> = outlines.iter().map(|one| (&one.code, &one.rings)).collect();
    serde_json::to_string(&all).map_err(|error| Fault::Broken(error.to_string()))
}

async fn map_page(visit: &Visit, asked: &str, errors: FormErrors) -> Result<MapPage, Fault> {
    let (t, lang, store) = (IndicatorWords(visit.lang), visit.lang, visit.app.store());
    let area = area_of(visit, asked, &visit.scope).await?.ok_or(Fault::NotFound)?;
    let home = area.code.home();
    let map = store.area_map(&home).await?;
    let parts = store.areas_below(Some(&home), &visit.scope, visit.day()).await?;
    let outlines = map.as_ref().map(|map| stored(&map.content)).unwrap_or_default();
    let has = |part: &&AreaRow| !outlines.iter().any(|one| one.code == part.code);
    let without: Vec<&str> = parts.iter().filter(has).map(|part| part.name.as_str()).collect();
    let drawn = picture(visit, &parts, t.map_title(), &|_| (Mark::Nothing, String::new())).await?;
    Ok(MapPage {
        frame: visit.frame(t.map_title(), trail(visit)),
        t,
        area: home.to_string(),
        drawn: drawn.map(|drawn| map_svg(&drawn)).unwrap_or_default(),
        put: map
            .as_ref()
            .map(|map| format!("{} · {} {}", map.file, map.by, instant(map.at_ms, lang)))
            .unwrap_or_default(),
        without: if map.is_some() { without.join(lang.pick("、", ", ")) } else { String::new() },
        may_change: visit.scope_of(Act::ChangeIndicators).holds_area(&home),
        errors,
    })
}

pub(super) async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    page(&map_page(&visit, &asked.area, FormErrors::default()).await?)
}

pub(super) async fn send(visit: Visit, upload: Upload) -> PageResult {
    let asked = upload.fields.get("area").cloned().unwrap_or_default();
    let area = area_of(&visit, &asked, &visit.scope).await?.ok_or(Fault::NotFound)?;
    let home = area.code.home();
    if !visit.scope.holds_area(&home) {
        return Err(Fault::NotFound);
    }
    match read(&visit, &home, &upload).await? {
        Ok(outlines) => {
            let mut tx = visit.begin();
            tx.about("area_map", &home, Some(&home));
            tx.put_area_map(&home, &kept(&outlines)?, &upload.name);
            tx.commit().await?;
            Ok(see_other(&format!("/indicators/map?area={home}")))
        }
        Err(why) => {
            let mut errors = FormErrors::default();
            errors.add("file", why);
            again(&map_page(&visit, home.as_str(), errors).await?)
        }
    }
}

async fn read(visit: &Visit, home: &AreaCode, upload: &Upload) -> Result<Result<Vec<Outline>, String>, Fault> {
    let t = IndicatorWords(visit.lang);
    if upload.name.is_empty() {
        return Ok(Err(t.map_no_file().to_owned()));
    }
    if upload.bytes.len() > LARGEST {
        return Ok(Err(t.map_too_large().to_owned()));
    }
    let Ok(text) = std::str::from_utf8(&upload.bytes) else { return Ok(Err(t.map_not_text().to_owned())) };
    let scope = lianfang_domain::access::Scope { areas: vec![home.clone()], ..Default::default() };
    let known: BTreeSet<AreaCode> =
        visit.app.store().areas_within(&scope).await?.into_iter().map(|(area, _)| area.code).collect();
    Ok(read_outlines(text.trim_start_matches('\u{feff}'), &known).map_err(|fault| fault.words(visit.lang)))
}
