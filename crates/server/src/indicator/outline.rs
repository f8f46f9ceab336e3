use std::collections::{BTreeMap, BTreeSet};

use lianfang_domain::{Lang, area::AreaCode};
use serde_json::Value;

/// More points than this make a picture that no browser shows quickly.
const MOST_POINTS: usize = 60_000;
const MOST_AREAS: usize = 2_000;
/// Names of the property that holds the code of an area.
const CODES: [&str; 5] = ["code", "adcode", "区划代码", "id", "area"];

/// The outline of an area.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Outline {
    /// Which area.
    pub(crate) code: AreaCode,
    /// Longitude and latitude around it.
    pub(crate) rings: Vec<Vec<(f64, f64)>>,
}

/// Why a file is no map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum MapFault {
    /// It is no GeoJSON.
    NotGeoJson(String),
    /// It has no areas in it.
    Empty,
    /// More areas or points than can be shown.
    TooLarge,
    /// The area so many lines down has no code, or one that cannot be one.
    NoCode(usize),
    /// A code stands twice.
    Twice(AreaCode),
    /// Areas that are not registered in the county.
    NotHere(Vec<String>),
    /// The area has no outline that can be drawn.
    NoOutline(AreaCode),
}

impl MapFault {
    /// What is wrong and what to do.
    pub(crate) fn words(&self, lang: Lang) -> String {
        match self {
            MapFault::NotGeoJson(why) => lang.pick(
                format!("不是能识别的 GeoJSON（{why}）。请导出 FeatureCollection 后重传。"),
                format!("This is no GeoJSON that can be read ({why}). Export a FeatureCollection."),
            ),
            MapFault::Empty => lang.pick("文件里没有辖区边界。".into(), "There are no outlines in the file.".into()),
            MapFault::TooLarge => lang.pick(
                format!("边界过细，最多 {MOST_AREAS} 个辖区、{MOST_POINTS} 个点。请先简化边界。"),
                format!("At most {MOST_AREAS} areas and {MOST_POINTS} points; simplify the outlines first."),
            ),
            MapFault::NoCode(n) => lang.pick(
                format!("第 {n} 个要素没有区划代码；请在属性 code 中填写。"),
                format!("Feature {n} has no division code; put it into the property code."),
            ),
            MapFault::Twice(code) => {
                lang.pick(format!("区划代码 {code} 出现了两次。"), format!("The code {code} is there twice."))
            }
            MapFault::NotHere(codes) => lang.pick(
                format!("以下区划代码不在本辖区登记之列：{}。请改正代码或先登记辖区。", codes.join("、")),
                format!(
                    "These codes are not registered here: {}. Correct them, or register the areas first.",
                    codes.join(", ")
                ),
            ),
            MapFault::NoOutline(code) => lang.pick(
                format!("{code} 没有可画的边界（须为 Polygon 或 MultiPolygon，坐标为经纬度）。"),
                format!("{code} has no outline that can be drawn (Polygon or MultiPolygon in degrees)."),
            ),
        }
    }
}

/// Reads the outlines of areas out of GeoJSON. `known` are the codes that are registered.
///
/// # Errors
/// [`MapFault`] says what is wrong.
pub(crate) fn read_outlines(text: &str, known: &BTreeSet<AreaCode>) -> Result<Vec<Outline>, MapFault> {
    let value: Value = serde_json::from_str(text).map_err(|error| MapFault::NotGeoJson(error.to_string()))?;
    let features = value.get("features").and_then(Value::as_array);
    let features = features.ok_or_else(|| MapFault::NotGeoJson("features".to_owned()))?;
    if features.is_empty() {
        return Err(MapFault::Empty);
    }
    if features.len() > MOST_AREAS {
        return Err(MapFault::TooLarge);
    }
    let (mut outlines, mut strangers, mut n_points) = (BTreeMap::new(), Vec::new(), 0);
    for (feature, n) in features.iter().zip(1..) {
        let code = code_of(feature).ok_or(MapFault::NoCode(n))?;
        if !known.contains(&code) {
            strangers.push(code.to_string());
            continue;
        }
        let rings = feature.get("geometry").map(rings_of).unwrap_or_default();
        if rings.is_empty() {
            return Err(MapFault::NoOutline(code));
        }
        n_points += rings.iter().map(Vec::len).sum::<usize>();
        if n_points > MOST_POINTS {
            return Err(MapFault::TooLarge);
        }
        if outlines.insert(code.clone(), Outline { code: code.clone(), rings }).is_some() {
            return Err(MapFault::Twice(code));
        }
    }
    if strangers.is_empty() { Ok(outlines.into_values().collect()) } else { Err(MapFault::NotHere(strangers)) }
}

fn code_of(feature: &Value) -> Option<AreaCode> {
    let properties = feature.get("properties")?;
    CODES.iter().filter_map(|name| properties.get(*name)).find_map(|value| match value {
        Value::String(text) => text.trim().parse().ok(),
        Value::Number(number) => number.to_string().parse().ok(),
        _ => None,
    })
}

/// The rings of a geometry that enclose something; empty where a position is none on the earth.
fn rings_of(geometry: &Value) -> Vec<Vec<(f64, f64)>> {
    let coordinates = geometry.get("coordinates").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let polygons: Vec<&Value> = match geometry.get("type").and_then(Value::as_str) {
        Some("Polygon") => coordinates.iter().collect(),
        Some("MultiPolygon") => coordinates.iter().filter_map(Value::as_array).flatten().collect(),
        _ => Vec::new(),
    };
    let rings: Option<Vec<Vec<(f64, f64)>>> = polygons.into_iter().map(ring).collect();
    rings.unwrap_or_default()
}

fn ring(value: &Value) -> Option<Vec<(f64, f64)>> {
    let points: Option<Vec<(f64, f64)>> = value.as_array()?.iter().map(position).collect();
    points.filter(|points| points.len() >= 4)
}

fn position(value: &Value) -> Option<(f64, f64)> {
    let (longitude, latitude) = (value.get(0)?.as_f64()?, value.get(1)?.as_f64()?);
    (longitude.abs() <= 180.0 && latitude.abs() <= 90.0).then_some((longitude, latitude))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> BTreeSet<AreaCode> {
        ["990101001", "990101002"].iter().map(|code| code.parse().unwrap()).collect()
    }

    fn feature(code: &str, kind: &str, coordinates: &str) -> String {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"code\":{code}}},\"geometry\":{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}}}}"
        )
    }

    fn read(features: &[String]) -> Result<Vec<Outline>, MapFault> {
        let text = format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","));
        read_outlines(&text, &known())
    }

    const SQUARE: &str = "[[[100,30],[101,30],[101,31],[100,30]]]";

    #[test]
    fn outlines_of_registered_areas_are_read() {
        let many = format!("[{SQUARE},{SQUARE}]");
        let found =
            read(&[feature("\"990101001\"", "Polygon", SQUARE), feature("990101002", "MultiPolygon", &many)]).unwrap();
        assert_eq!(found.iter().map(|one| one.rings.len()).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn what_cannot_be_a_map_is_refused_with_its_place() {
        let square = |code: &str| feature(code, "Polygon", SQUARE);
        let cases = [
            (vec![], MapFault::Empty),
            (vec![square("\"x\"")], MapFault::NoCode(1)),
            (vec![square("\"990101001\""), square("\"990101001\"")], MapFault::Twice("990101001".parse().unwrap())),
            (vec![square("\"990102001\"")], MapFault::NotHere(vec!["990102001".to_owned()])),
            (vec![feature("\"990101001\"", "Point", "[100,30]")], MapFault::NoOutline("990101001".parse().unwrap())),
            (
                vec![feature("\"990101001\"", "Polygon", "[[[500000,30],[1,1],[2,2],[3,3]]]")],
                MapFault::NoOutline("990101001".parse().unwrap()),
            ),
        ];
        for (features, fault) in cases {
            assert_eq!(read(&features), Err(fault));
        }
        assert!(matches!(read_outlines("{", &known()), Err(MapFault::NotGeoJson(_))));
        assert!(matches!(read_outlines("[]", &known()), Err(MapFault::NotGeoJson(_))));
    }
}
