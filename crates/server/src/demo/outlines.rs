use std::collections::BTreeSet;
use std::fmt::Write;

use lianfang_domain::area::AreaCode;

use super::{district::TOWNSHIPS, draw::Draw, lay_out::DemoFault};
use crate::indicator::{Outline, read_outlines};

/// Which township lies where in a grid of three by three, by its place in the list: streets in the middle.
const PLACES: [[usize; 3]; 3] = [[6, 3, 7], [4, 0, 1], [5, 2, 8]];
/// The corner of the district. It lies in the open sea, where no district is.
const CORNER: (f64, f64) = (0.2, 0.2);
const SIDE: f64 = 0.12;

/// The outlines of the townships: a made-up district of bent borders, which neighbours share.
pub(super) fn outlines() -> Result<Vec<Outline>, DemoFault> {
    let known: Result<BTreeSet<AreaCode>, _> = TOWNSHIPS.iter().map(|one| one.code.parse()).collect();
    let known = known.map_err(|_| DemoFault("a township has no code".to_owned()))?;
    read_outlines(&geojson(), &known).map_err(|fault| DemoFault(format!("the map: {fault:?}")))
}

/// The same as a file that can be uploaded.
fn geojson() -> String {
    let mut features = Vec::new();
    for (row, places) in PLACES.iter().enumerate() {
        for (column, &place) in places.iter().enumerate() {
            let Some(township) = TOWNSHIPS.get(place) else { continue };
            let mut ring = String::new();
            for (longitude, latitude) in around(column, row) {
                // Writing to a string does not fail.
                let _ = write!(ring, "{}[{longitude:.5},{latitude:.5}]", if ring.is_empty() { "" } else { "," });
            }
            features.push(format!(
                "{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{}\",\"name\":\"{}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{ring}]]}}}}",
                township.code, township.name
            ));
        }
    }
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
}

type Corner = (usize, usize);

/// The border of a cell, back to where it began.
fn around(column: usize, row: usize) -> Vec<(f64, f64)> {
    let corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1), (column, row)];
    let mut ring = Vec::new();
    for pair in corners.windows(2) {
        let mut border = border(pair[0].min(pair[1]), pair[0].max(pair[1]));
        if pair[0] > pair[1] {
            border.reverse();
        }
        ring.extend(border.into_iter().take(BENDS));
    }
    ring.extend(ring.first().copied());
    ring
}

/// Points of a border, the first one included.
const BENDS: usize = 6;

/// The border between two corners, the same from both sides.
fn border(from: Corner, to: Corner) -> Vec<(f64, f64)> {
    let (start, end) = (corner(from), corner(to));
    let seed = from.0 * 1_000 + from.1 * 100 + to.0 * 10 + to.1;
    let mut draw = Draw::new(u64::try_from(seed).unwrap_or(0));
    (0..=BENDS)
        .map(|at| {
            let share = at as f64 / BENDS as f64;
            let bend = if at == 0 || at == BENDS { 0.0 } else { wobble(&mut draw, 0.10) };
            let (along, across) = ((end.0 - start.0, end.1 - start.1), (start.1 - end.1, end.0 - start.0));
            (start.0 + along.0 * share + across.0 * bend, start.1 + along.1 * share + across.1 * bend)
        })
        .collect()
}

fn corner((column, row): Corner) -> (f64, f64) {
    let mut draw = Draw::new(u64::try_from(column * 10 + row).unwrap_or(0));
    let at = |n: usize, wobble: f64| (n as f64 + wobble) * SIDE;
    (CORNER.0 + at(column, wobble(&mut draw, 0.22)), CORNER.1 + at(3 - row, wobble(&mut draw, 0.22)))
}

/// A number between minus and plus `most`.
fn wobble(draw: &mut Draw, most: f64) -> f64 {
    most * (draw.number(0, 2_000) as f64 / 1_000.0 - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_township_has_an_outline_and_neighbours_share_their_border() {
        let all = outlines().unwrap();
        assert_eq!(all.len(), TOWNSHIPS.len());
        let points = |of: &Outline| of.rings[0].iter().map(|p| format!("{p:?}")).collect::<BTreeSet<_>>();
        let shared = |a: usize, b: usize| points(&all[a]).intersection(&points(&all[b])).count();
        // The outlines come by code: the eastern street borders on the street beside it, and not on the far corner.
        assert!(shared(0, 1) > BENDS - 1 && shared(6, 8) == 0, "{} {}", shared(0, 1), shared(6, 8));
    }
}
