use std::fmt::Write;

use super::{Mark, SOFT, axis_words, begin, draw, escaped};

/// A map of areas, shaded by their figures.
#[derive(Clone, Debug, Default)]
pub(crate) struct MapPicture {
    /// Tells it apart from others on the page.
    pub(crate) key: String,
    /// What it shows.
    pub(crate) title: String,
    /// What the hatch means.
    pub(crate) missing: String,
    /// The areas.
    pub(crate) shapes: Vec<MapShape>,
}

/// An area of a map.
#[derive(Clone, Debug, Default)]
pub(crate) struct MapShape {
    /// Its name.
    pub(crate) name: String,
    /// Its figure in words.
    pub(crate) shown: String,
    /// What is known.
    pub(crate) mark: Mark,
    /// Its outlines: longitude and latitude.
    pub(crate) rings: Vec<Vec<(f64, f64)>>,
}

const WIDTH: f64 = 760.0;
const MARGIN: f64 = 16.0;
const LEGEND: f64 = 44.0;

/// From light to dark in one colour: told apart in grey print and by everybody's eyes. Text on the last two is white.
const SHADES: [&str; 5] = ["#e6f0f8", "#b7d3ea", "#7fafd8", "#3f7fb8", "#0b4a80"];
const TEXT: [&str; 5] = ["#1f2d3d", "#1f2d3d", "#1f2d3d", "#fff", "#fff"];

/// How places on the earth lie on the picture.
struct Frame {
    west: f64,
    north: f64,
    scale: f64,
    stretch: f64,
    height: f64,
}

impl Frame {
    fn of(picture: &MapPicture) -> Option<Frame> {
        let points = || picture.shapes.iter().flat_map(|shape| shape.rings.iter().flatten());
        let (west, east) = (
            points().map(|p| p.0).fold(f64::INFINITY, f64::min),
            points().map(|p| p.0).fold(f64::NEG_INFINITY, f64::max),
        );
        let (south, north) = (
            points().map(|p| p.1).fold(f64::INFINITY, f64::min),
            points().map(|p| p.1).fold(f64::NEG_INFINITY, f64::max),
        );
        // A degree of longitude is shorter the farther north it lies.
        let stretch = ((south + north) / 2.0).to_radians().cos().max(0.1);
        let wide = (east - west) * stretch;
        if !(wide.is_finite() && wide > 0.0 && north > south) {
            return None;
        }
        let scale = ((WIDTH - 2.0 * MARGIN) / wide).min(560.0 / (north - south));
        Some(Frame { west, north, scale, stretch, height: (north - south) * scale + 2.0 * MARGIN + LEGEND })
    }

    fn at(&self, (longitude, latitude): (f64, f64)) -> (f64, f64) {
        let x = MARGIN + (longitude - self.west) * self.stretch * self.scale;
        (x, MARGIN + (self.north - latitude) * self.scale)
    }
}

/// The picture of a map; empty where there is nothing to draw.
pub(crate) fn map_svg(picture: &MapPicture) -> String {
    let Some(frame) = Frame::of(picture) else { return String::new() };
    let values = || picture.shapes.iter().filter_map(|shape| shape.mark.value());
    let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    let class = |value: f64| {
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        // A share lies between 0 and 1, so the class lies between 0 and 4.
        (0..SHADES.len() - 1).filter(|edge| share >= (*edge as f64 + 1.0) / SHADES.len() as f64).count()
    };
    let mut out = begin(WIDTH, frame.height, &picture.title, &picture.key);
    for shape in &picture.shapes {
        let (fill, dashes) = match (shape.mark, shape.mark.value()) {
            (Mark::Nothing, _) => ("#fff".to_owned(), "2 3"),
            (Mark::Partial(_), Some(value)) => (SHADES[class(value)].to_owned(), "6 4"),
            (_, Some(value)) => (SHADES[class(value)].to_owned(), ""),
            (_, None) => (format!("url(#hatch-{})", picture.key), ""),
        };
        draw!(
            out,
            "<path d=\"{}\" fill=\"{fill}\" fill-rule=\"evenodd\" stroke=\"#46586a\" stroke-width=\"1.2\" stroke-dasharray=\"{dashes}\"><title>{} {}</title></path>",
            outline(&frame, shape),
            escaped(&shape.name),
            escaped(&shape.shown)
        );
    }
    for shape in &picture.shapes {
        let colour = shape.mark.value().map_or(TEXT[0], |value| TEXT[class(value)]);
        label(&mut out, &frame, shape, colour);
    }
    legend(&mut out, &frame, picture, (low, high));
    out.push_str("</svg>");
    out
}

fn outline(frame: &Frame, shape: &MapShape) -> String {
    let mut path = String::new();
    for ring in &shape.rings {
        for (n, &point) in ring.iter().enumerate() {
            let (x, y) = frame.at(point);
            draw!(path, "{}{x:.1} {y:.1}", if n == 0 { "M" } else { "L" });
        }
        path.push('Z');
    }
    path
}

/// Name and figure in the middle of the largest outline.
fn label(out: &mut String, frame: &Frame, shape: &MapShape, colour: &str) {
    let Some(ring) = shape.rings.iter().max_by(|a, b| area_of(a).total_cmp(&area_of(b))) else { return };
    let (x, y) = frame.at(middle_of(ring));
    draw!(
        out,
        "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"{colour}\" stroke=\"none\">{}</text>\
         <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"{colour}\" font-weight=\"600\">{}</text>",
        y - 3.0,
        escaped(&shape.name),
        y + 14.0,
        escaped(&shape.shown)
    );
}

fn edges(ring: &[(f64, f64)]) -> impl Iterator<Item = ((f64, f64), (f64, f64))> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

fn area_of(ring: &[(f64, f64)]) -> f64 {
    (edges(ring).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>() / 2.0).abs()
}

/// The centre of gravity of an outline; of one without an area its first point.
fn middle_of(ring: &[(f64, f64)]) -> (f64, f64) {
    let first = ring.first().copied().unwrap_or_default();
    // Taken from the first point on, so that small areas far from zero keep their digits.
    let near: Vec<(f64, f64)> = ring.iter().map(|p| (p.0 - first.0, p.1 - first.1)).collect();
    let twice: f64 = edges(&near).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
    if twice.abs() < f64::MIN_POSITIVE {
        return first;
    }
    let sum = edges(&near).fold((0.0, 0.0), |sum, (a, b)| {
        let cross = a.0 * b.1 - b.0 * a.1;
        (sum.0 + (a.0 + b.0) * cross, sum.1 + (a.1 + b.1) * cross)
    });
    (first.0 + sum.0 / (3.0 * twice), first.1 + sum.1 / (3.0 * twice))
}

fn legend(out: &mut String, frame: &Frame, picture: &MapPicture, (low, high): (f64, f64)) {
    let y = frame.height - 26.0;
    let mut x = MARGIN;
    if low.is_finite() {
        draw!(out, "<text x=\"{x}\" y=\"{:.1}\" fill=\"{SOFT}\">{}</text>", y + 12.0, axis_words(low));
        x += 14.0 + 8.0 * axis_words(low).len() as f64;
        for shade in SHADES {
            draw!(
                out,
                "<rect x=\"{x}\" y=\"{y:.1}\" width=\"30\" height=\"14\" fill=\"{shade}\" stroke=\"#46586a\" stroke-width=\"0.5\"/>"
            );
            x += 30.0;
        }
        draw!(out, "<text x=\"{}\" y=\"{:.1}\" fill=\"{SOFT}\">{}</text>", x + 8.0, y + 12.0, axis_words(high));
        x += 40.0 + 8.0 * axis_words(high).len() as f64;
    }
    draw!(
        out,
        "<rect x=\"{x}\" y=\"{y:.1}\" width=\"30\" height=\"14\" fill=\"url(#hatch-{})\"/><text x=\"{}\" y=\"{:.1}\" fill=\"{SOFT}\">{}</text>",
        picture.key,
        x + 38.0,
        y + 12.0,
        escaped(&picture.missing)
    );
}
