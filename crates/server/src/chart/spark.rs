use std::fmt::Write;

use super::{BLUE, Mark, draw, escaped};

const WIDTH: f64 = 96.0;
const HEIGHT: f64 = 24.0;

/// A small course of some days without axes; missing days are grey ticks at the foot, never points at zero.
pub(crate) fn spark_svg(marks: &[Mark], title: &str) -> String {
    let values = || marks.iter().filter_map(|mark| mark.value());
    let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    let span = if high - low > 1e-9 { high - low } else { 1.0 };
    let x = |at: usize| 4.0 + (WIDTH - 8.0) * at as f64 / marks.len().saturating_sub(1).max(1) as f64;
    let y = |value: f64| 4.0 + (HEIGHT - 10.0) * (high - value) / span;
    let mut out = String::new();
    draw!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"spark\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\"><title>{}</title>",
        escaped(title)
    );
    let (mut path, mut pen_down, mut last) = (String::new(), false, None);
    for (at, mark) in marks.iter().enumerate() {
        match mark.value() {
            Some(value) => {
                draw!(path, "{}{:.1} {:.1}", if pen_down { " L" } else { " M" }, x(at), y(value));
                (pen_down, last) = (true, Some((x(at), y(value))));
            }
            None => {
                pen_down = false;
                let tick = x(at);
                draw!(
                    out,
                    "<line x1=\"{tick:.1}\" x2=\"{tick:.1}\" y1=\"18\" y2=\"23\" stroke=\"#8a949e\" stroke-width=\"2\"/>"
                );
            }
        }
    }
    draw!(out, "<path d=\"{}\" fill=\"none\" stroke=\"{BLUE}\" stroke-width=\"1.6\"/>", path.trim_start());
    if let Some((x, y)) = last {
        draw!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.4\" fill=\"{BLUE}\"/>");
    }
    out.push_str("</svg>");
    out
}
