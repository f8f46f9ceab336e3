//! Pictures of figures as SVG: lines over days, bars by area, small courses, maps. Each is a pure function from what is to
//! be shown to the text of the picture, for pages, print and files alike. Numbers stand in a table beside every picture.
//!
//! What is unknown is hatched, what is a part of a sum has a hollow mark or an open end, and no meaning rests on colour
//! alone: shapes, dashes and numbers say the same.

mod bars;
mod line;
mod map;
mod spark;

pub(crate) use bars::{BarRow, Bars, bars_svg};
pub(crate) use line::{Line, LinePoint, LineSeries, line_svg};
pub(crate) use map::{MapPicture, MapShape, map_svg};
pub(crate) use spark::spark_svg;

use std::fmt::Write;

/// Dark enough for text and lines on white in grey print.
const INK: &str = "#1f2d3d";
const SOFT: &str = "#5b6b7b";
const GRID: &str = "#d9dfe5";
const BLUE: &str = "#0b5394";
const RUST: &str = "#b45f06";
const GREEN: &str = "#2e6b34";

/// What a position on a picture holds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Mark {
    /// A whole figure.
    Whole(f64),
    /// A sum from which parts are missing: at least so much.
    Partial(f64),
    /// Unknown, redacted or not reported: hatched, never zero.
    #[default]
    Missing,
    /// There is nothing to count: left empty.
    Nothing,
}

impl Mark {
    fn value(self) -> Option<f64> {
        match self {
            Mark::Whole(value) | Mark::Partial(value) => Some(value).filter(|value| value.is_finite()),
            Mark::Missing | Mark::Nothing => None,
        }
    }
}

/// A text as it may stand in SVG.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Adds to a picture. Writing to a string does not fail.
macro_rules! draw {
    ($out:expr, $($what:tt)*) => { { let _ = write!($out, $($what)*); } };
}

use draw;

/// The beginning of a picture: its size, its name for readers, and the hatch of what is unknown. `key` tells the hatches
/// of several pictures on one page apart.
fn begin(width: f64, height: f64, title: &str, key: &str) -> String {
    let mut out = String::new();
    draw!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         font-family=\"PingFang SC,Microsoft YaHei,Noto Sans CJK SC,sans-serif\" font-size=\"13\" fill=\"{INK}\">\
         <title>{0}</title><defs><pattern id=\"hatch-{key}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#f4f5f7\"/><line y2=\"6\" stroke=\"#8a949e\" \
         stroke-width=\"2\"/></pattern></defs><rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>",
        escaped(title)
    );
    out
}

/// A round step of which about four reach a height.
fn step(top: f64) -> f64 {
    let rough = (top / 4.0).max(f64::MIN_POSITIVE);
    let power = 10_f64.powf(rough.log10().floor());
    let scaled = rough / power;
    power
        * if scaled <= 1.0 {
            1.0
        } else if scaled <= 2.0 {
            2.0
        } else if scaled <= 5.0 {
            5.0
        } else {
            10.0
        }
}

/// A number on an axis, grouped by thousands where it is whole.
fn axis_words(value: f64) -> String {
    if (value - value.round()).abs() > 1e-9 {
        return format!("{value:.2}").trim_end_matches('0').to_owned();
    }
    let digits = format!("{:.0}", value.abs());
    let mut shown = if value < 0.0 { "-".to_owned() } else { String::new() };
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(marks: &[Mark]) -> Line {
        let points = marks
            .iter()
            .enumerate()
            .map(|(at, &mark)| LinePoint { label: format!("11-{:02}", at + 1), mark })
            .collect();
        Line {
            key: "a".to_owned(),
            title: "核酸采样 <人次>".to_owned(),
            unit: "人次".to_owned(),
            missing: "未报或不详".to_owned(),
            series: vec![LineSeries { name: "实际".to_owned(), points }],
        }
    }

    #[test]
    fn what_is_missing_is_hatched_and_has_no_point() {
        let whole = line_svg(&line(&[Mark::Whole(1.0), Mark::Whole(0.0), Mark::Whole(3.0)]));
        let gap = line_svg(&line(&[Mark::Whole(1.0), Mark::Missing, Mark::Whole(3.0)]));
        assert_eq!((whole.matches("<circle").count(), whole.matches("url(#hatch-a)").count()), (3, 0));
        assert_eq!((gap.matches("<circle").count(), gap.matches("url(#hatch-a)").count()), (2, 2));
        assert!(gap.contains("未报或不详") && gap.contains("核酸采样 &lt;人次&gt;"));
    }

    #[test]
    fn pictures_of_nothing_and_of_odd_numbers_are_still_pictures() {
        for marks in [&[][..], &[Mark::Missing], &[Mark::Nothing], &[Mark::Whole(f64::NAN)], &[Mark::Whole(-3.5)]] {
            let svg = line_svg(&line(marks));
            assert!(svg.starts_with("<svg") && svg.ends_with("</svg>") && !svg.contains("NaN"), "{svg}");
        }
        assert!(spark_svg(&[], "").ends_with("</svg>"));
        assert!(spark_svg(&[Mark::Whole(2.0), Mark::Missing], "两天").contains("两天"));
    }

    #[test]
    fn a_bar_of_a_partial_sum_is_open_and_an_unknown_one_hatched() {
        let row = |label: &str, mark, shown: &str| BarRow { label: label.into(), shown: shown.into(), mark };
        let bars = Bars {
            key: "b".to_owned(),
            title: "各镇".to_owned(),
            unit: "间".to_owned(),
            rows: vec![
                row("石桥镇", Mark::Whole(12.0), "12"),
                row("柳林镇", Mark::Partial(6.0), "至少 6"),
                row("白鹭镇", Mark::Missing, "未报"),
            ],
        };
        let svg = bars_svg(&bars);
        assert!(svg.contains("url(#hatch-b)") && svg.contains("stroke-dasharray") && svg.contains("至少 6"), "{svg}");
    }

    #[test]
    fn steps_of_an_axis_are_round() {
        for (top, unit) in [(1.0, 0.5), (10.0, 5.0), (17.0, 5.0), (1752.0, 500.0), (0.8, 0.2)] {
            assert!((step(top) - unit).abs() < 1e-9, "{top}: {}", step(top));
        }
        assert_eq!(
            (axis_words(1752.0), axis_words(0.5), axis_words(-1000.0)),
            ("1,752".into(), "0.5".into(), "-1,000".into())
        );
    }
}
