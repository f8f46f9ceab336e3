use std::fmt::Write;

use super::{BLUE, GREEN, GRID, Mark, RUST, SOFT, axis_words, begin, draw, escaped, step};

/// Lines over days.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// Tells it apart from others on the page.
    pub(crate) key: String,
    /// What it shows.
    pub(crate) title: String,
    /// What is counted.
    pub(crate) unit: String,
    /// What the hatch means.
    pub(crate) missing: String,
    /// One line each, all over the same days.
    pub(crate) series: Vec<LineSeries>,
}

/// One line.
#[derive(Clone, Debug, Default)]
pub(crate) struct LineSeries {
    /// What it is.
    pub(crate) name: String,
    /// Its days, the earliest first.
    pub(crate) points: Vec<LinePoint>,
}

/// A day of a line.
#[derive(Clone, Debug, Default)]
pub(crate) struct LinePoint {
    /// The day as it stands under it.
    pub(crate) label: String,
    /// What is known.
    pub(crate) mark: Mark,
}

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 280.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 44.0;
const BOTTOM: f64 = 34.0;

/// Colours with dashes, so that lines are told apart without colour.
const STYLES: [(&str, &str); 3] = [(BLUE, ""), (RUST, "7 4"), (GREEN, "2 3")];

struct Plane {
    low: f64,
    high: f64,
    n: usize,
}

impl Plane {
    fn of(line: &Line) -> Plane {
        let values = || line.series.iter().flat_map(|one| &one.points).filter_map(|point| point.mark.value());
        let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
        let high = if high - low < 1e-9 { low + 1.0 } else { high };
        Plane { low, high, n: line.series.iter().map(|one| one.points.len()).max().unwrap_or(0) }
    }

    fn width(&self) -> f64 {
        (WIDTH - LEFT - RIGHT) / self.n.max(1) as f64
    }

    fn x(&self, at: usize) -> f64 {
        LEFT + (at as f64 + 0.5) * self.width()
    }

    fn y(&self, value: f64) -> f64 {
        TOP + (HEIGHT - TOP - BOTTOM) * (self.high - value) / (self.high - self.low)
    }
}

/// The picture of lines over days.
pub(crate) fn line_svg(line: &Line) -> String {
    let plane = Plane::of(line);
    let mut out = begin(WIDTH, HEIGHT, &line.title, &line.key);
    let bad = hatches(&mut out, line, &plane);
    axes(&mut out, line, &plane);
    for (series, (colour, dashes)) in line.series.iter().zip(STYLES) {
        course(&mut out, series, &plane, colour, dashes);
    }
    legend(&mut out, line, bad);
    out.push_str("</svg>");
    out
}

/// Hatches the days of which nothing is known in the first line; whether there are any.
fn hatches(out: &mut String, line: &Line, plane: &Plane) -> bool {
    let points = line.series.first().map(|one| one.points.as_slice()).unwrap_or_default();
    let missing = points.iter().enumerate().filter(|(_, point)| point.mark == Mark::Missing);
    let mut any = false;
    for (at, _) in missing {
        any = true;
        draw!(
            out,
            "<rect x=\"{:.1}\" y=\"{TOP}\" width=\"{:.1}\" height=\"{}\" fill=\"url(#hatch-{})\" opacity=\"0.6\"/>",
            plane.x(at) - plane.width() / 2.0,
            plane.width(),
            HEIGHT - TOP - BOTTOM,
            line.key
        );
    }
    any
}

fn axes(out: &mut String, line: &Line, plane: &Plane) {
    let unit = step(plane.high - plane.low);
    let first = (plane.low / unit).ceil() * unit;
    for n in 0..12 {
        let value = first + unit * f64::from(n);
        if value > plane.high + unit * 0.01 {
            break;
        }
        let at = plane.y(value);
        draw!(
            out,
            "<line x1=\"{LEFT}\" x2=\"{}\" y1=\"{at:.1}\" y2=\"{at:.1}\" stroke=\"{GRID}\"/><text x=\"{}\" y=\"{:.1}\" \
             text-anchor=\"end\" fill=\"{SOFT}\">{}</text>",
            WIDTH - RIGHT,
            LEFT - 8.0,
            at + 4.5,
            axis_words(value)
        );
    }
    let points = line.series.first().map(|one| one.points.as_slice()).unwrap_or_default();
    for (at, point) in points.iter().enumerate().step_by(plane.n.div_ceil(8).max(1)) {
        draw!(
            out,
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\" fill=\"{SOFT}\">{}</text>",
            plane.x(at),
            HEIGHT - 12.0,
            escaped(&point.label)
        );
    }
}

/// A line from point to point, broken where something is missing; what is only a part has a hollow mark.
fn course(out: &mut String, series: &LineSeries, plane: &Plane, colour: &str, dashes: &str) {
    let mut path = String::new();
    let mut pen_down = false;
    for (at, point) in series.points.iter().enumerate() {
        match point.mark.value() {
            Some(value) => {
                draw!(path, "{}{:.1} {:.1}", if pen_down { " L" } else { " M" }, plane.x(at), plane.y(value));
                pen_down = true;
            }
            None => pen_down = false,
        }
    }
    draw!(
        out,
        "<path d=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>",
        path.trim_start()
    );
    for (at, point) in series.points.iter().enumerate() {
        let Some(value) = point.mark.value() else { continue };
        let fill = if matches!(point.mark, Mark::Partial(_)) { "#fff" } else { colour };
        draw!(
            out,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\" fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"1.5\"><title>{} {}</title></circle>",
            plane.x(at),
            plane.y(value),
            escaped(&point.label),
            axis_words(value)
        );
    }
}

fn legend(out: &mut String, line: &Line, hatched: bool) {
    let mut x = LEFT;
    draw!(
        out,
        "<text x=\"{}\" y=\"22\" text-anchor=\"end\" fill=\"{SOFT}\">{}</text>",
        WIDTH - RIGHT,
        escaped(&line.unit)
    );
    for (series, (colour, dashes)) in line.series.iter().zip(STYLES).filter(|(series, _)| !series.name.is_empty()) {
        draw!(
            out,
            "<line x1=\"{x}\" x2=\"{}\" y1=\"18\" y2=\"18\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>\
             <text x=\"{}\" y=\"22\">{}</text>",
            x + 24.0,
            x + 30.0,
            escaped(&series.name)
        );
        x += 54.0 + 13.0 * series.name.chars().count() as f64;
    }
    if hatched {
        draw!(
            out,
            "<rect x=\"{x}\" y=\"11\" width=\"20\" height=\"13\" fill=\"url(#hatch-{})\"/><text x=\"{}\" y=\"22\">{}</text>",
            line.key,
            x + 26.0,
            escaped(&line.missing)
        );
    }
}
